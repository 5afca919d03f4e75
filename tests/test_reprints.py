"""Reprints: the same text with other furniture is one support; the same phrases with other names are another text."""

from __future__ import annotations

import json
import random
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from corpus import GOLD, ROOT, open_articles

from kg.graph import build_graph
from kg.linking import document_clues
from kg.linking.clues import Clues
from kg.linking.reprints import find_reprints, is_reprint, make_fingerprint
from kg.readers import read, read_text
from kg.types import EntityType, Evidence, Fact, Mention

SERIES = ROOT / "data" / "series"
PAIRS = [json.loads(line) for line in (GOLD / "series-reprints.jsonl").read_text("utf-8").splitlines()]
WRITTEN = {
    path.stem: path for path in [*SERIES.glob("*.txt"), *open_articles(), *(ROOT / "data" / "reprints").glob("*.txt")]
}


def body(text: str) -> list[str]:
    """Return the paragraphs of a text that are sentences."""
    return [line for line in text.splitlines() if re.search(r"[。！？]", line[-3:]) and len(line) > 20]


# Articles long enough to be cut and changed.
SOURCES = [
    path for path in [*sorted(SERIES.glob("*.txt")), *open_articles()] if len(body(path.read_text("utf-8"))) >= 4
]


def copied(text: str, number: int) -> str:
    """Return a text as another site would carry it: furniture, headline, a paragraph left out, other punctuation."""
    dice = random.Random(number)
    paragraphs = body(text)
    if len(paragraphs) > 4 and number % 2:
        del paragraphs[dice.randrange(1, len(paragraphs))]
    copy = "\n　　".join(paragraphs)
    if number % 3 == 0:
        copy = copy.translate(str.maketrans({"，": ",", "“": '"', "”": '"', "；": ";", "：": ":"}))
    if number % 3 == 1:
        copy = copy.replace("本报讯", "").replace("；", "。").replace("！", "。")
    head = f"某某新闻网 > 要闻 > 正文\n{paragraphs[0][:14]}……\n2023-05-0{number % 9 + 1} 来源：网络　我要评论(0)\n"
    return head + copy + "\n分享到：微信　微博\n版权声明：凡注明来源的作品，版权归原作者所有。\n"


def renamed(text: str, number: int) -> str:
    """Return a text with the phrases of another: other names and other figures."""
    dice = random.Random(number)
    changed = re.sub(r"\d+", lambda match: str(int(match.group()) + dice.randrange(1, 9)), text)
    names = sorted(
        set(re.findall(r"(?:主席|书记|会长|院长|局长|厅长|主任|总经理|董事长|校长)([\u4e00-\u9fff]{3})", text))
    )
    for name in names:
        changed = changed.replace(name, "".join(dice.choice("张王李赵伟芳敏静云海玉兰") for _ in name))
    for place in sorted(set(re.findall(r"[\u4e00-\u9fff]{2}(?=省|市|重工|重机|大学)", text))):
        changed = changed.replace(place, "".join(dice.choice("甲乙丙丁东西南北") for _ in place))
    return changed


def follow_up(text: str, other: str) -> str:
    """Return another article that repeats a paragraph of a text."""
    return "\n".join([*body(other), max(body(text), key=len)])


def written() -> Iterator[tuple[str, str, bool]]:
    """Yield two texts that people could read somewhere, and whether the one reprints the other."""
    for pair in PAIRS:
        yield *(WRITTEN[pair[side]].read_text("utf-8") for side in ("a", "b")), pair["reprint"]


def made() -> Iterator[tuple[str, str, bool]]:
    """Yield two texts that were made from one or two, and whether the one reprints the other."""
    for number, path in enumerate(SOURCES):
        text = path.read_text("utf-8")
        other = SOURCES[number - 1].read_text("utf-8")
        yield text, copied(text, number), True
        yield copied(text, number + 1), copied(text, number + 2), True
        yield text, renamed(text, number), False
        yield text, follow_up(text, other), False


