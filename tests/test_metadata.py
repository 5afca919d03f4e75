"""What a page says about itself: header lines, datelines, signatures, headlines."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers import read_text
from kg.readers.dates import find_date, is_date_line
from kg.readers.header import parse_header
from kg.readers.metadata import Metadata, find_metadata

TITLE = "甲协会召开年会"
BODY = "会长张三出席会议并讲话。"

# Header line, then date, source and author.
HEADERS = (
    ("时间:2021-03-04 08:09:10来源:示例商会作者: 示例 商会 点击:", "2021-03-04", "示例商会", "示例 商会"),
    ("发布时间：2023年5月18日 09:12 来源：新华网 作者：李四", "2023-05-18", "新华网", "李四"),
    ("2023-05-18 来源: 甲报", "2023-05-18", "甲报", None),
    ("来源：甲报 发布日期：2023/05/18", "2023-05-18", "甲报", None),
    ("日期：2023.05.18 信息来源：甲会秘书处 浏览次数：12 字体：[大 中 小]", "2023-05-18", "甲会秘书处", None),
    ("(2023-05-18)", "2023-05-18", None, None),
    ("（2023年5月18日）", "2023-05-18", None, None),
    ("2023年05月18日 09:12 甲网", "2023-05-18", "甲网", None),
    ("甲网 2023-05-18 09:12", "2023-05-18", "甲网", None),
    ("日期：20230518 来源：甲厅", "2023-05-18", "甲厅", None),
    ("时 间：2023-05-18　　来 源：甲协会　　作 者：", "2023-05-18", "甲协会", None),
    ("发布时间：2023-05-18T09:12:00+08:00 | 来源：甲网 | 作者：张三、李四", "2023-05-18", "甲网", "张三、李四"),
    ("更新时间：2023-06-01 发布时间：2023-05-18", "2023-05-18", None, None),
    ("【字体：大 中 小】 发布时间：2023-05-18 来源：甲网", "2023-05-18", "甲网", None),
    ("来源：甲报　作者：李四　2023-05-18", "2023-05-18", "甲报", "李四"),
    ("来源：甲网作者：李四", None, "甲网", "李四"),
    ("来源：甲 报 点击数：33", None, "甲 报", None),
    ("发布者: 宣传部 发布时间: 2023-07-14 浏览次数: 1024", "2023-07-14", "宣传部", None),
    ("发布时间：２０２３年５月１８日 来源：无", "2023-05-18", None, None),
    ("发布时间：2023-02-30 来源：甲报", None, "甲报", None),
    ("索引号：0007/2023-0041　公开日期：2023年08月25日　主题词：冷链", "2023-08-25", None, None),
)
NO_HEADERS = (
    *("字号 大 中 小 打印", "甲协会 2022年1月5日", "2022年度工作会议", "会议时间：2023年5月18日", "资金来源：财政拨款"),
    *("时间：2023年5月18日下午", "2023年5月18日甲会第十次会议通过", "据来源：甲报", BODY, "", "张三"),
)


@pytest.mark.parametrize(("line", "published", "publisher", "author"), HEADERS)
def test_header_lines(line: str, published: str | None, publisher: str | None, author: str | None) -> None:
    expected = Metadata(TITLE, published, publisher, author)
    assert find_metadata(f"{TITLE}\n{line}\n{BODY}") == expected
    assert find_metadata(f"\r\n\u3000{TITLE}\r\n\r\n  {line} \r\n\r\n{BODY}\r\n") == expected


@pytest.mark.parametrize("line", NO_HEADERS)
def test_lines_that_are_no_header(line: str) -> None:
    assert parse_header(line) is None


def test_a_header_over_several_lines() -> None:
    text = f"{TITLE}\n发布时间：2023-05-18\n来源：甲报\n作者：李四\n浏览次数：12\n{BODY}"
    assert find_metadata(text) == Metadata(TITLE, "2023-05-18", "甲报", "李四")


def test_the_time_of_an_event_is_no_date_of_publication() -> None:
    assert find_metadata(f"{TITLE}\n时间：2023年6月1日\n地点：甲市\n{BODY}").published is None
    assert find_metadata(f"{TITLE}\n{BODY}\n一、时间地点\n时间：2023年6月1日\n地点：甲市").published is None


@pytest.mark.parametrize(
    ("text", "published", "publisher", "author"),
    [
        ("新华社北京5月18日电（记者张三、李四）甲协会召开年会。", None, "新华社", "张三、李四"),
        ("新华社北京2023年5月18日电 甲协会召开年会。", "2023-05-18", "新华社", None),
        (
            f"{TITLE}\n2023-05-19\n　　新华社甲市5月18日电（记者 张三 通讯员 李四）{BODY}",
            "2023-05-19",
            "新华社",
            "张三、李四",
        ),
        (f"甲报 2023年第12期\n{TITLE}\n本报甲市12月1日讯 {BODY}", "2023-12-01", None, None),
        (f"{TITLE}\n来源：乙网 2023年\n中新社甲市2月30日电 {BODY}", None, "乙网", None),
    ],
)
def test_datelines(text: str, published: str | None, publisher: str | None, author: str | None) -> None:
    found = find_metadata(text)
    assert (found.published, found.publisher, found.author) == (published, publisher, author)


@pytest.mark.parametrize(
    ("signature", "published"),
    [
        ("甲协会\n2022年1月5日", "2022-01-05"),
        ("甲部 乙部\n二〇二二年一月五日\n（此件公开发布）\n版权所有：甲部", "2022-01-05"),
        ("甲协会 2022年1月5日", "2022-01-05"),
        ("（2022年12月31日）", "2022-12-31"),
        ("二○二三年十二月二十一日", "2023-12-21"),
        ("二零二四年二月二十九日", "2024-02-29"),
        ("二〇二三年二月二十九日", None),
        ("以上自2022年1月5日起施行", None),
    ],
)
def test_the_date_of_a_signature_counts_where_there_is_no_header(signature: str, published: str | None) -> None:
    notice = f"关于开展培训的通知\n各会员单位：\n{BODY}\n{signature}"
    assert find_metadata(notice).published == published
    assert find_metadata(notice.replace("\n", "\n来源：甲网 2020-02-02\n", 1)).published == "2020-02-02"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{TITLE}\n{BODY}", TITLE),
        (f"当前位置：首页 > 新闻\n{TITLE}\n{BODY}", TITLE),
        (f"2023-05-18 来源：甲报\n{TITLE}\n{BODY}", TITLE),
        (f"  甲协会　 召开\t年会 \n{BODY}", "甲协会 召开 年会"),
        (f"甲部 乙部\n关于印发《丙办法》的通知\n{BODY}", "甲部 乙部关于印发《丙办法》的通知"),
        (f"关于开展丙行动的\n通知\n{BODY}", "关于开展丙行动的通知"),
        (f"甲部发〔2022〕5号\n关于开展培训的通知\n{BODY}", "关于开展培训的通知"),
        (
            f"证券代码：600000 证券简称：甲股份\n甲股份有限公司\n第十次会议决议公告\n{BODY}",
            "甲股份有限公司第十次会议决议公告",
        ),
        (f"会议何时召开？\n{BODY}", "会议何时召开？"),
        (BODY, None),
        ("一、总体要求\n" + BODY, None),
        ("各会员单位：\n" + BODY, None),
        ("123\n456", None),
        ("年" * 200, None),
    ],
)
def test_headlines(text: str, title: str | None) -> None:
    assert find_metadata(text).title == title


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)), st.sampled_from("-/."))
def test_every_date_is_read_in_every_form(date: datetime.date, mark: str) -> None:
    forms = (
        f"{date.year}{mark}{date.month}{mark}{date.day}",
        f"{date.year}{mark}{date.month:02}{mark}{date.day:02}",
        f"{date.year}年{date.month}月{date.day}日",
        f"{date.year} 年 {date.month} 月 {date.day} 日",
        in_chinese_numerals(date),
    )
    for form in forms:
        assert is_date_line(form)
        assert find_date(f"来源 {form} 甲报") == (3, 3 + len(form), date.isoformat())


def in_chinese_numerals(date: datetime.date) -> str:
    digits = "〇一二三四五六七八九"

    def number(value: int) -> str:
        tens, units = divmod(value, 10)
        return ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[units] if units else "")

    return "".join(digits[int(one)] for one in str(date.year)) + f"年{number(date.month)}月{number(date.day)}日"


@given(st.text(alphabet="一二三十廿卅元正〇年月日2023-/.（） ", max_size=40))
def test_what_looks_like_a_date_is_a_date_of_the_calendar_or_none(text: str) -> None:
    found = find_date(text, compact=True)
    if found:
        start, end, date = found
        assert 0 <= start < end <= len(text)
        assert datetime.date.fromisoformat(date).isoformat() == date


def test_a_document_carries_what_its_page_says() -> None:
    document = read_text(f"{TITLE}\n2023-05-18 来源：甲报 作者：李四\n{BODY}")
    assert (document.title, document.published, document.publisher, document.author) == (
        *(TITLE, "2023-05-18", "甲报"),
        "李四",
    )
