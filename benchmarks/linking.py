"""Linking a million generated mentions of 100,000 entities: time, memory, and time per mention against a tenth of it.

    python benchmarks/linking.py [MENTIONS]

Entities are bodies of invented places and persons at them; documents name them in full, in short, and by what only the
document explains (市总工会). Fails above 3 minutes, 4 GiB, or 1.5 times the time per mention of a tenth.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator

from kg.linking import Clues, link_corpus
from kg.linking.reprints import Fingerprint
from kg.types import EntityType, Evidence, Fact, Mention

MENTIONS = 1_000_000
MOST_SECONDS, MOST_BYTES, MOST_RATIO = 180.0, 4 * 2**30, 1.5

_PLACE = "江东平清宁远安临嘉柳云石青白沧海泉定永新丰乐文武天长金玉龙凤"
_SECOND = "源岭阜州原川阳陵浦港湖山溪河城林泽水康昌宁和平兴"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚建国志文海玉兰春梅华承启鸿远砚秋云帆晓燕立新"
_OFFICES = (
    ("总工会", ("总", "总工会"), "主席"),
    ("人力资源和社会保障局", ("人社局",), "局长"),
    ("工业和信息化局", ("工信局",), "局长"),
    ("人民政府", ("政府",), "市长"),
    ("妇女联合会", ("妇联",), "主席"),
    ("市场监督管理局", ("市场监管局",), "局长"),
    ("财政局", ("财政局",), "局长"),
    ("人大常委会", ("人大常委会",), "主任"),
)
_TRADES = (
    "重型机械",
    "建筑工程",
    "化学纤维",
    "电力设备",
    "农业发展",
    "文化旅游",
    "信息技术",
    "物流运输",
    "医药科技",
    "新材料",
)
_TITLES = ("董事长", "总经理", "工会主席", "总工程师")


def corpus(mentions: int, seed: int = 20240613) -> tuple[list[Fact], list[Clues]]:
    """Return generated facts with about so many mentions, and the clues of their documents."""
    dice = random.Random(seed)
    entities = mentions // 10
    cities = _cities(dice, max(8, entities // 160))
    facts: list[Fact] = []
    clues: list[Clues] = []
    while 2 * len(facts) < mentions:
        document = f"{len(clues):07d}.txt"
        city = (
            cities[min(int(dice.paretovariate(0.6)) - 1, len(cities) - 1)]
            if dice.random() < 0.3
            else dice.choice(cities)
        )
        facts += _document(dice, document, city)
        date = f"{2018 + len(clues) % 7}-{1 + len(clues) % 12:02d}-11"
        hashes = tuple(sorted(dice.randrange(2**53) for _ in range(24)))
        clues.append(
            Clues(document, date, f"{city}新闻", f"{city[:-1]}日报", ((city, 3),), fingerprint=Fingerprint(hashes, ()))
        )
    return facts, clues


def _cities(dice: random.Random, count: int) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < count:
        size = 1 if len(names) < 500 else 2
        names["".join(dice.choice(_PLACE) for _ in range(size)) + dice.choice(_SECOND) + "市"] = None
    return list(names)


def _document(dice: random.Random, document: str, city: str) -> Iterator[Fact]:
    """Yield the facts of a document: persons at offices and companies of a city, named in several ways."""
    for place in range(dice.randrange(6, 14)):
        who = random.Random(f"{city}{dice.randrange(80)}")
        person = who.choice(_SURNAMES) + "".join(who.choice(_GIVEN) for _ in range(who.choice((1, 2, 2))))
        if who.random() < 0.3:
            full, short, title = who.choice(_OFFICES)
            forms = [city + full, *(city + one for one in short), *("市" + one for one in short)]
            title = title
        else:
            stem = city[:-1] + who.choice(_PLACE) + who.choice(_SECOND)
            trade = who.choice(_TRADES)
            forms = [f"{stem}{trade}有限公司", f"{stem}{trade}", f"{stem}{trade}有限公司工会"]
            title = who.choice(_TITLES)
        yield _fact(document, place * 40, person, dice.choice(forms), title)


def _fact(document: str, start: int, person: str, body: str, title: str) -> Fact:
    sentence = f"{body}{title}{person}出席会议。"
    proof = Evidence(document, start, start + len(sentence), sentence)
    after = start + len(body) + len(title)
    who = Mention(document, after, after + len(person), person, EntityType.PERSON)
    office = Mention(document, start + len(body), after, title, EntityType.POSITION, body + title)
    organization = Mention(document, start, start + len(body), body, EntityType.ORGANIZATION)
    if start % 80:
        return Fact(office, "at", organization, {}, proof, 0.9, "generated")
    return Fact(
        who, "holds", office, {"title": title, "organization": body, "status": "current"}, proof, 0.9, "generated"
    )


def measure(mentions: int) -> float:
    """Link a generated corpus, print what it took, and return the seconds."""
    facts, clues = corpus(mentions)
    names = {(one.type, one.name) for fact in facts for one in (fact.subject, fact.object)}
    start = time.process_time()
    linked = link_corpus(facts, clues=clues)
    seconds = time.process_time() - start
    entities = {(one.type, one.name) for fact in linked.facts for one in (fact.subject, fact.object)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(
        f"{2 * len(facts):>9,} mentions  {len(clues):>7,} documents"
        f"  {len(names):>8,} names → {len(entities):>8,} entities"
        f"  {seconds:6.1f} s  {1e6 * seconds / len(facts) / 2:5.1f} µs a mention  peak {peak / 2**30:.2f} GiB"
    )
    return seconds


def main() -> int:
    mentions = int(sys.argv[1]) if len(sys.argv) > 1 else MENTIONS
    few = measure(mentions // 10)
    many = measure(mentions)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    ratio = many / (10 * few)
    print(f"time per mention: {ratio:.2f} times that of a tenth")
    return int(many > MOST_SECONDS or peak > MOST_BYTES or ratio > MOST_RATIO)


if __name__ == "__main__":
    raise SystemExit(main())
