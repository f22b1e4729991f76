/* What people paste: arXiv ids and DOIs, bare or in an address, the address of a page of ours, a BibTeX
   key or entry, a whole reference, a title. Fetched when a query looks like one of them. */
((search) => {
  "use strict";
  const NEW_ID = /(?<!\d)(?<!\d\.)(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?(?!\d)/;
  const OLD_ID =
    /(?<![\w-])((?:astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-(?:ex|lat|ph|th)|math|math-ph|nlin|nucl-(?:ex|th)|physics|q-bio|q-fin|quant-ph|stat|acc-phys|adap-org|alg-geom|ao-sci|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|dg-ga|funct-an|mtrl-th|patt-sol|plasm-ph|q-alg|solv-int|supr-con)(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?!\d)/i;
  const DOI = /\b(10\.\d{4,9}\/[^\s"<>{}|\\^`]+)/i;
  const OF_ARXIV = /^10\.48550\/arxiv\./i;
  const PAGE = /(?:^|\/)papers\/(?:\d{4}-\d\d\/)?([a-z0-9-]+)(?:\.html)?(?:[?#].*)?$/i;
  const KEY = /^@?[a-z][\w-]*\d{4}[a-z][\w-]*$/i;
  const ENTRY = /@\w+\s*\{\s*([^\s,{}]+)\s*,/;
  const CITE = /\\\w*cite\w*\*?(?:\[[^\]]*\])*\{([^},]+)[^}]*\}/;
  const ADDRESS = /^(?:https?:\/\/)?(?:[\w-]+\.)+[a-z]{2,}\/\S*$/i;
  const CHECKED = 10; // titles that a reference is compared with
  const MOST_TITLES = 3; // parts of one that may be a title

  let table = null;
  function crc32(text) {
    table ||= Uint32Array.from({ length: 256 }, (_, number) => {
      let value = number;
      for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
      return value;
    });
    let value = 0xffffffff;
    for (const byte of new TextEncoder().encode(text)) value = table[(value ^ byte) & 255] ^ (value >>> 8);
    return (value ^ 0xffffffff) >>> 0;
  }

  /* The papers that have an exact key, in whatever era. */
  async function withKey(key) {
    const check = crc32(key);
    const wanted = search.fixed(check, 5);
    const found = await Promise.all(
      search.every.map(async (segment) => {
        if (!segment.exact) return [];
        const name = `${segment.name}/k${check % segment.exact}`;
        const [key, text] = await search.load(name, segment.key, segment.key || search.fresh);
        const numbers = [];
        for (let at = 0; at < text.length; at += 8)
          if (text.startsWith(wanted, at))
            numbers.push(segment.base + search.fixedNumber(text.slice(at + 5, at + 8)));
        if (numbers.length && (await search.opened(segment)).key !== key) throw search.stale(name);
        return numbers;
      }),
    );
    return found.flat();
  }

  const withoutScheme = (address) =>
    address.trim().replace(/^https?:\/\/(?:www\.)?/i, "").split("#")[0].replace(/\/+$/, "").toLowerCase();

  const tidy = (doi) => doi.replace(/(?:\.pdf|\/(?:full|abstract|pdf|epdf|meta))?[.,;:)\]'’”]*$/i, "").split(/[?#]/)[0];

  /* What stands in a text, as {key, name, href, isAll}: its key, what to call it, where it is elsewhere,
     and whether it is all that there is. */
  function readings(text) {
    const found = [];
    const trimmed = text.trim().replace(/^[<("'[]+|[>)"'\].,;]+$/g, "");
    const isOne = !/\s/.test(trimmed.replace(/^(?:arxiv|doi|eprint)\s*:?\s+/i, "").replace(/\s*\[[\w.-]+\]?$/, ""));
    const page = PAGE.exec(trimmed);
    if (page && isOne) found.push({ key: `page:${page[1].toLowerCase()}`, name: page[1], isAll: true });
    const [doi] = (DOI.exec(text) || []).slice(1).map(tidy);
    if (doi && !OF_ARXIV.test(doi)) {
      const href = `https://doi.org/${doi}`;
      found.push({ key: `doi:${doi.toLowerCase()}`, name: doi, href, isAll: isOne, kind: "doi" });
    }
    const id = doi && !OF_ARXIV.test(doi) ? null : NEW_ID.exec(text) || OLD_ID.exec(text);
    if (id) {
      const href = `https://arxiv.org/abs/${id[1]}`;
      found.push({ key: `arxiv:${id[1].toLowerCase()}`, name: id[1], href, isAll: isOne, kind: "arxiv" });
    }
    const entry = ENTRY.exec(text) || CITE.exec(text);
    if (entry) found.push({ key: `key:${entry[1].toLowerCase()}`, name: entry[1] });
    else if (KEY.test(trimmed))
      found.push({ key: `key:${trimmed.replace("@", "").toLowerCase()}`, name: trimmed, isAll: true });
    if (isOne && ADDRESS.test(trimmed) && !page && !found.length)
      found.push({ key: `link:${withoutScheme(trimmed)}`, name: trimmed, isAll: true, kind: "address" });
    return found;
  }

  const isWithin = (part, whole) => {
    for (let start = 0; start + part.length <= whole.length; start++)
      if (part.every((word, at) => whole[start + at] === word)) return true;
    return false;
  };

  /* The papers whose whole title stands in a text, the longest first. */
  async function titled(text) {
    const words = search.words(text).slice(0, 60);
    const distinct = [...new Set(words)];
    if (distinct.length < 2) return [];
    await search.need(distinct);
    const field = search.fields.indexOf("title");
    const { size, bound } = search;
    const met = new Float64Array(bound);
    const lengths = new Float64Array(bound);
    const counts = new Uint16Array(bound);
    for (const word of distinct) {
      await search.breathe();
      const own = search.posting(word)?.fields[field];
      if (!own) continue;
      const weight = Math.log(1 + size / own.documents.length);
      for (let at = 0; at < own.documents.length; at++) {
        const document = own.documents[at];
        met[document] += weight;
        lengths[document] = own.lengths[at];
        counts[document] += own.often[at];
      }
    }
    const scored = [];
    for (let document = 0; document < bound; document++)
      if (counts[document] > 1 || (counts[document] && distinct.length < 4)) {
        const share = counts[document] / lengths[document];
        if (share > 0.5) scored.push([document, met[document] * share * share]);
      }
    scored.sort(([, a], [, b]) => b - a);
    const checked = await Promise.all(
      scored.slice(0, CHECKED).map(async ([document]) => {
        const [name, authors] = await search.record(document);
        const own = search.words(name);
        const named = search.words(authors).filter((word) => word.length > 2 && words.includes(word));
        const isWhole = own.length === words.length;
        const isTold = isWhole || own.length > 3 || (own.length > 1 && named.length);
        return isWithin(own, words) && isTold ? [document, own.length + named.length / 100] : null;
      }),
    );
    return checked.filter(Boolean).sort(([, a], [, b]) => b - a);
  }

  /* The papers in eras that are not searched whose page is called as this title would be, or as a part of
     this reference. */
  async function calledSo(text) {
    if (search.segments.length === search.every.length) return [];
    const parts = text.split(/[.?!]["”’]?\s+|["“”]/).map(search.slugify);
    const titles = parts.filter((slug) => slug.split("-").length > 3).sort((a, b) => b.length - a.length);
    const asked = [...new Set([search.slugify(text.trim()), ...titles])].slice(0, MOST_TITLES);
    const found = await Promise.all(asked.map((slug) => withKey(`page:${slug}`)));
    return found.flat().slice(0, 1);
  }

  /* What was pasted: {documents, notes, isAll}, the papers it names, best first; null if it names none
     and is no id or address. `isAll`: there is nothing else in it to search for. */
  search.pasted = async (text) => {
    const asked = readings(text.slice(0, 2000));
    for (const { key, name, isAll } of asked) {
      const documents = [...new Set(await withKey(key))];
      if (documents.length)
        return { documents, notes: [{ kind: "pasted", word: name }], isAll: Boolean(isAll) };
    }
    const missing = asked.find(({ kind }) => kind);
    if (missing?.isAll)
      return { documents: [], notes: [{ ...missing, kind: `no.${missing.kind}`, word: missing.name }], isAll: true };
    const [, title] = /\btitle\s*=\s*[{"]+(.+?)[}"]+\s*(?:,|$)/is.exec(text.slice(0, 2000)) || [];
    const told = title ? title.replace(/[{}]/g, "") : text.slice(0, 2000);
    const [best] = await titled(told);
    const documents = best ? best.slice(0, 1) : await calledSo(told);
    if (documents.length) return { documents, notes: [{ kind: "pasted.title" }], isAll: false };
    return missing
      ? { documents: [], notes: [{ ...missing, kind: `no.${missing.kind}`, word: missing.name }], isAll: false }
      : null;
  };
})((globalThis.gazetteSearch ||= {}));
