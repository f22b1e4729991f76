/* The index: segments, each a list of shards; what is known of a word. The format is that of
   generator/search/blocks.py, shards.py and segments.py. Where there are very many papers, all but the newer
   ones are in eras (eras.py), which are asked where these are not enough. */
((search) => {
  "use strict";
  const FIELDS = (search.fields = ["title", "authors", "abstract", "venue"]);
  const KEY = 6; // signs that the key of a block has
  const NEWEST = 2; // segments that are asked at first
  const DAY = 86_400_000; // milliseconds
  const { load, reader, apart, unpack } = search;

  async function open(name) {
    const content = await load(`${name}/list`, null, search.fresh);
    const [key, size, totals, packed, cuts, letters, perFile, stop, block, keys, exact, eras] = content;
    const read = reader(packed);
    const lengths = new Uint32Array(size);
    for (let at = 0; at < size; )
      for (let runs = read.number(), length = 0; runs; runs--) {
        length += read.number();
        lengths.fill(length, at, (at += read.number()));
      }
    const [records, texts] = perFile;
    const own = { name, key, size, totals, lengths, letters, records, texts, stop, block, keys, exact };
    return { ...own, cuts: unpack(cuts), base: 0, first: "", end: "", eras };
  }

  /* A segment with its list, which an era has not before. */
  const opened = (search.opened = async (era) => {
    if (era.key) return era;
    const found = await open(era.name);
    if (found.size !== era.size) throw search.stale(era.name);
    return Object.assign(era, { ...found, ...era });
  });

  /* The eras, newest first, out of what the list of the older papers says; the last it names is its own.
     `first` is the day on which a segment begins, `end` the one before which it does. */
  function erasOf(old, newest) {
    const eras = (old.eras || []).map(([first, size, exact], at) => ({ name: `old${at}`, first, size, exact }));
    const { first } = eras.pop() || old;
    old.first = newest.first = first;
    let [base, end] = [old.size + newest.size, first];
    return eras.reverse().map((era) => {
      const whole = { ...era, base, end };
      [base, end] = [base + era.size, era.first];
      return whole;
    });
  }

  /* Load what every query needs; resolves to the index itself. */
  search.open = () =>
    (search.opening ||= Promise.all([open("old"), open("new")]).then(
      ([old, newest]) => {
        newest.base = old.size;
        search.every = [old, newest, ...erasOf(old, newest)];
        search.stop = new Set(newest.stop.split(" "));
        search.shards = new Map();
        search.segments = [];
        ask([old, newest]);
        return search;
      },
      (error) => {
        search.opening = null;
        throw error;
      },
    ));

  /* Let searches be of these segments. Their documents have the numbers that they have among those of all,
     of which `bound` is above these. */
  function ask(segments) {
    const isSame = (one, at) => one === search.segments[at];
    if (segments.length === search.segments.length && segments.every(isSame)) return;
    search.segments = segments;
    search.size = segments.reduce((sum, { size }) => sum + size, 0);
    search.bound = Math.max(0, ...segments.map(({ base, size }) => base + size));
    search.averages = FIELDS.map(
      (_, field) => segments.reduce((sum, { totals }) => sum + totals[field], 0) / search.size,
    );
    search.postings = new Map();
    search.facetsLoading = null;
  }

  /* Let searches be of the newest `reach` segments of those that may have papers of the days `from` one
     `to` another. Resolves to what is left out, null if that is nothing: {since, from, to, reach}, the day
     from which on papers are searched; those which the next step adds, and its reach, as many again. */
  search.choose = async ({ from, to, reach = NEWEST } = {}) => {
    await search.open();
    const able = search.every.filter(
      ({ first, end }) => (!to || first <= to) && (!from || !end || from < end),
    );
    const chosen = await Promise.all(able.slice(0, reach).map(opened));
    ask(chosen);
    const wider = 2 * reach - 1;
    const next = able.slice(reach, wider);
    if (!next.length) return null;
    const last = new Date(Date.parse(next[0].end) - DAY).toISOString().slice(0, 10);
    const since = chosen[chosen.length - 1].first;
    return { since, from: next[next.length - 1].first, to: last, reach: wider };
  };

  /* The number of the last shard that begins at or before a key of forms; -1 if there is none. */
  function placeOf(segment, key) {
    let [low, high] = [0, segment.cuts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (segment.cuts[middle][0] <= key) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /* The number of the shard that has a word, if any has it; it has all forms of it. */
  const place = (search.place = (segment, word) => placeOf(segment, search.formKey(word)));

  /* The rows of a shard, by word. */
  async function shard(segment, number) {
    const name = `${segment.name}/${number}`;
    if (!search.shards.has(name)) {
      const [, words, packed] = await load(name, segment.key);
      const rows = apart(packed);
      search.shards.set(name, new Map(unpack(words).map(([word], at) => [word, rows[at]])));
    }
    return search.shards.get(name);
  }

  /* Load the shards that hold these words; resolves to the words of which one did not load. */
  search.need = async (words, segments = search.segments) => {
    const missing = new Set();
    await Promise.all(
      [...new Set(words)].flatMap((word) =>
        segments.map((segment) => {
          const number = place(segment, word);
          return number >= 0 && shard(segment, number).catch(() => missing.add(word));
        }),
      ),
    );
    return missing;
  };

  /* The shards, [segment, number], that may hold words with a beginning. */
  search.range = (prefix) => {
    const short = search.shortKeys(prefix);
    return search.segments.flatMap((segment) => {
      const found = new Set(short.map((key) => Math.max(0, placeOf(segment, key))));
      const last = placeOf(segment, prefix + "\uffff");
      for (let number = Math.max(0, placeOf(segment, prefix)); number <= last; number++)
        found.add(number);
      return segment.cuts.length ? [...found].map((number) => [segment, number]) : [];
    });
  };

  /* The words with a beginning, out of the given shards (all, if not given). */
  search.beginning = async (prefix, shards = search.range(prefix)) => {
    const loaded = await Promise.all(shards.map(([segment, number]) => shard(segment, number)));
    const words = loaded.flatMap((found) => [...found.keys()]);
    return [...new Set(words)].filter((word) => word.startsWith(prefix));
  };

  /* Words near this one in the order of the index, in shards that are loaded; and those that may fill
     a shard as forms of one, for the list knows their key: [word, weight]. */
  search.nearby = (word) =>
    search.segments.flatMap((segment) => {
      const loaded = search.shards.get(`${segment.name}/${place(segment, word)}`);
      const start = word.slice(0, 3);
      return [
        ...[...(loaded ? loaded.keys() : [])].map((one) => [one, 0]),
        ...segment.cuts
          .filter(([key, weight]) => weight && key.startsWith(start))
          .flatMap(([key, weight]) => search.formsOf(key).map((one) => [one, weight])),
      ];
    });

  /* Words that begin so: those nearby, and the most frequent ones. */
  search.completions = (prefix) => {
    const near = search.nearby(prefix).filter(([word]) => word.startsWith(prefix));
    near.sort(([, a], [, b]) => b - a);
    const frequent = new Set(); // keys of forms
    for (const [word, weight] of near) if (weight && frequent.size < 3) frequent.add(search.formKey(word));
    return near
      .filter(([word, weight]) => !weight || frequent.has(search.formKey(word)))
      .map(([word]) => word);
  };

  /* Ask for the shards of the most frequent words that begin so, and do not wait: at the first letter
     of a word, so that they are there when it is whole. */
  search.expect = async (letter) => {
    if (navigator.connection?.saveData) return;
    await search.open();
    await search.need(search.completions(letter), search.segments.slice(0, NEWEST));
  };

  /* All that is known of a word; null if no paper has it, or its shards are not loaded. `order` is
     where Lunr would have met it first: document, field, rank. */
  search.posting = (word) => {
    if (!search.postings.has(word)) {
      const found = [];
      for (const segment of search.segments) {
        const number = place(segment, word);
        if (number < 0) continue;
        const rows = search.shards.get(`${segment.name}/${number}`);
        if (!rows) return null; // for now
        if (rows.has(word)) found.push([segment, rows.get(word)]);
      }
      search.postings.set(word, found.length ? posting(found) : null);
    }
    return search.postings.get(word);
  };

  function posting(found) {
    const walks = found.map(([segment, row]) => search.walk(segment, row));
    const sizes = FIELDS.map(() => 0);
    for (const { count, fields, isAgain } of walks)
      for (let at = 0; at < count; at++) sizes[fields[at]] += 1 - isAgain[at];
    const made = sizes.map((size) =>
      size
        ? {
            documents: new Uint32Array(size),
            often: new Uint32Array(size),
            lengths: new Uint32Array(size),
          }
        : null,
    );
    const ends = FIELDS.map(() => 0);
    for (const { count, fields, documents, lengths, isAgain } of walks)
      for (let at = 0; at < count; at++) {
        const field = fields[at];
        const one = made[field];
        const end = isAgain[at] ? ends[field] - 1 : ends[field]++;
        one.documents[end] = documents[at];
        one.lengths[end] = lengths[at];
        one.often[end]++;
      }
    const count = sizes.reduce((sum, size) => sum + size, 0);
    const firsts = made.map((one) => (one ? one.documents[0] : Infinity));
    const first = Math.min(...firsts);
    return { fields: made, count, order: [first, firsts.indexOf(first), walks[0].rank] };
  }

  /* What files of a block, so many papers in each, hold of a document. */
  async function held(document, kind, perFile) {
    const segment = await opened(search.every.filter(({ base }) => base <= document).pop());
    const number = document - segment.base;
    const file = Math.floor(number / segment[perFile]);
    const at = Math.floor(number / segment.block) * KEY;
    const key = segment.keys.slice(at, at + KEY);
    const [, all] = await load(`${segment.name}/${kind}${file}`, key);
    return all[number % segment[perFile]];
  }

  /* The record of a document: [title, authors, date, page, arXiv id, code, PDF]; and its abstract. */
  search.record = (document) => held(document, "r", "records");
  search.abstract = (document) => held(document, "a", "texts");
})((globalThis.gazetteSearch ||= {}));
