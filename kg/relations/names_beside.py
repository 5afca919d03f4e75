"""Names directly beside a title: 张三会长, 会长张三, 副会长张三、李四."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from kg.language.lexicon import lookup, matcher, words
from kg.language.name_contexts import may_stand_before_title
from kg.language.name_scores import common_words, given_name_weight, name_score, surnames
from kg.language.organizations import classify, organization_before
from kg.language.patterns import pattern
from kg.language.persons import Name, NameFinder
from kg.language.titles import Title, find_titles
from kg.language.tries import trie_pattern
from kg.relations.lone_names import word_behind_title

_LEVELS = "省市县区州旗盟镇乡"
_BRACKET = re.compile(r"（[^（）]{1,30}）")
# How likely a name is behind each mark of a list; other separators get the last weight.
_AFTER_SEPARATOR = {"、": 0.8, " ": 0.5, "，": -0.6, "；": -0.8}
_AFTER_CONJUNCTION = 0.2
# A title directly before makes a name likely; a verb between them less so.
_AFTER_TITLE, _AFTER_VERB = 1.2, 0.3
# A role that is no post (全国人大代表) before the name.
_AFTER_ROLE = 0.9
_SHORT = 2
# What fills a place of a list behind a label.
_FILLS_LIST = 0.5
# A name that is the end of an organisation's name too must be this certain.
_CERTAIN_INSIDE_BODY = 2.2


@dataclass(frozen=True, slots=True)
class Context:
    """What names are looked for in.

    Args:
        text: The normalised characters of a sentence.
        names: The finder of names, with what the document has confirmed.
        ends: The borders of words in `text`.
    """

    text: str
    names: NameFinder
    ends: frozenset[int]

    def name_after(self, start: int, prior: float) -> Name | None:
        """Return the best name that begins at `start` (see `NameFinder.after`).

        >>> Context("王倩到会", NameFinder(), frozenset()).name_after(0, 1.2).end
        2
        """
        return self.names.after(self.text, start, self.ends, prior=prior)

    def name_before(self, end: int, prior: float = 0.6, floor: int = 0) -> Name | None:
        """Return the best name that ends at `end` (see `NameFinder.before`).

        >>> Context("，王倩到会", NameFinder(), frozenset()).name_before(3).start
        1
        """
        return self.names.before(self.text, end, self.ends, floor=floor, prior=prior)


def names_before(context: Context, title: Title, floor: int) -> list[Name]:
    """Return the names directly before a title (张三会长; 张三、李四两位会长).

    Args:
        context: The sentence.
        title: The title.
        floor: Where the last title or name ended.

    >>> context = Context("王倩会长到会", NameFinder(), frozenset())
    >>> [(name.start, name.end) for name in names_before(context, find_titles("王倩会长到会")[0], 0)]
    [(0, 2)]
    """
    text = context.text
    tail = pattern("positions", "names_tail").search(text, floor, title.outer)
    edge = tail.start() if tail else title.outer
    if edge <= floor:
        return []
    own = organization_before(text, edge, floor, context.ends)
    if own and own.kind in ("known", "place", "department"):
        return []
    found = context.name_before(edge, floor=floor)
    if not found or (text[edge - 1] == title.text[0] and title.text[0] in _LEVELS):
        # 鄂温克旗旗长: the place that the title is about.
        return []
    confirmed = text[found.start : found.end] in context.names.confirmed
    if not confirmed and not may_stand_before_title(text, found.start, found.end, floor):
        return []
    if own and own.kind != "unknown" and found.score < _CERTAIN_INSIDE_BODY and not confirmed:
        return []
    result = [found]
    while found and found.start > floor and text[found.start - 1] in "、和与":
        found = context.name_before(found.start - 1, floor=floor)
        if found:
            result.insert(0, found)
    return result


def names_after(context: Context, start: int, following: Title | None = None, *, of_post: bool = False) -> list[Name]:
    """Return the names in the list that begins directly after a title.

    Args:
        context: The sentence.
        start: Where the title ends.
        following: The next title of the sentence.
        of_post: Whether the words before the title tell a post of somebody (时任某市市长的张三), so that 的 may follow.

    >>> context = Context("会长王倩、李建国到会", NameFinder(), frozenset())
    >>> [(name.start, name.end) for name in names_after(context, 2)]
    [(2, 4), (5, 8)]
    """
    text = context.text
    bracket = _BRACKET.match(text, start)
    start = bracket.end() if bracket else start
    if of_post and text[start : start + 1] == "的":
        return _names_of_list(context, start + 1, _AFTER_TITLE, following)
    role = _role().match(text, start)
    if following and role and following.start < role.end():
        # 、总会计师张三: a post, not the role of an accountant.
        role = None
    if role and (names := _names_of_list(context, role.end(), _AFTER_ROLE, following)):
        # 董事长、全国人大代表张三: a role that is no post stands between.
        return names
    honour = pattern("positions", "honour").match(text, start)
    if honour and (names := _names_of_list(context, honour.end(), _AFTER_ROLE, following)):
        return names
    lead = pattern("positions", "names_lead").match(text, start)
    start = lead.end() if lead else start
    prior = _AFTER_VERB if lead and not lead["mark"] else _AFTER_TITLE
    found = _names_of_list(context, start, prior, following)
    sure = (lead and lead["mark"] == "：") or (not lead and found and found[0].start == start)
    if sure and (listed := _label_list(text, start, found)):
        return listed
    if not found and prior >= _AFTER_TITLE and (word := word_behind_title(text, start)):
        return [word]
    return found or _lone_name(context, start, prior)


def _label_list(text: str, start: int, found: list[Name]) -> list[Name]:
    """Return the names of a list behind a label and a colon: most are usual ones, and the others fill their places."""
    match = pattern("positions", "label_list").match(text, start)
    places = [place.span() for place in re.finditer("[^、]+", match["names"])] if match else []
    surfaces = [text[start + first : start + after] for first, after in places]
    known = {(name.start, name.end): name for name in found}
    usual = [
        (start + first, start + after) in known or (name_score(word) or 0) > 0
        for (first, after), word in zip(places, surfaces, strict=True)
    ]
    if len(places) <= len(found) or 2 * sum(usual) <= len(usual) or not all(word[0] in surnames() for word in surfaces):
        return []
    if any(find_titles(word) or classify(word) not in ("unknown", "weak") for word in surfaces):
        return []
    spans = [(start + first, start + after) for first, after in places]
    return [known.get(span) or Name(*span, _FILLS_LIST) for span in spans]


@functools.cache
def _role() -> re.Pattern[str]:
    roles = trie_pattern(words("titles", "role"))
    # 、全国五一劳动奖章获得者、省人大代表
    one = rf"、[\u4e00-\u9fff\d“”·]{{0,24}}?{roles}(?!科学|基金|奖|称号|工程|计划|荣誉|企业|单位|人选|[先女]生)"
    return re.compile(rf"(?:{one})+(?![\u4e00-\u9fff]?[、，])")


def _names_of_list(context: Context, start: int, prior: float, following: Title | None) -> list[Name]:
    text = context.text
    result: list[Name] = []
    found = context.name_after(start, prior)
    while found and not (following and _belongs_to(following, found, context, first=not result)):
        result.append(found)
        separator = pattern("positions", "separator").match(text, found.end)
        if not separator:
            break
        mark = separator["mark"]
        found = context.name_after(separator.end(), _AFTER_SEPARATOR.get(mark, _AFTER_CONJUNCTION))
        if found and mark in "，；" and not pattern("positions", "list_goes_on").match(text, found.end):
            break
    return result


def _belongs_to(following: Title, found: Name, context: Context, *, first: bool) -> bool:
    """Say whether what was found as a name belongs to the next title: to its characters, its organisation, or it."""
    if not first and _begins_organization(following, found.start, context):
        return True
    if first and _begins_at_place(following, found, context):
        return True
    if found.start <= following.start < found.end:
        return True
    if first or following.outer != found.end:
        return False
    # 副会长张三、李四秘书长: a name directly before a title that no other name follows is its holder.
    return context.name_after(following.end, _AFTER_TITLE) is None


def _begins_at_place(following: Title, found: Name, context: Context) -> bool:
    """Say whether a place with which the next title's body begins was found as a name (独立董事|武汉某大学教授)."""
    place = matcher("divisions").match(context.text, found.start)
    own = organization_before(context.text, following.outer, found.start, context.ends) if place else None
    return own is not None and own.start == found.start and own.kind in ("known", "strong")


