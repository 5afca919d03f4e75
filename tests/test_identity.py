"""Who is who over documents: the series of articles, pairs of names, and rules one by one."""

from __future__ import annotations

import csv
import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

import pytest
from corpus import GOLD, ROOT

from kg.builder import Extraction, extract_corpus
from kg.evaluate_identity import Mentioned, evaluate_identity, fact_mentions, read_identity_gold
from kg.linking import Linked, link_corpus
from kg.linking.organizations import link_organizations, same_organization
from kg.types import Document, EntityType, Evidence, Fact, Mention

SERIES = ROOT / "data" / "series"
IDENTITY = GOLD / "series-identity.jsonl"
BAR = 0.97
CHECKED = ("holds", "issues", "co_issues", "targets", "undertakes", "attends", "speaks_at", "hosts")


@pytest.fixture(scope="module")
def series() -> Extraction:
    return extract_corpus(SERIES)


@pytest.fixture(scope="module")
def linked(series: Extraction) -> Linked:
    return link_corpus(series.facts, series.documents)


def pairs() -> list[dict[str, str]]:
    text = (GOLD / "alias-pairs.tsv").read_text("utf-8")
    return list(csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t"))


class TestTheSeries:
    @pytest.mark.parametrize("type", ["Person", "Organization"])
    def test_identity_is_at_the_bar(self, linked: Linked, type: str) -> None:
        score = evaluate_identity(read_identity_gold(IDENTITY), fact_mentions(linked.facts))[type]
        assert min(score.pairwise[2], score.b_cubed[2]) >= BAR, score.mistakes
        # What extraction found at all is no matter of linking, but a bar over nothing would say nothing.
        assert score.coverage >= 0.6

    def test_organizations_are_at_the_bar_with_every_mention_of_the_gold(self, series: Extraction) -> None:
        gold = [one for one in read_identity_gold(IDENTITY) if one.type == "Organization"]
        names: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for one in gold:
            names[one.document][one.text] += 1
        clues = link_clues(series.documents)
        links = link_organizations(names, clues)
        found = [Mentioned(document, name, "Organization", to) for (document, name), to in links.canonical.items()]
        score = evaluate_identity(gold, found)["Organization"]
        assert score.coverage == 1.0
        assert min(score.pairwise[2], score.b_cubed[2]) >= BAR, score.mistakes

    def test_every_surface_form_and_offset_survives(self, series: Extraction, linked: Linked) -> None:
        def places(facts: Sequence[Fact]) -> Counter[tuple[str, str, int, int, str]]:
            sides = [one for fact in facts if fact.predicate in CHECKED for one in (fact.subject, fact.object)]
            return Counter((one.document, one.type.value, one.start, one.end, one.text) for one in sides)

        # Linking leaves out facts about bare words (市) and of bodies that are part of themselves, and adds parts.
        assert places(series.facts) == places(linked.facts)
        texts = {document.id: document.text for document in series.documents}
        for fact in linked.facts:
            assert texts[fact.evidence.document][fact.evidence.start : fact.evidence.end] == fact.evidence.sentence

    def test_every_merge_has_a_rule_and_a_reason(self, linked: Linked) -> None:
        assert len(linked.merges) > 50
        assert all(merge.rule and merge.reason and merge.name != merge.canonical for merge in linked.merges)

    @pytest.mark.parametrize("seed", range(5))
    def test_the_order_of_facts_and_documents_changes_nothing(
        self, series: Extraction, linked: Linked, seed: int
    ) -> None:
        facts, documents = list(series.facts), list(series.documents)
        random.Random(seed).shuffle(facts)
        random.Random(seed).shuffle(documents)
        assert link_corpus(facts, documents) == linked

    def test_notices_with_their_numbers_are_one(self, linked: Linked) -> None:
        gold = [json.loads(line) for line in (GOLD / "series-notices.jsonl").read_text("utf-8").splitlines()]
        named = {one.name for fact in linked.facts for one in (fact.subject, fact.object) if one.type == "Notice"}
        assert named <= {notice["title"] for notice in gold}


def link_clues(documents: Sequence[Document]) -> dict[str, object]:
    from pathlib import PurePosixPath

    from kg.linking import document_clues

    found = {PurePosixPath(document.id).stem: document_clues(document) for document in documents}
    return {stem: replace(clues, document=stem) for stem, clues in found.items()}


class TestPairs:
    def test_they_are_many_and_half_of_them_traps(self) -> None:
        kinds = Counter(pair["same"] for pair in pairs())
        assert kinds["yes"] >= 100
        assert kinds["no"] >= 100

    def test_precision_and_recall(self) -> None:
        results = Counter(
            (same_organization(pair["a"], pair["b"], pair["context"].split("、")), pair["same"]) for pair in pairs()
        )
        hits = results[True, "yes"]
        assert hits / (hits + results[True, "no"]) >= 0.99
        assert hits / (hits + results[False, "yes"]) >= 0.9

    def test_the_order_of_a_pair_makes_no_difference(self) -> None:
        for pair in pairs():
            context = pair["context"].split("、")
            there = same_organization(pair["a"], pair["b"], context)
            assert there == same_organization(pair["b"], pair["a"], context), pair


def holds(document: str, person: str, title: str, body: str, status: str = "current") -> Fact:
    """Return that a person holds a title at a body, as extraction would say it."""
    sentence = f"{body}{title}{person}出席。"
    start = len(body) + len(title)
    who = Mention(document, start, start + len(person), person, EntityType.PERSON)
    office = Mention(document, len(body), start, title, EntityType.POSITION, body + title)
    qualifiers = {"title": title, "organization": body, "status": status, "since": None, "until": None}
    return Fact(who, "holds", office, qualifiers, Evidence(document, 0, len(sentence), sentence))


def persons(linked: Linked) -> dict[tuple[str, str], str]:
    return {(fact.evidence.document, fact.subject.text): fact.subject.name for fact in linked.facts}


# What the documents say (document, person, title, body), and which documents speak of one person.
OFFICE, MAYOR = ("张伟", "局长", "甲市财政局"), ("张伟", "市长", "乙市人民政府")
SEAT, DEAN = ("张伟", "代表", "全国人民代表大会"), ("张伟", "院长", "乙大学医学院")
PERSONS = {
    "one organisation": ([("a", *OFFICE), ("b", *OFFICE)], ["ab"]),
    "a spelling": ([("a", "张 伟", "局长", "甲市财政局"), ("b", *OFFICE)], ["ab"]),
    "a department": (
        [("a", "张伟", "处长", "甲源省财政厅预算处"), ("b", "张伟", "厅长", "甲源省财政厅")],
        ["ab"],
    ),
    "a career": ([("a", *OFFICE), ("b", *OFFICE), ("b", *MAYOR), ("c", *MAYOR)], ["abc"]),
    "two bodies": ([("a", *OFFICE), ("b", *DEAN)], ["a", "b"]),
    "a seat of thousands": ([("a", *SEAT), ("a", *OFFICE), ("b", *SEAT), ("b", *DEAN)], ["a", "b"]),
    "two short forms of one body": (
        [("a", "张伟", "厅长", "甲源省人社厅"), ("b", "张伟", "厅长", "甲源省人力资源和社会保障厅")],
        ["ab"],
    ),
}


@pytest.mark.parametrize("case", PERSONS)
def test_persons(case: str) -> None:
    said, expected = PERSONS[case]
    linked = link_corpus([holds(*one) for one in said])
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for (document, _), name in persons(linked).items():
        groups[name].add(document)
    assert sorted("".join(sorted(group)) for group in groups.values()) == expected


def test_two_persons_of_one_name_are_told_apart_by_their_bodies_and_both_keep_the_name() -> None:
    facts = [holds("a", "张伟", "局长", "甲市财政局"), holds("b", "张伟", "院长", "乙大学医学院")]
    linked = link_corpus(facts)
    assert sorted(persons(linked).values()) == ["张伟（乙大学医学院）", "张伟（甲市财政局）"]
    assert {fact.subject.text for fact in linked.facts} == {"张伟"}


def test_a_doubtful_pair_is_listed_with_its_weight() -> None:
    facts = [holds("a", "尉迟承志", "局长", "甲市财政局"), holds("b", "尉迟承志", "局长", "甲市教育局")]
    (doubt,) = link_corpus(facts).ambiguities
    assert (doubt.a, doubt.b) == ("尉迟承志（甲市教育局）", "尉迟承志（甲市财政局）")
    assert doubt.weight > 0.5


# A text, the names in it, and the names that are one at the end.
TEXTS = {
    "renamed": ("甲源省经济厅更名为甲源省工信厅。", ["甲源省经济厅", "甲源省工信厅"], True),
    "formerly": (
        "甲源重工集团有限公司（原甲源机械厂有限公司）开会。",
        ["甲源机械厂有限公司", "甲源重工集团有限公司"],
        True,
    ),
    "merged": (
        "甲源省轻工业协会与甲源省纺织协会合并组建甲源省轻纺协会。",
        ["甲源省轻工业协会", "甲源省轻纺协会"],
        False,
    ),
    "defined": ("甲源大学第三附属医院（以下简称“三院”）开会。", ["甲源大学第三附属医院", "三院"], True),
}


@pytest.mark.parametrize("case", TEXTS)
def test_what_a_text_says_about_names(case: str) -> None:
    text, (a, b), expected = TEXTS[case]
    linked = link_corpus([holds("x", "张三", "主任", a), holds("x", "李四", "主任", b)], [Document("x", text)])
    assert (len({fact.qualifiers["organization"] for fact in linked.facts}) == 1) == expected


def test_the_same_local_word_in_two_documents_is_two_bodies() -> None:
    facts = [holds("a", "张三", "书记", "市委"), holds("b", "李四", "书记", "市委")]
    assert len({fact.qualifiers["organization"] for fact in link_corpus(facts).facts}) == 2
    about = [holds("a", "王五", "局长", "甲源市财政局"), holds("b", "赵六", "局长", "甲源市教育局")]
    assert {fact.qualifiers["organization"] for fact in link_corpus(facts + about).facts} >= {"甲源市委"}


def test_a_short_form_of_two_bodies_stays_open_unless_its_document_names_one() -> None:
    full = [holds("a", "张三", "校长", "东江大学"), holds("b", "李四", "校长", "东岭大学")]
    alone = link_corpus([*full, holds("c", "王五", "校长", "东大")])
    assert {doubt.b for doubt in alone.ambiguities} | {doubt.a for doubt in alone.ambiguities} >= {
        "东江大学",
        "东岭大学",
    }
    beside = link_corpus([*full, holds("c", "王五", "校长", "东大"), holds("c", "赵六", "书记", "东岭大学")])
    assert {fact.qualifiers["organization"] for fact in beside.facts} == {"东江大学", "东岭大学"}


def test_a_department_is_part_of_its_owner() -> None:
    facts = [holds("a", "张三", "主任", "甲源省总办公室"), holds("b", "李四", "主席", "甲源省总工会")]
    at = [replace(fact, predicate="at", subject=fact.object, object=body(fact)) for fact in facts]
    parts = [fact for fact in link_corpus([*facts, *at]).facts if fact.predicate == "part_of"]
    assert [(fact.subject.name, fact.object.name, fact.object.text) for fact in parts] == [
        ("甲源省总工会办公室", "甲源省总工会", "甲源省总")
    ]


def body(fact: Fact) -> Mention:
    name = str(fact.qualifiers["organization"])
    return Mention(fact.evidence.document, 0, len(name), name, EntityType.ORGANIZATION)


def issued(document: str, title: str, number: str | None, body: str = "甲市财政局", date: str | None = None) -> Fact:
    who = Mention(document, 0, len(body), body, EntityType.ORGANIZATION)
    what = Mention(document, 10, 10 + len(title), title, EntityType.NOTICE)
    qualifiers = {"verb": "印发", "date": date, "document_number": number, "stated_count": None, "named_count": 1}
    return Fact(who, "issues", what, qualifiers, Evidence(document, 0, 40, "甲" * 40))


# Title and number in two documents; whether they are one.
NOTICES = {
    "marks": (("《关于评选的通知》", None), ("关于评选的通知", None), True),
    "quotation marks": (("关于“百日”行动的通知", None), ('关于"百日"行动的通知', None), True),
    "brackets of the number": (("关于评选的通知", "甲发〔2021〕3号"), ("关于评选的通知", "甲发[2021]3号"), True),
    "full-width brackets": (("关于评选的通知", "甲发〔2021〕3号"), ("关于评选的通知", "甲发（2021）第3号"), True),
    "the number alone": (("关于评选的通知", "甲发〔2021〕3号"), ("甲发[2021]3号", None), True),
    "two numbers": (("关于评选的通知", "甲发〔2021〕3号"), ("关于评选的通知", "甲发〔2022〕5号"), False),
    "two titles": (("关于评选的通知", None), ("关于评奖的通知", None), False),
}


@pytest.mark.parametrize("case", NOTICES)
def test_notices(case: str) -> None:
    a, b, expected = NOTICES[case]
    linked = link_corpus([issued("a", *a), issued("b", *b)])
    assert (len({fact.object.name for fact in linked.facts}) == 1) == expected


def test_one_title_of_two_issuers_is_two_notices() -> None:
    linked = link_corpus([issued("a", "关于评选的通知", None), issued("b", "关于评选的通知", None, "乙市教育局")])
    assert {fact.object.name for fact in linked.facts} == {
        "关于评选的通知（乙市教育局）",
        "关于评选的通知（甲市财政局）",
    }
