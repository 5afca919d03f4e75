"""GraphML that every reader reads whole, and `read_graph`, which gives back exactly what was written."""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest
import rustworkx
from fact_samples import TRAPS, dated_documents, fact, facts, holds, target
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, UsageError
from kg.graph import build_graph
from kg.graph_reader import read_graph
from kg.types import Fact
from kg.writers import write

GRAPHOLOGY = Path(__file__).parent / "graphology"
NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"
DISPLAY = {"x", "y", "size", "color"}
JSON_COLUMNS = {"aliases", "evidence"}


def seven_edges() -> nx.MultiDiGraph:
    """Return a graph with all that GraphML readers have lost: parallel edges (of one predicate too), a loop, None,
    lists, both kinds of number in one column, markup and white space in text."""
    return build_graph(
        [
            holds("张三", "甲&乙<协会>", "会长"),
            holds("张三", "甲&乙<协会>", "会长", "b.txt", status="former", until="2019-12-31"),
            target("甲&乙<协会>", "开展", "评价", "5", "万人", 50000),
            target("甲&乙<协会>", "开展", "评价", "5", "万人", 50000, document="b.txt", status="achieved"),
            target("甲&乙<协会>", "建", "厂", "3.5", "%", 3.5, base_unit="%"),
            fact(
                '甲&乙\n印发"通知 ]]>"\r\n。',
                "甲&乙",
                "issues",
                '"通知 ]]>"',
                names=("甲&乙<协会>", "通知  ]]>"),
                named_count=1,
            ),
            fact("丙属丙", "丙", "part_of", "丙", document="c/丙.html"),
        ],
        dated_documents,
    )


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Write the graph of seven edges."""
    (path,) = write(seven_edges(), tmp_path / "graph.graphml")
    return path


@pytest.fixture(scope="session")
def graphology() -> list[str]:
    """Install graphology from its lock file and return the command that reads a GraphML file with it."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        reason = "node and npm are needed to read GraphML with graphology, as Gephi Lite does"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=GRAPHOLOGY, check=True, capture_output=True, timeout=300)
    return [node, str(GRAPHOLOGY / "read_graphml.js")]


def plain(attributes: dict[str, Any]) -> dict[str, Any]:
    """Return attributes as other programs see them: no None, lists as JSON, nothing that only serves display."""
    seen = {
        name: json.loads(value) if name in JSON_COLUMNS and isinstance(value, str) else value
        for name, value in attributes.items()
        if value is not None and name not in DISPLAY
    }
    return {name: value for name, value in seen.items() if not (isinstance(value, float) and math.isnan(value))}


