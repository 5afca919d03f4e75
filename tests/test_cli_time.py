"""`kg query … as-of`, `timeline`, `successions`, `diff`, `kg diff` and `kg ledger` on the text of two articles."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import kg
from kg.cli import main

FIRST = """红石市总工会召开全委会议

发布时间：2022-01-20

1月19日，红石市总工会召开全委会议。会议提出，2022年，红石市总工会将培训职工4万人次。会议选举王倩为红石市总工会主席。
"""
SECOND = """红石市总工会召开全委会议

发布时间：2023-02-18

2月17日，红石市总工会召开全委会议。会议指出，2022年，红石市总工会培训职工5.2万人次。会议选举李文为红石市总工会主席，王倩不再担任红石市总工会主席。
"""


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the graph of the first article and that of both."""
    folder = tmp_path_factory.mktemp("graphs")
    for name, texts in (("old", [FIRST]), ("new", [FIRST, SECOND])):
        (folder / name).mkdir()
        for number, text in enumerate(texts):
            (folder / name / f"{number}.txt").write_text(text, encoding="utf-8")
        kg.build(folder / name).write(folder / name / "graph.graphml")
    return folder


def lines(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, object]]:
    assert main([str(argument) for argument in (*arguments, "--format", "jsonl")]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_questions_about_time(graphs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = graphs / "new"
    assert [row["person"] for row in lines(capsys, "query", new, "as-of", "2022-06-17")] == ["王倩"]
    (term,) = lines(capsys, "query", new, "timeline", "王倩")
    assert (term["since"], term["until"]) == ("2022-01-19", "2023-02-17")
    held = lines(capsys, "query", new, "successions", "红石市总工会", "主席")
    assert [row["person"] for row in held] == ["王倩", "李文"]
    assert lines(capsys, "query", new, "conflicts") == []
    changes = lines(capsys, "query", new, "diff", "2022-06-17", "2023-06-17")
    assert [(row["change"], row["subject"]) for row in changes] == [("began", "李文"), ("ended", "王倩")]


def test_what_changed_between_two_graphs(graphs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = lines(capsys, "diff", graphs / "old", graphs / "new")
    assert ("added", "entity", "李文") in [(row["change"], row["kind"], row["subject"]) for row in rows]
    assert lines(capsys, "diff", graphs / "old", graphs / "old") == []


@pytest.mark.parametrize("format", ["table", "md", "csv"])
def test_the_ledger_in_every_format(graphs: Path, capsys: pytest.CaptureFixture[str], format: str) -> None:
    main(["ledger", str(graphs / "new"), "--organization", "红石市总工会", "--metric", "职工", "--format", format])
    shown = capsys.readouterr().out
    if format == "csv":
        (row,) = csv.DictReader(io.StringIO(shown))
        assert (row["planned"], row["achieved"], row["state"]) == ("40000.0", "52000.0", "met")
    else:
        assert "40000" in shown
        assert "52000" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "new", "as-of", "yesterday"),
        ("query", "new", "successions", "某会", "主席"),
        ("ledger", "new", "--organization", "某会"),
        ("diff", "new", "none"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence(
    graphs: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    given = [str(graphs / one) if one in ("new", "none") else one for one in arguments]
    assert main(given) == 2
    assert capsys.readouterr().err.count("\n") == 1
