"""The page as a string: what it promises before any browser sees it."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from graphs import INJECTION, hostile_graph, small_graph
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import OutputError, UsageError
from kg.view import render, write_page
from kg.view.labels import ALWAYS_FROM, LINE_PIXELS, label_zooms

PERSON = "Person:陆明远"


class Elements(HTMLParser):
    """The start tags of a page, and the text of its script elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] == "script" and data.strip():
            self.scripts.append((self.tags[-1][1], data))


def embedded_data(page: str) -> Any:
    """Return the data of a page, read as a browser reads it."""
    (text,) = [text for attributes, text in Elements(page).scripts if attributes.get("type") == "application/json"]
    return json.loads(text)


class TestString:
    """What holds for the HTML before any browser sees it."""

    @given(st.randoms(use_true_random=False))
    @settings(max_examples=10, deadline=None)
    def test_the_same_graph_in_any_order_gives_the_same_page(self, order: random.Random) -> None:
        graph = small_graph()
        nodes, edges = list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))
        order.shuffle(nodes)
        order.shuffle(edges)
        again = nx.MultiDiGraph()
        again.add_nodes_from(nodes)
        again.add_edges_from(edges)
        assert render(again) == render(graph)

    def test_the_graph_is_left_as_it_was(self) -> None:
        graph = small_graph()
        render(graph)
        assert nx.utils.graphs_equal(graph, small_graph())

    @given(name=st.text(), title=st.text())
    @settings(max_examples=60, deadline=None)
    def test_no_name_can_leave_its_place(self, name: str, title: str) -> None:
        graph = small_graph()
        graph.nodes[PERSON]["label"] = name
        page = render(graph, title)
        page.encode("utf-8")
        plain = Elements(render(small_graph(), "标题"))
        assert [tag for tag, _ in Elements(page).tags] == [tag for tag, _ in plain.tags]
        assert len(embedded_data(page)["nodeRecords"]) == graph.number_of_nodes()

    def test_only_the_scripts_and_the_style_that_were_written_may_run(self) -> None:
        page = render(hostile_graph(), INJECTION)
        elements = Elements(page)
        (policy,) = [
            attributes["content"] or ""
            for tag, attributes in elements.tags
            if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        assert rules["default-src"] == "'none'"
        assert "unsafe" not in policy
        texts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
        digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
        assert rules["script-src"] == " ".join(f"'sha256-{digest}'" for digest in digests)

    def test_nothing_in_it_points_outside(self) -> None:
        for _, attributes in Elements(render(small_graph())).tags:
            for name in ("src", "href", "action", "data", "srcset"):
                assert (attributes.get(name) or "data:").startswith("data:")
        assert "@import" not in render(small_graph())
        assert "sourceMappingURL" not in render(small_graph())

    def test_a_sentence_that_many_edges_cite_is_held_once(self) -> None:
        data = embedded_data(render(small_graph()))
        texts = [text for _, _, _, text in data["sentences"]]
        assert len(texts) == len(set(texts)) < small_graph().number_of_edges()

    def test_absent_qualifiers_are_not_shown_and_present_ones_have_chinese_names(self) -> None:
        data = embedded_data(render(small_graph()))
        (record,) = [item for item in data["edgeRecords"] if ["时期", "2023年"] in item["qualifiers"]]
        assert record["summary"] == "计划 · 不少于5万人 · 2023年"
        assert ["折算数值", "50,000"] in record["qualifiers"]
        assert not any(value in ("None", "") for item in data["edgeRecords"] for _, value in item["qualifiers"])

    def test_an_unknown_language_is_refused_with_the_known_ones(self) -> None:
        with pytest.raises(UsageError, match="zh, en"):
            render(small_graph(), language="fr")

    def test_a_page_that_cannot_be_written_says_where(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="nowhere"):
            write_page(small_graph(), tmp_path / "nowhere" / "graph.html")

    def test_the_file_is_utf8_and_equals_the_string(self, tmp_path: Path) -> None:
        write_page(hostile_graph(), tmp_path / "graph.html", "标题", "en")
        assert (tmp_path / "graph.html").read_bytes() == render(hostile_graph(), "标题", "en").encode("utf-8")


class TestLabels:
    """Names on the canvas behave like names on a map."""

    @given(
        st.lists(st.tuples(st.integers(-900, 900), st.integers(-900, 900), st.integers(10, 200)), max_size=25),
        st.floats(0.01, ALWAYS_FROM - 0.01),
    )
    @settings(deadline=None)
    def test_no_two_names_overlap_at_any_zoom(self, names: list[tuple[int, int, int]], zoom: float) -> None:
        zooms = label_zooms([(float(x), float(y)) for x, y, _ in names], [float(width) for _, _, width in names])
        shown = [name for name, start in zip(names, zooms, strict=True) if start + 0.001 <= zoom]
        for index, (x, y, width) in enumerate(shown):
            for other_x, other_y, other_width in shown[:index]:
                beside = abs(x - other_x) * zoom >= (width + other_width) / 2 - 1e-6
                assert beside or abs(y - other_y) * zoom >= LINE_PIXELS - 1e-6

    @given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=25))
    def test_the_most_important_name_is_always_there(self, places: list[tuple[int, int]]) -> None:
        zooms = label_zooms([(float(x), float(y)) for x, y in places], [50.0] * len(places))
        assert zooms[0] == 0
        assert max(zooms) <= ALWAYS_FROM

    @given(st.integers(0, 10**6), st.sampled_from((1, 30, 1_000, 30_000, 10**6)), st.integers(1, 120))
    @settings(deadline=None)
    def test_the_grids_find_what_a_look_at_every_pair_finds(self, seed: int, side: int, count: int) -> None:
        dice = random.Random(seed)
        points = [(round(dice.uniform(0, side), 1), round(dice.uniform(0, side), 1)) for _ in range(count)]
        widths = [dice.choice((0.0, 7.8, 26.0, 208.0)) for _ in points]
        zooms: list[float] = []
        for index, (x, y) in enumerate(points):
            apart = [
                min((widths[before] + widths[index]) / 2 / (abs(left - x) + 1e-9), LINE_PIXELS / (abs(top - y) + 1e-9))
                for before, (left, top) in enumerate(points[:index])
            ]
            in_the_way = [zoom for zoom, own in zip(apart, zooms, strict=True) if own < zoom]
            zooms.append(min(max(in_the_way, default=0.0), ALWAYS_FROM))
        assert label_zooms(points, widths) == [round(zoom, 3) for zoom in zooms]
