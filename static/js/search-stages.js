/* A search, stage by stage: papers with all the words, first those with all in the title, then those
   with all in any place, each as the words are written and in any form; at last papers with some. */
((search) => {
  "use strict";
  const [OPTIONAL, REQUIRED] = [1, 2];
  const ENOUGH = 10;
  const TOO_MANY = 40; // shards of a segment for a star
  const MOST_CORRECTED = 5; // words of a query
  const TASK = 12; // milliseconds that may pass until the page has its turn

  const clause = (term, presence, more) => ({
    term,
    presence,
    boost: 1,
    fields: search.fields,
    ...more,
  });
  const isKnown = (word) => search.posting(word) !== null;
  const isRare = (word) => !isKnown(word) || search.posting(word).count <= 2 + search.size / 2000;
  const isUseful = (word) => !search.stop.has(word);
  const unique = (words) => [...new Set(words)];
  const known = (words) => unique(words).filter(isKnown);
  /* Only words of Latin letters can be typos: no number, no abbreviation, no other script. */
  const isCorrectable = (word) => /^\p{Script=Latin}{3,}$/u.test(word);

  let since = 0;
  /* Let the page have its turn, if it has waited long. */
  search.breathe = async () => {
    if (performance.now() - since < TASK) return;
    // A timer within a timer waits four milliseconds.
    await (globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve)));
    since = performance.now();
  };

  /* Phrases as clauses that require their words, and as a filter: the words side by side. */
  async function phrased({ phrases, topics }, filter) {
    const clauses = [];
    const filters = filter ? [filter] : [];
    for (const { words, field, no } of phrases) {
      const fields = field ? [field] : search.fields;
      await search.help();
      const isName = field === "authors";
      const { matches, found } = isName
        ? await search.named(words)
        : await search.sideBySide(words, fields);
      filters.push((document) => matches.has(document) === !no);
      if (no) continue;
      found.forEach((forms, at) => clauses.push(clause(words[at], REQUIRED, { fields, forms })));
    }
    for (const { text, no } of topics) {
      await search.help();
      const listed = await search.underTopic(text);
      filters.push((document) => listed.has(document) === !no);
    }
    const useful = clauses.filter(({ term }) => isUseful(term));
    return {
      fixed: useful.length ? useful : clauses,
      filter: filters.length ? (document) => filters.every((one) => one(document)) : null,
    };
  }

  /* One search. `answer` grows as more of it is asked for. */
  class Search {
    constructor(options) {
      Object.assign(this, { options, units: [], fixed: [], seen: new Set(), stages: null, corrected: 0 });
      this.answer = {
        count: 0, results: [], words: new Set(), notes: [], units: [],
        isPartial: false, isWhole: false, isBroad: false, hasMore: false, take: (count) => this.take(count),
      };
    }

    /* Words as units: each has what counts as the word as written, and what as one of its forms. */
    async read(words, isUsed) {
      const joined = search.joints(words);
      const compounds = joined.map((one) => one.joined);
      const missing = await search.need([
        ...words.filter(isUsed).flatMap(search.formsOf),
        ...compounds,
      ]);
      await search.need(known(compounds).flatMap(search.formsOf)); // hardly ever any
      this.answer.isPartial = missing.size > 0;
      const units = words.map((word) => ({ word, also: [] }));
      for (const { at, joined: one, isVersion } of joined) {
        if (!isKnown(one)) continue;
        if (isVersion && units[at]) {
          units[at] = { word: one, also: [] };
          units[at + 1] = null;
        } else for (const unit of [units[at], units[at + 1]]) unit?.also.push(one);
      }
      for (const unit of units) {
        if (!unit || !isUsed(unit.word) || missing.has(unit.word)) continue;
        await search.breathe();
        const { word, also } = unit;
        if (this.units.some((one) => one.word === word)) continue;
        unit.exact = known([word, ...also]);
        unit.forms = known([word, ...also].flatMap(search.formsOf));
        this.units.push(unit);
        if (!unit.exact.length && unit.forms.every(isRare)) await this.help(unit, word === this.last);
      }
      this.answer.units = this.units;
    }

    /* A word that no paper has: the beginning of others, or a typo. */
    async help(unit, isLast) {
      const { word } = unit;
      const found = isLast && word.length > 2 ? search.completions(word) : [];
      await search.need(found);
      unit.isBegun = found.some(isKnown);
      if (unit.isBegun) unit.forms = known([...unit.forms, ...found]);
      else await this.correct(unit);
    }

    /* Words that this one may have been meant to be, if the vocabulary can be had. */
    async correct(unit) {
      const { notes } = this.answer;
      const { word } = unit;
      unit.isCorrected = true;
      if (!isCorrectable(word) || ++this.corrected > MOST_CORRECTED) {
        if (!isKnown(word)) notes.push({ kind: "corrected", word, shown: [] });
        return;
      }
      try {
        await search.help();
        const near = await search.corrections(word, search.posting(word)?.count);
        await search.surely(near.flatMap((one) => one.split(" ")));
        const halves = near.filter((one) => one.includes(" "));
        for (const one of halves) {
          const [first, second] = one.split(" ");
          Object.assign(unit, { word: first, forms: [first] });
          this.units.push({ word: second, also: [], exact: [], forms: [second] });
        }
        if (!halves.length) unit.forms = unique([...unit.forms, ...near.filter(isKnown)]);
        if (near.length || !isKnown(word)) notes.push({ kind: "corrected", word, shown: near });
      } catch (error) {
        if (!(error instanceof search.Unloaded)) throw error;
        this.answer.isPartial = true;
      }
    }

    clauses(presence, kind, more) {
      const own = this.units.map((unit) => clause(unit.word, presence, { forms: unit[kind], ...more }));
      return [...own, ...this.fixed];
    }

    run(clauses) {
      return search.run(clauses, { most: TOO_MANY * search.segments.length, ...this.options, limit: 0 });
    }

    /* How many papers have every unit in some form. */
    async size() {
      const hits = new Uint8Array(search.bound);
      for (const [number, { forms }] of this.units.entries())
        for (const word of forms) {
          await search.breathe();
          for (const field of search.posting(word).fields)
            for (const document of field?.documents || [])
              if (hits[document] === number) hits[document] = number + 1;
        }
      const { filter } = this.options;
      let count = 0;
      for (let document = 0; document < hits.length; document++)
        if (hits[document] === this.units.length && (!filter || filter(document))) count++;
      return count;
    }

    get hasForms() {
      return this.units.some(({ exact, forms }) => exact.join() !== forms.join());
    }

    /* The stages in turn, each {part, rank}: what it is headed with, and its papers in order. */
    async *all() {
      const { units, options, answer } = this;
      const title = { fields: ["title"] };
      const stage = async (part, presence, kind, more) => ({
        part,
        ...(await this.run(this.clauses(presence, kind, more))),
      });
      if (this.syntax) {
        yield { part: "", ...(await this.run([...this.syntax, ...this.fixed])) };
        return;
      }
      if (!units.length) {
        yield { part: "", ...(await this.run(this.fixed)) };
        return;
      }
      const isWritten = units.every(({ exact }) => exact.length);
      const isMany = units.length > 1 && !options.sort;
      if (isWritten && isMany) yield stage("title", REQUIRED, "exact", title);
      if (this.hasForms && isMany) yield stage("title", REQUIRED, "forms", title);
      const whole = units.length > 1 ? "all" : "word";
      if (isWritten && !options.sort) yield stage(whole, REQUIRED, "exact");
      if (this.hasForms || options.sort) yield stage(whole, REQUIRED, "forms");
      const begun = await this.begun();
      if (begun) yield { part: "begun", ...(await this.run(begun)) };
      if (units.length > 1) {
        if (!answer.count) answer.notes.push({ kind: "any" });
        yield stage("some", OPTIONAL, "forms");
      }
    }

    /* While someone types: the last word as the beginning of others, where few papers have it. */
    async begun() {
      const { typing, last } = this;
      const unit = this.units.find(({ word }) => word === last);
      if (!typing || !unit || last.length < 3 || this.answer.count >= ENOUGH) return null;
      const found = search.completions(last);
      await search.need(found);
      const forms = known([...unit.forms, ...found]);
      if (forms.length === unit.forms.length) return null;
      return this.clauses(REQUIRED, "forms").map((one) => (one.term === last ? { ...one, forms } : one));
    }

    /* Add `count` more papers to the answer, or all that there are. */
    async take(count) {
      const { answer, seen } = this;
      this.stages ||= this.all();
      const end = answer.results.length + count;
      for (;;) {
        if (!this.stage) {
          const { value, done } = await this.stages.next();
          if (done) break;
          for (const word of value.words) answer.words.add(word);
          this.stage = { ...value, at: 0, ranked: await value.rank(2 * end) };
        }
        const { stage } = this;
        if (stage.at === stage.ranked.length && stage.ranked.length < stage.count)
          stage.ranked = await stage.rank(Infinity);
        if (stage.at === stage.ranked.length) {
          this.stage = null;
          await search.breathe();
          continue;
        }
        const one = stage.ranked[stage.at];
        if (seen.has(one.ref)) {
          stage.at++;
          continue;
        }
        if (answer.results.length === end) break;
        stage.at++;
        seen.add(one.ref);
        answer.results.push({ ...one, part: stage.part });
        search.record(+one.ref).catch(() => {}); // only a head start: who shows it asks again
      }
      answer.hasMore = this.stage !== null && this.stage !== undefined;
      return answer;
    }

    /* Count, and take the first results. */
    async begin(limit) {
      const { answer } = this;
      const before = answer.results.length;
      if (this.syntax || !this.units.length) {
        const isAsked = this.syntax || this.fixed.length || this.options.filter;
        if (!isAsked) return answer;
        const clauses = [...(this.syntax || []), ...this.fixed];
        answer.count = Math.max((await this.run(clauses)).count, before);
        return this.take(limit);
      }
      let count = await this.size();
      if (!count && this.units.length) {
        const { notes } = answer;
        const told = notes.length;
        for (const unit of [...this.units]) {
          const isDoubtful = !unit.isCorrected && (unit.isBegun || isRare(unit.word));
          if (isDoubtful && isCorrectable(unit.word)) await this.correct(unit);
        }
        if (notes.length > told) count = await this.size();
      }
      answer.count = Math.max(count, before);
      return this.take(limit - before);
    }
  }

  /* Put what was pasted first, and say whether there is nothing else to search for. */
  async function pasted(one, text) {
    if (!search.looksPasted(text)) return false;
    await search.help();
    const found = await search.pasted(text);
    if (!found) return false;
    const { answer } = one;
    for (const document of found.documents) {
      one.seen.add(`${document}`);
      answer.results.push({ ref: `${document}`, score: 0, part: "pasted" });
    }
    answer.notes.push(...found.notes);
    answer.count = found.documents.length;
    answer.isWhole = found.isAll;
    return found.isAll;
  }

  /* Search. `typing`: more may be typed; `limit`: how many results are wanted; the other options
     are those of search.run. Resolves to {count, results, words, units, notes, isPartial, isWhole, isBroad,
     hasMore, take}:
     how many papers have all the words, the first results with the stage that found each, the words
     found, what was done to help ({kind, ...}), whether a part of the index was missing, whether no other
     era has more, whether the whole vocabulary was looked through; take(n) adds n more results to it. */
  search.search = async (text, { typing = false, limit = ENOUGH, ...options } = {}) => {
    since = performance.now();
    await search.open();
    const one = new Search(options);
    const { answer } = one;
    if (await pasted(one, text)) return answer;
    const read = search.read(text);
    const { fixed, filter } = await phrased(read, options.filter);
    one.options = { ...options, filter };
    one.fixed = fixed;
    one.typing = typing;
    for (const { term, forms } of fixed) for (const word of forms || [term]) answer.words.add(word);
    if (read.isCut) answer.notes.push({ kind: "cut" });
    if (read.syntax !== null) {
      await search.help();
      const { clauses, notes } = search.bounded(read.syntax);
      answer.notes.push(...notes);
      one.syntax = clauses;
      answer.isBroad = Boolean(clauses?.some(({ term, editDistance }) => editDistance || term[0] === "*"));
    }
    const { words } = read;
    const isUsed = words.some(isUseful) || fixed.length ? isUseful : () => true;
    one.last = /[\s"”]$/.test(text) ? null : words[words.length - 1];
    if (typing && /^[a-z\d]$/.test(one.last) && words.length > 1) words.pop();
    if (!one.syntax) await one.read(words, isUsed);
    return one.begin(limit);
  };
})((globalThis.gazetteSearch ||= {}));
