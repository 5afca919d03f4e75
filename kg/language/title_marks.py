"""Title marks: whether a place in a text lies inside 《…》."""

from __future__ import annotations


def inside_title(text: str, place: int) -> bool:
    """Say whether a title is open at an offset.

    Args:
        text: The normalised characters of a sentence.
        place: An offset in it.

    >>> inside_title("印发《管理办法》", 4), inside_title("印发《管理办法》", 2)
    (True, False)
    """
    return text.count("《", 0, place) > text.count("》", 0, place)
