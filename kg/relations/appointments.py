"""Verbs of appointment and departure, and the status of a position that they tell."""

from __future__ import annotations

import re

from kg.language.patterns import pattern
from kg.relations.position_chains import Chain

# The longest verb directly before a chain of titles (接替…担任) has fewer characters.
_VERB_REACH = 24
# How far before the titles a verb tells their status.
_STATUS_REACH = 12
# Verbs of a line that leave what has happened to the head of its list.
_ONLY_SAYS_WHAT = ("为", "是", "任")
_SAID = ("removed", "candidate", "appointed")


def verb_before(text: str, end: int, reach: int = _VERB_REACH) -> re.Match[str] | None:
    """Return the verb of appointment or departure that ends at `end`; its last group is the status that it tells.

    Args:
        text: The normalised characters of a sentence.
        end: Where the verb must end.
        reach: How many characters before `end` are looked at.

    >>> verb_before("张三当选为会长", 5).lastgroup
    'appointed'
    """
    return pattern("appointments", "become").search(text, max(0, end - reach), end)


def announced_status(text: str, end: int) -> str | None:
    """Return the status that the head of a list tells of what stands behind its colon (决定免去：), None for no head.

    Args:
        text: The normalised characters of a sentence.
        end: Where the head must have ended.

    >>> announced_status("会议决定任命：王倩为局长；李文为", 16)
    'appointed'
    """
    heads = list(pattern("appointments", "announced").finditer(text, 0, end))
    return heads[-1].lastgroup if heads else None


def chain_status(chain: Chain, text: str, announced: str | None = None) -> str:
    """Return the status of a chain's positions: `current`, `appointed`, `former`, `removed` or `candidate`.

    Args:
        chain: The chain, with the rule by which its holders were found.
        text: The normalised characters of the sentence.
        announced: The status that the head of the list tells in which the sentence stands (决定任命：).

    >>> from kg.language.persons import NameFinder
    >>> from kg.relations.position_chains import find_chains
    >>> text = "卸任红石市总工会主席"
    >>> chain_status(find_chains(text, NameFinder(), frozenset())[0], text)
    'removed'
    """
    if pattern("appointments", "candidate_tail").match(text, chain.end):
        return "candidate"
    verb = verb_before(text, chain.start, _STATUS_REACH)
    status = verb.lastgroup if verb else None
    if pattern("appointments", "former_tail").match(text, chain.end):
        return "former"
    announced = announced_status(text, chain.start) or announced
    by_verb = chain.rule.startswith(("verb", "person_verb"))
    if not by_verb and status not in ("removed", "candidate", "former"):
        # 主席：王倩 under 当选名单如下：
        labelled = text[chain.slots[-1].title.end : chain.slots[-1].title.end + 1] in ("：", "")
        return announced if announced and (labelled or chain.rule == "roll") else "current"
    clause = max(text.rfind(mark, 0, chain.start) for mark in "；。") + 1
    led = pattern("appointments", "led_by_former").match(text) and not pattern("dates", "date").search(text, clause)
    if led or pattern("appointments", "said_former").search(text, clause, chain.start):
        return "former"
    if chain.rule == "person_verb.appointed" and status in (None, "current", "appointed"):
        # 接受乙辞职的请求，任命甲为市长: the verb whose object is the person counts.
        return (
            "candidate" if pattern("appointments", "said_candidate").search(text, clause, chain.start) else "appointed"
        )
    if status in (None, "current", "appointed"):
        # 卸任董事长，由李四接任总经理: the verb beside the titles counts before one of an earlier clause.
        for said in _SAID if status != "appointed" else _SAID[1:]:
            if pattern("appointments", f"said_{said}").search(text, clause, chain.start):
                return said
        if announced and (verb is None or verb.group() in _ONLY_SAYS_WHAT):
            # 王倩为厅长；李文为主任: the verb stands in the head of the list.
            return announced
    return status or "current"
