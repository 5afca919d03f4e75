"""Evaluation: what counts as right, how sure the numbers are, and why a fact is wrong."""

from __future__ import annotations

import importlib.util
import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath
from types import MappingProxyType, ModuleType
from typing import Any

import pytest
from corpus import OPEN_GOLD, ROOT, gold_documents
from fact_samples import fact, holds, target
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.error_analysis import REASONS, explain
from kg.errors import InputError
from kg.evaluate import Evaluation, evaluate, f1_change, read_fact_file, read_gold
from kg.evaluation_report import comparison_report, mistakes_report, scores_report
from kg.matching import CRITERIA, gold_records, match
from kg.types import Fact

OFFICIAL = [path for path in (ROOT.parent / "shared" / "score.py", Path("/work/shared/score.py")) if path.is_file()]

HOLDING = {"person": "张三", "title": "会长", "org": "甲协会", "org_alias": ["甲协"], "title_alias": ["主席"]}
NOTICE = {"orgs": ["甲协会", "乙部"], "orgs_alias": {"乙部": ["乙"]}, "document": "关于做好工作的通知", "verb": "印发"}
TARGET = {
    "action": "建设",
    "action_alias": ["新建"],
    "object_core": "实验室",
    "core_alias": [],
    "object_full": "重点实验室",
    "value": "5",
    "unit": "家",
}


def gold(id: str = "a", **relations: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": id, "holds": [], "issues": [], "targets": [], **relations}


def issue(organization: str, document: str) -> Fact:
    return fact(f"{organization}印发《{document}》。", organization, "co_issues", document)


def right(evaluation: Evaluation, name: str) -> tuple[int, int, int]:
    hit, missed, wrong = evaluation.counts[name].sum(axis=0)
    return int(hit), int(missed), int(wrong)


class TestWhatIsRight:
    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            (holds("张三", "甲协会", "会长"), True),
            (holds("张三", "甲协", "主席"), True),  # aliases
            (holds("张　三", "甲协会", "会 长"), True),  # white space does not count
            (holds("张三", "北京甲协会", "会长"), True),  # one organisation's name contains the other
            (holds("张三", None, "会长"), False),
            (holds("张三", "乙协会", "会长"), False),
            (holds("张三", "甲协会", "副会长"), False),
            (holds("张三丰", "甲协会", "会长"), False),
        ],
        ids=str,
    )
    def test_holds(self, said: Fact, expected: bool) -> None:
        assert right(evaluate([gold(holds=[HOLDING])], [said]), "holds") == ((1, 0, 0) if expected else (0, 1, 1))

    def test_a_gold_organization_of_null_asks_for_none(self) -> None:
        records = [{"person": "张三", "title": "总书记", "org": None, "org_alias": []}]
        assert right(evaluate([gold(holds=records)], [holds("张三", None, "总书记")]), "holds") == (1, 0, 0)
        assert right(evaluate([gold(holds=records)], [holds("张三", "甲", "总书记")]), "holds") == (0, 1, 1)

    def test_every_issuer_counts_once_and_both_predicates_count(self) -> None:
        said = [issue("甲协会", "关于做好工作的通知"), issue("乙", "《关于做好工作的通知》")]
        assert right(evaluate([gold(issues=[NOTICE])], said), "issues") == (2, 0, 0)
        alone = [replace(said[0], predicate="issues")]
        assert right(evaluate([gold(issues=[NOTICE])], alone), "issues") == (1, 1, 0)

    @pytest.mark.parametrize(
        ("verb", "counted", "value", "unit", "expected"),
        [
            ("建设", "实验室", "5", "家", True),
            ("新建", "重点实验室", "5", "家", True),
            ("建设完成", "省级重点实验室", "5", "家", True),
            ("建设", "重点", "5", "家", True),  # inside the longest acceptable object
            ("建设", "实", "5", "家", False),
            ("建设", "一个两个三个四个的实验室", "5", "家", False),  # much longer than the longest
            ("建设", "实验室", "5", "个", False),
            ("建设", "实验室", "50", "家", False),
            ("关停", "实验室", "5", "家", False),
        ],
    )
    def test_targets(self, verb: str, counted: str, value: str, unit: str, expected: bool) -> None:
        said = target("甲", verb, counted, value, unit, float(value))
        assert right(evaluate([gold(targets=[TARGET])], [said]), "targets") == ((1, 0, 0) if expected else (0, 1, 1))

    def test_without_the_verb_a_target_counts_by_its_quantity_and_object(self) -> None:
        said = target("甲", "关停", "实验室", "5", "家", 5)
        evaluation = evaluate([gold(targets=[TARGET])], [said])
        assert right(evaluation, "targets (action not compared)") == (1, 0, 0)

    def test_optional_records_and_repetitions_are_neither_right_nor_wrong(self) -> None:
        optional = {**HOLDING, "person": "李四", "optional": True}
        said = [holds("张三", "甲协会", "会长"), holds("张三", "甲协会", "会长", start=20), holds("李四", "甲", "会长")]
        assert right(evaluate([gold(holds=[HOLDING, optional])], said), "holds") == (1, 0, 0)
        assert right(evaluate([gold(holds=[optional])], []), "holds") == (0, 0, 0)

    def test_a_fact_belongs_to_the_document_whose_id_is_the_stem_of_its_path(self) -> None:
        said = [holds("张三", "甲协会", "会长", "articles/b.txt"), holds("张三", "甲协会", "会长", "c.txt")]
        evaluation = evaluate([gold("b", holds=[HOLDING])], said)
        assert right(evaluation, "holds") == (1, 0, 0)

    @pytest.mark.parametrize("path", OPEN_GOLD, ids=lambda path: path.stem)
    def test_facts_that_say_what_gold_says_score_one(self, path: Path) -> None:
        golds = gold_documents(path)
        evaluation = evaluate(golds, facts_of(golds))
        for criterion in CRITERIA:
            assert evaluation.score(criterion.name).f1 == 1


