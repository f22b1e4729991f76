/* The vocabulary, for typos and for Lunr's fuzzy and leading-wildcard words. Fetched with them. */
((search) => {
  "use strict";
  const [MOST, LESS] = [5, 5];

  const unpacked = new Map(); // files of the vocabulary, by name and key: [[word, weight]]

  /* The words of a file with their weights; a long one is read in turns with the page. */
  async function read(name, key) {
    const id = `${name} ${key}`;
    if (!unpacked.has(id)) {
      const [, text] = await search.load(name, key);
      const words = [];
      for (const entry of search.unpacking(text)) {
        words.push(entry);
        if (words.length % 2048 === 0) await search.breathe();
      }
      unpacked.set(id, words);
    }
    return unpacked.get(id);
  }

  /* Words with their weights out of files of the vocabulary; `wanted` says of each segment which. */
  const vocabulary = async (wanted) => {
    const parts = await Promise.all(
      search.segments.flatMap((segment) =>
        wanted(segment).map((part) => read(`${segment.name}/${part}`, segment.key)),
      ),
    );
    const words = new Map();
    for (const part of parts)
      for (const [word, weight] of part) {
        words.set(word, Math.max(weight, words.get(word) || 0));
        if (words.size % 4096 === 0) await search.breathe();
      }
    return words;
  };

  const rare = () => vocabulary(() => ["rare"]);
  const common = () => vocabulary(({ letters }) => [...letters].map((_, part) => `words${part}`));
  const startingWith = (starts) =>
    vocabulary(({ letters }) => {
      const parts = starts.map((start) => [...letters].filter((letter) => letter <= start).length);
      return [...new Set(parts)].filter((part) => part > 0).map((part) => `words${part - 1}`);
    });

  /* Which letters a word has, as bits, and how many signs. */
  function letters(word) {
    let bits = 0;
    for (let at = 0; at < word.length; at++) bits |= 1 << word.charCodeAt(at) % 31;
    return bits;
  }

  function ones(bits) {
    let [left, count] = [bits, 0];
    for (; left; left &= left - 1) count++;
    return count;
  }

  /* Whether two words may be within so many edits: one edit changes the length by one at most, and
     which letters there are by two. */
  const mayBeWithin = (distance, bits, length, word) =>
    Math.abs(word.length - length) <= distance && ones(bits ^ letters(word)) <= 2 * distance;

  /* The words that Lunr finds for a fuzzy or leading-wildcard clause. */
  search.similar = async (clause) => {
    const { term, editDistance } = clause;
    const all = new Set([...(await common()).keys(), ...(await rare()).keys()]);
    const isNear = term.includes("*") ? search.starMatcher(term) : null;
    const bits = letters(term);
    const found = [];
    let since = 0;
    for (const word of all) {
      if (++since % 4096 === 0) await search.breathe();
      if (isNear ? isNear(word) : mayBeWithin(editDistance, bits, term.length, word)) found.push(word);
    }
    if (isNear) return found;
    const near = [];
    for (const word of found) {
      if (++since % 512 === 0) await search.breathe();
      if (distance(term, word, editDistance) <= editDistance) near.push(word);
    }
    return near;
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

  /* Two frequent words that this one is made of, with a space between, or null. */
  function halves(word, words) {
    let [best, most] = [null, 1];
    for (let at = 3; at <= word.length - 3; at++) {
      const least = Math.min(words.get(word.slice(0, at)) || 0, words.get(word.slice(at)) || 0);
      if (least > most) [best, most] = [`${word.slice(0, at)} ${word.slice(at)}`, least];
    }
    return best;
  }

  /* What a word that no paper has, or hardly any (`count`), may have been meant to be: the most
     frequent words one edit away, else two; or two words that it is made of. Most typos keep the first letter or swap it with the
     second, so that a part of the vocabulary is enough. */
  search.corrections = async (word, count = 0) => {
    const sources = [() => startingWith([word[0], word[1] || ""]), common, rare];
    for (const source of count ? sources.slice(0, 1) : sources) {
      const words = await source();
      const bits = letters(word);
      const near = [[], []];
      let since = 0;
      for (const [one, weight] of words) {
        if (++since % 4096 === 0) await search.breathe();
        if (one.length < 2 || search.stop.has(one) || one === word) continue;
        if (weight < 32 - Math.clz32(count) + 2 * !!count) continue;
        if (!mayBeWithin(2, bits, word.length, one)) continue;
        const edits = distance(word, one, 2);
        if (edits <= 2) near[edits - 1].push([one, weight]);
      }
      const parted = source === common && !near.flat().length && halves(word, words);
      if (parted) return [parted];
      const found = near.find((group) => group.length);
      if (!found || (source === sources[0] && found !== near[0])) continue;
      found.sort(([, a], [, b]) => b - a);
      const least = found[0][1] - LESS;
      return found.filter(([, weight]) => weight >= least).slice(0, MOST).map(([one]) => one);
    }
    return [];
  };
})((globalThis.gazetteSearch ||= {}));
