"""Make surnames.tsv and divisions.tsv from ../shared/corpora (Chinese-Names-Corpus, Apache-2.0; divisions, WTFPL).

python training/make_lexicons.py --corpora ../shared/corpora --output kg/resources/lexicons
"""

from __future__ import annotations

import argparse
import json
import pathlib

_LEVELS = ("province", "city", "county")
# Endings that are left out in the short form of a division's name (浙江省 → 浙江).
_ENDINGS = (
    "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "省", "市", "地区", "盟", "区", "县", "旗",
)  # fmt: skip


# Surnames that the corpus lacks: the classical list 百家姓 (public domain) and surnames of further regions.
_CLASSICAL = """
赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹
姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁
荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴鬱胥能苍双闻莘党翟谭贡劳逄姬申扶堵
冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红
游竺权逯盖益桓公
""".replace("\n", "")
_CLASSICAL_DOUBLE = (
    "万俟 司马 上官 欧阳 夏侯 诸葛 闻人 东方 赫连 皇甫 尉迟 公羊 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 "
    "公孙 仲孙 轩辕 令狐 钟离 宇文 长孙 慕容 鲜于 闾丘 司徒 司空 亓官 司寇 子车 颛孙 端木 巫马 公西 漆雕 "
    "乐正 壤驷 公良 拓跋 夹谷 宰父 谷梁 段干 百里 东郭 南门 呼延 羊舌 微生 左丘 西门 南宫 第五 纳兰 完颜 "
    "叶赫 独孤 那拉"
).split()
_FURTHER = "区起鄂冼粟展逯邸晋南佟付代肖闫阎岳覃兰宫苟牟佘佴竹占芦苑楚商乾迟门卿但练帅税操战鹿綦亓衣滕车漆么尧粘呙揭敬原栗未铁仝虎保哈丛官郜修由邝青双敏卻褟问税母淡招奉宛厚隋佀缑呼雒杞柘鲜辜谌符候蹇先鄢衷昌海回拜者撒买达朴崇战辉校仉牒续麦院斯寸矫祝揣"


def surname_rows(path: pathlib.Path) -> list[tuple[str, ...]]:
    weights = json.loads(path.read_text("utf-8"))
    rows = {name: (name, str(weight), "Chinese-Names-Corpus, Apache-2.0") for name, weight in weights.items()}
    for name in [*_CLASSICAL, *_CLASSICAL_DOUBLE]:
        rows.setdefault(name, (name, "25", "百家姓"))
    for name in _FURTHER:
        rows.setdefault(name, (name, "12", "general vocabulary"))
    return sorted(rows.values())


def short_form(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name[: -len(ending)]
    return name


def division_rows(path: pathlib.Path) -> list[tuple[str, ...]]:
    source = "Administrative-divisions-of-China, WTFPL"
    tree = json.loads(path.read_text("utf-8"))
    rows: dict[str, tuple[str, ...]] = {}

    def add(name: str, level: str, parent: str) -> None:
        for surface in {name, short_form(name)}:
            # The first division of a name wins: a county's short form does not hide a province.
            if len(surface) >= 2:
                rows.setdefault(surface, (surface, level, name, parent, source))

    places = [(province, "province", "") for province in tree]
    places += [(city, "city", province) for province, cities in tree.items() for city in cities]
    places += [
        (county, "county", city) for cities in tree.values() for city, counties in cities.items() for county in counties
    ]
    skipped = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
    for name, level, parent in places:
        if name not in skipped:
            add(name, level, "" if parent in skipped else parent)
    for name in ("香港特别行政区", "澳门特别行政区", "台湾省"):
        add(name, "province", "")
    return sorted(rows.values())


def write(path: pathlib.Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    path.write_text("\n".join("\t".join(row) for row in [header, *rows]) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    options = parser.parse_args()
    surnames = surname_rows(options.corpora / "surnames.json")
    write(options.output / "surnames.tsv", ("surface", "weight", "source"), surnames)
    divisions = division_rows(options.corpora / "divisions.json")
    write(options.output / "divisions.tsv", ("surface", "level", "canonical", "parent", "source"), divisions)


if __name__ == "__main__":
    main()
