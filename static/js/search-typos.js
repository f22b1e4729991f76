/* The vocabulary, for typos and for Lunr's fuzzy and leading-wildcard words. Fetched with them. */
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

  /* The words that Lunr finds for a fuzzy or leading-wildcard clause. */
  search.similar = async (clause) => {
    const { term, editDistance } = clause;
    const all = [...new Set([...(await common()).keys(), ...(await rare()).keys()])];
    if (editDistance === undefined) {
      const pattern = new RegExp(`^${term.split("*").join(".*")}$`, "u");
      return all.filter((word) => pattern.test(word));
    }
    const counts = letters(term);
    const near = (word) => mayBeWithin(editDistance, counts, term.length, word);
    const words = term.includes("*") ? all : all.filter(near);
    const tokens = lunr.TokenSet.fromArray(words.sort());
    return tokens.intersect(lunr.TokenSet.fromClause(clause)).toArray();
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
})((globalThis.gazetteSearch ||= {}));
