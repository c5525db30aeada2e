"""更正, 撤回, 补记: they amend the record alone, and the gates are asked again over the whole case."""

from typing import Any

import pytest

from fazheng.procedure.review import entered_afterwards, review
from fazheng.procedure.surroundings import OWN_RULE
from tests.procedure.story import Story, day


def filed() -> Story:
    story = Story("toy.gates", people={"丁": {"roles": []}}, strangers=frozenset({"某人"}))
    story.take_or_fail("file", "2026-03-02", officers=["甲"])
    return story


def decided(**data: Any) -> Story:
    story = filed().told("look 2026-03-03 乙")
    story.take_or_fail("hear", "2026-03-04", reason="…")
    story.take_or_fail("decide", "2026-03-05", "丙", **{"outcome": "good", **data})
    return story


def findings(story: Story) -> list[tuple[int, str]]:
    assert story.law is not None
    return [(breach.version, breach.refusal.gate) for breach in review(story.law, story.case, story.around)]


def faults(story: Story, amendment: str, **data: Any) -> list[tuple[str, str]]:
    return [(r.gate, r.article) for r in story.take(amendment, "2026-03-10", **data).refusals]


# ── correct ──


def test_a_correction_gives_an_earlier_event_other_data() -> None:
    story = decided(fine=100)
    story.take_or_fail("correct", "2026-03-10", entry=4, outcome="bad", fine=None, reason="抄错")
    event = story.case.last("decided")
    assert event is not None
    assert (event.version, event.on, dict(event.data)) == (4, day("2026-03-05"), {"outcome": "bad"})
    assert story.case.entries[3].data["outcome"] == "good"  # what was entered still stands in the book


def test_a_correction_gives_an_earlier_event_another_day() -> None:
    story = decided()
    story.take_or_fail("correct", "2026-03-10", entry=4, on="2026-03-06", reason="记错日子")
    assert [(event.event, event.on.day) for event in story.case.standing][-1] == ("decided", 6)
    assert story.due("appeal_period") == "2026-03-11"


def test_a_correction_may_put_events_in_another_order() -> None:
    story = decided()
    story.take_or_fail("correct", "2026-03-10", entry=3, on="2026-03-06", reason="记错日子")
    assert [event.event for event in story.case.standing] == ["filed", "looked", "decided", "heard"]
    assert findings(story) == [(4, "heard_first"), (3, "unless")]


