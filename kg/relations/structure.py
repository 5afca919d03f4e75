"""`part_of`: departments and branches whose name begins with the whole organisation's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.language.lexicon import lookup
from kg.relations.base import Reading, make_fact, relation
from kg.relations.discourse import organizations_in
from kg.types import EntityType, Fact

_DEPARTMENT = re.compile(
    r"^(?P<whole>[\u4e00-\u9fff（）]{2,30}?(?:部|委|局|厅|委员会|公司|集团|大学|学院|医院|总工会|协会|联合会|政府|学会|商会|总局))"
    r"(?P<part>[\u4e00-\u9fff]{1,12}(?:部|处|科|司|室|厅|中心|组|办公室|学院|分会|专业委员会|支队|分公司|支行|分行|分局|系|所))$"
)


@relation("structure")
def structure(reading: Reading) -> Iterator[Fact]:
    """Yield that a department is part of its organisation (某局某司 → 某局)."""
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
