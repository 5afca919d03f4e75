"""`build_graph`: what becomes a node, what becomes an edge, what counts as support (`schema.md` §4)."""

from __future__ import annotations

import itertools
import math
import random
from typing import Any

import networkx as nx
import pytest
from fact_samples import dated_documents, fact, facts, holds, target
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import build_graph, edge_qualifiers
from kg.graph_facts import graph_facts
from kg.layout import SPACING, layout
from kg.types import Document, EntityType, Fact
from kg.vocabulary import entity_types, relations


def everything(graph: nx.MultiDiGraph) -> tuple[Any, ...]:
    """Return all that a graph holds, order included."""
    return list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True)), graph.graph


def only_edge(*facts_: Fact, documents: tuple[Document, ...] = ()) -> dict[str, Any]:
    """Return the attributes of the one edge that the facts make."""
    ((_, _, attributes),) = build_graph(facts_, documents).edges(data=True)
    return dict(attributes)


def keys(*facts_: Fact) -> list[str]:
    """Return the keys of the edges that the facts make."""
    return [key for _, _, key in build_graph(facts_).edges(keys=True)]


class TestNodes:
    def test_an_entity_is_known_by_type_and_canonical_name(self) -> None:
        short = fact("全总印发通知。", "全总", "issues", "通知", names=("中华全国总工会", "通知"))
        assert list(build_graph([short])) == ["Notice:通知", "Organization:中华全国总工会"]

    def test_one_name_of_two_types_is_two_nodes(self) -> None:
        graph = build_graph([fact("北京大会在北京举行。", "北京", "held_at", "北京", names=("北京", "北京"))])
        assert list(graph) == ["Event:北京", "Place:北京"]

    def test_a_title_at_two_organizations_is_two_positions(self) -> None:
        graph = build_graph([holds("张三", "甲协会", "会长"), holds("张三", "乙协会", "会长")])
        assert [node for node in graph if node.startswith("Position")] == [
            "Position:乙协会/会长",
            "Position:甲协会/会长",
        ]
        assert graph.nodes["Position:甲协会/会长"]["label"] == "甲协会会长"

    def test_a_title_at_no_named_organization_is_a_position_by_itself(self) -> None:
        graph = build_graph([holds("张三", None, "教授")])
        assert graph.nodes["Position:/教授"]["label"] == "教授"

    def test_slashes_in_names_do_not_mix_organization_and_title(self) -> None:
        graph = build_graph(
            [holds("张三", "甲/乙", "丙"), holds("张三", "甲", "乙/丙"), holds("张三", None, "甲/乙/丙")]
        )
        assert len([node for node in graph if node.startswith("Position")]) == 3

    def test_the_subject_of_at_is_the_position_that_is_held(self) -> None:
        at = fact("甲协会会长张三", "会长", "at", "甲协会", names=("甲协会会长", "甲协会"))
        graph = build_graph([at, holds("张三", "甲协会", "会长")])
        assert nx.has_path(graph, "Person:张三", "Organization:甲协会")
        assert len(graph) == 3

    def test_a_position_known_by_name_only_is_looked_up(self) -> None:
        at = fact("全总主席张三", "主席", "at", "全总", names=("中华全国总工会主席", "全总"))
        graph = build_graph([at, holds("张三", "中华全国总工会", "主席")])
        assert graph.has_edge("Position:中华全国总工会/主席", "Organization:全总")

    def test_the_same_action_of_several_documents_is_one_node(self) -> None:
        graph = build_graph(
            [
                target("甲", "开展", "评价", "5", "万人", 50000, document="a.txt"),
                target("甲", "开展", "评价", "6", "万人", 60000, document="b.txt"),
                fact("甲开展评价", "甲", "undertakes", "开展评价", document="c.txt"),
            ]
        )
        assert [node for node in graph if node.startswith("Action")] == ["Action:甲/开展评价"]
        assert graph.nodes["Action:甲/开展评价"]["documents"] == 3

    def test_an_action_known_by_name_only_is_looked_up(self) -> None:
        planned = target("中华全国总工会", "建", "厂", "5", "家", 5, names=("全总建厂", "厂 5家"))
        named = fact("全总建厂", "全总", "undertakes", "建厂", names=("中华全国总工会", "全总建厂"))
        assert len([node for node in build_graph([planned, named]) if node.startswith("Action")]) == 1

    def test_an_action_named_with_its_actor_is_the_action(self) -> None:
        named = fact("甲建厂", "甲", "undertakes", "建厂", names=("甲", "甲建厂"))
        assert "Action:甲/建厂" in build_graph([named, target("甲", "建", "厂", "5", "家", 5)])

    def test_the_same_words_of_another_actor_are_another_action(self) -> None:
        graph = build_graph([target("甲", "建", "厂", "5", "家", 5), target("乙", "建", "厂", "5", "家", 5)])
        assert [node for node in graph if node.startswith("Action")] == ["Action:乙/建厂", "Action:甲/建厂"]

    def test_a_metric_is_object_value_unit_and_period(self) -> None:
        different = [
            target("甲", "建", "厂", "5", "家", 5),
            target("甲", "建", "店", "5", "家", 5),
            target("甲", "建", "厂", "6", "家", 6),
            target("甲", "建", "厂", "5", "座", 5),
            target("甲", "建", "厂", "5", "家", 5, period="2025年"),
        ]
        metrics = [node for node in build_graph(different) if node.startswith("Metric")]
        assert len(metrics) == 5
        assert "Metric:厂/5家/2025年" in metrics

    def test_a_value_written_in_two_ways_is_one_metric(self) -> None:
        graph = build_graph(
            [target("甲", "开展", "评价", "5", "万人", 50000), target("甲", "开展", "评价", "50000", "人", 50000.0)]
        )
        assert graph.nodes["Metric:评价/50000人"]["label"] == "评价 5万人"
        ((_, _, edge),) = graph.edges(data=True)
        assert f"{edge['value_text']}{edge['unit']}" in ("5万人", "50000人")

    def test_aliases_are_the_other_surface_forms(self) -> None:
        graph = build_graph(
            [
                fact("全总印发通知。", "全总", "issues", "通知", names=("中华全国总工会", "通知")),
                fact("总工会印发通知。", "总工会", "issues", "通知", names=("中华全国总工会", "通知")),
                fact("中华全国总工会印发通知。", "中华全国总工会", "issues", "通知"),
            ]
        )
        assert graph.nodes["Organization:中华全国总工会"]["aliases"] == ["全总", "总工会"]
        assert graph.nodes["Notice:通知"]["aliases"] == []

    def test_words_that_only_imply_an_organization_are_no_alias_of_it(self) -> None:
        implied = fact("会长张三", "会长", "at", "会长", names=("甲协会会长", "甲协会"))
        graph = build_graph([implied])
        assert graph.nodes["Organization:甲协会"]["aliases"] == []
        assert graph.nodes["Position:甲协会/会长"]["aliases"] == ["会长"]

    def test_a_date_is_no_alias_of_the_event(self) -> None:
        day = fact("大会6月17日举行", "大会", "held_on", "6月17日", names=("大会", "大会"), date="2022-06-17")
        assert build_graph([day]).nodes["Event:大会"]["aliases"] == []

    def test_dates_and_counts_come_from_the_documents(self) -> None:
        facts_ = [holds("张三", "甲", "会长", name) for name in ("a.txt", "b.txt", "c/丙.html")]
        node = build_graph(facts_, dated_documents).nodes["Person:张三"]
        assert (node["documents"], node["first_seen"], node["last_seen"]) == (3, "2022-06-21", "2023-01-05")
        undated = build_graph(facts_).nodes["Person:张三"]
        assert (undated["first_seen"], undated["last_seen"]) == (None, None)

    def test_names_that_no_file_can_hold_are_made_harmless(self) -> None:
        graph = build_graph([holds("张\x00三\ud800", "甲\n协会", "会长", sentence="张\x00三\ud800是会长")])
        assert list(graph) == ["Person:张\ufffd三\ufffd", "Position:甲 协会/会长"]


