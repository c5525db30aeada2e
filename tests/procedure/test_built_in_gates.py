"""Every built-in gate: what it refuses, by which article, and that all refusals come at once."""

from datetime import date

import pytest

from fazheng.lawbook.names import BUILT_IN
from fazheng.procedure.attempt import UnknownStep
from fazheng.procedure.surroundings import OWN_RULE, Decision
from tests.procedure.story import Story

CERTIFICATE = "试验法第二条"


def filed(**more: object) -> Story:
    people = {
        "甲": {"roles": ["officer"]},
        "乙": {"roles": ["officer"]},
        "丙": {"roles": ["head"]},
        "丁": {"roles": []},
        "戊": {"roles": ["officer"], "certificate_until": date(2026, 3, 10)},
    }
    story = Story("toy.gates", people=people, strangers=frozenset({"某人", "何人"}))
    story.take_or_fail("file", "2026-03-02", officers=["甲", "乙"])
    return story


def told(decision: Decision) -> list[tuple[str, str]]:
    return [(refusal.gate, refusal.article) for refusal in decision.refusals]


def test_only_a_holder_of_the_role_may_act() -> None:
    decision = filed().take("look", "2026-03-03", "丙")
    assert told(decision) == [("role", "试验法第四条")]
    assert (decision.refusals[0].says, "丙" in decision.refusals[0].todo) == ("“检查”由执法人员办理", True)


def test_a_person_nobody_knows_may_not_act_nor_enter() -> None:
    assert told(filed().take("look", "2026-03-03", "某人")) == [("role", OWN_RULE)]
    assert told(filed().take("look", "2026-03-03", "某人", happened=True)) == [("role", OWN_RULE)]


def test_a_certificate_is_valid_to_its_last_day() -> None:
    assert told(filed().take("look", "2026-03-10", "戊")) == []
    late = filed().take("look", "2026-03-11", "戊")
    assert told(late) == [("certificate", CERTIFICATE)]
    assert late.refusals[0].says == "应当具有执法资格"
    assert told(filed().take("look", "2026-03-11", officers=["甲", "戊"])) == [("certificate", CERTIFICATE)]


def test_a_role_without_certificate_asks_for_none() -> None:
    story = filed()
    story.people["丙"] = {"roles": ["head"], "certificate_until": date(2020, 1, 1)}
    assert told(story.take("recuse", "2026-03-03", "丙", recused=["乙"])) == []


def test_who_was_recused_may_not_act_or_be_named() -> None:
    story = filed()
    assert told(story.take("look", "2026-03-03", "乙")) == []
    story.take_or_fail("recuse", "2026-03-03", "丙", recused=["乙"])
    decision = story.take("look", "2026-03-04", "乙")
    assert told(decision) == [("recused", "试验法第三条")]
    assert decision.refusals[0].says == "应当回避"
    assert told(story.take("look", "2026-03-04", officers=["甲", "乙"])) == [("recused", "试验法第三条")]
    assert told(story.take("look", "2026-03-04", officers=["甲"])) == []


def test_a_recusal_withdrawn_from_the_record_binds_nobody() -> None:
    story = filed()
    story.take_or_fail("recuse", "2026-03-03", "丙", recused=["乙"])
    story.take_or_fail("withdraw", "2026-03-04", entry=2, reason="记错人")
    assert told(story.take("look", "2026-03-04", "乙")) == []


def test_a_step_happens_once_unless_it_repeats() -> None:
    story = filed().told("look 2026-03-03", "look 2026-03-03")
    story.take_or_fail("hear", "2026-03-04", reason="…")
    story.take_or_fail("decide", "2026-03-05", "丙", outcome="good")
    assert told(story.take("decide", "2026-03-06", "丙", outcome="good"))[0] == ("once", "试验法第六条")


@pytest.mark.parametrize("happened", [False, True])
def test_a_case_is_opened_once(happened: bool) -> None:
    decision = filed().take("file", "2026-03-03", happened=happened, officers=["甲"])
    assert told(decision) == [("once", "试验法第一条")]


def test_a_step_waits_for_what_must_come_before() -> None:
    decision = filed().take("hear", "2026-03-03", reason="…")
    assert told(decision) == [("after", "试验法第五条")]
    assert decision.refusals[0].todo == "先办理“检查”"


@pytest.mark.parametrize("happened", [False, True])
def test_nothing_is_done_in_a_case_that_was_never_opened(happened: bool) -> None:
    decision = Story("toy.gates").take("look", "2026-03-03", happened=happened)
    assert told(decision) == [("after", "试验法第一条")]


@pytest.mark.parametrize("happened", [False, True])
def test_nothing_is_done_in_a_case_whose_opening_was_withdrawn(happened: bool) -> None:
    story = filed()
    story.take_or_fail("withdraw", "2026-03-03", entry=1, reason="立错了")
    assert told(story.take("look", "2026-03-04", happened=happened)) == [("after", "试验法第一条")]


