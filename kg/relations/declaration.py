"""Relations of one's own, declared in a TOML file: what they are called, what they join and how texts say it."""

from __future__ import annotations

import re
import tomllib
import warnings
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.relations.mention_masks import template_expression
from kg.types import EntityType
from kg.vocabulary import relations

TYPES = (
    EntityType.PERSON,
    EntityType.ORGANIZATION,
    EntityType.NOTICE,
    EntityType.PLACE,
    EntityType.EVENT,
    EntityType.METRIC,
)
"""What the ends of a declared relation may be."""
FINDERS = ("date", "period", "quantity")
"""Qualifiers that have a name instead of an expression; `quantity:元` is one of that base unit."""
METRIC_QUALIFIERS = ("object", "value_text", "unit", "value", "base_unit", "bound")
_REQUIRED = ("name", "label_zh", "subject", "object", "patterns")
_OPTIONAL = ("label_en", "qualifiers", "confidence", "symmetric", "subject_text", "object_text")
# What edges have besides qualifiers in the graph and in its files, and the qualifier that extraction sets itself.
_RESERVED = frozenset({"label", "predicate", "weight", "confidence", "evidence", "status", "subject", "object"}) | {
    *("id", "key", "source", "target", "type", "kind", "x", "y", "size", "color")
}
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class DeclaredRelation:
    """A relation that a user has declared.

    Args:
        name: Its predicate in facts (`signs_with`).
        label_zh: Its display name in Chinese.
        label_en: Its display name in English.
        subject: The type of the entity that it starts from.
        object: The type of the entity that it leads to.
        patterns: Regular expressions with the placeholders `{subject}` and `{object}`.
        qualifiers: Pairs of a qualifier's name and `date`, `period`, `quantity`, `quantity:UNIT` or a regular
            expression with a group `value`.
        confidence: The confidence of its facts.
        symmetric: Whether it says the same in both directions.
        subject_text: An expression that the subject's words must match somewhere, or None.
        object_text: An expression that the object's words must match somewhere, or None.
    """

    name: str
    label_zh: str
    label_en: str
    subject: EntityType
    object: EntityType
    patterns: tuple[str, ...]
    qualifiers: tuple[tuple[str, str], ...] = ()
    confidence: float = 0.8
    symmetric: bool = False
    subject_text: str | None = None
    object_text: str | None = None


def read_declarations(path: str | Path, base_units: Container[str]) -> tuple[DeclaredRelation, ...]:
    """Read the relations that a TOML file declares, each a table `[[relation]]`.

    Args:
        path: The file, UTF-8.
        base_units: The base units that a qualifier `quantity:UNIT` may name.

    Raises:
        InputError: The file cannot be read, or a declaration is wrong; the sentence names the file and the relation.

    >>> import tempfile
    >>> declared = 'name = "visits"\\nlabel_zh = "访问"\\nsubject = "Person"\\nobject = "Organization"\\n'
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "my.toml"
    ...     _ = file.write_text(f'[[relation]]\\n{declared}patterns = ["{{subject}}访问{{object}}"]', encoding="utf-8")
    ...     [relation.label_en for relation in read_declarations(file, ())]
    ['visits']
    """
    path = Path(path)
    content = _content(path)
    entries = content.get("relation")
    if set(content) != {"relation"} or not isinstance(entries, list) or not entries:
        raise InputError(f"{path}: declares no relation; write each as a table [[relation]], and nothing beside them.")
    result: list[DeclaredRelation] = []
    for number, entry in enumerate(entries, 1):
        relation = _Declaration(path, number, entry, base_units).relation()
        if any(relation.name == other.name for other in result):
            raise InputError(f"{path}: relation {relation.name!r} is declared twice; give the second another name.")
        result.append(relation)
    return tuple(result)


def _content(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise InputError(f"{path} is not a file; give a TOML file with a table [[relation]] for each relation.")
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 (byte {error.start}); save the relations in that encoding.") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: is no TOML ({error}); see https://toml.io.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); check its permissions.") from error


