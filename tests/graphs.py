"""A small graph by `schema.md` §4, made by hand: every type, parallel edges, a loop, and names that try to do harm."""

from __future__ import annotations

from typing import Any

import networkx as nx

INJECTION = "</script><img src=x onerror=alert(1)>"
AWKWARD = "\u202e乱\u2028序\x00\ud800<!--"
"""Direction override, JavaScript line end, NUL, lone surrogate, comment opening."""


def add(
    graph: nx.MultiDiGraph,
    ends: tuple[str, str, str],
    label: str,
    sentence: str,
    words: tuple[str, str],
    document: str = "articles/协会换届.txt",
    start: int = 120,
    **qualifiers: Any,
) -> None:
    """Add the edge `(source, predicate, target)` with one piece of evidence that names both ends by `words`."""
    source, predicate, target = ends
    for node in (source, target):
        kind, _, name = node.partition(":")
        if node not in graph:
            graph.add_node(
                node, label=name, type=kind, aliases=[], documents=1, first_seen="2023-04-18", last_seen="2023-04-18"
            )
    evidence = {"document": document, "start": start, "end": start + len(sentence), "sentence": sentence}
    for role, word in zip(("subject", "object"), words, strict=True):
        evidence[f"{role}_start"] = start + sentence.index(word)
        evidence[f"{role}_end"] = start + sentence.index(word) + len(word)
    key = "/".join([predicate, *(str(qualifiers[name]) for name in ("status", "period") if qualifiers.get(name))])
    graph.add_edge(
        source,
        target,
        key,
        label=label,
        predicate=predicate,
        weight=1,
        confidence=0.97,
        evidence=[evidence | {"published": "2023-04-18"}],
        **qualifiers,
    )


def small_graph() -> nx.MultiDiGraph:
    """Return the graph: 11 nodes, 13 edges."""
    graph = nx.MultiDiGraph()
    chair, union = "Position:江州市家具协会/会长", "Organization:江州市总工会"
    guild, notice = "Organization:江州市家具协会", "Notice:关于开展技能竞赛的通知"
    sentence = "会议选举𠮷田华为江州市家具协会会长，原会长陆明远不再担任。"
    both: dict[str, Any] = {"title": "会长", "organization": "江州市家具协会", "since": None, "until": None}
    add(graph, ("Person:𠮷田华", "holds", chair), "任职", sentence, ("𠮷田华", "会长"), status="current", **both)
    add(graph, ("Person:陆明远", "holds", chair), "任职", sentence, ("陆明远", "会长"), status="former", **both)
    earlier = "陆明远会长出席开幕式。"
    add(
        graph,
        ("Person:陆明远", "holds", chair),
        "任职",
        earlier,
        ("陆明远", "会长"),
        "a.txt",
        8,
        status="current",
        **both,
    )
    add(graph, (chair, "at", guild), "所属机构", "江州市家具协会会长", ("会长", "江州市家具协会"))
    joint = "市总工会、家具协会联合印发《关于开展技能竞赛的通知》（江工发〔2023〕7号）。"
    issued: dict[str, Any] = {
        "verb": "联合印发",
        "date": "2023-04-10",
        "document_number": "江工发〔2023〕7号",
        "named_count": 2,
    }
    for issuer, word in ((union, "市总工会"), (guild, "家具协会")):
        add(graph, (issuer, "co_issues", notice), "联合发布", joint, (word, "关于开展技能竞赛的通知"), **issued)
    action, metric = "Action:开展技能竞赛", "Metric:参赛职工 5万人"
    plan = "今年开展技能竞赛，参赛职工不少于5万人，去年已达3万人。"
    for period, status in (("2023年", "planned"), ("2022年", "achieved")):
        goal: dict[str, Any] = {"bound": ">=", "value_text": "5", "unit": "万人", "value": 50000, "base_unit": "人"}
        add(
            graph,
            (action, "targets", metric),
            "指标",
            plan,
            ("开展技能竞赛", "参赛职工"),
            period=period,
            status=status,
            **goal,
        )
    add(graph, (union, "undertakes", action), "开展", "市总工会将开展技能竞赛。", ("市总工会", "开展技能竞赛"))
    add(graph, (guild, "undertakes", action), "开展", "家具协会将开展技能竞赛。", ("家具协会", "开展技能竞赛"))
    event = "Event:江州市家具协会换届大会"
    add(graph, ("Person:陆明远", "attends", event), "出席", "陆明远出席换届大会。", ("陆明远", "换届大会"))
    add(graph, (event, "held_at", "Place:江州"), "举办地", "换届大会在江州召开。", ("换届大会", "江州"))
    add(graph, (notice, "cites", notice), "引用", "该通知转发《通知》。", ("该通知", "《通知》"))
    graph.nodes["Organization:江州市总工会"]["aliases"] = ["市总工会", "江州总工会"]
    graph.nodes["Person:陆明远"].update(documents=2, first_seen="2023-01-05")
    return graph


def hostile_graph() -> nx.MultiDiGraph:
    """Return two nodes whose names, aliases, qualifiers, sentences and type all try to leave their place."""
    graph = nx.MultiDiGraph()
    sentence = f"{INJECTION}任{AWKWARD}。"
    ends = (f"Person:{INJECTION}", "holds", f"Position:{AWKWARD}")
    add(graph, ends, INJECTION, sentence, (INJECTION, AWKWARD), document=INJECTION, title=INJECTION)
    graph.nodes[ends[0]].update(aliases=[INJECTION.upper(), AWKWARD])
    graph.add_node("__proto__", label=INJECTION, type="__proto__<b>")
    return graph


def large_graph(nodes: int = 5000, edges: int = 10000) -> nx.MultiDiGraph:
    """Return a graph as large as a year of articles gives; a few organisations have very many edges."""
    graph = nx.MultiDiGraph()
    names = [
        f"{kind}:{kind}甲{number}" for number in range(nodes) for kind in (("Person", "Organization")[number % 2],)
    ]
    for number in range(edges):
        source = names[number % nodes]
        target = names[(number * 7919 + number % 13) % (nodes if number % 3 else 60)]
        words = (source.partition(":")[2], target.partition(":")[2])
        add(
            graph,
            (source, "attends", target),
            "出席",
            f"{words[0]}见{words[1]}。",
            words,
            f"{number % 900}.txt",
            period=f"{1900 + number % 120}年",
        )
    return graph
