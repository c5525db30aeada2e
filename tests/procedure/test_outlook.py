"""A case seen from a day: what may be done now and by whom, what must be done by when, which cases the law suggests."""

import pytest

from fazheng.procedure.outlook import Duty, duties, prospects, suggestions
from fazheng.procedure.surroundings import Refusal
from tests.procedure.story import Story, day


def against(story: Story, on: str) -> dict[str, list[str]]:
    """Step → the gates in its way."""
    found = prospects(story.law_at(day(on)), story.case, day(on), story.around)
    return {prospect.step.id: [refusal.gate for refusal in prospect.against] for prospect in found}


def running(story: Story, on: str) -> list[Duty]:
    return list(duties(story.law_at(day(on)), story.case, day(on), story.around))


def filed() -> Story:
    story = Story("toy.gates")
    story.take_or_fail("file", "2026-03-02", officers=["甲", "乙"])
    return story


def test_before_the_opening_only_the_opening_may_be_done() -> None:
    found = against(Story("toy.gates"), "2026-03-02")
    assert [step for step, gates in found.items() if not gates] == ["file"]
    assert found["look"] == ["after"]


def test_each_step_says_who_does_it_and_what_stands_in_its_way() -> None:
    story = filed()
    found = {
        p.step.id: p for p in prospects(story.law_at(day("2026-03-03")), story.case, day("2026-03-03"), story.around)
    }
    assert (found["look"].role, found["look"].open) == ("执法人员", True)
    assert (found["decide"].role, found["decide"].open) == ("负责人", False)
    assert [refusal.todo for refusal in found["decide"].against] == ["先办理“检查”", "先办理“听取意见”"]


def test_a_prospect_does_not_hang_on_who_acts_or_what_is_entered() -> None:
    story = filed().told("look 2026-03-03 甲")
    story.take_or_fail("hear", "2026-03-04", reason="…")
    assert against(story, "2026-03-05")["decide"] == []  # other_hand hangs on who; outcome on what is entered


def test_a_gate_that_hangs_on_what_is_entered_stands_in_nobodys_way_yet() -> None:
    story = Story("toy.words").told("begin 2026-03-02", "do_a 2026-03-03")
    assert against(story, "2026-03-04")["guarded"] == []  # two gates ask of a flag nobody has entered
    assert story.refused("guarded", "2026-03-04", flag=False) == ["flag_is_true", "b_where_flagged"]


def test_a_warning_does_not_close_a_prospect() -> None:
    story = Story("toy.marks").told("begin 2026-03-02")
    found = {
        p.step.id: p for p in prospects(story.law_at(day("2026-03-03")), story.case, day("2026-03-03"), story.around)
    }
    assert [refusal.gate for refusal in found["remind"].against] == ["second_hand_gate"]
    assert found["remind"].open


def test_a_case_seen_from_an_earlier_day_shows_what_could_be_done_then() -> None:
    story = filed().told("look 2026-03-03")
    story.take_or_fail("hear", "2026-03-10", reason="…")
    assert against(story, "2026-03-05")["decide"] == ["heard_first"]
    assert against(story, "2026-03-05")["hear"] == []


def test_a_lapsed_right_and_a_late_extension_are_shown() -> None:
    assert against(filed(), "2026-04-02")["extend"] == ["late_extension"]


def test_a_day_that_no_version_covers_has_no_prospects() -> None:
    assert prospects(Story("toy.acts").told("begin 2024-03-04").law_at(day("2024-03-04")), Story("toy.acts").case,
                     day("2023-03-04"), Story("toy.acts").around) == ()  # fmt: skip


@pytest.mark.parametrize(
    ("on", "light", "left"),
    [
        ("2026-03-02", "green", 30),
        ("2026-03-21", "green", 11),
        ("2026-03-22", "yellow", 10),  # one third of thirty days is not above one third
        ("2026-03-31", "yellow", 1),
        ("2026-04-01", "red", 0),  # on the day
        ("2026-04-10", "red", -9),  # late
    ],
)
def test_the_light_is_green_above_a_third_then_yellow_and_red_on_the_day(on: str, light: str, left: int) -> None:
    assert [(duty.clock.limit.id, duty.light, duty.days_left) for duty in running(filed(), on)] == [
        ("decision_period", light, left)
    ]


def test_what_is_done_is_no_duty_any_more() -> None:
    story = filed().told("look 2026-03-03")
    story.take_or_fail("hear", "2026-03-04", reason="…")
    story.take_or_fail("decide", "2026-03-05", "丙", outcome="good")
    assert [duty.clock.limit.id for duty in running(story, "2026-03-06")] == ["appeal_period"]
    assert [duty.clock.limit.id for duty in running(story, "2026-03-04")] == ["decision_period"]  # seen from before


def test_duties_come_nearest_first_and_a_wait_is_none() -> None:
    story = Story("toy.clocks").told("begin 2026-03-02", "again 2026-03-02")
    assert [duty.clock.limit.id for duty in running(story, "2026-03-02")] == [
        "in_working_days",
        "from_the_latest",
        "in_days",
    ]


def test_a_clock_that_stands_has_no_day_and_comes_last() -> None:
    story = Story("toy.clocks").told("begin 2026-03-02", "again 2026-03-02", "stop 2026-03-04")
    shown = [(duty.clock.limit.id, duty.days_left, duty.light) for duty in running(story, "2026-03-05")]
    assert shown[0][0] == "from_the_latest"
    assert set(shown[1:]) == {("in_days", None, "green"), ("in_working_days", None, "green")}


def test_a_right_of_a_closed_case_is_no_duty() -> None:
    story = filed().told("look 2026-03-03")
    story.take_or_fail("hear", "2026-03-04", reason="…")
    story.take_or_fail("decide", "2026-03-05", "丙", outcome="good")
    story.take_or_fail("close", "2026-03-06", "丙")
    assert running(story, "2026-03-06") == []


def test_a_late_report_suggests_a_case_and_opens_none() -> None:
    story = Story("npo.annual_check").told("open 2026-03-02")

    def suggested(on: str) -> list[tuple[str, str]]:
        found = suggestions(story.law_at(day(on)), story.case, day(on), story.around)
        return [(suggestion.id, suggestion.opens) for suggestion in found]

    assert suggested("2026-05-31") == []
    assert suggested("2026-06-01") == [("late_report_to_abnormal_list", "npo.abnormal_list")]
    story.told("file_report 2026-06-02")
    assert suggested("2026-06-02") == [("late_report_to_abnormal_list", "npo.abnormal_list")]
    assert [event.event for event in story.case.entries] == ["check_opened", "report_filed", "limit_missed"]


def test_a_suggestion_is_of_the_version_in_force_on_the_day() -> None:
    story = Story("toy.acts").told("begin 2024-12-20")
    for on, expected in (("2024-12-31", []), ("2025-01-20", []), ("2025-01-21", ["new_suggestion"])):
        found = suggestions(story.law_at(day(on)), story.case, day(on), story.around)
        assert [suggestion.id for suggestion in found] == expected


def test_a_refusal_is_shown_as_gate_article_words_and_what_to_do() -> None:
    refusal = Refusal("g", "试验法第一条", "应当", "先办", hard=True, warns=False)
    assert refusal.shown() == {"gate": "g", "article": "试验法第一条", "says": "应当", "todo": "先办"}
