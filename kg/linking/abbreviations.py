"""Which full names of a corpus a short one may abbreviate, found without comparing it with all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.linking.organization_names import NameParts, abbreviates

_SMALL_BLOCK = 48


class AbbreviationIndex:
    """Full names in blocks of one place and one first character; a large block knows who has which character.

    Args:
        full: Name → its parts, of names that are complete.

    >>> from kg.linking.organization_names import parse_name
    >>> index = AbbreviationIndex({name: parse_name(name) for name in ("江源省轻纺工业联合会", "江源省田径协会")})
    >>> index.full_names(parse_name("江源省轻纺联"))
    ['江源省轻纺工业联合会']
    """

    def __init__(self, full: Mapping[str, NameParts]) -> None:
        self._full = full
        self._blocks: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for name, parts in sorted(full.items()):
            if parts.body:
                self._blocks[parts.key[0], parts.body[0]].append(name)
        self._holders: dict[tuple[str, str], dict[str, set[str]]] = {}

    def full_names(self, short: NameParts) -> list[str]:
        """Return the names that a short one may abbreviate, sorted."""
        block = (short.key[0], short.body[0])
        names = self._blocks.get(block, [])
        if len(names) > _SMALL_BLOCK:
            holders = self._holders_of(block)
            sets = sorted((holders.get(character, set()) for character in set(short.body)), key=len)
            names = sorted(set.intersection(*sets))
        return [name for name in names if name != short.text and abbreviates(short, self._full[name])]

    def _holders_of(self, block: tuple[str, str]) -> dict[str, set[str]]:
        if block not in self._holders:
            holders: defaultdict[str, set[str]] = defaultdict(set)
            for name in self._blocks[block]:
                for character in set(self._full[name].body):
                    holders[character].add(name)
            self._holders[block] = dict(holders)
        return self._holders[block]
