-- The tables of a store, version 3. kg/store_migrations.py brings older files here.

-- What the store says about itself: last build, revision, outputs.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,        -- under which facts cite it
    source BLOB NOT NULL,           -- the bytes of the file's absolute path; a path need not be text
    sha256 TEXT NOT NULL,           -- of the file's bytes as they were read
    extractor TEXT NOT NULL,        -- the version of what read it and found its facts
    title TEXT,
    published TEXT,
    publisher TEXT,
    author TEXT,
    reader TEXT NOT NULL,
    encoding TEXT NOT NULL,
    warnings TEXT NOT NULL,         -- JSON list of sentences
    furniture TEXT NOT NULL,        -- JSON list of [start, end]
    text TEXT NOT NULL,
    content TEXT NOT NULL,          -- of the text without furniture, white space and widths (since version 2)
    clues TEXT NOT NULL DEFAULT '',         -- JSON, what linking needs of the text (kg/linking/clues.py; since version 3)
    clues_version TEXT NOT NULL DEFAULT ''  -- the version of what found them; empty for none
);
CREATE INDEX documents_by_source ON documents (source);
CREATE INDEX documents_by_content ON documents (content);

CREATE TABLE facts (
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,       -- its place among the facts of the document, in the fixed order
    record TEXT NOT NULL,           -- JSON, see kg/store_records.py
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
