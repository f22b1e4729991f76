/* The forms of a word, exactly as generator/search/forms.py has them. */
((search) => {
  "use strict";
  const SHORT = /^[^aeiou]*[aeiou][^aeiouwxy]$/;
  const SHORT_E = /^[^aeiou]*[aeiou][^aeiouwxy]e$/;
  const BEGUN = /^e?(?:i(?:ngs?|n|es|eds?|e)?|e[ds]?|eds|s)?$/; // the beginning of an ending
  const WHOLE = new Set(
    "always embed hundred sacred naked during lens news nothing series something species".split(" "),
  );

  function singular(word) {
    if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
    if (/(?:ss|sh|ch|x|zz)es$/.test(word)) return word.slice(0, -2);
    return /[^isu]s$|^[a-z]pus$/.test(word) ? word.slice(0, -1) : word;
  }

  function verb(word) {
    if (WHOLE.has(word) || word.endsWith("eed")) return word;
    if (word.endsWith("ied") && word.length > 4) return `${word.slice(0, -3)}y`;
    const ending = ["ing", "ed"].find((one) => word.endsWith(one));
    if (!ending) return word;
    const stem = word.slice(0, -ending.length);
    if (SHORT.test(stem)) return `${stem}e`;
    return stem.length > 2 && /[aeiouy]/.test(stem) ? stem : word;
  }

  function trimmed(word) {
    let found = word;
    if (found.length > 3 && found.endsWith("e") && !SHORT_E.test(found)) found = found.slice(0, -1);
    return found.length > 3 && /([bdfglmnprstvz])\1$/.test(found) ? found.slice(0, -1) : found;
  }

  /* What a word has in common with its forms. */
  const keyOf = (search.formKey = (word) =>
    /^[a-z]{4,}$/.test(word) && !WHOLE.has(word) ? trimmed(verb(singular(word))) : word);

  /* The keys of words that begin with `prefix`, but for those that begin so themselves: where it may end
     within an ending, what stands before that. */
  search.shortKeys = (prefix) => {
    if (!/^[a-z]{3,}$/.test(prefix)) return [];
    const found = [];
    for (let at = Math.max(2, prefix.length - 6); at < prefix.length; at++) {
      const stem = prefix.slice(0, at);
      const rest = prefix.slice(at);
      const own = rest[0] === stem[at - 1] ? rest.slice(1) : rest;
      if (BEGUN.test(rest) || BEGUN.test(own)) found.push(stem, `${stem}e`, `${stem}y`);
    }
    return found;
  };

  /* Every form that a word can have, itself first. */
  search.formsOf = (word) => {
    if (!/^[a-z]{3,}$/.test(word)) return [word];
    const key = keyOf(word);
    const stem = key.replace(/e$/, "");
    const last = key[key.length - 1];
    const endings = last === "e" ? ["", "s", "d", "e", "es"] : ["", "s", "es", "ed", "e"];
    const found = new Set([...endings.map((ending) => key + ending), `${stem}ing`, `${stem}ings`]);
    if ("bdfglmnprstvz".includes(last))
      for (const ending of ["", "s", "es", "ed", "ing", "ings"]) found.add(key + last + ending);
    if (last === "y") for (const ending of ["ies", "ied"]) found.add(key.slice(0, -1) + ending);
    return [word, ...[...found].filter((one) => one !== word && keyOf(one) === key).sort()];
  };

  /* Neighbours that may be one word: `pre training`; and a name with its number: `qwen 2.5`. */
  search.joints = (words) => {
    const found = [];
    for (let at = 0; at + 1 < words.length; at++) {
      const [first, second] = [words[at], words[at + 1]];
      const joined = first + second;
      if (search.stop.has(first) || search.stop.has(second)) continue;
      if (joined.length > 24 || joined.length < 3) continue;
      if (!/^[\da-z.]+$/.test(joined) || /^\d/.test(first)) continue;
      found.push({ at, joined, isVersion: /^v?\d+\.\d|^v?\d+[a-z]/.test(second) });
    }
    return found;
  };
})((globalThis.gazetteSearch ||= {}));
