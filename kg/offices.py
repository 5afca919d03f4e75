"""What a graph says about offices: who is said to hold, take up or leave which one, and when it was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import networkx as nx

from kg.language.patterns import pattern
from kg.names import fold


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence about one person and one office.

    Args:
        person: The id of the person's node.
        office: What tells offices apart (部长 of 某会权益部 is 权益部部长 of 某会); "" if no body is known.
        name: The person's name.
        title: The title.
        organization: The organization, or None.
        status: `current`, `appointed`, `former` or `removed`.
        since: The ISO date since when, perhaps without day or month, or None.
        until: The same, until when.
        published: The ISO date of the document, or None.
        document: The id of the document.
        sentence: The sentence.
    """

    person: str
    office: str
    name: str
    title: str
    organization: str | None
    status: str
    since: str | None
    until: str | None
    published: str | None
    document: str
    sentence: str


def bare_title(title: str) -> str:
    """Return a title without how it is held.

    >>> bare_title("兼职副主席"), bare_title("副主席（兼职）"), bare_title("专职委员")
    ('副主席', '副主席', '委员')
    """
    return pattern("timeline", "manner").sub("", title) or title


def office_key(organization: str | None, title: str) -> str:
    """Return what tells offices apart; "" for a title of no known organization.

    >>> office_key("甲会权益部", "部长") == office_key("甲会", "权益部部长")
    True
    """
    return fold(organization + bare_title(title)) if organization else ""


def is_single(title: str) -> bool:
    """Say whether a body has one holder of a title at a time.

    >>> is_single("会长"), is_single("副会长"), is_single("党组书记")
    (True, False, True)
    """
    return pattern("timeline", "single").fullmatch(bare_title(title)) is not None


def acting_for(title: str) -> str | None:
    """Return the title that somebody holds until the election (代市长 → 市长), None for any other title.

    >>> acting_for("代市长"), acting_for("代表")
    ('市长', None)
    """
    match = pattern("timeline", "acting").fullmatch(title)
    return (match["office"] or match["office_before"]) if match else None


def statements(graph: nx.MultiDiGraph) -> list[Statement]:
    """Return what a graph says about offices, by person and office; candidates hold nothing yet and are left out.

    A title without an organization is that of the one office with this title that the person is said to hold.

    Args:
        graph: A graph from `build_graph` or `read_graph`.
    """
    found = sorted(_statements(graph), key=_order)
    offices: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for one in found:
        if one.office and one.organization:
            offices[one.person, bare_title(one.title)].add((one.office, one.organization))
    result = []
    for one in found:
        known = offices[one.person, bare_title(one.title)]
        if not one.office and len({office for office, _ in known}) == 1:
            office, organization = min(known)
            one = replace(one, office=office, organization=organization)
        result.append(one)
    return sorted(result, key=_order)


def _order(one: Statement) -> tuple[str, ...]:
    return (one.person, one.office, one.title, one.published or "", one.document, one.status, one.sentence)


def _statements(graph: nx.MultiDiGraph) -> Iterator[Statement]:
    for person, _, data in graph.edges(data=True):
        title, status = data.get("title"), data.get("status")
        if data.get("predicate") != "holds" or not title or status == "candidate":
            continue
        organization = data.get("organization")
        label = str(graph.nodes[person].get("label") or person)
        for item in data.get("evidence") or ():
            yield Statement(
                person,
                office_key(organization, title),
                label,
                bare_title(title),
                organization,
                status or "current",
                data.get("since"),
                data.get("until"),
                item.get("published"),
                item["document"],
                item["sentence"],
            )
