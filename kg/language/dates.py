"""Dates and periods in normalised text, resolved against the date of the document."""

from __future__ import annotations

import re

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2}|[一二][〇零○一二三四五六七八九]{3})年)?(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<day>\d{1,3}|[一二三四五六七八九十]{1,3})日"
)
_RELATIVE_YEAR = {"今年": 0, "本年": 0, "本年度": 0, "今年度": 0, "全年": 0, "年内": 0, "去年": -1, "上年": -1, "上年度": -1, "前年": -2, "明年": 1, "来年": 1}
_YEAR = r"(?:19|20)\d{2}年"
PERIOD = re.compile(
    rf"(?:到|至|截至|截止)?(?:{_YEAR}|今年|去年|明年|前年|上年|本年度?|当年)(?:年?底|末|初|前|全年|上半年|下半年|前?[一二三四1-4]季度|前[一二三四五六七八九十\d]+个?月|\d{{1,2}}(?:[—\-至]\d{{1,2}})?月份?(?:底|末)?)?(?:以前|之前|起)?"
    rf"|[“\"]?[一二三四五六七八九十]{{2,3}}五[”\"]?(?:时期|期间|末|以来)?|前[一二三四五六七八九十\d]+个?月|上半年|下半年|前?[一二三四]季度|一季度|年底前?|年内|未来[一二三四五六七八九十\d]+年|[一二三四五六七八九十\d]+年内|近[一二三四五六七八九十\d]+年|全年|\d{{1,2}}(?:[—\-至]\d{{1,2}})月份?|\d{{1,2}}月份"
)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if len(text) == 4:
        return int("".join(str(_DIGITS[character]) for character in text))
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return _DIGITS[text]


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
    month, day = _number(match["month"]), _number(match["day"])
    if match["year"]:
        year = _number(match["year"])
    elif published:
        year = int(published[:4])
        # December news that is printed in January speaks of the year before.
        if (month, day) > (int(published[5:7]) + 1, 31):
            year -= 1
    else:
        return None
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def resolve_period(text: str, published: str | None) -> str:
    """Return a period with its year written out (今年 → 2022年); text that names none is returned as it is.

    Args:
        text: A period as written (今年, 到2025年底, 上半年).
        published: The ISO date of the document, or None.

    >>> resolve_period("今年", "2022-06-21"), resolve_period("到2025年底", None)
    ('2022年', '2025年底')
    """
    text = re.sub(r"^(?:到|至|截至|截止)", "", text)
    if published is None:
        return text
    year = int(published[:4])
    for word, shift in _RELATIVE_YEAR.items():
        if text.startswith(word):
            return f"{year + shift}年{text[len(word):]}"
    if re.match(r"(?:上|下)半年|前?[一二三四]季度|前[一二三四五六七八九十\d]+个?月|\d{1,2}(?:[—\-至]\d{1,2})?月份?", text):
        return f"{year}年{text}"
    if text in ("年底", "年底前"):
        return f"{year}{text}"
    return text
