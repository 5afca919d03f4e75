"""What single documents say about persons, and the spelling in which names of persons are compared."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

_DOTS = re.compile(r"[·•・‧∙⋅．]")
_CURRENT = frozenset({"current", "appointed"})
# Seats that thousands hold at once say little about who somebody is.
_COMMON_SEATS = frozenset({"代表", "委员", "党员", "会员", "党代表", "人大代表", "政协委员", "团员"})

Unit = tuple[str, str]
"""A document and a name in it."""


@dataclass(slots=True)
class Profile:
    """What a document says about a person.

    Args:
        organizations: The bodies at which the person holds or held something, with the number of facts.
        current: Those at which the person is now.
        context: All bodies of the document.
        published: The publication date of the document, or None.
        facts: The number of facts.
    """

    organizations: Counter[str] = field(default_factory=Counter)
    current: set[str] = field(default_factory=set)
    context: frozenset[str] = frozenset()
    published: str | None = None
    facts: int = 0

    def add_post(self, organization: str, title: str, status: str) -> None:
        """Add that the person holds or held a title at a body."""
        if title in _COMMON_SEATS:
            return
        self.organizations[organization] += 1
        if status in _CURRENT:
            self.current.add(organization)


def spelled(name: str) -> str:
    """Return a person's name in the one spelling in which names are compared.

    >>> spelled("王 倩"), spelled("阿依古丽•买买提")
    ('王倩', '阿依古丽·买买提')
    """
    return _DOTS.sub("·", "".join(name.split()))


def designated(text: str) -> tuple[str, str | None]:
    """Return the name and the organisation of a person who is told apart by it.

    >>> designated("王倩（甲局）"), designated("王倩")
    (('王倩', '甲局'), ('王倩', None))
    """
    match = re.fullmatch(r"(?P<name>[^（(]+)[（(](?P<body>.+)[）)]", text)
    return (match["name"], match["body"]) if match else (text, None)
