(function (root, store) {
  try { store = localStorage } catch (refused) { store = {} }
  root.dataset.js = "";
  root.dataset.theme = store["gazette.theme"] || "system";
  root.dataset.keys = store["gazette.keys"] || "on";
  root.dataset.size = store["gazette.size"] || "normal";
})(document.documentElement);
