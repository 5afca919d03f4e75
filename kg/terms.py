"""Terms of one's own: a lexicon and declared relations, in use for a while and without a trace afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kg import vocabulary
from kg.language.lexicon import set_user_rows, table
from kg.language.user_lexicon import UserLexicon, read_lexicon
from kg.linking.user_terms import LinkingTerms, set_linking_terms
from kg.relations.declaration import METRIC_QUALIFIERS, DeclaredRelation, read_declarations
from kg.relations.declared import set_declared_relations
from kg.types import EntityType


@dataclass(frozen=True, slots=True)
class Terms:
    """A lexicon and relations of one's own, read and checked; it can be sent to another process.

    Args:
        lexicon: The lexicon.
        relations: The declared relations.
    """

    lexicon: UserLexicon = field(default_factory=UserLexicon)
    relations: tuple[DeclaredRelation, ...] = ()


_NONE = Terms()
_in_use = _NONE


def read_terms(lexicon: str | Path | None = None, patterns: str | Path | None = None) -> Terms:
    """Read a lexicon and relations of one's own.

    Args:
        lexicon: A tab-separated file (`kg.language.user_lexicon.read_lexicon`).
        patterns: A TOML file (`kg.relations.declaration.read_declarations`).

    Raises:
        InputError: A file cannot be read, or says something wrong; the sentence names the line or the relation.

    >>> read_terms().relations
    ()
    """
    before = terms_in_use()
    set_terms(_NONE)  # What a file means must not depend on the terms that are in use while it is read.
    try:
        words = read_lexicon(lexicon) if lexicon is not None else UserLexicon()
        units = {row["base_unit"] for row in (*table("units"), *words.rows.get("units", ()))}
        return Terms(words, read_declarations(patterns, units) if patterns is not None else ())
    finally:
        set_terms(before)


def terms_in_use() -> Terms:
    """Return the terms that extraction and linking follow in this process now.

    >>> terms_in_use().relations
    ()
    """
    return _in_use


def set_terms(terms: Terms) -> None:
    """Let this process follow other terms than before; for good, where `use_terms` is for a while.

    Args:
        terms: The terms; `Terms()` is none.
    """
    global _in_use
    if terms == _in_use:
        return
    _in_use = terms
    vocabulary.set_declared_relations(_vocabulary_entry(relation) for relation in terms.relations)
    set_declared_relations(terms.relations)
    set_linking_terms(_linking_terms(terms))
    set_user_rows(terms.lexicon.rows, terms.lexicon.hidden)


@contextmanager
def use_terms(lexicon: str | Path | None = None, patterns: str | Path | None = None) -> Iterator[None]:
    """Let everything inside the `with` block follow a lexicon and relations of one's own, and nothing after it.

    Reading texts one by one inside one block is faster than `kg.extract(…, lexicon=…)` for each, because the lexicons
    are made ready once. Terms belong to the process: a thread beside it sees them too. Without arguments, terms that
    are in use already stay in use; with arguments, they are replaced.

    Args:
        lexicon: A tab-separated file with the columns surface, kind and canonical.
        patterns: A TOML file with a table `[[relation]]` for each relation.

    Raises:
        InputError: A file cannot be read, or says something wrong.

    >>> import kg
    >>> with use_terms():
    ...     len(kg.extract("红石市总工会主席王倩出席会议。"))
    2
    """
    before = terms_in_use()
    if lexicon is None and patterns is None:
        yield
        return
    set_terms(read_terms(lexicon, patterns))
    try:
        yield
    finally:
        set_terms(before)


def _vocabulary_entry(relation: DeclaredRelation) -> vocabulary.Relation:
    counted = METRIC_QUALIFIERS if relation.object is EntityType.METRIC else ()
    own = [name for name, _ in relation.qualifiers if name not in counted]
    return vocabulary.Relation(
        predicate=relation.name,
        subject_types=(relation.subject,),
        object_types=(relation.object,),
        label_zh=relation.label_zh,
        label_en=relation.label_en,
        qualifiers=(*own, *counted, "status"),
        distinguished_by=(*own, "status"),
        description=f"Declared by the user: {relation.label_zh}.",
    )


def _linking_terms(terms: Terms) -> LinkingTerms | None:
    symmetric = frozenset(relation.name for relation in terms.relations if relation.symmetric)
    words = terms.lexicon
    if not (words.aliases or words.titles or words.words or symmetric):
        return None
    return LinkingTerms(words.aliases, words.titles, words.words, symmetric)
