-- Tables that are newer than the first stores of format 1; made where they are missing.

-- How a page was read by OCR: the program, its models, and the confidence of each word.
CREATE TABLE IF NOT EXISTS ocr (
  docn INTEGER NOT NULL, page INTEGER NOT NULL, engine TEXT NOT NULL, models TEXT NOT NULL, dpi INTEGER NOT NULL,
  confidence REAL NOT NULL,                 -- mean over the words, 0 to 100
  words BLOB NOT NULL,                      -- zstd, JSON: start, end, confidence of each word of the page's text
  PRIMARY KEY (docn, page)
) WITHOUT ROWID;
