"""What the rules on quantities pass on: a quantity with its surroundings, and with its verb and noun."""

from __future__ import annotations

from dataclasses import dataclass

from kg.language.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Pair:
    """A quantity with the verb that governs it and the noun that it counts, as view offsets.

    Args:
        quantity: The quantity.
        action: The verb as written, None if there is none.
        action_start: Where the verb begins, or None.
        action_end: Where the verb ends, or None.
        object_start: Where the noun begins.
        object_end: Where the noun ends.
        change: `level`, `increase` or `decrease`.
        rule: The name of the rule that made the pair.
        confidence: How sure the rule is, from 0 to 1.
        clause_start: Where the clause around the quantity begins.
    """

    quantity: Quantity
    action: str | None
    action_start: int | None
    action_end: int | None
    object_start: int
    object_end: int
    change: str
    rule: str
    confidence: float
    clause_start: int


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a quantity, as view offsets.

    Args:
        quantity: The quantity.
        following: The next quantity of the sentence, or None.
        clause: Where the clause around the quantity begins.
        edge: Where its own part of the clause begins: behind the quantity before, if one stands in the clause.
        start: As `edge`, but behind the name of the organisation that acts.
        stop: Where the next quantity begins, or the text ends.
    """

    quantity: Quantity
    following: Quantity | None
    clause: int
    edge: int
    start: int
    stop: int

    @property
    def inherits(self) -> bool:
        """Whether another quantity stands before this one in the same clause."""
        return self.clause < self.edge