class TestEdges:
    def test_further_documents_add_evidence_not_edges(self) -> None:
        edge = only_edge(
            holds("张三", "甲", "会长", "b.txt", sentence="会长是张三"), holds("张三", "甲", "会长", "a.txt")
        )
        assert [item["document"] for item in edge["evidence"]] == ["a.txt", "b.txt"]

    def test_an_edge_carries_label_qualifiers_and_the_highest_confidence(self) -> None:
        edge = only_edge(
            holds("张三", "甲", "会长", confidence=0.6), holds("张三", "甲", "会长", "b.txt", confidence=0.8)
        )
        assert (edge["label"], edge["predicate"], edge["confidence"]) == ("任职", "holds", 0.8)
        assert edge_qualifiers(edge) == {
            "title": "会长",
            "organization": "甲",
            "status": "current",
            "since": None,
            "until": None,
        }

    def test_evidence_says_where_the_sentence_and_both_ends_stand(self) -> None:
        text = "通知如下。张三任甲会长。"
        stated = fact("张三任甲会长。", "张三", "holds", "会长", start=5, title="会长", organization="甲")
        (item,) = only_edge(stated, documents=(Document("a.txt", text, published="2022-06-21"),))["evidence"]
        assert text[item["start"] : item["end"]] == item["sentence"]
        assert text[item["subject_start"] : item["subject_end"]] == "张三"
        assert text[item["object_start"] : item["object_end"]] == "会长"
        assert (item["published"], item["extractor"], item["confidence"]) == ("2022-06-21", "holds.test", 0.9)

    def test_status_tells_facts_apart(self) -> None:
        now, then = holds("张三", "甲", "会长"), holds("张三", "甲", "会长", status="former")
        assert keys(now, then) == ["holds;status=current", "holds;status=former"]

    def test_a_fact_that_leaves_the_date_open_joins_the_one_date_known(self) -> None:
        dated = holds("张三", "甲", "会长", "b.txt", since="2020-01-01")
        edge = only_edge(holds("张三", "甲", "会长"), dated)
        assert (edge["since"], len(edge["evidence"])) == ("2020-01-01", 2)

    def test_two_terms_of_office_stay_two_edges(self) -> None:
        terms = [holds("张三", "甲", "会长", since=since) for since in ("2010-01-01", "2020-01-01", None)]
        assert keys(*terms) == [
            "holds;status=current",
            "holds;status=current;since=2010-01-01",
            "holds;status=current;since=2020-01-01",
        ]

    def test_planned_and_achieved_are_two_edges(self) -> None:
        planned, done = (target("甲", "建", "厂", "5", "家", 5, status=status) for status in ("planned", "achieved"))
        assert keys(planned, done) == ["targets;status=achieved;change=level", "targets;status=planned;change=level"]

    def test_value_and_unit_come_from_the_same_fact(self) -> None:
        written = [("5", "万人"), ("50000", "人"), ("0.0005", "亿人")]
        edge = only_edge(*(target("甲", "评", "人员", text, unit, 50000) for text, unit in written))
        assert (edge["value_text"], edge["unit"]) in written

    def test_the_qualifiers_of_most_documents_win(self) -> None:
        issued = [("a.txt", "印发"), ("b.txt", "公布"), ("c.txt", "公布")]
        edge = only_edge(
            *(fact("甲印发通知", "甲", "issues", "通知", document=name, verb=verb) for name, verb in issued)
        )
        assert edge["verb"] == "公布"

    def test_an_unknown_relation_keeps_all_its_qualifiers_apart(self) -> None:
        one = fact("甲办会", "甲", "part_of", "会", year=1)
        sponsors = [
            Fact(one.subject, "sponsors", one.object, {"year": year}, one.evidence, 0.5, "x") for year in (2020, 2021.0)
        ]
        assert keys(*sponsors) == ["sponsors;year=2020", "sponsors;year=2021"]

    def test_a_qualifier_named_like_an_attribute_is_renamed(self) -> None:
        edge = only_edge(fact("甲属乙", "甲", "part_of", "乙", weight=7, label="x"))
        assert (edge["weight"], edge["qualifier_weight"], edge["qualifier_label"]) == (1, 7, "x")


