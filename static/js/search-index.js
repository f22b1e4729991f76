/* The index: two segments, each a list of shards; what is known of a word. The format is that of
   generator/search/shards.py and segments.py. */
((search) => {
  "use strict";
  const FIELDS = (search.fields = ["title", "authors", "abstract", "topics"]);
  const ABSTRACT = 2;
  const { load, reader, parameter, unpack } = search;

  async function open(name) {
    const content = await load(`${name}/list`, null, search.fresh);
    const [key, size, totals, packed, cuts, letters, perFile, stop] = content;
    const read = reader(packed);
    const runs = read.gamma();
    const lengths = new Uint16Array(size);
    const k = parameter(size, runs || 1);
    for (let run = 0, at = 0, length = 0; run < runs; run++) {
      length += read.gamma();
      const times = read.rice(k);
      lengths.fill(length, at, (at += times));
    }
    return { name, key, size, totals, lengths, cuts: unpack(cuts), letters, perFile, stop, base: 0 };
  }

  /* Load what every query needs; resolves to the index itself. */
  search.open = () =>
    (search.opening ||= Promise.all([open("old"), open("new")]).then(
      ([old, newest]) => {
        newest.base = old.size;
        search.segments = [old, newest];
        search.size = old.size + newest.size;
        search.averages = FIELDS.map(
          (_, field) => (old.totals[field] + newest.totals[field]) / search.size,
        );
        search.stop = new Set(newest.stop.split(" "));
        search.shards = new Map();
        search.postings = new Map();
        return search;
      },
      (error) => {
        search.opening = null;
        throw error;
      },
    ));

  /* The number of the last shard that begins at or before a word; -1 if there is none. */
  const place = (search.place = (segment, word) => {
    let [low, high] = [0, segment.cuts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (segment.cuts[middle][0] <= word) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  });

  function decode(segment, words, bits) {
    const read = reader(bits);
    const means = segment.totals.map((total) => parameter(total, segment.size));
    return new Map(
      unpack(words).map(([word]) => {
        const fields = FIELDS.map((_, field) => {
          const size = read.gamma();
          if (!size) return null;
          const documents = read.rising(size, segment.size, segment.base);
          const often = new Uint16Array(size);
          for (let at = 0; at < size; at++) often[at] = read.rice(0);
          const lengths = new Uint16Array(size);
          for (let at = 0; at < size; at++)
            lengths[at] =
              field === ABSTRACT
                ? segment.lengths[documents[at] - segment.base]
                : read.rice(means[field]);
          return { documents, often, lengths };
        });
        return [word, { fields, rank: read.gamma() }];
      }),
    );
  }

  async function shard(segment, number) {
    const name = `${segment.name}/${number}`;
    if (!search.shards.has(name)) {
      const [, words, bits] = await load(name, segment.key);
      search.shards.set(name, decode(segment, words, bits));
    }
    return search.shards.get(name);
  }

  /* Load the shards that hold these words; resolves to the words of which one did not load. */
  search.need = async (words) => {
    const missing = new Set();
    await Promise.all(
      [...new Set(words)].flatMap((word) =>
        search.segments.map((segment) => {
          const number = place(segment, word);
          return number >= 0 && shard(segment, number).catch(() => missing.add(word));
        }),
      ),
    );
    return missing;
  };

  /* The shards, [segment, number], that may hold words with a beginning. */
  search.range = (prefix) =>
    search.segments.flatMap((segment) => {
      const last = place(segment, prefix + "\uffff");
      const found = [];
      for (let number = Math.max(0, place(segment, prefix)); number <= last; number++)
        found.push([segment, number]);
      return found;
    });

  /* The words with a beginning, out of the given shards (all, if not given). */
  search.beginning = async (prefix, shards = search.range(prefix)) => {
    const loaded = await Promise.all(shards.map(([segment, number]) => shard(segment, number)));
    const words = loaded.flatMap((found) => [...found.keys()]);
    return [...new Set(words)].filter((word) => word.startsWith(prefix));
  };

  /* Words near this one in the order of the index, in shards that are loaded; and those that fill
     a shard alone, for the list knows them: [word, weight]. */
  search.nearby = (word) =>
    search.segments.flatMap((segment) => {
      const loaded = search.shards.get(`${segment.name}/${place(segment, word)}`);
      const start = word.slice(0, 3);
      return [
        ...[...(loaded ? loaded.keys() : [])].map((one) => [one, 0]),
        ...segment.cuts.filter(([one, weight]) => weight && one.startsWith(start)),
      ];
    });

  /* Words that begin so: those nearby, and the most frequent ones. */
  search.completions = (prefix) => {
    const near = search.nearby(prefix).filter(([word]) => word.startsWith(prefix));
    near.sort(([, a], [, b]) => b - a);
    const frequent = new Set();
    for (const [word, weight] of near) if (weight && frequent.size < 3) frequent.add(word);
    return near.filter(([word, weight]) => !weight || frequent.has(word)).map(([word]) => word);
  };

  const join = (parts, what, Kind) => {
    if (parts.length < 2) return parts[0][what];
    const joined = new Kind(parts[0][what].length + parts[1][what].length);
    joined.set(parts[0][what]);
    joined.set(parts[1][what], parts[0][what].length);
    return joined;
  };

  /* All that is known of a word; null if no paper has it, or its shards are not loaded. `order` is
     where Lunr would have met it first: document, field, rank. */
  search.posting = (word) => {
    if (!search.postings.has(word)) {
      const shards = search.segments
        .map((segment) => [segment.name, place(segment, word)])
        .filter(([, number]) => number >= 0)
        .map(([name, number]) => search.shards.get(`${name}/${number}`));
      if (!shards.every(Boolean)) return null; // for now
      const found = shards.map((one) => one.get(word)).filter(Boolean);
      const fields = FIELDS.map((_, field) => {
        const parts = found.map((one) => one.fields[field]).filter(Boolean);
        return parts.length
          ? {
              documents: join(parts, "documents", Uint32Array),
              often: join(parts, "often", Uint16Array),
              lengths: join(parts, "lengths", Uint16Array),
            }
          : null;
      });
      const count = fields.reduce((sum, one) => sum + (one ? one.documents.length : 0), 0);
      const firsts = fields.map((one) => (one ? one.documents[0] : Infinity));
      const first = Math.min(...firsts);
      search.postings.set(
        word,
        found.length
          ? { fields, count, order: [first, firsts.indexOf(first), found[0].rank] }
          : null,
      );
    }
    return search.postings.get(word);
  };

  /* The record of a document: [title, authors, date, lines, slug]. */
  search.record = async (document) => {
    const segment = search.segments[document < search.segments[1].base ? 0 : 1];
    const number = document - segment.base;
    const file = Math.floor(number / segment.perFile);
    const [, records] = await load(`${segment.name}/r${file}`, segment.key);
    return records[number % segment.perFile];
  };
})((globalThis.gazetteSearch ||= {}));
