/* What only some queries need: the vocabulary, for typos and for Lunr's fuzzy and leading-wildcard
   words, and the facets, for filters and for sorting by date. Fetched with them, not before. */
((search) => {
  "use strict";
  const [MOST, LESS] = [5, 5];

  /* Words with their weights out of files of the vocabulary; `wanted` says of each segment which. */
  const vocabulary = async (wanted) => {
    const parts = await Promise.all(
      search.segments.flatMap((segment) =>
        wanted(segment).map((part) => search.load(`${segment.name}/${part}`, segment.key)),
      ),
    );
    const words = new Map();
    for (const [, text] of parts)
      for (const [word, weight] of search.unpack(text))
        words.set(word, Math.max(weight, words.get(word) || 0));
    return words;
  };

  const rare = () => vocabulary(() => ["rare"]);
  const common = () => vocabulary(({ letters }) => [...letters].map((_, part) => `words${part}`));
  const startingWith = (starts) =>
    vocabulary(({ letters }) => {
      const parts = starts.map((start) => [...letters].filter((letter) => letter <= start).length);
      return [...new Set(parts)].filter((part) => part > 0).map((part) => `words${part - 1}`);
    });

  /* Whether two words may be within so many edits: one edit changes the number of at most two
     letters, and a swap of neighbours of none. */
  function mayBeWithin(distance, counts, length, word) {
    if (Math.abs(word.length - length) > distance) return false;
    const left = new Map(counts);
    for (const letter of word) left.set(letter, (left.get(letter) || 0) - 1);
    let off = 0;
    for (const number of left.values()) off += Math.abs(number);
    return off <= 2 * distance;
  }

  const letters = (word) => {
    const counts = new Map();
    for (const letter of word) counts.set(letter, (counts.get(letter) || 0) + 1);
    return counts;
  };

  /* The words among which are all that Lunr finds for a fuzzy or leading-wildcard clause. */
  search.similar = async ({ term, editDistance }) => {
    const words = [...(await common()).keys(), ...(await rare()).keys()];
    if (editDistance === undefined) {
      const pattern = new RegExp(`^${term.split("*").join(".*")}$`, "u");
      return [...new Set(words.filter((word) => pattern.test(word)))];
    }
    if (term.includes("*")) return [...new Set(words)];
    const counts = letters(term);
    return [...new Set(words.filter((word) => mayBeWithin(editDistance, counts, term.length, word)))];
  };

  /* The optimal string alignment distance of two words, or more than `most` if it is more. */
  function distance(one, other, most) {
    let [before, row] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      let least = i;
      for (let j = 1; j <= other.length; j++) {
        const change = one[i - 1] === other[j - 1] ? 0 : 1;
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + change);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
          next[j] = Math.min(next[j], before[j - 2] + 1);
        least = Math.min(least, next[j]);
      }
      if (least > most) return least;
      [before, row] = [row, next];
    }
    return row[other.length];
  }

  /* What a word that no paper has, or hardly any (`count`), may have been meant to be: the most
     frequent words one edit away, else two. Most typos keep the first letter or swap it with the
     second, so that a part of the vocabulary is enough. */
  search.corrections = async (word, count = 0) => {
    const sources = [() => startingWith([word[0], word[1] || ""]), common, rare];
    for (const source of count ? sources.slice(0, 1) : sources) {
      const words = await source();
      const counts = letters(word);
      const near = [[], []];
      for (const [one, weight] of words) {
        if (one.length < 2 || search.stop.has(one) || one === word) continue;
        if (weight < 32 - Math.clz32(count) + 2 * !!count) continue;
        if (!mayBeWithin(2, counts, word.length, one)) continue;
        const edits = distance(word, one, 2);
        if (edits <= 2) near[edits - 1].push([one, weight]);
      }
      const found = near.find((group) => group.length);
      if (!found || (source === sources[0] && found !== near[0])) continue;
      found.sort(([, a], [, b]) => b - a);
      const least = found[0][1] - LESS;
      return found.filter(([, weight]) => weight >= least).slice(0, MOST).map(([one]) => one);
    }
    return [];
  };

  const PLACES = 8;

  /* Where a word of a loaded shard stands: for each field, of each document its places. */
  async function places(segment, word) {
    const number = search.place(segment, word);
    const shard = search.shards.get(`${segment.name}/${number}`);
    const found = search.fields.map(() => new Map());
    if (!shard?.has(word)) return found;
    const file = `${segment.name}/p${Math.floor(number / PLACES)}`;
    const [, parts] = await search.load(file, segment.key);
    const read = search.reader(parts[number % PLACES]);
    for (const [one, { fields }] of shard) {
      fields.forEach((posting, field) => {
        const k = search.parameter(segment.totals[field], segment.size);
        posting?.documents.forEach((document, at) => {
          const all = Array.from({ length: posting.often[at] }, () => read.rice(k));
          if (one === word) found[field].set(document, all);
        });
      });
      if (one === word) break;
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

  let loadingFacets = null;

  /* {days, day, code, topics}: the ISO days there are; of each document the place of its day and
     whether it has code; of each topic the documents. */
  search.facets = () =>
    (loadingFacets ||= Promise.all(
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
        loadingFacets = null;
        throw error;
      },
    ));
})((globalThis.gazetteSearch ||= {}));
