/* What generator/search/bits.py packs, unpacked. */
((search) => {
  "use strict";
  const parameter = (search.parameter = (total, count) =>
    Math.max(0, 31 - Math.clz32((total * 11) / (count * 16))));

  search.reader = (text) => {
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
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
        let number = start - 1;
        return Uint32Array.from({ length: size }, () => (number += this.rice(k)));
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
