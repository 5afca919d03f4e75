"""Generate sentences in the voice of the genre, with the spans of persons, organisations and titles.

Names, organisations and titles are put together from the shipped lexicons, so that no real person or body is learned.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from kg.language.lexicon import table, words

Span = tuple[int, int, str]

# {o} organisation, {t} title, {p} person; {ts} titles joined by 、, {ps} persons joined by 、
TEMPLATES = (
    "{o}{t}{p}出席会议并讲话。",
    "{o}{ts}{p}主持会议。",
    "{o}{t}{p}、{o}{t}{p}出席{w}。",
    "{o}{t}{ps}，{t}{p}，{t}{p}；{o}{t}{p}、{t}{ps}参加会议。",
    "{p}{t}在讲话中指出，{w}取得明显成效。",
    "{p}指出，要深入推进{w}。",
    "{p}表示，{o}将继续做好{w}。",
    "{o}{t}{p}动员部署{w}。",
    "会议由{o}{t}{p}主持。",
    "任命{p}为{o}{t}，免去{p}的{o}{t}职务。",
    "{p}任{o}{t}；{p}不再担任{o}{t}职务。",
    "会议选举{p}为{o}{t}，{ps}为{t}。",
    "大会选举产生新一届理事会，{p}当选{t}，{ps}当选{t}。",
    "{p}，男，汉族，{y}年{m}月生，现任{o}{t}。",
    "{p}（{o}{t}）、{p}（{o}{t}）作了发言。",
    "{m}月{d}日，{o}{t}{p}一行到{o}调研。",
    "{m}月{d}日，{o}与{o}在{c}签署战略合作协议，{p}和{p}代表双方签字。",
    "{o}、{o}联合印发《关于做好{w}的通知》。",
    "近日，{o}会同{o}等{n}部门发布《{w}实施方案》。",
    "据{o}{t}{p}介绍，{c}新增{w}项目{n}个。",
    "{o}原{t}{p}、{t}{p}等{n}人参加活动。",
    "记者从{o}获悉，{w}完成{n}万元。",
    "聘任{p}先生为公司{t}，聘任{p}女士为{t}。",
    "{p}接替{p}担任{o}{t}。",
    "来自{o}的{p}说：“{w}让我们受益。”",
    "{t}：{p}　{t}：{ps}",
    "{o}党委书记、{t}{p}，{ts}{p}，党委委员、{t}{p}参加上述活动。",
    "{f}{t}{x}、{f}{t}{x}应邀出席。",
    "{c}市委副书记、市长{p}，市委常委、{t}{p}陪同调研。",
    "{p}与{p}就{w}进行了交流。",
    "{o}召开{w}会议，{t}{p}作工作报告。",
    "{p}强调，{w}是{o}的重要任务，{p}和{p}要抓好落实。",
    "今年，{o}开展{w}{n}场，培训职工{n}人次，新建{w}中心{n}家。",
    "全年实现营业收入{n}亿元，同比增长{n}%，{o}利润总额{n}万元。",
    "{c}{o}{t}{p}向{p}颁发证书。",
    "参加会议的还有{ps}等同志。",
)
_TOPICS = (
    "职业技能竞赛 产业工人队伍建设 安全生产 乡村振兴 科技创新 标准化建设 人才培养 招商引资 节能降碳 数字化转型 "
    "劳动保护 基层治理 项目建设 质量提升 教育教学改革 医疗服务 全民健身 对外合作 文化旅游 就业服务 民生实事 "
    "会员服务 行业自律 产教融合 党建工作 统计调查"
).split()
_PLACES_AFTER = ("市", "县", "区", "省")
_INVENTED = "海江河湖山岭川原平安宁和永兴新东南西北中长青云红金石龙凤华丰泰康明阳光源清泉林松柏梅兰竹菊"
_BRANDS = (
    "华瑞 恒远 天成 金鼎 海纳 云帆 鼎盛 宏图 瑞丰 北辰 远江 智行 蓝鲸 青禾 澜海 岱宗 中原 星河 启明 长风 锦程 博远"
).split()
_FOREIGN_PARTS = (
    "卡 尔 玛 丽 亚 斯 特 安 娜 汉 斯 彼 得 罗 伯 约 翰 森 伊 万 诺 夫 米 哈 阿 里 穆 罕 默 德 "
    "法 蒂 马 索 菲 贝 克 雷 蒙 格 林 努 尔 古 买 提 热 依 木"
).split()
_COUNTRIES = tuple(words("countries"))


class Generator:
    """Draws sentences from the templates; the same seed gives the same sentences."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        surnames = table("surnames")
        self._surnames = [row["surface"] for row in surnames]
        # The square root keeps rare surnames in sight.
        self._surname_weights = [float(row["weight"]) ** 0.5 for row in surnames]
        given = table("given_name_characters")
        self._given = [row["surface"] for row in given]
        self._given_weights = [float(row["weight"]) for row in given]
        self._titles = [
            row["surface"] for row in table("titles") if row["kind"] == "head" and 2 <= len(row["surface"]) <= 6
        ]
        self._modifiers = ["副", "常务副", "党委", "党组", "第一", "名誉", "执行", "党委副", "党组副"]
        endings = table("organization_suffixes")
        self._endings = [
            row["surface"] for row in endings if row["domain"].startswith("strong") and len(row["surface"]) >= 2
        ]
        self._listed = [row["surface"] for row in table("organizations")]
        self._divisions = [row["surface"] for row in table("divisions")]

    def person(self) -> str:
        chance = self._random.random()
        surname = self._random.choices(self._surnames, self._surname_weights)[0]
        size = 1 if chance < 0.24 else 2
        return surname + "".join(self._random.choices(self._given, self._given_weights, k=size))

    def foreigner(self) -> str:
        parts = [
            "".join(self._random.choices(_FOREIGN_PARTS, k=self._random.randint(2, 4)))
            for _ in range(self._random.choice((1, 2, 2, 3)))
        ]
        return "·".join(parts)

    def place(self) -> str:
        if self._random.random() < 0.5:
            return self._random.choice(self._divisions)
        return "".join(self._random.sample(_INVENTED, 2)) + self._random.choice(_PLACES_AFTER)

    def organization(self) -> str:
        chance = self._random.random()
        if chance < 0.2:
            return self._random.choice(self._listed)
        if chance < 0.35:
            return self._random.choice(_BRANDS) + self._random.choice(
                ("集团", "股份有限公司", "科技有限公司", "集团有限公司", "控股集团")
            )
        head = self._random.choice((self.place(), self.place(), "中国", "全国", "省", "市"))
        middle = self._random.choice(
            (
                "",
                "",
                "轻工",
                "纺织",
                "机械",
                "建材",
                "电子",
                "化工",
                "家具",
                "食品",
                "职工",
                "青年",
                "残疾人",
                "体育",
                "教育",
            )
        )
        return head + middle + self._random.choice(self._endings)

    def title(self) -> str:
        modifier = self._random.choice(self._modifiers) if self._random.random() < 0.4 else ""
        return modifier + self._random.choice(self._titles)

    def sentence(self) -> tuple[str, list[Span]]:
        """Return a sentence and its spans (start, end, label), offsets 0-based and half-open."""
        text, spans = "", []
        for piece in self._pieces(self._random.choice(TEMPLATES)):
            value, label = piece
            if label:
                spans.append((len(text), len(text) + len(value), label))
            text += value
        return text, spans

    def _pieces(self, template: str) -> Iterator[tuple[str, str]]:
        rest = template
        while "{" in rest:
            before, _, rest = rest.partition("{")
            slot, _, rest = rest.partition("}")
            if before:
                yield before, ""
            yield from self._fill(slot)
        if rest:
            yield rest, ""

    def _fill(self, slot: str) -> Iterator[tuple[str, str]]:
        if slot in ("ps", "ts"):
            for number in range(self._random.randint(2, 4)):
                if number:
                    yield "、", ""
                yield (self.person(), "PERSON") if slot == "ps" else (self.title(), "TITLE")
            return
        number = str(
            self._random.choice(
                (self._random.randint(2, 99), self._random.randint(100, 9000), round(self._random.random() * 90, 1))
            )
        )
        plain = {
            "w": self._random.choice(_TOPICS), "y": str(self._random.randint(1955, 1995)), "m": str(self._random.randint(1, 12)),
            "d": str(self._random.randint(1, 30)), "n": number, "c": self.place(), "f": self._random.choice(_COUNTRIES),
        }  # fmt: skip
        if slot in plain:
            yield plain[slot], ""
            return
        value, label = {
            "o": (self.organization, "ORG"), "t": (self.title, "TITLE"), "p": (self.person, "PERSON"), "x": (self.foreigner, "PERSON"),
        }[slot]  # fmt: skip
        yield value(), label
