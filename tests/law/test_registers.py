"""Registers in law files: rows a condition asks for, and what a procedure's events do to them."""

from pathlib import Path

import pytest

from tests.law.lawfiles import copied

LIST = "registers/list.toml"
LOOK = "procedures/small-follow-up/procedure.toml"
ASKED = '{ registered = "small_list", key = "looked.topic", with = { kind = "one" }, for = "2 years" }'
ENTER = """does  = "enter"
sets  = { status = "看过" }
takes = { seen = "looked.on" }"""
NO_CONDITION = [
    '{ registered = "small_list" }',
    '{ registered = "small_list", key = "topic" }',
    '{ registered = "small_list", key = "looked.topic", with = {} }',
    '{ registered = "small_list", key = "looked.topic", with = "one" }',
    '{ registered = "small_list", key = "looked.topic", with = { kind = ["one"] } }',
    '{ registered = "small_list", key = "looked.topic", with = { kind = 1.5 } }',
    '{ registered = "small_list", key = "looked.topic", for = "5 working days" }',
    '{ registered = "small_list", key = "looked.topic", for = "2 year" }',
    '{ registered = "small_list", key = "looked.topic", for = "100 years" }',
    '{ registered = "small_list", key = "looked.topic", for = 2 }',
    '{ registered = "small_list", key = "looked.topic", since = "2 years" }',
]
NOWHERE = [
    ('{ registered = "list", key = "looked.topic" }', "没有名册“list”"),
    ('{ registered = "small_list", key = "looked.code" }', "“回头看”没有字段“code”"),
    ('{ registered = "small_list", key = "seen.topic" }', "没有步骤记“seen”"),
    ('{ registered = "small_list", key = "looked.on" }', "与“名录”的编号不是同一种"),
    ('{ registered = "small_list", key = "looked.by" }', "与“名录”的编号不是同一种"),
    ('{ registered = "small_list", key = "looked.topic", with = { sort = "one" } }', "“名录”没有字段“sort”"),
    ('{ registered = "small_list", key = "looked.topic", with = { kind = "three" } }', "没有“three”这个选项"),
    ('{ registered = "small_list", key = "looked.topic", with = { status = 3 } }', "不能与 3 相比"),
]
SPOILT = [
    ('sets  = { status = "看过" }', "sets  = { status = 3 }", "“small_list.status”不能与 3 相比"),
    ('sets  = { status = "看过" }', 'sets  = { kind = "onne" }', "“small_list.kind”没有“onne”这个选项"),
    ('sets  = { status = "看过" }', 'sets  = { status = ["看过"] }', "“status”不是一列"),
    ('sets  = { status = "看过" }', "sets  = { status = 2026-01-01 }", "“small_list.status”不能与 2026-01-01 相比"),
    ('sets  = { status = "看过" }', "sets  = { seen = 2026-01-01 }", "“seen”在 sets 和 takes 里各写了一次"),
    ('sets  = { status = "看过" }', 'sets  = { code = "x" }', "“code”是编号，由 key 写"),
    ('takes = { seen = "looked.on" }', 'takes = { seen = "looked.topic" }', "“looked.topic”与名册的“seen”不是同一种"),
    ('takes = { seen = "looked.on" }', 'takes = { seen = "looked.day" }', "“回头看”没有字段“day”"),
    ('takes = { seen = "looked.on" }', 'takes = { sight = "looked.on" }', "没有字段“sight”"),
    ('takes = { seen = "looked.on" }', 'takes = { seen = "on" }', "事实要写成“事件.字段”"),
    ('does  = "enter"', 'does  = "strike"', "注销（strike）不写 sets、takes"),
    ('does  = "enter"', 'does  = "delete"', "delete"),
    ('key  = "filed.ticket"', 'key  = "filed.officers"', "“filed.officers”与“名录”的编号不是同一种"),
    ('key  = "filed.ticket"', 'key  = "heard.reason"', "“heard.reason”是另存的，不能作编号"),
    ('does = "strike"', 'takes = { status = "heard.reason" }', "“heard.reason”是另存的，案件不能写进名册"),
    ('does = "strike"', 'takes = { status = "filed.officers" }', "“filed.officers”与名册的“status”不是同一种"),
    (
        'does = "strike"',
        'takes = { kind = "decided.outcome" }',
        "选项“good、bad”在名册的“kind”里没有",
    ),
]


@pytest.mark.parametrize("words", NO_CONDITION)
def test_what_is_not_written_so_is_no_condition(tmp_path: Path, words: str) -> None:
    assert copied(tmp_path).replace(LOOK, ASKED, words).stops() != []


@pytest.mark.parametrize(("words", "what"), NOWHERE)
def test_a_row_that_is_asked_for_and_can_never_stand_is_found(tmp_path: Path, words: str, what: str) -> None:
    told = copied(tmp_path).replace(LOOK, ASKED, words).findings()
    assert [line for line in told if what in line], told


def test_a_limit_does_not_hang_on_a_register(tmp_path: Path) -> None:
    """Clocks are made from a case's own entries: a row that comes later must not move a due day."""
    asked = 'when    = { registered = "small_list", key = "filed.ticket" }'
    told = copied(tmp_path).replace("procedures/small-case/rules.toml", 'when    = { event = "filed" }', asked)
    assert [line for line in told.findings() if "期限的 when 只能问 event、field、defect" in line]


@pytest.mark.parametrize(("old", "new", "what"), SPOILT)
def test_what_an_event_could_not_put_into_a_row_is_found(tmp_path: Path, old: str, new: str, what: str) -> None:
    told = copied(tmp_path).replace(LIST, old, new).findings()
    assert [line for line in told if what in line], told


STAFF = """
[register]
id     = "staff"
name   = "人员名册"
key    = "code"
fields = { code = "words", roles = "choice:role*", until = "date?" }
[choices.role]
officer = "执法人员"
[labels]
code  = "编号"
roles = "角色"
until = "至"
[[change]]
of   = "small.case"
on   = "filed"
key  = "filed.officers"
sets = { roles = ["officer"] }
[[change]]
of    = "small.case"
on    = "decided"
key   = "decided.by"
takes = { until = "decided.on" }
"""


def test_the_staff_register_is_keyed_by_people(tmp_path: Path) -> None:
    """A certificate is given to whom the case names, or to who acts."""
    asked = '{ registered = "staff", key = "looked.by", with = { roles = "officer" } }'
    assert copied(tmp_path).append("registers/staff.toml", STAFF).replace(LOOK, ASKED, asked).findings() == []
    spoilt = STAFF.replace('roles = ["officer"]', 'roles = "officer"')
    told = copied(tmp_path).append("registers/staff.toml", spoilt).findings()
    assert [line for line in told if "“roles”是一列，值要写成 [ … ]" in line]
