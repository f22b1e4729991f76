/* Whether a query may be something pasted: an id, an address, a reference. Cheap, for every query; what
   it is finds search-pasted.js. */
((search) => {
  "use strict";
  const LONGEST = 2000; // signs that are looked at
  const ID = /\d{4}\.\d{4,5}|\b[a-z-]{2,16}(?:\.[a-z]{2})?\/\d{7}|\b10\.\d{4,9}\/|:\/\/|papers\/|^\W*@\w+\s*\{|\\cite|^@?[a-z][\w-]*\d{4}[a-z][\w-]*$/i;

  search.looksPasted = (whole) => {
    const text = whole.slice(0, LONGEST);
    if (ID.test(text)) return true;
    const words = text.trim().split(/\s+/);
    if (words.length < 4) return false;
    return words.length > 10 || /[(,.]?\b(?:19|20)\d\d\b|\bet al\b|[.?!:]\s|\p{Lu}\.\s/u.test(text);
  };
})((globalThis.gazetteSearch ||= {}));
