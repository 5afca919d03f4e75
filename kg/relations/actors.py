"""Actors: the organisation that acts in a sentence, or that 我们, 该会 and an unnamed subject refer to."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.language.lexicon import lookup, matcher
from kg.language.sentences import Sentence
from kg.relations.base import Reading
from kg.relations.discourse import Discourse, is_generic, organizations_in, strip_term
from kg.types import EntityType, Mention

_WE = re.compile(r"我们|我(?:会|省|市|县|区|州|校|院|司|局|厅|部|所|厂|行)|双方")
_GENERIC = re.compile(r"(?:该|本|我)?(?:公司|集团|协会|联合会|学会|商会|促进会|学校|医院|总工会|工会|基金会|联盟|研究院|俱乐部|中心|会|校|院|行|局)(?=[将已还也共又现计拟近在年累组继]|\d|努力|力争|同比|，)")
_SPEAKS = re.compile(r"指出|表示|强调|介绍|说|讲话|致辞|要求|提出|透露|认为|作[\u4e00-\u9fff]{0,6}报告")
# What may stand between the border of a clause and the organisation that acts in it.
_BEFORE_ACTOR = re.compile(r"(?:^|[，。；：！？”])(?:(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|至今|底|初|起)?|今年|去年|近年来?|近日|日前|目前|截至目前|会上|会后|下一步|未来|同时|此外|其中|由|一年来|五年来|期间|上半年|下半年|全年|年内|，)*$")
_NAMED = re.compile(r"^(?:中国|中华|全国|国家|国务院|中共|中央|国际|世界|亚洲|联合国|[省市县区州]|北京|上海|天津|重庆|香港|澳门)")


class ActorFinder:
    """Finds the actor of an action; remembers who spoke and which organisations the document is certain of."""

    def __init__(self, reading: Reading) -> None:
        self._discourse = Discourse(reading)
        positions = [fact for fact in reading.facts("holds") if fact.predicate == "holds"]
        self._homes = {fact.subject.name: str(fact.qualifiers["organization"]) for fact in positions if fact.qualifiers["organization"]}
        self._certain = set(self._homes.values()) | {fact.subject.name for fact in reading.facts("issues")}
        self._speaker: str | None = None
        self._last: Mention | None = None
        self._paragraph = -1

    def actor(self, sentence: Sentence, edge: int) -> Mention | None:
        """Return the organisation that acts before view offset `edge` of a sentence, None if the text leaves it open."""
        text = sentence.view.text
        if sentence.paragraph != self._paragraph:
            self._last, self._paragraph = None, sentence.paragraph
        self._listen(sentence, edge)
        found = self._named(sentence, edge) or self._pointed(sentence, edge)
        if found:
            self._last = found
            return found
        # A clause with a subject of its own (全省工会, 企业) is not the carried actor's.
        return self._last if not re.search(r"[。；]", text[:edge]) or self._last else None

    def _named(self, sentence: Sentence, edge: int) -> Mention | None:
        text = sentence.view.text
        for found in reversed(organizations_in(text, 0, edge)):
            name = strip_term(found.text)
            if not name or is_generic(name) or not self._is_certain(name) or not _BEFORE_ACTOR.search(text[: found.start]):
                continue
            if matcher("titles", "head", "full", "modifier").match(text, found.end) or text[found.end : found.end + 1] in "的、（”》":
                continue
            return sentence.mention(found.start, found.end, EntityType.ORGANIZATION)
        return None

    def _is_certain(self, name: str) -> bool:
        if name in self._certain or name in lookup("organizations", "canonical"):
            return True
        verb = matcher("action_verbs").match(name)
        if verb and len(verb.group()) >= 2:
            return False
        return bool(_NAMED.match(name) or matcher("divisions", column="level").match(name))

    def _pointed(self, sentence: Sentence, edge: int) -> Mention | None:
        """Return what 我们, 双方 or 协会 before the action points to."""
        text = sentence.view.text
        pointers = [match for match in _WE.finditer(text, 0, edge)]
        if pointers and self._speaker:
            last = pointers[-1]
            return replace(sentence.mention(last.start(), last.end(), EntityType.ORGANIZATION), name=self._speaker)
        for match in reversed(list(_GENERIC.finditer(text, 0, edge))):
            if match.start() and text[match.start() - 1] not in "，。；：”，今年上会":
                continue
            name = self._discourse.resolve(match.group(), sentence, match.start())
            if name and name != match.group():
                return replace(sentence.mention(match.start(), match.end(), EntityType.ORGANIZATION), name=name)
        return None

    def _listen(self, sentence: Sentence, edge: int) -> None:
        """Remember whose words the sentence gives, as far as it has been read."""
        text = sentence.view.text
        if not _SPEAKS.search(text):
            return
        for person, home in self._homes.items():
            place = text.rfind(person, 0, edge)
            if place >= 0 and _SPEAKS.search(text, place, min(len(text), place + len(person) + 24)):
                self._speaker = home

    def observe(self, sentence: Sentence) -> None:
        """Take note of a sentence that has been read."""
        self._listen(sentence, len(sentence.view.text))
        self._discourse.observe(sentence)
