/* The comforts of every page: theme and text size. All of it works from a folder on disk. */
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
})();
