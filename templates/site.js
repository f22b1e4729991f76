/*
 * The words that scripts say, and the comforts of every page: theme, text size, keyboard. All of it
 * works from a folder on disk.
 */
{% set texts = {} %}
{# What templates say themselves, and no script. #}
{% set said = ("reading.about", "reading.file", "reading.file.about", "reading.export.json", "reading.export.bibtex", "reading.filter", "reading.filter.all", "reading.filter.read", "reading.filter.unread", "reading.import", "reading.noscript", "reading.title", "reading.hidden", "reading.saved", "rules.title", "cite.day", "cite.heading") %}
{% for key, text in t.texts.items() if key not in said and (not key.startswith("keys.") or key in ("keys.on", "keys.off", "keys.list")) and key.split(".")[0] in ("reading", "cite", "keys", "theme", "size", "rules") %}
{% set _ = texts.update({key: text}) %}
{% endfor %}
window.gazetteStrings = {{ texts | tojson }};

(function () {
  "use strict";
  const chosen = document.documentElement.dataset;
  const root = new URL("..", document.currentScript.src);

  const word = (key) => window.gazetteStrings[key];

  /** Return a new element with what it holds: texts and other elements. */
  function element(name, ...inside) {
    const made = document.createElement(name);
    made.append(...inside);
    return made;
  }

  /* What a reader can set, and which value holds without a choice. The page's first script has
     set theme and size before anything was painted; keys matter from here on only. */
  const SETTINGS = {
    theme: ["system", "light", "dark"],
    size: ["normal", "small", "large"],
    keys: ["on", "off"],
  };

  /** Private windows and some file:// pages refuse storage; a choice then lasts one page. */
  function stored(name, value) {
    const key = "gazette." + name;
    try {
      if (value) localStorage.setItem(key, value);
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function setting(name) {
    const now = chosen[name] || stored(name);
    const group = element("fieldset", element("legend", word(name)));
    for (const value of SETTINGS[name]) {
      const choice = document.createElement("input");
      Object.assign(choice, { type: "radio", name, value });
      choice.checked = value === (now || SETTINGS[name][0]);
      choice.addEventListener("change", () => {
        chosen[name] = value;
        stored(name, value);
      });
      group.append(element("label", choice, " ", word(`${name}.${value}`)));
    }
    return group;
  }

  chosen.keys = stored("keys") || "on";
  const display = document.querySelector(".display");
  const panel = element("div", ...Object.keys(SETTINGS).map(setting));
  const opener = element("button", word("keys.list"));
  panel.className = "panel";
  opener.type = "button";
  opener.addEventListener("click", help);
  panel.lastChild.append(opener);
  display.append(panel);
  document.addEventListener("click", (event) => {
    if (!display.contains(event.target)) display.open = false;
  });
  display.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !display.open) return;
    display.open = false;
    display.querySelector("summary").focus();
  });

  /* How many papers the reading list of this site has: shown from the first one on. */
  const saved = document.querySelector(".saved");

  function count() {
    let n = 0;
    try {
      const held = JSON.parse(localStorage.getItem("gazette.reading:" + root.pathname)) ?? [];
      n = held.filter((paper) => paper.saved).length;
    } catch {
      /* Refused, or no list of ours. */
    }
    const shelf = window.gazetteReading?.all();
    if (shelf) n = [...shelf.values()].filter((paper) => paper.saved).length;
    saved.hidden = n === 0;
    saved.querySelector("b").textContent = n;
  }

  count();
  document.addEventListener("gazette:reading", count);
  addEventListener("storage", count);

{% if site.offline %}
  /* Without a network: what the service worker keeps. From a folder on disk there is none. */
  if (navigator.serviceWorker && location.protocol !== "file:") {
    const manifest = document.createElement("link");
    manifest.rel = "manifest";
    manifest.href = new URL("{{ urls.MANIFEST }}", root);
    document.head.append(manifest);
    navigator.serviceWorker
      .register(new URL("{{ urls.WORKER }}", root))
      .catch(() => {}); // refused, as in a private window: the site works with a network
  }

{% endif %}
  /* The paper that has the focus; else the one that was last chosen. */
  let last = null;

  function current() {
    return document.activeElement.closest(".papers > li:not(.gone)") ?? last;
  }

  /** Go `step` papers on, from the current one or else from the first that is in sight. */
  function walk(step) {
    const papers = [...document.querySelectorAll(".papers > li:not([hidden], .gone, .is-left-out)")];
    const at = papers.indexOf(current());
    const seen = papers.findIndex((paper) => paper.getBoundingClientRect().bottom > 0);
    const next = papers[at < 0 ? Math.max(seen, 0) : at + step];
    if (!next) return;
    last?.classList.remove("at");
    last = next;
    last.classList.add("at");
    last.querySelector("a").focus({ preventScroll: true });
    last.scrollIntoView({ block: "nearest" });
  }

  function follow(selector) {
    document.querySelector(selector)?.click();
  }

  function go(path) {
    location.href = new URL(path, root);
  }

{% if site.search %}
  function search() {
    if (!document.getElementById("q")) go("{{ urls.SEARCH }}");
  }

{% endif %}
  function save() {
    const paper = current() ?? document.querySelector("article");
    paper?.querySelector('button[data-act="save"]')?.click();
  }

  /* What a key does: its name, as the help says it, the word for it, the deed. */
  const KEYS = [
    ["j", "j", () => walk(1)],
    ["k", "k", () => walk(-1)],
    ["o", "o", () => current()?.querySelector("a").click()],
    ["s", "s", save],
{% if site.search %}
    ["/", "search", search],
{% endif %}
    ["←", "left", () => follow('.turn:not(.parts) [rel="prev"]')],
    ["→", "right", () => follow('.turn:not(.parts) [rel="next"]')],
    ["[", "before", () => follow('.parts [rel="prev"]')],
    ["]", "after", () => follow('.parts [rel="next"]')],
    ["g d", "gd", () => go("index.html")],
    ["g a", "ga", () => go("archive.html")],
    ["g t", "gt", () => go("topics/index.html")],
    ["g l", "gl", () => go("reading-list.html")],
    ["?", "help", help],
  ];
  const DEEDS = new Map(KEYS.map(([keys, , deed]) => [keys, deed]));
  const NAMES = { ArrowLeft: "←", ArrowRight: "→" };
  const TYPED_IN = "input, select, textarea, dialog, [contenteditable]";

  /** The list of all keys. */
  function help() {
    const old = document.querySelector("dialog.keys");
    if (old) return old.showModal();
    const script = document.createElement("script");
    script.src = new URL("{{ urls.KEYS }}", root);
    script.onload = () => window.gazetteHelp(KEYS);
    document.head.append(script);
  }

  /* The reader's rules: their script is loaded where there are any, and a list. */
  const rules = "js/rules.js";
  const isHeld = stored("rules:" + root.pathname)?.length > 2;
  if (isHeld && document.querySelector("main .papers, main .related") && !document.querySelector(`[src$="${rules}"]`)) {
    const script = document.createElement("script");
    script.src = new URL(rules, root);
    document.head.append(script);
  }

  let first = "";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || chosen.keys === "off") return;
    if (event.isComposing || document.activeElement.closest(TYPED_IN)) return;
    const key = NAMES[event.key] ?? event.key;
    const deed = DEEDS.get(first + key);
    first = key === "g" && !first ? "g " : "";
    if (!deed || (key === "/" && document.getElementById("q"))) return;
    event.preventDefault();
    deed();
  });
})();
