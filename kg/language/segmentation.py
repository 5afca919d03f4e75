"""Word segmentation by spacy-pkuseg with the model shipped in the package; nothing is ever downloaded."""

from __future__ import annotations

import functools
from importlib import resources
from pathlib import Path

import numpy
import spacy_pkuseg


@functools.cache
def segmenter() -> spacy_pkuseg.pkuseg:
    """Return the segmenter, loaded once a process from `kg/resources/model/segmenter`."""
    folder = Path(str(resources.files("kg.resources") / "model" / "segmenter"))
    loaded = spacy_pkuseg.pkuseg(str(folder), user_dict="default")
    # Stored as 16-bit numbers to keep the package small; the decoder reads 64-bit ones.
    loaded.model.w = loaded.model.w.astype(numpy.float64)
    # The wheel's own word list would join words behind the model's back (会长期).
    loaded.postprocesser.do_process = False
    return loaded


@functools.lru_cache(maxsize=20_000)
def word_ends(text: str) -> frozenset[int]:
    """Return the offsets in `text` at which a word ends or begins, 0 and the length included.

    Args:
        text: The normalised characters of a sentence.

    >>> 2 in word_ends("北京是首都")
    True
    """
    ends, position = {0}, 0
    for word in segmenter().cut(text):
        position = text.index(word, position)
        ends.add(position)
        position += len(word)
        ends.add(position)
    ends.add(len(text))
    return frozenset(ends)
