/* A search of a sample, while the lists are on their way: the first one of a reader then finds its
   code compiled. */
((search) => {
  "use strict";
  const PAPERS = 2000; // so many that the code is worth compiling well
  const TIMES = 3;
  /* Two words, in the title of one paper and in the abstracts of all. */
  const SAMPLE = {
    segments: [
      { name: "", base: 0, size: PAPERS, block: 1, lengths: new Uint32Array(PAPERS).fill(2), cuts: [["a", 0]] },
    ],
    size: PAPERS,
    bound: PAPERS,
    averages: [2, 1, 2, 1],
    stop: new Set(),
    postings: new Map(),
  };

  /* Search, and leave no trace. Waits for nothing that has to be loaded and does not let the page have
     its turn, so that nobody sees the sample. */
  search.rehearse = async (say) => {
    const { apart, record, abstract, breathe, unpack } = search;
    const all = "!".repeat(PAPERS);
    const rows = apart(`{ ${all}|!#{!${all}|!#`);
    const shard = new Map(unpack("AaAb").map(([word], at) => [word, rows[at]]));
    Object.assign(search, SAMPLE, { shards: new Map([["/0", shard]]) });
    search.opening = Promise.resolve(search);
    search.record = async () => ["A b", "C. D", "2025-01-01"];
    search.abstract = async () => "A b.";
    search.breathe = async () => {};
    let found;
    for (let turn = 0; turn < TIMES; turn++) {
      search.postings = new Map();
      found = await search.search("a b", { limit: 10 });
    }
    const { results, words } = found;
    const isMatch = (word) => words.has(word);
    for (const { ref } of results) {
      const item = search.item(await search.record(+ref), isMatch, say, "all");
      await search.fill(item, +ref, isMatch);
    }
    say("search.found", { n: results.length, ms: 1 });
    Object.assign(search, { record, abstract, breathe });
    for (const name of [...Object.keys(SAMPLE), "shards", "opening"]) delete search[name];
  };
})((globalThis.gazetteSearch ||= {}));
