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
        const days = [...new Set(parts.flatMap(([, own]) => own))].sort();
        const day = new Uint16Array(search.size);
        const code = new Uint8Array(search.size);
        const topics = new Map();
        parts.forEach(([, own, placed, coded, listed], number) => {
          const { base, size } = search.segments[number];
          const width = Math.max(1, 32 - Math.clz32(own.length - 1));
          const places = own.map((one) => days.indexOf(one));
          const [dates, bits] = [search.reader(placed), search.reader(coded)];
          for (let at = 0; at < size; at++) {
            day[base + at] = places[dates.bits(width)];
            code[base + at] = bits.bits(1);
          }
          for (const [topic, [count, packed]] of Object.entries(listed)) {
            const documents = search.reader(packed).rising(count, size, base);
            topics.set(topic, [...(topics.get(topic) || []), ...documents]);
          }
        });
        return { days, day, code, topics };
      },
      (error) => {
        search.facetsLoading = null;
        throw error;
      },
    ));
})((globalThis.gazetteSearch ||= {}));
