"""Dates of publication as pages print them, in Arabic and in Chinese numerals."""

from __future__ import annotations

import datetime
import re

_ARABIC = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)(?:\s*日)?")
_CHINESE = re.compile(
    r"([〇○零ＯO一二三四五六七八九]{4})\s*年\s*([元正一二三四五六七八九十]{1,2})\s*月\s*([一二三四五六七八九十廿卅]{1,3})\s*日"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_DIGITS = {**dict.fromkeys("〇○零ＯO", 0), **{one: value for value, one in enumerate("一二三四五六七八九", 1)}}
CLOCK = (
    r"(?:T|\s)*\d{1,2}\s*[:：时点]\s*\d{1,2}(?:\s*[:：分]\s*\d{1,2}(?:\.\d+)?)?(?:\s*[分秒])?"
    r"(?:Z|[+-]\d{2}:?\d{2})?"
)


def find_date(text: str, compact: bool = False) -> tuple[int, int, str] | None:
    """Find the first full date of a text that the calendar has.

    Args:
        text: A line.
        compact: Whether eight digits without separators (`20230518`) are a date too.

    Returns:
        Where it starts and ends, and the date as ISO 8601; or None.

    >>> find_date("发布于2023年5月18日 09:12")
    (3, 13, '2023-05-18')
    >>> find_date("二〇二二年一月五日")
    (0, 9, '2022-01-05')
    >>> find_date("2023-02-30") is None
    True
    """
    arabic = [*_ARABIC.finditer(text), *(_COMPACT.finditer(text) if compact else ())]
    found = [(match.start(), match.end(), iso_date(*map(int, match.groups()))) for match in arabic]
    found += [(match.start(), match.end(), _chinese_iso(*match.groups())) for match in _CHINESE.finditer(text)]
    return min(((start, end, date) for start, end, date in found if date), default=None)


def is_date_line(line: str) -> bool:
    """Say whether a line is one date and nothing else, as below a signature.

    >>> is_date_line("2022年1月5日"), is_date_line("（二〇二二年一月五日）"), is_date_line("2022年1月5日召开")
    (True, True, False)
    """
    line = line.strip(" \t\u3000()（）[]【】")
    found = find_date(line)
    return found is not None and found[0] == 0 and found[1] == len(line)


def iso_date(year: int, month: int, day: int) -> str | None:
    """Return a date as ISO 8601, or None if the calendar does not have it or it lies outside 1900-2100.

    >>> iso_date(2024, 2, 29), iso_date(2023, 2, 29)
    ('2024-02-29', None)
    """
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _chinese_iso(year: str, month: str, day: str) -> str | None:
    return iso_date(int("".join(str(_DIGITS[one]) for one in year)), _small_number(month), _small_number(day))


def _small_number(numeral: str) -> int:
    """Return the value of a Chinese numeral from 1 to 39 (元 and 正 are 1, 廿 is 20, 卅 is 30), else 0."""
    numeral = numeral.translate({ord("元"): "一", ord("正"): "一", ord("廿"): "二十", ord("卅"): "三十"})
    parts = re.fullmatch("([一二三]?)(十?)([一二三四五六七八九]?)", numeral)
    if parts is None:
        return 0
    tens, ten, units = parts.groups()
    if not ten:
        return 0 if tens and units else _DIGITS.get(tens or units, 0)
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(units, 0)
