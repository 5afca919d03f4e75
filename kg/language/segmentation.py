"""Word segmentation with the spacy-pkuseg model shipped in the package; nothing is ever downloaded."""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

import numpy
import spacy_pkuseg
from spacy_pkuseg.inference import decodeViterbi_fast

_PIECE = re.compile(r"\S+")
# One character for each class of characters that the model does not tell apart, and what its features call it.
_CLASSES = {"\ue000": "**Num", "\ue001": "**Letter"}
_LONGEST_WORD, _SHORTEST_WORD = 6, 2


class _Segmenter:
    """Finds the words that `pkuseg.cut` finds, but looks up only the features that the shipped model has.

    For every character the package puts together the names of some eighty features; most of them say that no word of
    the model's list stands there, and the shipped model has no weights for those.
    """

    def __init__(self, folder: Path) -> None:
        loaded = spacy_pkuseg.pkuseg(str(folder), user_dict="default")
        self._model = loaded.model
        # Stored as 16-bit numbers to keep the package small; the decoder reads 64-bit ones.
        weights = self._model.w.astype(numpy.float64)
        # A feature without weight behind the others stands for those that the model does not have.
        self._none = len(weights) // self._model.n_tag
        self._model.w = numpy.concatenate([weights, numpy.zeros(self._model.n_tag)])
        self._begins = frozenset(index for index, tag in loaded.idx_to_tag.items() if "B" in tag)
        extractor = loaded.feature_extractor
        # Kind of feature → what it is about → its number.
        self._features: dict[str, dict[str, int]] = {}
        for name, number in extractor.feature_to_idx.items():
            kind, _, about = name.partition(".")
            for character, called in _CLASSES.items():
                about = about.replace(called, character)
            self._features.setdefault(kind, {})[about.replace(".", "")] = number
        pairs = (pair[1:].split("*") for pair in self._features["ww"])
        weighed = {*self._features["w1"], *self._features["w-1"], *itertools.chain.from_iterable(pairs)}
        self._words = frozenset(word for word in weighed & extractor.unigram if len(word) >= _SHORTEST_WORD)
        self._beginnings = frozenset(word[:_SHORTEST_WORD] for word in self._words)
        members = zip(_CLASSES, (extractor.num, extractor.letter), strict=True)
        classes = {ord(member): character for character, group in members for member in group}
        self._classes = classes | extractor.keywords_translate_table

    def beginnings(self, text: str) -> list[int]:
        """Return the offsets in a text without white space at which a word begins."""
        _, tags = decodeViterbi_fast(self._numbers(text.translate(self._classes)), self._model)
        return [0, *(place for place, tag in enumerate(tags) if place and tag in self._begins)]

    def _numbers(self, text: str) -> list[tuple[int, ...]]:
        """Return the numbers of each character's features, in the order in which the package sums their weights."""
        pairs = [one + other for one, other in itertools.pairwise(text)]
        columns = (
            # 0 is the feature that every character has.
            itertools.repeat(0),
            self._column("c", text, 0),
            self._column("c-1", text, 1),
            self._column("c-1c", pairs, 1),
            self._column("c1", text[1:], 0),
            self._column("cc1", pairs, 0),
            self._column("c-2", text, 2),
            self._column("c-2c-1", pairs, 2),
            self._column("c2", text[2:], 0),
        )
        rows = list(itertools.islice(zip(*columns, strict=False), len(text)))
        self._add_words(rows, text, [place for place, pair in enumerate(pairs) if pair in self._beginnings])
        return rows

    def _column(self, kind: str, things: Sequence[str], shift: int) -> Iterator[int]:
        """Yield the number of one kind of feature for each character, and go on without end."""
        none = itertools.repeat(self._none)
        return itertools.chain([self._none] * shift, map(self._features[kind].get, things, none), none)

    def _add_words(self, rows: list[tuple[int, ...]], text: str, places: list[int]) -> None:
        """Add the features of the listed words that end and begin at a character, and of pairs of words.

        Args:
            rows: The numbers of each character's features.
            text: The characters.
            places: Where two characters stand that begin a listed word.
        """
        starting: defaultdict[int, list[str]] = defaultdict(list)
        ending: defaultdict[int, list[str]] = defaultdict(list)
        for size in range(_LONGEST_WORD, _SHORTEST_WORD - 1, -1):
            for place in places:
                word = text[place : place + size]
                if word in self._words and len(word) == size:
                    starting[place].append(word)
                    ending[place + size - 1].append(word)
        first, last, pair = self._features["w1"], self._features["w-1"], self._features["ww"]
        for place in starting.keys() | ending.keys():
            here, there = starting.get(place, ()), ending.get(place, ())
            names = [last.get(word) for word in there] + [first.get(word) for word in here]
            names += [pair.get(f"l{one}*{other}") for one in ending.get(place - 1, ()) for other in here]
            names += [pair.get(f"r{one}*{other}") for one in there for other in starting.get(place + 1, ())]
            rows[place] += tuple(number for number in names if number is not None)


@functools.cache
def segmenter() -> _Segmenter:
    """Return the segmenter, loaded once a process from `kg/resources/model/segmenter`."""
    return _Segmenter(Path(str(resources.files("kg.resources") / "model" / "segmenter")))


@functools.lru_cache(maxsize=20_000)
def word_ends(text: str) -> frozenset[int]:
    """Return the offsets in `text` at which a word ends or begins, 0 and the length included.

    Args:
        text: The normalised characters of a sentence.

    >>> 2 in word_ends("北京是首都")
    True
    """
    ends = {0, len(text)}
    for piece in _PIECE.finditer(text):
        ends.add(piece.end())
        ends.update(piece.start() + place for place in segmenter().beginnings(piece.group()))
    return frozenset(ends)
