/* What generator/search/coding.py writes, read. */
((search) => {
  "use strict";
  const [BASE, ONE, TWO, SKIPS] = [89, 54, 23, 11];
  const LONG = ONE + TWO;
  const SKIP = LONG + 1;
  const WORD = "{"; // the first of the last four signs
  const WEIGHTS = "!\"#$%&'()*+,-/:";
  const ABSTRACT = 2;
  const FIELD_OF = [ABSTRACT, 0, 1, 3]; // without a mark, and behind each of the other three
  const SIGN = Uint8Array.from({ length: 128 }, (_, code) => code - 32 - (code > 34) - (code > 92));

  search.reader = (text, at = 0) => {
    const sign = () => SIGN[text.charCodeAt(at++)];
    const number = (first = sign()) => {
      if (first < ONE) return first;
      if (first < LONG) return ONE + (first - ONE) * BASE + sign();
      let rest = 0;
      for (let left = 4; left; left--) rest = rest * BASE + sign();
      return ONE + TWO * BASE + rest;
    };
    return { number, at: () => at, isDone: () => at >= text.length };
  };

  /* A number in so many signs, and back. */
  search.fixed = (number, length) => {
    let [left, text] = [number, ""];
    for (; text.length < length; left = Math.floor(left / BASE)) {
      const sign = left % BASE;
      const code = sign + 32 + (sign > 1) + (sign > 58);
      text = String.fromCharCode(code) + text;
    }
    return text;
  };
  search.fixedNumber = (text) =>
    [...text].reduce((number, sign) => number * BASE + SIGN[sign.charCodeAt()], 0);

  /* The rows of a shard, or the places, word by word. */
  search.apart = (text) => text.split(WORD).slice(1);

  /* Read the row of a word. Returns its rank and, for each of the `count` times that it stands
     somewhere, field, document and length; `isAgain` where it does so once more. One loop, and hardly
     a call in it: a frequent word stands in ten thousand places. */
  search.walk = ({ base, lengths, block }, row) => {
    const size = row.length;
    const fields = new Uint8Array(size);
    const documents = new Uint32Array(size);
    const long = new Uint32Array(size);
    const isAgain = new Uint8Array(size);
    let [at, count, start, document, field] = [0, 0, 0, -1, ABSTRACT];
    const number = () => {
      if (SIGN[row.charCodeAt(at)] < ONE) return SIGN[row.charCodeAt(at++)];
      const read = search.reader(row, at);
      const found = read.number();
      at = read.at();
      return found;
    };
    const rank = number();
    while (at < size) {
      let sign = SIGN[row.charCodeAt(at++)];
      if (sign >= SKIP) {
        const mark = sign - SKIP - SKIPS;
        field = FIELD_OF[mark < 0 ? 0 : mark];
        if (mark < 0) start += (sign - SKIP + 1) * block;
        document = start - 1;
        continue;
      }
      if (sign >= ONE && sign < LONG)
        sign = ONE + (sign - ONE) * BASE + SIGN[row.charCodeAt(at++)];
      else if (sign === LONG) {
        at--;
        sign = number();
      }
      document += sign;
      fields[count] = field;
      documents[count] = base + document;
      if (field === ABSTRACT) long[count] = lengths[document];
      else long[count] = number();
      isAgain[count++] = sign ? 0 : 1;
    }
    return { rank, count, fields, documents, lengths: long, isAgain };
  };

  /* Rising numbers, counted from `base`. */
  search.rising = (text, base) => {
    const read = search.reader(text);
    const numbers = [];
    for (let number = base - 1; !read.isDone(); ) numbers.push((number += read.number()));
    return numbers;
  };

  /* Front-coded words, as [word, weight], one after the other; and all of them. */
  search.unpacking = function* unpacking(text) {
    let word = "";
    for (const [, shared, rest, mark] of text.matchAll(/([A-Z])([^A-Z!-\-/:]*)([!-\-/:]?)/g)) {
      word = word.slice(0, shared.charCodeAt() - 65) + rest;
      yield [word, mark && WEIGHTS.indexOf(mark) + 1];
    }
  };
  search.unpack = (text) => [...search.unpacking(text)];
})((globalThis.gazetteSearch ||= {}));
