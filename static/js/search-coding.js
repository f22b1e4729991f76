/* What generator/search/coding.py writes, read. */
((search) => {
  "use strict";
  const [BASE, ONE, TWO, SKIPS] = [89, 54, 23, 11];
  const LONG = ONE + TWO;
  const SKIP = LONG + 1;
  const WORD = "{"; // the first of the last four signs
  const FIELD_OF = [2, 0, 1, 3]; // without a mark, and behind each of the other three

  search.reader = (text) => {
    let at = 0;
    const sign = () => {
      const code = text.charCodeAt(at++);
      return code - 32 - (code > 34) - (code > 92);
    };
    const number = (first = sign()) => {
      if (first < ONE) return first;
      if (first < LONG) return ONE + (first - ONE) * BASE + sign();
      let rest = 0;
      for (let left = 4; left; left--) rest = rest * BASE + sign();
      return ONE + TWO * BASE + rest;
    };
    return { sign, number, isDone: () => at >= text.length };
  };

  /* The rows of a shard, or the places, word by word. */
  search.apart = (text) => text.split(WORD).slice(1);

  /* Read the row of a word: calls visit(field, document, length, isAgain) for each time that the
     word stands somewhere; returns its rank. */
  search.walk = ({ base, lengths, block }, row, visit) => {
    const read = search.reader(row);
    const rank = read.number();
    let start = 0;
    let document = -1;
    let field = FIELD_OF[0];
    while (!read.isDone()) {
      const sign = read.sign();
      if (sign < SKIP) {
        const gap = read.number(sign);
        document += gap;
        const length = field === FIELD_OF[0] ? lengths[document] : read.number();
        visit(field, base + document, length, !gap);
        continue;
      }
      const mark = sign - SKIP - SKIPS;
      field = FIELD_OF[Math.max(0, mark)];
      if (mark < 0) start += (sign - SKIP + 1) * block;
      document = start - 1;
    }
    return rank;
  };

  /* Rising numbers, counted from `base`. */
  search.rising = (text, base) => {
    const read = search.reader(text);
    const numbers = [];
    for (let number = base - 1; !read.isDone(); ) numbers.push((number += read.number()));
    return numbers;
  };

  /* Front-coded words, as [word, weight]. */
  search.unpack = (text) => {
    let word = "";
    return Array.from(text.matchAll(/([A-Z])([^A-Z!-/]*)([!-/]?)/g), ([, shared, rest, mark]) => {
      word = word.slice(0, shared.charCodeAt() - 65) + rest;
      return [word, mark && mark.charCodeAt() - 32];
    });
  };
})((globalThis.gazetteSearch ||= {}));
