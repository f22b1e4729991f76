/* A search of a sample, while the lists are on their way: the first one of a reader then finds its
   code compiled. */
((search) => {
  "use strict";
  /* Two words, in the title and the abstract of one paper. */
  const SAMPLE = {
    segments: [{ name: "", base: 0, block: 1, lengths: [2], cuts: [["a", 0]] }],
    size: 1,
    averages: [2, 1, 2, 1],
    stop: new Set(),
    postings: new Map(),
  };

  /* Search, and leave no trace. Waits for nothing that has to be loaded, so that nobody sees the
     sample. */
  search.rehearse = async (say) => {
    const { apart, record, abstract, unpack } = search;
    const rows = apart("{ !|!#{!!|!#");
    const shard = new Map(unpack("AaAb").map(([word], at) => [word, rows[at]]));
    Object.assign(search, SAMPLE, { shards: new Map([["/0", shard]]) });
    search.opening = Promise.resolve(search);
    search.record = async () => ["A b", "C. D", "2025-01-01"];
    search.abstract = async () => "A b.";
    const { results, words } = await search.search("a b", { limit: 1 });
    const isMatch = (word) => words.has(word);
    for (const { ref } of results) {
      const item = search.item(await search.record(+ref), isMatch, say, "all");
      await search.fill(item, +ref, isMatch);
    }
    say("search.found", { n: results.length, ms: 1 }); // the first number to be written costs most
    Object.assign(search, { record, abstract });
    for (const name of [...Object.keys(SAMPLE), "shards", "opening"]) delete search[name];
  };
})((globalThis.gazetteSearch ||= {}));
