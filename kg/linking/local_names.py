"""Names that only their document explains: 市总工会, 第一附属医院, a defined short form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kg.language.lexicon import lookup
from kg.language.organizations import organization_before
from kg.language.patterns import pattern
from kg.linking.clues import Clues
from kg.linking.inner_bodies import inner_bodies
from kg.linking.name_parts import LEVELS, clean, parse_name
from kg.linking.places import Places


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name stands for in a document.

    Args:
        name: The name that means the same everywhere; None if only the document's own body can be meant.
        rule: The rule that found it, empty if the name is what the document gives.
        reason: Why.
    """

    name: str | None
    rule: str = ""
    reason: str = ""


def read_local_names(
    names: Mapping[str, Collection[str]], clues: Mapping[str, Clues], places: Places
) -> dict[tuple[str, str], Reading]:
    """Return (document, name) → reading, for the names that do not mean the same in every document.

    Args:
        names: Document → the names of organisations in it.
        clues: Document → its clues.
        places: What the documents are about.

    >>> names = {"a": ["平阜市总工会", "市委"]}
    >>> read_local_names(names, {}, Places({}, names))["a", "市委"].name
    '平阜市委'
    """
    everywhere = {name for listed in names.values() for name in listed}
    result: dict[tuple[str, str], Reading] = {}
    for document, listed in names.items():
        defined = _definitions(clues[document], everywhere) if document in clues else {}
        for name in sorted(listed):
            reading = _defined(name, defined, document, places) or _placed(name, document, places)
            if reading:
                result[document, name] = reading
        whole = {result[document, name].name if (document, name) in result else name for name in listed}
        for name in sorted(listed):
            if (document, name) not in result and is_dependent(name):
                result[document, name] = _owned(name, {full for full in whole if full}, everywhere)
    return result


def is_dependent(name: str) -> bool:
    """Say whether a name is that of a part, or of any body of a kind: 办公室, 第一附属医院, 协会.

    >>> is_dependent("第一附属医院"), is_dependent("董事会"), is_dependent("红石市总工会")
    (True, True, False)
    """
    text = clean(name)
    if text in lookup("organizations", "canonical"):
        return False
    known = text in lookup("generic_bodies", "endings") or text in lookup("departments", "domain")
    return (
        known
        or text in inner_bodies()
        or len(text) < 2
        or pattern("organization_names", "numbered").match(text) is not None
    )


def _definitions(clues: Clues, everywhere: Collection[str]) -> dict[str, str]:
    """Return short form → full name as a document defines them."""
    found = {}
    for before, short in clues.definitions:
        start = next((start for start in range(len(before) - 3) if before[start:] in everywhere), None)
        if start is not None:
            found[short] = before[start:]
        elif body := organization_before(before, len(before)):
            found[short] = body.text
    return {short: full for short, full in found.items() if short != full}


def _defined(name: str, defined: Mapping[str, str], document: str, places: Places) -> Reading | None:
    full = defined.get(name)
    if full is None:
        return None
    there = _placed(full, document, places)
    return Reading(there.name if there and there.name else full, "organization.defined", f"the text calls {full} so")


def _placed(name: str, document: str, places: Places) -> Reading | None:
    """Return the reading of a name with a level instead of a place (市总工会, 团省委), None for others."""
    level = clean(name) if clean(name) in LEVELS else parse_name(name).level
    if not level or clean(name) in lookup("organizations", "canonical"):
        return None
    place = places.of(document, level)
    if place is None:
        return Reading(None, "organization.place", f"which {level} is meant is not clear")
    return Reading(clean(name).replace(level, place, 1), "organization.place", f"the document is about {place}")


def _owned(name: str, whole: Collection[str], everywhere: Collection[str]) -> Reading:
    """Return the reading of a part whose owner the document names: the one of whom the corpus knows such a part."""
    found = sorted({owner for owner in whole if owner + name in everywhere})
    if len(found) == 1:
        return Reading(found[0] + name, "organization.owner", f"the document is about {found[0]}")
    return Reading(None, "organization.owner", "whose it is is not clear")
