"""What encoding a file is in: the decision, step by step, and what it says about it."""

from __future__ import annotations

import codecs
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, KgError
from kg.readers.encoding import clean, decode
from kg.readers.text import read_text_bytes

SIMPLIFIED = (
    *("会长", "年会", "工会主席", "张三", "李四出席", "北京市", "甲协会", "通知", "党委书记王五", "秘书长"),
    *("副总经理赵六", "免去职务", "关于印发", "增长3.5%", "轻工行业", "新建基地20家", "欢迎光临", "数据显示"),
    *("召开第三次会议", "国务院办公厅", "技能大赛闭幕", "河南省财政厅", "任命孙七为厅长。", "一线职工代表"),
    *("学习贯彻会议精神", "你好，世界！", "阿里木江·买买提", "2023年5月18日", "万元产值下降", "职工代表大会胜利召开"),
)
TRADITIONAL = (
    *("會長", "協會年會", "董事長張三", "總經理李四", "臺灣大學", "關於召開會議", "經濟部長", "新聞發佈會"),
    *("祕書長王五", "增長百分之三", "國際貿易", "學術研討會", "委員會通過決議", "歡迎光臨", "產業工會"),
)
SENTENCES = (
    *(
        "会长张三出席会议并讲话。",
        "甲协会与乙公司联合印发《关于开展培训的通知》。",
        "今年新建基地二十家，培训5万人次。",
    ),
    *("近日，工会主席李四到企业调研，强调要加强管理。", "任命王五为省财政厅副厅长，免去其原职务。"),
)
SENTENCES_TRADITIONAL = (
    *("會長張三出席會議並講話。", "協會與公司聯合發佈關於開展培訓的通知。", "今年新建基地二十家，培訓五萬人次。"),
)


def test_there_are_thirty_and_fifteen_different_short_texts() -> None:
    assert (len(set(SIMPLIFIED)), len(set(TRADITIONAL))) == (30, 15)


@pytest.mark.parametrize("text", SIMPLIFIED)
def test_short_gb18030_texts_are_decided_rightly(text: str) -> None:
    document = read_text_bytes(text.encode("gb18030"), "a.txt")
    assert (document.text, document.encoding) == (text, "gb18030")
    assert document.warnings == ("a.txt is not in UTF-8; it was read as gb18030.",)


@pytest.mark.parametrize("text", TRADITIONAL)
def test_short_big5_texts_are_decided_rightly(text: str) -> None:
    document = read_text_bytes(text.encode("big5"), "a.txt")
    assert (document.text, document.encoding) == (text, "big5")
    assert document.warnings == ("a.txt is not in UTF-8; it was read as big5.",)


@pytest.mark.parametrize("text", TRADITIONAL)
def test_traditional_characters_do_not_make_gb18030_into_big5(text: str) -> None:
    assert decode(text.encode("gb18030"), "a.txt").text == text


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
        (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
        (b"", "utf-8", "utf-8"),
        (b"", "utf-16-le", "utf-16-le"),
        (b"", "utf-16-be", "utf-16-be"),
    ],
)
def test_marks_decide_and_are_no_part_of_the_text(mark: bytes, codec: str, name: str) -> None:
    text = "会长张三出席会议。\r\n2023年5月18日"
    decoded = decode(mark + text.encode(codec), "a.txt")
    assert (decoded.text, decoded.encoding) == (text, name)
    assert bool(decoded.warnings) == (not name.startswith("utf-8"))


sentences = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6)
line_ends = st.sampled_from(["", "\n", "\r\n", "\r", "\n\n　　"])


@given(sentences, line_ends, st.sampled_from(["utf-8", "gb18030", "utf-8-sig", "utf-16", "utf-32"]))
def test_simplified_texts_come_back_with_their_line_ends(parts: list[str], end: str, codec: str) -> None:
    text = end.join(parts)
    assert decode(text.encode(codec), "a.txt").text == text


