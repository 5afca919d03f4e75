"""The page as one string: our own autoescaped template with data, scripts and style inlined under a strict policy."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
import networkx as nx
from markupsafe import Markup

from kg.errors import OutputError
from kg.layout import layout
from kg.output_files import replacing
from kg.view.content import SentenceTable, edge_record, node_record, ordered_edges, ordered_nodes
from kg.view.names import Names, TypeStyle
from kg.view.network import make_network
from kg.view.text import number, one_line, to_json

_SCRIPTS = ("dom.js", "canvas.js", "panel.js", "search.js", "page.js")


def render(graph: nx.MultiDiGraph, title: str = "", language: str = "zh") -> str:
    """Return the graph as one self-contained HTML page that makes no request.

    Args:
        graph: The graph by `schema.md` §4; it is not changed.
        title: The heading; empty for the language's own.
        language: The language of the interface, `zh` or `en`.

    Returns:
        The HTML; the same graph gives the same string, in whatever order it was built.

    Raises:
        UsageError: There is no interface in that language.

    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("Person:张三", label="张三", type="Person")
    >>> page = render(graph, "一个人")
    >>> page.startswith("<!doctype html>"), "http-equiv" in page, "张三" in page
    (True, True, True)
    """
    names = Names(language)
    styles = names.type_styles(str(graph.nodes[node].get("type") or "") for node in graph.nodes)
    data = page_data(graph, styles, names)
    strings = names.page | {key: text.format(**data["counts"]) for key, text in names.page.items() if "{edges}" in text}
    scripts = [_vis_network(), *(_read(name) for name in _SCRIPTS)]
    style = _read("page.css")
    return _template().render(
        language="zh-Hans" if language == "zh" else language,
        title=one_line(title) or strings["title"],
        strings=strings,
        policy=_policy(scripts, style),
        scripts=[Markup(script) for script in scripts],
        style=Markup(style),
        data=Markup(to_json(data | {"strings": strings})),
        empty=graph.number_of_nodes() == 0,
    )


def write_page(graph: nx.MultiDiGraph, path: str | Path, title: str = "", language: str = "zh") -> None:
    """Write the graph as one self-contained HTML page, in UTF-8 whatever the locale.

    Args:
        graph: The graph by `schema.md` §4.
        path: The file; one that exists is replaced when the new one is finished.
        title: The heading; empty for the language's own.
        language: The language of the interface, `zh` or `en`.

    Raises:
        OutputError: The file cannot be written.
        UsageError: There is no interface in that language.
    """
    page = render(graph, title, language)
    with replacing(Path(path)) as file:
        file.write(page)


def page_data(graph: nx.MultiDiGraph, styles: list[TypeStyle], names: Names) -> dict[str, Any]:
    """Return everything that the page's script reads, as plain JSON types.

    Args:
        graph: The graph by `schema.md` §4.
        styles: The styles of the types that occur.
        names: The display names of the page's language.
    """
    nodes, edges, _, _, _, options = make_network(graph, layout(graph), styles, names).get_network_data()
    sentences = SentenceTable()
    node_records = [node_record(node, graph.nodes[node]) for node in ordered_nodes(graph)]
    edge_records = [edge_record(attributes, names, sentences) for _, _, _, attributes in ordered_edges(graph)]
    documents = len({name for name, _ in sentences.documents})
    return {
        "types": [
            {"label": style.label, "color": style.color, "shape": style.shape, "count": style.count} for style in styles
        ],
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
        "nodeRecords": node_records,
        "edgeRecords": edge_records,
        "sentences": sentences.sentences,
        "documents": sentences.documents,
        "counts": {"nodes": number(len(nodes)), "edges": number(len(edges)), "documents": number(documents)},
    }


def _policy(scripts: list[str], style: str) -> str:
    allowed = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    rules: Mapping[str, str] = {
        "default-src": "'none'",
        "script-src": allowed,
        "style-src": f"'sha256-{_digest(style)}'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@functools.cache
def _read(name: str) -> str:
    return (resources.files("kg.view") / name).read_text("utf-8")


@functools.cache
def _vis_network() -> str:
    """Return the newest vis-network bundle in the pyvis wheel, without its note of a source map."""
    bundles = [folder / "vis-network.min.js" for folder in (resources.files("pyvis") / "lib").iterdir()]
    found = sorted((str(bundle), bundle) for bundle in bundles if bundle.is_file())
    if not found:
        raise OutputError("The installed pyvis holds no vis-network bundle; install pyvis 0.3.2 again.")
    text = found[-1][1].read_text("utf-8")
    # A browser's developer tools would ask for the source map, and the HTML parser rewrites carriage returns.
    return text.partition("//# sourceMappingURL=")[0].replace("\r\n", "\n").rstrip() + "\n"


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(_read("page.html.j2"))
