/* What generator/search/bits.py packs, unpacked. */
((search) => {
  "use strict";
  const parameter = (search.parameter = (total, count) =>
    Math.max(0, 31 - Math.clz32((total * 11) / (count * 16))));

  search.reader = (text) => {
    const raw = atob(text);
    const bytes = new Uint8Array(raw.length);
    for (let at = 0; at < raw.length; at++) bytes[at] = raw.charCodeAt(at);
    let at = 0;
    const bit = () => (bytes[at >> 3] >> (7 - (at++ & 7))) & 1;
    const bits = (size) => {
      let number = 0;
      while (size--) number = (number << 1) | bit();
      return number;
    };
    return {
      bits,
      rice(k) {
        let quotient = 0;
        while (bit()) quotient++;
        return ((quotient << k) | bits(k)) + 1;
      },
      gamma() {
        let size = 0;
        while (!bit() && size < 31) size++;
        return ((1 << size) | bits(size)) - 1;
      },
      /* Rising numbers, packed as the gaps between them. */
      rising(size, total, start) {
        const k = parameter(total, size);
        const numbers = new Uint32Array(size);
        for (let at = 0, number = start - 1; at < size; at++)
          numbers[at] = number += this.rice(k);
        return numbers;
      },
    };
  };

  /* Front-coded words, as [word, weight]. */
  search.unpack = (text) => {
    let word = "";
    return Array.from(text.matchAll(/([A-Z])([^A-Z!-/]*)([!-/]?)/g), ([, shared, rest, mark]) => {
      word = word.slice(0, shared.charCodeAt() - 65) + rest;
      return [word, mark && mark.charCodeAt() - 32];
    });
  };
})((globalThis.gazetteSearch ||= {}));
