"""Words without which a regular expression cannot match: sentences that have none of them need no closer look."""

from __future__ import annotations

import re

# A class, a group of words, a run of characters; whatever else is one sign at a time.
_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]"
    r"|\(\?:(?P<group>[一-龥]+(?:\|[一-龥]+)*)\)(?P<group_optional>[?*{])?"
    r"|(?P<word>[一-龥]+)(?P<word_optional>[?*{])?"
    r"|.",
    re.DOTALL,
)


def required_words(pattern: str) -> tuple[str, ...]:
    """Return words of which every match of a pattern contains one; none if that cannot be told.

    Only words and groups of words outside of other groups are looked at. Of several the longest decide.

    Args:
        pattern: A regular expression with `{subject}` and `{object}`.

    >>> required_words("{subject}(?:与|和){object}[^。]{0,9}(?:签署|签订)(?:了)?")
    ('签署', '签订')
    >>> required_words("{subject}访问{object}|{object}接待{subject}")
    ()
    """
    best: tuple[str, ...] = ()
    depth = 0
    for token in _TOKEN.finditer(re.sub(r"\{(?:subject|object)\}", ".", pattern)):
        sign = token.group()
        if sign == "|" and depth == 0:
            return ()
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth == 0:
            best = max(best, _words(token), key=lambda words: min(map(len, words), default=0))
    return best


def _words(token: re.Match[str]) -> tuple[str, ...]:
    if token["group"] and not token["group_optional"]:
        return tuple(token["group"].split("|"))
    # A quantifier concerns the last character alone.
    word = (token["word"] or "")[: -1 if token["word_optional"] else None]
    return (word,) if word else ()
