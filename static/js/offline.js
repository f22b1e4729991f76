/* The whole site taken along: its files into a cache that the service worker answers from when there
   is no network. Taken again, only what has changed is fetched. */
(async () => {
  "use strict";
  const find = (id) => document.getElementById(id);
  const box = find("along");
  if (location.protocol === "file:" || !("serviceWorker" in navigator) || !("caches" in window)) return;
  const root = new URL("..", document.currentScript?.src ?? document.querySelector('script[src$="js/offline.js"]').src);
  const NAME = `gazette:${root.pathname}:whole`;
  const LIST = new URL("offline.json", root).href;
  const TOGETHER = 6;
  const [status, bar] = [find("along-status"), find("along-progress")];
  const buttons = { take: find("along-take"), stop: find("along-stop"), drop: find("along-drop") };
  let isStopped = false;

  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
  const say = (key, values = {}) => {
    status.textContent = box.dataset[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };
  const show = (...names) => {
    for (const [name, button] of Object.entries(buttons)) button.hidden = !names.includes(name);
  };

  /** What was taken along: {files: {path: [mark, size]}}, or null. */
  async function taken() {
    if (!(await caches.has(NAME))) return null;
    const list = await (await caches.open(NAME)).match(LIST);
    return list ? list.json() : null;
  }

  async function newest() {
    try {
      const response = await fetch(LIST, { cache: "no-cache" });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  /** Say what there is and what can be done. */
  async function tell() {
    const [kept, list] = await Promise.all([taken(), newest()]);
    bar.hidden = true;
    box.hidden = !kept && !list;
    if (!list) {
      if (kept) say("taken");
      return show(...(kept ? ["drop"] : []));
    }
    if (!list.files) {
      say("large", { size: megabytes(list.size) });
      return show(...(kept ? ["drop"] : []));
    }
    const isFresh = kept && kept.version === list.version;
    say(isFresh ? "fresh" : kept ? "renew" : "ask", { size: megabytes(list.size) });
    show(...(isFresh ? [] : ["take"]), ...(kept ? ["drop"] : []));
  }

  async function take() {
    isStopped = false;
    const [kept, list] = await Promise.all([taken(), newest()]);
    if (!list?.files) return tell();
    await navigator.storage?.persist?.();
    const cache = await caches.open(NAME);
    const known = kept?.files ?? {};
    const pending = [];
    let done = 0;
    for (const [path, [mark, size]] of Object.entries(list.files)) {
      const isSame = known[path]?.[0] === mark && (await cache.match(new URL(path, root)));
      if (isSame) done += size;
      else pending.push([path, size]);
    }
    bar.max = list.size;
    bar.hidden = false;
    show("stop");
    const progress = () => {
      bar.value = done;
      say("busy", { done: megabytes(done), size: megabytes(list.size) });
    };
    progress();
    async function work() {
      for (let next = pending.pop(); next && !isStopped; next = pending.pop()) {
        const [path, size] = next;
        // What has changed is not asked for by its date: two deployments may be of one second.
        const how = known[path] ? "reload" : "no-cache";
        const response = await fetch(new URL(path, root), { cache: how });
        if (!response.ok) throw new Error(`${path}: ${response.status}`);
        await cache.put(new URL(path, root), response);
        done += size;
        progress();
      }
    }
    try {
      await Promise.all(Array.from({ length: TOGETHER }, work));
      if (!isStopped) {
        for (const path of Object.keys(known)) if (!list.files[path]) await cache.delete(new URL(path, root));
        await cache.put(LIST, new Response(JSON.stringify(list)));
      }
      await tell();
    } catch {
      isStopped = true;
      await tell();
      say("failed");
    }
  }

  buttons.take.addEventListener("click", take);
  buttons.stop.addEventListener("click", () => (isStopped = true));
  buttons.drop.addEventListener("click", async () => {
    await caches.delete(NAME);
    await tell();
  });
  try {
    await tell();
  } catch {
    box.hidden = true; // storage is refused: the site works with a network
  }
})();
