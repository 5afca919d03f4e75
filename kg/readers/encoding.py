"""From bytes to characters: which encoding a file is in, decided step by step and reported."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from kg.errors import InputError
from kg.readers.plausibility import PLAUSIBLE, is_han, log_likelihood, plausibility

# The mark that Unicode puts at the start, longest first: UTF-32 LE starts with the mark of UTF-16 LE.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)
# First bytes of formats that people rename to .txt, with the name to tell them.
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document (.docx, .xlsx)"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc, .xls)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
# What a page may declare, by the label in lower case (WHATWG Encoding Standard); labels that are declared
# by habit and decode every byte (iso-8859-1, windows-1252) are left out on purpose.
_DECLARABLE = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5", "cp950"), "big5"),
}
# Windows' code page 950 is what Big5 files are written with; the Hong Kong set holds more characters.
_CODECS = {"big5": ("cp950", "big5hkscs"), "gb18030": ("gb18030",), "utf-8": ("utf-8",)}
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")
_HAN = re.compile("[\u4e00-\u9fff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL = 0.3
_LEAST_DAMAGED_TEXT = 10
_DAMAGE_SHARE = 0.005
_SAMPLE_LENGTH = 1_000_000
_MOST_WRONG = 0.1
_LEAST_LETTERS = 0.7
_NEVER_IN_TEXT = frozenset(map(chr, (*range(0x80, 0x85), *range(0x86, 0xA0), 0xFEFF, 0xFFFE)))
# What charset-normalizer may guess among: what pages are written in, not what old mainframes used.
_FOREIGN_ENCODINGS = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "koi8_r"),
    *("cp932", "euc_jp", "iso2022_jp", "cp949", "cp874"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding that was decided for its bytes.

    Args:
        text: The characters; NUL and lone surrogates are U+FFFD, line ends are as they were.
        encoding: The name to report (`utf-8`, `gb18030`, `big5`, `utf-16`, …).
        warnings: What had to be decided or given up, a sentence each.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def clean(text: str) -> tuple[str, int]:
    """Replace NUL and lone surrogates, which no output format can hold, by U+FFFD; lengths stay.

    Returns:
        The text, and how many characters were replaced.

    >>> clean("张\\x00三")
    ('张\\ufffd三', 1)
    """
    return _UNREADABLE.subn("\ufffd", text)


def decode(data: bytes, where: str, declared: str | None = None) -> Decoded:
    """Decode bytes: byte order mark, declared encoding, strict UTF-8, GB18030 or Big5, then charset-normalizer.

    GB18030 and Big5 read most of each other's bytes without complaint; which of the two it is, is decided by how
    usual the resulting characters are (`kg.readers.plausibility`).

    Args:
        data: The bytes of the file.
        where: The name for messages (a path, or `standard input`).
        declared: The label of the encoding that the page itself declares, or None.

    Raises:
        InputError: The bytes are empty, of a binary format, or in no known encoding.

    >>> decode("会长张三出席会议。".encode("gb18030"), "a.txt").encoding
    'gb18030'
    >>> decode("會長張三出席會議。".encode("big5"), "a.txt").encoding
    'big5'
    """
    if not data.strip():
        raise InputError(f"{where} is empty; give a file with text.")
    refuse_binary(data, where)
    declared = _DECLARABLE.get((declared or "").strip().lower(), "") or None
    found = _by_byte_order_mark(data) or _by_nul_bytes(data, where)
    found = found or (_by_declaration(data, declared) if declared else None) or _by_utf8(data)
    found = found or _by_national_standards(data) or _by_utf16_without_mark(data)
    found = found or _damaged(data, declared) or _by_charset_normalizer(data)
    if found is None:
        raise InputError(f"{where} is in no encoding that is known here; save it as UTF-8.")
    return _reported(found, where)


def refuse_binary(data: bytes, where: str) -> None:
    """Raise InputError if the first bytes are those of a known binary format.

    >>> refuse_binary(b"%PDF-1.7 ...", "a.txt")
    Traceback (most recent call last):
    kg.errors.InputError: a.txt is a PDF, not a text; save its text as .txt (UTF-8) or .html.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{where} is {kind}, not a text; save its text as .txt (UTF-8) or .html.")


def _reported(found: Decoded, where: str) -> Decoded:
    if len(_CONTROL.findall(found.text)) > _MOST_CONTROL * len(found.text):
        raise InputError(f"{where} is binary (it is full of control characters), not a text; save its text as UTF-8.")
    text, replaced = clean(found.text)
    if not has_text(text):
        raise InputError(f"{where} holds nothing but white space; give a file with text.")
    warnings = [f"{where} {warning}" for warning in found.warnings]
    if not found.warnings and found.encoding not in {"utf-8", "utf-8-sig"}:
        warnings.append(f"{where} is not in UTF-8; it was read as {found.encoding}.")
    if replaced:
        warnings.append(f"{where} holds {replaced} NUL characters or lone surrogates; they were replaced by U+FFFD.")
    return Decoded(text, found.encoding, tuple(warnings))


def has_text(text: str) -> bool:
    """Say whether a text has any visible character.

    >>> has_text("\\n\\u3000\\ufeff"), has_text("5")
    (False, True)
    """
    return re.search(r"[^\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff\ufffd]", text) is not None


