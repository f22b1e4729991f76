/* The search page: what is typed and chosen goes to gazetteSearch, what comes back into the list. */
((search) => {
  "use strict";
  const find = (id) => document.getElementById(id);
  const form = find("search");
  const input = form.elements.q;
  const list = find("results");
  const status = find("search-status");
  const notes = find("search-notes");
  const more = find("search-more");
  const strings = JSON.parse(find("search-strings").textContent);
  const FILTERS = ["topic", "from", "to", "code", "sort"];
  const PAGE = 10;
  let turn = 0;
  let limit = PAGE;
  let [isRunning, isChanged] = [false, false];

  const say = (key, values = {}) => {
    const text = strings[key];
    const chosen = typeof text === "string" ? text : (values.n === 1 && text.one) || text.other;
    return chosen.replace(/\{(\w+)\}/g, (_, name) =>
      typeof values[name] === "number" ? values[name].toLocaleString("en") : values[name],
    );
  };

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const day = (iso) => {
    const [year, month, number] = iso.split("-").map(Number);
    const values = { year: `${year}`, day: number, mon: say(`mon.${month}`) };
    return say("date.short", values);
  };

  /* The slug that generator/urls.py gives a title. */
  const slugify = (title) => {
    const latin = title.normalize("NFKD").replace(/[^\0-\x7f]/g, "").toLowerCase();
    const slug = latin.replaceAll("'", "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    if (slug.length <= 80) return slug;
    const head = slug.slice(0, 81);
    return head.includes("-") ? head.slice(0, head.lastIndexOf("-")) : head.slice(0, 80);
  };

  const item = ([title, authors, date, lines, slug], isMatch) =>
    element(
      "li",
      { className: "paper" },
      element(
        "h3",
        {},
        element("a", { href: `papers/${slug || slugify(title)}.html` }, ...search.marked(title, isMatch)),
      ),
      element(
        "p",
        { className: "meta" },
        element("time", { dateTime: date }, day(date)),
        authors && element("span", { className: "authors" }, ...search.marked(authors, isMatch)),
      ),
      element("p", { className: "lead" }, ...search.marked(lines, isMatch)),
    );

  const values = () => Object.fromEntries(FILTERS.map((name) => [name, valueOf(name)]));
  const valueOf = (name) => {
    const field = form.elements[name];
    return field.type === "checkbox" ? (field.checked ? "1" : "") : field.value;
  };

  /* What the filters and the order ask for, as options of search.run. */
  async function options({ topic, from, to, code, sort }) {
    if (!(topic || from || to || code || sort === "date")) return {};
    await search.open();
    await search.help();
    const facets = await search.facets();
    const listed = topic && new Set(facets.topics.get(topic));
    const filter = (document) => {
      const iso = facets.days[facets.day[document]];
      return (
        (!from || iso >= from) &&
        (!to || iso <= to) &&
        (!code || facets.code[document] === 1) &&
        (!topic || listed.has(document))
      );
    };
    const newest = (a, b) => facets.day[b] - facets.day[a] || a - b;
    return { filter, sort: sort === "date" ? newest : null };
  }

  function address(query, chosen) {
    const parts = new URLSearchParams(query ? { q: query } : {});
    for (const name of FILTERS) if (chosen[name]) parts.set(name, chosen[name]);
    try {
      history.replaceState(null, "", parts.size ? `?${parts}` : location.pathname);
    } catch {
      /* Some browsers refuse this for a page from a folder; the search works without. */
    }
  }

  const note = ({ kind, word, shown, all, message }) => {
    if (kind === "corrected")
      return shown.length
        ? say("search.corrected", { word, shown: shown.join(", ") })
        : say("search.unknown", { word });
    if (kind === "some") return all ? say("search.some", { n: all }) : say("search.any");
    return say("search.syntax", { message });
  };

  function failed(text) {
    const again = element("button", { type: "button" }, say("search.retry"));
    again.addEventListener("click", () => {
      if (search.stale) location.reload();
      else run();
    });
    notes.append(element("p", { className: "failed" }, `${text} `, again));
  }

  async function run(typing = false) {
    const mine = ++turn;
    const started = performance.now();
    const query = input.value;
    const chosen = values();
    address(query.trim(), chosen);
    list.dataset.state = "busy";
    let answer = { count: 0, results: [], words: new Set(), notes: [] };
    let trouble = "";
    try {
      const asked = await options(chosen);
      if (query.trim() || asked.filter)
        answer = await search.search(query, { typing, limit, ...asked });
    } catch {
      trouble = say("search.failed");
    }
    const found = await Promise.allSettled(answer.results.map(({ ref }) => search.record(+ref)));
    if (mine !== turn || (typing && isChanged)) return;
    const records = found.filter((one) => one.status === "fulfilled").map((one) => one.value);
    if (records.length < found.length || answer.missing) trouble = say("search.failed");
    list.replaceChildren(...records.map((record) => item(record, (word) => answer.words.has(word))));
    notes.replaceChildren(...answer.notes.map((one) => element("p", {}, note(one))));
    if (trouble) failed(trouble);
    const ms = Math.max(1, Math.round(performance.now() - started));
    const isAsked = query.trim() || Object.values(chosen).some(Boolean);
    status.textContent = trouble || !isAsked ? "" : say("search.found", { n: answer.count, ms });
    more.hidden = answer.results.length < limit || answer.count <= limit;
    list.dataset.state = trouble ? "failed" : "done";
  }

  /* At each key; while one search is on its way, what is typed waits for it. */
  async function typed() {
    limit = PAGE;
    isChanged = true;
    if (isRunning) return;
    isRunning = true;
    while (isChanged) {
      isChanged = false;
      await run(true);
    }
    isRunning = false;
  }

  async function topics() {
    const select = form.elements.topic;
    if (select.options.length > 1) return;
    try {
      await search.open();
      await search.help();
      const names = [...(await search.facets()).topics.keys()].sort((a, b) => a.localeCompare(b));
      select.append(...names.map((name) => element("option", { value: name }, name)));
    } catch {
      failed(say("search.failed"));
    }
  }

  input.addEventListener("input", typed);
  form.addEventListener("change", ({ target }) => {
    if (target === input) return;
    limit = PAGE;
    run();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  more.addEventListener("click", () => {
    const last = list.children.length;
    limit += PAGE;
    run().then(() => list.children[last]?.querySelector("a").focus());
  });
  find("search-filters").addEventListener("toggle", topics);

  /* Keys: / goes to the field, arrows through the results and back, Enter opens (it is a link). */
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "/" && !target.closest("input, select, textarea")) {
      event.preventDefault();
      input.select();
      return;
    }
    const links = [...list.querySelectorAll("h3 a")];
    const at = links.indexOf(target);
    if (target !== input && at < 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) {
      event.preventDefault();
      (links[at + step] || (at + step < 0 ? input : target)).focus();
    } else if (key === "Escape" && at >= 0) input.focus();
  });

  /* The query of the address, if there is one. */
  const given = new URLSearchParams(location.search);
  input.value = given.get("q") || "";
  (async () => {
    if (given.get("topic")) await topics();
    for (const name of FILTERS) {
      const field = form.elements[name];
      if (field.type === "checkbox") field.checked = given.has(name);
      else if (given.has(name)) field.value = given.get(name);
    }
    find("search-filters").open ||= FILTERS.some((name) => given.has(name));
    if ([...given.keys()].length) run();
    else search.open().catch(() => {});
    input.focus();
  })();
})((globalThis.gazetteSearch ||= {}));
