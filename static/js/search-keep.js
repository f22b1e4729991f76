/* The reading list, from a result: its script is fetched where there is a list, or to begin one. */
((search) => {
  "use strict";
  const SCRIPT = "js/reading-list.js";

  const mark = (button) => {
    const record = globalThis.gazetteReading?.all().get(button.dataset.slug);
    button.setAttribute("aria-pressed", String(Boolean(record?.saved)));
  };

  /* Whether this browser keeps a reading list. */
  function hasList() {
    try {
      return Object.keys(localStorage).some((key) => key.startsWith("gazette.reading:"));
    } catch {
      return false; // storage is refused
    }
  }

  /* Show which of the papers in a list are saved. */
  search.showKept = async (list) => {
    if (!hasList()) return;
    try {
      await search.later(SCRIPT);
    } catch (error) {
      if (!(error instanceof search.Unloaded)) throw error;
      return; // the list can be searched without
    }
    for (const button of list.querySelectorAll("button[data-act=save]")) mark(button);
  };

  /* Save a paper, or take it off the list again. */
  search.keep = async (slug, known, button) => {
    await search.later(SCRIPT);
    const reading = globalThis.gazetteReading;
    const isSaved = Boolean(reading.all().get(slug)?.saved);
    reading.change(slug, { saved: isSaved ? "" : new Date().toISOString() }, known);
    reading.say(isSaved ? "said.unsaved" : "said.saved", known);
    mark(button);
  };
})((globalThis.gazetteSearch ||= {}));
