// Prints what citeproc-js makes of tests/golden/csl/items.json: style, item, form, string.
//
//     npm install citeproc        (outside the project; it is CPAL or AGPL, and no part of it)
//     node tests/quality/citeproc.js NODE_MODULES STYLES > tests/golden/csl/citeproc.tsv
//
// STYLES holds `<file>.csl` as named below and locales-en-US.xml, locales-en-GB.xml, from
// github.com/citation-style-language.
const fs = require("fs");
const path = require("path");
const [modules, styles] = process.argv.slice(2);
const CSL = require(path.resolve(modules, "citeproc"));
const FILES = {
  "apa-csl": "apa",
  "chicago-author-date": "chicago-author-date",
  "chicago-notes": "chicago-notes-bibliography",
  "chicago-shortened-notes": "chicago-shortened-notes-bibliography",
  "modern-language-association": "modern-language-association",
  "harvard-cite-them-right": "harvard-cite-them-right",
  "mhra-notes": "mhra-notes",
  "chicago-notes-17th-edition": "chicago-notes-bibliography-subsequent-author-title-17th-edition",
  "chicago-author-date-17th-edition": "chicago-author-date-17th-edition",
  "american-political-science-association": "american-political-science-association",
  "american-sociological-association": "american-sociological-association",
  "elsevier-harvard": "elsevier-harvard",
  "bristol-university-press": "bristol-university-press",
  "taylor-and-francis-chicago-author-date": "taylor-and-francis-chicago-author-date",
  "ieee": "ieee",
  "vancouver": "nlm-citation-sequence",
};
const items = JSON.parse(fs.readFileSync(path.join(__dirname, "../golden/csl/items.json"), "utf8"));
// `note` and `references` are left out on our side too: status and place are printed natively.
const bare = (item) => {
  const { note, references, jurisdiction, archive_location, language, ...rest } = item;
  return rest;
};
const plain = (text) =>
  text
    // The number of a line stands in a division of its own.
    .replace(/<\/div>\s*<div/g, "</div> <div")
    .replace(/<[^>]+>/g, "")
    .replace(/&#38;|&amp;/g, "&")
    .replace(/&#60;|&lt;/g, "<")
    .replace(/&#62;|&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, " ")
    .trim();
for (const [id, file] of Object.entries(FILES)) {
  const xml = fs.readFileSync(path.join(styles, `${file}.csl`), "utf8");
  for (const item of items) {
    const sys = {
      retrieveLocale: (lang) =>
        fs.readFileSync(path.join(styles, lang === "en-GB" ? "locales-en-GB.xml" : "locales-en-US.xml"), "utf8"),
      retrieveItem: () => bare(item),
    };
    // Ours asks for British English where the style does not say.
    const engine = () => new CSL.Engine(sys, xml, "en-GB");
    let one = engine();
    one.updateItems([item.id]);
    const cited = one.processCitationCluster(
      { citationItems: [{ id: item.id, locator: "3", label: "page" }], properties: { noteIndex: 1 } }, [], []);
    console.log([id, item.id, "first", plain(cited[1][0][1])].join("\t"));
    one = engine();
    one.updateItems([item.id]);
    const list = one.makeBibliography();
    if (list && list[1].length) console.log([id, item.id, "list", plain(list[1][0])].join("\t"));
  }
}
