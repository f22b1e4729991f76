/* The list of all keys, in a dialog: fetched when it is first asked for, as few ever do. */
{% set texts = {} %}
{% for key, text in t.texts.items() if key.startswith("keys.") %}
{% set _ = texts.update({key[5:]: text}) %}
{% endfor %}
window.gazetteHelp = (keys) => {
  "use strict";
  const words = {{ texts | tojson }};
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-labelledby", "keys-title");
  dialog.innerHTML = '<h2 id="keys-title"></h2><dl></dl><form method="dialog"><button></button></form>';
  dialog.querySelector("h2").textContent = words.title;
  dialog.querySelector("button").textContent = words.close;
  for (const [pressed, name] of keys) {
    const [term, meaning] = [document.createElement("dt"), document.createElement("dd")];
    for (const key of pressed.split(" ")) {
      const cap = document.createElement("kbd");
      cap.textContent = key;
      term.append(cap, " ");
    }
    meaning.textContent = words[name];
    dialog.querySelector("dl").append(term, meaning);
  }
  document.body.append(dialog);
  dialog.showModal();
};
