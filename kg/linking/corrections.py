"""What a person has decided: `corrections.toml` beside the graph, applied after linking and never lost by a build."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kg.errors import InputError
from kg.linking.name_parts import clean
from kg.types import EntityType, Evidence, Fact, Mention, QualifierValue

FILE_NAME = "corrections.toml"
Pair = tuple[str, str]

_STRINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "same": ("a", "b"),
        "different": ("a", "b"),
        "rename": ("name", "to"),
        "alias": ("name", "alias"),
        "drop": (),
        "add": ("subject", "subject_type", "predicate", "object", "object_type", "note"),
    }
)
_OPTIONAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"drop": ("subject", "predicate", "object", "document"), "add": ("qualifiers",)}
)


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of a person.

    Args:
        action: `same`, `different`, `rename`, `alias`, `drop` or `add`.
        values: What the entry of the file says, without the note.
        note: Why, for people.
        place: Where the note stands in the file, in characters; None if it is not found as it is.
    """

    action: str
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    note: str = ""
    place: int | None = None

    def __str__(self) -> str:
        """Return the correction as one line."""
        shown = ", ".join(f"{key} = {value}" for key, value in self.values.items())
        return f"[[{self.action}]] {shown}"


@dataclass(frozen=True, slots=True)
class Corrections:
    """The decisions of a file.

    Args:
        listed: The decisions in the order of the file.
        document: The name under which added facts cite the file.
    """

    listed: tuple[Correction, ...] = ()
    document: str = FILE_NAME

    def pairs(self, action: str) -> list[Pair]:
        """Return the pairs of names of an action (`same`, `different`, `rename`, `alias`)."""
        first, second = _STRINGS[action]
        return [(one.values[first], one.values[second]) for one in self.listed if one.action == action]


def read_corrections(path: str | Path) -> Corrections:
    """Read a file of corrections; one that is not there holds none.

    Raises:
        InputError: The file cannot be read, is not TOML, or an entry lacks what its action needs.

    >>> read_corrections("nowhere/corrections.toml").listed
    ()
    """
    file = Path(path)
    if not file.exists():
        return Corrections()
    try:
        return parse_corrections(file.read_text("utf-8"), file.name)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InputError(f"{path} cannot be read ({reason}); check the path.") from error


