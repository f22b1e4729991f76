/*
 * "For you": the papers of the last days in the order in which this reader may like them.
 *
 * A linear model is trained here, from the vectors of what was saved, read and hidden: the
 * difference between what is liked and what is usual, in the measure of how much papers differ
 * in each direction (linear discriminant analysis). Nothing leaves the browser.
 */
(() => {
  "use strict";
  const { days, papers, place, paper, names, dot, key, root } = window.gazetteMeaning;
  const reading = window.gazetteReading;
  const find = (id) => document.getElementById(id);
  const strings = JSON.parse(find("for-you-strings").textContent);
  const say = (name, values = {}) =>
    strings[`foryou.${name}`].replace(/\{(\w+)\}/g, (whole, one) => values[one] ?? whole);
  const form = find("for-you-days");
  const list = find("for-you");
  const status = find("for-you-status");
  const more = find("for-you-more");
  const LEAST = 3;
  const PAGE = 20;
  const PAUSE = 30 * 60 * 1000;
  const READ = 0.5; // what a paper that was read counts, one that was saved being 1
  const AGAINST = 0.3; // what the hidden papers count, all together
  const LESS = 0.4; // the same of those of which less is wanted
  const SHRUNK = 3; // how far the directions are taken to differ alike
  const LESS_KEY = "gazette.less:" + root.pathname;
  const VISIT_KEY = "gazette.for-you:" + root.pathname;
  const memory = new Map();
  let shown = PAGE;
  let turn = 0;

  function stored(name) {
    try {
      return JSON.parse(memory.get(name) ?? localStorage.getItem(name)) ?? null;
    } catch {
      return null;
    }
  }

  function store(name, value) {
    memory.set(name, JSON.stringify(value));
    try {
      localStorage.setItem(name, memory.get(name));
    } catch {
      /* Refused, or full: it holds as long as the page is open. */
    }
  }

  const isSlug = (slug) => typeof slug === "string" && /^[a-z0-9-]{1,120}$/.test(slug);

  /** Of what less is wanted, by slug: the day of each. */
  function less() {
    const found = stored(LESS_KEY);
    return new Map(Array.isArray(found) ? found.filter((one) => Array.isArray(one) && isSlug(one[0])) : []);
  }

  /** The newest day there was when the page was last open; a visit ends when it rests a while. */
  function lastSeen(newest) {
    const visit = stored(VISIT_KEY) ?? {};
    const goesOn = Date.now() - visit.at < PAUSE;
    const before = goesOn ? visit.before : visit.newest;
    store(VISIT_KEY, { at: Date.now(), before, newest });
    return typeof before === "string" ? before : "";
  }

  /** The vector of a paper: out of its day's file, else wherever the paper is by now. */
  async function vectorOf(slug, date, all) {
    if (all.some(({ day }) => day === date)) {
      const own = key(slug);
      const found = (await papers(date)).find((one) => one.key === own);
      if (found) return found.vector;
    }
    const number = await place(slug);
    return number < 0 ? null : (await paper(number)).vector;
  }

  /** What the reader did, each with its vector; what is not of this site has none and is left out. */
  async function tastes(all) {
    const wanted = [];
    for (const one of reading.all().values()) {
      if (one.elsewhere) continue;
      if (one.hidden) wanted.push({ ...one, kind: "hidden", weight: 1 });
      else if (one.saved) wanted.push({ ...one, kind: "saved", weight: 1 });
      else if (one.read) wanted.push({ ...one, kind: "read", weight: READ });
    }
    for (const [slug, date] of less()) wanted.push({ slug, date, kind: "less", weight: 1 });
    const found = await Promise.all(
      wanted.map(async (one) => {
        try {
          return { ...one, vector: await vectorOf(one.slug, one.date, all) };
        } catch {
          return one; // its file did not load: the others are enough
        }
      }),
    );
    return found.filter(({ vector }) => vector);
  }

  /** The weighted mean of vectors, from which `from` is taken; null where there are none. */
  function mean(found, from) {
    const total = found.reduce((sum, { weight }) => sum + weight, 0);
    if (!total) return null;
    const result = new Float64Array(from.length);
    for (const { vector, weight } of found)
      for (let side = 0; side < from.length; side++) result[side] += (weight * vector[side]) / total;
    return result.map((value, side) => value - from[side]);
  }

  /** What solves matrix * x = right, the matrix being symmetric and positive: by Cholesky. */
  function solve(matrix, right) {
    const size = right.length;
    const lower = matrix.map((row) => Float64Array.from(row));
    for (let row = 0; row < size; row++)
      for (let column = 0; column <= row; column++) {
        let sum = lower[row][column];
        for (let at = 0; at < column; at++) sum -= lower[row][at] * lower[column][at];
        lower[row][column] = row === column ? Math.sqrt(sum) : sum / lower[column][column];
      }
    const x = Float64Array.from(right);
    for (let row = 0; row < size; row++) {
      for (let at = 0; at < row; at++) x[row] -= lower[row][at] * x[at];
      x[row] /= lower[row][row];
    }
    for (let row = size - 1; row >= 0; row--) {
      for (let at = row + 1; at < size; at++) x[row] -= lower[at][row] * x[at];
      x[row] /= lower[row][row];
    }
    return x;
  }

  /** The weights of the model: what is liked, as it differs from all of `pool`. */
  function train(pool, found) {
    const size = found[0].vector.length;
    const usual = mean(pool.map(({ vector }) => ({ vector, weight: 1 })), new Float64Array(size));
    const of = (...kinds) => mean(found.filter(({ kind }) => kinds.includes(kind)), usual);
    const aim = of("saved", "read");
    for (const [away, share] of [[of("hidden"), AGAINST], [of("less"), LESS]])
      if (away) for (let side = 0; side < size; side++) aim[side] -= share * away[side];
    const spread = Array.from({ length: size }, () => new Float64Array(size));
    const own = new Float64Array(size);
    for (const { vector } of pool) {
      for (let side = 0; side < size; side++) own[side] = vector[side] - usual[side];
      for (let row = 0; row < size; row++)
        for (let column = 0; column <= row; column++)
          spread[row][column] += (own[row] * own[column]) / pool.length;
    }
    const even = (SHRUNK * spread.reduce((sum, row, at) => sum + row[at], 0)) / size + 1e-9;
    for (let at = 0; at < size; at++) spread[at][at] += even;
    return solve(spread, aim);
  }

  /** The papers of some days, the best first; each with what it is most like of what was liked. */
  function rank(pool, found) {
    const weights = train(pool, found);
    const liked = found.filter(({ kind }) => kind === "saved" || kind === "read");
    const done = new Set(found.map(({ slug }) => key(slug)));
    for (const slug of reading.all().keys()) done.add(key(slug));
    return pool
      .filter((one) => !done.has(one.key))
      .map((one) => ({ ...one, score: dot(one.vector, weights) }))
      .sort((a, b) => b.score - a.score)
      .map((one) => ({ ...one, like: () => nearest(liked, one.vector) }));
  }

  function nearest(liked, vector) {
    let best = liked[0];
    for (const one of liked) if (dot(one.vector, vector) > dot(best.vector, vector)) best = one;
    return best;
  }

  function element(name, properties, ...inside) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  }

  const act = (word, deed) => {
    const made = element("button", { type: "button" }, word);
    made.addEventListener("click", deed);
    return made;
  };

  /** A paper of the list, with why it is here and what can be done about it. */
  function item({ day, title, authors, slug, month, href }, like) {
    const made = element("li");
    made.dataset.slug = slug;
    const link = element("a", { href }, title);
    const meta = element("p", {}, element("time", { dateTime: day }, day));
    if (authors) meta.append(element("span", {}, authors));
    const source = element("a", { href: reading.address(like) }, like.title);
    const [before, after] = say(like.kind === "saved" ? "like.saved" : "like.read").split("{title}");
    const why = element("p", { className: "why" }, before, source, after);
    const writers = authors.split(", ").filter((name) => name !== "…");
    const known = { title, authors: writers, date: day, month };
    const done = (deed, said) => () => {
      const next = made.nextElementSibling ?? made.previousElementSibling;
      deed();
      reading.say(said, { title });
      made.remove();
      (next ?? status).querySelector?.("a")?.focus();
    };
    const buttons = element(
      "p",
      { className: "deeds" },
      act(reading.word("save"), done(() => reading.change(slug, { saved: new Date().toISOString() }, known), "said.saved")),
      act(reading.word("hide"), done(() => reading.change(slug, { hidden: true }, known), "said.hidden")),
      act(say("less"), () => {
        store(LESS_KEY, [...less().set(slug, day)]);
        voice(say("said.less", { title }));
        show();
      }),
    );
    made.append(element("h3", {}, link), meta, why, buttons);
    return made;
  }

  const voice = (text) => (find("for-you-said").textContent = text);

  /** The days that were asked for. */
  function chosen(all, seen) {
    const name = new FormData(form).get("days");
    if (name === "visit") return seen ? all.filter(({ day }) => day > seen) : all.slice(-7);
    const last = new Date(`${all[all.length - 1].day}T00:00:00Z`);
    last.setUTCDate(last.getUTCDate() - Number(name) + 1);
    const first = last.toISOString().slice(0, 10);
    return all.filter(({ day }) => day >= first);
  }

  async function poolOf(held) {
    const found = await Promise.all(
      held.map(async ({ day, count }) =>
        count ? (await papers(day)).map((one, at) => ({ ...one, day, at })) : [],
      ),
    );
    return found.flat();
  }

  let seen = null;

  async function show() {
    const own = ++turn;
    try {
      const all = await days();
      if (!all.length) return tell(say("none"));
      seen ??= lastSeen(all[all.length - 1].day);
      const found = await tastes(all);
      const saved = found.filter(({ kind }) => kind === "saved").length;
      if (saved < LEAST) return tell(say("begin", { n: LEAST - saved, least: LEAST, saved }));
      const pool = await poolOf(chosen(all, seen));
      if (!pool.length) return tell(say("nothing.new"));
      const start = performance.now();
      const ranked = rank(pool, found);
      const took = performance.now() - start;
      const top = ranked.slice(0, shown);
      const called = await names(top);
      if (own !== turn) return;
      list.replaceChildren(...called.map((one, at) => item(one, top[at].like())));
      more.hidden = shown >= ranked.length;
      status.textContent = say("status", { n: ranked.length, saved });
      list.dataset.milliseconds = took.toFixed(1);
      document.dispatchEvent(new CustomEvent("gazette:listed"));
    } catch {
      if (own === turn) tell(say("failed"), act(say("retry"), show));
    }
  }

  function tell(...words) {
    list.replaceChildren();
    more.hidden = true;
    status.replaceChildren(...words.flatMap((word) => [word, " "]));
  }

  find("for-you-forget").addEventListener("click", () => {
    store(LESS_KEY, []);
    voice(say("said.forgotten"));
    show();
  });
  form.addEventListener("change", () => {
    shown = PAGE;
    show();
  });
  more.addEventListener("click", async () => {
    const before = list.children.length;
    shown += PAGE;
    await show();
    list.children[before]?.querySelector("a").focus();
  });
  show();
})();
