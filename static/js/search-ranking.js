/* A query, as clauses, run over the postings: which papers match by Lunr's rules, with Lunr's scores in
   Lunr's order, bit for bit. Only words with stars or wrong letters need lunr.js itself. */
((search) => {
  "use strict";
  const FIELDS = search.fields;
  const [REQUIRED, PROHIBITED] = [2, 3];
  /* What a lunr.Builder of the whole index would be set to. */
  const SETTINGS = (search.settings = {
    b: 0.75,
    k1: 1.2,
    boosts: { title: 2, authors: 1, abstract: 1, venue: 1 },
  });
  const { abs, log, round, sqrt } = Math;

  /* What lunr.Builder would put into the field vectors for a word, in the same arithmetic: a
     function from the place of a posting to its weight. */
  const weigher = (search.weigher = (posting, field) => {
    const { often, lengths } = posting.fields[field];
    const { b, k1, boosts } = SETTINGS;
    const idf = log(1 + abs((search.size - posting.count + 0.5) / (posting.count + 0.5)));
    const average = search.averages[field];
    const boost = boosts[FIELDS[field]];
    return (at) => {
      const tf = often[at];
      let score = (idf * ((k1 + 1) * tf)) / (k1 * (1 - b + b * (lengths[at] / average)) + tf);
      score *= boost;
      return round(score * 1000) / 1000;
    };
  });

  /* Load the shards of words, or throw. */
  search.surely = async (words) => {
    if ((await search.need(words)).size) throw new search.Unloaded("a shard");
  };

  /* For each clause, the words that Lunr finds for it, in its order. */
  async function expand(clauses, most) {
    if (clauses.some((one) => !one.forms && ("editDistance" in one || one.term.includes("*")))) {
      await search.help();
      return search.expansions(clauses, most);
    }
    const all = clauses.map(({ forms, term }) => forms || [term]);
    await search.surely(all.flat());
    return all.map((words) => words.filter((word) => search.posting(word)));
  }

  /* Which papers match: of each, the order in which Lunr meets it and its fields. */
  async function match(clauses, expanded, filter) {
    const { bound } = search;
    const sequence = new Uint32Array(bound);
    const fieldsMet = new Uint16Array(bound); // digits to the base of 5, the first field first
    const bits = new Uint8Array(bound);
    const met = new Uint8Array(bound);
    const vectors = FIELDS.map(() => new Map());
    let required = 0;
    let last = 0;
    for (const [number, clause] of clauses.entries()) {
      const fields = clause.fields.map((name) => FIELDS.indexOf(name));
      for (const word of expanded[number]) {
        await search.breathe();
        for (const field of fields) {
          const isNo = clause.presence === PROHIBITED;
          if (!isNo) vectors[field].set(word, (vectors[field].get(word) || 0) + clause.boost);
          const documents = search.posting(word).fields[field]?.documents || [];
          const bit = 1 << field;
          for (let at = 0; at < documents.length; at++) {
            const document = documents[at];
            if (isNo) {
              met[document] = 255;
              continue;
            }
            if (!(bits[document] & bit)) {
              if (!bits[document]) sequence[document] = ++last;
              bits[document] |= bit;
              fieldsMet[document] = fieldsMet[document] * 5 + field + 1;
            }
            if (clause.presence === REQUIRED && met[document] === required)
              met[document] = required + 1;
          }
        }
      }
      if (clause.presence === REQUIRED) required++;
    }
    const isNegated = clauses.every((clause) => clause.presence === PROHIBITED);
    const found = [];
    for (const { base, size } of search.segments)
      for (let document = base; document < base + size; document++)
        if ((isNegated || bits[document]) && met[document] === required && (!filter || filter(document)))
          found.push(document);
    return { found, vectors, sequence, fieldsMet, isNegated };
  }

  /* The scores of the papers found. */
  async function score({ found, vectors, fieldsMet }) {
    const isFound = new Uint8Array(search.bound);
    for (const document of found) isFound[document] = 1;
    const sums = [];
    for (const [field, vector] of vectors.entries()) {
      const products = new Float64Array(search.bound);
      const entries = Array.from(vector, ([word, boost]) => [search.posting(word), boost]).sort(
        ([{ order: a }], [{ order: b }]) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2],
      );
      let squares = 0;
      for (const [posting, boost] of entries) {
        squares += boost * boost;
        if (!posting.fields[field]) continue;
        await search.breathe();
        const { documents } = posting.fields[field];
        const weight = weigher(posting, field);
        for (let at = 0; at < documents.length; at++)
          if (isFound[documents[at]]) products[documents[at]] += boost * weight(at);
      }
      sums.push({ products, magnitude: sqrt(squares) });
    }
    const scores = new Float64Array(search.bound);
    for (const document of found) {
      let total = 0;
      for (let power = 625, rest = fieldsMet[document]; power; power = (power / 5) | 0) {
        const digit = (rest / power) | 0;
        rest %= power;
        if (!digit) continue;
        const { products, magnitude } = sums[digit - 1];
        total += products[document] / magnitude || 0;
      }
      scores[document] = total;
    }
    return scores;
  }

  /* Run clauses. `most` is how many shards a star may load, `filter` says which papers count, `sort`
     compares two of them. Resolves to {count, found, words, rank, results}: the papers that match, in the
     order of the index; the words that were found; rank(n), which resolves to the first n of them as
     lunr.js has them ({ref, score}); and the first `limit`. */
  search.run = async (clauses, options = {}) => {
    const { limit = Infinity, most = Infinity, filter = null, sort = null } = options;
    const expanded = await expand(clauses, most);
    const words = [...new Set(expanded.flat())];
    const missing = (clause, number) => clause.presence === REQUIRED && !expanded[number].length;
    if (clauses.some(missing)) return { count: 0, found: [], words, rank: async () => [], results: [] };
    const matched = await match(clauses, expanded, filter);
    const { found, sequence, isNegated } = matched;
    let scores = null;
    const rank = async (wanted) => {
      scores ||= await score(matched);
      const asResult = (document) => ({ ref: `${document}`, score: scores[document] });
      if (sort) return [...found].sort(sort).slice(0, wanted).map(asResult);
      if (isNegated) return found.slice(0, wanted).map(asResult);
      let candidates = found;
      if (wanted < found.length) {
        const ordered = Float64Array.from(found, (document) => scores[document]).sort();
        const least = ordered[ordered.length - wanted];
        candidates = found.filter((document) => scores[document] >= least);
      }
      return [...candidates]
        .sort((a, b) => scores[b] - scores[a] || sequence[a] - sequence[b])
        .slice(0, wanted)
        .map(asResult);
    };
    const results = limit ? await rank(limit) : [];
    return { count: found.length, found, words, rank, results };
  };
})((globalThis.gazetteSearch ||= {}));
