/* What of an abstract a result shows: the sentence that says most of what was asked; and the address of
   that sentence in the page. */
((search) => {
  "use strict";
  const MOST = 240; // signs shown
  const FIRST = 160; // of an abstract that has none of the words
  const EDGE = 5; // words at each end that tell a sentence from others

  const sentences = (text) =>
    text.match(/[^.!?。！？]+(?:[.!?。！？]+(?:["”’)\]]+|(?=\S)(?![\s"”’)\]])[^.!?。！？]*)*)*\s*/gu) || [text];

  /* Cut a text between words to about so many signs, from `start` on. */
  function cut(text, start, most) {
    const from = start ? text.indexOf(" ", start) + 1 : 0;
    if (text.length - from <= most) return (from ? "… " : "") + text.slice(from);
    const end = text.lastIndexOf(" ", from + most);
    const to = end > from ? end : from + most;
    return `${from ? "… " : ""}${text.slice(from, to).replace(/[\s,;:.]+$/, "")}…`;
  }

  /* {shown, whole}: the part to show, and the sentence it is of, "" if no word is in any. */
  search.sentence = (abstract, isMatch) => {
    let [best, most] = ["", 0];
    for (const one of sentences(abstract)) {
      const met = new Set();
      const words = search.words(one);
      words.forEach((word, at) => {
        if (isMatch(word)) met.add(search.formKey(word));
        if (at && isMatch(words[at - 1] + word)) met.add(words[at - 1] + word);
      });
      if (met.size > most) [best, most] = [one.trim(), met.size];
    }
    if (!most) return { shown: cut(abstract, 0, FIRST), whole: "" };
    if (best.length <= MOST) return { shown: best, whole: best };
    const first = Array.from(best.matchAll(/\S+/g)).find(([piece]) => search.words(piece).some(isMatch));
    const start = first && first.index > MOST / 2 ? first.index - MOST / 3 : 0;
    return { shown: cut(best, Math.floor(start), MOST), whole: best };
  };

  const encoded = (text) => encodeURIComponent(text).replace(/-/g, "%2D");

  /* The end of an address that makes the browser mark a sentence in the page. */
  search.fragment = (sentence) => {
    const words = sentence.split(/\s+/);
    if (!sentence) return "";
    if (words.length <= 2 * EDGE) return `#:~:text=${encoded(sentence)}`;
    const [start, end] = [words.slice(0, EDGE), words.slice(-EDGE)].map((part) => encoded(part.join(" ")));
    return `#:~:text=${start},${end}`;
  };
})((globalThis.gazetteSearch ||= {}));
