"""What a page says about itself: headline, date of publication, source and author."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.readers.dates import find_date, iso_date
from kg.readers.furniture import classify_lines
from kg.readers.header import LONGEST_CAPTION, Header, Line, find_headers, is_body, split_lines

_AGENCY = r"(?P<agency>(?:本|[\u4e00-\u9fff]{2,6}?)(?:社|报|网|台|刊))"
_REPORTERS = r"(?:[（(]\s*(?:见习|实习|特约|全媒体|首席)?(?:记者|通讯员)\s*(?P<names>[^（）()]{2,40})[)）])?"
_DATELINE = re.compile(
    rf"[（(【]?{_AGENCY}(?P<place>[\u4e00-\u9fff]{{2,10}}?)?\s*(?:(?P<year>\d{{4}})\s*年)?"
    rf"(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*日\s*(?:电|讯|消息)\s*{_REPORTERS}"
)
_BYLINE = re.compile(r"\s*(?:见习|实习|特约|全媒体|首席)?(?:记者|通讯员)\s*[:：]?\s*")
_OWN = {"本报", "本网", "本社", "本台", "本刊"}
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_SIGNATURE = re.compile(r"(?:[\u4e00-\u9fff（）()、·\s]{2,80}[\s\u3000])?")
_NOTICE_START = re.compile(r"关于|印发|转发")
_NOTICE_END = re.compile(r"(?:通知|意见|决定|公告|通告|通报|报告|请示|批复|函|纪要|办法|规定|方案|令)$")
_ISSUER_END = re.compile(r"(?:公司|委员会|政府|办公[厅室]|协会|联合会|工会|学院|大学|[局部厅])$")
_FIELD = re.compile(r"[\u4e00-\u9fff]{2,6}[:：]")
_DOCUMENT_NUMBER = re.compile(r"[〔\[（(]\d{4}[〕\]）)]\s*\d+\s*号$")
_LONGEST_TITLE = 120
_LINES_OF_SIGNATURE = 12
_LINES_OF_DATELINE = 15


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about itself; None where it says nothing.

    Args:
        title: The headline.
        published: The date of publication as ISO 8601.
        publisher: The source it names.
        author: The author it names.
    """

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    author: str | None = None

    def or_else(self, other: Metadata) -> Metadata:
        """Fill what is None here from another.

        >>> Metadata(title="甲").or_else(Metadata("乙", "2023-05-18"))
        Metadata(title='甲', published='2023-05-18', publisher=None, author=None)
        """
        return Metadata(
            self.title or other.title,
            self.published or other.published,
            self.publisher or other.publisher,
            self.author or other.author,
        )


def find_metadata(text: str) -> Metadata:
    """Read headline, date, source and author from the lines of a page.

    The date is that of the header line, else of the dateline (`新华社北京5月18日电`, the year from the head of the
    page), else of the signature at the end.

    Args:
        text: The text as read.

    >>> find_metadata("甲协会召开年会\\n发布时间：2023-05-18 来源：甲报\\n会长张三出席会议。")
    Metadata(title='甲协会召开年会', published='2023-05-18', publisher='甲报', author=None)
    """
    lines = split_lines(text)
    return metadata_of_lines(lines, classify_lines(lines))


def metadata_of_lines(lines: Sequence[Line], kinds: Mapping[int, str]) -> Metadata:
    """Read the metadata of a page whose furniture is known.

    Args:
        lines: The lines that are not blank.
        kinds: The kind of each line that is furniture, by its index.
    """
    header = _merged(find_headers(lines))
    found = Metadata(_title(lines, kinds), header.published, header.publisher, header.author)
    found = found.or_else(_dateline(lines, kinds))
    return found.or_else(Metadata(published=_signed_date(lines, kinds)))


def _merged(headers: Mapping[int, Header]) -> Header:
    """Join the fields of all header lines: the date with the best label, else the first that names a field."""
    merged = Header(rank=9)
    for index in sorted(headers):
        one = headers[index]
        if one.published and (merged.published is None or one.rank < merged.rank):
            merged = replace(merged, published=one.published, rank=one.rank)
        merged = replace(merged, publisher=merged.publisher or one.publisher, author=merged.author or one.author)
    return merged


def _title(lines: Sequence[Line], kinds: Mapping[int, str]) -> str | None:
    """Take the first line that is neither furniture nor body; a notice may break its title into two lines."""
    for index, line in enumerate(lines):
        if index in kinds or _DOCUMENT_NUMBER.search(line.text) or _is_field_line(line.text):
            continue
        if is_title(line.text):
            following = lines[index + 1].text if index + 1 < len(lines) and index + 1 not in kinds else ""
            return tidy(line.text + following) if _goes_on(line.text, following) else tidy(line.text)
        return None
    return None


def is_title(line: str) -> bool:
    """Say whether a line may be a headline: not too long, and no sentence or list item.

    >>> is_title("甲协会召开年会"), is_title("会长张三出席会议。")
    (True, False)
    """
    if len(line) > _LONGEST_TITLE or "。" in line or line[-1:] in "，；：:,;" or _is_field_line(line):
        return False
    return any(map(str.isalpha, line)) and not is_body(line[:LONGEST_CAPTION])


def _is_field_line(line: str) -> bool:
    """Say whether a line is a row of labelled fields (证券代码：… 证券简称：…)."""
    return not is_body(line) and len(_FIELD.findall(line)) > 1


def _goes_on(line: str, following: str) -> bool:
    if not following or not is_title(following) or _NOTICE_END.search(line):
        return False
    if _ISSUER_END.search(line) and _NOTICE_END.search(following):
        return True
    return _NOTICE_START.match(following) is not None or (line.endswith("的") and len(following) < 20)


def tidy(text: str) -> str:
    """Join the white space of a title or name.

    >>> tidy(" 甲协会 \\u3000 召开年会 ")
    '甲协会 召开年会'
    """
    return " ".join(text.split())


def _dateline(lines: Sequence[Line], kinds: Mapping[int, str]) -> Metadata:
    for index, line in enumerate(lines[:_LINES_OF_DATELINE]):
        match = None if index in kinds else _DATELINE.match(line.text)
        if match:
            year = match["year"] or _year_of_head(lines[:index])
            date = iso_date(int(year), int(match["month"]), int(match["day"])) if year else None
            publisher = None if match["agency"] in _OWN else match["agency"]
            author = "、".join(_BYLINE.sub(" ", match["names"] or "").replace("、", " ").split()) or None
            return Metadata(None, date, publisher, author)
    return Metadata()


def _year_of_head(lines: Sequence[Line]) -> str | None:
    years = [match.group(1) for line in lines for match in _YEAR.finditer(line.text)]
    return years[0] if years else None


def _signed_date(lines: Sequence[Line], kinds: Mapping[int, str]) -> str | None:
    """Take the date below the signature: the last line of the body that ends with a date and says nothing else."""
    body = [index for index in range(len(lines)) if index not in kinds]
    for index in reversed(body[-_LINES_OF_SIGNATURE:]):
        text = lines[index].text.strip("（）()【】[]")
        date = find_date(text)
        if date and date[1] == len(text) and _SIGNATURE.fullmatch(text, 0, date[0]):
            return date[2]
    return None