def facts_of(golds: Sequence[dict[str, Any]]) -> list[Fact]:
    """Return the facts that say exactly what gold documents say."""
    made: list[Fact] = []
    for document in golds:
        path = f"{document['id']}.txt"
        made += [holds(record["person"], record["org"], record["title"], path) for record in document["holds"]]
        made += [
            replace_document(issue(record["org"], record["document"]), path)
            for record in gold_records(document, "issues")
        ]
        made += [
            replace_document(
                target(None, one["action"] or "", one["object_core"], one["value"], one["unit"] or "", 0), path
            )
            for one in document["targets"]
        ]
    return made


def replace_document(said: Fact, document: str) -> Fact:
    return replace(said, evidence=replace(said.evidence, document=document))


def perturbed(said: Fact, chance: random.Random) -> Fact:
    """Return a fact with something wrong, missing or written otherwise."""
    changed = dict(said.qualifiers)
    for key in chance.sample(sorted(changed), min(len(changed), chance.randrange(3))):
        value = str(changed[key] or "")
        changed[key] = chance.choice(
            [None, value[1:], value[:-1], f"新{value}", f" {value}》", value.replace("会", "")]
        )
    name = chance.choice([said.subject.name, said.subject.name[1:], "某" + said.subject.name]) or "某"
    title = chance.choice([said.object.name, f"《{said.object.name}》", said.object.name[:-1]]) or "某"
    return replace(
        said,
        subject=replace(said.subject, name=name),
        object=replace(said.object, name=title),
        qualifiers=MappingProxyType(changed),
    )


@cache
def official() -> ModuleType:
    """Return the project's scorer, from which the house must not differ."""
    if not OFFICIAL:
        pytest.skip("score.py lies outside the repository and is not here")
    spec = importlib.util.spec_from_file_location("score", OFFICIAL[0])
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def official_counts(golds: Sequence[dict[str, Any]], facts: Sequence[Fact]) -> dict[str, list[tuple[int, int, int]]]:
    """Return the counts of `score.py`: for each line of its table one triple a document, by id."""
    score = official()
    said: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in facts:
        said[PurePosixPath(one.evidence.document).stem].append(one.to_dict())
    counts: dict[str, list[tuple[int, int, int]]] = {}
    for name, (predicates, same) in score.RELATIONS.items():
        counts[name] = []
        for document in sorted(golds, key=lambda document: str(document["id"])):
            chosen = [one for one in said[document["id"]] if one["predicate"] in predicates]
            outcome = score.match(list(score.gold_records(document, predicates[0])), chosen, same)
            hits, missed, wrong = map(len, outcome)
            counts[name].append((hits, missed, wrong))
    return counts


def own_counts(golds: Sequence[dict[str, Any]], facts: Sequence[Fact]) -> dict[str, list[tuple[int, ...]]]:
    counts = evaluate(golds, facts).counts
    return {name: [tuple(map(int, row)) for row in rows] for name, rows in counts.items()}


