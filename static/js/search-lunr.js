/* A query run by lunr.js on a small index made for it: only the words that the query touches, and
   of their papers only those that can come out. What lunr.js then returns is, score by score,
   what it would return from the whole index. */
((search) => {
  "use strict";
  const FIELDS = search.fields;
  const [REQUIRED, PROHIBITED] = [2, 3];
  /* What a lunr.Builder of the whole index would be set to. */
  const SETTINGS = (search.settings = {
    b: 0.75,
    k1: 1.2,
    boosts: { title: 2, authors: 1, abstract: 1, topics: 1 },
  });
  const NOTHING = Object.freeze({});

  const { abs, hypot, log, round } = Math;

  /* What lunr.Builder would put into the field vectors for a word, in the same arithmetic: a
     function from the place of a posting to its weight. */
  function weigher(posting, field) {
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
  }

  const isWildcard = (clause) => clause.term.includes("*");

  /* Load the shards of words, or throw. */
  search.surely = async (words) => {
    if ((await search.need(words)).size) throw new search.Unloaded("a shard");
  };

  /* A wildcard that stands for more words than a browser should load. */
  search.TooBroad = class extends Error {};

  /* The words among which are all that a clause can match; their shards are loaded. */
  async function candidates(clause, most) {
    if (clause.forms) {
      await search.surely(clause.forms);
      return clause.forms;
    }
    if ("editDistance" in clause || clause.term.startsWith("*")) {
      await search.help();
      const near = await search.similar(clause);
      if (near.length > 10 * most) throw new search.TooBroad(clause.term);
      await search.surely(near);
      return near;
    }
    if (isWildcard(clause)) {
      const parts = clause.term.split("*");
      const pattern = new RegExp(`^${parts.join(".*")}$`, "u");
      const shards = search.range(parts[0]);
      if (shards.length > most) throw new search.TooBroad(clause.term);
      return (await search.beginning(parts[0], shards)).filter((word) => pattern.test(word));
    }
    await search.surely([clause.term]);
    return [clause.term];
  }

  /* For each clause, the words that Lunr finds for it. */
  const expansions = (clauses, tokenSet) =>
    clauses.map((clause) =>
      (clause.forms || [clause.term]).flatMap((term) =>
        tokenSet.intersect(lunr.TokenSet.fromClause({ ...clause, term })).toArray(),
      ),
    );

  /* Which papers match, by Lunr's rules, and their scores, but for the order of addition. */
  function match(clauses, expanded, filter) {
    const scores = new Float64Array(search.size);
    const matched = new Uint8Array(search.size);
    const met = new Uint8Array(search.size);
    const vectors = FIELDS.map(() => new Map());
    let required = 0;
    clauses.forEach((clause, number) => {
      const fields = clause.fields.map((name) => FIELDS.indexOf(name));
      for (const word of expanded[number])
        for (const field of fields) {
          if (clause.presence !== PROHIBITED)
            vectors[field].set(word, (vectors[field].get(word) || 0) + clause.boost);
          const documents = search.posting(word).fields[field]?.documents || [];
          for (let at = 0; at < documents.length; at++) {
            const document = documents[at];
            if (clause.presence === PROHIBITED) met[document] = 255;
            else matched[document] = 1;
            if (clause.presence === REQUIRED && met[document] === required)
              met[document] = required + 1;
          }
        }
      if (clause.presence === REQUIRED) required++;
    });
    if (clauses.every((clause) => clause.presence === PROHIBITED)) matched.fill(1);
    const found = [];
    for (let document = 0; document < search.size; document++) {
      matched[document] &= met[document] === required && (!filter || filter(document));
      if (matched[document]) found.push(document);
    }
    vectors.forEach((vector, field) => {
      const magnitude = hypot(...vector.values());
      for (const [word, boost] of vector) {
        const posting = search.posting(word);
        if (!posting.fields[field]) continue;
        const { documents } = posting.fields[field];
        const weight = weigher(posting, field);
        const factor = boost / magnitude || 0;
        for (let at = 0; at < documents.length; at++)
          if (matched[documents[at]]) scores[documents[at]] += weight(at) * factor;
      }
    });
    return { found, scores };
  }

  /* Of the papers found, those among which are the first `limit` by score, ties and all. */
  function best(found, scores, limit, negated) {
    if (found.length <= limit) return found;
    if (negated) return found.slice(0, limit);
    const sorted = Float64Array.from(found, (document) => scores[document]).sort();
    const least = sorted[sorted.length - limit] - 1e-6;
    return found.filter((document) => scores[document] >= least);
  }

  /* The index of these words and papers. */
  function assemble(words, documents) {
    const kept = new Uint8Array(search.size);
    for (const document of documents) kept[document] = 1;
    const invertedIndex = Object.create(null);
    const elements = Object.create(null);
    for (const document of documents) elements[`title/${document}`] = [];
    words
      .map((word) => [word, search.posting(word)])
      .sort(([, { order: a }], [, { order: b }]) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
      .forEach(([word, posting], index) => {
        const row = (invertedIndex[word] = { _index: index });
        FIELDS.forEach((name, field) => {
          const entries = (row[name] = Object.create(null));
          if (!posting.fields[field]) return;
          const { documents: all } = posting.fields[field];
          const weight = weigher(posting, field);
          for (let at = 0; at < all.length; at++)
            if (kept[all[at]]) {
              entries[all[at]] = NOTHING;
              (elements[`${name}/${all[at]}`] ||= []).push(index, weight(at));
            }
        });
      });
    const fieldVectors = Object.create(null);
    for (const ref in elements) fieldVectors[ref] = new lunr.Vector(elements[ref]);
    return { invertedIndex, fieldVectors };
  }

  /* Run clauses. `limit` is how many results are wanted, `most` how many shards a wildcard may load;
     `filter` says which papers count, `sort` compares two of them. Returns how many papers match, and the first of them as lunr.js has
     them ({ref, score}), with the words that were found. */
  search.run = async (clauses, options = {}) => {
    const { limit = Infinity, most = Infinity, filter = null, sort = null } = options;
    const nominated = (await Promise.all(clauses.map((one) => candidates(one, most)))).flat();
    const words = [...new Set(nominated)].filter((word) => search.posting(word)).sort();
    const tokenSet = lunr.TokenSet.fromArray(words);
    const expanded = expansions(clauses, tokenSet);
    const missing = (clause, number) => clause.presence === REQUIRED && !expanded[number].length;
    if (clauses.some(missing)) return { count: 0, results: [], words };
    const negated = clauses.every((clause) => clause.presence === PROHIBITED);
    const { found, scores } = match(clauses, expanded, filter);
    const documents = sort
      ? [...found].sort(sort).slice(0, limit).sort((a, b) => a - b)
      : best(found, scores, limit, negated);
    const isThere = new Set(words);
    const forms = new Map(
      clauses.flatMap((one) =>
        one.forms ? [[one.term, one.forms.filter((word) => isThere.has(word))]] : [],
      ),
    );
    const index = new lunr.Index({
      ...assemble(words, documents),
      tokenSet,
      fields: FIELDS,
      pipeline: { runString: (term) => forms.get(term) || [term] },
    });
    const results = index.query((query) => {
      for (const clause of clauses) query.clause({ ...clause });
    });
    if (sort) results.sort((a, b) => sort(+a.ref, +b.ref));
    return { count: found.length, results: results.slice(0, limit), words };
  };
})((globalThis.gazetteSearch ||= {}));
