"""`part_of`, `at` and `undertakes`: relations that follow from positions, departments and actions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.language.lexicon import lookup
from kg.relations.base import Reading, make_fact, relation
from kg.relations.discourse import organizations_in
from kg.relations.holds import holds
from kg.relations.targets import targets
from kg.types import EntityType, Fact

_DEPARTMENT = re.compile(
    r"^(?P<whole>[\u4e00-\u9fff（）]{2,30}?(?:部|委|局|厅|委员会|公司|集团|大学|学院|医院|总工会|协会|联合会|政府|学会|商会|总局|院))(?P<part>[\u4e00-\u9fff]{1,12}(?:部|处|科|司|室|厅|中心|组|办公室|学院|分会|专业委员会|支队|分公司|支行|分行|分局|系|所))$"
)


@relation("structure")
def structure(reading: Reading) -> Iterator[Fact]:
    """Yield `at` for positions, `undertakes` for actions with an actor, and `part_of` for departments."""
    for fact in holds(reading):
        organization = fact.qualifiers["organization"]
        if organization:
            sentence = _sentence(reading, fact)
            target = replace(fact.object, type=EntityType.ORGANIZATION, name=str(organization))
            yield make_fact(sentence, fact.object, "at", target, {}, fact.confidence, "structure.position")
    for fact in targets(reading):
        actor = fact.qualifiers["actor"]
        if actor:
            sentence = _sentence(reading, fact)
            subject = replace(fact.subject, type=EntityType.ORGANIZATION, name=str(actor))
            qualifiers = {"status": fact.qualifiers["status"]}
            yield make_fact(sentence, subject, "undertakes", fact.subject, dict(qualifiers), fact.confidence, "structure.action")
    yield from _departments(reading)


def _sentence(reading: Reading, fact: Fact):  # type: ignore[no-untyped-def]
    return next(sentence for sentence in reading.sentences if sentence.start == fact.evidence.start)


def _departments(reading: Reading) -> Iterator[Fact]:
    for sentence in reading.sentences:
        text = sentence.view.text
        for found in organizations_in(text, 0, len(text)):
            match = _DEPARTMENT.match(found.text)
            if not match or found.text in lookup("organizations", "canonical"):
                continue
            middle = found.start + match.end("whole")
            part = sentence.mention(found.start, found.end, EntityType.ORGANIZATION)
            whole = sentence.mention(found.start, middle, EntityType.ORGANIZATION)
            yield make_fact(sentence, part, "part_of", whole, {}, 0.7, "structure.department")
