/* The vocabulary, for typos and for Lunr's fuzzy and leading-wildcard words. Fetched with them. */
((search) => {
  "use strict";
  const [MOST, LESS] = [5, 5];
  const RARER = 9; // times half as frequent as the number of papers: a word in one of five hundred

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
  const vocabulary = async (wanted, segments) => {
    const parts = await Promise.all(
      segments.flatMap((segment) =>
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

  /* A typo is corrected from the words of the newest papers: there is hardly another worth it. */
  const newest = () => search.segments.slice(0, 2);
  const rare = (segments = newest()) => vocabulary(() => ["rare"], segments);
  const common = (segments = newest()) =>
    vocabulary(({ letters }) => [...letters].map((_, part) => `words${part}`), segments);
  const startingWith = (starts) =>
    vocabulary(({ letters }) => {
      const parts = starts.map((start) => [...letters].filter((letter) => letter <= start).length);
      return [...new Set(parts)].filter((part) => part > 0).map((part) => `words${part - 1}`);
    }, newest());

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
    const { segments } = search;
    const all = new Set([...(await common(segments)).keys(), ...(await rare(segments)).keys()]);
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

  /* How many edits lead from a word to another (F. J. Damerau, 1964): a letter put in, left out, changed,
     or two exchanged, with at most one put in or left out between these, as in Lunr's automaton. More than
     `most` if it is more. */
  function distance(one, other, most) {
    const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)];
    const leasts = [0];
    const isBack = (i, j, up, left) =>
      i >= up && j >= left && one[i - up] === other[j - 1] && one[i - 1] === other[j - left];
    for (let i = 1; i <= one.length; i++) {
      const [next, last] = [[i], rows[i - 1]];
      for (let j = 1; j <= other.length; j++) {
        const change = one[i - 1] === other[j - 1] ? 0 : 1;
        let edits = Math.min(last[j] + 1, next[j - 1] + 1, last[j - 1] + change);
        if (isBack(i, j, 2, 2)) edits = Math.min(edits, rows[i - 2][j - 2] + 1);
        if (isBack(i, j, 2, 3)) edits = Math.min(edits, rows[i - 2][j - 3] + 2);
        if (isBack(i, j, 3, 2)) edits = Math.min(edits, rows[i - 3][j - 2] + 2);
        next[j] = edits;
      }
      rows.push(next);
      leasts.push(Math.min(...next));
      if (leasts.slice(-3).every((least) => least > most)) return most + 1;
    }
    return rows[one.length][other.length];
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
     frequent words one edit away, else two; or two words that it is made of. Most typos keep the first
     letter or swap it with the second, so that a part of the vocabulary is enough, where a word in it is
     frequent. */
  search.corrections = async (word, count = 0) => {
    const sources = [() => startingWith([word[0], word[1] || ""]), common, rare];
    const least = 32 - Math.clz32(count) + 2 * !!count; // weight
    const frequent = 32 - Math.clz32(search.size) - RARER;
    for (const source of count ? [common] : sources) {
      const words = await source();
      const near = await within(word, words, least);
      const parted = source === common && !near.flat().length && halves(word, words);
      if (parted) return [parted];
      const found = near.find((group) => group.length);
      if (!found) continue;
      found.sort(([, a], [, b]) => b - a);
      const [, most] = found[0];
      if (source === sources[0] && (found !== near[0] || most < frequent)) continue;
      return found.filter(([, weight]) => weight >= most - LESS).slice(0, MOST).map(([one]) => one);
    }
    return [];
  };

  /* Of words with their weights those one edit away from this one, and those two edits away. */
  async function within(word, words, least) {
    const bits = letters(word);
    const near = [[], []];
    let since = 0;
    for (const [one, weight] of words) {
      if (++since % 4096 === 0) await search.breathe();
      if (one.length < 2 || weight < least || search.stop.has(one) || one === word) continue;
      if (!mayBeWithin(2, bits, word.length, one)) continue;
      const edits = distance(word, one, 2);
      if (edits <= 2) near[edits - 1].push([one, weight]);
    }
    return near;
  }
})((globalThis.gazetteSearch ||= {}));
