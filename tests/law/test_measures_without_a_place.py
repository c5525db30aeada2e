"""A bureau that adopted no local rule of coercion: power and basis are asked at carrying out, too."""

import pytest

from fazheng.lawbook.load import load
from tests.procedure.story import Story

NOTE = {
    "party": "示例社会团体",
    "softer_means": "两次书面提醒交存，没有交存",
    "softer_enough": False,
    "basis_kind": "regulation",
    "basis": "社会团体登记管理条例",
    "basis_article": "第三十三条第一款",
    "decision_no": "示民罚字〔2026〕3号",
}
POOR = dict.fromkeys(("shown", "called", "told", "heard", "record_made", "record_signed", "list_given"), False)
BARRED = [
    ("seize", {}, ["no_seizure_here"]),
    ("detain", {}, ["no_seizure_here"]),
    ("freeze", {}, ["no_freezing_here"]),
    ("restrict", {}, ["no_restraint_here"]),
    ("seal_papers", {"basis_kind": "other"}, ["basis_is_law"]),
    ("seal_papers", {"softer_enough": True}, ["not_where_softer_will_do"]),
    ("seal_papers", {}, []),  # whether 第十八条 is asked of it is for the place to say
]


@pytest.mark.parametrize(("measure", "other", "gates"), BARRED)
def test_a_measure_nobody_approved_is_held_against_power_and_basis(
    measure: str, other: dict[str, object], gates: list[str]
) -> None:
    story = Story("coercion.measure", load())
    story.take_or_fail("note", "2026-03-02", measure=measure, **{**NOTE, **other})
    taken = {"officers": ["甲", "乙"], "party_present": True, **POOR}
    assert story.refused("carry_out", "2026-03-05", **taken) == gates
