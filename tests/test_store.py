"""The store: it gives back what it got, all or nothing, also to readers beside a build and from older files."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from corpus import open_articles

import kg
from kg import outputs, project
from kg import store as kg_store
from kg.builder import linked_graph
from kg.extractor_version import clues_version
from kg.linking import document_clues
from kg.readers import read
from kg.store import STORE_FILE, Entry, Fingerprint, Store
from kg.store_lock import only_builder
from kg.types import Document, EntityType, Evidence, Fact, Mention

STORES = Path(__file__).parent / "stores"


def entry(id: str, text: str = "红石市总工会主席王倩出席会议。", **origin: str) -> Entry:
    document = Document(id, text)
    return Entry(document, tuple(kg.extract(document)), Fingerprint(f"/articles/{id}", "digest", "1", **origin))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / STORE_FILE, create=True)


def stored(version: int, folder: Path) -> Path:
    """Return a file of a schema version, as it was stored then."""
    path = folder / STORE_FILE
    connection = sqlite3.connect(path)
    connection.executescript((STORES / f"version-{version}.sql").read_text("utf-8"))
    connection.close()
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return stored(1, tmp_path)


def test_documents_and_facts_come_back_as_they_went_in_and_in_the_fixed_order(store: Store) -> None:
    documents = [replace(read(path), id=path.name, warnings=("甲", "乙")) for path in open_articles()[:5]]
    entries = [Entry(one, tuple(kg.extract(one)), Fingerprint("/a", "b", "c")) for one in documents]
    store.change(entries[::-1])
    assert list(store.documents()) == sorted(documents, key=lambda document: document.id)
    facts = [fact for one in entries for fact in one.facts]
    assert list(store.facts()) == sorted(facts, key=Fact.sort_key)
    assert store.read(documents[2].id) == documents[2]
    assert store.count() == (5, len(facts))


def test_surface_forms_outside_the_sentence_come_back(store: Store) -> None:
    outside = Mention("a", 90, 94, "轻联\n会", EntityType.ORGANIZATION, "轻工业\ud800联合会")
    inside = Mention("a", 0, 2, "会长", EntityType.POSITION, "轻工业联合会会长")
    fact = Fact(inside, "at", outside, {"value": 5.0, "count": 5, "open": None}, Evidence("a", 0, 2, "会长"), 0.9, "x")
    store.change([Entry(Document("a", "会长"), (fact,), Fingerprint("/a", "b", "c"))])
    (back,) = store.facts()
    assert back == fact
    assert [type(value) for value in back.qualifiers.values()] == [float, int, type(None)]


def test_a_source_need_not_be_text(store: Store) -> None:
    store.change([replace(entry("a"), fingerprint=Fingerprint("/articles/\udcff.txt", "b", "c"))])
    assert store.fingerprints()["a"].source == "/articles/\udcff.txt"


def test_a_document_put_in_again_replaces_its_facts_and_one_taken_out_takes_them_along(store: Store) -> None:
    store.change([entry("a"), entry("b")])
    store.change([entry("a", "红石市总工会主席李明出席会议。")], removed=["b"])
    assert {fact.subject.name for fact in store.facts() if fact.predicate == "holds"} == {"李明"}
    assert store.count() == (1, 2)


def test_a_change_that_fails_changes_nothing(store: Store) -> None:
    store.change([entry("a")])
    broken = replace(entry("b"), facts=(replace(entry("b").facts[0], confidence=object()),))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        store.change([entry("c"), broken], removed=["a"])
    assert list(store.fingerprints()) == ["a"]
    assert store.notes()["revision"] == "1"


def test_a_change_of_nothing_is_no_new_revision(store: Store) -> None:
    store.change([entry("a")])
    store.change(removed=["nobody"])
    assert store.notes()["revision"] == "1"


def test_an_unknown_document_is_said(store: Store) -> None:
    with pytest.raises(kg.UsageError, match="holds no document 'a'"):
        store.read("a")


def test_reprints_have_one_content(store: Store) -> None:
    text = "红石市总工会主席王倩出席会议，共 15 人参加。"
    store.change([entry("a", text), entry("b", text.replace(" ", "").replace("，", ",")), entry("c", text[:-2])])
    a, b, c = (found.content for found in store.fingerprints().values())
    assert a == b != c


def test_a_reader_sees_what_is_committed_and_one_moment_in_a_snapshot(store: Store) -> None:
    store.change([entry("a")])
    with Store.open(store.path) as reader:
        with reader.snapshot():
            assert reader.count() == (1, 2)
            store.change([entry("b")])
            assert reader.count() == (1, 2)
            assert len(list(reader.facts())) == 2
        assert reader.count() == (2, 4)


def test_a_store_of_version_1_is_brought_to_the_newest(old: Path) -> None:
    with Store.open(old) as store:
        found = store.fingerprints()
        assert list(found) == ["old/a.txt", "old/b.txt", "old/c.txt"]
        assert found["old/a.txt"].source == "/old/a.txt"
        assert found["old/a.txt"].content == found["old/b.txt"].content != found["old/c.txt"].content
        assert store.read("old/a.txt").publisher == "红石日报"
        holders = [fact.subject.name for fact in store.facts() if fact.predicate == "holds"]
        assert holders == ["王倩", "王倩"]
        assert store.notes() == {"behind": "3", "last_build": "2022-06-21T08:00:00+00:00", "revision": "1"}
        store.change([entry("new")], removed=["old/a.txt"])
        assert store.count()[0] == 3


def test_a_store_of_version_2_gets_the_clues_of_its_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(stored(2, tmp_path)) as store:
        documents = list(store.documents())
        plain = linked_graph(list(store.facts()), documents)
        expected = [document_clues(document) for document in documents]
        assert any(clues.definitions for clues in expected)
        assert any(clues.renames for clues in expected)
        assert any(clues.misprints for clues in expected)
        assert store.clues(clues_version()) == expected
        assert outputs.graph_of(store).linked == plain.linked
        before = store.notes()
        store.keep_clues(clues_version())
        assert store.notes() == before
        monkeypatch.setattr(kg_store, "document_clues", None)
        # Kept ones are not found again.
        assert store.clues(clues_version()) == expected
        store.keep_clues(clues_version())


def test_clues_follow_their_document_and_their_version(store: Store) -> None:
    text = "红石市总工会（以下简称“市总”）开会。"
    store.change([entry("a", text), entry("b")])
    store.keep_clues("1")
    store.change([entry("b", text)], removed=["a"])
    (clues,) = store.clues("1")
    assert (clues.document, clues.definitions) == ("b", (("红石市总工会", "市总"),))
    store.keep_clues("1")
    store._connection.execute("UPDATE documents SET clues = replace(clues, '市总', '总会')")
    assert store.clues("1")[0].definitions != clues.definitions
    # What another version found is found again.
    assert store.clues("2") == [clues]
    store.keep_clues("2")
    assert store.clues("2") == [clues]


def test_a_build_keeps_the_clues_of_what_it_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in open_articles()[:4]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with project.opened(tmp_path / "out", create=True) as store:
        project.update(store, sorted(tmp_path.glob("*.txt")))
        expected = [document_clues(document) for document in store.documents()]
        monkeypatch.setattr(kg_store, "document_clues", None)
        assert store.clues(clues_version()) == expected


@pytest.mark.parametrize("version", [1, 2])
def test_a_migrated_store_has_the_tables_of_a_new_one(version: int, tmp_path: Path) -> None:
    old = stored(version, tmp_path)

    def schema(path: Path) -> set[tuple[str, ...]]:
        Store.open(path, create=True).close()
        connection = sqlite3.connect(path)
        columns = connection.execute(
            "SELECT m.type, m.name, c.name, c.type, c.pk FROM sqlite_master m LEFT JOIN pragma_table_info(m.name) c"
        ).fetchall()
        versions = connection.execute(
            "SELECT user_version, application_id FROM pragma_user_version, pragma_application_id"
        )
        result = {*columns, *versions}
        connection.close()
        return result

    assert schema(old) == schema(tmp_path / "new.sqlite")


def test_a_migration_that_is_cut_short_leaves_the_old_file(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg import store_migrations

    def fail(*_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(store_migrations, "content_digest", fail)
    with pytest.raises(KeyboardInterrupt):
        Store.open(old)
    monkeypatch.undo()
    connection = sqlite3.connect(old)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()
    with Store.open(old) as store:
        assert store.count()[0] == 3


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("PRAGMA application_id = 1801941876; PRAGMA user_version = 99; CREATE TABLE meta (a)", "newer kg"),
        ("CREATE TABLE songs (a)", "another program"),
    ],
)
def test_files_that_are_no_store_are_refused_and_left_alone(tmp_path: Path, script: str, reason: str) -> None:
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()
    before = path.read_bytes()
    with pytest.raises(kg.InputError, match=reason):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / STORE_FILE).write_text("no database " * 100, "utf-8")
    with pytest.raises(kg.InputError, match="is no store of kg"):
        Store.open(tmp_path)
    with pytest.raises(kg.InputError, match="does not exist"):
        Store.open(tmp_path / "nowhere.sqlite")


def test_a_second_builder_is_told_or_waits(tmp_path: Path) -> None:
    path = tmp_path / STORE_FILE
    entered = threading.Event()

    def wait() -> None:
        with only_builder(path, wait=True):
            entered.set()

    with only_builder(path):
        with pytest.raises(kg.BusyError, match="Another build is writing"), only_builder(path):
            pass
        thread = threading.Thread(target=wait)
        thread.start()
        assert not entered.wait(0.5)
    assert entered.wait(10)
    thread.join()