@given(st.lists(st.sampled_from(SENTENCES_TRADITIONAL), min_size=1, max_size=6), line_ends)
def test_big5_texts_come_back_with_their_line_ends(parts: list[str], end: str) -> None:
    text = end.join(parts)
    assert decode(text.encode("cp950"), "a.txt").text == text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_utf8_is_read_as_it_is_or_refused(text: str) -> None:
    text = "会长张三。" + text
    if sum((one < " " and one not in "\t\n\v\f\r") or one == "\x7f" for one in text) > 0.3 * len(text):
        with pytest.raises(InputError, match="full of control characters"):
            decode(text.encode(), "a.txt")
    else:
        assert decode(text.encode(), "a.txt").text == text


@given(st.binary(max_size=400))
def test_random_bytes_raise_nothing_but_sentences(data: bytes) -> None:
    refusal = ""
    text = ""
    try:
        text = read_text_bytes(data, "a.txt").text
    except KgError as error:
        refusal = str(error)
    assert bool(text) != bool(refusal)
    assert re.fullmatch(r"(a\.txt [^\n]+\.)?", refusal)
    assert "\0" not in text
    text.encode("utf-8")


@given(st.text(alphabet=st.characters(), max_size=50))
def test_cleaned_text_keeps_its_length_and_can_be_written(text: str) -> None:
    cleaned, replaced = clean(text)
    assert len(cleaned) == len(text)
    assert replaced == sum(one == "\0" or "\ud800" <= one <= "\udfff" for one in text)
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        ("　\u200b\n".encode(), "nothing but white space"),
        (codecs.BOM_UTF8, "nothing but white space"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Office document"),
        (b"\x89PNG\r\n\x1a\n", "PNG image"),
        (b"\x1f\x8b\x08\x00", "gzip archive"),
        (b"{\\rtf1\\ansi}", "RTF document"),
        (b"abc\x00def", "is binary"),
        (bytes(range(256)), "is binary"),
        (b"\x01\x02\x03\x04abc", "is binary"),
        (b"\xff\xff\x80\x80" * 20, "in no encoding"),
        (bytes((7 * one * one + 3 * one) % 255 + 1 for one in range(500)), "in no encoding|is binary"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        decode(data, "a.txt")


def test_few_nul_characters_in_a_chinese_text_are_replaced_and_told() -> None:
    decoded = decode("会长张\0三出席会议。".encode(), "a.txt")
    assert decoded.text == "会长张\ufffd三出席会议。"
    assert decoded.warnings == ("a.txt holds 1 NUL characters or lone surrogates; they were replaced by U+FFFD.",)


def test_lone_surrogates_in_utf8_and_utf16_are_replaced() -> None:
    assert decode("会长\ud800张三。".encode("utf-8", "surrogatepass"), "a.txt").text == "会长\ufffd张三。"
    data = codecs.BOM_UTF16_LE + "会长\udc00张三。".encode("utf-16-le", "surrogatepass")
    assert decode(data, "a.txt").text == "会长\ufffd张三。"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_long_text_survives_a_cut_character(codec: str) -> None:
    decoded = decode(("会长张三出席会议。" * 20).encode(codec)[:-1], "a.txt")
    assert decoded.text.startswith("会长张三出席会议。")
    assert decoded.text.count("\ufffd") == 1
    assert decoded.encoding == codec
    assert "is damaged" in decoded.warnings[0]


def test_other_encodings_are_left_to_charset_normalizer() -> None:
    text = "Заседание комитета прошло вчера в столице, его вёл председатель Иванов."
    decoded = decode(text.encode("cp1251"), "a.txt")
    assert (decoded.text, decoded.encoding) == (text, "cp1251")
    assert "charset-normalizer" in decoded.warnings[0]


@pytest.mark.parametrize("text", ["été", "Ελλάδα", "Москва", "café à Besançon"])
def test_short_utf8_in_one_alphabet_stays_utf8(text: str) -> None:
    assert decode(text.encode(), "a.txt").text == text


@pytest.mark.parametrize(
    ("codec", "declared"),
    [("gb18030", "gb2312"), ("gb18030", "GBK"), ("utf-8", "gb2312"), ("gb18030", "utf-8"), ("gb18030", "iso-8859-1")],
)
def test_a_declaration_is_trusted_only_where_it_fits(codec: str, declared: str) -> None:
    text = "会长张三出席会议并讲话。"
    assert decode(text.encode(codec), "a.html", declared).text == text
