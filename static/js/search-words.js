/* Text to words, exactly as generator/search/words.py has them; and words marked in a text. */
((search) => {
  "use strict";
  const LETTERS = {
    ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th",
    ħ: "h", ı: "i", ς: "σ", ʼ: "'", "’": "'",
  };
  const ACCENTS =
    /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u3099\u309a]+/g;
  const MARKS =
    "\u0900-\u0963\u0966-\u096f\u0971-\u09ef\u0a01-\u0aef\u0b01-\u0b6f\u0b82-\u0bef\u0c00-\u0c6f\u0c80-\u0cef\u0d00-\u0d6f\u0d81-\u0df3\u0f71-\u0f84\u0f90-\u0fbc";
  const UNSPACED =
    "\u3005\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{3134f}\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ecd\u1000-\u103f\u1780-\u17d3";
  const letter = (more) => `(?:(?![${UNSPACED}])[\\p{L}\\p{N}${MARKS}${more}])`;
  const run = (one) => `${one}+(?:(?<=[0-9])\\.(?=[0-9])${one}+)*`;
  /* Made where a text needs them: of all the letters there are, they take a while. */
  const made = new Map();
  const pattern = (source, flags) => {
    if (!made.has(source)) made.set(source, new RegExp(source, flags));
    return made.get(source);
  };
  const word = () => pattern(`[${UNSPACED}]+|${run(letter(""))}`, "gu");
  const starred = () => pattern(run(`(?:${letter("*")}|[${UNSPACED}])`), "gu");
  const isUnspaced = (text) => pattern(`^[${UNSPACED}]`, "u").test(text);
  const NAMES = [
    [/(?<![\p{L}\p{N}])([a-z])\+\+/gu, " $1plusplus "],
    [/(?<![\p{L}\p{N}])([a-z])#(?![\p{L}\p{N}])/gu, " $1sharp "],
    [/(?<![\p{L}\p{N}])\.net(?![\p{L}\p{N}])/gu, " dotnet "],
    [/(?<![\p{L}\p{N}])([a-z]{1,2})&([a-z]{1,2})(?![\p{L}\p{N}])/gu, " $1$2 "],
  ];

  /* What is marked or not: a word, a compound, with the signs that belong to it. */
  const PIECE =
    /([\p{L}\p{N}\p{M}]+(?:(?:[-\u2010\u2011&]|(?<=\d)\.(?=\d))[\p{L}\p{N}\p{M}]+)*(?:\+\+|#)?)/u;
  const ASCII_PIECE = /([A-Za-z\d]+(?:(?:[-&]|(?<=\d)\.(?=\d))[A-Za-z\d]+)*(?:\+\+|#)?)/;

  const fold = (text) => {
    const folded = text
      .normalize("NFKD")
      .toLowerCase()
      .replace(ACCENTS, "")
      .replace(/[ßæœøłđðþħıςʼ’]/g, (one) => LETTERS[one])
      .replace(/'s(?![\p{L}\p{N}])/gu, " ");
    return NAMES.reduce((found, [name, spelt]) => found.replace(name, spelt), folded);
  };

  const parted = (runs) =>
    runs.flatMap((one) => {
      if (!isUnspaced(one)) return one;
      const signs = [...one];
      return signs.length > 1 ? signs.slice(1).map((sign, at) => signs[at] + sign) : one;
    });

  search.fold = fold;
  /* Most texts hold nothing that the short way could get wrong. */
  const isPlain = (text) => /^[\n -~]*$/.test(text) && !/['&#]|\+\+|\.n|\d\.\d/i.test(text);
  search.words = (text) =>
    isPlain(text)
      ? text.toLowerCase().match(/[a-z\d]+/g) || []
      : parted(fold(text).match(word()) || []);

  /* The words of a part in Lunr's syntax, where a star may stand in one. */
  search.starred = (text) =>
    text.includes("*") ? fold(text).match(starred()) || [] : search.words(text);

  /* A word as a reader would write it. */
  search.spelt = (word) =>
    word === "dotnet"
      ? ".NET"
      : word.normalize("NFC").replace(/^([a-z])plusplus$/, "$1++").replace(/^([a-z])sharp$/, "$1#");

  /* Text as a list of nodes, the words for which `wanted` is true in <mark>: whole words, signs of
     scripts without spaces, and compounds that are wanted as one word. */
  search.marked = (text, wanted) => {
    const mark = (piece) => {
      const made = document.createElement("mark");
      made.textContent = piece;
      return made;
    };
    const signs = (piece) => {
      const all = [...piece];
      const on = all.map(() => false);
      all.forEach((sign, at) => {
        if (at && wanted(all[at - 1] + sign)) on[at - 1] = on[at] = true;
        if (wanted(sign)) on[at] = true;
      });
      const nodes = [];
      all.forEach((sign, at) => {
        if (at && on[at] === on[at - 1]) nodes[nodes.length - 1][1] += sign;
        else nodes.push([on[at], sign]);
      });
      return nodes.map(([is, part]) => (is ? mark(part) : part));
    };
    const word = (piece) => {
      if (/^[\da-z]+$/i.test(piece)) return wanted(piece.toLowerCase()) ? mark(piece) : piece;
      const found = search.words(piece);
      const joined = found.slice(1).map((one, at) => found[at] + one);
      if (found.length === 1 ? wanted(found[0]) : joined.some(wanted)) return mark(piece);
      return found.length > 1
        ? piece.split(/([-\u2010\u2011])/).map((part) => (search.words(part).some(wanted) ? mark(part) : part))
        : piece;
    };
    const isAscii = /^[\n -~]*$/.test(text);
    return text.split(isAscii ? ASCII_PIECE : PIECE).flatMap((piece, place) => {
      if (place % 2 === 0) return piece;
      return !isAscii && isUnspaced(piece) ? signs(piece) : word(piece);
    });
  };
})((globalThis.gazetteSearch ||= {}));
