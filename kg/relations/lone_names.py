"""Names known by the place that they fill, however rare they are: between a verb and 为, 由 and 担任, a mark and （."""

from __future__ import annotations

from kg.language.lexicon import lookup, matcher
from kg.language.name_contexts import starts_body
from kg.language.name_scores import given_name_weight, may_be_called, may_begin_name, may_end_name, surnames
from kg.language.organizations import classify
from kg.language.patterns import pattern
from kg.language.persons import Name
from kg.language.titles import find_titles

HONORIFICS = ("同志", "先生", "女士")


_LONGEST_LONE = 3
# The first characters of 担任, 兼任 and the like.
_BEGIN_DUTY = "担兼接继连留出"
# What fills a place that only names fill, and what begins a resume.
_FILLS_PLACE, _CERTAIN = 0.9, 2.0


def before_honorific(text: str, end: int) -> int:
    """Return where the name ends that a form of address may follow (张三同志|担任)."""
    return end - 2 if text[:end].endswith(HONORIFICS) else end


def lone_successor(text: str, start: int) -> Name | None:
    """Return what fills the place between 由 and 担任 and begins with a surname, however rare the name is."""
    match = pattern("appointments", "lone_successor").match(text, start)
    return Name(*match.span("name"), 0.5) if match and match["name"][0] in surnames() else None


def lone_object(text: str, start: int, limit: int) -> Name | None:
    """Return what fills the place between a verb and 为, or a body, however rare it is as a name."""
    lone = pattern("appointments", "lone_object").match(text, start)
    if lone and lone.end() <= limit:
        return Name(*lone.span("name"), 0.5)
    for size in (2, 3):
        # 免去卓越中共某区委书记职务
        body = starts_body(text, start + size) or classify(text[start + size : limit]) == "department"
        if start + size >= limit or not body:
            continue
        family = text[start] in surnames() and may_begin_name(text[start])
        if family and min(map(given_name_weight, text[start + 1 : start + size])) > 0:
            return Name(start, start + size, 0.5)
    return None


def lone_subject(text: str, edge: int) -> list[Name]:
    """毕力格同志任…: a name without a Chinese surname between a border and 同志."""
    match = pattern("appointments", "lone_subject").search(text[:edge])
    if not match:
        return []
    if text.startswith(HONORIFICS, edge):
        return [Name(*match.span("name"), 0.8)]
    # ：高峰任院长: a word that may be a name and has a surname.
    word = match["name"]
    fits = len(word) <= _LONGEST_LONE and word[0] in surnames() and may_be_called(word) and not find_titles(word)
    if _given_by_list(text, edge, word):
        return [Name(*match.span("name"), 0.3)]
    takes = pattern("appointments", "lone_takes").match(text, edge)
    return [Name(*match.span("name"), 0.3)] if fits and takes and classify(word) in ("unknown", "weak") else []


def _given_by_list(text: str, edge: int, word: str) -> bool:
    """Say whether 为 behind a word makes it a person: 任命王倩为局长，卓越为副局长; 蒲江为某市人民检察院检察长."""
    if not text.startswith("为", edge) or len(word) > _LONGEST_LONE or not _may_be_word_name(word):
        return False
    if any(word in lookup(name, "source") for name in ("action_verbs", "name_followers", "adverbs")):
        return False
    place = lookup("name_like_words", "kind").get(word) == "place" or word in lookup("divisions", "level")
    appoints = pattern("appointments", "said_appointed").search(text, 0, edge - len(word))
    return bool(appoints or (place and edge == len(word) and starts_body(text, edge + 1)))


def lone_before_bracket(text: str, edge: int) -> Name | None:
    """Return what has a surname and fills the place between a mark and the bracket with the titles.

    >>> lone_before_bracket("成员：汪洋（董事长）", 5).start
    3
    """
    match = pattern("appointments", "lone_subject").search(text[:edge])
    surname = match and len(match["name"]) <= _LONGEST_LONE and match["name"][0] in surnames()
    return Name(*match.span("name"), 0.3) if match and surname and not find_titles(match["name"]) else None


def word_behind_title(text: str, start: int) -> Name | None:
    """Return the word with a surname that only a name can be where it stands directly behind a title.

    局长桂林、…; 院长康乐教授; 部长许诺任…: a mark, a form of address or the verb of a post follows. A word that also
    is a verb (安排, 祝愿) needs one of the latter two.

    >>> word_behind_title("许诺任主任", 0).end
    2
    >>> word_behind_title("安排，", 0) is None
    True
    """
    for size in (2, 3):
        word, end = text[start : start + size], start + size
        if len(word) < size or not _may_be_word_name(word):
            continue
        if pattern("appointments", "sure_name").match(text, end):
            # 院长贝宁担任: the verb has two characters.
            return None if word[-1] in _BEGIN_DUTY else Name(start, end, _FILLS_PLACE)
        if word in lookup("foreign_places", "source"):
            continue
        if text[start - 1 : start] == "：" and text[end : end + 1] in ("", "（", "；"):
            # 监事长：庄严（…）
            return Name(start, end, _FILLS_PLACE)
        if text[end : end + 1] == "、" and matcher("titles", "head", "full", "modifier").match(text, end + 1):
            # 局长高兴、副局长安宁
            return Name(start, end, _FILLS_PLACE)
        ordinary = not any(word in lookup(name, "source") for name in ("action_verbs", "name_followers", "adverbs"))
        listed = lookup("name_like_words", "kind").get(word) == "place" or word in lookup("divisions", "level")
        if ordinary and pattern("appointments", "sure_speech").match(text, end):
            return Name(start, end, _FILLS_PLACE)
        if ordinary and listed and pattern("appointments", "list_mark").match(text, end):
            return Name(start, end, _FILLS_PLACE)
    return None


def _may_be_word_name(word: str) -> bool:
    """Say whether a word has a surname and neither names a province nor holds a title or particles."""
    if word[0] not in surnames() or not may_begin_name(word[0]) or not may_end_name(word[-1]):
        return False
    if lookup("divisions", "level").get(word) == "province":
        return False
    return (
        not find_titles(word) and not matcher("titles").search(word) and classify(word) in ("unknown", "weak", "place")
    )


def name_of_resume(text: str, start: int) -> Name | None:
    """Return what stands before ，男， at the beginning of a resume: it is a name, whatever else the word means.

    >>> name_of_resume("许多，男，汉族", 0).end
    2
    """
    match = pattern("appointments", "sure_resume").match(text, start)
    return Name(*match.span("name"), _CERTAIN) if match and not find_titles(match["name"]) else None
