/* Facets, for filters and for sorting by date. Fetched with them. */
((search) => {
  "use strict";
  /* {days, day, code, topics}: the ISO days there are; of each document the place of its day and
     whether it has code; of each topic the documents. */
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
        const day = new Uint16Array(search.size);
        const code = new Uint8Array(search.size);
        const topics = new Map();
        for (const [base, own, placed, coded, listed] of blocks) {
          const read = search.reader(placed);
          for (let at = base; !read.isDone(); at++) day[at] = places.get(own[read.number()]);
          for (const document of search.rising(coded, base)) code[document] = 1;
          for (const [topic, packed] of Object.entries(listed))
            topics.set(topic, [...(topics.get(topic) || []), ...search.rising(packed, base)]);
        }
        return { days, day, code, topics };
      },
      (error) => {
        search.facetsLoading = null;
        throw error;
      },
    ));
})((globalThis.gazetteSearch ||= {}));
