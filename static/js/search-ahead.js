/* The last of the first script: what the address asks for is asked for of the index while the rest of
   the client is still on its way; then the rest is run. */
((search) => {
  "use strict";
  const MOST = 6; // words
  const PLAIN = /^[\p{L}\p{N}\s,.'’-]*$/u; // signs of a query that is words and no more

  /* Ask for the shards of the words in the address. Only a head start: whoever needs one asks again. */
  async function ahead(text) {
    await search.open();
    const useful = search.words(text).filter((word) => !search.stop.has(word));
    await search.need(useful.slice(0, MOST).flatMap(search.formsOf));
  }

  search.head();
  const asked = new URLSearchParams(location.search).get("q") || "";
  if (asked.trim() && PLAIN.test(asked)) ahead(asked).catch(() => {});
  const rest = () => search.script("search/search.js").catch(() => {});
  if (document.readyState === "loading")
    document.addEventListener("readystatechange", rest, { once: true });
  else rest();
})((globalThis.gazetteSearch ||= {}));