class TestWeight:
    """The weight is the number of independent supports."""

    @pytest.mark.parametrize(
        ("sources", "weight"),
        [
            pytest.param([("a", "甲。")], 1, id="one document"),
            pytest.param([("a", "甲。"), ("b", "乙。")], 2, id="two documents"),
            pytest.param([("a", "甲。"), ("a", "乙。")], 1, id="two sentences of one document"),
            pytest.param([("a", "甲。"), ("b", "甲。")], 1, id="a reprint"),
            pytest.param([("a", "甲乙。"), ("b", "甲 乙。"), ("c", "丙。")], 2, id="a reprint with other spacing"),
            pytest.param([("a", "甲。"), ("b", "甲。"), ("b", "乙。"), ("c", "乙。")], 1, id="a chain of reprints"),
        ],
    )
    def test_weight(self, sources: list[tuple[str, str]], weight: int) -> None:
        stated = [holds("张三", "甲", "会长", name, sentence=f"张三会长：{text}") for name, text in sources]
        assert only_edge(*stated)["weight"] == weight


class TestProperties:
    @given(st.lists(facts(), max_size=12), st.randoms(use_true_random=False))
    def test_order_and_repetition_of_facts_change_nothing(self, drawn: list[Fact], chance: Any) -> None:
        mixed = drawn + drawn[: len(drawn) // 2]
        chance.shuffle(mixed)
        assert everything(build_graph(mixed, dated_documents)) == everything(
            build_graph(drawn, reversed(dated_documents))
        )

    @given(st.lists(facts(), max_size=12))
    def test_all_is_sorted(self, drawn: list[Fact]) -> None:
        graph = build_graph(drawn)
        assert list(graph) == sorted(graph)
        assert list(graph.edges(keys=True)) == sorted(graph.edges(keys=True))

    @given(st.lists(facts(), max_size=12))
    def test_every_evidence_comes_from_a_fact_and_every_fact_has_its_evidence(self, drawn: list[Fact]) -> None:
        def place(fact: Fact) -> tuple[Any, ...]:
            ends = fact.subject.start, fact.subject.end, fact.object.start, fact.object.end
            return fact.predicate, fact.evidence, *ends

        assert {place(fact) for fact in graph_facts(build_graph(drawn))} == {place(fact) for fact in drawn}

    @given(st.lists(facts(), max_size=12))
    def test_no_node_stands_without_an_edge(self, drawn: list[Fact]) -> None:
        assert not list(nx.isolates(build_graph(drawn)))

    @given(st.lists(facts(), max_size=12))
    def test_weight_is_at_least_one_and_at_most_the_documents(self, drawn: list[Fact]) -> None:
        for _, _, edge in build_graph(drawn).edges(data=True):
            assert 1 <= edge["weight"] <= len({item["document"] for item in edge["evidence"]})

    def test_no_facts_make_an_empty_graph(self) -> None:
        assert everything(build_graph([])) == ([], [], {})


def test_the_facts_of_a_graph_make_the_graph_again() -> None:
    stated = [
        holds("张三", "甲协会", "会长"),
        holds("张三", "甲协会", "会长", "b.txt", since="2020-01-01"),
        holds("李四", None, "教授"),
        target("甲协会", "开展", "评价", "5", "万人", 50000, period="2025年"),
        fact("甲协会会长张三", "会长", "at", "甲协会", names=("甲协会会长", "甲协会")),
        fact("甲协会印发通知", "甲协会", "issues", "通知", verb="印发", date=None),
    ]
    graph = build_graph(stated, dated_documents)
    again = build_graph(graph_facts(graph), dated_documents)
    assert list(again.edges(keys=True)) == list(graph.edges(keys=True))
    assert [again.edges[edge]["evidence"] for edge in again.edges] == [
        graph.edges[edge]["evidence"] for edge in graph.edges
    ]


class TestVocabulary:
    def test_every_relation_of_the_schema_has_a_row(self) -> None:
        named = "holds issues co_issues targets part_of undertakes attends speaks_at hosts held_on held_at cites at"
        assert set(named.split()) <= set(relations())

    def test_rows_name_only_what_they_have(self) -> None:
        for relation in relations().values():
            assert set(relation.distinguished_by) <= set(relation.qualifiers)
            assert all((relation.label_zh, relation.label_en, relation.description))

    def test_every_entity_type_looks_different(self) -> None:
        displays = entity_types()
        assert list(displays) == list(EntityType)
        for distinct in ("label_zh", "label_en", "color"):
            assert len({getattr(display, distinct) for display in displays.values()}) == len(EntityType)


class TestLayout:
    @given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=15))
    def test_the_same_graph_is_drawn_the_same_with_no_node_on_another(self, pairs: list[tuple[int, int]]) -> None:
        places = layout(nx.MultiDiGraph(pairs))
        assert places == layout(nx.MultiDiGraph([(b, a) for a, b in reversed(pairs)]))
        assert len(set(places.values())) == len(places)

    def test_parts_without_a_connection_stand_apart(self) -> None:
        graph = nx.MultiDiGraph([("a", "b"), ("b", "c"), ("c", "d"), ("e", "f"), ("g", "g")])
        places = layout(graph)
        for part, other in itertools.combinations(nx.weakly_connected_components(graph), 2):
            assert min(math.dist(places[a], places[b]) for a in part for b in other) >= SPACING - 0.1

    def test_the_caller_keeps_their_random_numbers(self) -> None:
        before = random.getstate()
        layout(nx.MultiDiGraph(nx.path_graph(30)))
        assert random.getstate() == before
