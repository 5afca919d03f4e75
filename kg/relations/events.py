"""Events: which meeting, when, where and how, who hosts it, attends it and speaks at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.language.dates import date_in, resolve_date
from kg.language.sentences import Sentence
from kg.relations.base import Reading, make_fact, organization_mention, relation
from kg.relations.discourse import organizations_in
from kg.relations.position_chains import find_chains
from kg.types import EntityType, Fact, Mention, QualifierValue

_KINDS = (
    r"(?:会议|大会|年会|座谈会|论坛|峰会|博览会|研讨会|发布会|推进会|启动仪式|签约仪式|揭牌仪式|开幕式|闭幕式|交流会|培训班|联席会|联席会议|全会|全体会议|代表大会|理事会议|委员会议|"
    r"工作会|动员会|表彰会|展览会|交易会|洽谈会|洽谈活动|锦标赛|运动会|联赛|公开赛|邀请赛|大赛|决赛|颁奖典礼|典礼|调研活动|交流活动|宣讲会|报告会|听证会|评审会|见面会|通气会|说明会|业绩会|股东大会|晚会|庆典|比赛)"
)
_HELD = re.compile(
    rf"(?P<name>(?:[\u4e00-\u9fffA-Za-z\d“”（）·—\-]|、(?![^，。]*出席)){{2,44}}?{_KINDS}(?:暨[\u4e00-\u9fff\d“”]{{2,30}}?{_KINDS})?)(?P<gap>[^。；]{{0,30}}?)(?P<verb>举行|召开|举办|开幕|闭幕|启幕|落幕|拉开帷幕|圆满结束|启动)"
)
_HOLDS = re.compile(
    rf"(?P<verb>举行|召开|举办|主办|承办|组织召开)(?:了|的)?(?P<name>[\u4e00-\u9fffA-Za-z\d“”（）·—\-]{{0,40}}?{_KINDS}(?:暨[\u4e00-\u9fff\d“”]{{2,30}}?{_KINDS})?)"
)
_MODE = re.compile(r"以?(视频|线上线下相结合|线上|线下|电视电话|网络)(?:方式|形式|会议)?")
_PLACE = re.compile(r"在(?P<place>[\u4e00-\u9fff]{2,20}?)(?:隆重|顺利|成功|正式|如期)?(?:举行|召开|举办|开幕|闭幕|启幕|落幕|拉开帷幕|启动)")
_HOST = re.compile(r"由(?P<who>[^。；，]{3,60}?)(?:联合|共同)?(?:主办|承办|举办|召开|组织)")
_ROLES = re.compile(r"(?P<attend>出席|参加|与会|参会|列席|到会)|(?P<speak>致辞|讲话|发言|作(?:了)?(?:主旨|主题|典型|交流|工作|大会)?(?:报告|演讲|发言|讲话)|主持|做(?:了)?[\u4e00-\u9fff]{0,6}(?:报告|演讲|发言))")
_LEAD = re.compile(
    r"^(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:至\d{1,2}日)?(?:上午|下午|晚)?|\d{1,2}日(?:上午|下午|晚)?|近日|日前|今日|昨日|当天|上午|下午|由|在|经|，)+"
)


@dataclass
class _Event:
    mention: Mention
    sentence: Sentence


@relation("events")
def events(reading: Reading) -> Iterator[Fact]:
    """Yield `hosts`, `held_on`, `held_at`, `attends` and `speaks_at` of the meetings that a document reports."""
    current: _Event | None = None
    for sentence in reading.sentences:
        found = _event(sentence)
        if found:
            current = found
            yield from _held(reading, sentence, found)
        if current:
            yield from _roles(reading, sentence, current)


def _event(sentence: Sentence) -> _Event | None:
    text = sentence.view.text
    match = _HELD.search(text) or _HOLDS.search(text)
    if not match:
        return None
    start, end = match.span("name")
    lead = _LEAD.match(text[start:end])
    start += lead.end() if lead else 0
    cut = max(text.rfind(word, start, end) for word in ("举行的", "召开的", "举办的", "出席", "参加", "召开", "举行"))
    if cut >= start:
        start = cut + (3 if text[cut + 2 : cut + 3] == "的" else 2)
    name = text[start:end]
    if len(name) < 4 or re.match(r"^(?:本次|此次|该|这次|此|本届)", name) or "《" in name:
        return None
    return _Event(sentence.mention(start, end, EntityType.EVENT), sentence)


def _held(reading: Reading, sentence: Sentence, event: _Event) -> Iterator[Fact]:
    text = sentence.view.text
    mode = _MODE.search(text)
    qualifiers: dict[str, QualifierValue] = {"mode": mode.group(1) if mode else None}
    day = date_in(text)
    date = resolve_date(day, reading.document.published) if day else None
    if day and date:
        # The date is an attribute of the event; the mention of the date is the object.
        when = sentence.mention(day.start(), day.end(), EntityType.EVENT, event.mention.name)
        yield make_fact(sentence, event.mention, "held_on", replace(when), {**qualifiers, "date": date}, 0.85, "events.date")
    place = _PLACE.search(text)
    if place and not re.search(r"会上|期间|过程|基础|背景|下$|中$", place["place"]):
        where = sentence.mention(place.start("place"), place.end("place"), EntityType.PLACE)
        yield make_fact(sentence, event.mention, "held_at", where, {**qualifiers, "date": date}, 0.8, "events.place")
    yield from _hosts(reading, sentence, event, date)


def _hosts(reading: Reading, sentence: Sentence, event: _Event, date: str | None) -> Iterator[Fact]:
    text = sentence.view.text
    by = _HOST.search(text)
    ends = reading.ends(sentence)
    span = by.span("who") if by else None
    if span is None:
        start = sentence.view.offsets.index(event.mention.start)
        before = re.search(r"(?P<who>[^，。；]{3,60}?)(?:联合|共同|在[\u4e00-\u9fff]{2,16})?(?:举行|召开|举办|主办)(?:了)?$", text[:start])
        span = before.span("who") if before else None
    if span is None:
        return
    for organization in organizations_in(text, *span, ends):
        mention = organization_mention(sentence, organization)
        yield make_fact(sentence, mention, "hosts", event.mention, {"date": date}, 0.8, "events.host")


def _roles(reading: Reading, sentence: Sentence, event: _Event) -> Iterator[Fact]:
    """Yield who attends or speaks: the persons of the title chains before the verb in the same clause group."""
    text = sentence.view.text
    if not _ROLES.search(text):
        return
    chains = find_chains(text, reading.names, reading.ends(sentence))
    holders = sorted(
        {(name.start, name.end) for chain in chains for name in chain.names if name.score > 0.5}
        | {
            (match.start(), match.end())
            for surface in reading.names.confirmed
            if surface in text
            for match in re.finditer(re.escape(surface), text)
        }
    )
    for start, end in holders:
        rest = re.split(r"[。；]", text[end:], maxsplit=1)[0]
        following = [role for role in _ROLES.finditer(rest)][:3]
        if not following or "被" in rest[: following[0].start()]:
            continue
        first = following[0]
        gap = rest[: first.start()]
        if re.search(r"(?:指出|表示|强调|说|介绍|认为)", gap):
            continue
        person = sentence.mention(start, end, EntityType.PERSON)
        for role in following:
            between = rest[first.end() : role.start()]
            if role is not first and not re.fullmatch(r"(?:了)?(?:会议|活动|仪式|大会|开幕式|论坛)?(?:并|、|，|并在会上|和)?", between):
                break
            predicate = "attends" if role.lastgroup == "attend" else "speaks_at"
            yield make_fact(sentence, person, predicate, event.mention, {"verb": role.group()}, 0.75, f"events.{predicate}")
