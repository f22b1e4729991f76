/*
 * The citation of a paper's page: buttons that copy it or save it as a file.
 *
 * BibTeX and the sentence stand in the page; RIS and CSL-JSON are made of its citation_* tags, as
 * generator/citation/ makes those of a whole day. Words come from strings.js.
 */
(function () {
  "use strict";
  const box = document.querySelector("details.cite");
  if (!box) return;

  const word = (key) => window.gazetteStrings?.["cite." + key] ?? key;
  const metas = (name) =>
    [...document.querySelectorAll(`meta[name="citation_${name}"]`)].map(({ content }) => content);
  const meta = (name) => metas(name)[0] ?? "";
  const bibtex = box.querySelector("pre").textContent;
  const key = bibtex.match(/^@\w+\{([^,]+),/)[1];
  const url = bibtex.match(/^ {2}url = \{(.*)\},?$/m)?.[1] ?? "";
  /* A family name of several words is held together by no-break spaces. */
  const names = metas("author").map((name) => name.replaceAll("\u00a0", " "));
  const arxiv = meta("arxiv_id");
  const keywords = meta("keywords");

  function ris() {
    const date = meta("publication_date");
    const lines = [
      ["TY", meta("journal_title") ? "JOUR" : "UNPB"],
      ["ID", key],
      ["TI", meta("title")],
      ...names.map((name) => ["AU", name]),
      ["PY", date.slice(0, 4)],
      ["DA", date],
      ["JO", meta("journal_title")],
      ["PB", arxiv && "arXiv"],
      ["AN", arxiv && `arXiv:${arxiv}`],
      ["DO", meta("doi")],
      ["UR", url],
      ["L1", meta("pdf_url")],
      ...keywords.split("; ").map((topic) => ["KW", topic]),
    ];
    const kept = lines.filter(([, value]) => value);
    return [...kept, ["ER", ""]].map(([tag, value]) => `${tag}  - ${value}\r\n`).join("");
  }

  function csl() {
    const item = {
      id: key,
      type: meta("journal_title") ? "article-journal" : "article",
      title: meta("title"),
      author: names.map((name) => {
        const [family, given, suffix] = name.split(", ");
        if (!given) return { literal: name };
        return suffix ? { family, given, suffix } : { family, given };
      }),
      issued: { "date-parts": [meta("publication_date").split("/").map(Number)] },
      "container-title": meta("journal_title"),
      publisher: arxiv && "arXiv",
      number: arxiv && `arXiv:${arxiv}`,
      DOI: meta("doi"),
      URL: url,
      keyword: keywords.replaceAll("; ", ", "),
    };
    const kept = Object.entries(item).filter(([, value]) => value.length || value["date-parts"]);
    return JSON.stringify([Object.fromEntries(kept)]);
  }

  const FORMATS = [
    ["text", () => box.querySelector("p").textContent.trim()],
    ["BibTeX", () => bibtex, "bib", "application/x-bibtex"],
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
