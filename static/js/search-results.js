/* What the search page shows: results, and what it says about them. */
((search) => {
  "use strict";

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  /* The texts of the page's language: say(key, values) fills in {names}; `n` chooses a plural. */
  search.speak = (strings) => (key, values = {}) => {
    const text = strings[key];
    const chosen = typeof text === "string" ? text : (values.n === 1 && text.one) || text.other;
    return chosen.replace(/\{(\w+)\}/g, (_, name) =>
      typeof values[name] === "number" ? values[name].toLocaleString("en") : values[name],
    );
  };

  /* The slug that generator/urls.py gives a title. */
  search.slugify = (title) => {
    const latin = title.normalize("NFKD").replace(/[^\0-\x7f]/g, "").toLowerCase();
    const slug = latin.replaceAll("'", "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    if (slug.length <= 80) return slug;
    const head = slug.slice(0, 81);
    return head.includes("-") ? head.slice(0, head.lastIndexOf("-")) : head.slice(0, 80);
  };

  const day = (iso, say) => {
    const [year, month, number] = iso.split("-").map(Number);
    return say("date.short", { year: `${year}`, day: number, mon: say(`mon.${month}`) });
  };

  /* A record as an item of the list; `isMatch` says which words to mark. */
  search.item = ([title, authors, date, lines, slug], isMatch, say) => {
    const link = element("a", { href: `papers/${slug || search.slugify(title)}.html` });
    link.append(...search.marked(title, isMatch));
    const meta = element("p", { className: "meta" });
    meta.append(element("time", { dateTime: date }, day(date, say)));
    if (authors)
      meta.append(element("span", { className: "authors" }, ...search.marked(authors, isMatch)));
    return element(
      "li",
      { className: "paper" },
      element("h3", {}, link),
      meta,
      element("p", { className: "lead" }, ...search.marked(lines, isMatch)),
    );
  };

  /* What was done to help, in words. */
  search.note = ({ kind, word, shown, all, message }, say) => {
    if (kind === "corrected")
      return shown.length
        ? say("search.corrected", { word, shown: shown.join(", ") })
        : say("search.unknown", { word });
    if (kind === "some") return all ? say("search.some", { n: all }) : say("search.any");
    if (kind === "broad") return say("search.broad", { word });
    return say("search.syntax", { message });
  };

  /* A message with a button that tries again. */
  search.trouble = (say, again) => {
    const button = element("button", { type: "button" }, say("search.retry"));
    button.addEventListener("click", again);
    return element("p", { className: "failed" }, `${say("search.failed")} `, button);
  };
})((globalThis.gazetteSearch ||= {}));