def all_edges(graph: nx.MultiDiGraph) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the edges with their attributes as other programs see them, in the order of the file."""
    return [(source, target, plain(attributes)) for source, target, attributes in graph.edges(data=True)]


class TestOtherReaders:
    """Equal counts and attributes in every program that can be run here."""

    def test_networkx(self, written: Path) -> None:
        graph, read = seven_edges(), nx.read_graphml(written)
        assert {node: plain(data) for node, data in read.nodes(data=True)} == {
            node: plain(data) for node, data in graph.nodes(data=True)
        }
        by_id = sorted(read.edges(keys=True, data=True), key=lambda edge: int(edge[2][1:]))
        assert [(source, target, plain(data)) for source, target, _, data in by_id] == all_edges(graph)

    def test_igraph(self, written: Path) -> None:
        graph, read = seven_edges(), igraph.Graph.Read_GraphML(str(written))
        nodes = {vertex["id"]: self._present(vertex.attributes()) for vertex in read.vs}
        assert nodes == {node: plain(data) for node, data in graph.nodes(data=True)}
        edges = [
            (read.vs[edge.source]["id"], read.vs[edge.target]["id"], self._present(edge.attributes()))
            for edge in read.es
        ]
        assert edges == all_edges(graph)

    @staticmethod
    def _present(attributes: dict[str, Any]) -> dict[str, Any]:
        """Return what is there; igraph reads an absent string as an empty one, and puts ids among the attributes."""
        return plain({name: value for name, value in attributes.items() if value != "" and name != "id"})

    def test_rustworkx(self, written: Path) -> None:
        graph, (read,) = seven_edges(), rustworkx.read_graphml(str(written))
        nodes = {data["id"]: plain({**data, "id": None}) for data in read.nodes()}
        assert nodes == {node: plain(data) for node, data in graph.nodes(data=True)}
        edges = sorted(read.weighted_edge_list(), key=lambda edge: int(edge[2]["id"][1:]))
        named = [
            (read[source]["id"], read[target]["id"], plain({**data, "id": None})) for source, target, data in edges
        ]
        assert named == all_edges(graph)

    def test_graphology(self, written: Path, graphology: list[str]) -> None:
        graph = seven_edges()
        output = subprocess.run([*graphology, str(written)], check=True, capture_output=True, timeout=60).stdout
        read = json.loads(output)
        assert (read["nodeCount"], read["edgeCount"]) == (len(graph), 7)
        assert {node: plain(data) for node, data in read["nodes"].items()} == {
            node: plain(data) for node, data in graph.nodes(data=True)
        }
        edges = [read["edges"][f"e{number}"] for number in range(7)]
        assert [(edge["source"], edge["target"], plain(edge["attributes"])) for edge in edges] == all_edges(graph)


class TestRules:
    """What the readers that cannot be run here (Gephi, graph-tool) need, each a row that was lost once."""

    @pytest.fixture
    def root(self, written: Path) -> ElementTree.Element:
        return ElementTree.parse(written).getroot()

    def test_edge_ids_are_unique(self, root: ElementTree.Element) -> None:
        ids = [edge.attrib["id"] for edge in root.iter(f"{NAMESPACE}edge")]
        assert len(ids) == len(set(ids)) == 7

    def test_edges_between_two_nodes_differ_in_their_xml_label(self, root: ElementTree.Element) -> None:
        edges = [edge.attrib for edge in root.iter(f"{NAMESPACE}edge")]
        assert max(Counter((edge["source"], edge["target"], edge["label"]) for edge in edges).values()) == 1
        assert "issues" in {edge["label"] for edge in edges}

    def test_one_key_a_name_and_no_key_is_taken_for_another_programs_own(self, root: ElementTree.Element) -> None:
        keys = [key.attrib for key in root.iter(f"{NAMESPACE}key")]
        assert max(Counter((key["for"], key["attr.name"]) for key in keys).values()) == 1
        assert {key["for"] for key in keys} == {"node", "edge"}
        assert not [key["id"] for key in keys if re.fullmatch(r"d\d+", key["id"])]
        assert {key["attr.type"] for key in keys} <= {"boolean", "long", "double", "string"}

    def test_nodes_have_a_place_a_size_and_a_colour(self, root: ElementTree.Element) -> None:
        drawn = nx.parse_graphml(ElementTree.tostring(root, encoding="unicode"))
        for _, data in drawn.nodes(data=True):
            assert all(isinstance(data[name], float) for name in ("x", "y", "size"))
            assert re.fullmatch("#[0-9a-f]{6}", data["color"])
        assert len({data["color"] for _, data in drawn.nodes(data=True)}) == 6

    def test_a_weight_that_gephi_drops_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="weight 0"):
            write(nx.MultiDiGraph([("a", "b", {"weight": 0})]), tmp_path / "graph.graphml")
        assert not list(tmp_path.iterdir())


texts = st.text(st.sampled_from("甲𠮷a" + TRAPS.translate(dict.fromkeys((0, 0xB, 0xD800, 0xFFFE)))), max_size=5)
wild_texts = st.text(st.sampled_from("甲𠮷a\x7f" + TRAPS), max_size=5)
numbers = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False)
json_values = st.recursive(
    st.none() | st.booleans() | numbers | wild_texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(wild_texts, inner, max_size=3),
    max_leaves=5,
)
attribute_names = st.sampled_from(["label", "类型 %", "value", "weight2", "x y", "a&b", "evidence", "color"])
attributes = st.dictionaries(
    attribute_names, st.none() | st.booleans() | numbers | texts | st.lists(json_values, max_size=3), max_size=5
)


@st.composite
def any_graphs(draw: st.DrawFn) -> nx.MultiDiGraph:
    """Draw a graph with attributes of all types, several types in one column too."""
    graph = nx.MultiDiGraph()
    ids = sorted(draw(st.sets(texts, max_size=4)))
    graph.add_nodes_from((node, draw(attributes)) for node in ids)
    ends = st.sampled_from(ids) if ids else st.nothing()
    edges = draw(st.lists(st.tuples(ends, ends, texts.filter(bool)), max_size=5, unique=True)) if ids else []
    graph.add_edges_from((*edge, draw(attributes)) for edge in sorted(edges))
    graph.graph.update(draw(attributes))
    return graph


def identical(one: Any, other: Any) -> bool:
    """Return whether two values are equal and of the same types all through."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(identical(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(identical, one, other))
    return bool(one == other)


