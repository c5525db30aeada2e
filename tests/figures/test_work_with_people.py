"""Petitions, call-backs, publicity and study of an invented year, counted by hand and by both readers."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from fazheng.figures import FigureValue, count, recount, year
from fazheng.lawbook.load import LawBook, load
from fazheng.report import compose, render
from tests.figures.books import BUREAU, Writer
from tests.report.small_book import text

REGISTERED = {
    "channel": "letter",
    "source": "direct",
    "occurrence": "first",
    "petitioners": 1,
    "identity_clear": True,
    "topic": "养老服务补贴",
    "urgent": False,
    "simple": False,
}
APPEAL = {"class": "appeal", "route": "petition", "complex": False, "several_units": False, "likely_refused": False}


def later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def petition(writer: Writer, case: str, on: str, *, told: int = 3, decided: int | None = 30, **fields: Any) -> None:
    """An appeal handled as a petition: accepted the day after it came, told and decided so many days after it came."""
    writer.opens(case, "petition_registered", on, {**REGISTERED, **fields})
    writer.enters(case, "petition_classified", later(on, 1), APPEAL)
    writer.enters(case, "petition_accepted", later(on, 1))
    writer.enters(case, "petitioner_notified", later(on, told), {"told": "accepted", "written": True})
    if decided is not None:
        writer.enters(case, "opinion_given", later(on, decided), {"opinion": "supported", "contents_complete": True})
        writer.enters(case, "opinion_served", later(on, decided + 1))


def cases(*numbers: int, year: int = 2025) -> tuple[str, ...]:
    return tuple(f"petition-{year}-{n:04d}" for n in numbers)


@pytest.fixture
def book(home: Path) -> LawBook:
    """Fourteen petitions of 2025: two repeated, one told late, one decided late, one routed, one replied, one open."""
    law = load(place="示例县")
    writer = Writer(law)
    for n in range(1, 10):
        petition(writer, *cases(n), f"2025-03-{n + 2:02d}", occurrence="repeat" if n < 3 else "first")
    petition(writer, *cases(10), "2025-05-12", told=16)
    petition(writer, *cases(11), "2025-06-03", decided=75)
    [routed, replied, waiting, returned] = cases(12, 13, 14, 15)
    writer.opens(routed, "petition_registered", "2025-07-01", REGISTERED)
    writer.enters(routed, "petition_classified", "2025-07-02", {**APPEAL, "route": "administrative"})
    writer.enters(routed, "petition_routed", "2025-07-03", {"by_procedure": "行政复议"})
    writer.enters(routed, "petitioner_notified", "2025-07-03", {"told": "routed", "written": True})
    writer.opens(replied, "petition_registered", "2025-08-01", {**REGISTERED, "identity_clear": False})
    writer.enters(replied, "petition_classified", "2025-08-01", {"class": "suggestion"})
    writer.enters(replied, "petition_accepted", "2025-08-01")
    writer.enters(replied, "petition_replied", "2025-08-05", {"reply_result": "adopted"})
    writer.enters(replied, "petition_rated", "2025-08-09", {"satisfaction": "basically"})
    petition(writer, waiting, "2025-12-10", decided=40)
    writer.opens(returned, "petition_registered", "2026-01-05", {**REGISTERED, "source": "transferred"})
    writer.enters(returned, "objection_raised", "2026-01-06")
    writer.enters(returned, "petition_handed_back", "2026-01-08")
    [first] = cases(1)
    writer.enters(first, "petition_closed", "2025-04-07", {"settled_how": ["solved", "helped"]})
    writer.enters(first, "review_requested", "2025-04-20")
    writer.enters(first, "review_decided", "2025-05-06", {"reviewer": "示例市民政局", "review_outcome": "changed"})
    writer.enters(first, "petition_rated", "2025-05-20", {"satisfaction": "unsatisfied"})
    writer.seal()
    return law


def one(law: LawBook, id: str, of: int = 2025) -> FigureValue:
    """The figure by SQL, held against the Python reader."""
    [value] = count(BUREAU, law, year(of), [id])
    assert recount(BUREAU, law, year(of), [id]) == [value]
    return value


def test_fourteen_petitions_are_received_twelve_for_the_first_time(book: LawBook) -> None:
    received = one(book, "petition.received")
    assert received.value == 14
    assert {part.name: part.value for part in received.parts if part.value} == {"初次": 12, "重复": 2}
    assert one(book, "petition.repeat").rows == cases(1, 2)


def test_what_is_answered_next_year_is_not_answered_this_year(book: LawBook) -> None:
    answered = one(book, "petition.answered")
    assert answered.value == 13
    assert not set(cases(14)) & set(answered.rows)


def test_who_cannot_be_told_is_not_in_the_base_of_the_notice_rate(book: LawBook) -> None:
    rate = one(book, "petition.notice_rate")
    assert (rate.numerator, rate.denominator) == (12, 13)
    assert one(book, "petition.notice_late").rows == cases(10)


def test_the_base_of_the_rate_of_decisions_is_what_fell_due_and_not_what_came_in(book: LawBook) -> None:
    rate = one(book, "petition.on_time_rate")
    assert (rate.numerator, rate.denominator) == (10, 11)
    assert one(book, "petition.late").rows == cases(11)
    assert one(book, "petition.due", 2026).rows == cases(14)


def test_what_was_handed_back_is_neither_answered_nor_pending(book: LawBook) -> None:
    assert one(book, "petition.handed_back", 2026).rows == cases(15)
    assert one(book, "petition.answered", 2026).rows == ()
    assert not set(cases(15)) & set(one(book, "petition.pending", 2026).rows)


def test_satisfaction_stands_over_those_who_rated(book: LawBook) -> None:
    rate = one(book, "petition.satisfied_rate")
    assert (rate.numerator, rate.denominator) == (1, 2)


def test_a_petition_settled_in_two_ways_counts_in_both(book: LawBook) -> None:
    assert [one(book, f"petition.{how}").rows for how in ("solved", "helped", "guided")] == [cases(1), cases(1), ()]
    assert one(book, "petition.overturned").rows == cases(1)


def test_the_report_says_received_answered_late_and_repeated(book: LawBook) -> None:
    page = text(render(compose(BUREAU, "示例县民政局", book, 2025, {})))
    for sentence in (
        "收到信访事项14件，已答复13件",
        "其中初次信访12件、重复信访2件。",
        "按期办结率90.9%（10/11）",
        "有1件没有按期办结；没有按时告知1件",
        "重复信访2件，占收到数的14.3%（2/14）",
        "2026年，示例县民政局继续办理结转的信访事项",
    ):
        assert sentence in page


def ticket(writer: Writer, n: int, satisfaction: str, **more: Any) -> None:
    case = f"hotline.ticket-2025-{n:04d}"
    writer.opens(case, "ticket_received", "2025-03-03", {"kind": "complaint", "urgent": False})
    writer.enters(case, "caller_contacted", "2025-03-04", {"reached": True})
    writer.enters(case, "ticket_answered", "2025-03-05", {"outcome": "resolved"})
    writer.enters(case, "follow_up_done", "2025-03-06", {"satisfaction": satisfaction, **more})


def test_satisfaction_of_the_hotline_stands_over_valid_call_backs(home: Path) -> None:
    law = load(place="示例县")
    writer = Writer(law)
    for n, satisfaction in enumerate(("satisfied", "basically", "unsatisfied", "unreached"), 1):
        ticket(writer, n, satisfaction, solved=n == 1)
    writer.seal()
    rate, solved = one(law, "hotline.satisfied_rate"), one(law, "hotline.solved_rate")
    assert (rate.numerator, rate.denominator, rate.shown) == (2, 3, "66.7%")
    assert (solved.numerator, solved.denominator) == (1, 3)
    assert one(law, "hotline.contact_rate").shown == "100.0%"


def test_publicity_is_counted_over_the_old_and_the_new_law(home: Path) -> None:
    law = load(place="示例县")
    writer = Writer(law)
    held = {"occasion": "elders_day", "online": False, "site_kind": "rural", "audience": ["elders"], "leaflets": 200,
            "people_estimate": 150, "statutes": ["老年人权益保障法"]}  # fmt: skip
    writer.opens("publicity.event-2025-0001", "publicity_held", "2025-10-29", held)
    writer.opens("publicity.event-2025-0002", "publicity_held", "2025-11-10", {**held, "site_kind": "urban"})
    online = {"occasion": "constitution_day", "online": True, "audience": ["residents"], "statutes": ["宪法"]}
    writer.opens("publicity.event-2025-0003", "publicity_held", "2025-12-04", {**online, "joint_with": "示例县司法局"})
    writer.seal()
    rural = one(law, "publicity.rural_rate")
    assert (rural.numerator, rural.denominator) == (1, 2)
    assert [one(law, f"publicity.{what}").value for what in ("events", "leaflets", "people", "statutes", "joint")] == [
        3, 400, 300, 2, 1,
    ]  # fmt: skip


def test_a_session_on_several_topics_counts_once(home: Path) -> None:
    law = load(place="示例县")
    writer = Writer(law)
    held = {"meeting": "party_group", "topic": ["宪法", "行政复议法"], "statutes": ["宪法"], "first_item": True}
    writer.opens("study.session-2025-0001", "session_held", "2025-10-31", {**held, "attended": 30})
    writer.opens("study.session-2025-0002", "session_held", "2025-11-03", {**held, "meeting": "centre_group"})
    writer.seal()
    assert [one(law, f"study.{what}").value for what in ("sessions", "topics", "first_item", "centre_group")] == [
        2, 2, 2, 1,
    ]  # fmt: skip
    assert (one(law, "study.people_times").value, one(law, "study.counted_sessions").value) == (30, 1)
