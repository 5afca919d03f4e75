"""The metric ledger: plans and results of several years side by side."""

from __future__ import annotations

from typing import Any

import pytest
from corpus import ROOT

from kg.builder import build, linked_graph
from kg.errors import UsageError
from kg.graph import build_graph
from kg.periods import Period
from kg.query import KnowledgeGraph
from kg.types import Document, EntityType, Evidence, Fact, Mention

Said = dict[str, Any]


def plan(value: float, published: str, **given: Any) -> Said:
    return {"value": value, "status": "planned", "published": published} | given


def result(value: float, published: str, **given: Any) -> Said:
    return {"value": value, "status": "achieved", "published": published} | given


def graph_of(rows: list[Said]) -> KnowledgeGraph:
    """Return the graph of figures, each of a document of its own unless `document` names one."""
    facts, documents = [], []
    for number, row in enumerate(rows):
        name = row.get("document", f"{number:02}.txt")
        text = row.get("sentence", f"{number}: {row['value']}。")
        place = row.get("place", 0)
        documents.append(Document(name, text, published=row["published"]))
        qualifiers = {
            "actor": row.get("actor", "某会"), "action": row.get("action", "新建"),
            "object": row.get("object", "服务站点"),
            "value_text": row.get("value_text", f"{row['value']:g}"), "unit": "家", "value": float(row["value"]),
            "base_unit": row.get("unit", "家"), "bound": row.get("bound"), "period": row.get("period", "2022年"),
            "status": row["status"], "change": row.get("change", "level"),
        }  # fmt: skip
        action = Mention(name, 0, 1, f"{qualifiers['action']}{qualifiers['object']}", EntityType.ACTION)
        metric = Mention(name, place, place + 1, f"{row['value']}", EntityType.METRIC)
        facts.append(Fact(action, "targets", metric, qualifiers, Evidence(name, 0, len(text), text)))
    return KnowledgeGraph(build_graph(facts, documents), facts, documents)


# Figures of one organization, and the rows: period, planned, achieved, state.
ROWS: list[Any] = [
    ([plan(50, "2022-02-05"), result(56, "2023-01-20")], [("2022年", 50, 56, "met")]),
    ([plan(60, "2022-02-05"), result(56, "2023-01-20")], [("2022年", 60, 56, "missed")]),
    ([plan(60, "2022-02-05", bound="<="), result(56, "2023-01-20")], [("2022年", 60, 56, "met")]),
    ([plan(60, "2022-02-05")], [("2022年", 60, None, "no result")]),
    ([result(56, "2023-01-20")], [("2022年", None, 56, "no plan")]),
    ([result(30, "2022-07-20", period="2022年上半年")], [("2022年", None, None, "so far")]),
    ([plan(25, "2022-02-05", period="2022年上半年"), result(30, "2022-07-20", period="2022年1—6月")],
     [("2022年", None, None, "so far"), ("2022年上半年", 25, 30, "met")]),
    # The year is not over yet.
    ([plan(60, "2022-02-05"), result(30, "2022-08-20")], [("2022年", 60, None, "no result")]),
    ([plan(60, "2022-02-05"), result(61, "2022-12-27")], [("2022年", 60, 61, "met")]),
    ([plan(60, "2022-02-05", period="2022年底"), result(61, "2023-01-27")], [("2022年", 60, 61, "met")]),
    ([plan(60, "2021-02-05", period="“十四五”期间"), plan(61, "2022-02-05", period="2021—2025年")],
     [("2021—2025年", 61, None, "no result")]),
    # Other units, kinds of change, actors and periods are other metrics.
    ([plan(60, "2022-02-05"), result(61, "2023-01-27", unit="个")],
     [("2022年", None, 61, "no plan"), ("2022年", 60, None, "no result")]),
    ([plan(60, "2022-02-05"), result(61, "2023-01-27", change="increase")],
     [("2022年", None, 61, "no plan"), ("2022年", 60, None, "no result")]),
    ([plan(60, "2022-02-05"), result(61, "2023-01-27", action="改造")],
     [("2022年", 60, None, "no result"), ("2022年", None, 61, "no plan")]),
    # 建成 is what came of 新建, 服务站点 is short for 户外劳动者服务站点, 达到 leaves open what is done.
    ([plan(60, "2022-02-05"), result(61, "2023-01-27", action="建成")], [("2022年", 60, 61, "met")]),
    ([plan(60, "2022-02-05", object="户外劳动者服务站点"), result(61, "2023-01-27")], [("2022年", 60, 61, "met")]),
    ([plan(60, "2022-02-05"), result(61, "2023-01-27", action="达到")], [("2022年", 60, 61, "met")]),
    ([plan(60, "2022-02-05", action="培训", object="职工"), plan(70, "2022-07-26", action="上调为", object="培训职工")],
     [("2022年", 70, None, "no result")]),
    # One text gives both: they are two.
    ([result(9, "2023-01-27", object="企业", document="a.txt"),
      result(2, "2023-01-27", object="小企业", document="a.txt")],
     [("2022年", None, 9, "no plan"), ("2022年", None, 2, "no plan")]),
    # Rounded, but one number; the more exact one is shown.
    ([plan(126e8, "2022-02-05", value_text="126"), result(126e8, "2023-01-20", value_text="126"),
      result(126.4e8, "2023-03-20", value_text="126.4")], [("2022年", 126e8, 126.4e8, "met")]),
    ([plan(60, "2022-02-05", actor=None)], []),
]  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), ROWS)
def test_rows(said: list[Said], expected: list[Any]) -> None:
    rows = graph_of(said).ledger()
    assert sorted(((r.period, r.planned, r.achieved, r.state) for r in rows), key=repr) == sorted(expected, key=repr)


