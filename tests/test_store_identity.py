"""Who is who in a store that grew: the same as from scratch, whatever came in between, with every form and place."""

from __future__ import annotations

import contextlib
import functools
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from corpus import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_incremental import inside

import kg
from kg import engines, extraction, outputs, project
from kg.explanation import node_mentions
from kg.graph import build_graph
from kg.language.organization_names import is_bare
from kg.linking.corrections import FILE_NAME
from kg.node_ids import clean_name
from kg.query import KnowledgeGraph
from kg.types import Document, EntityType, Fact, Mention

TEXTS = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "data" / "series").glob("*.txt"))}
NAMES = list(TEXTS)
COMPARED = ("facts.jsonl", "graph.graphml", "linking.json")
# What may become of an article: an editor's or another site's changes that touch names.
EDITS = {
    "as it was": lambda text: text,
    "shortened": lambda text: text[: len(text) // 2],
    "short names": lambda text: text.replace("江源省总工会", "省总工会").replace("平阜市总工会", "市总工会"),
    "misprinted": lambda text: text.replace("邵建平", "邵建萍"),
    "full names": lambda text: text.replace("省总工会", "江源省总工会").replace("江源江源", "江源"),
    "with a definition": lambda text: f"江源省总工会（以下简称“江工总”）今日通报。江工总主席邵建平出席。\n{text}",
    "withdrawn": lambda text: "",
}
CORRECTIONS = (
    "",
    '[[same]]\na = "江源省总工会"\nb = "平阜市总工会"\nnote = "试"\n',
    '[[different]]\na = "东大一附院"\nb = "东岭大学第一附属医院"\n',
    '[[rename]]\nname = "江源省总工会"\nto = "江源总工会"\n[[alias]]\nname = "邵建平"\nalias = "邵建萍"\n',
    '[[drop]]\npredicate = "holds"\nsubject = "邵建平"\n[[same]]\na = "张伟（东岭省田径协会）"\nb = "张伟"\n',
)
STEPS = st.one_of(
    st.tuples(st.just("build"), st.lists(st.sampled_from(NAMES), min_size=1, max_size=12, unique=True), st.booleans()),
    st.tuples(st.just("edit"), st.lists(st.sampled_from(NAMES), min_size=1, max_size=4), st.sampled_from(list(EDITS))),
    st.tuples(st.just("remove"), st.integers(0, 40), st.booleans()),
    st.tuples(st.just("correct"), st.sampled_from(CORRECTIONS), st.booleans()),
)


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    """Extract the same text once, and draw no pages: they follow from the graph, which is compared."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "extract_document", functools.cache(extraction.extract_document))
        patch.setattr(outputs.view, "write_page", lambda _, path, **__: path.write_text("", "utf-8"))
        yield


def contents(out: str) -> dict[str, bytes]:
    return {name: Path(out, name).read_bytes() for name in COMPARED}


def from_scratch(held: dict[str, str], corrections: str) -> tuple[dict[str, bytes], KnowledgeGraph]:
    with tempfile.TemporaryDirectory() as folder, inside(Path(folder)):
        for name, text in held.items():
            Path(name).write_text(text, "utf-8")
        Path("out").mkdir()
        if corrections:
            Path("out", FILE_NAME).write_text(corrections, "utf-8")
        with project.opened("out", create=True) as store:
            if held:
                project.update(store, list(held))
            outputs.write_outputs(store)
        return contents("out"), outputs.graph_at("out")


class _Grown:
    """A folder that grows step by step, and beside it what its store should hold."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        self.corrections = ""
        for name, text in TEXTS.items():
            Path(name).write_text(text, "utf-8")
        Path("out").mkdir()

    def step(self, kind: str, what: Any, more: Any) -> None:
        if kind == "edit":
            for name in what:
                Path(name).write_text(EDITS[more](TEXTS[name]), "utf-8")
        elif kind == "correct":
            self.corrections = what
            Path("out", FILE_NAME).write_text(what, "utf-8")
        with project.opened("out", create=True) as store:
            if kind == "build":
                self._build(store, what)
            elif kind == "remove" and self.held:
                name = sorted(self.held)[what % len(self.held)]
                project.remove(store, [name])
                del self.held[name]
            if more is True:
                outputs.write_outputs(store)

    def _build(self, store: kg.Store, names: list[str]) -> None:
        # Of nothing but empty files there is nothing to say.
        with contextlib.suppress(kg.InputError):
            project.update(store, names)
        for name in names:
            self.held.pop(name, None)
            if text := Path(name).read_text("utf-8"):
                self.held[name] = text


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEPS, min_size=2, max_size=9), st.sampled_from(NAMES))
def test_names_after_any_history_are_those_of_a_build_from_scratch(steps: list[Any], asked: str) -> None:
    with tempfile.TemporaryDirectory() as folder, inside(Path(folder)):
        grown = _Grown()
        for step in [*steps, ("build", [asked], False)]:
            grown.step(*step)
        # Before the outputs are written, questions are answered from the store.
        live = outputs.graph_at("out")
        with project.opened("out", create=True) as store:
            outputs.write_outputs(store)
        fresh, whole = from_scratch(grown.held, grown.corrections)
        assert contents("out") == fresh
        read = outputs.graph_at("out")
        assert list(live.graph) == list(whole.graph)
        for node in list(whole.graph)[::7]:
            assert live.explain(node) == read.explain(node) == whole.explain(node)
        assert live.linked.ambiguities == whole.linked.ambiguities
        assert tuple(live.ledger()) == tuple(whole.ledger())


