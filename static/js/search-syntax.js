/* Lunr's own syntax: parsed by lunr.js, its stars and wrong letters turned into the words of the index
   that they stand for. Fetched with the first such query, and lunr.js with it. */
((search) => {
  "use strict";
  const LONGEST = 40; // letters of a word with stars or wrong letters
  const MOST_WORDS = 120; // that such a word may stand for
  /* How many wrong letters a word may have: of a short one hardly any is left. */
  const farthest = (term) => (term.length < 3 ? 0 : term.length < 6 ? 1 : 2);

  /* A star that stands for more words than a browser should load. */
  search.TooBroad = class extends Error {};

  /* The clauses of a query in Lunr's syntax. Throws lunr.QueryParseError. */
  search.parse = (text) => {
    const query = new lunr.Query(search.fields);
    new lunr.QueryParser(text, query).parse();
    return query.clauses;
  };

  /* The clauses of a text, null if Lunr cannot read it, within what a browser does at once; and notes
     on what is not done. */
  search.bounded = (text) => {
    const notes = [];
    try {
      const clauses = search.parse(text);
      for (const one of clauses) {
        const most = farthest(one.term);
        if (one.editDistance > most) {
          const word = `${one.term}~${one.editDistance}`;
          if (!notes.some((note) => note.word === word)) notes.push({ kind: "far", word, most });
          one.editDistance = most;
        }
        if (one.term.length > LONGEST) one.term = one.term.slice(0, LONGEST);
        if (!one.editDistance) delete one.editDistance;
      }
      return { clauses, notes };
    } catch (error) {
      if (!(error instanceof lunr.QueryParseError)) throw error;
      return { clauses: null, notes: [{ kind: "syntax", message: error.message }] };
    }
  };

  /* Whether a word is what a term with stars stands for: each piece found as early as it can be. */
  search.starMatcher = (term) => {
    const [first, ...others] = term.split("*");
    const last = others.pop();
    return (word) => {
      if (word.length < first.length + last.length || !word.startsWith(first)) return false;
      if (!word.endsWith(last)) return false;
      const end = word.length - last.length;
      let at = first.length;
      for (const piece of others) {
        const found = word.indexOf(piece, at);
        if (found < 0 || found + piece.length > end) return false;
        at = found + piece.length;
      }
      return true;
    };
  };

  /* The words among which are all that a clause can match; their shards are loaded. */
  async function candidates(clause, most) {
    if (clause.forms) {
      await search.surely(clause.forms);
      return clause.forms;
    }
    if (clause.editDistance || clause.term.startsWith("*")) {
      const near = await search.similar(clause);
      if (near.length > MOST_WORDS && most < Infinity) throw new search.TooBroad(clause.term);
      await search.surely(near);
      return near;
    }
    if (clause.term.includes("*")) {
      const start = clause.term.split("*")[0];
      const shards = search.range(start);
      if (shards.length > most) throw new search.TooBroad(clause.term);
      return (await search.beginning(start, shards)).filter(search.starMatcher(clause.term));
    }
    await search.surely([clause.term]);
    return [clause.term];
  }

  /* For each clause, the words that Lunr finds for it, in its order. */
  search.expansions = async (clauses, most) => {
    const nominated = [];
    for (const one of clauses) nominated.push(...(await candidates(one, most)));
    const words = [...new Set(nominated)].filter((word) => search.posting(word)).sort();
    await search.breathe();
    const tokenSet = lunr.TokenSet.fromArray(words);
    const found = [];
    for (const clause of clauses) {
      await search.breathe();
      found.push(
        (clause.forms || [clause.term]).flatMap((term) =>
          tokenSet.intersect(lunr.TokenSet.fromClause({ ...clause, term })).toArray(),
        ),
      );
    }
    return found;
  };
})((globalThis.gazetteSearch ||= {}));
