"""如实补录: a gate refuses the future; what has happened is recorded with its defects. Marks, warnings, versions."""

from datetime import date

import pytest

from fazheng.procedure.surroundings import OWN_RULE
from tests.procedure.story import Story, toys


def test_what_happened_is_recorded_with_each_gate_it_broke() -> None:
    story = Story("toy.gates", people={"乙": {"roles": []}})
    story.take_or_fail("file", "2026-03-02", officers=["甲"])
    decision = story.take("decide", "2026-03-05", "乙", happened=True, outcome="good")
    assert [event.event for event in decision.events] == ["decided"]
    assert [(r.gate, r.article) for r in decision.defects] == [
        ("role", "试验法第六条"),
        ("after", "试验法第六条"),
        ("heard_first", "试验法第五条"),
    ]
    assert decision.events[0].on == date(2026, 3, 5)


def test_what_happened_lawfully_has_no_defect() -> None:
    story = Story("toy.words").told("begin 2026-03-02", "do_a 2026-03-03")
    assert story.take("guarded", "2026-03-04", happened=True).defects == ()


@pytest.mark.parametrize(
    "broken",
    ["role", "certificate", "recused", "once", "after", "unless", "closed", "lapsed", "late_extension"],
)
def test_no_gate_of_the_law_refuses_what_happened(broken: str) -> None:
    story = Story("toy.gates", people={"丁": {"roles": []}, "戊": {"certificate_until": date(2026, 1, 1)}})
    story.take_or_fail("file", "2026-03-02", officers=["甲"])
    if broken == "after":
        assert _defects(story, "hear", "2026-03-05", reason="…") == [broken]
        return
    if broken == "late_extension":
        assert _defects(story, "extend", "2026-04-13", "丙", days=5) == [broken]
        return
    story.told("look 2026-03-03")
    story.take_or_fail("hear", "2026-03-04", reason="…")
    if broken in ("role", "certificate"):
        assert _defects(story, "look", "2026-03-05", {"role": "丁", "certificate": "戊"}[broken]) == [broken]
        return
    if broken == "recused":
        story.take_or_fail("recuse", "2026-03-04", "丙", recused=["甲"])
        assert _defects(story, "look", "2026-03-05", "甲") == [broken]
        return
    story.take_or_fail("decide", "2026-03-05", "丙", outcome="good")
    if broken == "once":
        assert broken in _defects(story, "decide", "2026-03-06", "丙", outcome="good")
    if broken == "unless":
        assert _defects(story, "hear", "2026-03-06", reason="…") == [broken]
    if broken == "lapsed":
        assert _defects(story, "appeal", "2026-03-30") == [broken]
    if broken == "closed":
        story.take_or_fail("close", "2026-03-06", "丙")
        assert _defects(story, "look", "2026-03-07") == [broken]


def _defects(story: Story, step: str, on: str, by: str = "甲", **data: object) -> list[str]:
    assert story.refused(step, on, by, **data) != []
    return [refusal.gate for refusal in story.take_or_fail(step, on, by, happened=True, **data).defects]


def test_a_late_act_that_happened_is_a_defect_where_a_right_had_lapsed_and_says_how_late() -> None:
    story = Story("toy.clocks").told("begin 2026-03-02", "again 2026-03-02")
    decision = story.take_or_fail("finish", "2026-03-16", happened=True)
    assert [defect.gate for defect in decision.defects] == ["lapsed"]
    late = {event.data["limit"]: event.data["days"] for event in decision.events[1:]}
    assert late == {"in_working_days": 7, "from_the_latest": 4}


# ── marks ──


def marked(place: str = "") -> Story:
    return Story("toy.marks", book=toys(place)).told("begin 2026-03-02")


def test_a_rule_that_was_read_refuses_and_a_second_hand_one_warns() -> None:
    decision = marked().take("go_on", "2026-03-03")
    assert [(r.gate, r.article) for r in decision.refusals] == [
        ("read_gate", "试验法第二条"),
        ("unread_gate", "试验法第三条（待核）"),
    ]
    assert [(r.gate, r.article) for r in decision.warnings] == [("second_hand_gate", "试验意见（待核）")]


def test_a_second_hand_gate_warns_and_the_step_is_recorded() -> None:
    decision = marked().take("remind", "2026-03-03")
    assert [event.event for event in decision.events] == ["reminded"]
    assert [warning.gate for warning in decision.warnings] == ["second_hand_gate"]
    assert decision.defects == ()


