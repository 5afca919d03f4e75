"""What every extractor is given, and the registry of extractors."""

from __future__ import annotations

import functools
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
        """Return the reading of a document, before any extractor has run.

        >>> len(Reading.of(Document("a", "会议开始。会议结束。")).sentences)
        2
        """
        return cls(document, split_sentences(document))

    def traditional(self) -> dict[str, str]:
        """Return how the document writes characters that the views give in their simplified form.

        >>> Reading.of(Document("a", "總工會主席")).traditional()
        {'总': '總', '会': '會'}
        """
        result: dict[str, str] = {}
        for sentence in self.sentences:
            view = sentence.view
            for character, offset in zip(view.text, view.offsets, strict=True):
                written = self.document.text[offset]
                if written != character and "\u3400" <= written <= "\u9fff":
                    result.setdefault(character, written)
        return result

    def facts(self, family: str) -> tuple[Fact, ...]:
        """Return the facts of a relation family, extracted once a reading; one family may build on another's.

        >>> known = relation_names()
        >>> [fact.predicate for fact in Reading.of(Document("a", "红石市总工会主席王倩出席会议。")).facts("holds")]
        ['holds', 'at']
        """
        if family not in self._facts:
            self._facts[family] = tuple(_REGISTRY[family](self))
        return self._facts[family]

    def ends(self, sentence: Sentence) -> frozenset[int]:
        """Return the borders of words in a sentence's view; the segmenter runs only on sentences that are asked for.

        >>> reading = Reading.of(Document("a", "北京是首都。"))
        >>> 2 in reading.ends(reading.sentences[0])
        True
        """
        return word_ends(sentence.view.text)


Extractor = Callable[[Reading], Iterable[Fact]]
_REGISTRY: dict[str, Extractor] = {}


def relation(name: str) -> Callable[[Extractor], Extractor]:
    """Return a decorator that registers an extractor under the name of its relation family.

    Args:
        name: The name of the family.

    Raises:
        UsageError: The name is taken.

    >>> known = relation_names()
    >>> relation("holds")(lambda reading: ())
    Traceback (most recent call last):
    kg.errors.UsageError: There is already an extractor named 'holds'; choose another name.
    """

    def register(extractor: Extractor) -> Extractor:
        if name in _REGISTRY:
            raise UsageError(f"There is already an extractor named {name!r}; choose another name.")
        _REGISTRY[name] = extractor
        return extractor

    return register


@functools.cache
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

    >>> facts = extract_facts(Reading.of(Document("a", "红石市总工会主席王倩出席会议。")), ["holds"])
    >>> [fact.predicate for fact in facts]
    ['holds', 'at']
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
    """Return a fact whose evidence is the sentence.

    Args:
        sentence: The sentence.
        subject: The mention that the relation starts from.
        predicate: The name of the relation.
        object_: The mention that the relation leads to.
        qualifiers: What narrows the relation.
        confidence: From 0 to 1.
        extractor: The rule that made the fact.

    >>> sentence = Reading.of(Document("a", "张三会长")).sentences[0]
    >>> person, post = sentence.mention(0, 2, EntityType.PERSON), sentence.mention(2, 4, EntityType.POSITION)
    >>> make_fact(sentence, person, "holds", post, {}, 0.9, "holds.title_after_name").evidence.sentence
    '张三会长'
    """
    return Fact(
        subject, predicate, object_, MappingProxyType(qualifiers), sentence.evidence, round(confidence, 3), extractor
    )


def organization_mention(sentence: Sentence, found: Organization) -> Mention:
    """Return the mention of an organisation that was found in a sentence's view.

    >>> sentence = Reading.of(Document("a", "红石市总工会主席")).sentences[0]
    >>> organization_mention(sentence, Organization.of(sentence.view.text, 0, 6)).name
    '红石市总工会'
    """
    said = sentence.view.text[found.start : found.end]
    # 江苏、浙江两省总工会: 江苏 stands for 江苏省总工会.
    return sentence.mention(found.start, found.end, EntityType.ORGANIZATION, "" if said == found.text else found.text)
