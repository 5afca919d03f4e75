-- A store of schema version 1, as `.dump` of sqlite3 gives it: three documents, the first two reprints.
PRAGMA application_id = 1801941876;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE documents (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source BLOB NOT NULL, sha256 TEXT NOT NULL,
    extractor TEXT NOT NULL, title TEXT, published TEXT, publisher TEXT, author TEXT, reader TEXT NOT NULL,
    encoding TEXT NOT NULL, warnings TEXT NOT NULL, furniture TEXT NOT NULL, text TEXT NOT NULL
);
INSERT INTO "documents" VALUES(1,'old/a.txt',X'2F6F6C642F612E747874','c9f85234486447a2efad6ba78d367618090589c85f54f38098ab0282aba0bb10','1','红石市总工会召开会议',NULL,'红石日报',NULL,'text','utf-8','[]','[[11, 18], [35, 42]]','红石市总工会召开会议
来源：红石日报
红石市总工会主席王倩出席会议。
责任编辑：李明
');
INSERT INTO "documents" VALUES(2,'old/b.txt',X'2F6F6C642F622E747874','e92c0c57631aa27b4a62164e79d9f2fdffa1c8b24dd72bf252254a18a3d0a860','1','红石市总工会召开会议',NULL,NULL,NULL,'text','utf-8','[]','[]','红石市总工会召开会议
红石市总工会主席王倩出席会议。
');
INSERT INTO "documents" VALUES(3,'old/c.txt',X'2F6F6C642F632E747874','3c177349e3d305125f0a17d8b2e732cda706ef9326fb7b716072c3aed507221a','1',NULL,NULL,NULL,NULL,'text','utf-8','[]','[]','红石市总工会今年将建设重点实验室5家。
');
CREATE TABLE facts (
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
    record TEXT NOT NULL, PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
INSERT INTO "facts" VALUES(1,0,'{"document":"old/a.txt","predicate":"at","subject":{"name":"红石市总工会主席","type":"Position","start":25,"end":27},"object":{"name":"红石市总工会","type":"Organization","start":19,"end":25},"qualifiers":{},"evidence":{"document":"old/a.txt","start":19,"end":34,"text":"红石市总工会主席王倩出席会议。"},"confidence":0.99,"extractor":"holds.position"}');
INSERT INTO "facts" VALUES(1,1,'{"document":"old/a.txt","predicate":"holds","subject":{"name":"王倩","type":"Person","start":27,"end":29},"object":{"name":"红石市总工会主席","type":"Position","start":25,"end":27},"qualifiers":{"title":"主席","organization":"红石市总工会","status":"current","since":null,"until":null},"evidence":{"document":"old/a.txt","start":19,"end":34,"text":"红石市总工会主席王倩出席会议。"},"confidence":0.924,"extractor":"holds.title_before_name"}');
INSERT INTO "facts" VALUES(2,0,'{"document":"old/b.txt","predicate":"at","subject":{"name":"红石市总工会主席","type":"Position","start":17,"end":19},"object":{"name":"红石市总工会","type":"Organization","start":11,"end":17},"qualifiers":{},"evidence":{"document":"old/b.txt","start":11,"end":26,"text":"红石市总工会主席王倩出席会议。"},"confidence":0.99,"extractor":"holds.position"}');
INSERT INTO "facts" VALUES(2,1,'{"document":"old/b.txt","predicate":"holds","subject":{"name":"王倩","type":"Person","start":19,"end":21},"object":{"name":"红石市总工会主席","type":"Position","start":17,"end":19},"qualifiers":{"title":"主席","organization":"红石市总工会","status":"current","since":null,"until":null},"evidence":{"document":"old/b.txt","start":11,"end":26,"text":"红石市总工会主席王倩出席会议。"},"confidence":0.924,"extractor":"holds.title_before_name"}');
INSERT INTO "facts" VALUES(3,0,'{"document":"old/c.txt","predicate":"targets","subject":{"name":"建设重点实验室","type":"Action","start":9,"end":11},"object":{"name":"重点实验室 5家 今年","type":"Metric","start":16,"end":18},"qualifiers":{"actor":null,"action":"建设","object":"重点实验室","value_text":"5","unit":"家","value":5.0,"base_unit":"家","bound":null,"period":"今年","status":"planned","change":"level"},"evidence":{"document":"old/c.txt","start":0,"end":19,"text":"红石市总工会今年将建设重点实验室5家。"},"confidence":0.876,"extractor":"targets.verb_noun_number"}');
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('last_build','2022-06-21T08:00:00+00:00');
INSERT INTO "meta" VALUES('revision','1');
COMMIT;
