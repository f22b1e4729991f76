{ // Before the first paint: the reader's theme and size of text, and that scripts run.
  const d = document.documentElement.dataset;
  d.js = "";
  try {
    for (const n of ["theme", "size"]) d[n] = localStorage["gazette." + n] || "";
  } catch {}
}