def test_a_field_called_as_a_word_of_the_amendment_is_named_with_its_event() -> None:
    story = decided()
    story.take_or_fail("correct", "2026-03-10", entry=3, reason="抄错", **{"event.reason": "另一番话"})
    assert story.case.last("heard").data == {"reason": "另一番话"}  # type: ignore[union-attr]
    story.take_or_fail("add_late", "2026-03-04", step="hear", reason="漏记", **{"event.reason": "又一番话"})
    assert story.case.all("heard")[1].data == {"reason": "又一番话"}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"entry": 4, "outcome": "bad"}, "缺少“理由”"),
        ({"entry": 9, "outcome": "bad", "reason": "…"}, "本案没有第9条有效记录"),
        ({"outcome": "bad", "reason": "…"}, "没有写是哪一条"),
        ({"entry": 4, "reason": "…"}, "没有写要改什么"),
        ({"entry": 4, "colour": "red", "reason": "…"}, "没有“colour”这一栏"),
        ({"entry": 4, "outcome": "maybe", "reason": "…"}, "“结果”不在可选项里，可选：成、不成"),
        ({"entry": 4, "outcome": None, "reason": "…"}, "缺少“结果”"),
        ({"entry": 4, "on": "2026-02-30", "reason": "…"}, "改后的日期“2026-02-30”不对"),
        ({"entry": 4, "on": "五月四日", "reason": "…"}, "改后的日期“五月四日”不对"),
        ({"entry": 4, "on": "2026-03-11", "reason": "…"}, "改后的日期“2026-03-11”不对"),
        ({"entry": 1, "officers": ["某人"], "reason": "…"}, "“承办人员”里的“某人”不在人员名册"),
        ({"entry": 1, "officers": [], "reason": "…"}, "缺少“承办人员”"),
        ({"entry": 1, "ticket": "x-2026-0000", "reason": "…"}, "“来源案件”所指的案件x-2026-0000不在本账本"),
        ({"entry": 4, "paper": "…", "reason": "…"}, "没有“paper”这一栏"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(data: dict[str, Any], told: str) -> None:
    refusals = decided().take("correct", "2026-03-10", **data).refusals
    assert [(r.article, r.says) for r in refusals] == [(OWN_RULE, told)]


def test_amendments_come_from_people_we_know_on_days_that_have_come() -> None:
    story = decided()
    story.today = day("2026-03-09")
    refusals = story.take("withdraw", "2026-03-10", "某人", entry=4, reason="…").refusals
    assert [refusal.gate for refusal in refusals] == ["future", "role"]


def test_who_has_no_part_in_the_procedure_does_not_amend_its_cases() -> None:
    refusals = decided().take("withdraw", "2026-03-10", "丁", entry=4, reason="…").refusals
    assert [(r.gate, r.article, r.says) for r in refusals] == [("role", OWN_RULE, "丁不是本程序的人员")]


def test_an_opening_is_not_moved_to_a_day_that_no_version_covers() -> None:
    story = decided()
    refusals = story.take("correct", "2026-03-10", entry=1, on="2019-12-31", reason="记错日子").refusals
    assert [refusal.gate for refusal in refusals] == ["version"]


def test_there_is_nothing_to_amend_before_the_opening() -> None:
    story = Story("toy.gates")
    assert faults(story, "withdraw", entry=1, reason="…") == [("order", OWN_RULE), ("field", OWN_RULE)]


# ── withdraw ──


def test_what_is_withdrawn_no_longer_stands() -> None:
    story = decided()
    story.take_or_fail("withdraw", "2026-03-10", entry=4, reason="另一案的")
    assert [event.event for event in story.case.standing] == ["filed", "looked", "heard"]
    assert story.due("appeal_period") == ""
    assert story.refused("decide", "2026-03-10", "丙", outcome="good") == []
    assert faults(story, "withdraw", entry=4, reason="…") == [("field", OWN_RULE)]  # not twice


def test_withdrawing_what_a_step_rested_on_is_a_finding_and_no_refusal() -> None:
    story = decided()
    story.take_or_fail("withdraw", "2026-03-10", entry=3, reason="没有听取")
    assert findings(story) == [(4, "heard_first")]


def test_a_case_that_was_not_amended_is_not_reviewed() -> None:
    story = filed().told("look 2026-03-03")
    story.take_or_fail("decide", "2026-03-05", "丙", happened=True, outcome="good")
    assert findings(story) == []


def test_a_defect_is_not_told_again_as_a_finding() -> None:
    story = filed().told("look 2026-03-03 乙")
    story.take_or_fail("decide", "2026-03-05", "丙", happened=True, outcome="good")
    story.take_or_fail("correct", "2026-03-10", entry=3, fine=100, reason="漏填")
    assert findings(story) == []
    assert story.holds({"defect": "heard_first"}, "2026-03-10") is True


# ── add_late ──


def test_what_was_forgotten_is_added_on_its_own_day() -> None:
    story = filed().told("look 2026-03-10")
    story.take_or_fail("add_late", "2026-03-05", "乙", step="look", reason="漏记")
    assert [(event.event, event.on.day, event.version) for event in story.case.standing] == [
        ("filed", 2, 1),
        ("looked", 5, 3),
        ("looked", 10, 2),
    ]
    assert story.case.all("looked")[0].by == "乙"


def test_a_late_addition_is_never_refused_for_its_law_and_keeps_its_defects() -> None:
    story = filed()
    decision = story.take("add_late", "2026-03-05", "丁", step="decide", outcome="good", reason="漏记")
    assert [defect.gate for defect in decision.defects] == ["role", "after", "heard_first"]
    assert story.holds({"defect": "heard_first"}, "2026-03-05") is True


def test_a_late_addition_is_weighed_as_of_its_own_day() -> None:
    story = decided()
    assert story.take("add_late", "2026-03-04", step="look", reason="漏记").defects == ()
    after = story.take("add_late", "2026-03-06", step="hear", reason="漏记", **{"event.reason": "…"})
    assert [defect.gate for defect in after.defects] == ["unless"]


def test_a_late_addition_of_a_lapsed_right_is_a_defect_and_seals_how_late_it_was() -> None:
    story = decided()
    decision = story.take("add_late", "2026-03-16", step="appeal", reason="漏记")
    assert [defect.gate for defect in decision.defects] == ["lapsed"]
    assert [event.event for event in decision.events] == ["add_late", "limit_missed"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"step": "look"}, "缺少“理由”"),
        ({"step": "fly", "reason": "…"}, "没有“fly”这一步可补记"),
        ({"step": "file", "officers": ["甲"], "reason": "…"}, "没有“file”这一步可补记"),
        ({"step": "decide", "reason": "…"}, "缺少“结果”"),
        ({"step": "look", "officers": ["某人"], "reason": "…"}, "“承办人员”里的“某人”不在人员名册"),
        ({"step": "look", "colour": "red", "reason": "…"}, "没有“colour”这一栏"),
    ],
)
def test_a_late_addition_that_does_not_fit_is_refused(data: dict[str, Any], told: str) -> None:
    refusals = filed().take("add_late", "2026-03-10", **data).refusals
    assert [(r.article, r.says) for r in refusals] == [(OWN_RULE, told)]


