/* A search, stage by stage: papers with all the words, as they are written and first those with
   all in the title; in any form, typos corrected; at last papers with any of the words. */
((search) => {
  "use strict";
  const [OPTIONAL, REQUIRED] = [1, 2];
  const ENOUGH = 10;
  const TOO_MANY = 80;

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
  const stem = (word) => lunr.stemmer(new lunr.Token(word)).toString();

  /* Words with the same stem, as far as they are in shards that are there or known by the list. */
  function forms(word) {
    const wanted = stem(word);
    // A stem is the beginning of its words, but for its last one or two letters.
    const start = wanted.slice(0, Math.max(1, wanted.length - 2));
    const near = search.nearby(word).map(([one]) => one);
    return [word, ...near.filter((one) => one.startsWith(start) && stem(one) === wanted)];
  }

  /* Phrases as clauses that require their words, and as a filter: the words side by side. */
  async function phrased(phrases, filter) {
    const clauses = [];
    for (const { words, field, no } of phrases) {
      const fields = field ? [field] : search.fields;
      await search.surely(words);
      await search.help();
      const matches = await search.sideBySide(words, fields);
      const before = filter;
      filter = (document) => (!before || before(document)) && matches.has(document) === !no;
      if (!no) clauses.push(...words.map((word) => clause(word, REQUIRED, { fields })));
    }
    const useful = clauses.filter(({ term }) => isUseful(term));
    return { fixed: useful.length ? useful : clauses, filter };
  }

  /* The answer to one search while it is being put together. */
  class Search {
    constructor(limit, options) {
      Object.assign(this, { limit, options, fixed: [], forms: new Map(), seen: new Set() });
      this.answer = { count: 0, results: [], words: new Set(), notes: [], isPartial: false };
    }

    get isEnough() {
      const { results } = this.answer;
      return results.length >= this.limit || (this.options.sort && results.length > 0);
    }

    /* Run clauses; papers that are not in the answer yet are put behind those that are. */
    async stage(clauses) {
      const { answer, limit, seen } = this;
      const found = await search.run(clauses, {
        most: TOO_MANY,
        ...this.options,
        limit: limit + answer.results.length,
      });
      for (const word of found.words) answer.words.add(word);
      const fresh = found.results.filter(({ ref }) => !seen.has(ref));
      for (const { ref } of fresh) seen.add(ref);
      for (const one of fresh.slice(0, limit - answer.results.length)) {
        answer.results.push(one);
        search.record(+one.ref).catch(() => {}); // only a head start: who shows it asks again
      }
      answer.count = Math.max(answer.count, found.count);
    }

    ask(presence, more) {
      const clauses = Array.from(this.forms, ([word, found]) =>
        clause(word, presence, { forms: found, ...more }),
      );
      return this.stage([...clauses, ...this.fixed]);
    }

    /* All words, first where they are in the title. */
    async askAll() {
      if ([...this.forms.values()].some((found) => !found.length)) return;
      if (this.forms.size > 1 && !this.options.sort) await this.ask(REQUIRED, { fields: ["title"] });
      if (!this.isEnough) await this.ask(REQUIRED);
      this.all = this.answer.count;
    }

    /* Words that this one may have been meant to be, if the vocabulary can be had. */
    async correct(word) {
      const { notes } = this.answer;
      try {
        await search.help();
        const near = await search.corrections(word, search.posting(word)?.count);
        await search.surely(near);
        this.forms.get(word).push(...near.filter(isKnown));
        if (near.length || !isKnown(word)) notes.push({ kind: "corrected", word, shown: near });
      } catch (error) {
        if (!(error instanceof search.Unloaded)) throw error;
        this.answer.isPartial = true;
      }
    }

    /* Words as they are written. */
    async plain(words) {
      const missing = await search.need(words);
      this.answer.isPartial = missing.size > 0;
      for (const word of words)
        if (!missing.has(word)) this.forms.set(word, isKnown(word) ? [word] : []);
      await this.askAll();
    }

    /* Words in any form, the last as the beginning of a word; unknown ones corrected. */
    async lenient(last) {
      for (const word of this.forms.keys()) {
        const found = forms(word);
        if (word === last && word.length > 2) found.push(...search.completions(word));
        await search.need(found);
        this.forms.set(word, [...new Set(found)].filter(isKnown));
        const isBegun = word === last && this.forms.get(word).length;
        if (!isKnown(word) && !isBegun) await this.correct(word);
      }
      if (Array.from(this.forms).some(([word, found]) => found.join() !== word)) await this.askAll();
    }

    /* Still none: words that hardly any paper has may be typos too. */
    async suspicious() {
      const { notes } = this.answer;
      const before = notes.length;
      for (const word of this.forms.keys())
        if (isRare(word) && !notes.some((note) => note.word === word)) await this.correct(word);
      if (notes.length > before) await this.askAll();
    }

    async any() {
      const { results, notes } = this.answer;
      const before = results.length;
      if (this.forms.size > 1) await this.ask(OPTIONAL);
      if (results.length > before) notes.push({ kind: "some", all: this.all || 0 });
    }
  }

  /* Search. `typing`: more may be typed; `limit`: how many results are wanted; the other options
     are those of search.run. Resolves to {count, results, words, notes, isPartial}: the first
     results, the words found, what was done to help ({kind, ...}), and whether a part of the index
     was missing. */
  search.search = async (text, { typing = false, limit = ENOUGH, ...options } = {}) => {
    await search.open();
    const { words: typed, phrases, clauses, error } = search.read(text);
    const { fixed, filter } = await phrased(phrases, options.filter);
    const one = new Search(limit, { ...options, filter });
    one.fixed = fixed;
    for (const { term } of fixed) one.answer.words.add(term);
    if (error) one.answer.notes.push({ kind: "syntax", message: error });
    const useful = typed.filter(isUseful);
    const words = useful.length || fixed.length ? useful : typed;
    const last = /[\s"”]$/.test(text) ? null : words[words.length - 1];
    if (typing && /^[a-z\d]$/.test(last) && words.length > 1) words.pop();

    if (clauses) await one.stage([...clauses, ...fixed]);
    else if (words.length) {
      await one.plain(words);
      if (!one.isEnough) await one.lenient(last);
      if (!one.answer.count) await one.suspicious();
      if (!one.isEnough) await one.any();
    } else if (fixed.length || filter) await one.stage(fixed);
    return one.answer;
  };
})((globalThis.gazetteSearch ||= {}));
