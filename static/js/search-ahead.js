/* The last of the script in the page: what the address asks for is asked for of the index while the rest
   of the client is still on its way; then the rest is run. */
((search) => {
  "use strict";
  const MOST = 6; // words
  /* Whether a query is words and no more. */
  const isPlain = (text) => /^[\w\s,.'-]*$/.test(text) || /^[\p{L}\p{N}\s,.'’-]*$/u.test(text);

  /* Ask for the shards of the words in the address, and read each word as soon as it is there. Only a
     head start: whoever needs one asks again. */
  async function ahead(text) {
    await search.choose({ from: given.get("from"), to: given.get("to") });
    const words = search.words(text).slice(0, MOST);
    const joined = search.joints(words).map((one) => [one.joined]);
    const useful = words.filter((word) => !search.stop.has(word));
    const read = async (forms) => {
      await search.need(forms);
      forms.forEach(search.posting);
    };
    await Promise.all([...useful.map(search.formsOf), ...joined].map(read));
  }

  const given = new URLSearchParams(location.search);
  const asked = given.get("q") || "";
  if (asked.trim() && isPlain(asked)) ahead(asked).catch(() => {});
  const rest = () => search.script("search/search.js").catch(() => {});
  if (document.readyState === "loading")
    document.addEventListener("readystatechange", rest, { once: true });
  else rest();
})((globalThis.gazetteSearch ||= {}));
