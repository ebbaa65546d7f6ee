-- Reports as docs/report.schema.json describes them. Nothing here tells who
-- sent one: no address, no time finer than an hour.
CREATE TABLE reports (
  id TEXT PRIMARY KEY,
  received INTEGER NOT NULL, -- seconds since 1970, whole hours
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'confirmed', 'dismissed')),
  kind TEXT NOT NULL,
  verdict TEXT NOT NULL,
  brand TEXT NOT NULL,
  symbols TEXT NOT NULL, -- JSON array
  hosts TEXT NOT NULL, -- JSON array
  rules_version INTEGER NOT NULL,
  language TEXT NOT NULL,
  webmail TEXT NOT NULL,
  program TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX reports_received ON reports (received, id);
