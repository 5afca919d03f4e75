"""Reprints: the same text with other furniture, as news sites copy each other; it is one support, not two.

A text is known by a sample of its shingles (runs of twelve characters, punctuation and white space left out), after
Broder, "On the resemblance and containment of documents", 1997: the hashes that a modulus selects estimate the
containment, the least of them find candidates. A text with other names and figures in the same phrases is a new text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kg.language.wrapping import wrapped_breaks
from kg.linking.disjoint_sets import DisjointSets
from kg.types import Document

_SHINGLE = 12
_SAMPLED = 2
_LEAST = 24
# A hash in more texts than this is a set phrase and finds no candidates.
_COMMON = 64
_CONTAINED, _COVERED, _FIGURES = 0.74, 0.4, 0.8
_FEW_FIGURES, _FIGURES_OF_FEW = 3, 0.5
_SENTENCE_END = re.compile(r"[。！？；：…]")
_NOT_A_WORD = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]+")
_FIGURE = re.compile(r"\d+(?:[.．]\d+)?")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_WIDTHS = str.maketrans("０１２３４５６７８９．", "0123456789.")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text to know it again.

    Args:
        hashes: The sampled hashes of its shingles, ascending.
        figures: The different numbers in it, sorted.

    >>> make_fingerprint(Document("a", "全市各级工会组织共培训职工3000人次，新建站点20家。")).figures
    ('20', '3000')
    """

    hashes: tuple[int, ...]
    figures: tuple[str, ...]


def make_fingerprint(document: Document) -> Fingerprint:
    """Return the fingerprint of a document: of its running text, without furniture, headlines and labels."""
    text = "".join(_NOT_A_WORD.sub("", line) for line in _running_text(document))
    figures = {figure for line in _running_text(document) for figure in _FIGURE.findall(line)}
    if len(text) < _SHINGLE:
        return Fingerprint((), tuple(sorted(figures)))
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    with np.errstate(over="ignore"):
        hashes = np.zeros(len(codes) - _SHINGLE + 1, dtype=np.uint64)
        for place in range(_SHINGLE):
            hashes = hashes * _FACTOR + codes[place : place + len(hashes)]
        hashes ^= hashes >> np.uint64(29)
        hashes *= np.uint64(0xBF58476D1CE4E5B9)
        hashes ^= hashes >> np.uint64(32)
    # 53 bits survive every file format that knows floats only.
    sampled = np.unique(hashes[hashes % np.uint64(_SAMPLED) == 0] >> np.uint64(11))
    return Fingerprint(tuple(int(value) for value in sampled), tuple(sorted(figures)))


def _running_text(document: Document) -> Iterable[str]:
    """Yield the lines with a sentence in them, outside of furniture; a hard-wrapped paragraph is one line."""
    characters = list(document.text.translate(_WIDTHS))
    for place in wrapped_breaks(document.text):
        # As many characters as before, so that the spans of furniture stay right.
        characters[place] = " "
    text = "".join(characters)
    furniture = sorted(document.furniture)
    borders = [0, *(border for span in furniture for border in span), len(document.text)]
    for start, end in list(pairwise(borders))[::2]:
        for line in text[start:end].splitlines():
            if _SENTENCE_END.search(line.rstrip()[-2:]) and len(line.strip()) >= _SHINGLE:
                yield line


def is_reprint(a: Fingerprint, b: Fingerprint) -> bool:
    """Say whether one of two texts is the other with small changes: paragraphs left out, other punctuation."""
    shorter, longer = sorted((len(a.hashes), len(b.hashes)))
    # The text that is much longer is told first, for comparing the hashes costs most.
    if not shorter or shorter < _COVERED * longer:
        return False
    shared = len(set(a.hashes).intersection(b.hashes))
    if shared < _CONTAINED * shorter or shared < _COVERED * longer:
        return False
    least = min(len(a.figures), len(b.figures))
    # Of few figures one may be a date in a byline that another site leaves out.
    wanted = _FIGURES if least >= _FEW_FIGURES else _FIGURES_OF_FEW
    return len(set(a.figures) & set(b.figures)) >= wanted * least


def find_reprints(
    fingerprints: Mapping[str, Fingerprint], published: Mapping[str, str | None] | None = None
) -> dict[str, str]:
    """Return document → the one that it reprints, for the documents that reprint one.

    Args:
        fingerprints: Document → fingerprint.
        published: Document → publication date; of several the earliest is the original, then the first by name.

    >>> text = "全市各级工会组织共培训职工3000人次，新建户外劳动者服务站点20家，发展会员两万人。"
    >>> print_of = {name: make_fingerprint(Document(name, text)) for name in ("b", "a")}
    >>> find_reprints(print_of)
    {'b': 'a'}
    """
    dates = published or {}
    sets: DisjointSets[str] = DisjointSets()
    for a, b in sorted(_candidates(fingerprints)):
        if sets.find(a) != sets.find(b) and is_reprint(fingerprints[a], fingerprints[b]):
            sets.union(a, b)
    result = {}
    for group in sets.groups():
        first = min(group, key=lambda document: (dates.get(document) or "9999", document))
        result.update({document: first for document in group if document != first})
    return dict(sorted(result.items()))


def _candidates(fingerprints: Mapping[str, Fingerprint]) -> set[tuple[str, str]]:
    """Return the pairs of documents that share one of their least hashes."""
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for document in sorted(fingerprints):
        for value in fingerprints[document].hashes[:_LEAST]:
            holders[value].append(document)
    pairs: set[tuple[str, str]] = set()
    for documents in holders.values():
        if 1 < len(documents) <= _COMMON:
            pairs.update(_pairs(documents))
        elif len(documents) > _COMMON:
            # So often copied, or a set phrase: neighbours in order are enough to find chains of copies.
            pairs.update(pairwise(documents))
    return pairs


def _pairs(documents: Sequence[str]) -> Iterable[tuple[str, str]]:
    return ((a, b) for place, a in enumerate(documents) for b in documents[place + 1 :])
