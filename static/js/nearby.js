/*
 * Papers that are near in meaning, below the results of a search: near the paper that the address
 * names (search.html?like=SLUG), or near what was searched for, where hardly any paper has all of
 * its words. They come from the lists of the nearest centroids, fetched one by one.
 */
(() => {
  "use strict";
  const { place, paper, names, nearest, list, query, dot } = window.gazetteMeaning;
  const search = window.gazetteSearch;
  const section = document.getElementById("nearby");
  const heading = section.querySelector("h2");
  const status = section.querySelector("p");
  const results = section.querySelector("ol");
  const say = search.speak(JSON.parse(document.getElementById("search-strings").textContent));
  const FEW = 5; // papers with all the words: where there are so many, nothing is offered
  const SHOWN = 10;
  const LISTS = 8; // lists that are looked at, and more until there are as many papers as ENOUGH
  const ENOUGH = 80;
  const MOST = 64;
  const REST = 300; // milliseconds without another search
  let turn = 0;

  /** The numbers of the papers nearest to a vector, the nearest first. */
  async function near(vector, without) {
    const found = [];
    let looked = 0;
    for (const centroid of await nearest(vector)) {
      if (looked >= MOST || (looked >= LISTS && found.length >= ENOUGH)) break;
      for (const one of await list(centroid))
        if (one.number !== without) found.push([dot(one.vector, vector), one.number]);
      looked++;
    }
    return found.sort(([a, first], [b, second]) => b - a || second - first).map(([, one]) => one);
  }

  function element(name, properties, ...inside) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  }

  function item({ day, title, authors, href }) {
    const meta = element("p", { className: "meta" }, element("time", { dateTime: day }, day));
    if (authors) meta.append(element("span", {}, authors));
    const link = element("a", { href }, title);
    return element("li", { className: "paper" }, element("h3", {}, link), meta);
  }

  /** Show what is near a vector, unless `known` has it already. */
  async function show(own, vector, without, known) {
    const found = (await near(vector, without)).slice(0, SHOWN + known.size);
    const places = await Promise.all(found.map((number) => paper(number)));
    const called = (await names(places)).filter(({ slug }) => !known.has(slug)).slice(0, SHOWN);
    if (own !== turn) return;
    results.replaceChildren(...called.map(item));
    status.textContent = called.length ? "" : say("search.near.none");
  }

  async function begin(title, work) {
    const own = ++turn;
    section.hidden = false;
    heading.textContent = title;
    status.textContent = say("search.near.looking");
    results.replaceChildren();
    try {
      await work(own);
    } catch {
      if (own === turn) status.replaceChildren(search.trouble(say, () => begin(title, work)));
    }
  }

  function like(slug) {
    begin(say("search.near.paper"), async (own) => {
      const number = await place(slug);
      if (number < 0) {
        status.textContent = say("search.near.unknown");
        return;
      }
      const it = await paper(number);
      const [{ title, href }] = await names([it]);
      if (own !== turn) return;
      const [before, after] = say("search.near.like", { title: "\n" }).split("\n");
      heading.replaceChildren(before, element("a", { href }, title), after);
      await show(own, it.vector, number, new Set());
    });
  }

  /* The search page says what it has found, and how many papers have all the words. */
  document.addEventListener("gazette:searched", ({ detail: { text, all } }) => {
    const asked = text.trim();
    if (!asked) {
      if (!wanted) section.hidden = true;
      return;
    }
    turn++;
    section.hidden = true;
    if (all >= FEW) return;
    const shown = document.querySelectorAll("#results h3 a");
    const known = new Set([...shown].map(({ pathname }) => pathname.split("/").pop().replace(/\.html$/, "")));
    const own = turn;
    const offer = async () => {
      if (own !== turn) return;
      const vector = await query(search.words(asked));
      if (vector && own === turn)
        begin(say("search.near.words"), (mine) => show(mine, vector, -1, known));
    };
    // Who is typing goes on typing. It is an offer: where a file is missing, the search is whole.
    setTimeout(() => offer().catch(() => {}), REST);
  });

  const wanted = new URLSearchParams(location.search).get("like");
  if (wanted) like(wanted);
})();
