/*
 * What papers mean, as generator/plan/meaning.py writes it down: vectors, read file by file. Files
 * are scripts, so that all of it works from a folder on disk. `window.gazetteMeaning` has
 *
 *   days()                the days, oldest first: [{day, count, first}], `first` a paper's number
 *   papers(day)           the new papers of a day: [{key, vector}]
 *   place(slug)           the number of a paper, or -1
 *   paper(number)         a paper by its number: {day, at, vector}
 *   names([{day, at}])    what papers are called, in that order: [{title, authors, slug, month, href}]
 *   nearest(vector)       the centroids that have papers, the nearest first
 *   list(centroid)        its papers: [{number, vector}]
 *   topics()              the topics that have papers: [{slug, name}]
 *   under(topic)          the keys of the papers of a topic, given its slug: a Set
 *   query(words)          the vector of some words, or null where the table has none of them
 *   dot(a, b), key(slug)
 *
 * Each of these but the last two gives a promise, which fails where a file does not load.
 */
(() => {
  "use strict";
  const SIDES = 48;
  const KEY = 5;
  const NUMBER = 4;
  const WORTH = 2;
  const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Uint8Array(128);
  for (let at = 0; at < 64; at++) VALUES[SIGNS.charCodeAt(at)] = at;
  const root = new URL("..", document.currentScript.src);
  const received = new Map();
  const loading = new Map();

  /** The content of a file: what its script puts. */
  function load(name) {
    if (!loading.has(name)) {
      const made = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(`vectors/${name}.js`, root);
        script.onload = () => (received.has(name) ? resolve(received.get(name)) : reject(new Error(name)));
        script.onerror = () => {
          script.remove();
          reject(new Error(name));
        };
        document.head.append(script);
      });
      made.catch(() => loading.delete(name)); // to be tried again
      loading.set(name, made);
    }
    return loading.get(name);
  }

  function number(text, at, width) {
    let value = 0;
    for (let place = 0; place < width; place++) value = value * 64 + VALUES[text.charCodeAt(at + place)];
    return value;
  }

  /** The vector that stands in `text`, of length 1. */
  function vector(text, at) {
    const found = new Float32Array(SIDES);
    for (let side = 0; side < SIDES; side++) found[side] = VALUES[text.charCodeAt(at + side)] - 32;
    return unit(found);
  }

  function unit(found) {
    const length = Math.sqrt(dot(found, found)) || 1;
    for (let side = 0; side < SIDES; side++) found[side] /= length;
    return found;
  }

  function dot(a, b) {
    let sum = 0;
    for (let side = 0; side < SIDES; side++) sum += a[side] * b[side];
    return sum;
  }

  /** The rows of `text`: a head of so many signs, and a vector. */
  function rows(text, head) {
    const found = [];
    for (let at = 0; at < text.length; at += head + SIDES)
      found.push([text.slice(at, at + head), vector(text, at + head)]);
    return found;
  }

  const TABLE = new Uint32Array(256).map((_, byte) => {
    for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
    return byte;
  });

  function crc(text) {
    let sum = 0xffffffff;
    for (const byte of new TextEncoder().encode(text)) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
    return (sum ^ 0xffffffff) >>> 0;
  }

  function key(slug) {
    const sum = crc(slug) & 0x3fffffff;
    let text = "";
    for (let place = KEY - 1; place >= 0; place--) text += SIGNS[(sum >>> (6 * place)) & 63];
    return text;
  }

  async function days() {
    const [counts] = await load("days");
    let first = 0;
    return counts.split(",").filter(Boolean).map((each) => {
      const [day, count] = each.split(":");
      const found = { day, count: Number(count), first };
      first += found.count;
      return found;
    });
  }

  async function papers(day) {
    const [text] = await load(day);
    return rows(text, KEY).map(([own, its]) => ({ key: own, vector: its }));
  }

  async function place(slug) {
    const [, parts] = await load("days");
    const [text] = await load(`slugs-${crc(slug) & (parts - 1)}`);
    const wanted = key(slug);
    for (let at = 0; at < text.length; at += KEY + NUMBER)
      if (text.startsWith(wanted, at)) return number(text, at + KEY, NUMBER);
    return -1;
  }

  async function topics() {
    const [found] = await load("topics");
    return found.map(([slug, name]) => ({ slug, name }));
  }

  async function under(topic) {
    const [text] = await load(`topic-${topic}`);
    return new Set(text.match(new RegExp(`.{${KEY}}`, "g")));
  }

  async function where(paper) {
    const all = await days();
    const found = all.findLast(({ first }) => first <= paper);
    return { day: found.day, at: paper - found.first };
  }

  async function paper(its) {
    const { day, at } = await where(its);
    const found = (await papers(day))[at];
    return { day, at, ...found };
  }

  /** A paper's name in addresses, as generator/urls.py makes it of a title. */
  function slugify(title) {
    const latin = title.normalize("NFKD").replace(/[^\0-\x7f]/g, "").toLowerCase();
    const slug = latin.replaceAll("'", "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    if (slug.length <= 80) return slug;
    const head = slug.slice(0, 81);
    return head.includes("-") ? head.slice(0, head.lastIndexOf("-")) : head.slice(0, 80);
  }

  async function names(places) {
    const [, , size] = await load("days");
    return Promise.all(
      places.map(async ({ day, at }) => {
        const [found] = await load(`${day}-${Math.floor(at / size)}`);
        const [title, authors, page = ""] = found[at % size];
        const whole = !page || page.endsWith("/") ? page + slugify(title) : page;
        const [slug, month = ""] = whole.split("/").reverse();
        return { day, title, authors, slug, month, href: `papers/${whole}.html` };
      }),
    );
  }

  async function nearest(wanted) {
    const [text] = await load("centroids");
    const [, , , held] = await load("days");
    const centroids = rows(text, 0);
    const scores = [];
    for (let at = 0; at < held.length; at += NUMBER) {
      const centroid = number(held, at, NUMBER);
      scores.push([dot(centroids[centroid][1], wanted), centroid]);
    }
    return scores.sort(([a], [b]) => b - a).map(([, centroid]) => centroid);
  }

  /** The papers of a centroid that has any. */
  async function list(centroid) {
    const [text] = await load(`near-${centroid}`);
    return rows(text, NUMBER).map(([own, its]) => ({ number: number(own, 0, NUMBER), vector: its }));
  }

  async function query(words) {
    const [, text] = await load("centroids");
    const cuts = text.split(" ");
    const sum = new Float32Array(SIDES);
    let known = 0;
    for (const word of new Set(words)) {
      const part = cuts.findLastIndex((cut) => cut <= word);
      if (part < 0) continue;
      const [held, packed] = await load(`words-${part}`);
      const at = held.split(" ").indexOf(word);
      if (at < 0) continue;
      const start = at * (WORTH + SIDES);
      const worth = number(packed, start, WORTH);
      for (let side = 0; side < SIDES; side++)
        sum[side] += worth * (VALUES[packed.charCodeAt(start + WORTH + side)] - 32);
      known++;
    }
    return known ? unit(sum) : null;
  }

  const put = (name, ...content) => received.set(name, content);
  window.gazetteMeaning = { put, days, papers, place, where, paper, names, nearest, list, topics, under, query, dot, key, root };
})();
