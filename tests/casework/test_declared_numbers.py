"""A number the book does not hold: signed, on a paper held apart, corrected and withdrawn by entries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declared_numbers import Number, declare_number, paper_number, withdraw_number
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.writing import Act, writing
from fazheng.figures import count, parse
from fazheng.lawbook.load import load
from fazheng.ledger.models import DeclaredFigure
from fazheng.ledger.read import entries, private_value
from fazheng.procedure.surroundings import Refusal
from tests.casework.desk import TODAY, day

PAPER = "关于示例甲等人来电办理情况的报告（示民〔2024〕3号）"
NUMBER = Number("hotline.received", parse("2023"), 166, PAPER, "hotline_desk")
SIGNED = Act(day("2024-01-10"), "乙", {})


def declare(desk: Bureau, number: Number = NUMBER, by: Act = SIGNED) -> tuple[Refusal, ...]:
    with writing(desk, today=TODAY) as act:
        return declare_number(act, number, by)


def stands(desk: Bureau) -> list[int]:
    return list(DeclaredFigure.objects.filter(bureau=desk.code).values_list("value", flat=True))


def test_the_number_stands_with_its_signer_and_the_paper_is_held_apart(desk: Bureau) -> None:
    assert declare(desk) == ()
    (entry,) = entries(desk.code, case_id="figure:hotline.received")
    assert "示例甲" not in entry.data
    assert (entry.event, entry.by, entry.happened_on) == ("figure_declared", "乙", "2024-01-10")
    (value,) = count(desk.code, load(place=desk.place), parse("2023"), ["hotline.received"])
    (one,) = value.declared
    assert (value.value, value.source, one.reference) == (166, "declared", "示民〔2024〕3号")
    assert private_value(desk.code, one.paper) == PAPER


def test_a_paper_without_a_number_is_named_by_its_entry(desk: Bureau) -> None:
    declare(desk, replace(NUMBER, paper="示例甲写的便条"))
    (value,) = count(desk.code, load(place=desk.place), parse("2023"), ["hotline.received"])
    assert value.declared[0].reference == f"账本第{value.declared[0].seq}条所载文件"
    assert paper_number("便条") == ""


def test_another_number_takes_its_place_only_with_a_reason(desk: Bureau) -> None:
    declare(desk)
    assert [one.gate for one in declare(desk, replace(NUMBER, value=168))] == ["once"]
    assert stands(desk) == [166]
    assert declare(desk, replace(NUMBER, value=168, reason="漏了两件")) == ()
    assert stands(desk) == [168]
    assert len(list(entries(desk.code, case_id="figure:hotline.received"))) == 2


def test_the_same_number_again_is_no_entry(desk: Bureau) -> None:
    declare(desk)
    assert [one.gate for one in declare(desk)] == ["once"]


def test_a_number_is_withdrawn_by_an_entry_with_a_reason(desk: Bureau) -> None:
    declare(desk)
    with writing(desk, today=TODAY) as act:
        assert [one.gate for one in withdraw_number(act, NUMBER, SIGNED)] == ["field"]
        assert withdraw_number(act, replace(NUMBER, reason="报错了期间"), SIGNED) == ()
        assert [one.gate for one in withdraw_number(act, replace(NUMBER, reason="再撤"), SIGNED)] == ["order"]
    assert stands(desk) == []


@pytest.mark.parametrize(
    ("number", "by", "said"),
    [
        (replace(NUMBER, figure="hotline.on_time_rate"), SIGNED, "比率不申报"),
        (replace(NUMBER, opening=True), SIGNED, "没有期初数"),
        (replace(NUMBER, value=-1), SIGNED, "零以上"),
        (replace(NUMBER, paper=" "), SIGNED, "依据的文件"),
        (replace(NUMBER, section="门卫"), SIGNED, "没有“门卫”这个承办岗位"),
        (NUMBER, replace(SIGNED, by="路人"), "人员名册里没有“路人”"),
        (NUMBER, replace(SIGNED, on=day("2027-01-01")), "还没有到"),
        (replace(NUMBER, period=parse("2024")), SIGNED, "期间没有过完"),
    ],
)
def test_what_cannot_be_declared_is_refused_and_nothing_is_entered(
    desk: Bureau, number: Number, by: Act, said: str
) -> None:
    assert said in "".join(one.says for one in declare(desk, number, by))
    assert stands(desk) == []


def test_a_nought_is_signed_like_any_number(desk: Bureau) -> None:
    assert declare(desk, replace(NUMBER, value=0)) == ()
    (value,) = count(desk.code, load(place=desk.place), parse("2023"), ["hotline.received"])
    assert (value.state, value.declared[0].by) == ("zero", "乙")


def test_rebuilt_declared_numbers_are_the_live_ones(desk: Bureau) -> None:
    declare(desk)
    declare(desk, replace(NUMBER, value=168, reason="漏了两件"))
    declare(desk, replace(NUMBER, period=parse("2023Q1"), value=40))
    declare(desk, Number("organisations.standing", parse("2023"), 412, PAPER, "npo_section", opening=True))
    with writing(desk, today=TODAY) as act:
        withdraw_number(act, replace(NUMBER, period=parse("2023Q1"), reason="并入全年"), SIGNED)
    live = dump(desk.code)
    assert len(live["ledger_declared_figure"]) == 2
    rebuild(desk, today=TODAY)
    assert dump(desk.code) == live
