"""Definitions that lead nowhere are found before anything is counted."""

from typing import Any

import pytest

from fazheng.figures import findings
from fazheng.lawbook.conditions import (
    ActorNotIn,
    Fact,
    FieldTest,
    Happened,
    HappenedInPeriod,
    Linked,
    Missed,
    ParameterRef,
)
from fazheng.lawbook.figure import Figure, Rate
from fazheng.lawbook.load import load
from tests.figures.books import LAW, toy_law

CASES: dict[str, Any] = {"counts": "cases", "of": "toy.case"}
EVENTS: dict[str, Any] = {"counts": "events", "of": "toy.case", "event": "noted"}
ROWS: dict[str, Any] = {"counts": "register", "of": "toy_list"}
LINKED = Linked("toy.case", Linked("toy.case", Happened("opened")))
FAULTS: list[tuple[dict[str, Any], str]] = [
    ({}, "counts、sums、rate、adds 要写且只写一个"),
    (CASES | {"sums": Fact("noted", "amount")}, "counts、sums、rate、adds 要写且只写一个"),
    (CASES | {"of": "toy.none"}, "没有程序“toy.none”"),
    (CASES | {"where": HappenedInPeriod("none")}, "没有步骤记“none”"),
    (CASES | {"where": Missed("none")}, "没有期限“none”"),
    (CASES | {"where": FieldTest(Fact("opened", "none"), "is", 1)}, "“开案”没有字段“none”"),
    (CASES | {"where": FieldTest(Fact("opened", "secret"), "is", "甲")}, "“opened.secret”是另存的，条件只能问 present"),
    (CASES | {"where": FieldTest(Fact("opened", "size"), "is", ParameterRef("x"))}, "没有参数“x”"),
    (CASES | {"where": ActorNotIn(Fact("opened", "by"))}, "actor_not_in 只用于关口"),
    (CASES | {"where": Linked("toy.matter", Happened("none"))}, "没有步骤记“none”"),
    (CASES | {"where": LINKED}, "linked 的 where 里不能再写 linked"),
    (CASES | {"event": "noted"}, 'counts = "events" 要写 event，别的不写'),
    (CASES | {"digits": 1}, "digits 只用于比率"),
    (CASES | {"unit": "元"}, "单位是元的，要用 sums 加金额"),
    (CASES | {"splits": Fact("opened", "size")}, "“opened.size”不是单选的可选项，不能按它分项"),
    (CASES | {"distinct": Fact("noted", "day")}, 'distinct 只用于 counts = "events"，且是同一个事件的字段'),
    (EVENTS | {"event": "none"}, "没有步骤记“none”"),
    (EVENTS | {"distinct": Fact("noted", "secret")}, "“noted.secret”是另存的，不能按它去重"),
    (EVENTS | {"distinct": Fact("noted", "day"), "splits": Fact("opened", "colour")}, "distinct 和 splits 不能一起用"),
    ({"of": "toy.case", "sums": Fact("noted", "words")}, "“noted.words”不是一个金额或一个数字，不能相加"),
    ({"of": "toy.case", "sums": Fact("noted", "amount")}, "“noted.amount”的单位对不上：金额的单位写元，别的不写元"),
    ({"rate": Rate(of="x", over="x"), "unit": "%"}, "“x”本身是比率，比率只能用两个计数来算"),
    ({"rate": Rate(of="none", over="none"), "unit": "%"}, "没有统计项“none”"),
    ({"rate": Rate(of="none", over="none")}, "比率的单位要写 %"),
    (ROWS | {"of": "none"}, "没有台账“none”"),
    (ROWS | {"where": FieldTest(Fact("opened", "size"), "is", 1)}, "“opened.size”要写成“toy_list.字段”"),
    (ROWS | {"where": FieldTest(Fact("toy_list", "none"), "is", 1)}, "“试验名录”没有字段“none”"),
    (
        ROWS | {"where": FieldTest(Fact("toy_list", "owner"), "is", "甲")},
        "“toy_list.owner”是另存的，条件只能问 present",
    ),
    (ROWS | {"where": Happened("opened")}, "台账的条件只能用 field、any、all、not"),
    (ROWS | {"where": FieldTest(Fact("toy_list", "colour"), "is", "redd")}, "“toy_list.colour”没有“redd”这个选项"),
    (ROWS | {"where": FieldTest(Fact("toy_list", "size"), "is", "1")}, "“toy_list.size”不能与 1 相比"),
    (CASES | {"moved": "entered"}, "moved 只用于台账"),
    (ROWS | {"splits": Fact("toy_list", "size")}, "“toy_list.size”不是单选的可选项，不能按它分项"),
]


@pytest.mark.parametrize(("keys", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_definition_that_leads_nowhere_is_found(keys: dict[str, Any], said: str) -> None:
    figure = Figure(**{"id": "x", "name": "试", "unit": "件", "file": "figures/x.toml"} | keys)
    found = [finding for finding in findings(toy_law(figure)) if finding.what == said]
    assert [str(finding) for finding in found] == [f"figures/x.toml：x：{said}"]


def test_a_field_that_only_a_newer_version_knows_leads_somewhere() -> None:
    assert findings(load(root=LAW)) == []


def test_the_figures_of_the_law_files_all_lead_somewhere() -> None:
    for place in ("", *load().places):
        assert [str(finding) for finding in findings(load(place=place))] == []