class TestAgreementWithTheProjectsScorer:
    @pytest.mark.parametrize("path", OPEN_GOLD, ids=lambda path: path.stem)
    def test_on_what_this_package_extracts(self, path: Path) -> None:
        golds = gold_documents(path)
        facts = [one for document in golds for one in kg.extract(OPEN_GOLD[path] / f"{document['id']}.txt")]
        assert own_counts(golds, facts) == official_counts(golds, facts)

    @given(st.randoms(use_true_random=False), st.sampled_from(list(OPEN_GOLD)))
    def test_on_facts_that_are_wrong_in_many_ways(self, chance: random.Random, path: Path) -> None:
        golds = chance.sample(gold_documents(path), 4)
        facts = [perturbed(one, chance) for one in facts_of(golds) for _ in range(chance.randrange(3))]
        chance.shuffle(facts)
        assert own_counts(golds, facts) == official_counts(golds, facts)


class TestIntervals:
    documents = tuple(gold(str(number), holds=[HOLDING], genre=["x", "y"][number % 2]) for number in range(20))
    said = tuple(holds("张三", "甲协会", "会长", f"{number}.txt") for number in range(14))

    def test_the_interval_holds_the_estimate_and_is_wider_for_fewer_documents(self) -> None:
        evaluation = evaluate(self.documents, self.said)
        score, part = evaluation.score("holds"), evaluation.score("holds", "x")
        recall, narrow, wide = score.recall, score.intervals[1], part.intervals[1]
        assert narrow is not None
        assert wide is not None
        assert narrow.low < recall < narrow.high
        assert wide.high - wide.low > narrow.high - narrow.low
        # Seven in ten of twenty: the normal approximation gives 0.50 to 0.90.
        assert (narrow.low, narrow.high) == pytest.approx((0.5, 0.9), abs=0.051)

    def test_the_same_facts_give_the_same_intervals_in_any_order(self) -> None:
        other = evaluate(self.documents[::-1], self.said[::-1])
        assert evaluate(self.documents, self.said).score("holds") == other.score("holds")

    def test_one_document_has_no_interval(self) -> None:
        assert evaluate(self.documents[:1], self.said[:1]).score("holds").intervals == (None, None, None)

    def test_without_records_and_facts_there_is_nothing_to_divide_by(self) -> None:
        score = evaluate([gold("a"), gold("b")], []).score("holds")
        assert (score.gold, score.found, score.f1, score.intervals) == (0, 0, 0, (None, None, None))

    def test_genres_add_up_to_all(self) -> None:
        evaluation = evaluate(self.documents, self.said)
        parts = [evaluation.score("holds", genre) for genre in ("x", "y")]
        assert sum(part.gold for part in parts) == evaluation.score("holds").gold
        assert sum(part.found for part in parts) == evaluation.score("holds").found

    def test_a_change_on_every_document_is_sure_and_none_is_none(self) -> None:
        nothing, all_of_it = evaluate(self.documents, []), evaluate(self.documents, self.said)
        change, interval = f1_change(nothing, all_of_it, "holds")
        assert change == all_of_it.score("holds").f1
        assert interval is not None
        assert interval.low > 0
        assert f1_change(all_of_it, all_of_it, "holds") == (0, (0, 0))


MISTAKES: list[tuple[str, str, dict[str, Any], Callable[[], Fact], str]] = [
    ("holds", "the name is cut", HOLDING, lambda: holds("张", "甲协会", "会长"), "boundary"),
    ("holds", "the title is too long", HOLDING, lambda: holds("张三", "甲协会", "副会长"), "boundary"),
    ("holds", "another organisation", HOLDING, lambda: holds("张三", "乙协会", "会长"), "wrong organization"),
    ("holds", "no organisation", HOLDING, lambda: holds("张三", None, "会长"), "wrong organization"),
    ("holds", "another title", HOLDING, lambda: holds("张三", "甲协会", "秘书"), "wrong object"),
    ("issues", "the title is cut", NOTICE, lambda: issue("甲协会", "做好工作的通知"), "boundary"),
    ("issues", "another issuer", NOTICE, lambda: issue("丙", "关于做好工作的通知"), "wrong organization"),
    ("issues", "another document", NOTICE, lambda: issue("甲协会", "章程"), "wrong object"),
    ("targets", "another verb", TARGET, lambda: target("", "关停", "实验室", "5", "家", 5), "wrong action"),
    (
        "targets",
        "object too long",
        TARGET,
        lambda: target("", "建", "在各地办得都很好的实验室", "5", "家", 5),
        "boundary",
    ),
    ("targets", "another object", TARGET, lambda: target("", "建设", "医院", "5", "家", 5), "wrong object"),
    ("targets", "the number is cut", TARGET, lambda: target("", "建设", "实验室", "15", "家", 5), "boundary"),
]


