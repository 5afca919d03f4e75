"""From which zoom on a name can stand on the canvas without covering a more important one."""

from __future__ import annotations

from unicodedata import east_asian_width

import numpy as np
from numpy.typing import NDArray

FONT_PIXELS = 13
LINE_PIXELS = 18
ALWAYS_FROM = 2.5
"""The zoom from which every name is written, even where two of them touch."""


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
    place = np.asarray(points, dtype=float).reshape(len(points), 2)
    width = np.asarray(widths, dtype=float)
    zooms: NDArray[np.float64] = np.zeros(len(points))
    for index in range(1, len(points)):
        distance = np.abs(place[:index] - place[index]) + 1e-9
        apart = np.minimum((width[:index] + width[index]) / 2 / distance[:, 0], LINE_PIXELS / distance[:, 1])
        # A neighbour that itself appears only after the two have parted is in nobody's way.
        apart[zooms[:index] >= apart] = 0.0
        zooms[index] = min(float(apart.max()), ALWAYS_FROM)
    return [round(float(zoom), 3) for zoom in zooms]
