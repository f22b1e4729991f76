/* Files of the index, loaded by <script>, which works from a folder on disk as well: each calls
   searchData with its name, the key of its segment and what it holds. */
((search) => {
  "use strict";
  const received = new Map();
  const pending = new Map();

  /* A file of the index that did not load, or that is of another build than the others. */
  search.Unloaded = class extends Error {};

  /* The error that says so. */
  search.stale = (name) => {
    search.isStale = true; // there may be a newer build, or no network but for what is kept
    return new search.Unloaded(name);
  };

  globalThis.searchData = (name, ...content) => received.set(name, content);

  /* Run a script; `isOrdered`: after those that were asked for in this way before it. */
  search.script = (path, isOrdered = false) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = path;
      script.fetchPriority = "high";
      script.async = !isOrdered;
      script.onload = resolve;
      script.onerror = () => {
        script.remove();
        reject(new search.Unloaded(path));
      };
      document.head.append(script);
    });

  /* Forget what a newer build has overtaken, if anything: the lists are then fetched past the browser's
     cache. Returns whether there was. */
  search.renew = () => {
    if (!search.isStale) return false;
    pending.clear();
    search.opening = search.facetsLoading = null;
    search.isStale = false;
    search.fresh = Date.now();
    return true;
  };

  /* The content of a file of the index, which has to be of the build `key`, if one is given; one
     that failed is asked for again the next time. */
  search.load = (name, key, mark = key) => {
    if (!pending.has(name)) {
      const path = `search/${name}.js${mark ? `?${mark}` : ""}`;
      const there = received.has(name) ? Promise.resolve() : search.script(path);
      const loading = there.then(() => {
        const [found, ...content] = received.get(name) || [];
        received.delete(name);
        if (!found || (key && found !== key)) throw new search.Unloaded(name);
        return [found, ...content];
      });
      loading.catch(() => {
        search.stale(name);
        pending.delete(name);
      });
      pending.set(name, loading);
    }
    return pending.get(name);
  };

  const later = new Map();

  /* A part of the client that only some searches need. */
  search.later = (path) => {
    if (!later.has(path)) {
      later.set(path, search.script(path));
      later.get(path).catch(() => later.delete(path));
    }
    return later.get(path);
  };
  search.help = () => search.later("search/help.js");
})((globalThis.gazetteSearch ||= {}));
