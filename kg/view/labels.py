"""From which zoom on a name can stand on the canvas without covering a more important one."""

from __future__ import annotations

import math
from collections import defaultdict
from unicodedata import east_asian_width

FONT_PIXELS = 13
LINE_PIXELS = 18
ALWAYS_FROM = 2.5
"""The zoom from which every name is written, even where two of them touch."""

_STEPS = 12
_TINY = 1e-9

Cell = tuple[int, int]


class _Grid(defaultdict[Cell, list[tuple[float, float, float, float]]]):
    """Cells with the places, widths and zooms of the names in them."""

    def __init__(self) -> None:
        super().__init__(list)


def name_width(name: str) -> float:
    """Return about how wide a name is on the screen, in pixels at `FONT_PIXELS`.

    >>> name_width("会长"), name_width("ab")
    (26.0, 15.6)
    """
    wide = sum(east_asian_width(character) in "WF" for character in name)
    return round(FONT_PIXELS * (wide + 0.6 * (len(name) - wide)), 1)


def label_zooms(points: list[tuple[float, float]], widths: list[float]) -> list[float]:
    """Give each name the smallest zoom at which it covers no name before it; like place names on a map.

    A name keeps its size on the screen while the distances between names grow with the zoom, so two of them
    part at one zoom and stay apart from there on.

    Args:
        points: Where the names stand, in canvas units, the most important name first.
        widths: How wide the names are, in screen pixels, in the same order.

    Returns:
        The zooms in the same order, from 0 (always written) to `ALWAYS_FROM`.

    >>> label_zooms([(0, 0), (0, 300), (20, 0)], [40, 40, 40])
    [0.0, 0.06, 2.0]
    """
    names = _PlacedNames(max(widths, default=0.0) or 1.0)
    return [round(names.add(x, y, width), 3) for (x, y), width in zip(points, widths, strict=True)]


class _PlacedNames:
    """The names placed so far, found by where they stand: in grids that are coarser the smaller the zoom.

    At a zoom only those names can be in the way that are written at it, and these leave each other room, so that few
    of them stand in a cell that is as large as a name.
    """

    def __init__(self, widest: float) -> None:
        self._widest = widest
        self._grids = [_Grid() for _ in range(_STEPS)]

    def add(self, x: float, y: float, width: float) -> float:
        """Place a name after the others and return its zoom."""
        zoom = self._zoom(x, y, width)
        for step, grid in enumerate(self._grids):
            # Below a half of this step's zoom another grid is asked, in which this name must stand too.
            if step and zoom >= ALWAYS_FROM / 2**step:
                break
            grid[self._cell(step, x, y)].append((x, y, width, zoom))
        return zoom

    def _zoom(self, x: float, y: float, width: float) -> float:
        for step, grid in enumerate(self._grids):
            least = ALWAYS_FROM / 2 ** (step + 1)
            column, row = self._cell(step, x, y)
            near = [(column + right, row + down) for right in (-1, 0, 1) for down in (-1, 0, 1)]
            if step == _STEPS - 1:
                least, near = 0.0, list(grid)
            zoom = 0.0
            for cell in near:
                for other_x, other_y, other_width, other_zoom in grid.get(cell, ()):
                    aside, below = abs(other_x - x) + _TINY, abs(other_y - y) + _TINY
                    apart = min((other_width + width) / 2 / aside, LINE_PIXELS / below)
                    # A neighbour that itself appears only after the two have parted is in nobody's way.
                    if apart > zoom and other_zoom < apart:
                        zoom = apart
            # What is farther away than the next cells parts at a smaller zoom.
            if zoom > least:
                return min(zoom, ALWAYS_FROM)
        return 0.0

    def _cell(self, step: int, x: float, y: float) -> Cell:
        least = ALWAYS_FROM / 2 ** (step + 1)
        return math.floor(x * least / self._widest), math.floor(y * least / LINE_PIXELS)
