"""A normalised view of a text in which every character still knows its place in the text.

Rules match on the view: half- and full-width forms, traditional characters, hard line breaks and the spaces inside
two-character names (王　倩) no longer differ there; facts keep the offsets of the text as it was read.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

import opencc

# Punctuation whose half-width form stands for the full-width one when no digit is on both sides.
_PUNCTUATION = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？", "~": "～"}
_VARIANTS = {
    "﹑": "、", "､": "、", "∶": "：", "•": "·", "‧": "·", "・": "·", "．": ".", "—": "—", "－": "-", "–": "-", "―": "—",
    "﹒": "·", "●": "·", "「": "“", "」": "”", "『": "‘", "』": "’", "〝": "“", "〞": "”", "〔": "〔", "〇": "〇", "○": "〇",
    "﹪": "%", "‰": "‰", "％": "%", "｡": "。", "<": "〈", ">": "〉",
}  # fmt: skip
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff〇]")
_WRAP_LINE = re.compile(r"[^\n]*\n?")


@dataclass(frozen=True, slots=True)
class View:
    """Normalised characters and, for each of them, the offset of the character of the text it stands for.

    Args:
        text: The normalised characters.
        offsets: As many offsets, ascending, 0-based, in characters of the text as read.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the text as read that view characters `start` to `end` (half-open) stand for."""
        return self.offsets[start], self.offsets[end - 1] + 1


def is_han(character: str) -> bool:
    """Say whether a character is a Chinese character.

    >>> is_han("国"), is_han("a"), is_han("")
    (True, False, False)
    """
    return bool(character) and _HAN.match(character) is not None


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@functools.cache
def _simple(character: str) -> str:
    """Return the one normal character for a character (simplified, half-width letters and digits)."""
    if character in _VARIANTS:
        return _VARIANTS[character]
    if not is_han(character):
        folded = unicodedata.normalize("NFKC", character)
        return folded if len(folded) == 1 else character
    simplified = _converter().convert(character)
    return simplified if len(simplified) == 1 else character


def _columns(line: str) -> int:
    """Return how many columns a line takes on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def _width(text: str, lines: list[tuple[int, int]]) -> int:
    """Return the column at which the text is hard-wrapped, or 0.

    A text is hard-wrapped when several lines end, without closing punctuation, within four columns of the longest.
    """
    lengths = [_columns(text[start:end].rstrip()) for start, end in lines]
    filled = [size for size in lengths if size]
    if len(filled) < 2:
        return 0
    widest = max(filled)
    if not 32 <= widest <= 240:
        return 0
    full = [k for k, size in enumerate(lengths) if size >= widest - 4]
    open_ended = [k for k in full if not re.search(r"[。！？!?；;：:”」』）)]\s*$", text[slice(*lines[k])])]
    return widest if len(open_ended) >= 2 and 2 * len(open_ended) >= len(full) and 4 * len(full) >= len(filled) else 0


def wrapped_breaks(text: str) -> frozenset[int]:
    """Return the offsets of the line breaks that only wrap a paragraph and end nothing.

    >>> wrapped_breaks("中国某某协会会长张\\n三出席会议。")
    frozenset()
    """
    lines = [match.span() for match in _WRAP_LINE.finditer(text) if match.group()]
    width = _width(text, lines)
    breaks: set[int] = set()
    running = False
    for (start, end), (next_start, next_end) in zip(lines, lines[1:], strict=False):
        body, after = text[start:end].rstrip("\r\n"), text[next_start:next_end]
        closed = not body.strip() or body.rstrip()[-1] in "。！？!?；;：:"
        # An indented paragraph runs on until a line ends it; a caption or a signature has no comma inside.
        running = not closed and (running or body[:1] in " \t\u3000" and bool(re.search(r"[，。、,]", body)))
        if not body.strip() or not after.strip() or after[0] in " \t\u3000":
            running = False
            continue
        full = width and _columns(body) >= width - 4
        dangling = body.rstrip()[-1] in "、，,（(《“"
        if full or dangling or running:
            breaks.update(range(start + len(body), end))
    return frozenset(breaks)


def _is_spaced_out(text: str) -> bool:
    """Say whether single spaces stand between most Chinese characters, as character recognition leaves them."""
    pairs = len(re.findall(r"[\u4e00-\u9fff] ?(?=[\u4e00-\u9fff])", text))
    spaced = len(re.findall(r"[\u4e00-\u9fff] (?=[\u4e00-\u9fff])", text))
    return spaced >= 8 and spaced > 0.4 * pairs


def make_view(text: str, start: int, end: int, dropped: frozenset[int] = frozenset()) -> View:
    """Return the normalised view of `text[start:end]`.

    Args:
        text: The text as read.
        start: The first offset, in characters.
        end: The offset after the last character.
        dropped: Offsets that do not appear in the view (line breaks that only wrap a paragraph).

    >>> make_view("主席: 王 倩,2,000人", 0, 14).text
    '主席： 王 倩，2,000人'
    """
    spaced_out = _is_spaced_out(text[start:end])
    characters: list[str] = []
    offsets: list[int] = []
    for offset in range(start, end):
        character = text[offset]
        if offset in dropped:
            continue
        if character.isspace() or unicodedata.category(character) in ("Cf", "Cc"):
            after = text[offset + 1 : offset + 2]
            if spaced_out and characters and is_han(characters[-1]) and is_han(after):
                continue
            if characters and characters[-1] == " " or not character.isspace():
                continue
            characters.append(" ")
        else:
            characters.append(_simple(character))
        offsets.append(offset)
    for k, character in enumerate(characters):
        if character in _PUNCTUATION:
            around = characters[k - 1 : k] + characters[k + 1 : k + 2] if k else []
            if len(around) == 2 and all(side.isascii() and side.isdigit() for side in around):
                continue
            characters[k] = _PUNCTUATION[character]
    for k, character in enumerate(characters):
        # A full stop typed with the half-width keyboard.
        if character == "." and k and (is_han(characters[k - 1]) or characters[k - 1] in "%”）"):
            after = characters[k + 1 : k + 2]
            if not after or is_han(after[0]) or after[0] in " “（《" or after[0].isdigit():
                characters[k] = "。"
    return _drop_inner_spaces("".join(characters), offsets)


def _drop_inner_spaces(text: str, offsets: list[int]) -> View:
    """Leave out spaces next to punctuation or digits, where they separate nothing."""
    keep = []
    for k, character in enumerate(text):
        if character == " ":
            before, after = text[k - 1 : k], text[k + 1 : k + 2]
            if not before or not after:
                continue
            if not (is_han(before) or before in "）”》·") or not (is_han(after) or after in "（“《"):
                # Latin words keep their space; digits and punctuation do not need one.
                if not (before.isalpha() and after.isalpha() and not is_han(before) and not is_han(after)):
                    continue
        keep.append(k)
    return View("".join(text[k] for k in keep), tuple(offsets[k] for k in keep))
