"""Corrections: what a person decided is done after linking, survives builds, and is reported when it fits nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from test_identity import holds

from kg.builder import build
from kg.cli import main
from kg.errors import InputError
from kg.linking import Linked, link_corpus, read_corrections
from kg.linking.corrections import parse_corrections

FACTS = [
    holds("a", "张伟", "局长", "甲市财政局"),
    holds("b", "张伟", "院长", "乙大学医学院"),
    holds("c", "李四", "总经理", "江源重工集团有限公司"),
    holds("d", "李四", "总经理", "江源重工"),
]


def names(linked: Linked) -> set[str]:
    return {fact.subject.name for fact in linked.facts} | {str(one.qualifiers["organization"]) for one in linked.facts}


# The file, and the names that the graph has then and has no longer.
CORRECTIONS = {
    "same": (
        '[[same]]\na = "张伟（甲市财政局）"\nb = "张伟（乙大学医学院）"\nnote = "简历"',
        {"张伟"},
        {"张伟（甲市财政局）"},
    ),
    "same bodies": ('[[same]]\na = "甲市财政局"\nb = "乙大学医学院"', {"乙大学医学院", "张伟"}, {"甲市财政局"}),
    "different": (
        '[[different]]\na = "江源重工"\nb = "江源重工集团有限公司"',
        {"江源重工", "江源重工集团有限公司"},
        {"江源"},
    ),
    "rename": ('[[rename]]\nname = "甲市财政局"\nto = "甲州市财政局"', {"甲州市财政局"}, {"甲市财政局"}),
    "alias": ('[[alias]]\nname = "乙大学医学院"\nalias = "甲市财政局"', {"乙大学医学院"}, {"甲市财政局"}),
    "drop": ('[[drop]]\nsubject = "李四"\npredicate = "holds"', {"张伟（甲市财政局）"}, {"李四"}),
    "drop in a document": ('[[drop]]\ndocument = "a"', {"张伟"}, {"甲市财政局"}),
}


@pytest.mark.parametrize("case", CORRECTIONS)
def test_a_correction_is_followed(case: str) -> None:
    text, there, gone = CORRECTIONS[case]
    linked = link_corpus(FACTS, corrections=parse_corrections(text))
    if case == "drop in a document":
        assert all(fact.evidence.document != "a" for fact in linked.facts)
    else:
        assert there <= names(linked)
    assert not gone & names(linked)
    assert linked.unmatched == ()


def test_an_added_fact_cites_its_note_in_the_file() -> None:
    text = """[[add]]
subject = "王五"
subject_type = "Person"
predicate = "holds"
object = "甲市财政局副局长"
object_type = "Position"
qualifiers = { title = "副局长", organization = "甲市财政局", status = "current" }
note = "甲市政府网 2024-01-05"
"""
    linked = link_corpus(FACTS, corrections=parse_corrections(text))
    (added,) = [fact for fact in linked.facts if fact.subject.name == "王五"]
    assert text[added.evidence.start : added.evidence.end] == added.evidence.sentence == "甲市政府网 2024-01-05"


@pytest.mark.parametrize(
    "text",
    [
        '[[same]]\na = "无此人"\nb = "张伟"',
        '[[different]]\na = "无此人"\nb = "张伟"',
        '[[rename]]\nname = "无此局"\nto = "某局"',
        '[[alias]]\nname = "无此局"\nalias = "某局"',
        '[[drop]]\nsubject = "无此人"',
    ],
)
def test_a_correction_that_fits_nothing_is_reported_and_changes_nothing(text: str) -> None:
    linked = link_corpus(FACTS, corrections=parse_corrections(text))
    assert linked.facts == link_corpus(FACTS).facts
    assert len(linked.unmatched) == 1
    assert "无此" in linked.unmatched[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[same]\na", "not TOML"),
        ('[[join]]\na = "甲"', "no correction named 'join'"),
        ('[[same]]\na = "甲"', "lacks b"),
        ('[[same]]\na = "甲"\nb = "乙"\nc = "丙"', "does not know c"),
        ('[[drop]]\npredicate = "holds"', "lacks a subject"),
        ('[[add]]\nsubject = "甲"', "lacks subject_type"),
        ("same = 3", "write a table"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_corrections(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles about two bearers of a rare name at different bodies."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("红石市财政局局长尉迟承志出席会议。", "utf-8")
    (articles / "b.txt").write_text("红石市教育局局长尉迟承志到会讲话。", "utf-8")
    return tmp_path


def built(folder: Path) -> Path:
    assert main(["build", str(folder / "articles"), "-o", str(folder / "out")]) == 0
    return folder / "out"


def test_review_writes_what_is_answered_and_the_next_build_follows_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = built(folder)
    monkeypatch.setattr("sys.stdin", io.StringIO("perhaps\ns 年鉴第3页\n"))
    assert main(["review", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "'perhaps' is no answer" in shown
    assert "红石市财政局局长尉迟承志出席会议。" in shown
    (one,) = read_corrections(out / "corrections.toml").listed
    assert (one.action, one.note) == ("same", "年鉴第3页")
    built(folder)
    people = build(folder / "articles", corrections=out / "corrections.toml").nodes("Person")
    assert [person.label for person in people] == ["尉迟承志"]
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["review", str(out)]) == 0
    assert "Nothing was decided." in capsys.readouterr().out


@pytest.mark.parametrize("answers", ["", "q\n", "\n", "\nq\n"])
def test_review_without_a_decision_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch, answers: str) -> None:
    out = built(folder)
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))
    assert main(["review", str(out)]) == 0
    assert not (out / "corrections.toml").exists()


def test_what_is_decided_is_not_asked_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = built(folder)
    monkeypatch.setattr("sys.stdin", io.StringIO("d\n"))
    main(["review", str(out)])
    before = (out / "corrections.toml").read_text("utf-8")
    built(folder)
    monkeypatch.setattr("sys.stdin", io.StringIO("s\n"))
    main(["review", str(out)])
    assert (out / "corrections.toml").read_text("utf-8") == before


def test_ambiguities_and_explain_say_what_was_decided_and_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = built(folder)
    capsys.readouterr()
    assert main(["ambiguities", str(out), "--type", "Person"]) == 0
    assert "尉迟承志（红石市教育局）" in capsys.readouterr().out
    assert main(["explain", str(out), "尉迟承志（红石市财政局）"]) == 0
    shown = capsys.readouterr().out
    assert "person.namesakes" in shown
    assert "红石市财政局局长尉迟承志出席会议。" in shown
    assert main(["explain", str(out), "尉迟承志"]) == 2
    assert main(["explain", str(out), "无此人"]) == 2


def test_a_build_names_the_corrections_that_fit_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "corrections.toml").write_text('[[rename]]\nname = "无此局"\nto = "某局"\n', "utf-8")
    built(folder)
    assert "无此局 " not in capsys.readouterr().out
    built(folder)
    assert "无此局" in capsys.readouterr().err
