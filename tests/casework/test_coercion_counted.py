"""Coercion that was considered and not used is counted; a year without any is a signed zero with its explanation."""

from typing import Any

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import declare_nothing
from fazheng.casework.writing import Act, writing
from fazheng.figures import count, year
from fazheng.lawbook.load import load
from fazheng.report import compose
from fazheng.report.flow import flow
from tests.casework.desk import TODAY, day, do, sound

NOTE: dict[str, Any] = {
    "party": "示例社会团体",
    "measure": "seal_papers",
    "aim": "stop",
    "softer_means": "已两次书面提醒交存",
    "softer_enough": False,
    "basis_kind": "regulation",
    "basis": "社会团体登记管理条例",
    "basis_article": "第三十三条第一款",
}
IDS = ("coercion.considered", "coercion.used", "coercion.declined")


def figures(desk: Bureau, number: int) -> dict[str, int | None]:
    return {value.id: value.value for value in count(desk.code, load(place=desk.place), year(number), IDS)}


def said(desk: Bureau, number: int) -> str:
    return "".join(block.text for block in flow(compose(desk.code, desk.name, load(place=desk.place), number, {})))


def test_what_was_considered_and_not_used_is_counted(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = sound(
            act.open("coercion.measure", Act(day("2026-03-02"), "甲", {**NOTE, "softer_enough": True}))
        ).case_id
        do(act, case, "review", "2026-03-03", "己", power_ours=True, proportionate=False)
        do(act, case, "decline", "2026-03-04", "丙", ground="softer")
    assert figures(desk, 2026) == {"coercion.considered": 1, "coercion.used": 0, "coercion.declined": 1}
    assert "考虑采取行政强制措施1次，经依据和适当性审核1次；采取0次，考虑以后决定不采取1次。" in said(desk, 2026)


def test_a_seizure_is_refused_with_its_article_even_in_urgency(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = sound(act.open("coercion.measure", Act(day("2026-03-02"), "甲", {**NOTE, "measure": "seize"}))).case_id
        urgent = act.do(case, "act_urgently", Act(day("2026-03-02"), "甲", {"reason": "正在转移"}))
        approved = act.do(case, "approve", Act(day("2026-03-03"), "丙", {}))
    for done in (urgent, approved):
        assert ("no_seizure_here", "行政强制法第二十二条") in [(r.gate, r.article) for r in done.decision.refusals]


def test_no_coercion_is_no_data_until_somebody_signs_for_it(desk: Bureau) -> None:
    assert figures(desk, 2025) == dict.fromkeys(IDS)
    assert "行政强制措施" not in said(desk, 2025)
    with writing(desk, today=TODAY) as act:
        assert declare_nothing(act, "coercion.measure", 2025, Act(day("2026-01-12"), "丙", {})) == ()
    assert figures(desk, 2025) == dict.fromkeys(IDS, 0)
    assert "县民政局没有查封、扣押、冻结的权力" in said(desk, 2025)


def test_an_urgent_act_that_broke_a_rule_is_counted_once_in_the_year_it_was_done(desk: Bureau) -> None:
    taken = dict.fromkeys(
        ("shown", "called", "party_present", "told", "heard", "record_made", "record_signed", "list_given"), True
    )
    with writing(desk, today=TODAY) as act:
        noted = {**NOTE, "basis_kind": "other", "decision_no": "示民罚字〔2025〕3号"}
        case = sound(act.open("coercion.measure", Act(day("2025-12-31"), "甲", noted))).case_id
        done = act.do(
            case,
            "act_urgently",
            Act(day("2025-12-31"), "甲", {"reason": "正在转移印章"}, happened=True, paper="示例笔录"),
        )
        assert [refusal.gate for refusal in done.decision.defects] == ["basis_is_law"]
        broke = act.do(
            case,
            "carry_out",
            Act(day("2026-01-01"), "甲", {"officers": ["甲", "乙"], **taken}, happened=True, paper="示例笔录"),
        )
        assert [refusal.gate for refusal in broke.decision.defects] == ["basis_is_law"]
    ids = ("coercion.used", "coercion.urgent", "coercion.defective")
    found = [{v.id: v.value for v in count(desk.code, load(place=desk.place), year(n), ids)} for n in (2025, 2026)]
    assert found == [dict.fromkeys(ids, 1), dict.fromkeys(ids, 0)]


def test_an_application_to_enforce_the_judgment_is_counted_among_those_to_the_court(desk: Bureau) -> None:
    served = {"decision_kind": "correct", "party": "示例社会团体", "document_no": "示民责改〔2025〕2号"}
    with writing(desk, today=TODAY) as act:
        case = sound(act.open("coercion.enforcement", Act(day("2025-08-04"), "甲", served))).case_id
        do(act, case, "sue", "2025-09-01")
        do(act, case, "end_suit", "2025-12-01", suit_outcome="upheld")
        do(act, case, "apply_judgment", "2026-01-12", "丙")
    value = next(iter(count(desk.code, load(place=desk.place), year(2026), ("enforcement.applied",))))
    assert value.value == 1
