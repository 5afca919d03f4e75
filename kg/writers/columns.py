"""Attributes as columns: which names occur, and which one type holds all values of a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.xml_text import json_text

_FIRST = ("label", "type", "predicate", "weight", "confidence", "documents", "first_seen", "last_seen", "aliases")
_LAST = ("evidence", "x", "y", "size", "color")
_ALWAYS_DOUBLE = frozenset({"weight", "confidence", "value", "x", "y", "size"})


@dataclass(frozen=True, slots=True)
class Column:
    """All values of one attribute name.

    Args:
        name: The attribute's name.
        type: `boolean`, `long`, `double` or `string`.
        is_json: True if the values are written as JSON: lists, dicts, or values of several types.
    """

    name: str
    type: str
    is_json: bool = False

    def text(self, value: Any) -> str:
        """Return a value as it is written in this column.

        >>> Column("f", "boolean").text(True), Column("v", "double").text(5), Column("l", "string", True).text(("甲",))
        ('true', '5', '["甲"]')
        """
        if self.is_json:
            return json_text(value)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float):
            return repr(float(value))
        return value.isoformat() if isinstance(value, date) else str(value)


def columns(records: Iterable[Mapping[str, Any]]) -> list[Column]:
    """Return the columns of attribute dictionaries, in an order that does not depend on theirs; None has no type.

    >>> columns([{"weight": 1, "until": None, "tags": ["甲"]}, {"since": "2020", "label": "甲"}])[:2]
    [Column(name='label', type='string', is_json=False), Column(name='weight', type='double', is_json=False)]
    """
    kinds: dict[str, set[str]] = {}
    for record in records:
        for name, value in record.items():
            if value is not None:
                kinds.setdefault(str(name), set()).add(_KINDS.get(type(value)) or _kind(value))
    return [_column(name, kinds[name]) for name in sorted(kinds, key=_rank)]


def _rank(name: str) -> tuple[int, str]:
    if name in _FIRST:
        return _FIRST.index(name), name
    return (1000 + _LAST.index(name) if name in _LAST else 500), name


def _column(name: str, kinds: set[str]) -> Column:
    if kinds <= {"long", "double"}:
        return Column(name, "double" if "double" in kinds or name in _ALWAYS_DOUBLE else "long")
    if len(kinds) == 1 and "json" not in kinds:
        return Column(name, kinds.pop())
    return Column(name, "string", is_json=True)


# What most values are, without a look at the value.
_KINDS: Mapping[type, str] = {str: "string", float: "double", bool: "boolean", list: "json", tuple: "json"}


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        # Readers of `long` keep 64 bits.
        return "long" if -(2**63) <= value < 2**63 else "json"
    if isinstance(value, float):
        return "double"
    return "string" if isinstance(value, str | date) else "json"