def parse_corrections(text: str, name: str = FILE_NAME) -> Corrections:
    """Return the corrections of a text in TOML.

    Raises:
        InputError: The text is not TOML, or an entry lacks what its action needs.

    >>> parse_corrections('[[same]]\\na = "江源重机"\\nb = "江源重工"\\nnote = "章程"').pairs("same")
    [('江源重机', '江源重工')]
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name} is not TOML ({error}); see docs/corrections.md.") from error
    listed = []
    for action, entries in tables.items():
        if action not in _STRINGS:
            raise InputError(f"{name}: there is no correction named {action!r}; known are {', '.join(_STRINGS)}.")
        for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
            listed.append(_correction(action, entry, f"{name}, [[{action}]] {number}", text))
    return Corrections(tuple(listed), name)


def _correction(action: str, entry: Any, where: str, text: str) -> Correction:
    if not isinstance(entry, dict):
        raise InputError(f"{where}: write a table with {', '.join(_STRINGS[action]) or 'what to drop'}.")
    needed, known = _STRINGS[action], {*_STRINGS[action], *_OPTIONAL.get(action, ()), "note"}
    missing = [key for key in needed if not isinstance(entry.get(key), str) or not entry[key].strip()]
    unknown = sorted(entry.keys() - known)
    if missing or unknown or (action == "drop" and not entry.keys() & {"subject", "object", "document"}):
        wrong = f"lacks {', '.join(missing)}" if missing else f"does not know {', '.join(unknown)}"
        raise InputError(f"{where} {wrong if missing or unknown else 'lacks a subject, object or document'}.")
    for key in ("subject_type", "object_type"):
        if key in entry and entry[key] not in list(EntityType):
            raise InputError(f"{where}: there is no entity type {entry[key]!r}; known are {', '.join(EntityType)}.")
    if not isinstance(entry.get("qualifiers", {}), dict):
        raise InputError(f"{where}: qualifiers is no table.")
    note = str(entry.get("note", ""))
    place = text.find(note) if note else -1
    values = {key: value for key, value in entry.items() if key != "note"}
    return Correction(action, MappingProxyType(values), note, place if place >= 0 else None)


def correct_facts(facts: Iterable[Fact], corrections: Corrections) -> tuple[list[Fact], list[str]]:
    """Drop and add facts; return them and a sentence for each `drop` that fits nothing.

    Args:
        facts: Facts with canonical names.
        corrections: The decisions.

    >>> correct_facts([], Corrections())
    ([], [])
    """
    drops = [one for one in corrections.listed if one.action == "drop"]
    fitted: set[int] = set()
    kept = []
    for fact in facts:
        fitting = {number for number, one in enumerate(drops) if _fits(fact, one.values)}
        fitted |= fitting
        if not fitting:
            kept.append(fact)
    kept += [_added(one, corrections.document) for one in corrections.listed if one.action == "add"]
    return kept, [unmatched(one, corrections) for number, one in enumerate(drops) if number not in fitted]


def unmatched(correction: Correction, corrections: Corrections) -> str:
    """Return the sentence that says that a correction fits nothing."""
    return f"{corrections.document}: {correction} fits nothing in the graph (any more); check the names or take it out."


def _fits(fact: Fact, wanted: Mapping[str, Any]) -> bool:
    given = {
        "subject": {clean(fact.subject.name), clean(fact.subject.text)},
        "object": {clean(fact.object.name), clean(fact.object.text)},
        "predicate": {fact.predicate},
        "document": {fact.evidence.document},
    }
    return all(clean(str(value)) in given[key] or value in given[key] for key, value in wanted.items())


def _added(correction: Correction, document: str) -> Fact:
    """Return the fact of an `add`; its evidence is its note, where that stands in the file."""
    values = correction.values
    start = correction.place or 0
    proof = Evidence(document, start, start + len(correction.note), correction.note)

    def mention(role: str) -> Mention:
        return Mention(document, proof.start, proof.end, values[role], EntityType(values[f"{role}_type"]), values[role])

    qualifiers: dict[str, QualifierValue] = dict(values.get("qualifiers", {}))
    return Fact(
        mention("subject"),
        values["predicate"],
        mention("object"),
        MappingProxyType(qualifiers),
        proof,
        1.0,
        "corrections.add",
    )


def corrections_text(corrections: Iterable[Correction]) -> str:
    """Return corrections as TOML, to be appended to a file.

    >>> print(corrections_text([Correction("same", {"a": "甲", "b": "乙"}, "年报")]), end="")
    <BLANKLINE>
    [[same]]
    a = "甲"
    b = "乙"
    note = "年报"
    """
    lines: list[str] = []
    for one in corrections:
        lines += ["", f"[[{one.action}]]"]
        lines += [f"{key} = {_toml_string(str(value))}" for key, value in one.values.items()]
        if one.note:
            lines.append(f"note = {_toml_string(one.note)}")
    return "".join(f"{line}\n" for line in lines)


def _toml_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(character if character >= " " else f"\\u{ord(character):04x}" for character in escaped) + '"'


def unmatched_names(corrections: Corrections, known: Collection[str]) -> list[str]:
    """Return a sentence for each decision about names that names somebody the corpus does not know.

    Args:
        corrections: The decisions.
        known: Every name of the corpus, canonical or not, without differences of typography.
    """
    found = []
    for one in corrections.listed:
        names: Sequence[str] = [one.values[key] for key in _STRINGS[one.action]] if one.action in _OF_NAMES else ()
        asked = names[:1] if one.action in ("rename", "alias") else names
        if any(clean(name) not in known for name in asked):
            found.append(unmatched(one, corrections))
    return found


_OF_NAMES = frozenset({"same", "different", "rename", "alias"})