def _begins_organization(following: Title, start: int, context: Context) -> bool:
    """Say whether the organisation of the next title begins where a name was found (…、中国某某协会会长)."""
    own = organization_before(context.text, following.outer, start, context.ends)
    return own is not None and own.start == start and own.kind != "unknown"


def _lone_name(context: Context, start: int, prior: float) -> list[Name]:
    """Return a name without a Chinese surname (a Mongolian, Japanese or Korean one) that fills the place alone."""
    match = pattern("positions", "lone_name").match(context.text, start)
    word = match["name"] if match else _before_follower(context.text, start)
    if not word or prior < _AFTER_TITLE or classify(word) not in ("unknown", "weak"):
        return []
    listed = (("name_like_words", "kind"), ("name_stop_words", "source"), ("foreign_places", "source"))
    if any(word in lookup(name, column) for name, column in listed) or find_titles(word):
        return []
    if min(map(given_name_weight, word)) < 0:
        # 身份亮相: characters that no name is made of.
        return []
    if matcher("action_verbs").search(word) or matcher("boundary_words").search(word):
        return []
    return [] if matcher("name_followers").match(word) else [Name(start, start + len(word), 0.3)]


def _before_follower(text: str, start: int) -> str:
    """Return the three to five characters usual in names that a verb of two characters follows, "" if none do."""
    for size in (5, 4, 3, 2):
        word = text[start : start + size]
        if size == _SHORT and (word in common_words() or not all(character in _letters() for character in word)):
            # 洛桑介绍: letters of Tibetan and Mongol names.
            continue
        if len(word) == size and min(map(given_name_weight, word)) >= 0 and _surely_followed(text, start + size):
            return word
    return ""


@functools.cache
def _letters() -> frozenset[str]:
    return frozenset(words("minority_name_characters"))


def _surely_followed(text: str, end: int) -> bool:
    follower = matcher("name_followers").match(text, end)
    if follower is None:
        return False
    return len(follower.group()) >= 2 or (
        follower.group() in ("说", "称") and text[end + 1 : end + 2] in ("，", "。", "：")
    )
