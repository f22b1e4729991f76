/* What a person types, read: plain words, "phrases", names, topics, or Lunr's own syntax. */
((search) => {
  "use strict";
  const LONGEST = 2000; // signs of a query that are read,
  const MOST = 32; // and words of it
  const ALIASES = {
    author: "authors", topic: "topics", year: "venue", journal: "venue", org: "venue",
    organization: "venue", organisation: "venue",
  };
  const PART = /([+-]?)(?:([a-z]+):)?["“„]([^"“”„]*)["”“]?|\S+/giu;
  const NAMED = /^([+-]?)(authors?|topics?):(.+)$/iu;
  /* A part in Lunr's syntax: field:word +word -word wor* word~1 word^2 */
  const SYNTAX =
    /^[+-]?[a-z]+:(?!\/)\S|^[+-][\p{L}\p{N}*]|[\p{L}\p{N}]\*|\*[\p{L}\p{N}]|^\*$|[\p{L}\p{N}*][~^]\S*$|^(?:title|authors?|abstract|venue|topics?):$/iu;
  const PIECES = /^([+-]?)(?:([a-z]+):)?([^~^]*)(.*)$/isu;

  const fieldOf = (name) => ALIASES[name.toLowerCase()] || name.toLowerCase();

  /* A part in Lunr's syntax as its plain words and as Lunr's parser reads it: every word with the
     signs of the part. */
  function rewrite(part) {
    const [, sign, field, core, tail] = PIECES.exec(part);
    const found = search.starred(core);
    const words = found.length ? found : [""];
    const head = sign + (field ? `${fieldOf(field)}:` : "");
    return { plain: search.words(core), lunr: words.map((word) => head + word + tail).join(" ") };
  }

  /* {words, phrases, topics, syntax, isCut}: `words` in their order; `syntax` is what Lunr's parser is
     to read, null if there is none; of a very long text the beginning is read. */
  search.read = (text) => {
    const read = { words: [], phrases: [], topics: [], syntax: null, isCut: text.length > LONGEST };
    const parts = [];
    let isSyntax = false;
    for (const [part, sign, field, phrase] of text.slice(0, LONGEST).matchAll(PART)) {
      if (read.words.length > MOST || read.phrases.length > MOST / 4) break;
      const named = phrase === undefined && NAMED.exec(part);
      const [no, name, asked] = named
        ? [named[1] === "-", fieldOf(named[2]), named[3]]
        : [sign === "-", field && fieldOf(field), phrase];
      if (asked !== undefined && !asked.includes("*")) {
        const words = search.words(asked);
        if (name === "topics") read.topics.push({ text: asked, no });
        else if (words.length) {
          const own = search.fields.includes(name) ? name : undefined;
          read.phrases.push({ words: words.slice(0, MOST), field: own, no });
        }
      } else if (SYNTAX.test(part) && part.length <= 100) {
        const { plain, lunr } = rewrite(part);
        isSyntax = true;
        parts.push(lunr);
        read.words.push(...plain);
      } else {
        const plain = search.words(part);
        parts.push(...plain);
        read.words.push(...plain);
      }
    }
    read.isCut ||= read.words.length > MOST || parts.length > MOST || read.phrases.length > MOST / 4;
    read.words = read.words.slice(0, MOST);
    read.phrases = read.phrases.slice(0, MOST / 4);
    read.topics = read.topics.slice(0, MOST / 4);
    if (isSyntax) read.syntax = parts.slice(0, MOST).join(" ");
    return read;
  };
})((globalThis.gazetteSearch ||= {}));
