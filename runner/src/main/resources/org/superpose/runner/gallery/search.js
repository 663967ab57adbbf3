"use strict";
// The search of the documentation: sections that have every word, those with the words in their headings first.
(() => {
  const query = document.getElementById("query");
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const MOST = 40;
  const lower = window.searchIndex.map(section => ({
    heading: (section.title + " " + section.heading).toLowerCase(),
    text: section.text.toLowerCase(),
  }));

  function excerpt(text, words) {
    const at = Math.min(...words.map(word => text.toLowerCase().indexOf(word)).filter(place => place >= 0), text.length);
    const start = Math.max(0, (at === text.length ? 0 : at) - 60);
    const part = (start > 0 ? "…" : "") + text.slice(start, start + 220) + (start + 220 < text.length ? "…" : "");
    const pieces = [];
    let rest = part;
    while (rest) {
      let next = -1, length = 0;
      for (const word of words) {
        const place = rest.toLowerCase().indexOf(word);
        if (place >= 0 && (next < 0 || place < next)) { next = place; length = word.length; }
      }
      if (next < 0) break;
      const mark = document.createElement("mark");
      mark.textContent = rest.slice(next, next + length);
      pieces.push(rest.slice(0, next), mark);
      rest = rest.slice(next + length);
    }
    return [...pieces, rest];
  }

  function search() {
    const words = query.value.toLowerCase().split(/\s+/).filter(word => word);
    history.replaceState(null, "", words.length ? "#q=" + encodeURIComponent(query.value) : location.pathname);
    if (words.length === 0) {
      found.textContent = "";
      results.replaceChildren();
      return;
    }
    const hits = [];
    lower.forEach((section, place) => {
      if (!words.every(word => section.heading.includes(word) || section.text.includes(word))) return;
      const score = words.reduce((sum, word) => sum + (section.heading.includes(word) ? 10 : 0)
        + Math.min(5, section.text.split(word).length - 1), 0);
      hits.push({section: window.searchIndex[place], score});
    });
    hits.sort((a, b) => b.score - a.score);
    found.textContent = hits.length + (hits.length === 1 ? " section" : " sections");
    results.replaceChildren(...hits.slice(0, MOST).map(({section}) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = section.address;
      link.textContent = section.heading && section.heading !== section.title ? section.title + ": " + section.heading : section.title;
      const words2 = document.createElement("small");
      words2.append(...excerpt(section.text, words));
      item.append(link, document.createElement("br"), words2);
      return item;
    }));
  }

  query.addEventListener("input", search);
  const asked = location.hash.match(/^#q=(.*)$/);
  if (asked) query.value = decodeURIComponent(asked[1]);
  search();
  query.focus();
})();
