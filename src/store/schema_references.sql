-- Each normal form of a reference once: a statute cites the same acts a thousand times. A form's number begins its
-- SHA-256 (see `reference.rs`), so that it is found without an index of texts.
CREATE TABLE reference_form (form INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL);

CREATE TABLE reference_place (
  docn INTEGER NOT NULL, n INTEGER NOT NULL, page INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL,
  whole_start INTEGER, whole_end INTEGER,   -- NULL where the span is the whole
  form INTEGER NOT NULL, pinpoint TEXT,
  confidence NOT NULL,                      -- in hundredths as an integer, else a share
  relation TEXT,                            -- NULL: cites
  note TEXT,
  PRIMARY KEY (docn, n)
) WITHOUT ROWID;
CREATE INDEX reference_place_form ON reference_place (form);

-- References as they are read, one row each.
CREATE VIEW reference AS
  SELECT docn, n, page, start, start + length AS "end", coalesce(whole_start, start) AS whole_start,
    coalesce(whole_end, start + length) AS whole_end, kind, id, pinpoint,
    iif(typeof(confidence) = 'integer', confidence / 100.0, confidence) AS confidence,
    coalesce(relation, 'cites') AS relation, note, form
  FROM reference_place JOIN reference_form USING (form);
