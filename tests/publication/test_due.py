"""What must be public and by when; and that both readers of figures count it alike."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fazheng.casework.bureaux import Bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.reviews_due import reviews_due
from fazheng.casework.writing import Act, writing
from fazheng.figures import count, recount
from fazheng.lawbook.load import load
from fazheng.publication.due import due_list, running
from tests.casework.desk import TODAY, day, do, file, sound
from tests.publication.penalties import closed, decided

YEAR = (date(2026, 1, 1), TODAY)
OWED = [id for id, figure in load(place="示例县").figures.items() if figure.owed]


def values(desk: Bureau, *ids: str) -> list[int | None]:
    book = load(place=desk.place)
    found = {one.id: one for one in count(desk.code, book, YEAR, list(ids))}
    again = {one.id: one for one in recount(desk.code, book, YEAR, list(ids))}
    assert {id: (one.value, one.rows) for id, one in found.items()} == {
        id: (one.value, one.rows) for id, one in again.items()
    }
    return [found[id].value for id in ids]


def test_a_decision_is_due_seven_working_days_on_and_late_after(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = decided(act)
    book = load(place=desk.place)
    early = [one for one in due_list(desk.code, book, date(2026, 9, 8)) if one.case_id == case]
    assert [(one.name, one.due, one.late, one.light) for one in early] == [
        ("公开处罚决定", date(2026, 9, 16), False, "green")
    ]
    late = [one for one in due_list(desk.code, book, date(2026, 9, 17)) if one.case_id == case]
    assert [(one.late, one.light, one.days_left) for one in late] == [(True, "red", -1)]
    assert "三项制度指导意见（待核）" in late[0].article


def test_what_is_public_is_no_longer_listed_and_what_is_annulled_must_be_taken_back(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = decided(act)
        do(act, case, "publish_decision", "2026-09-10", platform="示例县政府网站")
    book = load(place=desk.place)
    assert not [one for one in due_list(desk.code, book, TODAY) if one.case_id == case]
    with writing(desk, today=TODAY) as act:
        do(act, case, "annul_decision", "2026-11-16", "丙", annulled_by="court", annulment="annulled")
    found = [one for one in due_list(desk.code, book, TODAY) if one.case_id == case]
    assert [(one.stage, one.due) for one in found] == [("withdrawn", date(2026, 11, 19))]
    assert found[0].article == "行政处罚法第四十八条第二款"


def test_a_clock_runs_until_the_day_it_is_met(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = decided(act)
        do(act, case, "publish_decision", "2026-09-10", platform="示例县政府网站")

    def there(on: str) -> list[str]:
        return [row.case_id for row in running(desk.code, {"publication_period"}, date.fromisoformat(on))]

    assert [there(on) for on in ("2026-09-06", "2026-09-09", "2026-09-10")] == [[], [case], []]
    with CaptureQueriesContext(connection) as asked:
        there("2026-09-10")
    assert '"done" > ' in asked[0]["sql"]  # what was met years ago is not fetched
    assert len(asked) == 1


def test_a_matter_nobody_made_public_is_listed_until_it_is_and_again_once_it_changed(desk: Bureau) -> None:
    book = load(place=desk.place)

    def basis() -> list[tuple[str, date | None]]:
        found = due_list(desk.code, book, TODAY)
        return [(one.case_id, one.due) for one in found if one.act == "行政处罚" and "依据" in one.name]

    assert basis() == [("", None)]
    with writing(desk, today=TODAY) as act:
        formed = Act(day("2026-11-02"), "甲", {"act_kind": "penalty", "matter": "basis"})
        case = sound(act.open("publication.before", formed)).case_id
    assert basis() == [(case, date(2026, 11, 30))]
    with writing(desk, today=TODAY) as act:
        do(act, case, "publish", "2026-11-03", channel="示例县政府网站", cleared=True)
    assert basis() == []
    with writing(desk, today=TODAY) as act:
        do(act, case, "change", "2026-11-09")
    assert basis() == [(case, date(2026, 12, 7))]


def test_due_in_time_and_late_add_up(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        first, second, third = decided(act), decided(act, number=2), decided(act, number=3)
        decided(act, on=TODAY.isoformat(), number=4)  # not due yet
        decided(act, number=5, publishable=False)
        do(act, first, "publish_decision", "2026-09-10", platform="示例县政府网站")
        do(act, second, "publish_decision", "2026-10-10", platform="示例县政府网站")
    ids = [f"publication.penalty.{part}" for part in ("due", "in_time", "late", "withdrawn")]
    assert values(desk, *ids) == [3, 1, 2, 0]
    assert third


def test_a_review_is_due_until_it_is_passed_and_a_decision_without_it_is_counted(desk: Bureau) -> None:
    book = load(place=desk.place)
    with writing(desk, today=TODAY) as act:
        case = file(act, complex=True)
        file(act)
    assert [(one.case_id, one.article) for one in reviews_due(desk.code, book, TODAY)] == [
        (case, "行政处罚法第五十八条第一款")
    ]
    with writing(desk, today=TODAY) as act:
        skipped = decided(act, filed={"complex": True})
        decided(act, number=2)
    assert [one.case_id for one in reviews_due(desk.code, book, TODAY)] == [case]
    assert values(desk, "act_review.penalty.due", "act_review.penalty.before") == [1, 0]
    assert skipped


@pytest.mark.parametrize("closing", ["whole", "no archive", "left without recording"])
def test_a_case_counts_as_whole_only_without_a_hole(desk: Bureau, closing: str) -> None:
    with writing(desk, today=TODAY) as act:
        case = decided(act)
        closed(act, case, "left" if closing.startswith("left") else "direct", archived=closing != "no archive")
    assert values(desk, "record.penalty.closed", "record.penalty.whole") == [1, int(closing == "whole")]


def test_every_owed_figure_is_counted_alike_by_both_readers_and_after_a_rebuild(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = decided(act)
        closed(act, case)
        decided(act, number=2, filed={"complex": True})
    before = values(desk, *OWED)
    stood = dump(desk.code)
    rebuild(desk, today=TODAY)
    assert dump(desk.code) == stood
    assert values(desk, *OWED) == before
    assert len(OWED) > 25
