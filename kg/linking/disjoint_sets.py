"""Sets that grow together (union-find), with pairs that must stay apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


class DisjointSets(Generic[Item]):
    """Disjoint sets with union by size and path halving.

    Source: Tarjan and van Leeuwen, "Worst-case analysis of set union algorithms", 1984.

    >>> sets = DisjointSets()
    >>> sets.keep_apart("甲", "丙")
    >>> sets.union("甲", "乙"), sets.union("乙", "丙")
    (True, False)
    >>> sets.find("甲") == sets.find("乙")
    True
    """

    def __init__(self) -> None:
        self._parent: dict[Item, Item] = {}
        self._size: dict[Item, int] = {}
        self._apart: defaultdict[Item, set[Item]] = defaultdict(set)

    def __iter__(self) -> Iterator[Item]:
        """Yield every item that was ever named."""
        return iter(self._parent)

    def find(self, item: Item) -> Item:
        """Return the item that stands for the set of an item."""
        parent = self._parent
        if item not in parent:
            parent[item] = item
            self._size[item] = 1
            return item
        while parent[item] != item:
            item = parent[item] = parent[parent[item]]
        return item

    def keep_apart(self, a: Item, b: Item) -> None:
        """Let two sets never become one."""
        first, second = self.find(a), self.find(b)
        self._apart[first].add(second)
        self._apart[second].add(first)

    def union(self, a: Item, b: Item) -> bool:
        """Join the sets of two items; return whether they are one now."""
        first, second = self.find(a), self.find(b)
        if first == second:
            return True
        if self._is_apart(first, second):
            return False
        if self._size[first] < self._size[second]:
            first, second = second, first
        self._parent[second] = first
        self._size[first] += self._size.pop(second)
        if second in self._apart:
            self._apart[first] |= self._apart.pop(second)
        return True

    def _is_apart(self, first: Item, second: Item) -> bool:
        for one, other in ((first, second), (second, first)):
            if any(self.find(item) == other for item in self._apart.get(one, ())):
                return True
        return False

    def groups(self, items: Iterable[Item] | None = None) -> list[list[Item]]:
        """Return the sets of the given items, or of all, each in the order in which its items were named."""
        found: defaultdict[Item, list[Item]] = defaultdict(list)
        for item in self._parent if items is None else items:
            found[self.find(item)].append(item)
        return list(found.values())
