-- Tables that are newer than the first stores; made where they are missing.

-- A long page of markup in parts of whole paragraphs; `text` of its `page` is x'' then. `sha256` of a part is over its
-- text, its paragraphs and its place, that of the page over the whole as ever.
CREATE TABLE IF NOT EXISTS page_part (
  docn INTEGER NOT NULL, page INTEGER NOT NULL, n INTEGER NOT NULL,
  start INTEGER NOT NULL,                   -- bytes of the page's text before it
  paragraph INTEGER NOT NULL,               -- paragraphs of the page before it
  passage INTEGER NOT NULL,                 -- passages of the page before it
  text BLOB NOT NULL,                       -- zstd, UTF-8
  paragraphs BLOB NOT NULL,                 -- zstd, JSON, as those of a page
  sha256 BLOB NOT NULL,
  PRIMARY KEY (docn, page, n)
);

-- The part with a passage is found without a look at those before it.
CREATE INDEX IF NOT EXISTS page_part_passage ON page_part (docn, page, passage, n);

-- How a page was read by OCR: the program, its models, and the confidence of each word.
CREATE TABLE IF NOT EXISTS ocr (
  docn INTEGER NOT NULL, page INTEGER NOT NULL, engine TEXT NOT NULL, models TEXT NOT NULL, dpi INTEGER NOT NULL,
  confidence REAL NOT NULL,                 -- mean over the words, 0 to 100
  words BLOB NOT NULL,                      -- zstd, JSON: start, end, confidence of each word of the page's text
  PRIMARY KEY (docn, page)
) WITHOUT ROWID;

-- Every search counts what failed; without these it would read every record and every path for it.
CREATE INDEX IF NOT EXISTS source_failed ON source (docn) WHERE state = 'failed';
CREATE INDEX IF NOT EXISTS path_failed ON path (state) WHERE state = 'failed';