class TestReasons:
    @pytest.mark.parametrize(
        ("relation", "record", "said", "reason"),
        [pytest.param(r, record, make(), reason, id=f"{r}: {what}") for r, what, record, make, reason in MISTAKES],
    )
    def test_a_wrong_fact_is_set_beside_the_record_that_it_misses(
        self, relation: str, record: dict[str, Any], said: Fact, reason: str
    ) -> None:
        mistakes = evaluate([gold(**{relation: [record]})], [said]).mistakes
        (paired,) = [mistake for mistake in mistakes if mistake.fact is said]
        assert (paired.relation, paired.reason, paired.record is not None) == (relation, reason, True)

    def test_a_record_without_a_near_fact_is_missing_and_a_fact_without_a_near_record_spurious(self) -> None:
        mistakes = evaluate([gold(holds=[HOLDING])], [holds("李四", "乙协会", "秘书")]).mistakes
        assert [(one.reason, one.record is None, one.fact is None) for one in mistakes] == [
            ("missing", False, True),
            ("spurious", True, False),
        ]

    @given(st.randoms(use_true_random=False))
    def test_every_miss_and_every_wrong_fact_is_explained_once(self, chance: random.Random) -> None:
        document = chance.choice(gold_documents(next(iter(OPEN_GOLD))))
        facts = [perturbed(one, chance) for one in facts_of([document])]
        for criterion in CRITERIA[:3]:
            said = [one for one in facts if one.predicate in criterion.predicates]
            matching = match(list(gold_records(document, criterion.relation)), said, criterion.matches)
            mistakes = explain("a", criterion.relation, matching)
            assert sum(one.record is not None for one in mistakes) == len(matching.missed)
            assert sum(one.fact is not None for one in mistakes) == len(matching.wrong)
            assert {one.reason for one in mistakes} <= set(REASONS)


class TestReports:
    golds = (gold("a", holds=[HOLDING], genre="工会"), gold("b", targets=[TARGET], genre="协会"))

    def test_scores_are_given_for_all_and_for_each_genre(self) -> None:
        text = scores_report(evaluate(self.golds, [holds("张三", "甲协会", "会长")]))
        rows = [line.split() for line in text.splitlines()]
        assert [cell for cell in rows[2] if cell[0] not in "[" and cell[-1] not in ",]"] == [
            "holds",
            "1",
            "1",
            *["1.000"] * 3,
        ]
        assert any(row[:2] == ["holds", "工会"] for row in rows if row)
        assert not any(row[:2] == ["holds", "协会"] for row in rows if row)

    def test_mistakes_are_listed_with_gold_what_was_said_and_the_sentence(self) -> None:
        text = mistakes_report(evaluate(self.golds, [holds("张三", "乙协会", "会长")]).mistakes)
        assert "wrong organization  a\n  gold  张三 · 会长 · 甲协会\n  said  张三 · 会长 · 乙协会" in text
        assert "from  张三任乙协会会长。" in text

    def test_a_comparison_counts_what_went_and_what_came(self) -> None:
        before = evaluate(self.golds, [holds("张三", "乙协会", "会长")])
        after = evaluate(self.golds, [holds("张三", "甲协会", "会长"), holds("李四", "甲协会", "会长")])
        lines = comparison_report(before, after, with_mistakes=True).splitlines()
        assert lines[2].split()[0:3] == ["holds", "0.000", "0.667"]
        assert lines[2].split()[-2:] == ["2", "1"]
        assert [line for line in lines if line[:1] in "+-" and line.startswith(("+ ", "- "))] == [
            "- a  holds  missed  张三 · 会长 · 甲协会",
            "- a  holds  wrong  张三 · 会长 · 乙协会",
            "+ a  holds  wrong  李四 · 会长 · 甲协会",
        ]


class TestFiles:
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("不是 JSON", "line 1: not a line of a gold file"),
            ('{"holds": []}', "line 1: not a line of a gold file"),
            ('{"id": "a", "issues": [{"document": "x"}]}', "line 1: not a line of a gold file"),
            ("\n[1]\n", "line 2: not a line of a gold file"),
        ],
    )
    def test_a_file_that_is_no_gold_file_is_refused_by_line(self, tmp_path: Path, content: str, message: str) -> None:
        path = tmp_path / "gold.jsonl"
        path.write_text(content, "utf-8")
        with pytest.raises(InputError, match=message):
            read_gold(path)

    def test_a_file_of_something_else_than_facts_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "facts.jsonl"
        path.write_text(json.dumps({"predicate": "holds"}), "utf-8")
        with pytest.raises(InputError, match="line 1: not a line of a file of facts"):
            read_fact_file(path)

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"nowhere\.jsonl cannot be read"):
            read_gold(tmp_path / "nowhere.jsonl")
