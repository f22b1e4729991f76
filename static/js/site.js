/* The comforts of every page: theme, text size, keyboard. All of it works from a folder on disk. */
(function () {
  "use strict";
  const root = document.documentElement;

  /** The browser's storage, or nothing where it is refused: settings then last one page. */
  function keep(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      /* Private windows and some file:// pages refuse storage; the choice holds for this page. */
    }
  }

  for (const group of document.querySelectorAll("[data-setting]")) {
    const name = group.dataset.setting;
    for (const choice of group.querySelectorAll("input")) {
      choice.checked = choice.value === root.dataset[name];
      choice.addEventListener("change", () => {
        root.dataset[name] = choice.value;
        keep("gazette." + name, choice.value);
      });
    }
  }

  const display = document.querySelector(".display");
  document.addEventListener("click", (event) => {
    if (!display.contains(event.target)) display.open = false;
  });
  display.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !display.open) return;
    display.open = false;
    display.querySelector("summary").focus();
  });

  /* The paper that has the focus; else the one that was last chosen. */
  let last = null;

  function current() {
    return document.activeElement.closest("[data-slug]") ?? last;
  }

  /** Go `step` papers on, from the current one or else from the first that is in sight. */
  function walk(step) {
    const papers = [...document.querySelectorAll("li[data-slug]:not([hidden])")];
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
    location.href = (root.dataset.root || "./") + path;
  }

  function search() {
    if (!document.getElementById("q")) go("search.html");
  }

  function save() {
    const paper = current() ?? document.querySelector("article[data-slug]");
    paper?.querySelector('button[data-act="save"]')?.click();
  }

  /* What a key does: its name, as the help says it, the word for it, the deed. */
  const KEYS = [
    ["j", "j", () => walk(1)],
    ["k", "k", () => walk(-1)],
    ["o", "o", () => current()?.querySelector("a").click()],
    ["s", "s", save],
    ["/", "search", search],
    ["←", "left", () => follow('main [rel="prev"]')],
    ["→", "right", () => follow('main [rel="next"]')],
    ["g d", "gd", () => go("index.html")],
    ["g a", "ga", () => go("archive.html")],
    ["g t", "gt", () => go("topics/index.html")],
    ["?", "help", help],
  ];
  const DEEDS = new Map(KEYS.map(([keys, , deed]) => [keys, deed]));
  const NAMES = { ArrowLeft: "←", ArrowRight: "→" };
  const TYPED_IN = "input, select, textarea, dialog, [contenteditable]";

  /** The list of all keys, in a dialog that is made when it is first asked for. */
  function help() {
    const old = document.querySelector("dialog.keys");
    if (old) return old.showModal();
    const word = (name) => window.gazetteStrings?.["keys." + name] ?? name;
    const dialog = document.createElement("dialog");
    dialog.className = "keys";
    dialog.setAttribute("aria-labelledby", "keys-title");
    dialog.innerHTML = '<h2 id="keys-title"></h2><dl></dl><form method="dialog"><button></button></form>';
    dialog.querySelector("h2").textContent = word("title");
    dialog.querySelector("button").textContent = word("close");
    for (const [keys, name] of KEYS) {
      const [term, text] = [document.createElement("dt"), document.createElement("dd")];
      for (const key of keys.split(" ")) {
        const cap = document.createElement("kbd");
        cap.textContent = key;
        term.append(cap, " ");
      }
      text.textContent = word(name);
      dialog.querySelector("dl").append(term, text);
    }
    document.body.append(dialog);
    dialog.showModal();
  }

  let first = "";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || root.dataset.keys === "off") return;
    if (event.isComposing || document.activeElement.closest(TYPED_IN)) return;
    const key = NAMES[event.key] ?? event.key;
    const deed = DEEDS.get(first + key);
    first = key === "g" && !first ? "g " : "";
    if (!deed || (key === "/" && document.getElementById("q"))) return;
    event.preventDefault();
    deed();
  });
  display.querySelector("button").addEventListener("click", help);
})();