class _Declaration:
    """One table of the file, on its way to a relation."""

    def __init__(self, path: Path, number: int, entry: Any, base_units: Container[str]) -> None:
        name = entry.get("name") if isinstance(entry, dict) else None
        self._where = f"{path}: relation {name!r}" if isinstance(name, str) and name else f"{path}: relation {number}"
        if not isinstance(entry, dict):
            raise self._error("is no table", "write it as [[relation]] with a line for each key")
        self._entry: Mapping[str, Any] = entry
        self._base_units = base_units

    def relation(self) -> DeclaredRelation:
        """Return the relation, or say what is wrong with it."""
        self._check_keys()
        subject, object_ = self._type("subject"), self._type("object")
        if subject is EntityType.METRIC:
            raise self._error("has the subject Metric", "a quantity can only be the object")
        symmetric = self._entry.get("symmetric", False)
        if not isinstance(symmetric, bool) or (symmetric and subject is not object_):
            advice = "that is true or false, and true only if subject and object are of one type"
            raise self._error("is symmetric", advice)
        name = self._name()
        return DeclaredRelation(
            name,
            self._text("label_zh"),
            self._text("label_en") if "label_en" in self._entry else name.replace("_", " "),
            subject,
            object_,
            self._patterns(),
            self._qualifiers(object_),
            self._confidence(),
            symmetric,
            self._filter("subject_text"),
            self._filter("object_text"),
        )

    def _error(self, problem: str, advice: str) -> InputError:
        return InputError(f"{self._where} {problem}; {advice}.")

    def _check_keys(self) -> None:
        for key in _REQUIRED:
            if key not in self._entry:
                raise self._error(f"has no {key}", f"it needs {', '.join(_REQUIRED)}")
        for key in self._entry:
            if key not in (*_REQUIRED, *_OPTIONAL):
                raise self._error(f"has the unknown key {key!r}", f"known are {', '.join((*_REQUIRED, *_OPTIONAL))}")

    def _text(self, key: str) -> str:
        value = self._entry[key]
        if not isinstance(value, str) or not value.strip():
            raise self._error(f"has the {key} {value!r}", "it must be a string with a character or more")
        return value

    def _name(self) -> str:
        name = self._text("name")
        if not _NAME.fullmatch(name):
            raise self._error("has no usable name", "use small letters, digits and underscores, as in signs_with")
        if name in relations():
            raise self._error("has the name of a built-in relation", f"choose another than {', '.join(relations())}")
        return name

    def _type(self, key: str) -> EntityType:
        known = {kind.value: kind for kind in TYPES}
        value = self._text(key)
        if value not in known:
            raise self._error(f"has the unknown {key} type {value!r}", f"known are {', '.join(known)}")
        return known[value]

    def _confidence(self) -> float:
        value = self._entry.get("confidence", 0.8)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self._error(f"has the confidence {value!r}", "it must be a number from 0 to 1")
        return float(value)

    def _patterns(self) -> tuple[str, ...]:
        listed = self._entry["patterns"]
        if not isinstance(listed, list) or not listed or not all(isinstance(pattern, str) for pattern in listed):
            raise self._error("has no list of patterns", 'write it as patterns = ["{subject}访问{object}"]')
        for number, pattern in enumerate(listed, 1):
            where = f"has a wrong pattern {number}"
            for placeholder in ("{subject}", "{object}"):
                if pattern.count(placeholder) != 1:
                    how_often = "twice or more" if placeholder in pattern else "not at all"
                    raise self._error(f"{where}: {placeholder} stands in it {how_often}", "it must stand in it once")
            self._compile(template_expression(pattern, EntityType.PERSON, EntityType.PERSON), where)
        return tuple(listed)

    def _filter(self, key: str) -> str | None:
        if key not in self._entry:
            return None
        self._compile(self._text(key), f"has a wrong {key}")
        return self._text(key)

    def _qualifiers(self, object_: EntityType) -> tuple[tuple[str, str], ...]:
        listed = self._entry.get("qualifiers", {})
        if not isinstance(listed, dict):
            raise self._error("has no table of qualifiers", 'write it as qualifiers = { date = "date" }')
        taken = _RESERVED
        if object_ is EntityType.METRIC:
            # What is counted may be said more closely than by the relation's own name; the number is the text's.
            taken = taken.union(METRIC_QUALIFIERS) - {"object"}
        for name, value in listed.items():
            if not _NAME.fullmatch(name) or name in taken:
                advice = f"use small letters, digits and underscores, and none of {', '.join(sorted(taken))}"
                raise self._error(f"has a qualifier with the name {name!r}", advice)
            self._check_qualifier(name, value)
        return tuple(listed.items())

    def _check_qualifier(self, name: str, value: object) -> None:
        advice = f"it must be {', '.join(FINDERS)}, quantity:UNIT or a regular expression with a group (?P<value>…)"
        if value in FINDERS:
            return
        if isinstance(value, str) and value.startswith("quantity:"):
            if value.removeprefix("quantity:") not in self._base_units:
                problem = f"has the qualifier {name!r} of an unknown base unit {value!r}"
                raise self._error(problem, "add it with --lexicon")
            return
        where = f"has a wrong qualifier {name!r}"
        if not isinstance(value, str) or "value" not in self._compile(value, where).groupindex:
            raise self._error(f"has the qualifier {name!r} of unknown kind {value!r}", advice)

    def _compile(self, expression: str, where: str) -> re.Pattern[str]:
        try:
            with warnings.catch_warnings():
                # Python warns of brackets that it will read differently one day; a person should hear of it in words.
                warnings.simplefilter("error")
                return re.compile(expression)
        except (re.error, Warning, RecursionError, OverflowError) as error:
            problem = f"{where}, no regular expression of Python ({str(error).split(' at position')[0]})"
            raise self._error(problem, "see the documentation of re") from error
