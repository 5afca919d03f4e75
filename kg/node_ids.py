"""Which node a mention is: stable, readable ids that are equal exactly for the same entity (`schema.md` §4)."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.types import EntityType, Fact, Mention, QualifierValue
from kg.xml_text import legal

# In an id the slash separates parts, and igraph returns an ampersand in an XML attribute as `&#38;`.
_IN_ID = str.maketrans({"/": "／", "&": "＆"})


Parts = tuple[str, str]
"""Whose and what: organization and title, or actor and verb with object; no owner is the empty string."""


@dataclass(frozen=True, slots=True)
class Node:
    """An entity of the graph.

    Args:
        id: The node id (`Position:甲协会/会长`).
        label: The name to show.
        type: The type of the entity.
    """

    id: str
    label: str
    type: EntityType


class NodeResolver:
    """Says which node the subject and the object of a fact are.

    A position is known by its organization and title, an action by its actor, verb and object, a metric by its
    object, value in base units and period; every other entity by its canonical name. Positions and actions that a
    fact gives by name only (in `at`, in `undertakes`) are looked up among the facts that give the parts.

    Args:
        facts: All facts of the graph, in any order.

    >>> person = Mention("a.txt", 0, 2, "张三", EntityType.PERSON)
    >>> office = Mention("a.txt", 3, 5, "会长", EntityType.POSITION, "甲协会会长")
    >>> fact = Fact(person, "holds", office, {"title": "会长", "organization": "甲协会"})
    >>> [node.id for node in NodeResolver([fact]).endpoints(fact)]
    ['Person:张三', 'Position:甲协会/会长']
    """

    def __init__(self, facts: Iterable[Fact]) -> None:
        known: defaultdict[tuple[EntityType, str], set[Parts]] = defaultdict(set)
        for fact in facts:
            for mention in (fact.subject, fact.object):
                parts = _stated_parts(mention, fact)
                if parts:
                    known[mention.type, clean_name(mention.name)].add(parts)
        self._known = {name: sorted(parts) for name, parts in known.items()}

    def endpoints(self, fact: Fact) -> tuple[Node, Node]:
        """Return the nodes of the subject and the object."""
        return self._node(fact.subject, fact), self._node(fact.object, fact)

    def _node(self, mention: Mention, fact: Fact) -> Node:
        name = clean_name(mention.name)
        if mention.type is EntityType.METRIC:
            return _metric(name, fact.qualifiers)
        if mention.type not in (EntityType.POSITION, EntityType.ACTION):
            return Node(f"{mention.type.value}:{_part(name)}", name, mention.type)
        owner, what = _stated_parts(mention, fact) or self._looked_up(name, mention, fact)
        # Without an owner the id begins with the slash, so that no owner's name can be taken for a title or a verb.
        label = owner + what if mention.type is EntityType.POSITION else what
        return Node(f"{mention.type.value}:{_part(owner)}/{_part(what)}", label, mention.type)

    def _looked_up(self, name: str, mention: Mention, fact: Fact) -> Parts:
        """Return the parts of a name; of several ways to part it the one with this fact's owner, else the first."""
        owner = _owner(fact)
        known = self._known.get((mention.type, name), [])
        for parts in known:
            if parts[0] == owner:
                return parts
        if owner and name.startswith(owner) and name != owner:
            return owner, name.removeprefix(owner).strip()
        if known:
            return known[0]
        return (owner if mention.type is EntityType.ACTION else ""), name


@functools.lru_cache(maxsize=65536)
def clean_name(name: str) -> str:
    """Return a name on one line without characters that files cannot hold; `�` if nothing is left.

    >>> clean_name(" 甲\\n协会\\x00")
    '甲 协会\ufffd'
    """
    return " ".join(legal(name).split()) or "\ufffd"


def is_anchored(node_id: str) -> bool:
    """Return False for a position of no known organization and an action of no known actor.

    Several unrelated people may hold `Position:/会长`, so that such a node says nothing about how they are connected.

    >>> is_anchored("Position:甲协会/会长"), is_anchored("Position:/会长")
    (True, False)
    """
    return not node_id.startswith(("Position:/", "Action:/"))


def number_text(value: float) -> str:
    """Return a number in the one form in which equal numbers look equal.

    >>> number_text(50000.0), number_text(3.5)
    ('50000', '3.5')
    """
    if isinstance(value, int):
        return str(value)
    return str(int(value)) if value.is_integer() else repr(value)


def _stated_parts(mention: Mention, fact: Fact) -> Parts | None:
    """Return what the qualifiers say: organization and title of a position, actor and verb with object of an action."""
    qualifiers = fact.qualifiers
    if mention.type is EntityType.POSITION:
        owner, what = qualifiers.get("organization"), qualifiers.get("title")
    elif mention.type is EntityType.ACTION:
        owner = qualifiers.get("actor") or _owner(fact)
        what = f"{qualifiers.get('action') or ''}{qualifiers.get('object') or ''}"
    else:
        return None
    return (clean_name(str(owner)) if owner else "", clean_name(str(what))) if what else None


def _owner(fact: Fact) -> str:
    """Return the organization that the fact itself ties a position or an action to."""
    if fact.predicate == "at":
        return clean_name(fact.object.name)
    return clean_name(fact.subject.name) if fact.predicate == "undertakes" else ""


def _metric(name: str, qualifiers: Mapping[str, QualifierValue]) -> Node:
    counted = clean_name(str(qualifiers.get("object") or name))
    written = f"{qualifiers.get('value_text') or ''}{qualifiers.get('unit') or ''}"
    value = qualifiers.get("value")
    amount = written
    if isinstance(value, int | float):
        amount = f"{number_text(value)}{qualifiers.get('base_unit') or ''}"
    period = str(qualifiers.get("period") or "")
    parts = [counted, *(clean_name(part) if part else "" for part in (amount, period))]
    shown = clean_name(f"{counted} {written or amount} {period}")
    return Node("Metric:" + "/".join(_part(part) for part in parts).rstrip("/"), shown, EntityType.METRIC)


def _part(text: str) -> str:
    return text.translate(_IN_ID)
