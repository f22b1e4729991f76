/* What the search page shows: results, and what it says about them. */
((search) => {
  "use strict";

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  /* 1,234. What browsers have for it takes tens of milliseconds to be there. */
  const grouped = (number) => String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");

  /* The texts of the page's language: say(key, values) fills in {names}; `n` chooses a plural. */
  search.speak = (strings) => (key, values = {}) => {
    const text = strings[key];
    const chosen = typeof text === "string" ? text : (values.n === 1 && text.one) || text.other;
    return chosen.replace(/\{(\w+)\}/g, (_, name) =>
      typeof values[name] === "number" ? grouped(values[name]) : values[name],
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

  /* Where the page of a paper is, as a record says it: below papers/, and of the slug, which is its last
     part, only what the title does not give. On another site, it is the whole address. */
  search.pageOf = (title, page = "") => {
    const whole = !page || page.endsWith("/") ? page + search.slugify(title) : page;
    const [, month = ""] = /^(\d{4}-\d\d)\//.exec(whole) || [];
    const elsewhere = whole.includes("://"); // on the site of another year
    const href = `${elsewhere ? "" : "papers/"}${whole}.html`;
    return { slug: whole.split("/").pop(), month, href, elsewhere };
  };

  const day = (iso, say) => {
    const [year, month, number] = iso.split("-").map(Number);
    return say("date.short", { year: `${year}`, day: number, mon: say(`mon.${month}`) });
  };

  /* The month of a day. */
  search.monthOf = (iso, say) => {
    const [year, month] = iso.split("-").map(Number);
    return say("date.month", { year: `${year}`, month: say(`mon.${month}`) });
  };

  const PARTS = new Set(["pasted", "title", "all", "word", "begun", "some"]);

  /* The heading of a stage, over its first result. */
  const heading = (part, say) =>
    PARTS.has(part) ? [element("h2", { className: "part" }, say(`search.part.${part}`))] : [];

  /* What can be done with a paper: keep it, read it, run it. */
  function actions({ title, authors, date, slug, month, href, elsewhere, arxiv, code, pdf }, say) {
    const save = element("button", { type: "button" }, say("reading.save"));
    Object.assign(save.dataset, { act: "save", slug });
    const names = authors.split(", ").filter((name) => name !== "…");
    const known = { title, authors: names, date, month, arxiv, elsewhere, url: elsewhere ? href : "" };
    save.addEventListener("click", () => search.keep(slug, known, save));
    const links = [
      [pdf || (arxiv && `https://arxiv.org/pdf/${arxiv}`), "link.pdf"],
      [code, "link.code"],
    ].filter(([address]) => /^https?:/.test(address || ""));
    const made = links.map(([href, key]) => element("a", { href, rel: "noopener" }, say(key)));
    return element("p", { className: "actions" }, save, ...made.flatMap((one) => [" ", one]));
  }

  /* A record as an item of the list: `part` heads it, `isMatch` says which words to mark. */
  search.item = ([title, authors, date, page, arxiv, code, pdf], isMatch, say, part) => {
    const place = search.pageOf(title, page);
    const link = element("a", { href: place.href });
    link.append(...search.marked(title, isMatch));
    const meta = element("p", { className: "meta" });
    meta.append(element("time", { dateTime: date }, day(date, say)));
    if (pdf === "-") meta.append(element("strong", { className: "withdrawn" }, say("withdrawn")), " ");
    if (authors)
      meta.append(element("span", { className: "authors" }, ...search.marked(authors, isMatch)));
    return element(
      "li",
      { className: "paper" },
      ...(part ? heading(part, say) : []),
      element("h3", {}, link),
      meta,
      element("p", { className: "lead" }),
      actions({ ...place, title, authors, date, arxiv, code, pdf }, say),
    );
  };

  /* Put the sentence that matches into an item, into the room that is kept for it, and its address into
     the link. Where it does not load, the result stands without. */
  search.fill = async (item, document, isMatch) => {
    const { shown, whole } = search.sentence(await search.abstract(document), isMatch);
    item.querySelector(".lead").replaceChildren(...search.marked(shown, isMatch));
    const link = item.querySelector("h3 a");
    link.setAttribute("href", link.getAttribute("href") + search.fragment(whole));
  };

  const waiting = new WeakMap(); // items that nobody has seen yet: what fills each
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting) {
        seen.unobserve(target);
        waiting.get(target)().catch((error) => {
          if (!(error instanceof search.Unloaded)) throw error;
        });
      }
  });

  /* Fill an item as soon as it is in view: an abstract is ten times what else is shown of a paper. */
  search.fillSeen = (item, document, isMatch) => {
    waiting.set(item, () => search.fill(item, document, isMatch));
    seen.observe(item);
  };

  /* What was done to help, in words: a list of nodes. `since`: the month from which on papers were searched,
     if not all were. */
  search.note = (note, say, since) => {
    const { kind, word, shown, message, most, href } = note;
    if (kind === "corrected") {
      const values = { word: search.spelt(word), shown: shown.join(", "), since };
      return [say(`search.${shown.length ? kind : "unknown"}${since ? ".since" : ""}`, values)];
    }
    if (kind === "any" && since) return [say("search.any.since", { since })];
    const text = say(`search.${kind}`, { word, message, most });
    if (!href) return [text];
    return [`${text} `, element("a", { href, rel: "noopener" }, say("search.elsewhere", { href }))];
  };

  /* A message with a button that tries again. */
  search.trouble = (say, again) => {
    const button = element("button", { type: "button" }, say("search.retry"));
    button.addEventListener("click", again);
    return element("p", { className: "failed" }, `${say("search.failed")} `, button);
  };
})((globalThis.gazetteSearch ||= {}));
