/* Where words stand in the papers, for phrases and for names. Fetched with the first of them. */
((search) => {
  "use strict";
  const PLACES = 8; // shards to a file of places, as in generator/search/segments.py
  const MOST = 20; // shards of a segment for the beginning of a name
  const NAME = 8; // places that a name takes, as in generator/search/documents.py

  /* Where a word of a loaded shard stands: for each field, of each document its places. */
  async function places(segment, word) {
    const number = search.place(segment, word);
    const shard = search.shards.get(`${segment.name}/${number}`);
    const found = search.fields.map(() => new Map());
    if (!shard?.has(word)) return found;
    const file = `${segment.name}/p${Math.floor(number / PLACES)}`;
    const [, parts] = await search.load(file, segment.key);
    const own = search.apart(parts[number % PLACES])[[...shard.keys()].indexOf(word)];
    const read = search.reader(own);
    const { count, fields, documents } = search.walk(segment, shard.get(word));
    for (let at = 0; at < count; at++) {
      const places = found[fields[at]];
      if (!places.has(documents[at])) places.set(documents[at], []);
      places.get(documents[at]).push(read.number());
    }
    return found;
  }

  /* Of each document that has one of the words in a field, all their places there. */
  async function together(segment, words, field) {
    const found = new Map();
    for (const word of words) {
      await search.breathe();
      for (const [document, own] of (await places(segment, word))[field])
        found.set(document, [...(found.get(document) || []), ...own]);
    }
    return found;
  }

  /* {matches, found}: the documents that have words side by side in one of the fields, as a Set, and
     the words. Stop words count where they are indexed: not in abstracts. */
  search.sideBySide = async (words, fields) => {
    await search.surely(words);
    const matches = new Set();
    for (const segment of search.segments) {
      await Promise.all(words.map((word) => places(segment, word))); // all at once
      for (const name of fields) {
        const field = search.fields.indexOf(name);
        const asked = words
          .map((word, offset) => ({ word, offset }))
          .filter(({ word }) => name !== "abstract" || !search.stop.has(word));
        if (!asked.length) continue;
        const at = [];
        for (const { word } of asked) at.push(await together(segment, [word], field));
        for (const [document, starts] of at[0])
          if (
            starts.some((start) =>
              asked.every(({ offset }, number) =>
                at[number].get(document)?.includes(start + offset - asked[0].offset),
              ),
            )
          )
            matches.add(document);
      }
    }
    return { matches, found: words.map((word) => [word]) };
  };

  /* Of a part of a name, the words of the index that it may be: an initial, the word itself and, where it
     has two letters or more, all that begin so. */
  async function nameForms(word) {
    const forms = word.length === 1 ? [word, `${word}.`] : [word];
    await search.surely(forms);
    if (word.length > 1) {
      const shards = search.range(word);
      if (shards.length <= MOST * search.segments.length) forms.push(...(await search.beginning(word, shards)));
    }
    const field = search.fields.indexOf("authors");
    return [...new Set(forms)].filter((one) => search.posting(one)?.fields[field]);
  }

  /* {matches, found}: the documents with an author whose name has all the words, each whole, as its
     beginning or as an initial, as a Set; and the words found for each. */
  search.named = async (words) => {
    const found = await Promise.all(words.map(nameForms));
    const field = search.fields.indexOf("authors");
    if (words.length === 1) {
      const lists = found[0].map((one) => [...search.posting(one).fields[field].documents]);
      return { matches: new Set(lists.flat()), found };
    }
    const matches = new Set();
    for (const segment of search.segments) {
      const at = [];
      for (const forms of found) at.push(await together(segment, forms, field));
      for (const [document, starts] of at[0])
        if (
          starts.some((start) => {
            const name = Math.floor(start / NAME);
            return at.every((own) => own.get(document)?.some((one) => Math.floor(one / NAME) === name));
          })
        )
          matches.add(document);
    }
    return { matches, found };
  };
})((globalThis.gazetteSearch ||= {}));
