"""`targets`: which action reaches, grows or plans which quantity of what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.language.dates import PERIOD, resolve_period
from kg.language.quantities import Quantity
from kg.language.sentences import Sentence
from kg.relations.actors import ActorFinder
from kg.relations.base import Reading, make_fact, relation
from kg.relations.metric_clauses import Pair, find_pairs
from kg.types import EntityType, Fact, Mention, QualifierValue

_PLANNED = re.compile(
    r"力争|确保|计划|争取|预计|拟|将(?!近)|目标(?!任务|的)|(?<!前)[一二三四五六七八九十\d]+年内|以下工作|愿与|指标：|下届|今冬|每[个家](?:[\u4e00-\u9fff]{0,8})至少|到(?:20[2-9]\d)年|今年要|下一步|明年|未来|预期|努力|旨在|应当?|须|(?<!主|重|需|首)要(?!素|点|求|闻|道|地|领|害|件|职|目)|鼓励|支持(?=各|企业)|引导"
)
_ACHIEVED = re.compile(r"已|累计|截至|目前|同比|环比|比上年|较上年|(?<!公)共(?=[有计建培发新投实完组收举])|去年|了|先后|成功|完成了|现有|以来|较\S{0,4}年")
_HEDGED = re.compile(r"(?:或将|有望|可能|否认|未能|并未|尚未|没有|未(?=达|完成|实现))")


@dataclass
class Setting:
    """What a sentence gives to all its pairs: period, status, actor."""

    period: str | None
    actor: Mention | None


@relation("targets")
def targets(reading: Reading) -> Iterator[Fact]:
    """Yield a fact for each quantity that is done, reached, grown or planned (schema.md, `targets`)."""
    actors = ActorFinder(reading)
    carried: str | None = None
    plan = _is_plan(reading)
    paragraph = -1
    planned = False
    for sentence in reading.sentences:
        if sentence.paragraph != paragraph:
            carried, paragraph, planned = None, sentence.paragraph, False
        pairs = find_pairs(sentence.view.text, lambda s=sentence: reading.ends(s))
        if not pairs:
            own = PERIOD.search(sentence.view.text)
            carried = own.group() if own and own.start() < 8 else carried
            actors.observe(sentence)
            continue
        for pair in pairs:
            period = _period(sentence.view.text, pair) or carried
            actor = actors.actor(sentence, pair.action_start if pair.action_start is not None else pair.object_start)
            fact = _fact(reading, sentence, pair, period, actor, plan or planned)
            planned = fact.qualifiers["status"] == "planned"
            yield fact
            if actor:
                status = {"status": fact.qualifiers["status"]}
                yield make_fact(sentence, actor, "undertakes", fact.subject, dict(status), fact.confidence, "targets.actor")
        last = _period(sentence.view.text, pairs[-1])
        carried = last or carried
        actors.observe(sentence)


def _is_plan(reading: Reading) -> bool:
    """Say whether the document as a whole sets tasks (a plan, a notice with numbered measures)."""
    head = "".join(sentence.view.text for sentence in reading.sentences[:3])
    return bool(re.search(r"(?:方案|规划|行动计划|工作要点|实施意见|任务分解)", head)) and "发布会" not in head


def _period(text: str, pair: Pair) -> str | None:
    """Return the period that stands nearest before the pair in its sentence."""
    edge = pair.quantity.start
    found = None
    for match in PERIOD.finditer(text, 0, edge):
        if not text.startswith(("比", "较"), max(0, match.start() - 1)) and not text.startswith("规划", match.end()):
            found = match.group()
    return found


def _status(sentence: Sentence, pair: Pair, period: str | None, plan: bool, published: str | None) -> str:
    text = sentence.view.text
    clause = text[pair.clause_start : pair.quantity.end]
    before = text[: pair.quantity.start]
    if _ACHIEVED.search(clause) and not re.search(r"力争|确保|计划|将(?!近)|目标|到20[2-9]\d年", clause):
        return "achieved"
    if _PLANNED.search(clause):
        return "planned"
    year = re.search(r"(20\d{2})年", resolve_period(period, published)) if period else None
    if year and published and int(year.group(1)) > int(published[:4]):
        return "planned"
    if _PLANNED.search(before[-60:]) and not _ACHIEVED.search(before[-60:]):
        return "planned"
    if plan and not _ACHIEVED.search(before):
        return "planned"
    return "achieved"


def _fact(
    reading: Reading, sentence: Sentence, pair: Pair, period: str | None, actor: Mention | None, plan: bool
) -> Fact:
    published = reading.document.published
    quantity = pair.quantity
    status = _status(sentence, pair, period, plan, published)
    resolved = resolve_period(period, published) if period else None
    name = sentence.surface(pair.object_start, pair.object_end) if pair.object_end > pair.object_start else ""
    value_text = sentence.surface(quantity.start, quantity.unit_start)
    action = ""
    if pair.action_start is not None and pair.action_end is not None:
        action = sentence.surface(pair.action_start, pair.action_end)
    unit = sentence.surface(quantity.unit_start, quantity.unit_end) if quantity.unit else ""
    if len(unit) != len(quantity.unit):
        unit = quantity.unit
    qualifiers: dict[str, QualifierValue] = {
        "actor": actor.name if actor else None,
        "action": action or None,
        "object": name or None,
        "value_text": value_text,
        "unit": unit,
        "value": quantity.value,
        "base_unit": quantity.base_unit or None,
        "bound": quantity.bound,
        "period": resolved,
        "status": status,
        "change": pair.change,
    }
    subject = _action_mention(sentence, pair, action, actor)
    metric = _metric_mention(sentence, pair, quantity, name, resolved)
    confidence = pair.confidence * (0.6 if _HEDGED.search(sentence.view.text[pair.clause_start : quantity.start]) else 1.0)
    return make_fact(sentence, subject, "targets", metric, qualifiers, confidence, f"targets.{pair.rule}")


def _action_mention(sentence: Sentence, pair: Pair, action: str, actor: Mention | None) -> Mention:
    start, end = pair.action_start, pair.action_end
    if start is None or end is None:
        start, end = pair.quantity.start, pair.quantity.end
    mention = sentence.mention(start, end, EntityType.ACTION)
    label = action or "为"
    thing = sentence.surface(pair.object_start, pair.object_end) if pair.object_end > pair.object_start else ""
    return replace(mention, name=f"{actor.name if actor else ''}{label}{thing}")


def _metric_mention(sentence: Sentence, pair: Pair, quantity: Quantity, name: str, period: str | None) -> Mention:
    mention = sentence.mention(quantity.start, quantity.end, EntityType.METRIC)
    parts = [name or quantity.unit, f"{sentence.surface(quantity.start, quantity.unit_start)}{quantity.unit}"]
    if pair.change != "level":
        parts[1] = ("增长" if pair.change == "increase" else "下降") + parts[1]
    if period:
        parts.append(period)
    return replace(mention, name=" ".join(part for part in parts if part))
