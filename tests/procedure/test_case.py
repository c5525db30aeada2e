"""A case is its entries: `evolve` never refuses, amendments leave what should stand, order is by day, then entry."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fazheng.procedure.case import AMENDING, BOOKKEEPING, Case, Event, evolve

DAYS = st.integers(0, 20).map(lambda n: date(2026, 3, 2) + timedelta(days=n))
NAMES = st.sampled_from(["a", "b", "correct", "withdraw", "add_late", "limit_missed", "task_settled"])


@st.composite
def entries(draw: st.DrawFn) -> list[Event]:
    """Entries as a book may hold them: amendments may name what never stood."""
    found: list[Event] = []
    for version in range(1, draw(st.integers(1, 12)) + 1):
        name = draw(NAMES)
        data: dict[str, Any] = {"x": draw(st.integers(0, 9))}
        if name in ("correct", "withdraw"):
            data = {"entry": draw(st.integers(0, 14)), "data": {"x": draw(st.one_of(st.none(), st.integers(10, 19)))}}
            data |= {"on": draw(DAYS).isoformat()} if name == "correct" and draw(st.booleans()) else {}
        if name == "add_late":
            data = {"event": draw(st.sampled_from("ab")), "data": {"y": 1}}
        found.append(Event(name, draw(DAYS), "甲", data, version, "乙", draw(st.sampled_from([(), ("gate",)]))))
    return found


def folded(found: list[Event]) -> Case:
    case = Case()
    for entry in found:
        case = evolve(case, entry)
    return case


@given(entries())
def test_evolve_never_refuses_and_keeps_every_entry(found: list[Event]) -> None:
    case = folded(found)
    assert list(case.entries) == found
    assert case.next_version == len(found) + 1


@given(entries())
def test_what_stands_is_in_order_of_day_then_entry_and_never_twice(found: list[Event]) -> None:
    standing = [(event.on, event.version) for event in folded(found).standing]
    assert standing == sorted(standing)
    assert len({version for _, version in standing}) == len(standing)


@given(entries())
def test_amendments_and_entries_for_readers_never_stand(found: list[Event]) -> None:
    assert not {event.event for event in folded(found).standing} & (AMENDING | BOOKKEEPING)


@given(entries())
def test_no_later_entry_takes_a_defect_away(found: list[Event]) -> None:
    broken = {entry.version: entry.defects for entry in found}
    assert all(event.defects == broken[event.version] for event in folded(found).standing)


@given(entries())
def test_what_was_withdrawn_does_not_come_back(found: list[Event]) -> None:
    gone: set[Any] = set()
    case = Case()
    for entry in found:
        case = evolve(case, entry)
        gone |= {entry.data["entry"]} if entry.event == "withdraw" and entry.data["entry"] <= entry.version else set()
        assert not gone & {event.version for event in case.standing}


@given(entries(), DAYS)
def test_a_case_seen_from_a_day_holds_what_had_happened_by_then(found: list[Event], on: date) -> None:
    case = folded(found)
    assert list(case.until(on).standing) == [event for event in case.standing if event.on <= on]


def test_an_amendment_that_names_nothing_changes_nothing() -> None:
    case = evolve(Case(), Event("a", date(2026, 3, 2), "甲", {"x": 1}, 1))
    for name in ("correct", "withdraw"):
        amended = evolve(case, Event(name, date(2026, 3, 3), "甲", {"entry": 9, "data": {"x": 2}}, 2))
        assert amended.standing == case.standing


def test_a_fact_is_a_field_a_day_or_a_person() -> None:
    event = Event("a", date(2026, 3, 2), "甲", {"x": 1})
    assert (event.fact("x"), event.fact("on"), event.fact("by"), event.fact("y")) == (1, date(2026, 3, 2), "甲", None)
