/*
 * The reading list of one reader, kept in the browser: saved, read and hidden papers, and notes.
 *
 * What a page offers, and this script fills; the style sheet keeps room for a paper's buttons, so
 * that nothing moves when they come:
 *
 *   .papers > li      a paper in a list: its first link leads to its page, whose name is its slug;
 *                     the first span behind its heading names its authors, a comma between them, and an
 *                     <i> after them if there are more, whom its title names; [data-date] around it says its day; links
 *                     to arXiv and doi.org its ids
 *   article           a paper's own page, told by its citation_* meta tags, which say all of it
 *   [data-new-since]                       filled with "12 papers are new since your last visit",
 *                                          for all papers on the page (front page only)
 *   [data-hidden-count]                    filled with a button that shows hidden papers again
 *   window.gazetteStrings                  {"reading.save": "Save", …}, the interface's words
 *
 * Papers get their slug as data-slug. Buttons carry data-act ("save", "read", "hide", "note") for shortcuts to click, and
 * aria-pressed; papers get the classes is-saved, is-read and is-new, and `hidden` when hidden.
 * reading-list-page.js uses window.gazetteReading.
 */
(function () {
  "use strict";

  /** The interface's word for `key`, with {names} filled in. */
  function word(key, values = {}) {
    const words = window.gazetteStrings?.["reading." + key] ?? key;
    return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /* One key a site, so that two sites on one host keep two lists. */
  const root = new URL("..", document.currentScript.src);
  const site = root.pathname;
  const KEY = "gazette.reading:" + site;
  const VISIT = "gazette.visit:" + site;
  const SLUG = /^[a-z0-9-]{1,120}$/;
  const MONTH = /^\d{4}-\d\d$/;
  const PAUSE = 30 * 60 * 1000;
  const LONGEST = { title: 1000, author: 200, date: 10, arxiv: 40, doi: 300, url: 2000, note: 20000 };

  /* A browser that refuses storage keeps the list for as long as the page is open. */
  const memory = new Map();
  let durable = true;

  function load(key) {
    if (memory.has(key)) return memory.get(key);
    try {
      return localStorage.getItem(key);
    } catch {
      durable = false;
      return null;
    }
  }

  function store(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      /* Refused, or full. */
      durable = false;
      memory.set(key, value);
    }
  }

  function text(value, most) {
    return typeof value === "string" ? value.slice(0, most) : "";
  }

  const DATE = /^\d{4}(-\d\d(-\d\d)?)?$/;

  /** What may be kept of `raw`, whoever wrote it: known fields of the right kind, or null. */
  function clean(raw) {
    if (typeof raw !== "object" || raw === null || !SLUG.test(raw.slug)) return null;
    const authors = Array.isArray(raw.authors) ? raw.authors.slice(0, 5000) : [];
    const url = text(raw.url, LONGEST.url);
    return {
      slug: raw.slug,
      month: MONTH.test(raw.month) ? raw.month : undefined, // the folder of its page, where it is in one
      title: text(raw.title, LONGEST.title) || raw.slug,
      authors: authors.map((name) => text(name, LONGEST.author)).filter(Boolean),
      date: DATE.test(raw.date) ? raw.date : "",
      published: DATE.test(raw.published) ? raw.published : "",
      arxiv: text(raw.arxiv, LONGEST.arxiv),
      doi: text(raw.doi, LONGEST.doi),
      url: /^https?:\/\//i.test(url) ? url : "",
      elsewhere: raw.elsewhere === true,
      saved: text(raw.saved, 30),
      read: raw.read === true,
      hidden: raw.hidden === true,
      note: text(raw.note, LONGEST.note),
    };
  }

  /** Where the page of a paper is: on this site, or elsewhere. */
  function address({ slug, month, elsewhere, url }) {
    return elsewhere ? url : `${root}papers/${month ? `${month}/` : ""}${slug}.html`;
  }

  /** All records by slug, read anew: another tab may have changed them. */
  function all() {
    const records = new Map();
    try {
      for (const raw of JSON.parse(load(KEY) || "[]")) {
        const record = clean(raw);
        if (record) records.set(record.slug, record);
      }
    } catch {
      /* What is stored is no list of ours: it is as if there were none. */
    }
    return records;
  }

  function keep(records) {
    const worth = [...records.values()].filter(
      (one) => one.saved || one.read || one.hidden || one.note,
    );
    store(KEY, JSON.stringify(worth));
  }

  /** Change one record by `fields`; `details` says what is known of the paper. */
  function change(slug, fields, details = {}) {
    const records = all();
    const record = clean({ ...details, ...records.get(slug), ...fields, slug });
    if (!record) return;
    records.set(slug, record);
    keep(records);
    show();
  }

  /** Take over `raws` from a file; return how many were taken and how many were no papers. */
  function merge(raws) {
    const records = all();
    let taken = 0;
    for (const raw of raws) {
      const theirs = clean(raw);
      if (!theirs) continue;
      const ours = records.get(theirs.slug);
      taken += 1;
      if (!ours) {
        records.set(theirs.slug, theirs);
        continue;
      }
      const differs = theirs.note && !ours.note.includes(theirs.note);
      records.set(theirs.slug, {
        ...ours,
        authors: ours.authors.length ? ours.authors : theirs.authors,
        date: ours.date || theirs.date,
        published: ours.published || theirs.published,
        arxiv: ours.arxiv || theirs.arxiv,
        doi: ours.doi || theirs.doi,
        month: ours.month || theirs.month,
        url: ours.url || theirs.url,
        elsewhere: ours.elsewhere && theirs.elsewhere,
        saved: ours.saved || theirs.saved,
        read: ours.read || theirs.read,
        hidden: ours.hidden || theirs.hidden,
        note: differs ? [ours.note, theirs.note].filter(Boolean).join("\n\n") : ours.note,
      });
    }
    keep(records);
    show();
    return { taken, refused: raws.length - taken };
  }

  /* A paper that is hidden keeps its rank: those after it do not move up. */
  for (const list of document.querySelectorAll("ol.ranked")) {
    let rank = list.start - 1;
    for (const paper of list.children) rank = paper.value = paper.value || rank + 1;
  }

  /* What is said aloud, and not seen. */
  const voice = document.createElement("p");
  voice.className = "unseen";
  voice.setAttribute("role", "status");
  document.body.append(voice);

  function say(key, values) {
    voice.textContent = word(key, values) + (durable ? "" : " " + word("refused"));
  }

  /* The papers of this page. */
  const article = document.querySelector('meta[name="citation_title"]') && document.querySelector("article");
  const months = new Map(); // or whatever folder their pages are in
  const papers = article ? [article] : [...document.querySelectorAll(".column .papers > li")];
  for (const paper of papers) {
    const place = article ? location : paper.querySelector("a");
    const [file, month] = place.pathname.split("/").reverse();
    paper.dataset.slug = file.replace(/\.html$/, "");
    months.set(paper, month);
  }
  const headings = new Map(
    papers.map((paper) => [paper, paper.querySelector("h1, h2, h3, h4")?.textContent.trim() ?? ""]),
  );

  function metas(name) {
    return [...document.querySelectorAll(`meta[name="${name}"]`)].map((meta) => meta.content);
  }

  function authorsIn(paper) {
    const place = paper.querySelector("h3 + p > span:not([class])");
    const others = place?.dataset.others ?? ""; // " et al.", which ends the text
    const text = place?.firstChild?.textContent ?? "";
    const rest = place?.title ?? ""; // those for whom the list has no room
    const shown = others && text.endsWith(others) ? text.slice(0, -others.length) : text;
    const names = `${shown},${rest}`.split(",").map((name) => name.trim());
    const areLeftOut = others || (!rest && place?.querySelector("i"));
    return [...names, areLeftOut ? "others" : ""].filter(Boolean);
  }

  /** The id that a link of the paper has behind an address that `start` matches. */
  function idIn(paper, start) {
    const found = [...paper.querySelectorAll("a")].find(({ href }) => start.test(href));
    return found ? decodeURIComponent(found.href.replace(start, "")) : "";
  }

  /** What the page says of a paper; its own page says all. */
  function details(paper) {
    const published = (metas("citation_publication_date")[0] || "").replaceAll("/", "-");
    if (!article) {
      return {
        title: headings.get(paper),
        month: months.get(paper),
        authors: authorsIn(paper),
        date: paper.closest("[data-date]")?.dataset.date || "",
        arxiv: idIn(paper, /^https:\/\/arxiv\.org\/(?:abs|pdf)\//),
        doi: idIn(paper, /^https:\/\/doi\.org\//),
      };
    }
    return {
      title: metas("citation_title")[0],
      month: months.get(article),
      authors: [
        ...metas("citation_author"),
        ...(document.querySelector(".cite[data-more*='\"others\":true']") ? ["others"] : []),
      ],
      date: published,
      published,
      arxiv: metas("citation_arxiv_id")[0] || "",
      doi: metas("citation_doi")[0] || "",
    };
  }

  const ACTS = {
    save: (record) => [
      { saved: record?.saved ? "" : new Date().toISOString() },
      record?.saved ? "said.unsaved" : "said.saved",
    ],
    read: (record) => [{ read: !record?.read }, record?.read ? "said.unread" : "said.read"],
    hide: (record) => [
      { hidden: !record?.hidden },
      record?.hidden ? "said.shown" : "said.hidden",
    ],
  };

  function act(name, paper) {
    const slug = paper.dataset.slug;
    const known = details(paper);
    const [fields, key] = ACTS[name](all().get(slug));
    change(slug, fields, known);
    say(key, known);
    if (fields.hidden && paper.hidden) offerBack(paper, known.title);
  }

  /** Put, in the place of a paper that was just hidden, a line that takes it back. */
  function offerBack(paper, title) {
    const line = document.createElement("li");
    const back = button("undo", word("undo"));
    line.className = "gone";
    line.append(word("said.hidden", { title }), " ", back);
    back.addEventListener("click", () => {
      line.remove();
      act("hide", paper);
      paper.querySelector('[data-act="hide"]').focus();
    });
    paper.after(line);
    /* The focus must not fall into what is no longer there. */
    back.focus();
  }

  function button(name, label) {
    const made = document.createElement("button");
    made.type = "button";
    made.dataset.act = name;
    made.textContent = label;
    return made;
  }

  function addNote(paper, place, opener) {
    const box = document.createElement("div");
    const label = document.createElement("label");
    const field = document.createElement("textarea");
    box.className = "own-note";
    box.hidden = true;
    field.rows = 4;
    field.maxLength = LONGEST.note;
    field.value = all().get(paper.dataset.slug)?.note ?? "";
    label.append(word("note.label"), field);
    box.append(label);
    place.after(box);
    opener.setAttribute("aria-expanded", "false");
    opener.addEventListener("click", () => {
      box.hidden = !box.hidden;
      opener.setAttribute("aria-expanded", String(!box.hidden));
      if (!box.hidden) field.focus();
    });
    field.addEventListener("input", () => {
      change(paper.dataset.slug, { note: field.value }, details(paper));
    });
  }

  for (const paper of papers) {
    const place = document.createElement("p");
    place.dataset.reading = "";
    if (article) paper.querySelector(".abstract").before(place);
    else paper.append(place);
    for (const name of article ? ["save", "read", "hide", "note"] : ["save", "hide"]) {
      if (name === "note") {
        const opener = button("note", word("note"));
        place.append(opener);
        addNote(paper, place, opener);
      } else {
        const made = button(name, word(name));
        made.addEventListener("click", () => act(name, paper));
        place.append(made);
      }
    }
  }

  /** Bring the page in line with what is kept. */
  function show() {
    const records = all();
    let hidden = 0;
    for (const paper of papers) {
      const record = records.get(paper.dataset.slug);
      paper.classList.toggle("is-saved", Boolean(record?.saved));
      paper.classList.toggle("is-read", Boolean(record?.read));
      if (!article) {
        paper.hidden = Boolean(record?.hidden) && !showsHidden;
        hidden += record?.hidden ? 1 : 0;
      }
      for (const made of paper.querySelectorAll("button[data-act]")) {
        const name = made.dataset.act;
        if (name === "note") {
          made.classList.toggle("has-note", Boolean(record?.note));
          continue;
        }
        const on = Boolean({ save: record?.saved, read: record?.read, hide: record?.hidden }[name]);
        made.setAttribute("aria-pressed", String(on));
      }
    }
    for (const place of document.querySelectorAll("[data-hidden-count]")) {
      place.replaceChildren();
      if (!hidden || showsHidden) continue;
      const made = button("show-hidden", word("show.hidden", { n: hidden }));
      made.addEventListener("click", () => {
        showsHidden = true;
        for (const line of document.querySelectorAll(".gone")) line.remove();
        show();
        papers.find((paper) => all().get(paper.dataset.slug)?.hidden)?.querySelector("a")?.focus();
      });
      place.append(made);
    }
    document.dispatchEvent(new CustomEvent("gazette:reading"));
  }
  let showsHidden = false;

  /** Mark what the last visit did not show. A visit ends when no page was opened for a while. */
  function markNew(line) {
    let visit;
    try {
      visit = JSON.parse(load(VISIT)) ?? {};
    } catch {
      visit = {};
    }
    const slugs = (value) => (Array.isArray(value) ? value.filter((slug) => SLUG.test(slug)) : []);
    const here = papers.map((paper) => paper.dataset.slug);
    const at = Date.now();
    const goesOn = at - visit.at < PAUSE;
    const before = goesOn ? slugs(visit.before) : slugs(visit.now);
    const first = goesOn ? !Array.isArray(visit.before) : !Array.isArray(visit.now);
    const now = goesOn ? [...new Set([...here, ...slugs(visit.now)])].slice(0, 2000) : here;
    store(VISIT, JSON.stringify(first ? { at, now } : { at, before, now }));
    if (first) return;
    const seen = new Set(before);
    const fresh = papers.filter((paper) => !seen.has(paper.dataset.slug));
    for (const paper of fresh) {
      paper.classList.add("is-new");
      const mark = document.createElement("span");
      mark.className = "unseen";
      mark.textContent = word("new") + ": ";
      paper.querySelector("h1, h2, h3, h4")?.prepend(mark);
    }
    if (fresh.length) line.textContent = word("new.since", { n: fresh.length });
  }

  /* A visit to a saved paper's own page completes what a list could say of it. */
  if (article && all().has(article.dataset.slug)) {
    const known = Object.entries(details(article)).filter(([, value]) => value.length);
    change(article.dataset.slug, Object.fromEntries(known));
  }
  const line = document.querySelector("[data-new-since]");
  if (line) markNew(line);
  addEventListener("storage", (event) => {
    if (event.key === KEY) show();
  });
  window.gazetteReading = {
    all,
    change,
    merge,
    say,
    word,
    root,
    address,
    durable: () => durable,
  };
  show();
})();
