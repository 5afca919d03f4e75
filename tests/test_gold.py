"""Every string of the gold occurs in its text, every record has its fields, and the sets have the promised sizes."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parent.parent / "data"
FILES = sorted(path for path in (DATA / "gold").glob("*.jsonl") if path.stem.startswith(("articles", "passages")))
# The forms that a field may also have.
ALIASES = {"object_core": "core_alias"}


def normal(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def documents(path: Path) -> list[tuple[dict[str, Any], str]]:
    folder = DATA / ("articles" if path.stem.startswith("articles") else "passages")
    golds = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [(gold, (folder / f"{gold['id']}.txt").read_text("utf-8")) for gold in golds]


def occurs(record: dict[str, Any], key: str, flat: str) -> bool:
    """Whether a field, or a form that is right too, is in the text; 余, 多 and 来 may stand inside a unit (万余人)."""
    forms = [record[key], *(record.get(ALIASES.get(key, f"{key}_alias")) or [])]
    return any(re.search("[余多来]?".join(map(re.escape, normal(form or "").strip("《》"))), flat) for form in forms)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_strings_occur_in_the_text(path: Path) -> None:
    for gold, text in documents(path):
        flat = normal(text)
        for record in gold["holds"]:
            assert occurs(record, "person", flat), (gold["id"], record)
            assert occurs(record, "title", flat), (gold["id"], record)
        for record in gold["issues"]:
            assert occurs(record, "document", flat), (gold["id"], record)
            for organization in record["orgs"]:
                also = (record.get("orgs_alias") or {}).get(organization, [])
                assert any(normal(form) in flat for form in (organization, *also)), (gold["id"], organization)
        for record in gold["targets"]:
            for key in ("object_core", "object_full", "value", "unit"):
                assert occurs(record, key, flat), (gold["id"], key, record)
            assert normal(record["object_core"]) in normal(record["object_full"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_text_is_named_once_and_has_facts(path: Path) -> None:
    golds = [gold for gold, _ in documents(path)]
    assert len({gold["id"] for gold in golds}) == len(golds)
    assert all(gold["holds"] or gold["issues"] or gold["targets"] for gold in golds)
    assert {gold["set"] for gold in golds} <= {"open", "blind"}


def test_the_sets_have_their_sizes() -> None:
    sets = {path.stem: len(documents(path)) for path in FILES}
    assert sets["articles-open"] == 16
    assert sets["articles-blind"] == 8
    assert sum(count for stem, count in sets.items() if stem.startswith("passages")) >= 150


def test_articles_are_as_long_as_articles_are() -> None:
    for path in sorted((DATA / "articles").glob("*.txt")):
        assert 300 <= len(path.read_text("utf-8")) <= 1900, path.name
