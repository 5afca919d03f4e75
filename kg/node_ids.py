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
    object, value in base units and period; every other entity by its canonical name. Positions that a fact gives by
    name only (as the subject of `at`) are looked up among the facts that give organization and title.

    Args:
        facts: All facts of the graph, in any order.

    >>> person = Mention("a.txt", 0, 2, "张三", EntityType.PERSON)
    >>> office = Mention("a.txt", 3, 5, "会长", EntityType.POSITION, "甲协会会长")
    >>> fact = Fact(person, "holds", office, {"title": "会长", "organization": "甲协会"})
    >>> [node.id for node in NodeResolver([fact]).endpoints(fact)]
    ['Person:张三', 'Position:甲协会/会长']
    """

    def __init__(self, facts: Iterable[Fact]) -> None:
        known: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for fact in facts:
            for mention in (fact.subject, fact.object):
                parts = _stated_position(mention, fact)
                if parts:
                    known[clean_name(mention.name)].add(parts)
        # Two offices with one name (甲+乙会长, 甲乙+会长) cannot be told apart by it; the choice is always the same.
        self._positions = {name: min(parts) for name, parts in known.items()}

    def endpoints(self, fact: Fact) -> tuple[Node, Node]:
        """Return the nodes of the subject and the object."""
        return self._node(fact.subject, fact), self._node(fact.object, fact)

    def _node(self, mention: Mention, fact: Fact) -> Node:
        if mention.type is EntityType.POSITION:
            return self._position(mention, fact)
        if mention.type is EntityType.ACTION:
            return _action(mention, fact)
        if mention.type is EntityType.METRIC:
            return _metric(mention, fact.qualifiers)
        name = clean_name(mention.name)
        return Node(f"{mention.type.value}:{_part(name)}", name, mention.type)

    def _position(self, mention: Mention, fact: Fact) -> Node:
        name = clean_name(mention.name)
        organization, title = (
            _stated_position(mention, fact) or _position_at(name, fact) or self._positions.get(name) or ("", name)
        )
        # Without an organization the id begins with the slash, so that no organization's name can be taken for a title.
        return Node(f"Position:{_part(organization)}/{_part(title)}", organization + title, mention.type)


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


def _stated_position(mention: Mention, fact: Fact) -> tuple[str, str] | None:
    title = fact.qualifiers.get("title")
    if mention.type is not EntityType.POSITION or not title:
        return None
    organization = fact.qualifiers.get("organization")
    return (clean_name(str(organization)) if organization else "", clean_name(str(title)))


def _position_at(name: str, fact: Fact) -> tuple[str, str] | None:
    organization = clean_name(fact.object.name)
    if fact.predicate != "at" or not name.startswith(organization) or name == organization:
        return None
    return organization, name.removeprefix(organization).strip()


def _action(mention: Mention, fact: Fact) -> Node:
    qualifiers = fact.qualifiers
    stated = f"{qualifiers.get('action') or ''}{qualifiers.get('object') or ''}"
    actor = qualifiers.get("actor")
    if not actor and fact.predicate == "undertakes":
        actor = fact.subject.name
    label = clean_name(stated or mention.name)
    owner = clean_name(str(actor)) if actor else ""
    return Node(f"Action:{_part(owner)}/{_part(label)}", label, EntityType.ACTION)


def _metric(mention: Mention, qualifiers: Mapping[str, QualifierValue]) -> Node:
    counted = clean_name(str(qualifiers.get("object") or mention.name))
    written = f"{qualifiers.get('value_text') or ''}{qualifiers.get('unit') or ''}"
    value = qualifiers.get("value")
    amount = written
    if isinstance(value, int | float):
        amount = f"{number_text(value)}{qualifiers.get('base_unit') or ''}"
    period = str(qualifiers.get("period") or "")
    parts = [counted, *(clean_name(part) if part else "" for part in (amount, period))]
    shown = clean_name(f"{counted} {written or amount}") + (f"（{clean_name(period)}）" if period else "")
    return Node("Metric:" + "/".join(_part(part) for part in parts).rstrip("/"), shown, EntityType.METRIC)


def _part(text: str) -> str:
    return text.translate(_IN_ID)
