"""Names → nodes: by id, display name or alias, whatever the width of characters, with suggestions if none fits."""

from __future__ import annotations

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Collection

import networkx as nx

from kg.errors import UsageError
from kg.types import EntityType

_MARKS = "《》〈〉“”‘’「」\"'"


def fold(name: str) -> str:
    """Return the form in which names are compared: NFKC, lower case, no white space, no quotation marks around it.

    >>> fold("《ＡＢＣ 通知》")
    'abc通知'
    """
    return "".join(unicodedata.normalize("NFKC", name).casefold().split()).strip(_MARKS)


class NameIndex:
    """The names of a graph's nodes.

    Args:
        graph: The graph (`schema.md` §4) as it is now; later changes are not seen.

    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("Person:周若兰", label="周若兰", type="Person", aliases=["周若兰主席"])
    >>> NameIndex(graph).resolve("周若兰主席")
    'Person:周若兰'
    """

    def __init__(self, graph: nx.MultiDiGraph) -> None:
        self._types: dict[str, str] = {}
        self._labels: defaultdict[str, list[str]] = defaultdict(list)
        self._aliases: defaultdict[str, list[str]] = defaultdict(list)
        self._shown: dict[str, set[str]] = {}
        for node in sorted(graph.nodes):
            data = graph.nodes[node]
            label = data.get("label") or node
            self._types[node] = data.get("type", "")
            self._shown[node] = {label, *data.get("aliases", ())}
            self._labels[fold(label)].append(node)
            for alias in sorted({fold(alias) for alias in data.get("aliases", ())} - {fold(label)}):
                self._aliases[alias].append(node)

    def candidates(self, name: str, type: EntityType | None = None) -> list[str]:
        """Return the ids of the nodes with a name: the node of that id, else those of that label, else of that alias.

        Args:
            name: A node id, display name or alias.
            type: The type of entity to look among, or None for all.
        """
        if self._fits(name, type):
            return [name]
        for names in (self._labels, self._aliases):
            found = [node for node in names.get(fold(name), ()) if self._fits(node, type)]
            if found:
                return found
        return []

    def some(self, name: str, type: EntityType | None = None) -> list[str]:
        """Return the ids of the nodes with a name, at least one.

        Raises:
            UsageError: No node has the name; the sentence names similar ones.
        """
        found = self.candidates(name, type)
        if not found:
            raise UsageError(f"The graph has no {type or 'entity'} named {name!r}; {self._suggestion(name, type)}")
        return found

    def resolve(self, name: str, type: EntityType | None = None) -> str:
        """Return the id of the one node with a name.

        Raises:
            UsageError: No node has the name, or several have it.
        """
        found = self.some(name, type)
        if len(found) > 1:
            shown = ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
            raise UsageError(f"{name!r} is the name of {len(found)} entities; give one of their ids: {shown}.")
        return found[0]

    def _fits(self, node: str, type: EntityType | None) -> bool:
        return node in self._types and (type is None or self._types[node] == type)

    def _suggestion(self, name: str, type: EntityType | None) -> str:
        nodes = [node for node in self._shown if self._fits(node, type)]
        return suggestion(name, {shown for node in nodes for shown in self._shown[node]})


def suggestion(name: str, known: Collection[str]) -> str:
    """Return the end of a sentence that names what may have been meant.

    Args:
        name: What was asked for.
        known: What there is.

    >>> suggestion("轻纺联合会", ["华东轻纺业联合会", "甲协会"])
    'did you mean 华东轻纺业联合会?'
    >>> suggestion("x", [])
    'there is none.'
    """
    if not known:
        return "there is none."
    folded: defaultdict[str, list[str]] = defaultdict(list)
    for shown in sorted(known):
        folded[fold(shown)].append(shown)
    wanted = fold(name)
    containing = [text for text in folded if wanted and wanted in text]
    close = difflib.get_close_matches(wanted, folded, n=3, cutoff=0.5)
    best = list(dict.fromkeys([*sorted(containing, key=lambda text: (len(text), text))[:3], *close]))[:3]
    if best:
        return f"did you mean {' or '.join(folded[text][0] for text in best)}?"
    return f"it has {', '.join(sorted(known)[:5])}{', …' if len(known) > 5 else ''}."
