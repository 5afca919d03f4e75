"""Score terms of office and the metric ledger over the series of articles, with facts and linking given and not.

python benchmarks/series.py                        # data/series against data/gold/series-*.jsonl
python benchmarks/series.py --articles DIR --identity FILE --errors
"""

from __future__ import annotations

import argparse
from pathlib import Path

import kg
from kg.builder import extract_corpus
from kg.evaluate import read_fact_file
from kg.graph import build_graph
from kg.ledger import ledger
from kg.query import KnowledgeGraph
from kg.series_evaluation import Agreement, Identities, compare_ledger, compare_terms, read_records
from kg.timeline import terms

DATA = Path(__file__).resolve().parent.parent / "data"


def report(name: str, agreement: Agreement, *, errors: bool) -> None:
    shown = f"{agreement.precision:.3f} / {agreement.recall:.3f} / **{agreement.f1:.3f}**"
    print(f"| {name} | {shown} | {agreement.right} | {len(agreement.missed)} | {len(agreement.wrong)} |")
    if errors:
        for line in agreement.missed:
            print("    missed", line)
        for line in agreement.wrong:
            print("    wrong ", line)


def given_graph(identities: Identities) -> KnowledgeGraph:
    """Return the graph of the facts as they should be, with the names of the gold; file names begin with the date."""
    facts = [identities.link(fact) for fact in read_fact_file(DATA / "gold" / "series-facts.jsonl")]
    names = sorted({fact.evidence.document for fact in facts})
    return KnowledgeGraph(build_graph(facts, [kg.Document(name, "", published=name[:10]) for name in names]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, default=DATA / "series")
    parser.add_argument("--identity", type=Path, default=DATA / "gold" / "series-identity.jsonl")
    parser.add_argument("--errors", action="store_true", help="list every row that is missed or wrong")
    options = parser.parse_args()
    identities = Identities(read_records(options.identity))
    gold_terms = read_records(DATA / "gold" / "series-terms.jsonl")
    gold_ledger = read_records(DATA / "gold" / "series-ledger.jsonl")
    articles = sorted(options.articles.glob("*.txt"))
    found = extract_corpus(articles)
    linked = [identities.link(fact) for fact in found.facts]
    graphs = {
        "facts and linking given": given_graph(identities),
        "linking given": KnowledgeGraph(build_graph(linked, found.documents)),
        "nothing given": kg.build(articles),
    }
    print("| rows | P / R / **F1** | right | missed | wrong |")
    print("|---|---|---|---|---|")
    for name, graph in graphs.items():
        aliases = {node: data.get("aliases", ()) for node, data in graph.graph.nodes(data=True)}
        report(
            f"terms, {name}", compare_terms(gold_terms, terms(graph.graph), identities, aliases), errors=options.errors
        )
        report(f"ledger, {name}", compare_ledger(gold_ledger, ledger(graph.graph), identities), errors=options.errors)


if __name__ == "__main__":
    main()
