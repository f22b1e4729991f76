/* Why a paper stands where it does, for curators: search.html?why=1. Fetched for them. */
((search) => {
  "use strict";
  const rounded = (number) => number.toFixed(2);

  /* [[word, [[field, weight]]]]: what each word of the query adds in each field of a document. */
  search.reasons = (document, units) =>
    units.flatMap(({ word, forms }) =>
      forms.flatMap((form) => {
        const posting = search.posting(form);
        const fields = search.fields.flatMap((name, field) => {
          const at = posting?.fields[field]?.documents.indexOf(document) ?? -1;
          return at < 0 ? [] : [[name, search.weigher(posting, field)(at)]];
        });
        return fields.length ? [[form === word ? form : `${word} → ${form}`, fields]] : [];
      }),
    );

  /* The same as a paragraph: stage, score, words with their fields and weights. */
  search.why = ({ ref, score, part }, units, say) => {
    const stage = part ? say(`search.part.${part}`) : "Lunr";
    const words = search
      .reasons(+ref, units)
      .map(([word, fields]) => `${word}: ${fields.map(([name, weight]) => `${name} ${rounded(weight)}`).join(", ")}`);
    const line = window.document.createElement("p");
    line.className = "why sub";
    line.textContent = [`${stage}, ${rounded(score)}`, ...words].join("; ");
    return line;
  };
})((globalThis.gazetteSearch ||= {}));
