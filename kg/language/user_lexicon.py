"""A lexicon of one's own: one tab-separated file with titles, organisations, units, short forms, verbs and words."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.language.lexicon import Row, lookup
from kg.language.normalize import make_view
from kg.language.organizations import classify

HEADER = ("surface", "kind", "canonical")
KINDS = ("title", "organization", "unit", "alias", "verb", "word")
VERBS: Mapping[str, str] = {
    "do": "action_verbs",
    "reach": "action_verbs",
    "increase": "action_verbs",
    "decrease": "action_verbs",
    "issue": "issuing_verbs",
    "cite": "issuing_verbs",
    "not_issue": "issuing_verbs",
}
"""What a verb tells, and the shipped lexicon that it joins."""

_FACTOR = re.compile(r"(?P<factor>\d+(?:\.\d+)?)\s+(?P<base>\S+)")
# A word of one character stands inside so many others that it would be found everywhere.
_MAY_BE_SHORT = ("unit", "verb")
_CERTAIN = ("known", "strong")


@dataclass(frozen=True, slots=True)
class UserLexicon:
    """Terms of one's own, in the form in which the shipped lexicons and the linking take them up.

    All surfaces are normalised as sentences are (simplified characters, half-width letters and digits).

    Args:
        rows: Stem of a shipped lexicon (`titles`, `units`, …) → the rows that join it and win over it.
        hidden: Stem of a shipped lexicon → surfaces whose shipped rows no longer count.
        aliases: Short form → the canonical name that linking gives.
        titles: Title → the canonical title.
        words: Words that name no person and no organisation.
    """

    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    hidden: Mapping[str, frozenset[str]] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Term:
    """One line of the file; `where` names the file and the line in messages."""

    where: str
    surface: str
    kind: str
    canonical: str


@functools.lru_cache(maxsize=65536)
def normalized(text: str) -> str:
    """Return text as the views of sentences give it, the form in which surfaces are compared.

    >>> normalized("中國ＡＢＣ集團")
    '中国ABC集团'
    """
    return make_view(text, 0, len(text)).text.strip()


def read_lexicon(path: str | Path) -> UserLexicon:
    """Read a lexicon of one's own.

    The first line is `surface⇥kind⇥canonical`; empty lines and lines that begin with `#` do not count. The third column
    may be left out where it is empty. What it says depends on the kind:

    - `title`, `organization`: the name under which the graph shows it, if that is another one;
    - `alias`: the full name (required), of an organisation or of any other entity;
    - `unit`: its base unit, with the factor before it if that is not 1 (`10000 平方米`);
    - `verb`: what it tells, one of `VERBS`; empty is `do`;
    - `word` (no name of a person or an organisation): nothing.

    Args:
        path: The file, UTF-8.

    Raises:
        InputError: The file cannot be read, or a line is wrong.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "my.tsv"
    ...     _ = file.write_text("surface\\tkind\\tcanonical\\n云帆\\talias\\t云帆科技集团\\n", encoding="utf-8")
    ...     read_lexicon(file).aliases
    {'云帆': '云帆科技集团'}
    """
    path = Path(path)
    terms = list(_terms(path))
    _refuse_contradictions(terms)
    names = {normalized(term.surface) for term in terms if term.kind == "organization"}
    rows: dict[str, list[Row]] = {}
    hidden: dict[str, set[str]] = {}
    for term in terms:
        for stem, row in _ROWS_OF[term.kind](term, names):
            rows.setdefault(stem, []).append({**row, "surface": term.surface, "source": term.where})
        if term.kind == "word":
            hidden.setdefault("organizations", set()).add(term.surface)
    return UserLexicon(
        {stem: tuple(listed) for stem, listed in rows.items()},
        {stem: frozenset(surfaces) for stem, surfaces in hidden.items()},
        _aliases(terms),
        {term.surface: term.canonical for term in terms if term.kind == "title" and term.canonical},
        frozenset(term.surface for term in terms if term.kind == "word"),
    )


def _terms(path: Path) -> Iterator[_Term]:
    lines = _text(path).split("\n")
    header: tuple[str, ...] = ()
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        where = f"{path}, line {number}"
        if not header:
            header = cells
            if header != HEADER:
                wanted = " ⇥ ".join(HEADER)
                raise InputError(f"{where}: the header is {line.strip()!r}; it must be {wanted}, with tabs.")
            continue
        yield _term(where, cells)
    if not header:
        raise InputError(f"{path} holds no lexicon; its first line must be {' ⇥ '.join(HEADER)}, with tabs.")


def _text(path: Path) -> str:
    if not path.is_file():
        raise InputError(f"{path} is not a file; give a lexicon with the columns {' ⇥ '.join(HEADER)}.")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 (byte {error.start}); save the lexicon in that encoding.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); check its permissions.") from error


def _term(where: str, cells: tuple[str, ...]) -> _Term:
    if not 2 <= len(cells) <= len(HEADER):
        raise InputError(f"{where}: expected {len(HEADER)} columns separated by tabs, found {len(cells)}.")
    surface, kind, canonical = (*cells, "")[: len(HEADER)]
    if kind not in KINDS:
        raise InputError(f"{where}: the kind is {kind!r}; it must be one of {', '.join(KINDS)}.")
    term = _Term(where, normalized(surface) if surface else "", kind, canonical)
    if not term.surface:
        raise InputError(f"{where}: the surface is empty; write the {kind} as the text has it.")
    if len(term.surface) < 2 and kind not in _MAY_BE_SHORT:
        raise InputError(f"{where}: {surface!r} has one character; a surface of kind {kind} needs two or more.")
    if kind == "alias" and not canonical:
        raise InputError(f"{where}: the alias {surface!r} has no canonical name; write it in the third column.")
    if kind == "word" and canonical:
        raise InputError(f"{where}: the word {surface!r} has a canonical name; leave the third column empty.")
    if kind == "verb" and canonical and canonical not in VERBS:
        raise InputError(f"{where}: the verb {surface!r} is {canonical!r}; it must be one of {', '.join(VERBS)}.")
    if kind == "unit" and " " in canonical and not _FACTOR.fullmatch(canonical):
        raise InputError(f"{where}: the unit {surface!r} is {canonical!r}; write a base unit, as in '10000 平方米'.")
    return term


def _refuse_contradictions(terms: list[_Term]) -> None:
    """Refuse lines that say different things about one surface, where no line could be said to be right."""
    known: dict[tuple[str, str], _Term] = {}
    for term in terms:
        group = "name" if term.kind in ("organization", "alias", "word") else term.kind
        other = known.setdefault((term.surface, group), term)
        if (other.kind, other.canonical) != (term.kind, term.canonical):
            raise InputError(
                f"{term.where}: {term.surface!r} is {_said(term)} here and {_said(other)} in "
                f"{other.where.rsplit(', ', 1)[1]}; keep one of the two."
            )


def _said(term: _Term) -> str:
    return f"{term.kind} {term.canonical!r}" if term.canonical else term.kind


def _aliases(terms: list[_Term]) -> dict[str, str]:
    """Return short form → canonical name, a canonical name that is a short form itself followed to its end."""
    direct = {
        term.surface: term.canonical
        for term in terms
        if term.kind in ("alias", "organization") and term.canonical and term.surface != normalized(term.canonical)
    }
    result = {}
    for term in terms:
        if term.surface not in direct:
            continue
        seen, name = {term.surface}, direct[term.surface]
        while normalized(name) in direct:
            if normalized(name) in seen:
                problem = f"the aliases of {term.surface!r} lead in a circle"
                raise InputError(f"{term.where}: {problem}; end them at one name.")
            seen.add(normalized(name))
            name = direct[normalized(name)]
        result[term.surface] = name
    return result


_Rows = Iterator[tuple[str, Row]]


def _title_rows(term: _Term, names: set[str]) -> _Rows:
    yield "titles", {"kind": "head", "domain": "user"}


def _organization_rows(term: _Term, names: set[str]) -> _Rows:
    # The text may give the canonical name too.
    canonical = term.canonical or term.surface
    yield "organizations", {"type": "user", "canonical": canonical}


def _alias_rows(term: _Term, names: set[str]) -> _Rows:
    """Yield the row that makes a short form an organisation, if the full name is one; else only linking knows it."""
    full = normalized(term.canonical)
    if full in names or classify(full) in _CERTAIN:
        yield "organizations", {"type": "user", "canonical": term.canonical}


def _unit_rows(term: _Term, names: set[str]) -> _Rows:
    match = _FACTOR.fullmatch(term.canonical)
    base, factor = (match["base"], match["factor"]) if match else (term.canonical or term.surface, "1")
    kind = lookup("units", "kind").get(base, "count")
    yield "units", {"base_unit": base, "factor": factor, "kind": kind}


def _verb_rows(term: _Term, names: set[str]) -> _Rows:
    told = term.canonical or "do"
    yield VERBS[told], {"kind": told}


def _word_rows(term: _Term, names: set[str]) -> _Rows:
    yield "name_stop_words", {}


_ROWS_OF: Mapping[str, Callable[[_Term, set[str]], _Rows]] = {
    "title": _title_rows,
    "organization": _organization_rows,
    "alias": _alias_rows,
    "unit": _unit_rows,
    "verb": _verb_rows,
    "word": _word_rows,
}
