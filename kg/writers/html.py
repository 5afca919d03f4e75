"""The interactive page, as one format among the others."""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from kg.view import write_page
from kg.writers import register


@register(".html")
def write_html(graph: nx.MultiDiGraph, path: Path) -> tuple[Path, ...]:
    """Write the graph as one self-contained page with the Chinese interface (`kg.view.write_page` has more options)."""
    write_page(graph, path)
    return (path,)
