"""Display names, colours and shapes: types and relations from `kg.vocabulary`, the rest from this folder's strings."""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Any

from kg.errors import UsageError
from kg.view.text import number, one_line
from kg.vocabulary import TypeDisplay, entity_types, relations

SHAPES = ("dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon")
"""The shapes that vis-network draws at any size and the legend can draw as well."""
_OTHER_COLOR = "#94a3b8"


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """How the entities of one type look.

    Args:
        name: The type as the graph gives it (`Person`).
        label: Its display name.
        color: The fill as `#rrggbb`.
        shape: One of `SHAPES`.
        count: How many nodes have the type.
    """

    name: str
    label: str
    color: str
    shape: str
    count: int


class Names:
    """The display names of one language.

    Args:
        language: `zh` or `en`.

    Raises:
        UsageError: There is no interface in that language.

    >>> Names("zh").value("status", "former"), Names("en").predicate("holds", None)
    ('曾任', 'holds')
    """

    def __init__(self, language: str) -> None:
        known = _strings()
        if language not in known:
            raise UsageError(f"There is no page in the language {language!r}; choose one of {', '.join(known)}.")
        self.language = language
        self.page: dict[str, str] = known[language]["page"]
        self._qualifiers: dict[str, str] = known[language]["qualifiers"]
        self._values: dict[str, dict[str, str]] = known[language]["values"]
        self.qualifier_order = list(self._qualifiers)

    def predicate(self, name: str, given: object) -> str:
        """Return the display name of a predicate; `given` is the Chinese one that the edge carries."""
        relation = relations().get(name)
        if self.language == "zh":
            return one_line(given or (relation.label_zh if relation else name))
        return one_line(relation.label_en if relation else name.replace("_", " "))

    def qualifier(self, key: str) -> str:
        """Return the display name of a qualifier, or the key itself for one that is not known."""
        return self._qualifiers.get(key, one_line(key))

    def value(self, key: str, value: object) -> str:
        """Return the value of a qualifier as it is shown."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return number(value)
        return self._values.get(key, {}).get(str(value), one_line(value))

    def type_styles(self, types: Iterable[str]) -> list[TypeStyle]:
        """Return the styles of the types that occur, in the order of the legend.

        Args:
            types: The type of each node.

        >>> [(style.label, style.count) for style in Names("zh").type_styles(["Place", "Person", "Place"])]
        [('人物', 1), ('地点', 2)]
        """
        counts = Counter(types)
        displays = {display.type.value: display for display in entity_types().values()}
        ordered = [name for name in displays if name in counts] + sorted(set(counts) - set(displays))
        return [self._type_style(name, displays.get(name), counts[name]) for name in ordered]

    def _type_style(self, name: str, display: TypeDisplay | None, count: int) -> TypeStyle:
        if display is None:
            return TypeStyle(name, one_line(name) or self.page["other_type"], _OTHER_COLOR, "dot", count)
        label = display.label_zh if self.language == "zh" else display.label_en
        return TypeStyle(name, label, display.color, display.shape if display.shape in SHAPES else "dot", count)


@functools.cache
def _strings() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((resources.files("kg.view") / "strings.json").read_text("utf-8"))
    return loaded
