"use strict";

const yaml = require("js-yaml");

module.exports = function (config) {
  const papers = (api) => api.getFilteredByTag("papers").reverse();
  const grouped = (api, keys) => {
    const groups = new Map();
    for (const paper of papers(api)) {
      for (const key of keys(paper.data)) {
        if (!groups.has(key)) groups.set(key, []);
        groups.get(key).push(paper);
      }
    }
    return [...groups].map(([name, items]) => ({ name, items }));
  };
  const parts = (groups) =>
    groups.flatMap(({ name, items }) => {
      const cut = [];
      for (let start = 0; start < items.length; start += 100) {
        cut.push({ name, number: cut.length + 1, items: items.slice(start, start + 100) });
      }
      return cut.map((part) => ({ ...part, count: cut.length, all: items }));
    });
  config.addCollection("papersNewest", papers);
  config.addCollection("days", (api) => grouped(api, (data) => data.days));
  config.addCollection("topics", (api) => grouped(api, (data) => data.topics));
  config.addCollection("topicParts", (api) =>
    parts(grouped(api, (data) => data.topics)));
  config.addFilter("head", (list, size) => list.slice(0, size));
  config.setFrontMatterParsingOptions({ engines: { yaml: (text) => yaml.load(text) } });
  return { markdownTemplateEngine: false, dir: { input: ".", includes: "_includes" } };
};
