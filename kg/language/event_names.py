"""Names of events: meetings, contests, fairs and ceremonies, found by their kind and cut at what stands before."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from kg.language.lexicon import matcher
from kg.language.patterns import pattern

_HARD_BORDERS = re.compile(r"[，。；：！？《》〈〉【】…|丨/ ]|——")
_QUOTED = re.compile(r"“[^“”]*”|（[^（）]*）")
_BRACKET = re.compile(r"（(?:以下|下)?(?:简称|称)[^（）]*）")
_DIVISION_BEFORE = re.compile(r"[省市县区州国]$")
_LONGEST_NAME = 60
_SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class EventName:
    """The name of an event in a view.

    Args:
        start: The view offset of its first character.
        end: The view offset after its last one.
        text: Its characters, 以下简称 in brackets left out.
        specific: Whether it can be told from other events of its kind (not 新闻发布会).
    """

    start: int
    end: int
    text: str
    specific: bool


@functools.lru_cache(maxsize=4096)
def event_names(text: str) -> tuple[EventName, ...]:
    """Return the names of events in normalised text, left to right; references (此次会议) and numbers of events not.

    Args:
        text: The normalised characters of a sentence.

    >>> [name.text for name in event_names("红石市总工会召开红石市职工技能大赛启动仪式，此次会议开了3场座谈会。")]
    ['红石市职工技能大赛启动仪式']
    """
    result: list[EventName] = []
    floor = 0
    for first, end in _kinds(text):
        if first < floor:
            continue
        start = _start(text, floor, first)
        floor = end
        name = _BRACKET.sub("", text[start:end])
        if _is_name(text, start, end, name):
            result.append(EventName(start, end, name, _is_specific(name)))
    return tuple(result)


def _kinds(text: str) -> list[tuple[int, int]]:
    """Return the spans of the kinds of event, those joined in one name (大赛启动仪式) as one."""
    spans: list[tuple[int, int]] = []
    for match in matcher("event_kinds").finditer(text):
        start, end = match.span()
        if text.rfind("《", 0, start) > text.rfind("》", 0, start):
            continue
        joint = spans and pattern("events", "joint").fullmatch(text, spans[-1][1], start)
        if joint:
            start = spans.pop()[0]
        spans.append((start, end))
    return [span for span in spans if not pattern("events", "not_after").match(text, span[1])]


def _start(text: str, floor: int, first: int) -> int:
    """Return where the name with a kind at `first` begins: behind the last verb, mark or particle before it."""
    floor = max(floor, first - _LONGEST_NAME)
    # Quotation marks and brackets keep what they hold together; a bracket may hold a verb.
    shown = _QUOTED.sub(lambda match: "□" * len(match.group()), text[floor:first])
    start = floor
    for match in _HARD_BORDERS.finditer(shown):
        start = max(start, floor + match.end())
    start = max([start, *(floor + m.end() for m in pattern("events", "before_name").finditer(shown))])
    for place in range(first - 1, start - 1, -1):
        # 福州市、定西市东西部协作联席会: two divisions; other lists are of several things.
        if shown[place - floor] == "、" and not _DIVISION_BEFORE.search(text[start:place]):
            start = place + 1
            break
    start = _past_open_quote(text, start, first)
    lead = pattern("events", "lead").match(text[start:first])
    return start + lead.end() if lead else start


def _past_open_quote(text: str, start: int, first: int) -> int:
    """Return where the name begins if a mark that closes what was opened earlier stands in it."""
    for opening, closing in ("“”", "（）"):
        place = text.find(closing, start, first)
        if place >= 0 and opening not in text[start:place]:
            start = place + 1
        last = text.rfind(opening, start, first)
        if last >= 0 and closing not in text[last:first]:
            start = last + 1
    return start


def _is_name(text: str, start: int, end: int, name: str) -> bool:
    if not _SHORTEST_NAME <= len(name) <= _LONGEST_NAME or pattern("events", "pointing").match(name):
        return False
    if pattern("events", "body").search(name):
        return False
    return not pattern("events", "counted").match(text, end)


def _is_specific(name: str) -> bool:
    """Say whether a name says more than a kind and words that go with any event of it."""
    kind = next((match for match in matcher("event_kinds").finditer(name) if match.end() == len(name)), None)
    rest = name[: kind.start()] if kind else name
    return pattern("events", "unspecific").fullmatch(rest) is None
