/* Facets, for filters and for sorting by date. Fetched with them. */
((search) => {
  "use strict";
  /* {days, day, code, topics, votes}: the ISO days there are; of each document the place of its day,
     whether it has code, its votes; of each topic the documents. */
  search.facets = () =>
    (search.facetsLoading ||= Promise.all(
      search.segments.map((segment) => search.load(`${segment.name}/facets`, segment.key)),
    ).then(
      (parts) => {
        const blocks = parts.flatMap(([, listed], number) => {
          const { base, block } = search.segments[number];
          return listed.map((one, at) => [base + at * block, ...one]);
        });
        const days = [...new Set(blocks.flatMap(([, own]) => own))].sort();
        const places = new Map(days.map((one, at) => [one, at]));
        const day = new Uint16Array(search.bound);
        const code = new Uint8Array(search.bound);
        const votes = new Uint32Array(search.bound);
        const topics = new Map();
        for (const [base, own, placed, coded, listed, voted] of blocks) {
          const read = search.reader(placed);
          for (let at = base; !read.isDone(); at++) day[at] = places.get(own[read.number()]);
          const counted = search.reader(voted);
          for (let at = base; !counted.isDone(); at++) votes[at] = counted.number();
          for (const document of search.rising(coded, base)) code[document] = 1;
          for (const [topic, packed] of Object.entries(listed))
            topics.set(topic, [...(topics.get(topic) || []), ...search.rising(packed, base)]);
        }
        return { days, day, code, topics, votes };
      },
      (error) => {
        search.facetsLoading = null;
        throw error;
      },
    ));

  /* The documents under a topic whose name has all the words of `text`. */
  search.underTopic = async (text) => {
    const asked = search.words(text);
    const found = new Set();
    for (const [name, documents] of (await search.facets()).topics) {
      const own = search.words(name);
      if (asked.every((word) => own.includes(word)))
        for (const document of documents) found.add(document);
    }
    return found;
  };
})((globalThis.gazetteSearch ||= {}));
