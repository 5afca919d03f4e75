"""What extraction is to find, sentence by sentence: the rows of `patterns/*.toml` are the specification.

A row gives a text and, for each predicate that it speaks about, all facts of that predicate (an empty list: none). A
fact gives only the keys that matter; a list of strings is a choice, the empty string is "absent" (null). Of an object
or event, the longest right name is given and, as `…_core`, the shortest. `optional = true` is neither required nor
wrong. `published` is the date of the document. `xfail` says why extraction does not do it yet; such a row must fail.
"""

from __future__ import annotations

import math
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.readers import read_text
from kg.types import Fact
from kg.vocabulary import relations

PATTERNS = sorted((Path(__file__).parent / "patterns").glob("*.toml"))
Row = Mapping[str, Any]

# How a row calls the two ends of each relation; the other keys are qualifiers.
ENDS = {
    "holds": ("person", "position"),
    "issues": ("organization", "document"),
    "co_issues": ("organization", "document"),
    "cites": ("source", "document"),
    "targets": ("subject", "metric"),
    "attends": ("person", "event"),
    "speaks_at": ("person", "event"),
    "hosts": ("host", "event"),
    "held_on": ("event", "day"),
    "held_at": ("event", "place"),
    "part_of": ("part", "whole"),
}
SETTINGS = {"text", "published", "xfail"}
# Keys of an expected fact that are no keys of a found one.
RULES = {"object_core", "event_core", "optional", "confidence_at_most"}


def rows() -> Iterator[Any]:
    for path in PATTERNS:
        for number, row in enumerate(tomllib.loads(path.read_text("utf-8"))["row"], start=1):
            marks = [pytest.mark.xfail(strict=True, reason=row["xfail"])] if "xfail" in row else []
            yield pytest.param(row, id=f"{path.stem}-{number:02}", marks=marks)


def plain(value: object) -> str:
    """NFKC without white space, as `score.py` compares; the kinds of title mark are one."""
    text = "".join(unicodedata.normalize("NFKC", str(value or "")).split())
    return text.replace("〈", "《").replace("〉", "》").strip("《》")


def choices(value: object) -> list[str]:
    return [plain(one) for one in (value if isinstance(value, list) else [value])]


def found(fact: Fact) -> dict[str, object]:
    """The keys under which a row may ask for what a fact says."""
    subject, other = ENDS[fact.predicate]
    ends = {subject: fact.subject.name, other: fact.object.name}
    return {**fact.qualifiers, **ends, "confidence": fact.confidence}


def same(expected: Row, said: Mapping[str, object]) -> bool:
    if said["confidence"] > expected.get("confidence_at_most", 1):  # type: ignore[operator]
        return False
    return all(same_value(key, expected, said[key]) for key in expected if key not in RULES)


def same_value(key: str, expected: Row, said: Any) -> bool:
    if key == "value":
        return said is not None and math.isclose(said, expected[key], rel_tol=1e-6)
    if key == "stated_count":
        return bool(said == expected[key])
    accepted, one = choices(expected[key]), plain(said)
    if f"{key}_core" in expected:
        pairs = zip(accepted, choices(expected[f"{key}_core"]), strict=True)
        return any(core in one and one in full for full, core in pairs)
    if key == "action" and one:
        # An adverb may stand before the verb (累计投入); a piece of the object behind it may not (投入帮扶).
        return any(form and (one.removesuffix("了").endswith(form) or one in form) for form in accepted)
    return one in accepted


def match(expected: list[Row], facts: list[dict[str, object]]) -> dict[int, int]:
    """A largest matching of expected facts to found ones (augmenting paths), by their places in the two lists."""
    owner: dict[int, int] = {}

    def place(want: int, tried: set[int]) -> bool:
        for have, said in enumerate(facts):
            if have in tried or not same(expected[want], said):
                continue
            tried.add(have)
            if have not in owner or place(owner[have], tried):
                owner[have] = want
                return True
        return False

    # Required facts first: an optional one must not take a place that a required one needs.
    for want in sorted(range(len(expected)), key=lambda k: bool(expected[k].get("optional"))):
        place(want, set())
    return {want: have for have, want in owner.items()}


def differences(predicate: str, expected: list[Row], facts: list[Fact]) -> list[str]:
    said = [found(fact) for fact in facts]
    pairs = match(expected, said)
    missing = [
        f"missing {predicate}: {want}"
        for place, want in enumerate(expected)
        if place not in pairs and not want.get("optional")
    ]
    taken = {have: want for want, have in pairs.items()}
    # The same fact from another sentence is further evidence; from the same sentence it is an error.
    proofs = {(want, facts[have].evidence) for have, want in taken.items()}
    extra = [
        f"wrong {predicate}: {one}"
        for place, one in enumerate(said)
        if place not in taken
        and not any(
            same(want, one) and (number, facts[place].evidence) not in proofs for number, want in enumerate(expected)
        )
    ]
    return missing + extra


def facts_of(row: Row) -> list[Fact]:
    if "published" not in row:
        return kg.extract(row["text"])
    return kg.extract(replace(read_text(row["text"]), published=row["published"]))


@pytest.mark.parametrize("row", list(rows()))
def test_pattern(row: Row) -> None:
    facts = facts_of(row)
    problems = [
        problem
        for predicate in ENDS
        if predicate in row
        for problem in differences(predicate, row[predicate], [fact for fact in facts if fact.predicate == predicate])
    ]
    assert not problems, "\n".join([row["text"], *problems])


@pytest.mark.parametrize("path", PATTERNS, ids=lambda path: path.stem)
def test_rows_are_well_formed(path: Path) -> None:
    """A key that is misspelt would compare nothing."""
    family = tomllib.loads(path.read_text("utf-8"))["row"]
    assert len(family) >= 15
    assert len({row["text"] for row in family}) == len(family)
    for row in family:
        predicates = row.keys() - SETTINGS
        assert predicates, f"{row['text']} compares nothing"
        assert predicates <= ENDS.keys()
        for predicate in predicates:
            known = {*ENDS[predicate], *relations()[predicate].qualifiers, *RULES}
            assert all(fact.keys() <= known for fact in row[predicate]), row["text"]
