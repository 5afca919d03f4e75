"""The main job: files and folders in, one graph out, with everything that was skipped and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.engines import FileResult, Progress, extract_files, input_files, nothing_read
from kg.graph import build_graph
from kg.linking import Clues, Corrections, link_corpus, read_corrections
from kg.query import KnowledgeGraph
from kg.readers.files import document_id
from kg.terms import use_terms
from kg.types import Document, Fact


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the files say, before it is a graph.

    Args:
        documents: The documents, in the order of their paths.
        facts: Their facts, linked inside each document, in the fixed order.
        skipped: The paths that gave no document, and for each the sentence that says why.
    """

    documents: tuple[Document, ...]
    facts: tuple[Fact, ...]
    skipped: tuple[tuple[str, str], ...]


def build(
    paths: str | Path | Iterable[str | Path],
    workers: int = 1,
    progress: Progress | None = None,
    lexicon: str | Path | None = None,
    patterns: str | Path | None = None,
    corrections: str | Path | None = None,
) -> KnowledgeGraph:
    """Build the graph of files and folders; the same files give the same graph in any order with any workers.

    Args:
        paths: Files and folders (searched with everything below them), or one of them.
        workers: The number of processes that extract; 1 works in this process.
        progress: Called after each file.
        lexicon: A lexicon of one's own for this graph (docs/your-own-terms.md).
        patterns: A file that declares relations of one's own for this graph.
        corrections: A file of corrections (docs/corrections.md); one that is not there corrects nothing.

    Returns:
        The graph with its facts and documents; `.skipped` lists each path that gave nothing with the reason.

    Raises:
        InputError: Not one document could be read, or a lexicon, a relation or a correction is wrong.
        UsageError: `workers` is less than 1.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "a.txt").write_text("红石市总工会主席王倩出席会议。", encoding="utf-8")
    ...     kg = build([folder, Path(folder) / "b.txt"])
    >>> kg.positions("王倩")[0].title, len(kg.documents), len(kg.skipped)
    ('主席', 1, 1)
    """
    with use_terms(lexicon, patterns):
        found = extract_corpus(paths, workers, progress)
        decided = read_corrections(corrections) if corrections is not None else None
        return linked_graph(found.facts, found.documents, found.skipped, decided)


def linked_graph(
    facts: Sequence[Fact],
    documents: Sequence[Document],
    skipped: Iterable[tuple[str, str]] = (),
    corrections: Corrections | None = None,
    clues: Sequence[Clues] | None = None,
) -> KnowledgeGraph:
    """Return the graph of facts of many documents; a pure function of what it is given and the terms in use.

    Args:
        facts: The facts, linked inside each document, in the fixed order; they keep the names that their documents
            give, and only the graph joins 工信部 with 工业和信息化部.
        documents: The documents that they come from, in the order of their ids.
        skipped: The paths that gave no document, and for each the reason.
        corrections: What a person has decided.
        clues: The clues of all the documents, if they are known; else they are found in the texts.

    >>> linked_graph([], []).graph.number_of_nodes()
    0
    """
    linked = link_corpus(facts, documents if clues is None else (), corrections, clues or ())
    graph = build_graph(linked.facts, documents, linked.reprints)
    return KnowledgeGraph(graph, facts, documents, skipped, linked)


def extract_corpus(
    paths: str | Path | Iterable[str | Path],
    workers: int = 1,
    progress: Progress | None = None,
    documents: Iterable[FileResult] = (),
) -> Extraction:
    """Extract the facts of files and folders, each document linked inside itself.

    Args:
        paths: Files and folders, or one of them.
        workers: The number of processes that extract.
        progress: Called after each file.
        documents: Results that are there already (standard input).

    Raises:
        InputError: Not one document could be read.
        UsageError: `workers` is less than 1.
    """
    skipped: list[tuple[str, str]] = []
    results = list(documents)
    files = input_files(paths, skipped)
    for done, result in enumerate(extract_files(files, workers), 1):
        results.append(result)
        if progress is not None:
            progress(done, len(files), result)
    skipped += [(document_id(result.path), result.skipped) for result in results if result.skipped is not None]
    read = sorted((result.document for result in results if result.document), key=lambda document: document.id)
    if not read:
        raise nothing_read(skipped)
    facts = sorted((fact for result in results for fact in result.facts), key=Fact.sort_key)
    return Extraction(tuple(read), tuple(facts), tuple(sorted(skipped)))
