/*
 * The reading list's own page: the list, and its way out and in as JSON and BibTeX.
 *
 * A file that is imported is text from anywhere: it is read by rule, cut to size, and shown with
 * textContent alone. It begins when all scripts have been read, reading-list.js among them.
 */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const { all, change, merge, say, word, address, durable } = window.gazetteReading;
  const FORMAT = "gazette-reading-list";
  const MOST_BYTES = 10 * 1024 * 1024;

  const list = document.getElementById("reading-list");
  const status = document.getElementById("reading-status");
  const disk = document.getElementById("reading-disk");
  const hiddenList = document.getElementById("reading-hidden");
  const filter = document.querySelector("[data-filter]");

  /* The list. */

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function title(record) {
    const heading = element("h2");
    const target = address(record);
    const inner = element(target ? "a" : "span", record.title);
    if (target) inner.href = target;
    heading.append(inner);
    return heading;
  }

  function button(label, pressed, onClick) {
    const made = element("button", label);
    made.type = "button";
    if (pressed !== null) made.setAttribute("aria-pressed", String(pressed));
    made.addEventListener("click", onClick);
    return made;
  }

  /** The button that opens a note, and the note; one that says something is open. */
  function noteOf(record) {
    const box = element("div", "", "own-note");
    const label = element("label", word("note.label"));
    const field = element("textarea");
    field.rows = 4;
    field.value = record.note;
    field.addEventListener("input", () => change(record.slug, { note: field.value }));
    label.append(field);
    box.append(label);
    box.hidden = !record.note;
    const opener = button(word("note"), null, () => {
      box.hidden = !box.hidden;
      opener.setAttribute("aria-expanded", String(!box.hidden));
      if (!box.hidden) field.focus();
    });
    opener.setAttribute("aria-expanded", String(!box.hidden));
    return [opener, box];
  }

  function item(record) {
    const made = element("li", "", "paper");
    const authors = record.authors.slice(0, 3).map(readable).join(", ");
    const more = record.authors.length > 3 ? " …" : "";
    const line = element("p", "", "meta");
    line.append(element("span", authors + more), authors && record.date ? " · " : "", record.date ?? "");
    const acts = element("p", "", "keep");
    acts.append(
      button(word("read"), record.read, () => {
        change(record.slug, { read: !record.read });
        say(record.read ? "said.unread" : "said.read", record);
      }),
      button(word("remove"), null, () => {
        change(record.slug, { saved: "" });
        say("said.unsaved", record);
        (list.querySelector("a, button") ?? status).focus();
      }),
    );
    const [opener, note] = noteOf(record);
    acts.append(opener);
    made.dataset.key = record.slug;
    made.classList.toggle("is-read", record.read);
    made.append(title(record), line, acts, note);
    return made;
  }

  /** "Lovelace, Ada" as it is read aloud. */
  function readable(name) {
    const [last, first, ...rest] = name.split(", ");
    return first && !rest.length ? `${first} ${last}` : name;
  }

  function show() {
    const records = [...all().values()];
    const saved = records
      .filter((one) => one.saved)
      .sort((a, b) => (a.saved < b.saved ? 1 : a.saved > b.saved ? -1 : 0));
    const wanted = filter.querySelector("input:checked").value;
    const shown = saved.filter((one) => wanted === "all" || one.read === (wanted === "read"));
    const counts = { n: saved.length, unread: saved.filter((one) => !one.read).length };

    /* A note being written must not lose its field: only what changed is made again. */
    const place = document.activeElement?.closest("[data-key]");
    const writing = place && document.activeElement.matches("textarea") ? place : null;
    if (!writing) {
      const label = document.activeElement?.closest("[data-key] button")?.textContent;
      list.replaceChildren(...shown.map(item));
      const again = place && list.querySelector(`[data-key="${place.dataset.key}"]`);
      [...(again?.querySelectorAll("button") ?? [])]
        .find((made) => made.textContent === label)
        ?.focus();
    }
    status.textContent = saved.length ? word("status", counts) : word("empty");
    if (!durable()) status.append(" " + word("refused"));
    else if (location.protocol === "file:") disk.textContent = word("from.file");

    const hidden = records.filter((one) => one.hidden);
    hiddenList.closest("section").hidden = !hidden.length;
    hiddenList.replaceChildren(
      ...hidden.map((record) => {
        const made = element("li");
        made.append(
          element("span", record.title),
          " ",
          button(word("show"), null, () => {
            change(record.slug, { hidden: false });
            say("said.shown", record);
            (hiddenList.querySelector("button") ?? status).focus();
          }),
        );
        return made;
      }),
    );
    for (const made of document.querySelectorAll("[data-export]")) made.disabled = !records.length;
  }

  /* Out. */

  /* cite.js has a twin, which follows the generator: where all braces have partners it writes them
     as \{ and \}. Here each goes by its name, and the lines of a note become one. */
  const ESCAPES = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
  };

  function tex(text) {
    return text
      .replace(/[\u0000-\u001f\u007f]+/g, " ")
      .replace(/[\\{}$&%#_~^]/g, (sign) => ESCAPES[sign] ?? "\\" + sign);
  }

  function folded(text) {
    const latin = text.normalize("NFKD").toLowerCase();
    return latin.match(/[a-z0-9]+/g) ?? [];
  }

  /** When the paper came out, as far as is known; the day of a digest that lists it says nothing. */
  function yearOf(record) {
    const [, year] = /^(?:[a-z.-]+\/)?(\d\d)\d\d/i.exec(record.arxiv) ?? [];
    return record.published.slice(0, 4) || (year ? (year > 90 ? "19" : "20") + year : "");
  }

  function bibtexOf(record, key) {
    const fields = {
      author: record.authors.map(tex).join(" and "),
      title: `{${tex(record.title)}}`,
      year: yearOf(record),
      eprint: plain(record.arxiv),
      archivePrefix: record.arxiv ? "arXiv" : "",
      doi: plain(record.doi),
      url: record.arxiv ? `https://arxiv.org/abs/${plain(record.arxiv)}` : plain(record.url),
      keywords: [record.saved && "saved", record.read && "read", record.hidden && "hidden"]
        .filter(Boolean)
        .join(", "),
      annote: tex(record.note),
      gazette: record.elsewhere ? "" : (record.month ? `${record.month}/` : "") + record.slug,
    };
    const lines = Object.entries(fields).filter(([, value]) => value);
    return `@misc{${key},\n${lines.map(([name, value]) => `  ${name} = {${value}}`).join(",\n")}\n}\n`;
  }

  function plain(text) {
    return text.replace(/[\\{}\s]/g, "");
  }

  function bibtex(records) {
    const taken = new Set();
    return records
      .map((record) => {
        const who = folded((record.authors[0] ?? "").split(",")[0]).at(-1) ?? "";
        const what = folded(record.title).find((one) => one.length > 3) ?? "paper";
        const base = (who || "paper") + yearOf(record) + what;
        let key = base;
        for (let number = 2; taken.has(key); number += 1) key = `${base}-${number}`;
        taken.add(key);
        return bibtexOf(record, key);
      })
      .join("\n");
  }

  function download(text, type, name) {
    const link = document.createElement("a");
    const url = URL.createObjectURL(new Blob([text], { type }));
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  }

  const EXPORTS = {
    json: (records) => [
      JSON.stringify({ format: FORMAT, version: 1, papers: records }, null, 1) + "\n",
      "application/json",
      "reading-list.json",
    ],
    bibtex: (records) => [bibtex(records), "application/x-bibtex", "reading-list.bib"],
  };

  /* In. */

  function fromJson(text) {
    const data = JSON.parse(text);
    return data?.format === FORMAT && Array.isArray(data.papers) ? data.papers : null;
  }

  /** The entries of a BibTeX file as objects of their fields, names in small letters. */
  function entries(text) {
    const found = [];
    const opening = /@\s*(\w+)\s*\{\s*[^\s,{}]*\s*,/g;
    for (let start = opening.exec(text); start; start = opening.exec(text)) {
      const fields = {};
      let at = opening.lastIndex;
      for (;;) {
        const name = /^[\s,]*([A-Za-z][\w-]*)\s*=\s*/.exec(text.slice(at, at + 200));
        if (!name) break;
        at += name[0].length;
        const end = valueEnd(text, at);
        fields[name[1].toLowerCase()] = text.slice(at, end).trim();
        at = end;
      }
      opening.lastIndex = at;
      if (!/^(comment|string|preamble)$/i.test(start[1])) found.push(fields);
    }
    return found;
  }

  /** Where the value that begins at `at` ends: braces counted, quotes paired, or a bare word. */
  function valueEnd(text, at) {
    let depth = 0;
    let quoted = false;
    for (let end = at; end < text.length; end += 1) {
      const sign = text[end];
      if (sign === "{") depth += 1;
      else if (sign === "}" && depth) depth -= 1;
      else if (sign === '"' && !depth) quoted = !quoted;
      else if ((sign === "," || sign === "}") && !depth && !quoted) return end;
    }
    return text.length;
  }

  const NAMED = {
    textbackslash: "\\",
    textasciitilde: "~",
    textasciicircum: "^",
    textbraceleft: "{",
    textbraceright: "}",
  };

  /* TeX's accents as the characters that combine with the letter before them. */
  const ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    '"': "\u0308",
  };

  const LETTERS = {
    aa: "å", AA: "Å", ae: "æ", AE: "Æ", oe: "œ", OE: "Œ", o: "ø", O: "Ø",
    l: "ł", L: "Ł", ss: "ß", i: "i", j: "j",
  };

  /** Text out of a BibTeX value: outer marks and braces off, our escapes undone. */
  function untex(value = "") {
    const bare = /^(\{[^]*\}|"[^]*")$/.test(value) ? value.slice(1, -1) : value;
    return bare
      .replace(/\\(aa|AA|ae|AE|oe|OE|ss|[oOlLij])(?![A-Za-z])(?: +|\{\})?/g, (whole, name) => LETTERS[name])
      .replace(/\\([`'^~=."])\s*\{?\\?([A-Za-z])\}?/g, (whole, accent, letter) =>
        (letter + ACCENTS[accent]).normalize("NFC"),
      )
      .replace(/\\(text\w+)\s*(?:\{\})?|\\([^A-Za-z0-9\s])|[{}]/g, (whole, name, sign) =>
        name ? (NAMED[name] ?? "") : (sign ?? ""),
      )
      .replace(/\s+/g, " ")
      .trim();
  }

  /** A paper's name in addresses, as the site makes it of a title. */
  function slugify(title) {
    const slug = folded(title.replaceAll("'", "")).join("-");
    const head = slug.slice(0, 81);
    return slug.length <= 80 ? slug : head.slice(0, Math.max(head.lastIndexOf("-"), 1));
  }

  function fromBibtex(text) {
    const found = entries(text).map((fields) => {
      const marks = untex(fields.keywords).split(/\s*,\s*/);
      const [own, month] = untex(fields.gazette).split("/").reverse();
      const arxiv = /arxiv/i.test(untex(fields.archiveprefix ?? fields.eprinttype))
        ? untex(fields.eprint)
        : "";
      return {
        slug: own || slugify(untex(fields.title)),
        month,
        title: untex(fields.title),
        authors: untex(fields.author).split(/\s+and\s+/).filter(Boolean),
        date: untex(fields.date) || untex(fields.year),
        published: untex(fields.date) || untex(fields.year),
        arxiv,
        doi: untex(fields.doi),
        url: untex(fields.url) || (arxiv && `https://arxiv.org/abs/${arxiv}`),
        elsewhere: !own,
        saved: own && !marks.includes("saved") ? "" : new Date().toISOString(),
        read: marks.includes("read"),
        hidden: marks.includes("hidden"),
        note: untex(fields.annote),
      };
    });
    return found.length ? found : null;
  }

  async function take(file) {
    if (file.size > MOST_BYTES) return word("import.large");
    const text = await file.text();
    let papers;
    try {
      papers = /^\s*[[{"]/.test(text) ? fromJson(text) : fromBibtex(text);
    } catch {
      papers = null;
    }
    if (!papers) return word("import.wrong");
    const { taken, refused } = merge(papers);
    return refused ? word("import.some", { n: taken, refused }) : word("import.done", { n: taken });
  }

  const message = document.getElementById("reading-message");
  const input = document.querySelector("[data-import]");
  input.addEventListener("change", async () => {
    if (!input.files.length) return;
    message.textContent = await take(input.files[0]);
    input.value = "";
  });
  for (const made of document.querySelectorAll("[data-export]")) {
    made.addEventListener("click", () => {
      const records = [...all().values()];
      download(...EXPORTS[made.dataset.export](records));
    });
  }
  filter.addEventListener("change", show);
  document.addEventListener("gazette:reading", show);
  show();
});
