"""What the text so far is about: the organisation that an unnamed one (会长, 公司, 我们, 该会) refers to."""

from __future__ import annotations

import functools
import re

from kg.language.lexicon import lookup, table, trie_pattern
from kg.language.organizations import Organization, organization_before
from kg.language.sentences import Sentence
from kg.relations.base import Reading

_TERM = re.compile(r"(?:第[一二三四五六七八九十百\d]{1,4}[届次](?:[\u4e00-\u9fff]{0,8}(?:理事会|委员会|董事会|监事会|常委会|代表大会|全国代表大会))?|新一届(?:理事会|董事会|监事会|领导班子)?|本届(?:理事会|董事会|监事会)?|上一?届)$")
_SESSION = re.compile(r"(?<=[\u4e00-\u9fff]{4})第?[一二三四五六七八九十百\d]{1,4}届.*$")
_COMMITTEE = re.compile(r"[\u4e00-\u9fff（）“”]{2,40}?(?:领导小组|组委会|组织委员会|评审委员会|评委会|指挥部|工作专班|筹备组|编委会|工作组)(?!办公室|主任|副主任|成员单位)")
_POINTER = re.compile(r"^(?:该|本|我|此)(?=[\u4e00-\u9fff])")


@functools.cache
def _certain() -> re.Pattern[str]:
    rows = table("organization_suffixes")
    return re.compile(trie_pattern(row["surface"] for row in rows if row["domain"].startswith("strong")))


@functools.cache
def _listed() -> re.Pattern[str]:
    return re.compile(trie_pattern(row["surface"] for row in table("organizations") if len(row["surface"]) >= 2))


@functools.cache
def _bodies() -> dict[str, re.Pattern[str]]:
    return {row["surface"]: re.compile(f"(?:{row['endings']})(?:（[^（）]*）)?$") for row in table("title_bodies")}


def fits(title: str, organization: str) -> bool:
    """Say whether a title may be one at an organisation that is not named beside it.

    >>> fits("副会长", "红石自行车协会"), fits("副会长", "红石市财政局")
    (True, False)
    """
    best = ""
    for head in _bodies():
        if title.endswith(head) and len(head) > len(best):
            best = head
    return bool(_bodies()[best].search(organization)) if best else True


def _endings(name: str) -> str:
    """Return what the full name ends with for which a generic noun (公司) may stand, "" if it is none."""
    return lookup("generic_bodies", "endings").get(name, "")


def is_generic(name: str) -> bool:
    """Say whether a name (公司, 该会) only points back to an organisation."""
    return bool(_endings(name) or _endings(_POINTER.sub("", name)))


def strip_term(name: str) -> str:
    """Return an organisation's name without the term of office (第三届理事会).

    >>> strip_term("红石自行车协会第三届理事会")
    '红石自行车协会'
    """
    return _SESSION.sub("", _TERM.sub("", name))


@functools.lru_cache(maxsize=8192)
def organizations_in(text: str, start: int, end: int, ends: frozenset[int] = frozenset()) -> tuple[Organization, ...]:
    """Return the organisations with a certain ending, or listed, in a part of normalised text, left to right."""
    found: dict[int, Organization] = {}
    for match in _certain().finditer(text, start, end):
        organization = organization_before(text, match.end(), start, ends)
        if organization and _SESSION.search(organization.text):
            whole = strip_term(organization.text)
            organization = Organization(organization.start, organization.start + len(whole), whole, organization.kind)
        if organization and organization.kind in ("strong", "known") and len(organization.text) > len(match.group()):
            known = found.get(organization.start)
            if known is None or known.end < organization.end:
                found[organization.start] = organization
    for match in _listed().finditer(text, start, end):
        if not any(o.start <= match.start() and match.end() <= o.end for o in found.values()):
            found[match.start()] = Organization(match.start(), match.end(), match.group(), "known")
    return tuple(found[key] for key in sorted(found))


class Discourse:
    """Remembers the organisations that the preceding sentences name."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._seen: list[str] = []
        self._counts: dict[str, int] = {}
        self._head: str | None = None

    def before(self, sentence: Sentence, edge: int, title: str) -> str | None:
        """Return the organisation that a title belongs to if none stands beside it and no list carries one.

        Args:
            sentence: The sentence with the title.
            edge: The view offset at which the title begins.
            title: The title; only an organisation that can have such a post is returned.
        """
        text = sentence.view.text
        for found in reversed(organizations_in(text, 0, edge)):
            name = strip_term(found.text)
            if name and not is_generic(name) and fits(title, name):
                return name
        place = re.search(r"(省|市|县|区|州|镇|乡|盟|旗)长$", title)
        if place:
            return self._place(text[:edge], place.group(1))
        if title.endswith("校长"):
            return self.resolve("校")
        return self._remembered(lambda name: fits(title, name))

    def list_head(self) -> str | None:
        """Return the committee that a list of 主任：张三 lines belongs to: the last one that the text names."""
        return self._head

    def _place(self, text: str, level: str) -> str | None:
        """Return the division that a 市长 without a place heads: the one that the text names most."""
        pattern = re.compile(rf"[\u4e00-\u9fff]{{2,6}}?{level}(?!政协|人大)")
        found: dict[str, int] = {}
        for name in [*self._seen, *(match.group() for match in re.finditer(rf"(?:^|[，。；：、“])([\u4e00-\u9fff]{{2,4}}{level})", text))]:
            match = pattern.match(name.strip("，。；：、“"))
            if match and not re.match(r"全[省市县区州]|各|本|我|该", match.group()):
                found[match.group()] = found.get(match.group(), 0) + 1
        return max(found, key=lambda name: found[name]) if found else None

    def resolve(self, name: str, sentence: Sentence | None = None, edge: int = 0) -> str | None:
        """Return the organisation that a generic noun (公司, 该会) points to; other names are returned unchanged.

        Args:
            name: The noun.
            sentence: The sentence in which it stands, if what it says before the noun counts first.
            edge: The view offset of the noun in that sentence.
        """
        bare = _POINTER.sub("", name)
        if not is_generic(name):
            longer = [other for other in dict.fromkeys(self._seen) if other.endswith(name) and other != name]
            return longer[0] if len(longer) == 1 and len(name) <= 5 and name[0] in "省市县区局校院厂部总" else name
        pattern = re.compile(f"(?:{_endings(name) or _endings(bare)})$")
        if sentence is not None:
            for found in reversed(organizations_in(sentence.view.text, 0, edge)):
                if pattern.search(found.text) and not is_generic(found.text):
                    return strip_term(found.text)
        for ending in (_endings(name) or _endings(bare)).split("|"):
            found_name = self._remembered(lambda candidate, ending=ending: candidate.endswith(ending))
            if found_name:
                return found_name
        return name if len(name) > 1 else None

    def _remembered(self, accept: object) -> str | None:
        candidates = [name for name in self._seen if accept(name)]  # type: ignore[operator]
        if not candidates:
            return None
        # What the text speaks of most, and of equals the first: the announcement's own body.
        return max(dict.fromkeys(candidates), key=lambda name: (self._counts[name], -self._seen.index(name)))

    def observe(self, sentence: Sentence) -> None:
        """Take note of the organisations of a sentence that has been read."""
        text = sentence.view.text
        for match in _COMMITTEE.finditer(text):
            self._head = re.sub(r"^.*(?:关于|成立|设立|组建|调整|的|为|由)", "", match.group())
        for found in organizations_in(text, 0, len(text)):
            name = strip_term(found.text)
            if not name or is_generic(name):
                continue
            self._seen.append(name)
            self._counts[name] = self._counts.get(name, 0) + 1
