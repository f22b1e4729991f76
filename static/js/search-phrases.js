/* Where words stand in the papers, for phrases. Fetched with the first phrase. */
((search) => {
  "use strict";
  const PLACES = 8; // as in generator/search/segments.py

  /* Where a word of a loaded shard stands: for each field, of each document its places. */
  async function places(segment, word) {
    const number = search.place(segment, word);
    const shard = search.shards.get(`${segment.name}/${number}`);
    const found = search.fields.map(() => new Map());
    if (!shard?.has(word)) return found;
    const file = `${segment.name}/p${Math.floor(number / PLACES)}`;
    const [, parts] = await search.load(file, segment.key);
    const own = search.apart(parts[number % PLACES])[[...shard.keys()].indexOf(word)];
    const read = search.reader(own);
    const { count, fields, documents } = search.walk(segment, shard.get(word));
    for (let at = 0; at < count; at++) {
      const places = found[fields[at]];
      if (!places.has(documents[at])) places.set(documents[at], []);
      places.get(documents[at]).push(read.number());
    }
    return found;
  }

  /* The documents that have words side by side in one of the fields, as a Set. Stop words count
     where they are indexed: not in abstracts. The shards of the words are loaded. */
  search.sideBySide = async (words, fields) => {
    const matches = new Set();
    for (const segment of search.segments) {
      const all = await Promise.all(words.map((word) => places(segment, word)));
      for (const name of fields) {
        const field = search.fields.indexOf(name);
        const asked = words
          .map((word, offset) => ({ word, offset, at: all[offset][field] }))
          .filter(({ word }) => name !== "abstract" || !search.stop.has(word));
        if (!asked.length) continue;
        const [first, ...others] = asked;
        for (const [document, starts] of first.at)
          if (
            starts.some((start) =>
              others.every(({ offset, at }) =>
                at.get(document)?.includes(start + offset - first.offset),
              ),
            )
          )
            matches.add(document);
      }
    }
    return matches;
  };
})((globalThis.gazetteSearch ||= {}));