def whole_series() -> KnowledgeGraph:
    """Return the graph of the series, read in three parts."""
    with tempfile.TemporaryDirectory() as folder, inside(Path(folder)):
        for name, text in TEXTS.items():
            Path(name).write_text(text, "utf-8")
        for part in range(3):
            with project.opened("out", create=True) as store:
                project.update(store, NAMES[part::3])
        return outputs.graph_at("out")


def words(mention: Mention, other: Mention, documents: dict[str, Document]) -> str | None:
    """Return the words of the text at which a mention names its entity, None where they are another's."""
    if (mention.start, mention.end) == (other.start, other.end) and mention.type is not other.type:
        return None
    return documents[mention.document].text[mention.start : mention.end]


def test_a_merged_node_keeps_every_form_and_every_place() -> None:
    found = whole_series()
    documents = {document.id: document for document in found.documents}
    places = ends_by_place(found.graph)
    merged = {(merge.kind, merge.canonical) for merge in found.linked.merges}
    checked = set()
    for fact in found.facts:
        bodies = [one for one in (fact.subject, fact.object) if one.type is EntityType.ORGANIZATION]
        if fact.predicate in ("at", "part_of") and any(is_bare(body.name) for body in bodies):
            # 市 names a body in one text and none in many.
            continue
        nodes = places.get(place_of(fact))
        assert nodes is not None, f"the graph has lost {fact}"
        for node, mention, other in zip(nodes, (fact.subject, fact.object), (fact.object, fact.subject), strict=True):
            data = found.graph.nodes[node]
            said = words(mention, other, documents)
            if said is None or mention.type in (EntityType.ACTION, EntityType.METRIC) or fact.predicate == "held_on":
                continue
            assert clean_name(said) in {data["label"], *data["aliases"]}, (node, said)
            named = {(one.document, one.start, one.end) for one in node_mentions(found.graph, node)}
            assert (mention.document, mention.start, mention.end) in named
            if (data["type"], data["label"]) in merged:
                checked.add(node)
    # All of those that linking has joined were looked at, but for bodies that only qualifiers name.
    assert len(checked) >= 25


def place_of(fact: Fact) -> tuple[Any, ...]:
    spans = (fact.subject.start, fact.subject.end, fact.object.start, fact.object.end)
    return fact.evidence.document, fact.evidence.start, fact.evidence.end, fact.predicate, spans


def ends_by_place(graph: nx.MultiDiGraph) -> dict[tuple[Any, ...], tuple[str, str]]:
    """Return, for each piece of evidence, the nodes that its fact joins."""
    result = {}
    for subject, object_, data in graph.edges(data=True):
        for item in data["evidence"]:
            spans = tuple(item[key] for key in ("subject_start", "subject_end", "object_start", "object_end"))
            result[item["document"], item["start"], item["end"], data["predicate"], spans] = (subject, object_)
    return result


def test_the_graph_says_where_each_name_stands() -> None:
    found = whole_series()
    documents = {document.id: document.text for document in found.documents}
    assert build_graph(found.linked.facts, found.documents, found.linked.reprints).nodes == found.graph.nodes
    for node in found.graph:
        for place in node_mentions(found.graph, node):
            if place.text:
                assert documents[place.document][place.start : place.end] == place.text
