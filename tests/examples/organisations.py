"""Invented social organisations: names of places that do not exist, codes of division 999xxx with their check digit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from fazheng.procedure.identifiers import org_code

ASSOCIATION, PRIVATE_UNIT, FOUNDATION = "社会团体", "民办非企业单位", "基金会"
_CODE = {ASSOCIATION: "51", PRIVATE_UNIT: "52", FOUNDATION: "53"}
_FIRST = date(2003, 3, 3)  # a Monday

_FIELDS = (
    "老年人 志愿者 摄影 棋类 书法 太极拳 舞蹈 合唱 戏曲 门球 乒乓球 羽毛球 篮球 足球 游泳 登山 骑行 钓鱼 "
    "园艺 盆景 集邮 收藏 诗词 楹联 民俗 非遗 剪纸 陶艺 茶文化 餐饮 家政 物业 建材 农机 果蔬 粮油 畜牧 "
    "水产 蜂业 花卉 中药材 食用菌 电商 物流 运输 旅游 民宿 会计 统计 青年企业家 女企业家 教育 科普 环保 "
    "气象 防震减灾 禁毒 消防 救援 献血 助残 助学 敬老 关爱儿童 退役军人 法学 文学 美术 音乐"
).split()
_FORMS = ("协会", "联合会", "研究会", "促进会", "商会")
_NAMES = (
    "晨光 启明 青禾 微光 益行 明德 和风 暖阳 春雨 新芽 远航 同心 博爱 安康 乐享 悦心 百川 初心 知行 向阳 "
    "蓝天 绿洲 金穗 银杏 白杨 红枫 紫荆 玉兰 海棠 清泉 长河 高原 平川 北辰 南山 东篱 西溪 星火 灯塔 彩虹 "
    "云朵 小桥 石榴 麦田 稻香 松林 竹溪 梅园"
).split()
_UNITS = {
    "养老服务中心": "民政局",
    "幼儿园": "教育局",
    "社会工作服务中心": "民政局",
    "职业培训学校": "人力资源和社会保障局",
    "康复服务中心": "残疾人联合会",
    "公益服务中心": "",
    "艺术培训中心": "文化和旅游局",
    "体育俱乐部": "体育局",
    "门诊部": "卫生健康局",
}
_SPONSORS = ("民政局", "文化和旅游局", "农业农村局", "工业和信息化局", "教育局", "")


@dataclass(frozen=True)
class Organisation:
    """A row of the register of organisations; an empty sponsor: it has none (直接登记)."""

    code: str
    name: str
    kind: str
    registered_on: date
    sponsor: str


def organisations(
    county: str, division: str, associations: int, units: int, foundations: int = 0, *, until: date
) -> list[Organisation]:
    """So many of each kind, registered on weekdays up to `until`, the same ones each time."""
    random = Random(division)
    weeks = (until - _FIRST).days // 7
    names = {kind: iter(_names(kind, county)) for kind in _CODE}
    found = []
    for n, kind in enumerate([ASSOCIATION] * associations + [PRIVATE_UNIT] * units + [FOUNDATION] * foundations):
        name, sponsor = next(names[kind])
        on = _FIRST + timedelta(weeks=int(weeks * random.random() ** 0.8), days=random.randrange(5))
        code = org_code(f"{_CODE[kind]}{division}MJX{n:05d}A")
        found.append(Organisation(code, name, kind, on, f"{county}{sponsor}" if sponsor else ""))
    return found


def _names(kind: str, county: str) -> list[tuple[str, str]]:
    if kind == ASSOCIATION:
        made = [f"{county}{field}{form}" for form in _FORMS for field in _FIELDS]
        return [(name, _SPONSORS[n % len(_SPONSORS)]) for n, name in enumerate(made)]
    if kind == PRIVATE_UNIT:
        return [(f"{county}{name}{unit}", sponsor) for unit, sponsor in _UNITS.items() for name in _NAMES]
    return [(f"{county}{name}慈善基金会", "") for name in _NAMES]
