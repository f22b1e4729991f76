/*
 * The page of the reader's rules: to add and remove them, to take them along as a file or, together
 * with the reading list, as a link. All of such a link stands behind its #, which no server is sent.
 */
(() => {
  "use strict";
  const { all, keep, clean, root } = window.gazetteRules;
  const reading = window.gazetteReading;
  const find = (id) => document.getElementById(id);
  const strings = JSON.parse(find("rules-strings").textContent);
  const say = (key, values = {}) =>
    strings["myrules." + key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const form = find("rules-add");
  const list = find("rules");
  const message = find("rules-message");
  const FORMAT = "gazette-rules";
  const MOST_BYTES = 2_000_000;

  function element(name, properties, ...inside) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  }

  function act(word, deed, label = word) {
    const made = element("button", { type: "button", ariaLabel: label }, word);
    made.addEventListener("click", deed);
    return made;
  }

  function show() {
    const rules = all();
    list.replaceChildren(
      ...rules.map((rule, at) => {
        const text = say(`as.${rule.deed}`, { rule: say(`as.${rule.kind}`, { text: rule.text }) });
        const remove = act(
          say("remove"),
          () => {
            keep(all().filter((_, place) => place !== at));
            show();
            message.textContent = say("removed", { rule: rule.text });
            form.elements.text.focus();
          },
          `${say("remove")}: ${rule.text}`,
        );
        return element("li", {}, text, " ", remove);
      }),
    );
    find("rules-none").hidden = rules.length > 0;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { kind, text, deed } = Object.fromEntries(new FormData(form));
    const added = clean([{ kind, text, deed }]);
    if (!added.length) {
      message.textContent = say("empty");
      return;
    }
    keep([...all(), ...added]);
    message.textContent = say("added", { rule: added[0].text });
    form.elements.text.value = "";
    form.elements.text.focus();
    show();
  });

  /* As a file. */
  find("rules-export").addEventListener("click", () => {
    const data = JSON.stringify({ format: FORMAT, version: 1, rules: all() }, null, 2);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data], { type: "application/json" }));
    link.download = "rules.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href));
  });

  /** Take over what a file or a link holds; what is here stays. */
  function take({ rules, papers }) {
    const fresh = clean(rules);
    keep([...all(), ...fresh]);
    const { taken } = papers.length ? reading.merge(papers) : { taken: 0 };
    show();
    message.textContent = say("taken", { rules: fresh.length, papers: taken });
  }

  /** What `text` holds, or null: rules, and papers of a reading list. */
  function read(text) {
    try {
      const found = JSON.parse(text);
      if (found?.format !== FORMAT || !Array.isArray(found.rules)) return null;
      return { rules: found.rules, papers: Array.isArray(found.papers) ? found.papers : [] };
    } catch {
      return null;
    }
  }

  const input = find("rules-import");
  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file) return;
    const found = file.size > MOST_BYTES ? null : read(await file.text());
    if (found) take(found);
    else message.textContent = say("wrong");
    input.value = "";
  });

  /* As a link: JSON, packed where the browser can, in the letters that an address may have. */
  async function piped(bytes, stream) {
    const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
    const parts = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > MOST_BYTES) throw new RangeError("too large");
      parts.push(value);
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }

  async function pack(text) {
    let bytes = new TextEncoder().encode(text);
    const isPacked = "CompressionStream" in window;
    if (isPacked) bytes = await piped(bytes, new CompressionStream("deflate-raw"));
    let letters = "";
    for (const byte of bytes) letters += String.fromCharCode(byte);
    const safe = btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
    return (isPacked ? "z" : "p") + safe;
  }

  async function unpack(text) {
    const letters = atob(text.slice(1).replaceAll("-", "+").replaceAll("_", "/"));
    let bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    if (text[0] === "z") bytes = await piped(bytes, new DecompressionStream("deflate-raw"));
    return new TextDecoder().decode(bytes);
  }

  /** What others may be told of a paper: not the notes, which are the reader's own. */
  const told = ({ slug, month, title, authors, date, arxiv, doi, url, elsewhere, saved, read: isRead, hidden }) => ({
    slug, month, title, authors: authors.slice(0, 3), date, arxiv, doi, url, elsewhere, saved, read: isRead, hidden,
  });

  find("rules-share").addEventListener("click", async () => {
    const papers = find("rules-with-list").checked ? [...reading.all().values()].map(told) : [];
    const text = JSON.stringify({ format: FORMAT, version: 1, rules: all(), papers });
    const link = find("rules-link");
    link.value = `${new URL("rules.html", root)}#share=${await pack(text)}`;
    find("rules-linked").hidden = false;
    link.focus();
    link.select();
    try {
      await navigator.clipboard.writeText(link.value);
      message.textContent = say("copied");
    } catch {
      message.textContent = say("copy");
    }
  });

  /** A link that somebody opens: what is in it is said, and taken over only when it is wanted. */
  async function offered() {
    const [, packed] = location.hash.match(/^#share=([zp][\w-]+)$/) ?? [];
    const place = find("rules-offered");
    place.replaceChildren();
    if (!packed) return;
    let found = null;
    try {
      found = read(await unpack(packed));
    } catch {
      /* Cut off, or no link of ours. */
    }
    if (!found) {
      message.textContent = say("link.wrong");
      return;
    }
    const done = () => {
      place.replaceChildren();
      history.replaceState(null, "", location.pathname + location.search);
      find("rules-heading").focus();
    };
    place.append(
      element("p", {}, say("offered", { rules: clean(found.rules).length, papers: found.papers.length })),
      element(
        "p",
        { className: "keep" },
        act(say("accept"), () => {
          take(found);
          done();
        }),
        " ",
        act(say("refuse"), done),
      ),
    );
  }

  addEventListener("hashchange", offered);
  show();
  offered();
})();
