"""Periods of plans and reports in a form in which they can be compared: first and last month."""

from __future__ import annotations

from dataclasses import dataclass

from kg.language.patterns import pattern

_MONTHS = 12
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
# The year in which the fourteenth of the five-year plans began.
_FOURTEENTH, _BEGAN = 14, 2021
# What behind a year means all of it: a level that is to be reached by its end is compared with that of the year.
_WHOLE = {"": (1, 12), "底": (1, 12), "末": (1, 12), "全年": (1, 12), "年底": (1, 12), "年末": (1, 12)}
_HALVES = {"上半年": (1, 6), "下半年": (7, 12), "半年": (1, 6), "年中": (1, 6), "初": (1, 1), "年初": (1, 1)}

Months = tuple[int, int]
"""The first and the last month inside a year."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A period, from its first month to its last.

    Args:
        first: The first month (`2022-01`).
        last: The last month (`2022-12`).

    >>> Period.of("2022年上半年"), Period.of("2022年1—6月") == Period.of("2022年上半年")
    (Period(first='2022-01', last='2022-06'), True)
    >>> Period.of("“十四五”期间"), Period.of("近三年")
    (Period(first='2021-01', last='2025-12'), None)
    """

    first: str
    last: str

    @classmethod
    def of(cls, text: str) -> Period | None:
        """Return the period that text with its year written out names, None if it names none.

        Args:
            text: A period as the qualifier `period` of a fact gives it (2022年, 2025年底, 2021—2025年, 十四五期间).
        """
        plain = "".join(text.split())
        if match := pattern("periods", "years").fullmatch(plain):
            return cls(f"{match['first']}-01", f"{match['last']}-12")
        if match := pattern("periods", "five_years").fullmatch(plain):
            began = _BEGAN + 5 * (_number(match["plan"]) - _FOURTEENTH)
            return cls(f"{began + 4 if match['end'] else began}-01", f"{began + 4}-12")
        match = pattern("periods", "year").fullmatch(plain)
        months = _months(match["part"]) if match else None
        return cls(f"{match['year']}-{months[0]:02}", f"{match['year']}-{months[1]:02}") if match and months else None

    @property
    def year(self) -> Period | None:
        """The year of which this period is the beginning, None if it is none or all of it.

        >>> Period.of("2022年前三季度").year, Period.of("2022年下半年").year, Period.of("2022年").year
        (Period(first='2022-01', last='2022-12'), None, None)
        """
        year = self.first[:4]
        begins = self.first == f"{year}-01" and self.last[:4] == year and self.last != f"{year}-12"
        return Period(f"{year}-01", f"{year}-12") if begins else None

    @property
    def label(self) -> str:
        """The period in words.

        >>> [Period.of(text).label for text in ("到2022年底"[1:], "2022年1—6月", "十四五期间", "2022年6月")]
        ['2022年', '2022年上半年', '2021—2025年', '2022年6月']
        """
        (first, start), (last, end) = (month.split("-") for month in (self.first, self.last))
        if first != last:
            return f"{first}—{last}年"
        months = (int(start), int(end))
        named = {(1, 12): "", (1, 6): "上半年", (7, 12): "下半年", (1, 9): "前三季度"}
        if months in named:
            return f"{first}年{named[months]}"
        return f"{first}年{months[1]}月" if months[0] == months[1] else f"{first}年{months[0]}—{months[1]}月"


def _months(part: str) -> Months | None:
    """Return the months of a year that text behind it means."""
    if part in _WHOLE or part in _HALVES:
        return (_WHOLE | _HALVES)[part]
    return next((found for read in (_of_months, _of_first_months, _of_quarters) if (found := read(part))), None)


def _of_months(part: str) -> Months | None:
    match = pattern("periods", "months").fullmatch(part)
    if not match:
        return None
    last = int(match["last"])
    # 6月底 is what has been reached by then, since the beginning of the year.
    first = int(match["first"]) if match["first"] else 1 if match["by"] else last
    return (first, last) if 1 <= first <= last <= _MONTHS else None


def _of_first_months(part: str) -> Months | None:
    match = pattern("periods", "first_months").fullmatch(part)
    last = _number(match["number"]) if match else 0
    return (1, last) if 1 <= last <= _MONTHS else None


def _of_quarters(part: str) -> Months | None:
    match = pattern("periods", "quarters").fullmatch(part)
    if not match:
        return None
    last = 3 * _number(match["number"])
    return (1 if match["first"] or match["by"] else last - 2), last


def _number(text: str) -> int:
    """Return the number of a numeral below a hundred.

    >>> _number("十四"), _number("三"), _number("12")
    (14, 3, 12)
    """
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    below_ten = _DIGITS.get(ones, 0)
    return _DIGITS.get(tens, 1) * 10 + below_ten if ten else below_ten
