"""A normalised view of a text in which every character still knows its place in the text.

Rules match on the view: half- and full-width forms, traditional characters, hard line breaks and the spaces inside
two-character names (王　倩) no longer differ there; facts keep the offsets of the text as it was read.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass

import opencc

from kg.language.lexicon import lookup, words

_LABEL = re.compile(r"(?<![\u3400-\u9fff])(?:[\u3400-\u9fff] ){1,4}[\u3400-\u9fff](?=[：（ ])")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff〇]")
# Punctuation whose half-width form stands for the full-width one when no digit is on both sides.
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？", "~": "～"}


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
        """Return the span of the text as read that view characters `start` to `end` (half-open) stand for.

        >>> View("张三", (4, 6)).span(0, 2)
        (4, 7)
        """
        return self.offsets[start], self.offsets[end - 1] + 1


@functools.cache
def is_han(character: str) -> bool:
    """Say whether a character is a Chinese character.

    >>> is_han("国"), is_han("a"), is_han("")
    (True, False, False)
    """
    return _HAN.match(character) is not None


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@functools.cache
def _normal_form(character: str) -> str:
    """Return the one simplified, half-width character for a character, " " for white space, "" for controls."""
    if character.isspace() or unicodedata.category(character) == "So":
        # ▍, ■ and ★ set parts of a page apart as white space does.
        return " "
    if unicodedata.category(character) in ("Cf", "Cc"):
        return ""
    variants = lookup("character_variants", "canonical")
    if character in variants:
        return variants[character]
    folded = _converter().convert(character) if is_han(character) else unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def make_view(text: str, start: int, end: int, dropped: Container[int] = ()) -> View:
    """Return the normalised view of `text[start:end]`.

    Args:
        text: The text as read.
        start: The first offset, in characters.
        end: The offset after the last character.
        dropped: Offsets that do not appear in the view (line breaks that only wrap a paragraph).

    >>> make_view("主席: 王 倩,2,000人", 0, 14).text
    '主席：王 倩，2,000人'
    """
    characters, offsets = _normal_characters(text, start, end, dropped)
    _widen_punctuation(characters)
    _close_sentences(characters)
    apart = _label_spaces("".join(characters))
    kept = [place for place in range(len(characters)) if place not in apart and not _is_idle_space(characters, place)]
    return View("".join(characters[place] for place in kept), tuple(offsets[place] for place in kept))


def _normal_characters(text: str, start: int, end: int, dropped: Container[int]) -> tuple[list[str], list[int]]:
    """Return the normal forms of the characters, white space as single spaces, and their offsets."""
    spaced_out = _is_spaced_out(text[start:end])
    characters: list[str] = []
    offsets: list[int] = []
    for offset in range(start, end):
        character = _normal_form(text[offset])
        if not character or offset in dropped:
            continue
        if character == " " and characters:
            if characters[-1] == " ":
                continue
            if spaced_out and is_han(characters[-1]) and is_han(text[offset + 1 : offset + 2]):
                continue
        characters.append(character)
        offsets.append(offset)
    return characters, offsets


def _label_spaces(text: str) -> frozenset[int]:
    """Return the places of the spaces that set the characters of a label apart (理 事 长：)."""
    found = (match.span() for match in _LABEL.finditer(text) if _is_label(match.group().replace(" ", "")))
    return frozenset(place for start, end in found for place in range(start, end) if text[place] == " ")


def _is_label(word: str) -> bool:
    """Say whether a word is a title, perhaps one of a deputy (副会长)."""
    return word in _labels() or word.removeprefix("常务").removeprefix("副") in _labels()


@functools.cache
def _labels() -> frozenset[str]:
    return frozenset(words("titles", "head", "full", "role"))


def _is_spaced_out(text: str) -> bool:
    """Say whether single spaces stand between most Chinese characters, as character recognition leaves them."""
    spaced = len(re.findall(r"[\u4e00-\u9fff] (?=[\u4e00-\u9fff])", text))
    if spaced < 8:
        return False
    return spaced > 0.4 * len(re.findall(r"[\u4e00-\u9fff] ?(?=[\u4e00-\u9fff])", text))


def _widen_punctuation(characters: list[str]) -> None:
    """Replace half-width punctuation in place; between two digits (2,000 and 10:30) it stays."""
    for place, character in enumerate(characters):
        if character in _FULL_WIDTH:
            around = (*characters[max(0, place - 1) : place], *characters[place + 1 : place + 2])
            if len(around) < 2 or not all(side.isascii() and side.isdigit() for side in around):
                characters[place] = _FULL_WIDTH[character]


def _close_sentences(characters: list[str]) -> None:
    """Replace in place the full stops that were typed with the half-width keyboard."""
    for place, character in enumerate(characters):
        if character != "." or not place or not (is_han(characters[place - 1]) or characters[place - 1] in "%”）"):
            continue
        after = "".join(characters[place + 1 : place + 2])
        if not after or is_han(after) or after in " “（《" or after.isdigit():
            characters[place] = "。"


def _is_idle_space(characters: list[str], place: int) -> bool:
    """Say whether a space separates nothing: it stands next to punctuation or digits, or at an end."""
    if characters[place] != " ":
        return False
    if place in (0, len(characters) - 1):
        return True
    before, after = characters[place - 1], characters[place + 1]
    if (is_han(before) or before in "）”》·") and (is_han(after) or after in "（“《"):
        return False
    # Latin words keep their space; digits and punctuation do not need one.
    return is_han(before) or is_han(after) or not (before.isalpha() and after.isalpha())
