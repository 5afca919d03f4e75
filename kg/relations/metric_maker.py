"""How pairs of a verb and a quantity are made, and what each leaves to the next: its verb, its noun, its unit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from kg.relations.governing_verbs import Span, VerbFinder
from kg.relations.metric_nouns import noun_behind
from kg.relations.metric_types import Context, Pair

# Nouns that name a change and not what changes.
CHANGE_NOUN = re.compile("(?:同比|环比)?(?:增幅|降幅|涨幅|跌幅|升幅)")


class PairMaker:
    """Makes the pairs of one sentence.

    Args:
        text: The normalised characters of a sentence.
        ends: A call that gives the borders of words in `text`.

    >>> PairMaker("新建评价总站5家", lambda: frozenset()).verbs.governing(0, 6)
    (0, 2)
    """

    def __init__(self, text: str, ends: Callable[[], frozenset[int]]) -> None:
        self.text = text
        self.verbs = VerbFinder(text, ends)
        self.verb: Span | None = None
        self.object: Span | None = None
        self.last_unit = ""
        self.last: Pair | None = None
        # What was last counted in each base unit.
        self.counted: dict[str, Span] = {}

    def remember(self, pair: Pair) -> None:
        """Let the quantities that follow know of a pair."""
        self.last, self.last_unit = pair, pair.quantity.unit
        if pair.quantity.kind != "ratio":
            self.counted[pair.quantity.base_unit] = (pair.object_start, pair.object_end)

    def repeated(self, context: Context) -> Pair | None:
        """产值120亿元|和85亿元: a number beside another of the same unit counts the same things."""
        last, quantity = self.last, context.quantity
        if last is None:
            return None
        beside = last.quantity.end == quantity.lead and last.object_end <= last.quantity.start
        if beside and last.change == "level" and not self.right_noun(context):
            # 团组47批|386人次
            return replace(last, quantity=quantity, clause_start=context.clause)
        if last.quantity.base_unit != quantity.base_unit:
            return None
        gap = self.text[last.quantity.end : quantity.lead]
        if gap not in ("、", "和", "与", "及") or self.right_noun(context) or last.object_end > last.quantity.start:
            return None
        return replace(last, quantity=quantity, clause_start=context.clause)

    def right_noun(self, context: Context) -> Span | None:
        """Return the noun between a quantity and the next one, or the one that adjacent quantities share."""
        return self.noun_to_the_right(context, context.stop)

    def noun_to_the_right(self, context: Context, stop: int) -> Span | None:
        """Return the noun behind a quantity, up to `stop` at most; adjacent quantities share the last noun."""
        end = context.quantity.end
        if context.following and context.following.kind == "age" and context.following.start == end:
            # 8万名60周岁以上|老年人
            return noun_behind(self.text, context.following.end, len(self.text))
        following = context.following
        beside = following and stop == following.lead and self.text[end:stop] in ("、", "和", "与", "及")
        if following and beside and following.unit == context.quantity.unit:
            # 分获5枚和4枚|金牌
            return noun_behind(self.text, following.end, len(self.text))
        if context.following and stop == end:
            # 举办8项18个大赛: the noun behind the second number.
            end, stop = context.following.end, len(self.text)
        return noun_behind(self.text, end, stop)

    def make_of(
        self, context: Context, verb: Span | None, noun: Span, rule: str, confidence: float, change: str = "level"
    ) -> Pair:
        """Return a pair whose noun later pairs may inherit."""
        self.object = noun
        return self.make(context, verb, noun, rule, confidence, change)

    def make(
        self, context: Context, verb: Span | None, noun: Span, rule: str, confidence: float, change: str = "level"
    ) -> Pair:
        """Return a pair; a verb of doing holds on for the quantities that follow."""
        # A verb of reaching, changing or comparing is not inherited: it speaks of its own number only.
        if verb and change == "level" and rule not in ("scale.level", "share"):
            self.verb = verb
        action = self.text[slice(*verb)] if verb else None
        start, end = verb or (None, None)
        return Pair(context.quantity, action, start, end, *noun, change, rule, confidence, context.clause)
