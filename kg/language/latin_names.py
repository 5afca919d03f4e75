"""Names in Latin letters, and Chinese ones made anonymous (张某某)."""

from __future__ import annotations

import re

_LATIN = re.compile(r"[A-Z][a-zA-Z'’]+(?: (?:[A-Z]\.? )?[A-Z][a-zA-Z'’]+){1,3}")


_LATIN_BEFORE = re.compile(_LATIN.pattern + "$")


_ANONYMOUS = re.compile(r"[\u4e00-\u9fff]某{1,2}[\u4e00-\u9fff]?")


def latin_name_after(text: str, start: int) -> int | None:
    """Return where the name in Latin letters that begins at `start` ends, None if none does.

    >>> latin_name_after("Peter Huang出席", 0)
    11
    """
    match = _LATIN.match(text, start)
    return match.end() if match else None


def latin_name_before(text: str, end: int, floor: int = 0) -> int | None:
    """Return where the name in Latin letters that ends at `end` begins, None if none does.

    >>> latin_name_before("副会长Peter Huang（", 14)
    3
    """
    match = _LATIN_BEFORE.search(text[floor:end])
    return floor + match.start() if match else None


def anonymous_name_after(text: str, start: int) -> int | None:
    """Return where the name made anonymous (张某某) that begins at `start` ends, None if none does.

    >>> anonymous_name_after("张某某", 0)
    3
    """
    match = _ANONYMOUS.match(text, start)
    return match.end() if match else None
