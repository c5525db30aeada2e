"""Duty files: names that lead nowhere, words out of their place, marks and what places adopt."""

from datetime import date
from pathlib import Path

import pytest

from fazheng.lawbook.load import load
from tests.law.lawfiles import ADOPT, PLACE, copied

DUTIES = "duties/small.toml"
WRONG = [
    ('of       = "small.case"', 'of       = "small.cas"', "没有程序“small.cas”"),
    ('{ event = "filed", in_period = true }', '{ event = "file", in_period = true }', "没有步骤记“file”"),
    ('{ event = "filed", in_period = true }', '{ expired = "decision" }', "没有期限“decision”"),
    ('{ event = "filed", in_period = true }', '{ actor_not_in = "filed.by" }', "actor_not_in 只用于关口"),
    ('{ event = "filed", in_period = true }', '{ linked = "small.folow", where = { event = "looked" } }', "没有程序"),
    ('{ event = "filed", in_period = true }',
     '{ linked = "small.follow_up", where = { event = "look" } }', "没有步骤记“look”"),
    ('{ event = "filed", in_period = true }',
     '{ linked = "small.follow_up", where = { actor_not_in = "looked.by" } }', "linked 的 where 里不能写"),
    ('for_each = "small_list"', 'for_each = "list"', "没有台账“list”"),
    ('key      = "looked.topic"', 'key      = "looked.code"', "“回头看”没有字段“code”"),
    ('key      = "looked.topic"', 'key      = "looked.parent"', "不是同一种字段"),
    ('key      = "looked.topic"\n', "", "有 for_each 就要写 key"),
    ('key     = "extended.days"', 'key     = "decided.outcome"', "要写年度（number）"),
    ('key     = "extended.days"', 'key     = "heard.reason"', "不能作 key"),
    ("about   = -1\n", "", "key 只与 for_each 或者 about 一起用"),
    ('each     = "quarter"', 'each     = "quarter"\nbefore   = "03-01"', '只与 each = "year" 一起用'),
    ('each     = "quarter"', 'each     = "quarter"\nabout    = -1', '只与 each = "year" 一起用'),
    ('before  = "12-31"', 'before  = "12-31"\nuntil   = "12-30"', "until、before 只写一个"),
    ("at_least = 2", "at_least = 0", "at_least 至少是 1"),
    ('article  = "试验意见"\n', "", "只有地方的计划（local）可以不写 article"),
    ('article = "试验意见第六条"\ntext    = "unread"\n', 'article = "试验意见第六条"\n', '要写 text = "unread"'),
    ('article = "试验意见第六条"', 'article = "没有的法第六条"', "目录里没有“没有的法”"),
]  # fmt: skip
STOPS = [
    ('each     = "quarter"', 'each     = "week"', "week"),
    ('before  = "12-31"', 'before  = "12-32"', "before 写法不对"),
    ('before  = "12-31"', 'before  = "02-29"', "before 写法不对"),
    ('mark     = "local"', 'mark     = "hearsay"', "hearsay"),
    ('mark     = "local"', 'mark     = "local"\nsince    = 2024-01-01', "不认识的词“since”"),
    ('mark     = "local"', 'mark     = "local"\nadopted_as = "本地规定"', "不认识的词“adopted_as”"),
    ('mark     = "local"', 'mark     = "local"\nrefuses  = true', "不认识的词“refuses”"),
    ('id       = "small.each"', 'id       = "small.quarterly"', "两处写了同一个"),
    ('key      = "looked.topic"', 'key      = "topic"', "事实要写成“事件.字段”"),
]


@pytest.mark.parametrize(("old", "new", "what"), WRONG, ids=[f"{row[2]}{n}" for n, row in enumerate(WRONG)])
def test_a_duty_that_leads_nowhere_is_found(tmp_path: Path, old: str, new: str, what: str) -> None:
    told = copied(tmp_path).replace(DUTIES, old, new).findings()
    assert [line for line in told if what in line], told


@pytest.mark.parametrize(("old", "new", "what"), STOPS, ids=[f"{row[2]}{n}" for n, row in enumerate(STOPS)])
def test_a_word_that_duties_do_not_know_stops_loading(tmp_path: Path, old: str, new: str, what: str) -> None:
    told = copied(tmp_path).replace(DUTIES, old, new).stops()
    assert [line for line in told if DUTIES in line or line.startswith("duties") if what in line], told


def test_a_file_below_duties_that_is_no_toml_is_not_passed_over(tmp_path: Path) -> None:
    told = copied(tmp_path).append("duties/读我.md", "x").findings()
    assert told == ["duties/读我.md：这个位置的文件没有人读：放到该放的文件夹，或者删掉"]


def test_a_local_duty_waits_until_a_place_adopts_it(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    nation, here = copy.load().duties["small.quarterly"], copy.load(PLACE).duties["small.quarterly"]
    assert (nation.has_effect, nation.mark, nation.adopted_as) == (False, "local", "")
    assert (here.has_effect, here.adopted_as, here.article) == (True, "本地规定", "示例村试验规定第五条")
    assert here.since == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("duty:small.quarterly", "duty:small.yearly", "这是全国的规定，地方不得采用或者替换"),
        ("duty:small.quarterly", "duty:small.each", "要写谁核的（read_by）"),
        ("duty:small.quarterly", "duty:small.weekly", "没有这项义务"),
        ("duty:small.quarterly", "small.quarterly", "没有这条规则"),
        ('article = "示例村试验规定第五条"', 'length  = "5 days"', "这条规则没有 length，不能替换"),
        ('article = "示例村试验规定第五条"\n', "", "要写是本地哪一份文件（article）"),
    ],
)
@pytest.mark.parametrize("place", ["", PLACE])
def test_a_place_adopts_only_duties_that_are_its_to_adopt(
    tmp_path: Path, old: str, new: str, what: str, place: str
) -> None:
    told = copied(tmp_path).replace(ADOPT, old, new).findings(place)
    assert [line for line in told if what in line], told


def test_a_second_hand_duty_works_as_read_once_somebody_read_its_text(tmp_path: Path) -> None:
    copy = copied(tmp_path).append(
        ADOPT,
        '\n[[adopt]]\nadopts = "duty:small.each"\nread_by = "示例甲"\nread_on = 2024-05-06\npaper = "示例村档案室 7"\n',
    )
    assert copy.findings(PLACE) == []
    assert copy.load(PLACE).duties["small.each"].adopted_as == "本局已核"
    assert copy.load(PLACE).duties["small.each"].article == "试验意见"


def test_an_unverified_duty_has_no_effect_and_nobody_adopts_it(tmp_path: Path) -> None:
    copy = copied(tmp_path).replace(DUTIES, 'mark     = "local"', 'mark     = "unverified"\narticle  = "试验意见"')
    assert not copy.load(PLACE).duties["small.quarterly"].has_effect
    assert [line for line in copy.findings() if "没有核实来源，不能采用" in line]


def test_every_duty_of_the_law_is_of_a_procedure_and_some_need_a_place() -> None:
    nation, here = load().duties, load(place="示例县").duties
    assert {"study.quarterly", "publicity.constitution_day", "disclosure.report", "enforcement.data"} <= {*nation}
    assert not nation["study.quarterly"].has_effect
    assert here["study.quarterly"].has_effect
    assert not any(duty.adopted_as for duty in nation.values())
