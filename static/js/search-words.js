/* Text to words, exactly as generator/search/words.py has them. */
((search) => {
  "use strict";
  const LETTERS = {
    ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th",
    ħ: "h", ı: "i", ς: "σ", ʼ: "'", "’": "'",
  };
  const WORD = /[぀-ヿ㐀-䶿一-鿿]|(?:(?![぀-ヿ㐀-䶿一-鿿])[\p{L}\p{N}])+/gu;

  const fold = (text) =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[\u0300-\u036f]+/g, "")
      .replace(/[ßæœøłđðþħıςʼ’]/g, (letter) => LETTERS[letter])
      .replace(/'s(?![\p{L}\p{N}])/gu, " ");

  search.fold = fold;
  search.words = (text) => fold(text).match(WORD) || [];

  /* Text as a list of nodes, the words for which `wanted` is true in <mark>. */
  search.marked = (text, wanted) =>
    text.split(/([\p{L}\p{N}\p{M}]+)/u).map((piece, place) => {
      if (place % 2 === 0) return piece;
      const isPlain = /^[\da-z]+$/i.test(piece); // for these the long way gives the same
      if (!(isPlain ? wanted(piece.toLowerCase()) : search.words(piece).some(wanted))) return piece;
      const mark = document.createElement("mark");
      mark.textContent = piece;
      return mark;
    });
})((globalThis.gazetteSearch ||= {}));
