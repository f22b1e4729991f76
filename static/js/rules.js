/*
 * The reader's own rules, kept in the browser: words, authors and topics that are wanted (their
 * papers are marked, or raised to the top of the list) or not (they are folded to their titles, or
 * hidden). They hold in every list, `.papers`, also in one that a script fills, and in that of related
 * papers; above it stands what they did, with a button that shows it all again.
 *
 * window.gazetteRules: all(), keep(rules), clean(raw), DEEDS, KINDS; rules-page.js uses it.
 */
(() => {
  "use strict";
  const root = new URL("..", document.currentScript.src);
  const KEY = "gazette.rules:" + root.pathname;
  const KINDS = ["word", "author", "topic"];
  const DEEDS = ["mark", "raise", "fold", "hide"];
  const LISTS = "main .papers, main .related > ul";
  const LONGEST = 120;
  const MOST = 500;
  let memory = null;
  let showsAll = false;

  function word(key, values = {}) {
    const text = window.gazetteStrings?.["rules." + key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /** What may be kept of `raw`, whoever wrote it: rules of the right kind, each once. */
  function clean(raw) {
    if (!Array.isArray(raw)) return [];
    const found = new Map();
    for (const one of raw.slice(0, MOST)) {
      const text = typeof one?.text === "string" ? one.text.trim().replace(/\s+/g, " ").slice(0, LONGEST) : "";
      if (!fold(text).trim() || !KINDS.includes(one.kind) || !DEEDS.includes(one.deed)) continue;
      found.set(`${one.kind} ${fold(text)}`, { kind: one.kind, text, deed: one.deed });
    }
    return [...found.values()];
  }

  function all() {
    try {
      return clean(JSON.parse(memory ?? localStorage.getItem(KEY)) ?? []);
    } catch {
      return [];
    }
  }

  function keep(rules) {
    memory = JSON.stringify(clean(rules));
    try {
      localStorage.setItem(KEY, memory);
      memory = null;
    } catch {
      /* Refused, or full: the rules hold as long as the page is open. */
    }
    apply();
  }

  /** Text in small letters, without accents, its words with one space around each. */
  function fold(text) {
    const plain = text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
    return ` ${(plain.match(/[\p{L}\p{N}]+/gu) ?? []).join(" ")} `;
  }

  /** Of the topics that rules name, in small letters, the keys of their papers. */
  const underTopic = new Map();

  /** What js/meaning.js gives, which is loaded where no one else has. */
  function meaning() {
    return new Promise((resolve, reject) => {
      if (window.gazetteMeaning) return resolve(window.gazetteMeaning);
      let script = document.querySelector('script[src$="js/meaning.js"]');
      if (!script) {
        script = document.createElement("script");
        script.src = new URL("js/meaning.js", root);
        document.head.append(script);
      }
      script.addEventListener("load", () => resolve(window.gazetteMeaning));
      script.addEventListener("error", reject);
    });
  }

  /** Learn which papers are under the topics of the rules (few lists say it), then apply them. */
  async function learn(rules) {
    const named = rules.filter(({ kind }) => kind === "topic").map(({ text }) => fold(text));
    const wanted = named.filter((topic) => !underTopic.has(topic));
    if (!wanted.length) return;
    for (const topic of wanted) underTopic.set(topic, new Set());
    try {
      const known = await meaning();
      for (const { slug, name } of await known.topics())
        for (const topic of wanted)
          if ([fold(slug), fold(name)].includes(topic)) underTopic.set(topic, await known.under(slug));
      apply();
    } catch {
      /* It does not load: what lists say of topics themselves still counts. */
    }
  }

  /** The title of a paper; a list of results may head a part of it within the paper before. */
  const headingOf = (paper) => paper.querySelector("h3, h2:not(.part)") ?? paper.querySelector(":scope > a");

  /** What a rule looks at in a paper of a list. */
  function seen(paper) {
    const copy = paper.cloneNode(true);
    for (const own of copy.querySelectorAll("[data-reading], .deeds, .why, .rule-note, .part, .actions, .keep, .own-note, :scope > a ~ span")) own.remove();
    const heading = headingOf(paper);
    const { href } = heading.matches("a") ? heading : (heading.querySelector("a") ?? {});
    const slug = /papers\/(?:[^/#?]+\/)?([^/#?]+)\.html/.exec(href)?.[1] ?? "";
    const meta = copy.querySelector(":is(h2, h3) + p");
    const topics = [...(meta?.querySelectorAll('a[href*="topics/"]') ?? [])].map(({ textContent }) => fold(textContent));
    const named = meta?.querySelector("span:not(.votes, .comments)");
    named?.querySelector("i")?.remove(); // "and 5 more": they are its title
    const shown = (named?.textContent ?? "").replace(named?.dataset.others ?? "", "");
    const authors = `${shown},${named?.title ?? ""}`.split(",").map(fold);
    meta?.remove();
    return { word: [fold(copy.textContent)], author: authors, topic: topics, slug };
  }

  /** The rules that a paper meets. An author may be given by the last name alone. */
  function met(rules, texts) {
    return rules.filter(({ kind, text }) => {
      const wanted = fold(text);
      if (kind === "topic")
        return texts.topic.includes(wanted) || !!underTopic.get(wanted)?.has(window.gazetteMeaning?.key(texts.slug));
      return texts[kind].some((one) => (kind === "word" ? one.includes(wanted) : one.endsWith(wanted)));
    });
  }

  /** What is done with a paper: not wanted goes before wanted, and more before less. */
  function deedOf(found) {
    return ["hide", "fold", "raise", "mark"].find((deed) => found.some((one) => one.deed === deed));
  }

  function note(paper, found, deed) {
    paper.querySelector(".rule-note")?.remove();
    if (!deed) return;
    const line = document.createElement("p");
    line.className = "rule-note";
    line.textContent = word("note." + deed, { rule: found.find((one) => one.deed === deed).text });
    headingOf(paper).before(line);
  }

  /** Bring one list in line with the rules; return how many papers each deed was done to. */
  function applyTo(list, rules) {
    const papers = [...list.children].filter((paper) => headingOf(paper));
    /* A paper that is raised keeps its rank, and its place to go back to. */
    if (list.classList.contains("ranked")) {
      let rank = list.start - 1;
      for (const paper of papers) rank = paper.value = paper.value || rank + 1;
    }
    papers.forEach((paper, at) => (paper.gazettePlace ??= at));
    const counts = { mark: 0, raise: 0, fold: 0, hide: 0 };
    const first = new Set();
    for (const paper of papers) {
      const found = rules.length ? met(rules, seen(paper)) : [];
      const deed = deedOf(found);
      if (deed) counts[deed]++;
      const shown = showsAll && (deed === "fold" || deed === "hide");
      if (deed === "raise") first.add(paper);
      paper.classList.toggle("is-wanted", deed === "mark" || deed === "raise");
      paper.classList.toggle("is-folded", deed === "fold" && !showsAll);
      paper.classList.toggle("is-left-out", deed === "hide" && !showsAll);
      note(paper, found, shown || deed !== "hide" ? deed : null);
    }
    const ordered = [...papers].sort(
      (a, b) => first.has(b) - first.has(a) || a.gazettePlace - b.gazettePlace,
    );
    if (ordered.some((paper, at) => paper !== papers[at])) list.append(...ordered);
    return counts;
  }

  /** Say above the first list what was done. */
  function tell(lists, counts) {
    let place = document.querySelector(".ruled");
    const done = DEEDS.filter((deed) => counts[deed]);
    if (!done.length) return place?.remove();
    if (!place) {
      place = document.createElement("p");
      place.className = "ruled sub";
      place.setAttribute("role", "status");
    }
    const start = lists[0].previousElementSibling?.matches("h2.day, h2.unseen")
      ? lists[0].previousElementSibling
      : lists[0];
    if (place.nextElementSibling !== start) start.before(place);
    const words = done.map((deed) => word("did." + deed, { n: counts[deed] })).join(", ");
    place.replaceChildren(word("did", { words }));
    if (counts.fold || counts.hide) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = word(showsAll ? "again" : "show");
      button.addEventListener("click", () => {
        showsAll = !showsAll;
        apply();
        document.querySelector(".ruled button")?.focus();
      });
      place.append(" ", button);
    }
  }

  let isApplying = false;

  function apply() {
    const lists = [...document.querySelectorAll(LISTS)];
    if (!lists.length) return;
    isApplying = true;
    const rules = all();
    learn(rules);
    const counts = { mark: 0, raise: 0, fold: 0, hide: 0 };
    for (const list of lists) {
      const done = applyTo(list, rules);
      for (const deed of DEEDS) counts[deed] += done[deed];
    }
    tell(lists, counts);
    watcher.takeRecords();
    isApplying = false;
  }

  /* Search and others fill their lists when they like. */
  const watcher = new MutationObserver(() => {
    if (!isApplying) apply();
  });
  for (const list of document.querySelectorAll(LISTS)) watcher.observe(list, { childList: true });
  addEventListener("storage", (event) => {
    if (event.key === KEY) apply();
  });
  window.gazetteRules = { all, keep, clean, KINDS, DEEDS, root };
  apply();
})();
