"""`targets`: which action reaches, grows or plans which quantity of what."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.language.dates import PERIOD, resolve_period
from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.relations.actors import ActorFinder
from kg.relations.base import Reading, make_fact, relation
from kg.relations.metric_clauses import find_pairs
from kg.relations.metric_types import Pair
from kg.types import EntityType, Fact, Mention, QualifierValue

_PLANNED = pattern("targets", "planned")
_STRICTLY_PLANNED = pattern("targets", "strictly_planned")
_ACHIEVED = pattern("targets", "achieved")
_HEDGED = pattern("targets", "hedged")
_PLAN_DOCUMENT = pattern("targets", "plan_document")
# 40亿元|的目标未能实现
_DEMANDED = pattern("targets", "demanded")
_PLAN_TOLD = pattern("targets", "plan_told")
_GOAL_BEHIND = re.compile(r"的?(?:年度|总体|预期|既定|全年)?(?:目标|计划|任务)[^，。]{0,4}(?:未|没有|落空)")
_STATE = pattern("actors", "state")
_YEAR = re.compile(r"(20\d{2})年")
_CHANGE_LABELS = {"level": "", "increase": "增长", "decrease": "下降"}
# How far before a quantity a word of planning still speaks of it.
_PLAN_REACH = 60
# How much a fact loses that the text leaves open or denies.
_HEDGE = 0.6


@relation("targets")
def targets(reading: Reading) -> Iterator[Fact]:
    """Yield a fact for each quantity that is done, reached, grown or planned (schema.md, `targets`)."""
    actors = ActorFinder(reading)
    plan = _is_plan(reading)
    carried: str | None = None
    planned = False
    paragraph = -1
    for sentence in reading.sentences:
        if sentence.paragraph != paragraph:
            carried, planned, paragraph = None, False, sentence.paragraph
        text = sentence.view.text
        pairs = find_pairs(text, functools.partial(reading.ends, sentence))
        periods = _periods(text) if pairs else ()
        for pair in pairs:
            period = _period(periods, pair) or carried
            actor = actors.actor(sentence, pair.action_start if pair.action_start is not None else pair.object_start)
            fact = _fact(reading, sentence, pair, period, actor, plan=plan or planned)
            status = fact.qualifiers["status"]
            planned = status == "planned"
            yield fact
            if actor and not _STATE.fullmatch(str(fact.qualifiers["action"] or "")):
                yield make_fact(
                    sentence, actor, "undertakes", fact.subject, {"status": status}, fact.confidence, "targets.actor"
                )
        carried = (_period(periods, pairs[-1]) if pairs else _leading_period(text)) or carried
        actors.observe(sentence)


def _is_plan(reading: Reading) -> bool:
    """Say whether the document as a whole sets tasks (a plan, a notice with numbered measures)."""
    head = "".join(sentence.view.text for sentence in reading.sentences[:3])
    return bool(_PLAN_DOCUMENT.search(head)) and "发布会" not in head


def _leading_period(text: str) -> str | None:
    """Return the period that a sentence without quantities begins with, for those that follow it."""
    found = PERIOD.search(text)
    return found.group() if found and found.start() < 8 else None


def _periods(text: str) -> tuple[re.Match[str], ...]:
    """Return the periods of which a sentence may speak."""
    # 比去年, 十四五规划: a period of comparison or in a name is not the one meant.
    return tuple(
        match
        for match in PERIOD.finditer(text)
        if not text.startswith(("比", "较"), max(0, match.start() - 1)) and not text.startswith("规划", match.end())
    )


def _period(periods: Sequence[re.Match[str]], pair: Pair) -> str | None:
    """Return the period that stands nearest before the pair in its sentence."""
    return next((match.group() for match in reversed(periods) if match.end() <= pair.quantity.start), None)


def _status(text: str, pair: Pair, period: str | None, published: str | None, *, plan: bool) -> str:
    """Return `planned` or `achieved`: what the clause says counts before the year, that before the sentence so far."""
    clause = text[pair.clause_start : pair.quantity.end]
    if _GOAL_BEHIND.match(text, pair.quantity.end):
        return "planned"
    if _ACHIEVED.search(clause) and not _STRICTLY_PLANNED.search(clause):
        return "achieved"
    if _PLANNED.search(clause) or _is_after(period, published):
        return "planned"
    before = text[: pair.quantity.start]
    if pair.action_start is not None and not _ACHIEVED.search(before[pair.action_start :]):
        # 力争实现营业收入135亿元、利润9亿元，研发投入6.5亿元: the clause of the verb counts for all its things.
        own = max(text.rfind(mark, 0, pair.action_start) for mark in "，；：。") + 1
        if _PLANNED.search(text[own : pair.action_start]):
            return "planned"
    if _DEMANDED.search(before) and not _ACHIEVED.search(clause):
        return "planned"
    told = list(_PLAN_TOLD.finditer(before))
    if told and not _ACHIEVED.search(before, told[-1].end()):
        return "planned"
    near = before[-_PLAN_REACH:]
    if _PLANNED.search(near) and not _ACHIEVED.search(near):
        return "planned"
    return "planned" if plan and not _ACHIEVED.search(before) else "achieved"


def _is_after(period: str | None, published: str | None) -> bool:
    """Say whether a period lies in a year after the one of the document."""
    year = _YEAR.search(period) if period else None
    return bool(year and published and int(year.group(1)) > int(published[:4]))


def _fact(
    reading: Reading, sentence: Sentence, pair: Pair, period: str | None, actor: Mention | None, *, plan: bool
) -> Fact:
    published = reading.document.published
    quantity = pair.quantity
    resolved = resolve_period(period, published) if period else None
    thing = _surface(sentence, pair.object_start, pair.object_end)
    action = _surface(sentence, pair.action_start, pair.action_end)
    qualifiers: dict[str, QualifierValue] = {
        "actor": actor.name if actor else None,
        "action": action or None,
        "object": thing or None,
        "value_text": sentence.surface(quantity.start, quantity.unit_start),
        "unit": _unit(sentence, pair),
        "value": quantity.value,
        "base_unit": quantity.base_unit or None,
        "bound": quantity.bound,
        "period": resolved,
        "status": _status(sentence.view.text, pair, resolved, published, plan=plan),
        "change": pair.change,
    }
    # 户均增收, 立项: a thing that says itself what is done is not named twice.
    deed = thing if action and action in thing else f"{action or '为'}{thing}"
    subject = _action_mention(sentence, pair, f"{actor.name if actor else ''}{deed}")
    metric = _metric_mention(sentence, pair, thing, resolved)
    hedged = _HEDGED.search(sentence.view.text[pair.clause_start : quantity.start])
    confidence = pair.confidence * (_HEDGE if hedged else 1.0)
    return make_fact(sentence, subject, "targets", metric, qualifiers, confidence, f"targets.{pair.rule}")


def _surface(sentence: Sentence, start: int | None, end: int | None) -> str:
    """Return the characters as read for a span of the view, "" for none."""
    return sentence.surface(start, end) if start is not None and end is not None and start < end else ""


def _unit(sentence: Sentence, pair: Pair) -> str:
    """Return the unit as written; where the text has characters inside it that the view leaves out, as in the view."""
    quantity = pair.quantity
    written = _surface(sentence, quantity.unit_start, quantity.unit_end) if quantity.unit else ""
    return written if len(written) == len(quantity.unit) else quantity.unit


def _action_mention(sentence: Sentence, pair: Pair, name: str) -> Mention:
    start, end = pair.action_start, pair.action_end
    if start is None or end is None:
        # Without a verb the action is that the quantity is reached.
        start, end = pair.quantity.start, pair.quantity.end
    return replace(sentence.mention(start, end, EntityType.ACTION), name=name)


def _metric_mention(sentence: Sentence, pair: Pair, thing: str, period: str | None) -> Mention:
    quantity = pair.quantity
    value = f"{_CHANGE_LABELS[pair.change]}{sentence.surface(quantity.start, quantity.unit_start)}{quantity.unit}"
    name = " ".join(part for part in (thing or quantity.unit, value, period) if part)
    return replace(sentence.mention(quantity.start, quantity.end, EntityType.METRIC), name=name)
