-- A store of schema version 2, as `.dump` of sqlite3 gives it: three documents whose texts hold clues.
PRAGMA application_id = 1801941876;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    extractor TEXT NOT NULL,
    title TEXT,
    published TEXT,
    publisher TEXT,
    author TEXT,
    reader TEXT NOT NULL,
    encoding TEXT NOT NULL,
    warnings TEXT NOT NULL,
    furniture TEXT NOT NULL,
    text TEXT NOT NULL,
    content TEXT NOT NULL
);
INSERT INTO "documents" VALUES(1,'old/a.txt',X'2F6F6C642F612E747874','ea8391b7a1b150dbf94fa381c424e5c95f4fab6d55c3bb7cb36b40262e94a334','2','红石市总工会召开会议','2022-06-20','红石日报',NULL,'text','utf-8','[]','[[11, 29]]','红石市总工会召开会议
来源：红石日报　2022-06-20
红石市总工会（以下简称“市总”）主席王倩出席会议。市总今年将建设重点实验室5家。
','2c3ef451d94d884fd2a21c576d3b52a01c8d014458e84ef92ee2bda673cab318');
INSERT INTO "documents" VALUES(2,'old/b.txt',X'2F6F6C642F622E747874','dc2a95fc67a49f5e2de77006ea44a984778b239c0636767135ee9b53ceb03d9a','2','更正','2022-06-22',NULL,NULL,'text','utf-8','[]','[[3, 13]]','更正
2022-06-22
本报6月20日报道误将“王倩”写为“王茜”。红石市总工会向读者致歉。
','f3f633f3d8edd7fb5444bdf5e124444ac3bc2bd0ddb524ba6278887072598552');
INSERT INTO "documents" VALUES(3,'old/c.txt',X'2F6F6C642F632E747874','32e4031c5445b8d8e41041f8863538e2e503d8023f9cf4f49bb1c53a730c609b','2',NULL,NULL,NULL,NULL,'text','utf-8','[]','[]','红石市轻工业局更名为红石市轻工业联合会。
红石市轻工业联合会会长王茜出席会议。
','ee7ec643ccc9497a1c61901a7fcdd363e8d13783fcb2113614c37bac4bc9084e');
CREATE TABLE facts (
    document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
INSERT INTO "facts" VALUES(1,0,'{"document":"old/a.txt","predicate":"at","subject":{"name":"红石市总工会主席","type":"Position","start":46,"end":48},"object":{"name":"红石市总工会","type":"Organization","start":30,"end":36},"qualifiers":{},"evidence":{"document":"old/a.txt","start":30,"end":55,"text":"红石市总工会（以下简称“市总”）主席王倩出席会议。"},"confidence":0.99,"extractor":"holds.position"}');
INSERT INTO "facts" VALUES(1,1,'{"document":"old/a.txt","predicate":"holds","subject":{"name":"王倩","type":"Person","start":48,"end":50},"object":{"name":"红石市总工会主席","type":"Position","start":46,"end":48},"qualifiers":{"title":"主席","organization":"红石市总工会","status":"current","since":null,"until":null},"evidence":{"document":"old/a.txt","start":30,"end":55,"text":"红石市总工会（以下简称“市总”）主席王倩出席会议。"},"confidence":0.932,"extractor":"holds.title_before_name"}');
INSERT INTO "facts" VALUES(1,2,'{"document":"old/a.txt","predicate":"targets","subject":{"name":"市总建设重点实验室","type":"Action","start":60,"end":62},"object":{"name":"重点实验室 5家 2022年","type":"Metric","start":67,"end":69},"qualifiers":{"actor":"红石市总工会","action":"建设","object":"重点实验室","value_text":"5","unit":"家","value":5.0,"base_unit":"家","bound":null,"period":"2022年","status":"planned","change":"level"},"evidence":{"document":"old/a.txt","start":55,"end":70,"text":"市总今年将建设重点实验室5家。"},"confidence":0.916,"extractor":"targets.verb_noun_number"}');
INSERT INTO "facts" VALUES(1,3,'{"document":"old/a.txt","predicate":"undertakes","subject":{"name":"红石市总工会","type":"Organization","start":55,"end":57},"object":{"name":"市总建设重点实验室","type":"Action","start":60,"end":62},"qualifiers":{"status":"planned"},"evidence":{"document":"old/a.txt","start":55,"end":70,"text":"市总今年将建设重点实验室5家。"},"confidence":0.85,"extractor":"targets.actor"}');
INSERT INTO "facts" VALUES(3,0,'{"document":"old/c.txt","predicate":"at","subject":{"name":"红石市轻工业联合会会长","type":"Position","start":30,"end":32},"object":{"name":"红石市轻工业联合会","type":"Organization","start":21,"end":30},"qualifiers":{},"evidence":{"document":"old/c.txt","start":21,"end":39,"text":"红石市轻工业联合会会长王茜出席会议。"},"confidence":0.99,"extractor":"holds.position"}');
INSERT INTO "facts" VALUES(3,1,'{"document":"old/c.txt","predicate":"holds","subject":{"name":"王茜","type":"Person","start":32,"end":34},"object":{"name":"红石市轻工业联合会会长","type":"Position","start":30,"end":32},"qualifiers":{"title":"会长","organization":"红石市轻工业联合会","status":"current","since":null,"until":null},"evidence":{"document":"old/c.txt","start":21,"end":39,"text":"红石市轻工业联合会会长王茜出席会议。"},"confidence":0.932,"extractor":"holds.title_before_name"}');
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('last_build','2022-06-22T08:00:00+00:00');
INSERT INTO "meta" VALUES('revision','1');
CREATE INDEX documents_by_source ON documents (source);
CREATE INDEX documents_by_content ON documents (content);
COMMIT;
