"""Questions to a small graph, and the tables that the answers are."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import networkx as nx
import pandas
import pytest
from fact_samples import dated_documents, fact, facts, holds, target
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.graph import build_graph
from kg.query import KnowledgeGraph
from kg.rows import Edge, Row, Rows
from kg.types import Fact

FACTS = [
    holds("林知远", "华东轻纺业联合会", "会长"),
    holds("林知远", "华东轻纺业联合会", "会长", "b.txt", sentence="林知远会长讲话。"),
    holds("林知远", "华东轻纺业联合会", "党委书记", status="former", until="2019-12-31"),
    holds("何某", "华东轻纺业联合会", "副会长"),
    holds("周若兰", "江南商贸工会", "主席", sentence="周若兰主席，江南商贸工会主席。"),
    holds("赵一", None, "教授"),
    holds("钱二", None, "教授"),
    fact("华东轻纺联会长林知远", "会长", "at", "华东轻纺联", names=("华东轻纺业联合会会长", "华东轻纺业联合会")),
    fact("华东轻纺联、江南商贸工会联合印发《通知》", "华东轻纺联", "co_issues", "《通知》",
         names=("华东轻纺业联合会", "通知"), verb="联合印发", date="2022-06-21", document_number=None),
    fact("华东轻纺联、江南商贸工会联合印发《通知》", "江南商贸工会", "co_issues", "《通知》",
         names=("江南商贸工会", "通知"), verb="联合印发", date="2022-06-21", document_number=None),
    target("华东轻纺联", "开展", "技能等级评定", "5", "万人", 50000, actor="华东轻纺业联合会", bound=">="),
    target(None, "建设", "实验室", "10", "家", 10),
    fact("华东轻纺联开展技能等级评定", "华东轻纺联", "undertakes", "开展技能等级评定",
         names=("华东轻纺业联合会", "开展技能等级评定")),
    fact("大会在北京举行", "大会", "held_at", "北京"),
]  # fmt: skip


@pytest.fixture(scope="module")
def kg() -> KnowledgeGraph:
    """Return the graph that the questions are put to."""
    return KnowledgeGraph(build_graph(FACTS, dated_documents), FACTS, dated_documents, [("x.pdf", "not a text")])


class TestTheObject:
    def test_it_wraps_the_graph_and_what_it_was_made_from(self, kg: KnowledgeGraph) -> None:
        assert isinstance(kg.graph, nx.MultiDiGraph)
        assert kg.facts == FACTS
        assert (len(kg.documents), kg.skipped) == (3, [("x.pdf", "not a text")])

    def test_it_survives_a_file(self, kg: KnowledgeGraph, tmp_path: Path) -> None:
        kg.write(tmp_path / "graph.graphml")
        back = KnowledgeGraph.read(tmp_path / "graph.graphml")
        assert back.find() == kg.find()
        assert len(back.facts) == len(FACTS)

    def test_a_node_that_the_user_adds_is_found(self) -> None:
        mine = KnowledgeGraph(build_graph(FACTS))
        with pytest.raises(UsageError):
            mine.entity("新人")
        mine.graph.add_node("Person:新人", label="新人", type="Person")
        assert mine.entity("新人").id == "Person:新人"


class TestNames:
    @pytest.mark.parametrize(
        "name",
        ["Organization:华东轻纺业联合会", "华东轻纺业联合会", "华东轻纺联", "华东 轻纺业\n联合会", "通知", "《通知》"],
    )
    def test_an_entity_is_found_by_id_name_or_alias(self, kg: KnowledgeGraph, name: str) -> None:
        assert kg.entity(name).id in ("Organization:华东轻纺业联合会", "Notice:通知")

    def test_the_width_of_characters_does_not_matter(self) -> None:
        mine = KnowledgeGraph(build_graph([holds("Ａｎｎ", "甲", "会长")]))
        assert mine.entity("ann").label == "Ａｎｎ"

    def test_an_unknown_name_is_refused_with_similar_ones(self, kg: KnowledgeGraph) -> None:
        with pytest.raises(UsageError, match="no entity named '华东轻纺业联合'; did you mean 华东轻纺业联合会"):
            kg.entity("华东轻纺业联合")

    def test_an_ambiguous_name_is_refused_with_the_ids(self, kg: KnowledgeGraph) -> None:
        mine = KnowledgeGraph(build_graph([holds("北京", "甲", "会长"), fact("会在北京", "会", "held_at", "北京")]))
        with pytest.raises(UsageError, match="2 entities; give one of their ids: Person:北京, Place:北京"):
            mine.entity("北京")
        assert mine.positions("北京")[0].title == "会长"

    def test_a_name_goes_before_an_alias(self) -> None:
        mine = KnowledgeGraph(
            build_graph([holds("甲", "乙", "会长"), fact("甲属乙", "甲", "part_of", "乙", names=("甲方", "乙"))])
        )
        assert mine.entity("甲").id == "Person:甲"

    def test_an_empty_graph_says_so(self) -> None:
        with pytest.raises(UsageError, match="there is none"):
            KnowledgeGraph(nx.MultiDiGraph()).entity("甲")


class TestFind:
    def test_nothing_asked_finds_all(self, kg: KnowledgeGraph) -> None:
        assert [edge.edge for edge in kg.find()] == list(kg.graph.edges(keys=True))

    def test_all_that_is_given_must_fit(self, kg: KnowledgeGraph) -> None:
        (edge,) = kg.find(subject="林知远", predicate="holds", status="former")
        assert (edge.object, edge.qualifiers["until"]) == ("华东轻纺业联合会党委书记", "2019-12-31")

    def test_every_entity_with_an_alias_counts(self, kg: KnowledgeGraph) -> None:
        assert [edge.subject for edge in kg.find(object="教授")] == ["赵一", "钱二"]

    def test_a_qualifier_may_be_wanted_absent_or_as_a_number(self, kg: KnowledgeGraph) -> None:
        assert len(kg.find(predicate="holds", until=None)) == 5
        assert len(kg.find(predicate="targets", value=50000.0)) == 1

    def test_the_qualifier_object_has_a_column_of_its_own(self, kg: KnowledgeGraph) -> None:
        (edge,) = kg.find(predicate="targets", qualifier_object="实验室")
        assert edge.object == "实验室 10家"

    def test_what_fits_nothing_is_empty(self, kg: KnowledgeGraph) -> None:
        assert kg.find(subject="周若兰", predicate="attends") == ()
        assert kg.find(status="candidate") == ()

    def test_an_unknown_relation_or_qualifier_is_refused(self, kg: KnowledgeGraph) -> None:
        with pytest.raises(UsageError, match="no relation 'holdz'; did you mean holds"):
            kg.find(predicate="holdz")
        with pytest.raises(UsageError, match="holds has no qualifier 'statuss'; did you mean status"):
            kg.find(predicate="holds", statuss="current")

    @given(st.lists(facts(), max_size=8))
    def test_the_edges_of_all_subjects_are_all_edges(self, drawn: list[Fact]) -> None:
        mine = KnowledgeGraph(build_graph(drawn))
        parts = [edge.edge for node in mine.nodes() for edge in mine.find(subject=node.id)]
        assert parts == [edge.edge for edge in mine.find()]


class TestLookups:
    def test_positions_of_a_person(self, kg: KnowledgeGraph) -> None:
        assert [(row.title, row.status, row.weight) for row in kg.positions("林知远")] == [
            ("会长", "current", 2),
            ("党委书记", "former", 1),
        ]

    def test_positions_of_what_is_no_person(self, kg: KnowledgeGraph) -> None:
        with pytest.raises(UsageError, match="no Person named '江南商贸工会'"):
            kg.positions("江南商贸工会")

    def test_holders_at_an_organization(self, kg: KnowledgeGraph) -> None:
        assert {row.person for row in kg.holders(organization="华东轻纺联")} == {"林知远", "何某"}
        assert [row.person for row in kg.holders(organization="江南商贸工会")] == ["周若兰"]

    def test_holders_of_a_title_is_the_whole_title(self, kg: KnowledgeGraph) -> None:
        assert [row.person for row in kg.holders(title="会长")] == ["林知远"]
        assert [row.person for row in kg.holders(organization="华东轻纺联", title="副会长")] == ["何某"]
        assert kg.holders(title="处长") == ()

    def test_holders_at_an_organization_that_only_a_position_names(self) -> None:
        mine = KnowledgeGraph(build_graph([holds("张三", "甲协会", "会长")]))
        assert [row.person for row in mine.holders(organization="甲协会")] == ["张三"]
        with pytest.raises(UsageError, match="no organization named '甲会'; did you mean 甲协会"):
            mine.holders(organization="甲会")

    def test_notices(self, kg: KnowledgeGraph) -> None:
        assert [(row.organization, row.verb) for row in kg.notices()] == [
            ("华东轻纺业联合会", "联合印发"),
            ("江南商贸工会", "联合印发"),
        ]
        (row,) = kg.notices(organization="华东轻纺联")
        assert (row.notice, row.date, row.document_number) == ("通知", "2022-06-21", None)
        with pytest.raises(UsageError, match="no Organization named"):
            kg.notices(organization="某部")

    def test_metrics(self, kg: KnowledgeGraph) -> None:
        (row,) = kg.metrics(action="开展")
        assert (row.actor, row.object, row.value, row.base_unit, row.bound) == (
            "华东轻纺业联合会",
            "技能等级评定",
            50000,
            "人",
            ">=",
        )
        assert kg.metrics(action="等级评定") == kg.metrics(organization="华东轻纺联") == (row,)
        assert len(kg.metrics()) == 2
        with pytest.raises(UsageError, match="no organization named"):
            kg.metrics(organization="某部")

    def test_evidence_of_a_row_and_of_an_edge(self, kg: KnowledgeGraph) -> None:
        (row,) = kg.holders(title="会长")
        sources = kg.evidence(row)
        assert [(source.document, source.published) for source in sources] == [
            ("a.txt", "2022-06-21"),
            ("b.txt", "2023-01-05"),
        ]
        assert sources == kg.evidence(row.edge) == kg.evidence(kg.find(title="会长", predicate="holds")[0])
        first = sources[0]
        assert first.sentence[first.subject_start : first.subject_end] == "林知远"

    @pytest.mark.parametrize("edge", [("a", "b", "c"), ("Person:周若兰", "x"), "Person:周若兰"])
    def test_evidence_of_no_edge_is_refused(self, kg: KnowledgeGraph, edge: tuple[str, str, str]) -> None:
        with pytest.raises(UsageError, match="no edge"):
            kg.evidence(edge)

    def test_nodes_of_a_type(self, kg: KnowledgeGraph) -> None:
        assert [node.label for node in kg.nodes("Place")] == ["北京"]
        assert len(kg.nodes()) == len(kg.graph)
        with pytest.raises(UsageError, match="the types are Person, Organization"):
            kg.nodes("Human")


class TestPaths:
    def test_a_path_goes_along_and_against_the_edges(self, kg: KnowledgeGraph) -> None:
        steps = kg.path("林知远", "周若兰")
        assert steps == ()
        steps = kg.path("林知远", "江南商贸工会")
        assert [(step.subject, step.predicate, step.object) for step in steps] == [
            ("林知远", "holds", "华东轻纺业联合会会长"),
            ("华东轻纺业联合会会长", "at", "华东轻纺业联合会"),
            ("华东轻纺业联合会", "co_issues", "通知"),
            ("江南商贸工会", "co_issues", "通知"),
        ]

    def test_a_title_without_an_organization_connects_nobody(self, kg: KnowledgeGraph) -> None:
        assert kg.path("赵一", "钱二") == ()
        assert len(kg.path("赵一", "教授")) == 1

    def test_of_parallel_edges_the_best_supported_is_shown(self) -> None:
        mine = KnowledgeGraph(
            build_graph(
                [
                    holds("张三", "甲", "会长", status="appointed"),
                    holds("张三", "甲", "会长", "b.txt", status="former"),
                    holds("张三", "甲", "会长", "c.txt", status="former", sentence="甲原会长张三"),
                ]
            )
        )
        assert [step.qualifiers["status"] for step in mine.path("甲会长", "张三")] == ["former"]

    def test_from_a_node_to_itself_there_is_no_step(self, kg: KnowledgeGraph) -> None:
        assert kg.path("周若兰", "周若兰") == ()

    @given(st.lists(facts(), max_size=10))
    def test_a_path_is_as_long_as_networkx_says(self, drawn: list[Fact]) -> None:
        mine = KnowledgeGraph(build_graph([fact for fact in drawn if fact.predicate in ("part_of", "sponsors")]))
        plain = nx.Graph(mine.graph)
        for a in plain:
            for b in plain:
                steps = mine.path(a, b)
                connected = nx.has_path(plain, a, b)
                assert len(steps) == (nx.shortest_path_length(plain, a, b) if connected else 0)

    def test_neighbors_by_distance(self, kg: KnowledgeGraph) -> None:
        assert [(near.name, near.distance) for near in kg.neighbors("周若兰", depth=2)] == [("江南商贸工会主席", 1)]
        assert {near.distance for near in kg.neighbors("林知远", depth=3)} == {1, 2, 3}

    def test_neighbors_by_relation(self, kg: KnowledgeGraph) -> None:
        assert [near.name for near in kg.neighbors("华东轻纺联", predicate="co_issues", depth=2)] == [
            "通知",
            "江南商贸工会",
        ]

    def test_neighbors_are_refused_no_depth_and_unknown_relations(self, kg: KnowledgeGraph) -> None:
        with pytest.raises(UsageError, match="depth is 0"):
            kg.neighbors("周若兰", depth=0)
        with pytest.raises(UsageError, match="no relation"):
            kg.neighbors("周若兰", predicate="knows")


class TestTables:
    def test_every_answer_is_a_table(self, kg: KnowledgeGraph) -> None:
        (edge,) = kg.find(object="北京")
        answers: list[Rows[Row]] = [
            kg.find(), kg.nodes(), kg.edges(), kg.positions("周若兰"), kg.holders(), kg.notices(), kg.metrics(),
            kg.evidence(edge), kg.path("大会", "北京"), kg.neighbors("大会"),
        ]  # fmt: skip
        for rows in answers:
            frame = rows.to_frame()
            assert isinstance(frame, pandas.DataFrame)
            assert (len(frame), tuple(frame.columns)) == (len(rows), rows.columns)
            assert frame.columns.is_unique

    def test_columns_do_not_depend_on_what_is_found(self, kg: KnowledgeGraph) -> None:
        assert list(kg.find(predicate="holds").to_frame()) == list(
            kg.find(subject="周若兰", predicate="holds", status="removed").to_frame()
        )
        assert list(kg.holders().to_frame()) == list(kg.holders(title="处长").to_frame())

    def test_the_table_of_a_relation_has_its_qualifiers_as_columns(self, kg: KnowledgeGraph) -> None:
        frame = kg.find(predicate="holds").to_frame()
        assert frame[frame.status == "former"][["subject", "title", "until"]].values.tolist() == [
            ["林知远", "党委书记", "2019-12-31"]
        ]

    def test_tables_of_nodes_and_edges_join_by_id(self, kg: KnowledgeGraph) -> None:
        nodes, edges = kg.nodes().to_frame(), kg.edges().to_frame()
        joined = edges.merge(nodes, left_on="subject_id", right_on="id")
        assert len(joined) == len(edges)
        assert (joined["subject"] == joined["label_y"]).all()

    def test_rows_are_a_tuple_that_stays_a_table_when_cut_or_copied(self, kg: KnowledgeGraph) -> None:
        rows = kg.holders()
        assert isinstance(rows, tuple)
        assert rows[:2].columns == copy.copy(rows).columns == pickle.loads(pickle.dumps(rows)).columns == rows.columns
        with pytest.raises(AttributeError):
            rows[0].person = "甲"  # type: ignore[misc]

    def test_an_edge_says_where_it_comes_from(self, kg: KnowledgeGraph) -> None:
        edge = kg.find(predicate="held_at")[0]
        assert isinstance(edge, Edge)
        assert (edge.document, edge.sentence, edge.label) == ("a.txt", "大会在北京举行", "举办地")
