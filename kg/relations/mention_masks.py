"""Sentences in which each mention is one private-use character, so that a regular expression can ask for mentions.

A pattern such as `{subject}与{object}[^。；]{0,16}签署` becomes one expression over such a sentence: its placeholders
match the characters of the declared types, alone or as a list joined by 、, 和 and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.types import EntityType

# Plane 15 of Unicode is set aside for private use; each type of mention has a stretch of it.
_FIRST = 0xF0000
_STRETCH = 0x1000
_TYPES = tuple(EntityType)
_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
_BRACKET = re.compile(r"（[^（）]{1,40}）")
# 甲公司、乙公司等12家企业
_AND_OTHERS = (
    "(?:等(?:[0-9一二三四五六七八九十百]+(?:多|余)?[家个名位所])?"
    "(?:企业|单位|机构|高校|部门|公司|院校|协会|代表|专家|人|国家|地区)?)?"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A mention of an entity in a view.

    Args:
        start: The view offset of its first character.
        end: The view offset after its last character.
        type: The type of the entity.
        outer_start: The view offset at which what the mask covers begins (the title mark before a document's name).
        outer_end: The view offset at which it ends.
    """

    start: int
    end: int
    type: EntityType
    outer_start: int
    outer_end: int


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A sentence's view with a private-use character for each mention.

    Args:
        text: The characters.
        places: For each of them, and for the end, the view offset at which it begins.
        mentions: Private-use character → the mention.
    """

    text: str
    places: tuple[int, ...]
    mentions: Mapping[str, Span]

    def listed(self, match: re.Match[str], group: str) -> list[Span]:
        """Return the mentions that a placeholder has matched, left to right."""
        return [self.mentions[character] for character in match[group] if character in self.mentions]


def mask(text: str, spans: Iterable[Span], *, with_brackets: bool) -> MaskedText:
    """Return a view with a private-use character for each mention; of mentions that overlap the longest stays.

    Args:
        text: The normalised characters of a sentence.
        spans: The mentions, in any order; of equal ones the first stays.
        with_brackets: Whether what stands in brackets directly behind a mention belongs to its character.

    >>> masked = mask("王倩访问教育部。", [Span(0, 2, EntityType.PERSON, 0, 2)], with_brackets=True)
    >>> masked.text[1:], masked.places
    ('访问教育部。', (0, 2, 3, 4, 5, 6, 7, 8))
    """
    kept = _without_overlap(spans)
    characters: list[str] = []
    places: list[int] = []
    mentions: dict[str, Span] = {}
    count = dict.fromkeys(_TYPES, 0)
    closing = {span.outer_end - 1 for span in kept.values()}
    position = 0
    while position < len(text):
        if text[position] == " " and not (position - 1 in closing and position + 1 in kept):
            # 甲 与 乙: typesetting; only between two mentions a space may separate columns.
            position += 1
            continue
        places.append(position)
        span = kept.get(position)
        if span is None or count[span.type] == _STRETCH:
            characters.append("\ufffd" if _PRIVATE.match(text[position]) else text[position])
            position += 1
            continue
        character = chr(_FIRST + _TYPES.index(span.type) * _STRETCH + count[span.type])
        count[span.type] += 1
        characters.append(character)
        mentions[character] = span
        bracket = _BRACKET.match(text, span.outer_end) if with_brackets else None
        position = bracket.end() if bracket else span.outer_end
    return MaskedText("".join(characters), (*places, len(text)), mentions)


def _without_overlap(spans: Iterable[Span]) -> dict[int, Span]:
    """Return the mentions that stay, by the offset at which their mask begins."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: span.outer_start - span.outer_end):
        if not any(span.outer_start < other.outer_end and other.outer_start < span.outer_end for other in kept):
            kept.append(span)
    return {span.outer_start: span for span in kept}


def template_expression(pattern: str, subject: EntityType, object_: EntityType, *, symmetric: bool = False) -> str:
    """Return the regular expression over masked sentences that a pattern stands for.

    The list at a placeholder that begins the pattern begins where the list in the text begins, and that at the second
    one does not end before a 、 with another mention: half of a list is never taken for the whole. 与 and 同 join a
    list unless they join the two ends: in symmetric relations, and in patterns that use 与 themselves.

    Args:
        pattern: A regular expression with `{subject}` and `{object}`, each once.
        subject: The type of mention that `{subject}` matches.
        object_: The type of mention that `{object}` matches.
        symmetric: Whether the relation says the same in both directions.

    >>> expression = template_expression("{subject}访问{object}", EntityType.PERSON, EntityType.ORGANIZATION)
    >>> spans = [Span(0, 2, EntityType.PERSON, 0, 2), Span(4, 7, EntityType.ORGANIZATION, 4, 7)]
    >>> masked = mask("王倩访问教育部。", spans, with_brackets=True)
    >>> masked.listed(re.search(expression, masked.text), "object")[0].end
    7
    """
    types = {"subject": subject, "object": object_}
    order = sorted(types, key=lambda name: pattern.index(f"{{{name}}}"))
    # What a class excludes (`[^。；，与]`) joins nothing.
    between_ends = symmetric or "与" in re.sub(r"\[[^\]]*\]", "", pattern)
    conjunction = "(?:以及|和|及|暨)" if between_ends else "(?:以及|和|及|暨|与|同)"
    expression = pattern
    for name in order:
        kind = types[name]
        mention = _mention_class(kind)
        further = (_BEFORE_PERSON if kind is EntityType.PERSON else "") + mention
        listed = f"(?P<{name}>{mention}(?:、{further})*(?:{conjunction}{further})?){_AND_OTHERS}"
        if pattern.startswith(f"{{{name}}}"):
            # 分别与甲、乙签署: what follows a conjunction is the second end of something, or a list without its head.
            listed = f"(?<!{mention}、)(?<![和及与同暨跟]){listed}"
        if name == order[1]:
            listed = f"{listed}(?!、{further})"
        expression = expression.replace(f"{{{name}}}", listed)
    return expression


def _mention_class(kind: EntityType) -> str:
    first = _FIRST + _TYPES.index(kind) * _STRETCH
    return f"[{chr(first)}-{chr(first + _STRETCH - 1)}]"


# 主席王倩、副主席李明、甲公司总经理张三: the others of a list of persons have titles and organisations before them.
_BEFORE_PERSON = f"{_mention_class(EntityType.ORGANIZATION)}?[\u4e00-\u9fff]{{0,12}}?"
