"""What the commands of `kg` do that make, change and describe a folder with a store."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.terminal import GRAPH_FILE, ProgressBar, print_remarks, print_warnings, read_graph, summary, with_terms
from kg.text_table import one_line, text_table

if TYPE_CHECKING:
    from kg.linking import Linked
    from kg.project import Status
    from kg.store import Store

_STALE_SHOWN = 50
_USES = {
    "graph.html": "open it in a browser",
    GRAPH_FILE: "open it in Gephi",
    "facts.jsonl": "one fact a line",
    "linking.json": "why names were joined; see `kg explain`",
}


@with_terms
def build(options: argparse.Namespace) -> int:
    """Bring a folder's store up to date with files, write the outputs, and say what was found and what was skipped."""
    from kg import project

    with project.opened(options.output, options.wait, create=True) as store:
        with ProgressBar() as bar:
            done = project.update(store, options.paths, options.workers, bar.update)
        print_warnings(done.warnings)
        facts = _write(store, options.export, options.lang)
        if done.unchanged or done.removed:
            print(f"read {len(done.read)} · unchanged {len(done.unchanged)} · withdrawn {len(done.removed)}")
        if done.outdated:
            remark = "were read by another version or with other terms and were not given now"
            print(f"note: {done.outdated} documents {remark}; `kg status` names them.", file=sys.stderr)
        print_remarks(done.skipped, facts)
    return 0


@with_terms
def remove(options: argparse.Namespace) -> int:
    """Take documents out of a folder's store, write the outputs, and say which documents are gone."""
    from kg import project

    with project.opened(options.output, options.wait) as store:
        if options.export != "never":
            from kg.outputs import refuse_other_terms

            refuse_other_terms(store)
        removed = project.remove(store, options.documents)
        _write(store, options.export, None)
    print(f"withdrawn {len(removed)}:")
    for id in removed:
        print(f"  {one_line(id)}")
    return 0


@with_terms
def status(options: argparse.Namespace) -> int:
    """Print what a folder's store holds, when it was built last and which documents are stale."""
    from kg import project
    from kg.store import Store

    with Store.open(options.graph) as store:
        found = project.status(store)
    rows = [
        ["documents", str(found.documents)],
        ["facts", str(found.facts)],
        ["last build", found.last_build or "never finished"],
        ["outputs", _age(found, options.graph)],
        ["stale", str(len(found.stale))],
    ]
    print(text_table(["store", ""], rows, limit=0))
    for id, reason in found.stale if options.all else found.stale[:_STALE_SHOWN]:
        print(f"  {one_line(id)}: {one_line(reason)}")
    if len(found.stale) > _STALE_SHOWN and not options.all:
        print(f"  … and {len(found.stale) - _STALE_SHOWN} more; --all names every one.")
    return 0


@with_terms
def export(options: argparse.Namespace) -> int:
    """Write a graph in another format, or the outputs of a folder's store, and print the paths of the files."""
    from kg import outputs, project, view, writers
    from kg.store import STORE_FILE

    if options.output is None:
        if not (options.graph / STORE_FILE).is_file():
            raise UsageError(f"{options.graph} is no folder with a store; name the file to write with -o.")
        with project.opened(options.graph, options.wait) as store:
            outputs.write_outputs(store, options.lang)
        print(*(options.graph / name for name in outputs.OUTPUTS), sep="\n")
        return 0
    graph = read_graph(options.graph).graph
    file: Path = options.output
    if file.suffix.lower() == ".html":
        view.write_page(graph, file, language=options.lang or "zh")
        written: tuple[Path, ...] = (file,)
    else:
        written = writers.write(graph, file)
    print(*written, sep="\n")
    return 0


def _age(found: Status, folder: Path) -> str:
    """Return how old the outputs of a folder are, in words."""
    if found.outputs_current:
        return "current"
    advice = f"`kg export {folder}` writes them"
    if found.last_export is None:
        return f"not written; {advice}"
    changed = f"{found.behind} documents have changed since" if found.behind else "not those of the store any more"
    return f"of {found.last_export}, {changed}; {advice}"


def _write(store: Store, export: str, language: str | None) -> int:
    """Write the outputs if it is time, say what there is, and return the number of facts."""
    from kg import export_state

    folder, (documents, facts) = store.path.parent, store.count()
    wanted = export == "always" or (export == "auto" and export_state.are_due(store, language))
    if wanted and _write_now(store, language):
        return facts
    print(f"documents {documents} · facts {facts}")
    if wanted:
        from kg.graph_folder import DECISIONS_FILE, read_decisions

        print("Nothing has changed; the outputs are as they were.")
        _print_unmatched(read_decisions(folder / DECISIONS_FILE))
    elif not export_state.are_current(store):
        last = store.notes().get("last_export")
        state = f"are as of the last export ({last})" if last else "are not written"
        print(f"graph.html and the other outputs {state}; `kg export {folder}` writes them.")
    return facts


def _write_now(store: Store, language: str | None) -> bool:
    """Write the outputs and say so, if something has changed."""
    # What draws and writes takes half a second to import, which a build without outputs need not wait for.
    from kg import outputs

    graph = outputs.write_outputs(store, language)
    if graph is None:
        return False
    print(summary(graph, language or "zh"))
    rows = [[str(store.path.parent / name), _USES[name]] for name in outputs.OUTPUTS]
    print(text_table(["written", ""], rows, limit=0))
    _print_unmatched(graph.linked)
    return True


def _print_unmatched(linked: Linked) -> None:
    """Name the corrections that fit nothing, whether or not the outputs were written now."""
    for sentence in linked.unmatched:
        print(f"note: {one_line(sentence)}", file=sys.stderr)
