/* The whole index in lunr.js itself, with the settings of the search, to compare its answers with.
   An expression: (search, lunr, documents) -> {query, compare}. Documents are in the order of the
   index, fields are their words with spaces between. */
(search, lunr, documents) => {
  const { b, k1, boosts } = search.settings;
  const builder = new lunr.Builder();
  builder.ref("ref");
  builder.b(b);
  builder.k1(k1);
  for (const field of search.fields) builder.field(field, { boost: boosts[field] });
  builder.tokenizer = (text, metadata) =>
    text.split(" ").filter(Boolean).map((word) => new lunr.Token(word, { ...metadata }));
  documents.forEach((document, number) => builder.add({ ...document, ref: `${number}` }));
  const whole = builder.build();

  const same = (ours, theirs) =>
    ours.length === theirs.length &&
    ours.every(({ ref, score }, at) => ref === theirs[at].ref && score === theirs[at].score);

  /* Which of the queries have other answers out of the shards, all of them or the first ten. */
  const compare = async (queries) => {
    const different = [];
    let results = 0;
    for (const query of queries) {
      const theirs = whole.search(query);
      const ours = await search.run(search.parse(query));
      const first = await search.run(search.parse(query), { limit: 10, most: Infinity });
      results += theirs.length;
      if (
        !same(ours.results, theirs) ||
        ours.count !== theirs.length ||
        !same(first.results, theirs.slice(0, 10))
      )
        different.push(query);
    }
    return { different, results };
  };
  return { whole, compare };
};