class TestWhatTextsDisagreeOn:
    def test_a_later_plan_revises_and_the_old_one_told_again_does_not_come_back(self) -> None:
        (row,) = graph_of([plan(40, "2022-01-20"), plan(50, "2022-07-26"), plan(40, "2022-09-01")]).ledger()
        assert (row.planned, [stated.value for stated in row.revised]) == (50, [40])

    def test_of_contradicting_results_the_best_supported_counts_then_the_first(self) -> None:
        (row,) = graph_of([result(56, "2023-01-20"), result(52, "2023-04-29")]).ledger()
        assert (row.achieved, [stated.value for stated in row.contradicted]) == (56, [52])
        (row,) = graph_of([result(56, "2023-01-20"), result(52, "2023-04-29"), result(52, "2023-05-29")]).ledger()
        assert (row.achieved, [stated.value for stated in row.contradicted]) == (52, [56])

    def test_reprints_count_once(self) -> None:
        twice = [result(52, "2023-04-29", sentence="同一句。"), result(52, "2023-04-30", sentence="同一句。")]
        (row,) = graph_of([result(56, "2023-01-20"), *twice]).ledger()
        assert row.achieved == 56

    def test_a_correction_withdraws_what_was_printed(self) -> None:
        sentence = "应为52家，误写为25家。"
        correction = result(52, "2023-02-20", sentence=sentence, place=2)
        quoted = result(25, "2023-02-20", sentence=sentence, place=sentence.index("25"))
        (row,) = graph_of([result(25, "2023-02-18"), correction, quoted]).ledger()
        assert (row.achieved, [stated.value for stated in row.corrected], row.contradicted) == (52, [25], ())
        assert row.correction_sentence == sentence

    def test_figures_of_a_part_of_the_year_are_told_with_their_month(self) -> None:
        (row,) = graph_of([plan(60, "2022-02-05"), result(30, "2022-07-20", period="2022年上半年")]).ledger()
        assert [str(stated) for stated in row.interim] == ["30 (2022-06)"]
        assert row.share is None


