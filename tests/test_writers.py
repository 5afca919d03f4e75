"""Writers: chosen by extension, whole files or none, and what GEXF, CSV and JSON Lines hold."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pandas
import pytest
from fact_samples import dated_documents, fact, facts, holds, target
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OutputError, UsageError
from kg.graph import build_graph
from kg.graph_facts import graph_facts
from kg.output_files import replacing
from kg.types import Fact
from kg.writers import extensions, register, unregister, write
from kg.writers.facts import fact_lines, read_facts, write_facts

FORMATS = [".csv", ".gexf", ".graphml", ".jsonl"]


def graph() -> nx.MultiDiGraph:
    """Return a graph with parallel edges of one predicate and of two."""
    return build_graph(
        [
            holds("张三", "甲协会", "会长", since="2020"),
            holds("张三", "甲协会", "会长", "b.txt", status="former"),
            target("甲协会", "开展", "评价", "5", "万人", 50000),
            fact("甲协会印发通知", "甲协会", "issues", "通知"),
            fact("甲协会、乙印发通知", "甲协会", "co_issues", "通知", named_count=2),
        ],
        dated_documents,
    )


class TestRegistry:
    @pytest.fixture(autouse=True)
    def _tidy(self) -> Iterator[None]:
        yield
        if ".test" in extensions():
            unregister(".test")

    def test_the_formats_of_the_house_are_there(self) -> None:
        assert set(FORMATS) <= set(extensions())

    def test_the_extension_chooses_the_writer_whatever_its_case(self, tmp_path: Path) -> None:
        @register(".test")
        def write_test(graph: nx.MultiDiGraph, path: Path) -> tuple[Path, ...]:
            path.write_text(" ".join(graph), "utf-8")
            return (path,)

        (path,) = write(nx.MultiDiGraph([("a", "b")]), tmp_path / "graph.TEST")
        assert path.read_text("utf-8") == "a b"

    @pytest.mark.parametrize("name", ["graph.doc", "graph", ".graphml"])
    def test_an_unknown_extension_is_refused_with_those_known(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(UsageError, match=r"nothing writes .*\.graphml"):
            write(nx.MultiDiGraph(), tmp_path / name)

    def test_a_second_writer_of_an_extension_is_refused(self) -> None:
        with pytest.raises(UsageError, match=r"\.graphml is already written by kg\.writers\.graphml"):
            register(".graphml")(lambda graph, path: (path,))

    @pytest.mark.parametrize("extension", ["graphml", ".", "", ".GraphML"])
    def test_a_malformed_extension_is_refused(self, extension: str) -> None:
        with pytest.raises(UsageError, match="not a file extension"):
            register(extension)


class TestPlaces:
    @pytest.mark.parametrize("extension", FORMATS)
    def test_a_missing_folder_is_an_output_error(self, tmp_path: Path, extension: str) -> None:
        with pytest.raises(OutputError, match=r"cannot be written: No such file or directory"):
            write(graph(), tmp_path / "missing" / f"graph{extension}")

    @pytest.mark.parametrize("extension", FORMATS)
    def test_a_file_in_place_of_the_folder_is_an_output_error(self, tmp_path: Path, extension: str) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(OutputError, match="cannot be written"):
            write(graph(), tmp_path / "file" / f"graph{extension}")

    def test_a_folder_in_place_of_the_file_is_an_output_error(self, tmp_path: Path) -> None:
        (tmp_path / "graph.graphml").mkdir()
        with pytest.raises(OutputError, match="it is a folder"):
            write(graph(), tmp_path / "graph.graphml")

    @pytest.mark.parametrize("extension", FORMATS)
    def test_an_older_file_is_replaced_and_nothing_else_is_left(self, tmp_path: Path, extension: str) -> None:
        first = write(graph(), tmp_path / f"graph{extension}")
        content = [path.read_bytes() for path in first]
        for path in first:
            path.write_bytes(b"old")
        again = write(graph(), tmp_path / f"graph{extension}")
        assert [path.read_bytes() for path in again] == content
        assert sorted(tmp_path.iterdir()) == sorted(first)

    def test_an_older_file_stays_when_writing_fails(self, tmp_path: Path) -> None:
        path = tmp_path / "graph.txt"
        path.write_text("old", "utf-8")

        def fail_half_way() -> None:
            with replacing(path) as file:
                file.write("half of it")
                raise RuntimeError("stop")

        with pytest.raises(RuntimeError, match="stop"):
            fail_half_way()
        assert path.read_text("utf-8") == "old"
        assert list(tmp_path.iterdir()) == [path]

    def test_the_file_has_the_permissions_of_a_new_file(self, tmp_path: Path) -> None:
        (path,) = write(graph(), tmp_path / "graph.graphml")
        (tmp_path / "new").touch()
        assert os.stat(path).st_mode == os.stat(tmp_path / "new").st_mode

    @pytest.mark.parametrize("extension", FORMATS)
    def test_an_empty_graph_can_be_written(self, tmp_path: Path, extension: str) -> None:
        assert all(path.is_file() for path in write(nx.MultiDiGraph(), tmp_path / f"empty{extension}"))

    @pytest.mark.parametrize("extension", FORMATS)
    def test_the_same_facts_in_any_order_give_the_same_bytes(self, tmp_path: Path, extension: str) -> None:
        stated = list(graph_facts(graph()))
        one = write(build_graph(stated), tmp_path / f"one{extension}")
        other = write(build_graph(reversed(stated)), tmp_path / f"other{extension}")
        assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]

    @pytest.mark.parametrize("extension", FORMATS)
    @given(drawn=st.lists(facts(), max_size=6))
    def test_every_graph_is_written_as_valid_utf8(
        self, tmp_path_factory: pytest.TempPathFactory, extension: str, drawn: list[Fact]
    ) -> None:
        folder = tmp_path_factory.mktemp("graphs")
        for path in write(build_graph(drawn), folder / f"graph{extension}"):
            assert path.read_bytes().decode("utf-8") or not drawn


class TestGexf:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return write(graph(), tmp_path / "graph.gexf")[0]

    def test_networkx_reads_all_nodes_and_edges(self, path: Path) -> None:
        read = nx.read_gexf(path, version="1.3")
        assert sorted(read) == list(graph())
        assert sorted((source, target) for source, target in read.edges()) == sorted(graph().edges())
        assert read.nodes["Person:张三"]["label"] == "张三"
        assert read.nodes["Person:张三"]["documents"] == 2

    def test_edges_between_two_nodes_differ_in_kind(self, path: Path) -> None:
        edges = [edge.attrib for edge in ElementTree.parse(path).iter("{http://gexf.net/1.3}edge")]
        assert max(Counter((edge["source"], edge["target"], edge["kind"]) for edge in edges).values()) == 1
        assert len({edge["id"] for edge in edges}) == graph().number_of_edges()

    def test_no_element_carries_a_time(self, path: Path) -> None:
        for element in ElementTree.parse(path).iter():
            assert not {"start", "end", "startopen", "endopen", "timestamp"} & set(element.attrib)

    def test_nodes_are_drawn(self, path: Path) -> None:
        viz = "{http://gexf.net/1.3/viz}"
        for node in ElementTree.parse(path).iter("{http://gexf.net/1.3}node"):
            assert {child.tag for child in node if child.tag.startswith(viz)} == {
                f"{viz}{name}" for name in ("color", "position", "size", "shape")
            }


class TestCsv:
    def test_two_tables_that_pandas_reads_and_gephi_knows(self, tmp_path: Path) -> None:
        nodes, edges = (pandas.read_csv(path) for path in write(graph(), tmp_path / "graph.csv"))
        assert list(nodes.columns[:2]) == ["Id", "Label"]
        assert list(edges.columns[:7]) == ["Id", "Source", "Target", "Type", "Kind", "Label", "Weight"]
        assert list(nodes["Id"]) == list(graph())
        assert list(zip(edges["Source"], edges["Target"], strict=True)) == list(graph().edges())
        assert set(edges["Type"]) == {"Directed"}
        assert edges["value"].dropna().tolist() == [50000.0]

    @pytest.mark.parametrize("name", ["graph.csv", "graph.nodes.csv", "graph.edges.csv"])
    def test_the_two_names(self, tmp_path: Path, name: str) -> None:
        assert [path.name for path in write(graph(), tmp_path / name)] == ["graph.nodes.csv", "graph.edges.csv"]

    def test_excel_sees_the_encoding(self, tmp_path: Path) -> None:
        for path in write(graph(), tmp_path / "graph.csv"):
            assert path.read_bytes().startswith(b"\xef\xbb\xbf")

    @given(st.sampled_from("=+-@\t\r"), st.text(st.sampled_from('甲1(,"\n'), max_size=4))
    def test_no_cell_of_text_is_a_formula(
        self, tmp_path_factory: pytest.TempPathFactory, first: str, rest: str
    ) -> None:
        evil = first + rest
        attributes = {"predicate": evil, "label": evil, "note": evil, "evidence": [evil], evil: "x", "change": -3.5}
        made = nx.MultiDiGraph([(evil, "b", "k", attributes)])
        made.nodes[evil].update(label=evil, note=evil)
        for path in write(made, tmp_path_factory.mktemp("csv") / "graph.csv"):
            with open(path, encoding="utf-8-sig", newline="") as file:
                cells = [cell for row in csv.reader(file) for cell in row]
            assert [cell for cell in cells if cell[:1] in set("=+-@\t\r")] == (["-3.5"] if "edges" in path.name else [])


class TestFacts:
    def test_keys_stand_in_the_order_of_the_contract(self) -> None:
        (line,) = fact_lines([fact("丙属乙", "丙", "part_of", "乙", since=None, share=0.5)])
        assert line == (
            '{"document": "a.txt", "predicate": "part_of",'
            ' "subject": {"name": "丙", "type": "Organization", "start": 0, "end": 1},'
            ' "object": {"name": "乙", "type": "Organization", "start": 2, "end": 3},'
            ' "qualifiers": {"since": null, "share": 0.5},'
            ' "evidence": {"document": "a.txt", "start": 0, "end": 3, "text": "丙属乙"},'
            ' "confidence": 0.9, "extractor": "part_of.test"}\n'
        )

    def test_lines_are_ordered_by_document_place_predicate_subject_and_object(self) -> None:
        ordered = [
            fact("丙属乙", "丙", "part_of", "乙"),
            fact("丙属乙", "丙", "part_of", "乙", start=9),
            fact("丙印发乙", "丙", "issues", "乙", document="b.txt"),
            fact("丙属乙", "丙", "part_of", "乙", document="b.txt"),
        ]
        assert list(read_facts(fact_lines(reversed(ordered)))) == ordered

    @given(st.lists(facts(), max_size=6))
    def test_order_changes_nothing_and_every_line_is_utf8(self, drawn: list[Fact]) -> None:
        lines = list(fact_lines(drawn))
        assert lines == list(fact_lines(reversed(drawn)))
        assert "".join(lines).encode("utf-8").count(b"\n") == len(drawn)
        assert Counter(made.evidence for made in read_facts(lines)) == Counter(made.evidence for made in drawn)

    def test_a_graph_is_written_as_the_facts_it_holds(self, tmp_path: Path) -> None:
        stated = [holds("张三", "甲协会", "会长"), fact("丙属乙", "丙", "part_of", "乙")]
        (of_graph,) = write(build_graph(stated), tmp_path / "graph.jsonl")
        (of_facts,) = write_facts(stated, tmp_path / "facts.jsonl")
        assert of_graph.read_bytes() == of_facts.read_bytes()
