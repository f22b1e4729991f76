/*
 * The service worker: the site without a network. What the network gives is always shown first, so
 * that a new deployment is seen at once and an old worker never stands in the way; what is kept is
 * only for when there is none.
 *
 * Three caches of this site, beside those of other sites on the host: `shell` has what every visit
 * needs and the newest digests, one cache a deployment; `visited` the pages that were looked at;
 * `whole` all of the site, where the reader took it along (js/offline.js).
 */
(() => {
  "use strict";
{% if site.offline %}
  const SHELL = {{ shell | json }};
  const VERSION = {{ version | json }};
  /* The index of older papers, as it is where there are none: what a search gets for the real one. */
  const NONE = {{ no_papers | json }};
{% endif %}
  const scope = self.registration.scope;
  const prefix = `gazette:${new URL(scope).pathname}:`;
  const own = async () => (await caches.keys()).filter((name) => name.startsWith(prefix));

{% if site.offline %}
  const VISITED = prefix + "visited";
  const WHOLE = prefix + "whole";
  const SHELL_NOW = `${prefix}shell:${VERSION}`;
  const MARKS = new URL("shell-marks", scope).href; // no file: what is in the shell, by path
  const PATIENCE = 4000; // milliseconds for a page that is kept, on a network that hardly is one
  const MOST = 400; // visited pages and what they loaded

  const isShell = (name) => name.startsWith(`${prefix}shell:`);

  async function marksOf(cache) {
    const kept = await cache.match(MARKS);
    return kept ? kept.json() : {};
  }

  /* Fill the shell of this deployment: what is the same as in the last one is not fetched again. */
  async function install() {
    const cache = await caches.open(SHELL_NOW);
    const older = await Promise.all(
      (await own()).filter((name) => isShell(name) && name !== SHELL_NOW).map((name) => caches.open(name)),
    );
    const known = await Promise.all(older.map(marksOf));
    const saving = self.navigator.connection?.saveData;
    const fill = async ([path, mark]) => {
      if (saving && path.startsWith("search/")) return;
      const address = new URL(path, scope).href;
      for (const [at, marks] of known.entries()) {
        const same = marks[path] === mark && (await older[at].match(address));
        if (same) return cache.put(address, same);
      }
      // What has changed is not asked for by its date: two deployments may be of one second.
      const response = await fetch(address, { cache: known.length ? "reload" : "no-cache" });
      if (response.ok) await cache.put(address, response);
    };
    // A file that cannot be had or kept is one that is not there without a network: no more.
    await Promise.allSettled(Object.entries(SHELL).map(fill));
    await cache.put(MARKS, new Response(JSON.stringify(SHELL)));
  }

  async function activate() {
    for (const name of await own()) if (isShell(name) && name !== SHELL_NOW) await caches.delete(name);
    await self.clients.claim();
  }

  /* The newest copy that is kept of a request, whatever is asked behind its path. */
  async function kept(request) {
    const found = [];
    const none = NONE[request.url.split("?")[0].slice(scope.length)];
    if (none) {
      const whole = (await caches.has(WHOLE)) && (await caches.open(WHOLE));
      const real = whole && (await whole.match(request, { ignoreSearch: true }));
      return real || new Response(none, { headers: { "content-type": "text/javascript" } });
    }
    for (const name of await own()) {
      const copy = await (await caches.open(name)).match(request, { ignoreSearch: true });
      if (copy) found.push(copy);
    }
    const age = (response) => Date.parse(response.headers.get("date")) || 0;
    return found.sort((a, b) => age(b) - age(a))[0];
  }

  async function keep(request, response) {
    const address = request.url.split("?")[0];
    const whole = (await caches.has(WHOLE)) && (await caches.open(WHOLE));
    if (whole && (await whole.match(address))) return whole.put(address, response);
    if (NONE[address.slice(scope.length)]) return;
    const cache = await caches.open(VISITED);
    await cache.delete(address); // so that it counts as the newest
    await cache.put(address, response);
    const entries = await cache.keys();
    await Promise.all(entries.slice(0, Math.max(0, entries.length - MOST)).map((old) => cache.delete(old)));
  }

  async function answer(event) {
    const { request } = event;
    const isPage = request.mode === "navigate";
    // A page is asked for past the browser's own cache, which may hold that of an older deployment.
    const asked = isPage ? fetch(request, { cache: "no-cache" }) : fetch(request);
    const network = asked.then((response) => {
      if (response.ok && response.type === "basic") {
        const copy = response.clone();
        event.waitUntil(keep(request, copy).catch(() => {})); // storage is full or refused
      }
      return response;
    });
    try {
      if (!isPage) return await network;
      const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
      const first = await Promise.race([network, late]);
      if (first) return first;
      event.waitUntil(network.catch(() => {}));
      return (await kept(request)) ?? (await network);
    } catch (error) {
      const copy = await kept(request).catch(() => undefined);
      if (copy) return copy;
      const sorry = new URL("offline.html", scope).href;
      if (isPage && !request.url.startsWith(sorry)) return Response.redirect(sorry);
      throw error;
    }
  }

  self.addEventListener("install", (event) => {
    self.skipWaiting();
    event.waitUntil(install().catch(() => {})); // storage refused: the worker passes everything on
  });
  self.addEventListener("activate", (event) => event.waitUntil(activate().catch(() => {})));
  self.addEventListener("fetch", (event) => {
    const { method, url } = event.request;
    if (method !== "GET" || !url.startsWith(scope) || url.startsWith(`${scope}.`)) return;
    event.respondWith(answer(event));
  });
{% else %}
  /* The site does without: what an older deployment kept is removed, and so is this worker. */
  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) =>
    event.waitUntil(
      own()
        .then((names) => Promise.all(names.map((name) => caches.delete(name))))
        .finally(() => self.registration.unregister()),
    ),
  );
{% endif %}
})();
