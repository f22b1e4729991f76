/* The search page: what is typed and chosen goes to search.search, what comes back into the list. */
((search) => {
  "use strict";
  const find = (id) => document.getElementById(id);
  const form = find("search");
  const input = form.elements.q;
  const list = find("results");
  const status = find("search-status");
  const notes = find("search-notes");
  const more = find("search-more");
  const older = find("search-older");
  const filters = find("search-filters");
  const say = search.speak(JSON.parse(find("search-strings").textContent));
  const FILTERS = ["topic", "from", "to", "code", "sort"];
  const PAGE = 10;
  const MOST_MORE = 100;
  const REST = 300; // milliseconds without another key until eras are asked for what is typed
  const isAskedWhy = new URLSearchParams(location.search).has("why");
  let turn = 0;
  let shown = null; // the answer in the list
  let [isRunning, isChanged] = [false, false];

  const valueOf = (name) => {
    const field = form.elements[name];
    return field.type === "checkbox" ? (field.checked ? field.value : "") : field.value;
  };
  const chosen = () => Object.fromEntries(FILTERS.map((name) => [name, valueOf(name)]));

  async function facets() {
    await search.open();
    await search.help();
    return search.facets();
  }

  /* What the filters and the order ask for, as options of search.run. */
  async function options({ topic, from, to, code, sort }) {
    if (!(topic || from || to || code || sort)) return {};
    const { days, day, code: coded, topics, votes } = await facets();
    const listed = topic && new Set(topics.get(topic));
    const filter = (document) => {
      const iso = days[day[document]];
      return (
        (!from || iso >= from) &&
        (!to || iso <= to) &&
        (!code || coded[document] === 1) &&
        (!topic || listed.has(document))
      );
    };
    const orders = {
      date: (a, b) => day[b] - day[a] || a - b,
      votes: (a, b) => votes[b] - votes[a] || day[b] - day[a] || a - b,
    };
    return { filter, sort: orders[sort] };
  }

  /* The query, the filters and the order in the address, to be kept or sent. */
  function address(query, values) {
    const parts = new URLSearchParams(query ? { q: query } : {});
    const like = new URLSearchParams(location.search).get("like");
    if (like && !query) parts.set("like", like);
    for (const name of FILTERS) if (values[name]) parts.set(name, values[name]);
    if (isAskedWhy) parts.set("why", "1");
    try {
      history.replaceState(null, "", `${location.pathname}${parts.size ? `?${parts}` : ""}`);
    } catch {
      /* Some browsers refuse this for a page from a folder; the search works without. */
    }
  }

  const nothing = () => ({
    count: 0, results: [], words: new Set(), units: [], notes: [], isPartial: false, hasMore: false,
  });

  let last = Promise.resolve();
  /* One after the other, as searches share what they know of words. */
  const inTurn = (work) => (last = last.then(work, work));

  async function ask(query, values, how) {
    search.renew();
    const answer = await asked(query, values, how);
    // The lists that came with the page may be older than the index: once more, with those of today.
    return answer.isPartial && search.renew() ? asked(query, values, how) : answer;
  }

  /* The answer, with what it leaves out: `left`, as search.choose says it. */
  async function asked(query, values, { typing, reach, limit }) {
    try {
      const { from, to } = values;
      if (!query.trim() && !Object.values(values).some(Boolean)) return nothing();
      const left = await search.choose({ from, to, reach });
      const filtering = await options(values);
      if (query.trim() || filtering.filter) {
        const answer = await search.search(query, { typing, limit, ...filtering });
        return Object.assign(answer, { left: answer.isWhole ? null : left });
      }
    } catch (error) {
      if (search.TooBroad && error instanceof search.TooBroad)
        return { ...nothing(), notes: [{ kind: "broad", word: error.message }] };
      if (!(error instanceof search.Unloaded)) throw error;
      return { ...nothing(), isPartial: true };
    }
    return nothing();
  }

  /* The results from `start` on as items, each stage headed; null where a record did not load. */
  async function items({ results, words, units }, start) {
    if (isAskedWhy) await search.help();
    const isMatch = (word) => words.has(word);
    // Each as soon as its record is there: there is time while others are on their way.
    const made = results.slice(start).map(async (one, at) => {
      const isFirst = one.part !== results[start + at - 1]?.part;
      const record = await search.record(+one.ref);
      const item = search.item(record, isMatch, say, isFirst && one.part);
      search.fillSeen(item, +one.ref, isMatch);
      if (isAskedWhy) item.append(search.why(one, units, say));
      return item;
    });
    const found = await Promise.allSettled(made);
    for (const { reason } of found)
      if (reason && !(reason instanceof search.Unloaded)) throw reason;
    return found.map(({ value }) => value ?? null);
  }

  /* The month from which on papers were searched, if not all were. */
  const since = ({ left }) => left && search.monthOf(left.since, say);

  function tell(answer, isPartial, again = run) {
    notes.replaceChildren(
      ...answer.notes.map((one) => {
        const line = document.createElement("p");
        line.append(...search.note(one, say, since(answer)));
        return line;
      }),
    );
    if (isPartial) notes.append(search.trouble(say, () => again()));
    more.hidden = !answer.hasMore;
    offer(answer.left);
    list.dataset.state = isPartial ? "failed" : "done";
  }

  /* Offer to search what is left out. */
  function offer(left) {
    older.hidden = !left;
    if (!left) return;
    const [from, to] = [left.from, left.to].map((day) => search.monthOf(day, say));
    older.textContent = say("search.older", { from, to });
  }

  /* Whether an answer has so little that what it leaves out is searched unasked: no paper with all the
     words, or no page of them; not where that would take the vocabulary of each era, nor for readers who
     save data. */
  const isFew = ({ left, count, results, isBroad }) => {
    if (!left || isBroad || navigator.connection?.saveData) return false;
    return !count || (results.length < PAGE && results[0]?.part !== "pasted");
  };

  /* Search the eras that an answer leaves out next, too. */
  const widen = ({ left, results }, typing = false) =>
    run(typing, { reach: left.reach, limit: Math.max(PAGE, results.length) });

  /* Put results into the list; the paper that has the focus keeps it. */
  function show(made) {
    const focused = list.contains(document.activeElement) && document.activeElement.pathname;
    list.replaceChildren(...made);
    if (focused) [...list.querySelectorAll("h3 a")].find(({ pathname }) => pathname === focused)?.focus();
  }

  async function run(typing = false, { reach, limit = PAGE } = {}) {
    const mine = ++turn;
    const started = performance.now();
    const [query, values] = [input.value, chosen()];
    list.dataset.state = "busy";
    const work = () => (mine === turn ? ask(query, values, { typing, reach, limit }) : nothing());
    const answer = await inTurn(work);
    const made = await items(answer, 0);
    if (mine !== turn || (typing && isChanged)) return;
    const there = made.filter(Boolean);
    const isPartial = answer.isPartial || there.length < made.length;
    if (reach && isPartial && !there.length) {
      tell(shown, true, () => widen(shown)); // what was found before stays
      return;
    }
    shown = answer;
    show(there);
    const isAsked = query.trim() || Object.values(values).some(Boolean);
    const ms = Math.max(1, Math.round(performance.now() - started));
    const isTold = isAsked && !(isPartial && !there.length);
    const found = answer.left ? "search.found.since" : "search.found";
    status.textContent = isTold ? say(found, { n: answer.count, ms, since: since(answer) }) : "";
    tell(answer, isPartial);
    // A new address makes the browser ask for the icon again: after what the results need.
    address(query.trim(), values);
    if (there.length) search.showKept(list);
    if (isFew(answer) && !isPartial) {
      list.dataset.state = "busy";
      older.textContent = say("search.older.now");
      setTimeout(() => mine === turn && widen(answer, typing), typing ? REST : 0);
      return;
    }
    // nearby.js offers more where hardly any paper has all the words.
    const detail = { text: query, all: isPartial ? Infinity : answer.count };
    await others();
    if (mine === turn) document.dispatchEvent(new CustomEvent("gazette:searched", { detail }));
  }

  /* The other scripts of the page, which are not needed for results. */
  let loading = null;
  const others = () =>
    (loading ||= Promise.allSettled(
      form.dataset.later.split(" ").map((path) => search.script(path, true)),
    ));

  /* As many again as there are, up to a hundred; the focus goes to the first of them. */
  async function grow() {
    if (!shown || list.dataset.state === "busy") return;
    const [mine, answer, start] = [turn, shown, shown.results.length];
    list.dataset.state = "busy";
    try {
      await inTurn(() => answer.take(Math.min(MOST_MORE, Math.max(PAGE, start))));
    } catch (error) {
      if (!(error instanceof search.Unloaded)) throw error;
      answer.isPartial = true;
    }
    const made = await items(answer, start);
    if (mine !== turn) return;
    const there = made.filter(Boolean);
    list.append(...there);
    tell(answer, answer.isPartial || there.length < made.length);
    there[0]?.querySelector("h3 a").focus();
    search.showKept(list);
  }

  /* At each key; what is typed while one search is on its way waits for it. */
  async function typed() {
    isChanged = true;
    const [, letter] = /(?:^|\s)([a-z])$/i.exec(input.value) || [];
    if (letter) search.expect(letter.toLowerCase()).catch(() => {}); // whoever needs them asks again
    if (isRunning) return;
    isRunning = true;
    try {
      while (isChanged) {
        isChanged = false;
        await run(true);
      }
    } finally {
      isRunning = false;
    }
  }

  /* The topics there are, when someone is about to choose one. */
  async function topics() {
    const select = form.elements.topic;
    if (select.options.length > 1) return;
    try {
      const names = [...(await facets()).topics.keys()].sort((a, b) => a.localeCompare(b));
      select.append(...names.map((name) => new Option(name)));
    } catch (error) {
      if (!(error instanceof search.Unloaded)) throw error;
      notes.replaceChildren(search.trouble(say, topics));
    }
  }

  input.addEventListener("input", typed);
  form.addEventListener("change", ({ target }) => target !== input && run());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  more.addEventListener("click", grow);
  older.addEventListener("click", async () => {
    if (!shown?.left || list.dataset.state === "busy") return;
    older.textContent = say("search.older.now");
    await widen(shown);
    // Unless the reader has gone elsewhere meanwhile.
    if ([older, document.body].includes(document.activeElement)) list.querySelector("h3 a")?.focus();
  });
  filters.addEventListener("toggle", () => filters.open && topics());

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
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (target !== input && at < 0) return;
    if (step) {
      event.preventDefault();
      (links[at + step] || (at + step < 0 ? input : target)).focus();
    } else if (key === "Escape" && at >= 0) input.focus();
  });

  /* What the address asks for, when the page is opened. */
  async function begin() {
    const given = new URLSearchParams(location.search);
    if (!given.has("q")) await search.rehearse(say);
    const author = given.get("author");
    input.value = given.get("q") || (author ? `author:"${author}"` : "");
    const isAsked = [...given.keys()].some((name) => name !== "why");
    if (!isAsked) input.focus();
    if (given.get("topic")) await topics();
    for (const name of FILTERS) {
      const field = form.elements[name];
      if (field.type === "checkbox") field.checked = given.has(name);
      else if (given.has(name)) field.value = given.get(name);
    }
    // No newer paper may be under the topic.
    if (given.get("topic") && !valueOf("topic")) {
      form.elements.topic.append(new Option(given.get("topic")));
      form.elements.topic.value = given.get("topic");
    }
    filters.open = FILTERS.some((name) => given.has(name));
    if (isAsked) {
      await run();
      // The page has to be laid out for it: after what it is about.
      if (document.activeElement === document.body) input.focus();
    } else {
      search.open().catch(() => {}); // only a head start: the first search says what is wrong
      others();
    }
  }
  begin();
})((globalThis.gazetteSearch ||= {}));