def test_a_warning_is_no_defect_of_what_happened() -> None:
    story = marked()
    decision = story.take("go_on", "2026-03-03", happened=True)
    assert [defect.gate for defect in decision.defects] == ["read_gate", "unread_gate"]
    assert [warning.gate for warning in decision.warnings] == ["second_hand_gate"]
    assert story.holds({"defect": "second_hand_gate"}, "2026-03-03") is False


def test_a_second_hand_limit_counts_and_shows_late_and_lapses_nothing() -> None:
    story = marked()
    assert story.due("second_hand_period") == "2026-03-09"  # 7 March is a Saturday
    assert story.holds({"missed": "second_hand_period"}, "2026-03-10") is True
    decision = story.take("go_on", "2026-03-10", happened=True)
    assert "lapsed" not in [defect.gate for defect in decision.defects]
    assert "lapsed" in [warning.gate for warning in decision.warnings]
    assert [event.event for event in decision.events] == ["gone_on", "limit_missed"]


def test_a_local_rule_does_nothing_until_it_is_adopted() -> None:
    story = marked()
    assert story.due("local_period") == ""
    assert story.holds({"expired": "local_period"}, "2026-11-02") is False
    assert "local_gate" not in [r.gate for r in story.take("go_on", "2026-03-03", happened=True).defects]


def test_an_adopted_rule_works_as_read_under_the_place_s_own_article() -> None:
    story = marked("示例乡")
    decision = story.take("go_on", "2026-03-03")
    assert [(r.gate, r.article) for r in decision.refusals] == [
        ("read_gate", "试验法第二条"),
        ("unread_gate", "试验法第三条（待核）"),
        ("second_hand_gate", "试验意见第四条（本局已核）"),
        ("local_gate", "示例乡试验规定第二条（本地规定）"),
    ]
    assert decision.warnings == ()
    assert story.due("local_period") == "2026-03-10"  # eight days, as the place says
    assert "lapsed" in story.refused("go_on", "2026-03-11")


def test_a_local_step_cites_no_article_until_it_is_adopted() -> None:
    refused = marked().take("local_step", "2026-03-03").refusals
    assert [(r.gate, r.article) for r in refused] == [("after", OWN_RULE)]
    adopted = marked("示例乡").take("local_step", "2026-03-03").refusals
    assert [(r.gate, r.article) for r in adopted] == [("after", "示例乡试验规定第五条（本地规定）")]


def test_a_rule_nobody_verified_is_off() -> None:
    story = marked("示例乡")
    assert "unverified_gate" not in story.refused("go_on", "2026-03-03")
    assert "unverified_gate" in [rule.id for rule in story.book.procedures["toy.marks"][0].waiting]


# ── versions ──


def test_a_case_keeps_the_version_of_its_opening_day() -> None:
    story = Story("toy.gates", today=date(2027, 6, 1))
    story.take_or_fail("file", "2026-12-31", officers=["甲"])
    assert story.refused("look", "2027-05-31") == []  # the version ended on 31 December 2026


def acts(*steps: str) -> Story:
    return Story("toy.acts").told(*steps)


def test_with_pins_act_each_step_takes_the_version_of_its_own_day() -> None:
    story = acts("begin 2024-12-20")
    assert story.refused("old_way", "2024-12-31") == []
    assert story.refused("finish", "2024-12-31") == []
    assert story.refused("finish", "2025-01-02") == ["field", "new_gate"]
    assert story.refused("finish", "2025-01-02", flag=False) == ["new_gate"]
    assert story.refused("finish", "2025-01-02", flag=True) == []


def test_with_pins_act_a_running_limit_keeps_its_own_version() -> None:
    assert acts("begin 2024-12-20").due("period") == "2025-01-20"  # 30 days, 19 January is a Sunday
    assert acts("begin 2025-01-02").due("period") == "2025-03-03"  # 60 days
    late = acts("begin 2024-12-20").take_or_fail("finish", "2025-01-21", flag=True)
    assert [event.event for event in late.events] == ["finished", "limit_missed"]


def test_with_pins_act_a_day_that_no_version_covers_is_refused() -> None:
    story = acts("begin 2024-12-20")
    decision = story.take("finish", "2023-12-31")
    assert [(r.gate, r.article) for r in decision.refusals] == [("version", OWN_RULE)]
