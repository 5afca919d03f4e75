"""`part_of`: departments and branches whose name begins with the whole organisation's."""

from __future__ import annotations

from collections.abc import Iterator

from kg.language.lexicon import lookup
from kg.language.patterns import pattern
from kg.relations.base import Reading, make_fact, organization_mention, relation
from kg.relations.discourse import organizations_in
from kg.types import EntityType, Fact

_DEPARTMENT = pattern("structure", "department")


@relation("structure")
def structure(reading: Reading) -> Iterator[Fact]:
    """Yield that a department is part of its organisation (某局某司 → 某局)."""
    for sentence in reading.sentences:
        text = sentence.view.text
        for found in organizations_in(text, 0, len(text)):
            match = _DEPARTMENT.match(found.text)
            if not match or found.text in lookup("organizations", "canonical"):
                continue
            part = organization_mention(sentence, found)
            whole = sentence.mention(found.start, found.start + match.end("whole"), EntityType.ORGANIZATION)
            yield make_fact(sentence, part, "part_of", whole, {}, 0.7, "structure.department")