def test_nothing_is_added_before_the_case_was_opened() -> None:
    refusals = filed().take("add_late", "2026-02-27", step="look", reason="漏记").refusals
    assert [refusal.gate for refusal in refusals] == ["after"]


# ── a later entry never heals ──


def test_a_later_entry_never_heals_a_defect() -> None:
    story = filed().told("look 2026-03-03 乙")
    story.take_or_fail("decide", "2026-03-05", "丙", happened=True, outcome="good")
    story.take_or_fail("add_late", "2026-03-04", step="hear", reason="漏记", **{"event.reason": "…"})
    assert story.holds({"defect": "heard_first"}, "2026-03-10") is True
    story.take_or_fail("correct", "2026-03-10", entry=3, on="2026-03-06", reason="记错日子")
    assert story.holds({"defect": "heard_first"}, "2026-03-10") is True


def test_what_was_entered_after_the_step_that_needed_it_is_told_apart() -> None:
    story = filed().told("look 2026-03-03 乙")
    story.take_or_fail("decide", "2026-03-05", "丙", happened=True, outcome="good")
    story.take_or_fail("add_late", "2026-03-04", step="hear", reason="漏记", **{"event.reason": "…"})
    assert story.law is not None
    assert entered_afterwards(story.law, story.case) == {4}


def test_what_mends_a_gate_that_was_broken_is_told_apart_though_the_like_came_before() -> None:
    story = filed().told("look 2026-03-03 乙")
    story.take_or_fail("hear", "2026-03-04", reason="…")
    story.told("look 2026-03-05 乙")  # heard before the last look: once more is needed
    story.take_or_fail("decide", "2026-03-06", "丙", happened=True, outcome="good")
    story.take_or_fail("add_late", "2026-03-05", step="hear", reason="漏记", **{"event.reason": "…"})
    assert story.law is not None
    assert entered_afterwards(story.law, story.case) == {6}


def test_what_was_entered_in_time_is_not_called_late_by_what_followed() -> None:
    story = decided()
    story.take_or_fail("hear", "2026-03-06", happened=True, reason="又来说了一次")
    assert story.law is not None
    assert entered_afterwards(story.law, story.case) == set()
