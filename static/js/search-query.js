/* From what a person types to clauses for Lunr, and from one stage to the next: papers with all
   words as they are written; with all words in any form; with any of the words. */
((search) => {
  "use strict";
  const [OPTIONAL, REQUIRED, PROHIBITED] = [1, 2, 3];
  const ENOUGH = 10;
  const ALIASES = { author: "authors", topic: "topics" };
  const PART = /([+-]?)(?:([a-z]+):)?["“„]([^"“”„]*)["”“]?|\S+/giu;
  /* A part that is written in Lunr's syntax: +word -word field:word wor* word~1 word^2 */
  const SYNTAX = /^[+-]?[a-z]+:(?!\/)\S|^[+-][\p{L}\p{N}*]|[\p{L}\p{N}]\*|\*[\p{L}\p{N}]|[\p{L}\p{N}*][~^]\S*$|^(?:title|authors?|abstract|topics?):$/iu;

  const fieldOf = (name) => ALIASES[name.toLowerCase()] || name.toLowerCase();

  /* One part in Lunr's syntax, as Lunr's parser reads it: each of its words with the signs. */
  function rewrite(part) {
    const [, sign, field, core, tail] = /^([+-]?)(?:([a-z]+):)?(.*?)((?:[~^][^~^]*)*)$/iu.exec(part);
    const words = search.fold(core).match(/[\p{L}\p{N}*]+/gu);
    const head = sign + (field ? `${fieldOf(field)}:` : "");
    return words ? words.map((word) => head + word + tail).join(" ") : head + tail;
  }

  /* {words, phrases, clauses, error}: `clauses` are null unless the text is in Lunr's syntax;
     `error` is Lunr's if it cannot read it, and then all words count as plain ones. */
  search.read = (text) => {
    const phrases = [];
    const plain = [];
    const lunr = [];
    let syntax = false;
    for (const [part, sign, field, phrase] of text.matchAll(PART)) {
      if (phrase !== undefined) {
        const words = search.words(phrase);
        if (words.length) phrases.push({ words, field: field && fieldOf(field), no: sign === "-" });
        continue;
      }
      syntax ||= SYNTAX.test(part);
      plain.push(...search.words(part));
      if (SYNTAX.test(part)) lunr.push(rewrite(part));
      else lunr.push(...search.words(part));
    }
    const read = { words: plain, phrases, clauses: null, error: null };
    try {
      if (syntax) read.clauses = search.parse(lunr.join(" "));
      for (const { field } of phrases) if (field) search.parse(`${field}:x`);
    } catch (error) {
      if (!(error instanceof globalThis.lunr.QueryParseError)) throw error;
      read.error = error;
      for (const phrase of phrases)
        if (phrase.field && !search.fields.includes(phrase.field)) phrase.field = null;
    }
    return read;
  };

  const clause = (term, presence, more) => ({ term, presence, boost: 1, fields: search.fields, ...more });
  const isKnown = (word) => search.posting(word) !== null;
  const isRare = (word) => !isKnown(word) || search.posting(word).count <= 2 + search.size / 2000;

  /* Words with the same stem as this one, as far as they lie in shards that are there or are
     known by the list of shards. */
  function forms(word) {
    const stem = (one) => globalThis.lunr.stemmer(new globalThis.lunr.Token(one)).toString();
    const wanted = stem(word);
    const near = search.nearby(word).map(([one]) => one);
    return [word, ...near.filter((one) => one[0] === word[0] && stem(one) === wanted)];
  }

  /* Phrases as clauses that require their words, and a filter: the words side by side. */
  async function phrased(phrases, filter) {
    const fixed = [];
    for (const { words, field, no } of phrases) {
      const fields = field ? [field] : search.fields;
      if ((await search.need(words)).size) throw new Error("a shard did not load");
      await search.help();
      const matches = await search.sideBySide(words, fields);
      const before = filter;
      filter = (document) => (!before || before(document)) && matches.has(document) === !no;
      if (!no) fixed.push(...words.map((word) => clause(word, REQUIRED, { fields })));
    }
    const isUseful = ({ term }) => !search.stop.has(term);
    return { fixed: fixed.some(isUseful) ? fixed.filter(isUseful) : fixed, filter };
  }

  /* Search. `typing`: the last word may not be complete. Resolves to {count, results, words,
     notes}; `notes` say what was done to help: {kind, ...}. */
  search.search = async (text, { typing = false, limit = ENOUGH, ...options } = {}) => {
    await search.open();
    const { words: typed, phrases, clauses, error } = search.read(text);
    const notes = error ? [{ kind: "syntax", message: error.message }] : [];
    const { fixed, filter } = await phrased(phrases, options.filter);
    options.filter = filter;
    const answer = { count: 0, results: [], words: new Set(fixed.map((one) => one.term)), notes };
    const seen = new Set();

    const stage = async (asked) => {
      const found = await search.run(asked, { ...options, limit: limit + answer.results.length });
      for (const word of found.words) answer.words.add(word);
      const fresh = found.results.filter(({ ref }) => !seen.has(ref));
      for (const { ref } of fresh) seen.add(ref);
      answer.results.push(...fresh.slice(0, limit - answer.results.length));
      answer.count = Math.max(answer.count, found.count);
      return fresh.length;
    };

    if (clauses) {
      await stage([...clauses, ...fixed]);
      return answer;
    }
    const useful = typed.filter((word) => !search.stop.has(word));
    const words = [...new Set(useful.length || fixed.length ? useful : typed)];
    if (!words.length && !fixed.length) {
      if (filter) await stage([]);
      return answer;
    }
    const missing = await search.need(words);
    if (missing.size) {
      answer.missing = missing;
      words.splice(0, words.length, ...words.filter((word) => !missing.has(word)));
    }

    const shown = new Map(words.map((word) => [word, isKnown(word) ? [word] : []]));
    const ask = (presence, more) =>
      stage([
        ...words.map((word) => clause(word, presence, { forms: shown.get(word), ...more })),
        ...fixed,
      ]);
    /* All words, first those papers that have them in the title. */
    const askAll = async () => {
      if (!words.every((word) => shown.get(word).length)) return;
      if (words.length > 1) await ask(REQUIRED, { fields: ["title"] });
      if (answer.results.length < limit) await ask(REQUIRED);
      answer.all = answer.count;
    };
    const isEnough = () => answer.results.length >= limit || !words.length;

    /* As they are written. */
    await askAll();
    if (isEnough()) return answer;

    /* In any form, the last as the beginning of a word; unknown ones corrected. */
    const last = typing && !/[\s"”]$/.test(text) ? words[words.length - 1] : null;
    const correct = async (word) => {
      await search.help();
      const near = await search.corrections(word, search.posting(word)?.count);
      await search.need(near);
      shown.get(word).push(...near.filter(isKnown));
      if (near.length || !isKnown(word)) notes.push({ kind: "corrected", word, shown: near });
    };
    for (const word of words) {
      const found = forms(word);
      if (word === last && word.length > 2) found.push(...search.completions(word));
      await search.need(found);
      shown.set(word, [...new Set(found)].filter(isKnown));
      const isBegun = word === last && shown.get(word).length;
      if (!isKnown(word) && !isBegun) await correct(word);
    }
    if (words.some((word) => shown.get(word).join() !== word)) await askAll();
    if (isEnough()) return answer;

    /* Still none: a word that hardly any paper has may be a typo too. */
    if (!answer.count) {
      const before = notes.length;
      for (const word of words)
        if (!notes.some((note) => note.word === word) && isRare(word)) await correct(word);
      if (notes.length > before) await askAll();
    }

    /* Any of the words. */
    const before = answer.results.length;
    if (!isEnough() && words.length > 1) await ask(OPTIONAL);
    if (answer.results.length > before) notes.push({ kind: "some", all: answer.all || 0 });
    return answer;
  };
})((globalThis.gazetteSearch ||= {}));
