/* The search page: a search as lines for content/feeds.yaml, and searches followed in this browser,
   each with what is new since it was last looked at. The list stays in the browser. */
(() => {
  "use strict";
  const find = (id) => document.getElementById(id);
  const box = find("search-follow");
  const form = find("search");
  const { newest, since, remove, copied } = box.dataset;
  const site = new URL("..", document.currentScript.src).pathname;
  const KEY = "gazette.followed:" + site;
  const FIELDS = ["q", "topic", "from", "to", "code"];
  const DAY = /^\d{4}-\d\d-\d\d$/;
  let memory = null;

  const valueOf = (name) => {
    const field = form.elements[name];
    return field.type === "checkbox" ? (field.checked ? field.value : "") : field.value.trim();
  };
  const asked = () => FIELDS.map((name) => [name, valueOf(name)]).filter(([, value]) => value);
  const nameOf = (parts) => parts.map(([name, value]) => (name === "code" ? name : value)).join(" ");

  /* A string in JSON is one in YAML as well. */
  function lines(parts) {
    const given = Object.fromEntries(parts);
    const text = [`${JSON.stringify(nameOf(parts))}:`];
    if (given.q) text.push(`  query: ${JSON.stringify(given.q)}`);
    if (given.topic) text.push(`  topics: [${JSON.stringify(given.topic)}]`);
    if (given.from) text.push(`  since: ${given.from}`);
    if (given.to) text.push(`  until: ${given.to}`);
    if (given.code) text.push("  code: true");
    return text.join("\n") + "\n";
  }

  /** What is followed: the query of an address, and the newest day that was seen of it. */
  function followed() {
    try {
      memory = JSON.parse(localStorage.getItem(KEY)) ?? memory;
    } catch {
      /* Refused, or none of ours: it lasts as long as the page. */
    }
    const entries = memory && typeof memory === "object" ? Object.entries(memory) : [];
    return new Map(entries.filter(([, day]) => DAY.test(day)));
  }

  function keep(map) {
    memory = Object.fromEntries(map);
    try {
      localStorage.setItem(KEY, JSON.stringify(memory));
    } catch {
      /* The same. */
    }
    show();
  }

  function after(day) {
    const next = new Date(`${day}T00:00:00Z`);
    next.setUTCDate(next.getUTCDate() + 1);
    return next.toISOString().slice(0, 10);
  }

  function link(text, query) {
    const made = document.createElement("a");
    made.href = `search.html?${query}`;
    made.textContent = text;
    return made;
  }

  function row(query, seen) {
    const item = document.createElement("li");
    const parts = [...new URLSearchParams(query)];
    item.append(link(nameOf(parts), query));
    if (newest > seen) {
      const fresh = new URLSearchParams(query);
      if (!(fresh.get("from") > seen)) fresh.set("from", after(seen));
      const made = link(since.replace("{day}", seen), fresh);
      made.className = "fresh";
      made.addEventListener("click", () => keep(followed().set(query, newest)));
      item.append(" · ", made);
    }
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = remove;
    button.setAttribute("aria-label", `${remove}: ${nameOf(parts)}`);
    button.addEventListener("click", () => {
      const map = followed();
      map.delete(query);
      keep(map);
      find("q").focus();
    });
    item.append(" ", button);
    return item;
  }

  function show() {
    const map = followed();
    const section = find("followed");
    section.hidden = !map.size;
    section.querySelector("ul").replaceChildren(...Array.from(map, (one) => row(...one)));
  }

  function write() {
    const parts = asked();
    box.hidden = !parts.length;
    find("follow-lines").textContent = lines(parts);
  }

  find("follow-here").addEventListener("click", () => {
    const query = new URLSearchParams(asked()).toString();
    if (query) keep(followed().set(query, newest || "1970-01-01"));
  });
  find("follow-copy").addEventListener("click", async ({ target }) => {
    try {
      await navigator.clipboard.writeText(find("follow-lines").textContent);
      target.textContent = copied;
    } catch {
      getSelection().selectAllChildren(find("follow-lines"));
    }
  });
  for (const event of ["input", "change", "submit"]) form.addEventListener(event, write);
  box.addEventListener("toggle", write);
  // The address fills in the fields once the index is there.
  new MutationObserver(write).observe(find("results"), { attributes: true });
  write();
  show();
})();
