"""What a single text tells about names and places: all that linking needs of it besides its facts.

Clues are a pure function of one document, small, and can be kept (`to_dict`): linking a corpus again reads no text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.language.patterns import pattern
from kg.linking.corrected_figures import FigureCorrection, figure_correction
from kg.linking.reprints import Fingerprint, make_fingerprint
from kg.types import Document

Pair = tuple[str, str]

_PUNCTUATION = str.maketrans({"(": "（", ")": "）", ",": "，", ";": "；", ":": "：", "!": "！", "?": "？"})
_LONGEST_PLACES = 60
_SENTENCE_ENDS = "。！？!?\n"


@dataclass(frozen=True, slots=True)
class Clues:
    """What a document tells.

    Args:
        document: The id of the document.
        published: Its publication date, or None.
        title: Its title, empty if it has none.
        publisher: Its publisher, empty if it names none.
        places: Strings of up to four characters before the name of a level (在平阜市) with their number.
        definitions: What stands before a definition of a short form, and the short form.
        renames: What stands before 更名为, and what stands behind.
        merges: What stands before 合并组建, and what stands behind.
        misprints: The wrong form and the right one.
        figures: What is said about misprinted figures.
        fingerprint: What its text is known by.

    >>> document_clues(Document("a", "平阜市总工会(以下简称“市总”)开会。")).definitions
    (('平阜市总工会', '市总'),)
    """

    document: str
    published: str | None = None
    title: str = ""
    publisher: str = ""
    places: tuple[tuple[str, int], ...] = ()
    definitions: tuple[Pair, ...] = ()
    renames: tuple[Pair, ...] = ()
    merges: tuple[Pair, ...] = ()
    misprints: tuple[Pair, ...] = ()
    figures: tuple[FigureCorrection, ...] = ()
    fingerprint: Fingerprint = field(default_factory=lambda: Fingerprint((), ()))

    def to_dict(self) -> dict[str, Any]:
        """Return the clues as a JSON object."""
        record = {key: getattr(self, key) for key in self.__dataclass_fields__}
        return {**record, "fingerprint": [list(self.fingerprint.hashes), list(self.fingerprint.figures)]}

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Clues:
        """Make clues from their JSON object.

        >>> clues = document_clues(Document("a", "甲市总工会更名为乙市总工会。"))
        >>> Clues.from_dict(clues.to_dict()) == clues
        True
        """

        def pairs(key: str) -> tuple[Any, ...]:
            return tuple((first, second) for first, second in record[key])

        hashes, figures = record["fingerprint"]
        return cls(
            record["document"],
            record["published"],
            record["title"],
            record["publisher"],
            pairs("places"),
            pairs("definitions"),
            pairs("renames"),
            pairs("merges"),
            pairs("misprints"),
            tuple(FigureCorrection(*figure) for figure in record["figures"]),
            Fingerprint(tuple(hashes), tuple(figures)),
        )


def document_clues(document: Document) -> Clues:
    """Return the clues of a document.

    Args:
        document: The document as read.

    >>> document_clues(Document("a", '误将"邵建平"写为"邵建萍"。')).misprints
    (('邵建萍', '邵建平'),)
    """
    text = document.text.translate(_PUNCTUATION)
    misprints = _misprints(text)
    places = Counter(match.group() for match in pattern("corpus_clues", "place").finditer(text))
    return Clues(
        document.id,
        document.published,
        document.title or "",
        document.publisher or "",
        tuple(sorted(places.most_common(_LONGEST_PLACES))),
        _pairs(text, "称", "aliases", ("defined",), "full", "short"),
        _pairs(text, "名称原曾前变", "corpus_clues", ("renamed", "formerly"), "old", "new"),
        _pairs(text, "并合组", "corpus_clues", ("merged",), "old", "new"),
        tuple(dict.fromkeys((wrong, right) for wrong, right, _ in misprints)),
        _figures(document, misprints),
        make_fingerprint(document),
    )


def _pairs(text: str, hints: str, file: str, names: Iterable[str], first: str, second: str) -> tuple[Pair, ...]:
    """Return the two groups of every match, in order; a text without one of the hints has none."""
    if not any(hint in text for hint in hints):
        return ()
    found = [match for name in names for match in pattern(file, name).finditer(text)]
    return tuple(dict.fromkeys((match[first], match[second]) for match in found))


def _misprints(text: str) -> list[tuple[str, str, int]]:
    """Return what was printed, what should have been, and where a text says so."""
    if "误" not in text and "错" not in text and "更正" not in text and "应为" not in text:
        return []
    matches = pattern("corpus_clues", "misprinted").finditer(text)
    found = [(match["wrong"] or match["wrong2"], match["right"] or match["right2"], match.start()) for match in matches]
    return [one for one in found if one[0] != one[1]]


def _figures(document: Document, misprints: Iterable[tuple[str, str, int]]) -> tuple[FigureCorrection, ...]:
    found = (figure_correction(wrong, right, _sentence(document.text, place)) for wrong, right, place in misprints)
    return tuple(dict.fromkeys(one for one in found if one))


def _sentence(text: str, place: int) -> str:
    """Return the sentence around a place."""
    start = max(text.rfind(mark, 0, place) for mark in _SENTENCE_ENDS) + 1
    ends = [end for mark in _SENTENCE_ENDS if (end := text.find(mark, place)) >= 0]
    return text[start : min(ends, default=len(text)) + 1].strip()