class TestReadGraph:
    @given(any_graphs())
    def test_what_was_written_comes_back(self, tmp_path_factory: Any, graph: nx.MultiDiGraph) -> None:
        path = tmp_path_factory.mktemp("graphs") / "graph.graphml"
        write(graph, path)
        back = read_graph(path)
        assert list(back) == list(graph)
        assert list(back.edges(keys=True)) == list(graph.edges(keys=True))
        assert identical(dict(back.nodes(data=True)), dict(graph.nodes(data=True)))
        assert all(identical(back.edges[edge], graph.edges[edge]) for edge in graph.edges)
        assert identical(back.graph, graph.graph)

    @given(st.lists(facts(), max_size=8))
    def test_a_graph_of_facts_comes_back_whatever_their_names(self, tmp_path_factory: Any, drawn: list[Fact]) -> None:
        path = tmp_path_factory.mktemp("graphs") / "graph.graphml"
        graph = build_graph(drawn, dated_documents)
        write(graph, path)
        back = read_graph(path)
        assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
        assert list(back.edges(keys=True, data=True)) == list(graph.edges(keys=True, data=True))

    @given(st.lists(facts(), max_size=8), st.randoms(use_true_random=False))
    def test_the_same_facts_give_the_same_bytes_and_so_does_what_was_read(
        self, tmp_path_factory: Any, drawn: list[Fact], chance: Any
    ) -> None:
        folder = tmp_path_factory.mktemp("graphs")
        write(build_graph(drawn), folder / "one.graphml")
        chance.shuffle(drawn)
        write(build_graph(drawn), folder / "other.graphml")
        write(read_graph(folder / "one.graphml"), folder / "again.graphml")
        one, other, again = (path.read_bytes() for path in self._files(folder, "one", "other", "again"))
        assert one == other == again

    @staticmethod
    def _files(folder: Path, *stems: str) -> Iterator[Path]:
        return (folder / f"{stem}.graphml" for stem in stems)

    def test_writing_does_not_change_the_graph(self, tmp_path: Path) -> None:
        graph = seven_edges()
        write(graph, tmp_path / "graph.graphml")
        assert list(graph.nodes(data=True)) == list(seven_edges().nodes(data=True))
        assert list(graph.edges(keys=True, data=True)) == list(seven_edges().edges(keys=True, data=True))

    def test_names_that_xml_refuses_stay_two_nodes(self, tmp_path: Path) -> None:
        graph = nx.MultiDiGraph([("a\x00", "a\ud800", "k", {"label": "\x01"})])
        (path,) = write(graph, tmp_path / "graph.graphml")
        assert list(read_graph(path).edges(keys=True, data=True)) == [
            ("a\ufffd", "a\ufffd\ufffd", "k", {"label": "\ufffd"})
        ]

    def test_graphml_of_other_programs_is_read_by_its_types(self, tmp_path: Path) -> None:
        path = tmp_path / "other.graphml"
        nx.write_graphml(nx.MultiDiGraph([("a", "b", {"n": 1, "f": 0.5, "s": "甲", "b": True})] * 2), path)
        assert [edge[2:] for edge in read_graph(path).edges(keys=True, data=True)] == [
            ("0", {"n": 1, "f": 0.5, "s": "甲", "b": True}),
            ("1", {"n": 1, "f": 0.5, "s": "甲", "b": True}),
        ]

    def test_edges_without_ids_are_numbered(self, tmp_path: Path) -> None:
        path = tmp_path / "other.graphml"
        path.write_text(
            f'<graphml xmlns="{NAMESPACE[1:-1]}"><graph edgedefault="directed"><node id="a"/>'
            '<edge source="a" target="a"/><edge source="a" target="a"/></graph></graphml>',
            "utf-8",
        )
        assert list(read_graph(path).edges(keys=True)) == [("a", "a", 0), ("a", "a", 1)]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            pytest.param("", "no element found", id="empty"),
            pytest.param("not xml", "syntax error", id="text"),
            pytest.param("<html/>", "not <graphml>", id="another format"),
            pytest.param(f'<graphml xmlns="{NAMESPACE[1:-1]}"/>', "holds no <graph>", id="no graph"),
            pytest.param(f'<graphml xmlns="{NAMESPACE[1:-1]}"><graph><node id="a">', "no element found", id="cut off"),
            pytest.param(f'<graphml xmlns="{NAMESPACE[1:-1]}"><graph><node/></graph></graphml>', "'id'", id="no id"),
            pytest.param(
                f'<graphml xmlns="{NAMESPACE[1:-1]}"><graph><hyperedge/></graph></graphml>',
                "hyperedges",
                id="hyperedge",
            ),
            pytest.param(
                f'<graphml xmlns="{NAMESPACE[1:-1]}"><graph><node id="a"/><edge id="e" source="a" target="a"/>'
                '<edge id="e" source="a" target="a"/></graph></graphml>',
                "two edges",
                id="one id twice",
            ),
        ],
    )
    def test_what_is_no_graph_is_refused_in_one_sentence(self, tmp_path: Path, content: str, message: str) -> None:
        path = tmp_path / "graph.graphml"
        path.write_text(content, "utf-8")
        with pytest.raises(InputError, match=message) as caught:
            read_graph(path)
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize("missing", ["no such file.graphml", "."])
    def test_a_missing_file_is_refused(self, tmp_path: Path, missing: str) -> None:
        with pytest.raises(InputError, match="not a file"):
            read_graph(tmp_path / missing)
