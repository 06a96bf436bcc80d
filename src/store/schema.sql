-- The store of a misl workspace, format 3. Times are seconds since 1970-01-01 UTC, given by the program.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One row a distinct content. docn is never reused. seq rises with every change that the index must follow.
CREATE TABLE source (
  docn INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 BLOB NOT NULL UNIQUE,
  seq INTEGER NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('indexed', 'warned', 'skipped', 'failed')),
  reason TEXT NOT NULL DEFAULT '',          -- stable id, for skipped and failed
  detail TEXT NOT NULL DEFAULT '',          -- the same in words, with what to do
  bytes INTEGER NOT NULL,
  media_type TEXT NOT NULL DEFAULT '',
  reader TEXT NOT NULL DEFAULT '',
  reader_version TEXT NOT NULL DEFAULT '',
  read_at INTEGER NOT NULL,
  record NOT NULL DEFAULT '{}',             -- JSON: what the file and the page say; a blob is zstd of it, see `record.rs`
  overlay NOT NULL DEFAULT '{}',            -- the same: what sidecars and people say
  derived_sha256 BLOB NOT NULL DEFAULT x'', -- over record, overlay, warnings, mentions, references
  text_sha256 BLOB,                         -- over the folded words, to find equal texts
  shingles BLOB,                            -- sketch of the runs of words, to find near copies; x'' where too short, NULL where not made
  key TEXT                                  -- citation key, from the whole corpus
);
CREATE INDEX source_text ON source (text_sha256) WHERE text_sha256 IS NOT NULL;
CREATE INDEX source_key ON source (key) WHERE key IS NOT NULL;

-- Every place where a content was seen: a file, or a member of one.
CREATE TABLE path (
  path TEXT PRIMARY KEY,                    -- corpus/… in the workspace, else absolute; members as file!/member
  raw BLOB,                                 -- the bytes of a name that is not UTF-8
  docn INTEGER REFERENCES source (docn),
  container TEXT,                           -- the path of the file that a member lies in
  bytes INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'missing', 'skipped', 'failed')),
  reason TEXT NOT NULL DEFAULT '',          -- for places that could not be opened at all
  detail TEXT NOT NULL DEFAULT '',
  sidecar_sha256 BLOB,
  since INTEGER NOT NULL,
  seen_run INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX path_docn ON path (docn);
CREATE INDEX path_container ON path (container) WHERE container IS NOT NULL;

-- The kept text, page by page; sha256 is over the text and its paragraphs.
CREATE TABLE page (
  docn INTEGER NOT NULL,
  number INTEGER NOT NULL,
  label TEXT,
  origin TEXT NOT NULL,
  quality REAL NOT NULL,
  chars INTEGER NOT NULL,
  text BLOB NOT NULL,                       -- zstd, UTF-8
  paragraphs BLOB NOT NULL,                 -- zstd, JSON: a short list each, see `paragraphs.rs`
  lines BLOB NOT NULL,                      -- zstd, JSON: drawn lines with their boxes
  sha256 BLOB NOT NULL,
  PRIMARY KEY (docn, number)
);

CREATE TABLE mention (
  docn INTEGER NOT NULL, page INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  entity TEXT NOT NULL, rule TEXT NOT NULL,
  PRIMARY KEY (docn, page, start, entity)
) WITHOUT ROWID;

CREATE TABLE warning (
  docn INTEGER NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL, page INTEGER, detail TEXT NOT NULL,
  PRIMARY KEY (docn, n)
) WITHOUT ROWID;

-- Work that a later run must do: pages that wait for OCR.
CREATE TABLE work (docn INTEGER NOT NULL, page INTEGER NOT NULL, what TEXT NOT NULL, PRIMARY KEY (docn, page, what)) WITHOUT ROWID;

CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT, started INTEGER NOT NULL, ended INTEGER, command TEXT NOT NULL, counts TEXT NOT NULL DEFAULT '{}'
);
