"""What every extractor is given, and the registry of extractors."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from types import MappingProxyType

from kg.errors import UsageError
from kg.language.organizations import Organization
from kg.language.persons import NameFinder
from kg.language.segmentation import word_ends
from kg.language.sentences import Sentence, split_sentences
from kg.types import Document, EntityType, Fact, Mention, QualifierValue


@dataclass
class Reading:
    """One document under extraction: its sentences and what the sentences so far have made certain.

    Args:
        document: The document as read.
        sentences: Its sentences, furniture left out.
        names: The finder of persons' names, with the names that the document has confirmed.
    """

    document: Document
    sentences: list[Sentence]
    names: NameFinder = field(default_factory=NameFinder)
    _facts: dict[str, tuple[Fact, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Reading:
        """Return the reading of a document, before any extractor has run."""
        return cls(document, split_sentences(document))

    def traditional(self) -> dict[str, str]:
        """Return how the document writes characters that the views give in their simplified form."""
        result: dict[str, str] = {}
        for sentence in self.sentences:
            view = sentence.view
            for character, offset in zip(view.text, view.offsets, strict=True):
                written = self.document.text[offset]
                if written != character and "\u3400" <= written <= "\u9fff":
                    result.setdefault(character, written)
        return result

    def facts(self, family: str) -> tuple[Fact, ...]:
        """Return the facts of a relation family, extracted once a reading; one family may build on another's."""
        if family not in self._facts:
            self._facts[family] = tuple(_REGISTRY[family](self))
        return self._facts[family]

    def ends(self, sentence: Sentence) -> frozenset[int]:
        """Return the borders of words in a sentence's view; the segmenter runs only on sentences that are asked for."""
        return word_ends(sentence.view.text)


Extractor = Callable[[Reading], Iterable[Fact]]
_REGISTRY: dict[str, Extractor] = {}


def relation(name: str) -> Callable[[Extractor], Extractor]:
    """Register an extractor under the name of its relation family.

    Raises:
        UsageError: The name is taken.
    """

    def register(extractor: Extractor) -> Extractor:
        if name in _REGISTRY:
            raise UsageError(f"There is already an extractor named {name!r}; choose another name.")
        _REGISTRY[name] = extractor
        return extractor

    return register


def _load() -> None:
    """Import every module of this package once, so that each registers its extractor."""
    package = importlib.import_module("kg.relations")
    for module in sorted(found.name for found in pkgutil.iter_modules(package.__path__)):
        importlib.import_module(f"kg.relations.{module}")


def relation_names() -> tuple[str, ...]:
    """Return the names of the registered relation families, sorted.

    >>> "holds" in relation_names()
    True
    """
    _load()
    return tuple(sorted(_REGISTRY))


def extract_facts(reading: Reading, only: Iterable[str] | None = None) -> Iterator[Fact]:
    """Yield the facts of every registered extractor (or of those named), in the order of their names.

    Args:
        reading: The document.
        only: Names of relation families, or None for all.

    Raises:
        UsageError: A name in `only` is unknown.
    """
    known = relation_names()
    chosen = known if only is None else tuple(only)
    for name in chosen:
        if name not in _REGISTRY:
            raise UsageError(f"There is no relation named {name!r}; known are {', '.join(known)}.")
        yield from reading.facts(name)


def make_fact(
    sentence: Sentence,
    subject: Mention,
    predicate: str,
    object_: Mention,
    qualifiers: dict[str, QualifierValue],
    confidence: float,
    extractor: str,
) -> Fact:
    """Return a fact whose evidence is the sentence."""
    return Fact(
        subject, predicate, object_, MappingProxyType(qualifiers), sentence.evidence, round(confidence, 3), extractor
    )


def organization_mention(sentence: Sentence, found: Organization) -> Mention:
    """Return the mention of an organisation that was found in a sentence's view."""
    return sentence.mention(found.start, found.end, EntityType.ORGANIZATION)
