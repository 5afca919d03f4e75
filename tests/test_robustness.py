"""What must not change the facts: other names, other punctuation, hard line breaks (a change of F1 under 0.02)."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.evaluate import evaluate
from kg.language.lexicon import lookup, table

DATA = Path(__file__).resolve().parent.parent / "data"
SETS = ("articles-open", "passages-a", "passages-b")
RELATIONS = ("holds", "issues", "targets")
Pair = tuple[dict[str, Any], str]


def gold_texts() -> Iterator[Pair]:
    for stem in SETS:
        folder = DATA / ("articles" if stem.startswith("articles") else "passages")
        for line in (DATA / "gold" / f"{stem}.jsonl").read_text("utf-8").splitlines():
            gold = json.loads(line)
            yield gold, (folder / f"{gold['id']}.txt").read_text("utf-8")


def f1(pairs: list[Pair]) -> dict[str, float]:
    facts = [fact for gold, text in pairs for fact in kg.extract(kg.Document(gold["id"], text))]
    evaluation = evaluate([gold for gold, _ in pairs], facts)
    return {relation: evaluation.score(relation).f1 for relation in RELATIONS}


@pytest.fixture(scope="module")
def plain() -> dict[str, float]:
    return f1(list(gold_texts()))


def other_names(gold: dict[str, Any], text: str) -> Pair:
    """Give every person and every organisation that is not nationally known another invented name."""
    chance = random.Random(gold["id"])
    surnames = [row["surface"] for row in table("surnames") if len(row["surface"]) == 1 and float(row["weight"]) > 300]
    given = [row["surface"] for row in table("given_name_characters") if int(row["weight"]) >= 6]
    new: dict[str, str] = {}
    for record in gold["holds"]:
        person = record["person"]
        if re.fullmatch(r"[\u4e00-\u9fff]{2,3}", person) and person not in new and person != "习近平":
            new[person] = chance.choice(surnames) + "".join(chance.choices(given, k=len(person) - 1))
    organizations = {record["org"] for record in gold["holds"]} | {o for r in gold["issues"] for o in r["orgs"]}
    places = {name[:2] for name in organizations if name and may_be_renamed(name)}
    for place in sorted(places):
        new[place] = "".join(chance.sample("岚汐屿峪洺澄沅渌浔溧滁漳", 2))
    pattern = re.compile("|".join(map(re.escape, sorted(new, key=len, reverse=True))) or r"(?!)")

    def rename(value: str) -> str:
        return pattern.sub(lambda match: new[match.group()], value)

    renamed: dict[str, Any] = json.loads(rename(json.dumps(gold, ensure_ascii=False)))
    return {**renamed, "id": gold["id"]}, rename(text)


def may_be_renamed(name: str) -> bool:
    """Say whether the first two characters are an invented place or brand that nothing else in the language uses."""
    start = name[:2]
    known = lookup("organizations", "canonical")
    words = lookup("name_like_words", "kind")
    return (
        len(name) >= 5
        and not re.match(
            r"中|全国|国家|国务|国际|世界|联合|省|市|县|区|州|党|公司|学|研究|大|第|组|工|人|校|该|本", name
        )
        and start not in words
        and start not in lookup("divisions", "level")
        and not any(other.startswith(start) for other in known)
    )


def half_width(gold: dict[str, Any], text: str) -> Pair:
    return gold, text.translate(str.maketrans("，；：（）！？", ",;:()!?"))


def full_width(gold: dict[str, Any], text: str) -> Pair:
    swapped = re.sub(r"(?<=[\u4e00-\u9fff”》])[,;:](?=\D)", lambda match: "，；："[",;:".index(match.group())], text)
    return gold, swapped


def hard_wrapped(gold: dict[str, Any], text: str) -> Pair:
    lines = []
    for line in text.split("\n"):
        lines += [line[k : k + 40] for k in range(0, len(line), 40)] or [""]
    return gold, "\n".join(lines)


@pytest.mark.parametrize("change", [other_names, half_width, full_width, hard_wrapped], ids=lambda f: f.__name__)
def test_changes_that_change_nothing(change: Callable[[dict[str, Any], str], Pair], plain: dict[str, float]) -> None:
    changed = f1([change(gold, text) for gold, text in gold_texts()])
    for relation in RELATIONS:
        assert abs(changed[relation] - plain[relation]) < 0.02, (relation, plain[relation], changed[relation])
