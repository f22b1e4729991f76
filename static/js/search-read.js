/* What a person types, read: plain words, "phrases", or Lunr's own syntax. */
((search) => {
  "use strict";
  const ALIASES = { author: "authors", topic: "topics" };
  const PART = /([+-]?)(?:([a-z]+):)?["“„]([^"“”„]*)["”“]?|\S+/giu;
  /* A part in Lunr's syntax: field:word +word -word wor* word~1 word^2 */
  const SYNTAX =
    /^[+-]?[a-z]+:(?!\/)\S|^[+-][\p{L}\p{N}*]|[\p{L}\p{N}]\*|\*[\p{L}\p{N}]|^\*$|[\p{L}\p{N}*][~^]\S*$|^(?:title|authors?|abstract|topics?):$/iu;
  const PIECES = /^([+-]?)(?:([a-z]+):)?(.*?)((?:[~^][^~^]*)*)$/iu;

  const fieldOf = (name) => ALIASES[name.toLowerCase()] || name.toLowerCase();

  /* A part in Lunr's syntax as its plain words and as Lunr's parser reads it: every word with the
     signs of the part. */
  function rewrite(part) {
    const [, sign, field, core, tail] = PIECES.exec(part);
    const words = search.fold(core).match(/[\p{L}\p{N}*]+/gu) || [""];
    const head = sign + (field ? `${fieldOf(field)}:` : "");
    return { plain: search.words(core), lunr: words.map((word) => head + word + tail).join(" ") };
  }

  /* The clauses of a query in Lunr's syntax. Throws lunr.QueryParseError. */
  search.parse = (text) => {
    const query = new lunr.Query(search.fields);
    new lunr.QueryParser(text, query).parse();
    return query.clauses;
  };

  /* {words, phrases, clauses, error}: `clauses` are null unless the text is in Lunr's syntax;
     `error` is what Lunr says if it cannot read it, and then its words count as plain ones. */
  search.read = (text) => {
    const read = { words: [], phrases: [], clauses: null, error: null };
    const parts = [];
    let isSyntax = false;
    for (const [part, sign, field, phrase] of text.matchAll(PART)) {
      if (phrase !== undefined) {
        const words = search.words(phrase);
        const name = field && fieldOf(field);
        if (words.length) read.phrases.push({ words, field: name, no: sign === "-" });
      } else if (SYNTAX.test(part)) {
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
    try {
      for (const { field } of read.phrases) if (field) search.parse(`${field}:x`);
      if (isSyntax) read.clauses = search.parse(parts.join(" "));
    } catch (error) {
      if (!(error instanceof lunr.QueryParseError)) throw error;
      read.error = error.message;
      for (const phrase of read.phrases)
        if (!search.fields.includes(phrase.field)) phrase.field = undefined;
    }
    return read;
  };
})((globalThis.gazetteSearch ||= {}));
