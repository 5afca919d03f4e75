"""Dates and periods in normalised text, resolved against the date of the document."""

from __future__ import annotations

import re

from kg.language.patterns import pattern

DATE = pattern("dates", "date")
PERIOD = pattern("dates", "period")

_PART_OF_YEAR = pattern("dates", "part_of_year")
_LAST_MONTH = re.compile(r"(?:\d{1,2}[—\-至])?(\d{1,2})月")
_UNTIL = re.compile(r"^(?:到|至|截至|截止)")
_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
# Years counted from the document's; the shorter of two words stands first, so that 今年度 becomes 2022年度.
_RELATIVE_YEARS = {
    "今年": 0, "本年": 0, "本年度": 0, "今年度": 0, "全年": 0, "年内": 0,
    "去年": -1, "上年": -1, "上年度": -1, "前年": -2, "明年": 1, "来年": 1,
}  # fmt: skip


def _number(text: str) -> int | None:
    """Return the number of a year, month or day in Arabic or Chinese numerals, None if it is none (二三日)."""
    if text.isdigit():
        return int(text)
    if len(text) == 4:
        return int("".join(str(_DIGITS[character]) for character in text))
    tens, ten, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or ones == "十":
        return None
    if not ten:
        return _DIGITS[tens]
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def date_in(text: str) -> re.Match[str] | None:
    """Return the first calendar date in normalised text, None if there is none.

    >>> date_in("会议于6月17日举行").group()
    '6月17日'
    """
    return DATE.search(text)


def resolve_date(match: re.Match[str], published: str | None) -> str | None:
    """Return the ISO date of a match of `DATE`; without a year it needs the date of the document.

    Args:
        match: A match of `DATE`.
        published: The ISO date of the document, or None.

    >>> resolve_date(date_in("6月17日"), "2022-06-21")
    '2022-06-17'
    """
    return resolve_parts(match["year"], match["month"], match["day"], published)


def resolve_parts(year: str | None, month: str | None, day: str | None, published: str | None) -> str | None:
    """Return the ISO form of a date of which parts may be missing, None if it is none.

    Args:
        year: The year (2022, 2022年, 二〇二二年, 去年), None to take it from the document.
        month: The month, None if only the year is told.
        day: The day, None if it is not told.
        published: The ISO date of the document, or None.

    >>> resolve_parts("去年", "11", None, "2024-01-26"), resolve_parts(None, "12", "28", "2024-01-03")
    ('2023-11', '2023-12-28')
    >>> resolve_parts(None, "13", "1", "2024-01-26"), resolve_parts("2019年", None, None, None)
    (None, '2019')
    """
    months, days = _number(month) if month else None, _number(day) if day else None
    if (month and not (months and 1 <= months <= 12)) or (day and not (days and 1 <= days <= 31)):
        return None
    stated = _year(year, published)
    if stated is None:
        if published is None or year is not None:
            return None
        stated = int(published[:4])
        # December news that is printed in January speaks of the year before.
        if (months or 0, days or 0) > (int(published[5:7]) + 1, 31):
            stated -= 1
    return "-".join([f"{stated:04}", *(f"{part:02}" for part in (months, days) if part)])


def _year(text: str | None, published: str | None) -> int | None:
    """Return the number of a year as written (二〇二二年) or counted from the document's (去年)."""
    if text is None:
        return None
    shift = _RELATIVE_YEARS.get(text)
    if shift is None:
        return _number(text.removesuffix("年"))
    return int(published[:4]) + shift if published else None


def partial_date(text: str) -> str:
    """Return the ISO form of a year or a year and month (2003.08, 2003年8月 → 2003-08).

    Args:
        text: The date in Arabic numerals.

    >>> partial_date("2003.8"), partial_date("2003年")
    ('2003-08', '2003')
    """
    return "-".join(f"{int(number):02}" for number in re.findall(r"\d+", text))


def resolve_period(text: str, published: str | None) -> str:
    """Return a period with its year written out (今年 → 2022年); text that names none is returned as it is.

    Args:
        text: A period as written (今年, 到2025年底, 上半年).
        published: The ISO date of the document, or None.

    >>> resolve_period("今年", "2022-06-21"), resolve_period("到2025年底", None)
    ('2022年', '2025年底')
    """
    text = _UNTIL.sub("", text)
    if published is None:
        return text
    year = int(published[:4])
    for word, shift in _RELATIVE_YEARS.items():
        if text.startswith(word):
            return f"{year + shift}年{text[len(word) :]}"
    if _PART_OF_YEAR.match(text):
        # January news that speaks of 12月 means the year before.
        month = _LAST_MONTH.match(text)
        return f"{year - 1 if month and int(month.group(1)) > int(published[5:7]) + 1 else year}年{text}"
    return f"{year}{text}" if text in ("年底", "年底前") else text
