"""Articles made of templates with invented names: as many as a benchmark needs, the same for the same numbers."""

from __future__ import annotations

import random
from pathlib import Path

_PLACES = (
    *("红石", "江源", "云州", "青岭", "临川", "白沙", "东陵", "南浦", "西岗", "北屏", "长汀", "明溪", "安澜", "平湖"),
    *("清泉", "宁河", "丰谷", "永泽", "兴隆", "泰岳"),
)
_BODIES = (
    *("总工会", "财政局", "教育局", "轻工业联合会", "商会", "统计局", "大学", "人民医院", "文化馆", "体育局"),
    *("住房和城乡建设局", "水务集团"),
)
_TITLES = (*("主席", "副主席", "局长", "副局长", "会长", "秘书长", "主任", "校长", "院长", "董事长", "总经理", "书记"),)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰志国建文海燕玲春梅晓红宇浩然倩雨欣子轩"
_OBJECTS = ["评价基地", "实训中心", "职工书屋", "社区食堂", "重点实验室", "养老服务站", "充电桩", "健身步道"]
_TEMPLATES = (
    "{place}{body}召开{year}年工作会议\n{year}年{month}月{day}日，{place}{body}在{place}市召开工作会议，{place}{body}{title}"
    "{person}、{place}市{body2}{title2}{person2}出席会议并讲话。会议由{place}{body}{title3}{person3}主持。\n{person}指出，今年"
    "要新建{object}{number}家，培训职工{big}人次。去年，全市共建成{object}{small}家，服务群众{large}万人次。\n会议强调，要把各项"
    "工作落到实处，加强协调配合，做好宣传引导，及时总结经验。与会人员还参观了{object}，听取了有关情况介绍，并就下一步工作进行了"
    "交流讨论。各县区有关单位负责人参加会议。{person2}在讲话中表示，"
    "{place}市{body2}将继续支持相关项目，力争{next}年新增{object}{small}家。\n",
    "关于做好{object}建设工作的通知\n近日，{place}{body}、{place}市{body2}联合印发《关于做好{year}年{object}建设工作的通知》。"
    "通知要求，到{next}年底，全市建成{object}{number}家，总投资达到{large}亿元。\n{place}{body}{title}{person}表示，将严格按照"
    "通知要求推进建设，确保质量和进度。{place}市{body2}{title2}{person2}介绍，此前已有{small}家单位提出申请，占全部申请的"
    "{share}%。\n通知同时明确了申报条件、评审程序和管理办法，对不符合要求的单位将限期整改。{person3}任{place}{body}{title3}，"
    "负责此项工作的组织实施。有关方面将定期开展检查，并向社会公布结果。{place}{body}有关负责人说，"
    "{next}年还将培训职工{big}人次，让更多群众从中受益，相关安排将在年底前公布。\n",
    "{place}市任命一批干部\n{year}年{month}月{day}日，{place}市举行干部会议，宣布任命决定：任命{person}为{place}{body}{title}，"
    "{person2}为{place}市{body2}{title2}；免去{person3}的{place}{body}{title3}职务。\n据了解，{place}{body}现有职工{big}人，"
    "{year}年完成投资{large}亿元，同比增长{share}%。今年计划改造{object}{number}个。\n会议要求，各单位要统一思想，提高认识，"
    "认真做好交接工作，保持各项工作的连续性和稳定性。新任职的同志要尽快熟悉情况，进入角色，不负组织的信任和群众的期望。"
    "{place}市{body2}{title2}{person2}在会上作了发言，{place}{body}机关全体干部、直属单位负责人以及离退休老同志代表等参加了会议，"
    "会议还安排了{next}年的重点任务。\n",
)


def article(number: int) -> str:
    """Return the article of a number, of some 300 characters."""
    chance = random.Random(number)

    def name() -> str:
        return chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2))))

    first, second = chance.sample(_BODIES, 2)
    year = chance.randint(2019, 2025)
    return chance.choice(_TEMPLATES).format(
        place=chance.choice(_PLACES) + chance.choice(("", "省", "县")),
        body=first,
        body2=second,
        title=chance.choice(_TITLES),
        title2=chance.choice(_TITLES),
        title3=chance.choice(_TITLES),
        person=name(),
        person2=name(),
        person3=name(),
        year=year,
        next=year + 1,
        month=chance.randint(1, 12),
        day=chance.randint(1, 28),
        object=chance.choice(_OBJECTS),
        number=chance.randint(5, 900),
        small=chance.randint(2, 400),
        big=chance.randint(1000, 90000),
        large=chance.randint(2, 80),
        share=chance.randint(1, 60),
    )


def write_articles(folder: Path, first: int, last: int) -> list[Path]:
    """Write the articles from one number up to before another into a folder, and return their files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{number:06}.txt" for number in range(first, last)]
    for number, file in enumerate(files, first):
        file.write_text(article(number), "utf-8")
    return files
