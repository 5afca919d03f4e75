"""Actors: the organisation that acts in a sentence, or that 我们, 该会 and an unnamed subject refer to."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.language.sentences import Sentence
from kg.relations.base import Reading, organization_mention
from kg.relations.discourse import organizations_in
from kg.types import EntityType, Mention

_SELF = re.compile(r"我们|我(?:会|省|市|县|区|州|校|院|司|公司|局|厅|部|所|厂|行)|该(?:会|省|市|县|区|州|校|院|公司|局|集团|协会|中心|企业|机构|单位)|本(?:会|公司|集团|院|校|行|市|省|县|区)|双方|其")
_PASSIVE = re.compile(r"(?:对|向|给|与|和|为|由|从|在|据|经|根据|按照|推动|支持|帮助|引导|指导)$")


class ActorFinder:
    """Finds the actor of an action; remembers who spoke or acted before."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._last: Mention | None = None

    def actor(self, sentence: Sentence, edge: int) -> Mention | None:
        """Return the organisation that acts before view offset `edge` of a sentence, or the one carried so far."""
        text = sentence.view.text
        for found in organizations_in(text, 0, edge):
            if _PASSIVE.search(text[: found.start]):
                continue
            return organization_mention(sentence, found)
        reference = None
        for match in _SELF.finditer(text, 0, edge):
            reference = match
        if reference and self._last:
            mention = sentence.mention(reference.start(), reference.end(), EntityType.ORGANIZATION)
            return replace(mention, name=self._last.name)
        return self._last

    def observe(self, sentence: Sentence) -> None:
        """Take note of the first organisation that a sentence names."""
        for found in organizations_in(sentence.view.text, 0, len(sentence.view.text)):
            if not _PASSIVE.search(sentence.view.text[: found.start]):
                self._last = organization_mention(sentence, found)
                return