def _by_byte_order_mark(data: bytes) -> Decoded | None:
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], codec)
            # Nearly every even number of bytes is UTF-16 by form; text has no unassigned characters.
            if text is not None and _wrong_share(text) < _MOST_WRONG:
                return Decoded(text, name)
    return None


def _strictly(data: bytes, codec: str) -> str | None:
    # Lone surrogates are let through here because `clean` replaces them one for one.
    errors = "surrogatepass" if codec.startswith("utf") else "strict"
    try:
        return data.decode(codec, errors)
    except UnicodeDecodeError:
        return None


def _by_nul_bytes(data: bytes, where: str) -> Decoded | None:
    """NUL bytes are UTF-16 without a mark, or a few slips in a text, or the sign of a binary file."""
    if b"\x00" not in data:
        return None
    found = _by_utf16_without_mark(data)
    if found is None:
        text = _strictly(data, "utf-8")
        if text is None or not any(map(is_han, text[:_SAMPLE_LENGTH])):
            raise InputError(f"{where} is binary (it holds NUL bytes), not a text; save its text as UTF-8.")
        found = Decoded(text, "utf-8")
    return found


def _by_utf16_without_mark(data: bytes) -> Decoded | None:
    if len(data) % 2:
        return None
    readings = [(_strictly(data, name), name) for name in ("utf-16-le", "utf-16-be")]
    likely = [(plausibility(text), name, text) for text, name in readings if text and plausibility(text) > PLAUSIBLE]
    return Decoded(max(likely)[2], max(likely)[1]) if likely else None


def _by_declaration(data: bytes, declared: str) -> Decoded | None:
    """Trust what a page declares, unless the bytes are UTF-8 or read like noise."""
    text = _by_codecs(data, declared)
    if text is None or text.isascii() or declared == "utf-8" or plausibility(text) < PLAUSIBLE:
        return None
    other = _by_utf8(data)
    return other if other is not None and any(map(is_han, other.text)) else Decoded(text, declared)


def _by_codecs(data: bytes, name: str) -> str | None:
    return next((text for codec in _CODECS[name] if (text := _strictly(data, codec)) is not None), None)


def _by_utf8(data: bytes) -> Decoded | None:
    text = _strictly(data, "utf-8")
    if text is None or _is_short_gb18030(data, text):
        return None
    return Decoded(text, "utf-8")


def _is_short_gb18030(data: bytes, text: str) -> bool:
    """Say whether bytes that happen to be UTF-8 are a few Chinese characters in GB18030.

    Pairs of bytes C2-D7 A1-BF are a Chinese character to GB18030 and a letter to UTF-8, but of a mixture of alphabets
    that no language writes, so a reading without one longer sequence and with several alphabets is no UTF-8.
    """
    letters = {one for one in text[:1000] if ord(one) > 0x7F}
    if not letters or len(text) > 1000 or max(letters) > "\u07ff":
        return False
    alphabets = {unicodedata.name(one, "UNKNOWN").split()[0] for one in letters}
    other = _strictly(data, "gb18030")
    return len(alphabets) > 1 and other is not None and plausibility(other) > PLAUSIBLE


def _by_national_standards(data: bytes) -> Decoded | None:
    readings = [(text, name) for name in ("gb18030", "big5") if (text := _by_codecs(data, name)) is not None]
    likely = [(log_likelihood(text), name, text) for text, name in readings if plausibility(text) > PLAUSIBLE]
    if not likely:
        return None
    _, name, text = max(likely)
    return Decoded(text, name)


def _damaged(data: bytes, declared: str | None) -> Decoded | None:
    """Read a long text in spite of a few bytes that its encoding does not allow (a cut, a slip of the site)."""
    for name in dict.fromkeys((declared or "utf-8", "utf-8", "gb18030", "big5")):
        text = data.decode(_CODECS[name][0], "replace")
        slips, letters = text.count("\ufffd"), len(_HAN.findall(text))
        legible = letters >= _LEAST_DAMAGED_TEXT and slips <= 1 + _DAMAGE_SHARE * letters
        if legible and plausibility(text.replace("\ufffd", "")) > PLAUSIBLE:
            return Decoded(text, name, (f"is damaged: {slips} places are not {name} and were replaced by U+FFFD.",))
    return None


def _wrong_share(text: str) -> float:
    """Return the share of characters that no text has: private, unassigned, C1 control, marks out of place."""
    counts = Counter(text[:_SAMPLE_LENGTH])
    wrong = {one for one in counts if unicodedata.category(one) in {"Co", "Cn"} or one in _NEVER_IN_TEXT}
    return sum(counts[one] for one in wrong) / max(1, counts.total())


def _by_charset_normalizer(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes  # imported late: only odd files need it

    best = from_bytes(data[:_SAMPLE_LENGTH], cp_isolation=list(_FOREIGN_ENCODINGS)).best()
    text = _by_any_codec(data, best.encoding) if best else None
    if best is None or text is None or best.language == "Unknown" or _wrong_share(text) or not _is_mostly_letters(text):
        return None
    warning = f"is neither UTF-8 nor GB18030 nor Big5; charset-normalizer read it as {best.encoding}."
    return Decoded(text, best.encoding, (warning,))


def _is_mostly_letters(text: str) -> bool:
    visible = [one for one in text[:_SAMPLE_LENGTH] if not one.isspace()]
    return sum(map(str.isalnum, visible)) >= _LEAST_LETTERS * len(visible)


def _by_any_codec(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None