def said_in(document: str, published: str, value_text: str, **given: Any) -> Fact:
    """Return what a text says was trained: so and so many 万人次 in 2022."""
    value = float(value_text) * 10_000
    sentence = f"2022年，某会培训职工{value_text}万人次。"
    qualifiers = {
        "actor": "某会", "action": "培训", "object": "职工", "value_text": value_text, "unit": "万人次",
        "value": value, "base_unit": "人次", "bound": None, "period": "2022年", "status": "achieved",
        "change": "level",
    } | given  # fmt: skip
    action = Mention(document, 6, 8, "培训", EntityType.ACTION, f"{qualifiers['actor']}培训{qualifiers['object']}")
    metric = Mention(document, 10, 10 + len(f"{value_text}万人次"), f"{value_text}万人次", EntityType.METRIC)
    return Fact(action, "targets", metric, qualifiers, Evidence(document, 0, len(sentence), sentence))


def corrected_ledger(correction: str, published: str | None, *facts: tuple[Fact, str], by: str = "甲报") -> list[Any]:
    """Return the rows of facts and their dates, one paper's, and of a text that corrects."""
    documents = [Document(fact.evidence.document, "", published=date, publisher="甲报") for fact, date in facts]
    documents.append(Document("z", correction, published=published, publisher=by))
    graph = linked_graph([fact for fact, _ in facts], documents)
    return [(row.achieved, [one.value for one in row.corrected], row.correction_sentence) for row in graph.ledger()]


CORRECTION = "更正\n本报2月18日报道误将“5.2万人次”写为“2.5万人次”。特此更正。\n"
SAID = "本报2月18日报道误将“5.2万人次”写为“2.5万人次”。"


