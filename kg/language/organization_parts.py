"""Names of organisations that begin with the whole of which they are a part: 某局某司, 某银行某分行, 县委宣传部."""

from __future__ import annotations

import functools

from kg.language.lexicon import lookup
from kg.language.organizations import classify
from kg.language.patterns import pattern

_SHORTEST_PART = 2
_SHORTEST_WHOLE = 2


@functools.lru_cache(maxsize=8192)
def whole_length(name: str) -> int:
    """Return how many characters of an organisation's name are the name of its whole, 0 if it is no part of one.

    Of several wholes the nearest counts (某局某司 for 某局某司某处).

    Args:
        name: The normalised characters of the name.

    >>> whole_length("国家统计局综合统计司"), whole_length("县委宣传部"), whole_length("红石集团有限公司")
    (5, 2, 0)
    """
    for cut in range(len(name) - _SHORTEST_PART, _SHORTEST_WHOLE - 1, -1):
        if pattern("structure", "broken_word").match(name, cut - 1):
            continue
        if _is_part(name[cut:], name) and _is_whole(name[:cut]):
            return cut
    return 0


def _is_part(tail: str, name: str) -> bool:
    """Say whether the end of a name is that of a department, branch or body inside an organisation."""
    if tail in lookup("departments", "domain"):
        return True
    if name in lookup("organizations", "canonical"):
        # 中国银行业协会: only a listed department makes a part of what is listed as a whole.
        return False
    return pattern("structure", "part").fullmatch(tail) is not None


def _is_whole(head: str) -> bool:
    """Say whether the beginning of a name is an organisation's own name."""
    if pattern("structure", "no_whole").search(head):
        return False
    if classify(head) in ("known", "strong"):
        return True
    # 某局某司某处: the department is known by the whole that it is part of.
    return len(head) > _SHORTEST_WHOLE and whole_length(head) > 0
