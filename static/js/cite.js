/*
 * The citation of a paper's page: buttons that copy it or save it as a file.
 *
 * The sentence stands in the page, and so does what only the generator knows: the key, and the title
 * as BibTeX has it where that differs. All else is made of the page's head, as generator/citation/
 * makes it for a whole day. Words come from site.js.
 */
(function () {
  "use strict";
  const box = document.querySelector("details.cite");
  if (!box) return;

  const word = (key) => window.gazetteStrings?.["cite." + key] ?? key;
  const metas = (name) =>
    [...document.querySelectorAll(`meta[name="citation_${name}"]`)].map(({ content }) => content);
  const meta = (name) => metas(name)[0] ?? "";
  const { key } = box.dataset;
  const { url } = JSON.parse(document.querySelector('script[type="application/ld+json"]').text);
  const arxiv = meta("arxiv_id");
  /* What no meta tag says: the type of work, its pages as written, whether authors are left out. */
  const more = JSON.parse(box.dataset.more ?? "{}");
  const venue = more.venue ?? meta("journal_title");
  const type = more.type ?? (venue ? "article-journal" : "article");
  const inJournal = type.startsWith("article");
  const pages = more.pages ?? "";
  const number = meta("issue");
  const publisher = meta("publisher");
  const date = meta("publication_date").split("/").filter(Boolean);
  /* "Last, First, Jr.", a family name of several words held together by no-break spaces. */
  const names = metas("author").map((name) => name.replaceAll("\u00a0", " "));

  /* As generator/citation/types.py: the type, venue and publisher of BibTeX, the type of RIS. */
  const KINDS = {
    article: ["misc", "howpublished", "UNPB"],
    "article-journal": ["article", "journal", "JOUR"],
    "article-magazine": ["article", "journal", "MGZN"],
    "article-newspaper": ["article", "journal", "NEWS"],
    book: ["book", "series", "BOOK"],
    chapter: ["incollection", "booktitle", "CHAP"],
    dataset: ["misc", "howpublished", "DATA"],
    manuscript: ["unpublished", "howpublished", "UNPB"],
    "paper-conference": ["inproceedings", "booktitle", "CONF"],
    patent: ["misc", "howpublished", "PAT"],
    report: ["techreport", "series", "RPRT", "institution"],
    software: ["misc", "howpublished", "COMP"],
    thesis: ["phdthesis", "series", "THES", "school"],
    webpage: ["misc", "howpublished", "ELEC"],
  };
  const [entry, venueField, risType, publisherField = "publisher"] = Object.hasOwn(KINDS, type)
    ? KINDS[type]
    : ["misc", "howpublished", "GEN"];
  const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
  const OLD_ID = /^([a-z-]+)(?:\.[A-Z]{2})?\/\d{7}/;
  const CATEGORY =
    /^(?:(?:astro-ph|cond-mat|cs|econ|eess|math|nlin|physics|q-bio|q-fin|stat)\.[A-Za-z-]{2,}|astro-ph|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph)$/;
  const PARTICLES =
    /^(?:(?:[Vv]an (?:der|den|de)|[Vv]on der|[Dd]e (?:la|los)|['\p{Ll}]+) )+(?=\S)/u;
  /* As generator/citation/bibtex.py escapes a text. reading-list-page.js has a twin of its own (no
     page needs both), which goes by LONE for every brace, with or without a partner. */
  const NAMED = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
  };
  const LONE = { "{": "\\textbraceleft{}", "}": "\\textbraceright{}" };

  function isBalanced(text) {
    let depth = 0;
    for (const char of text) {
      depth += (char === "{") - (char === "}");
      if (depth < 0) return false;
    }
    return depth === 0;
  }

  function escaped(text) {
    const named = isBalanced(text) ? NAMED : { ...NAMED, ...LONE };
    return text.replace(/[\\{}$&%#_~^]/g, (char) => named[char] ?? "\\" + char);
  }

  const verbatim = (text) => text.replace(/[\\{}\s]/g, "");

  /** The primary category: an old id begins with it, else it is the first among the topics. */
  function primary() {
    if (!arxiv) return "";
    const topics = meta("keywords").split("; ");
    return OLD_ID.exec(arxiv)?.[1] ?? topics.find((topic) => CATEGORY.test(topic)) ?? "";
  }

  /** A name for BibTeX: "Last, Jr., First"; what would divide two authors stands in braces. */
  function author(name) {
    const [last, given, suffix] = name.split(", ");
    if (!given) return `{${escaped(name)}}`;
    const guard = (part) => (/\band\b/i.test(part) ? `{${escaped(part)}}` : escaped(part));
    return [last, suffix, given].filter(Boolean).map(guard).join(", ");
  }

  function bibtex() {
    const fields = {
      author: [...names.map(author), ...(more.others ? ["others"] : [])].join(" and "),
      title: box.dataset.title ?? meta("title"),
      [venueField]: escaped(venue),
      volume: escaped(meta("volume")),
      number: escaped(number),
      pages: escaped(pages.replaceAll("–", "--")),
      [publisherField]: escaped(publisher),
      year: date[0],
      month: MONTHS[date[1] - 1],
      eprint: verbatim(arxiv),
      archivePrefix: arxiv && "arXiv",
      primaryClass: primary(),
      doi: verbatim(meta("doi")),
      url,
    };
    const lines = Object.entries(fields)
      .filter(([, value]) => value)
      .map(([name, value]) => `  ${name} = ${name === "month" ? value : `{${value}}`}`);
    return `@${entry}{${key},\n${lines.join(",\n")}\n}\n`;
  }

  function ris() {
    const [, first, last] = /^(.*?)\s*(?:–|—|--?)\s*(.*)$/.exec(pages) ?? ["", pages, ""];
    const lines = [
      ["TY", risType],
      ["ID", key],
      ["TI", meta("title")],
      ...names.map((name) => ["AU", name]),
      ["AU", more.others && "et al."],
      ["PY", date[0]],
      ["DA", date.join("/")],
      [type === "article-journal" ? "JO" : "T2", venue],
      ["VL", meta("volume")],
      ["IS", number],
      ["SP", first],
      ["EP", last],
      ["PB", publisher || (arxiv && "arXiv")],
      ["AN", arxiv && `arXiv:${arxiv}`],
      ["DO", meta("doi")],
      ["UR", url],
    ];
    const kept = lines.filter(([, value]) => value);
    return [...kept, ["ER", ""]].map(([tag, value]) => `${tag}  - ${value}\r\n`).join("");
  }

  /** A name for CSL in its parts; a group has but one. */
  function person(name) {
    const [last, given, suffix] = name.split(", ");
    if (!given) return { literal: name };
    const particle = PARTICLES.exec(last)?.[0] ?? "";
    const parts = { family: last.slice(particle.length), given };
    if (particle) parts["non-dropping-particle"] = particle.trim();
    return suffix ? { ...parts, suffix } : parts;
  }

  function csl() {
    const item = {
      id: key,
      type,
      title: meta("title"),
      author: [...names.map(person), ...(more.others ? [{ literal: "others" }] : [])],
      issued: date.length ? { "date-parts": [date.map(Number)] } : "",
      "container-title": venue,
      volume: meta("volume"),
      issue: inJournal ? number : "",
      page: pages,
      publisher: publisher || (arxiv && "arXiv"),
      number: (!inJournal && number) || (arxiv && `arXiv:${arxiv}`),
      DOI: meta("doi"),
      URL: url,
    };
    const kept = Object.entries(item).filter(([, value]) => value?.length || value?.["date-parts"]);
    return JSON.stringify([Object.fromEntries(kept)]);
  }

  const FORMATS = [
    ["text", () => box.querySelector("p").textContent.trim()],
    ["BibTeX", bibtex, "bib", "application/x-bibtex"],
    ["RIS", ris, "ris", "application/x-research-info-systems"],
    ["CSL-JSON", csl, "json", "application/vnd.citationstyles.csl+json"],
  ];

  const said = document.createElement("span");
  said.setAttribute("role", "status");

  /** Put `text` on the clipboard; a page from disk may have to do it by a selection. */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "unseen";
      box.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  const rows = FORMATS.map(([name, make, ending, type]) => {
    const row = document.createElement("li");
    const label = ending ? name : word("text");
    row.append(
      label,
      " ",
      button(word("copy"), async (event) => {
        const target = event.currentTarget;
        said.textContent = word((await copy(make())) ? "copied" : "refused");
        target.after(" ", said);
        target.focus();
      }),
    );
    row.querySelector("button").setAttribute("aria-label", `${word("copy")}: ${label}`);
    if (ending) {
      const link = document.createElement("a");
      link.textContent = word("file");
      link.setAttribute("aria-label", `${word("file")}: ${label}`);
      link.download = `${key}.${ending}`;
      link.href = `data:${type};charset=utf-8,${encodeURIComponent(make())}`;
      row.append(" ", link);
    }
    return row;
  });
  const list = document.createElement("ul");
  list.className = "keep";
  list.append(...rows);
  box.querySelector("summary").after(list);
})();