class TestMisprintedFigures:
    """A correction rarely says of what the figure is; it is followed where only one thing can be meant."""

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("误将“5.2万人次”写为“2.5万人次”", SAID),
            ("“2.5万人次”应为“5.2万人次”", "“2.5万人次”应为“5.2万人次”。"),
            ("“培训职工2.5万人次”应为“培训职工5.2万人次”", "“培训职工2.5万人次”应为“培训职工5.2万人次”。"),
        ],
    )
    def test_the_right_one_takes_its_place_with_the_reason(self, words: str, said: str) -> None:
        text = CORRECTION if words in CORRECTION else f"更正\n{words}。特此更正。\n"
        rows = corrected_ledger(text, "2023-02-20", (said_in("a", "2023-02-18", "2.5"), "2023-02-18"))
        assert rows == [(52_000, [25_000], said)]

    def test_the_metric_keeps_its_number_and_tells_what_is_right(self) -> None:
        fact = said_in("a", "2023-02-18", "2.5")
        documents = [
            Document("a", "", published="2023-02-18", publisher="甲报"),
            Document("z", CORRECTION, published="2023-02-20", publisher="甲报"),
        ]
        ((_, _, edge),) = [
            edge for edge in linked_graph([fact], documents).graph.edges(data=True) if edge[2]["predicate"] == "targets"
        ]
        assert (edge["value"], edge["corrected_value"], edge["corrected_by"]) == (25_000, 52_000, "z")
        assert edge["correction"] == SAID

    def test_a_body_that_the_correction_names_counts_for_other_papers_too(self) -> None:
        place = Mention("z", 0, 2, "某会", EntityType.ORGANIZATION)
        other = Mention("z", 3, 5, "某部", EntityType.ORGANIZATION)
        named = Fact(other, "part_of", place, {}, Evidence("z", 0, 5, "某会的某部"))
        fact = (said_in("a", "2023-02-18", "2.5"), "2023-02-18")
        assert corrected_ledger(CORRECTION, "2023-02-20", fact, (named, "2023-02-20"), by="乙报")[0][0] == 52_000

    @pytest.mark.parametrize(
        ("why", "published", "by", "others"),
        [
            ("another paper's", "2023-02-20", "乙报", ()),
            ("of an unknown day", None, "甲报", ()),
            ("before the text", "2023-02-17", "甲报", ()),
            ("a year later", "2024-02-20", "甲报", ()),
            ("two things", "2023-02-20", "甲报", ({"object": "农民工"},)),
            ("two bodies", "2023-02-20", "甲报", ({"actor": "他会"},)),
            ("two years", "2023-02-20", "甲报", ({"period": "2021年"},)),
        ],
    )
    def test_what_may_be_another_is_left_alone(
        self, why: str, published: str | None, by: str, others: tuple[dict[str, str], ...]
    ) -> None:
        facts = [(said_in("a", "2023-02-18", "2.5"), "2023-02-18")]
        facts += [(said_in("b", "2023-02-18", "2.5", **other), "2023-02-18") for other in others]
        rows = corrected_ledger(CORRECTION, published, *facts, by=by)
        assert {row[0] for row in rows} == {25_000}, why
        assert not any(row[1] for row in rows)

    @pytest.mark.parametrize(
        "words", ["误将“5.2万元”写为“2.5万人次”", "误将“王倩”写为“2.5万人次”", "误将“培训5.2万人次”写为“慰问2.5万人次”"]
    )
    def test_what_is_no_figure_for_a_figure_corrects_none(self, words: str) -> None:
        rows = corrected_ledger(f"{words}。", "2023-02-20", (said_in("a", "2023-02-18", "2.5"), "2023-02-18"))
        assert rows[0][0] == 25_000

    def test_a_later_text_that_repeats_the_misprint_contradicts(self) -> None:
        rows = corrected_ledger(
            CORRECTION,
            "2023-02-20",
            (said_in("a", "2023-02-18", "2.5"), "2023-02-18"),
            (said_in("b", "2023-02-19", "2.5"), "2023-02-19"),
            (said_in("c", "2024-01-19", "5.2"), "2024-01-19"),
        )
        assert rows == [(52_000, [25_000], SAID)]

    def test_the_series(self) -> None:
        series = build(sorted((ROOT / "data" / "series").glob("2022-0[17]-2*.txt")) + [
            ROOT / "data" / "series" / name
            for name in ("2023-02-18-shengzong-jiuci-quanweihui.txt", "2023-02-20-gengzheng.txt")
        ])  # fmt: skip
        (row,) = [row for row in series.ledger("江源省总工会", "培训") if row.period == "2022年"]
        assert (row.planned, row.achieved, [one.value for one in row.corrected]) == (50_000, 52_000, [25_000])
        assert row.correction_sentence is not None
        assert "误将" in row.correction_sentence


class TestAsking:
    def test_by_organization_and_metric(self) -> None:
        graph = graph_of([plan(60, "2022-02-05"), plan(9, "2022-02-05", actor="他会", action="培训", object="职工")])
        assert [row.organization for row in graph.ledger("他会")] == ["他会"]
        assert [row.metric for row in graph.ledger(metric="培训职工")] == ["职工"]
        assert list(graph.ledger().to_frame().columns[:3]) == ["organization", "action", "metric"]

    def test_an_unknown_organization_is_refused(self) -> None:
        with pytest.raises(UsageError, match="did you mean 某会"):
            graph_of([plan(60, "2022-02-05")]).ledger("某某会")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2022年", "2022年"), ("2022年底前", "2022年"), ("2025年末", "2025年"), ("2022年1-6月", "2022年上半年"),
        ("2022年一季度", "2022年1—3月"), ("2022年前三季度", "2022年前三季度"), ("2022年前5个月", "2022年1—5月"),
        ("2022年6月底", "2022年上半年"), ("2022年6月", "2022年6月"), ("十四五末", "2025年"),
        ("“十三五”时期", "2016—2020年"), ("2021年至2023年", "2021—2023年"), ("近三年", None), ("年底", None),
        ("2022年13月", None),
    ],
)  # fmt: skip
def test_periods(text: str, label: str | None) -> None:
    period = Period.of(text)
    assert (period.label if period else None) == label
