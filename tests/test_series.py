"""Terms and ledger rows of the series of articles, the facts and the names given by gold."""

from __future__ import annotations

import pytest
from corpus import ROOT

from kg.evaluate import read_fact_file
from kg.graph import build_graph
from kg.ledger import ledger
from kg.series_evaluation import Identities, compare_ledger, compare_terms, read_records
from kg.timeline import terms
from kg.types import Document

GOLD = ROOT / "data" / "gold"
FLOOR = 0.95

pytestmark = pytest.mark.skipif(
    not (GOLD / "series-identity.jsonl").exists(), reason="the gold for identity is not there"
)


def test_terms_and_ledger_follow_from_the_facts() -> None:
    identities = Identities(read_records(GOLD / "series-identity.jsonl"))
    facts = [identities.link(fact) for fact in read_fact_file(GOLD / "series-facts.jsonl")]
    names = sorted({fact.evidence.document for fact in facts})
    graph = build_graph(facts, [Document(name, "", published=name[:10]) for name in names])
    aliases = {node: data["aliases"] for node, data in graph.nodes(data=True)}
    found = compare_terms(read_records(GOLD / "series-terms.jsonl"), terms(graph), identities, aliases)
    assert found.f1 >= FLOOR, found
    rows = compare_ledger(read_records(GOLD / "series-ledger.jsonl"), ledger(graph), identities)
    assert rows.f1 >= FLOOR, rows