@pytest.mark.parametrize("pairs", [written, made])
def test_reprints_are_told_from_near_misses(pairs: Callable[[], Iterable[tuple[str, str, bool]]]) -> None:
    results = []
    for a, b, expected in pairs():
        found = is_reprint(make_fingerprint(read_text(a)), make_fingerprint(read_text(b)))
        results.append((found, expected))
    assert sum(expected for _, expected in results) >= 30
    assert sum(not expected for _, expected in results) >= 30
    hits = results.count((True, True))
    f1 = 2 * hits / (2 * hits + results.count((True, False)) + results.count((False, True)))
    assert f1 >= 0.97


def test_the_lines_of_a_hard_wrapped_text_are_not_told_apart() -> None:
    text = (ROOT / "data" / "articles" / "paper-products-council.txt").read_text("utf-8")
    wrapped = "\n\n".join("\n".join(textwrap.wrap(line.strip(), 36)) for line in text.splitlines() if line.strip())
    a, b = (make_fingerprint(read_text(one)) for one in (text, wrapped))
    assert is_reprint(a, b)
    assert len(set(a.hashes) & set(b.hashes)) > 0.8 * len(a.hashes)


def test_the_series_has_five_reprints_and_the_earliest_is_the_original() -> None:
    clues = [document_clues(read(path)) for path in sorted(SERIES.glob("*.txt"))]
    found = find_reprints(
        {Path(clue.document).stem: clue.fingerprint for clue in clues},
        {Path(clue.document).stem: clue.published for clue in clues},
    )
    series = {path.stem for path in SERIES.glob("*.txt")}
    assert found == {pair["b"]: pair["a"] for pair in PAIRS if pair["reprint"] and pair["b"] in series}


def test_a_chain_of_copies_has_one_original() -> None:
    text = (SERIES / f"{PAIRS[0]['a']}.txt").read_text("utf-8")
    prints = {f"{number}.txt": make_fingerprint(read_text(copied(text, number))) for number in range(6)}
    assert set(find_reprints(prints).values()) == {"0.txt"}


def test_many_copies_of_one_text_are_found_without_comparing_all_pairs() -> None:
    text = (SERIES / f"{PAIRS[0]['a']}.txt").read_text("utf-8")
    prints = {f"{number:04d}.txt": make_fingerprint(read_text(copied(text, number))) for number in range(300)}
    assert set(find_reprints(prints).values()) == {"0000.txt"}
    assert len(find_reprints(prints)) == 299


@pytest.mark.parametrize("text", ["", "王倩。", "公司要闻\n首页\n", "１２３。"])
def test_a_text_without_sentences_reprints_nothing(text: str) -> None:
    found = make_fingerprint(read_text(text or " x"))
    assert not is_reprint(found, found)


def test_a_reprint_adds_evidence_but_no_support() -> None:
    def fact(document: str, sentence: str) -> Fact:
        person = Mention(document, 0, 2, "王倩", EntityType.PERSON)
        office = Mention(document, 2, 4, "主席", EntityType.POSITION, "甲工会主席")
        qualifiers = {"title": "主席", "organization": "甲工会", "status": "current"}
        return Fact(person, "holds", office, qualifiers, Evidence(document, 0, len(sentence), sentence))

    facts = [fact("a", "王倩主席到会。"), fact("b", "王倩主席出席。"), fact("c", "王倩主席讲话。")]
    for reprints, weight in (({}, 3), ({"b": "a"}, 2), ({"b": "a", "c": "a"}, 1)):
        ((_, _, edge),) = build_graph(facts, (), reprints).edges(data=True)
        assert (edge["weight"], len(edge["evidence"])) == (weight, 3)


def test_clues_can_be_kept() -> None:
    for path in sorted(SERIES.glob("*.txt"))[:8]:
        clues = document_clues(read(path))
        assert Clues.from_dict(json.loads(json.dumps(clues.to_dict()))) == clues