def test_a_step_is_refused_after_what_excludes_it() -> None:
    story = filed().told("look 2026-03-03")
    story.take_or_fail("hear", "2026-03-04", reason="…")
    story.take_or_fail("decide", "2026-03-05", "丙", outcome="good")
    assert told(story.take("hear", "2026-03-06", reason="…")) == [("unless", "试验法第五条")]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"outcome": "good", "colour": "red"}, "“决定”没有“colour”这一栏"),
        ({}, "缺少“结果”"),
        ({"outcome": None}, "缺少“结果”"),
        ({"outcome": "maybe"}, "“结果”不在可选项里，可选：成、不成"),
        ({"outcome": "good", "fine": -1}, "“金额”金额不能是负数"),
        ({"outcome": "good", "fine": 1.5}, "“金额”要写成整数"),
        ({"outcome": "good", "law": {"in_force": "2020-01-01"}}, "“决定”没有“law”这一栏"),
        ({"outcome": "good", "paper": "…"}, "“决定”没有“paper”这一栏"),
    ],
)
@pytest.mark.parametrize("happened", [False, True])
def test_a_field_that_does_not_fit_refuses_what_happened_too(
    data: dict[str, object], says: str, happened: bool
) -> None:
    story = filed().told("look 2026-03-03")
    story.take_or_fail("hear", "2026-03-04", reason="…")
    decision = story.take("decide", "2026-03-05", "丙", happened=happened, **data)
    assert [(r.gate, r.article, r.says) for r in decision.refusals] == [("field", OWN_RULE, says)]


@pytest.mark.parametrize("happened", [False, True])
def test_people_and_cases_that_are_named_must_exist(happened: bool) -> None:
    story = Story("toy.gates", strangers=frozenset({"某人"}))
    decision = story.take(
        "file", "2026-03-02", happened=happened, officers=["甲", "某人"], ticket="hotline.ticket-2026-0000"
    )
    assert [refusal.says for refusal in decision.refusals] == [
        "“承办人员”里的“某人”不在人员名册",
        "“来源案件”所指的案件hotline.ticket-2026-0000不在本账本",
    ]


@pytest.mark.parametrize("happened", [False, True])
def test_a_step_may_be_dated_back_to_the_last_event_and_no_further(happened: bool) -> None:
    story = filed().told("look 2026-03-05")
    decision = story.take("look", "2026-03-04", happened=happened)
    assert told(decision) == [("order", OWN_RULE)]
    assert "补记" in decision.refusals[0].todo
    assert told(story.take("look", "2026-03-05", happened=happened)) == []


@pytest.mark.parametrize("happened", [False, True])
def test_nothing_is_done_tomorrow(happened: bool) -> None:
    story = filed()
    story.today = date(2026, 3, 5)
    assert told(story.take("look", "2026-03-06", happened=happened)) == [("future", OWN_RULE)]
    assert told(story.take("look", "2026-03-05", happened=happened)) == []


def closed() -> Story:
    story = filed().told("look 2026-03-03")
    story.take_or_fail("hear", "2026-03-04", reason="…")
    story.take_or_fail("decide", "2026-03-05", "丙", outcome="good")
    story.take_or_fail("close", "2026-03-06", "丙")
    return story


def test_a_closed_case_is_closed() -> None:
    assert told(closed().take("look", "2026-03-06")) == [("closed", OWN_RULE)]


def test_what_may_follow_the_closing_may() -> None:
    assert told(closed().take("archive", "2026-03-06", "丙")) == []


@pytest.mark.parametrize("happened", [False, True])
def test_a_day_that_no_version_covers_is_refused(happened: bool) -> None:
    story = Story("study.session")
    entered = {"meeting": "centre_group", "topic": "…", "statutes": ["宪法"], "present": ["甲"], "expected": 3}
    decision = story.take("hold", "2023-05-08", happened=happened, **entered)
    assert told(decision) == [("version", OWN_RULE)]
    assert "2020-01-01起至2020-12-31；2025-11-01起" in decision.refusals[0].todo
    assert told(story.take("hold", "2025-11-03", happened=happened, **entered)) == []


def test_a_right_that_is_over_lapses_by_the_article_of_its_limit() -> None:
    story = filed().told("look 2026-03-03")
    story.take_or_fail("hear", "2026-03-04", reason="…")
    story.take_or_fail("decide", "2026-03-05", "丙", outcome="good")
    assert told(story.take("appeal", "2026-03-10")) == []
    late = story.take("appeal", "2026-03-11")
    assert told(late) == [("lapsed", "试验法第七条")]
    assert late.refusals[0].says == "五日内提出"


def test_an_extension_comes_before_the_due_day_is_over() -> None:
    assert filed().refused("extend", "2026-04-01", "丙", days=10) == []
    late = filed().take("extend", "2026-04-02", "丙", days=10)
    assert told(late) == [("late_extension", "试验法第八条")]
    assert late.refusals[0].says == "可以延长十日"


def test_a_gate_of_the_procedure_refuses_by_its_article() -> None:
    decision = filed().told("look 2026-03-03").take("decide", "2026-03-05", "丙", outcome="good")
    assert [(r.gate, r.article, r.says, r.todo) for r in decision.refusals] == [
        ("heard_first", "试验法第五条", "应当听取意见", "先办理“听取意见”")
    ]


def test_all_refusals_come_at_once() -> None:
    story = filed()
    story.people["丙"] = {"roles": []}
    story.take_or_fail("recuse", "2026-03-03", "丙", happened=True, recused=["丙"])
    story.today = date(2026, 3, 2)
    decision = story.take("decide", "2026-03-04", "丙", colour="red", fine=-1)
    assert [refusal.gate for refusal in decision.refusals] == [
        "future",
        "role",
        "recused",
        "after",
        "field",
        "field",
        "field",
        "heard_first",
    ]
    assert decision.events == ()


def test_every_built_in_gate_is_tested_here() -> None:
    shown = set("role certificate recused once after unless field order future closed version lapsed".split())
    assert shown | {"late_extension", "after_signing"} == BUILT_IN  # the last by casework: tests/cli/test_restating.py


def test_a_step_the_procedure_does_not_have_is_no_step() -> None:
    with pytest.raises(UnknownStep, match="没有“fly”这一步"):
        filed().take("fly", "2026-03-03")
