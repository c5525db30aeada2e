"""Walks over the serious list: nobody is listed unnoticed, unheard or unreviewed; with a gate deleted somebody is."""

from dataclasses import replace

import pytest

from fazheng.lawbook.load import load
from fazheng.lawbook.procedure import Procedure
from fazheng.procedure.case import Event
from tests.procedure.invariants import Events, last, last_day, of
from tests.procedure.walks import CAST, Cast, Person, Walker, without

LIST = "npo.serious_list"
STATEMENT_DAYS = 10  # working days: of the example county
PEOPLE = Cast({code: Person(frozenset(load().procedures[LIST][-1].roles)) for code in CAST.people})
WALKS = 1_000
PATIENCE = 3_000


def walker(lesser: Procedure | None = None) -> Walker:
    """Walks in which everybody holds every role and nothing ends the case."""
    made = Walker(LIST, lesser, ends=frozenset())
    made.steps = [step for step in made.steps if step.id not in made.version.closes]
    made.around = replace(made.around, staff=PEOPLE)
    made.holders = {role: list(PEOPLE.people) for role in made.version.roles}
    return made


def broken_by_listing(before: Events, listed: Event) -> list[str]:
    """What a listing, or a decision to count its time anew, came without."""
    notice, heard = last(before, "notice_given"), last(before, "statement_heard")
    reviewed, passed = last(before, "statement_reviewed"), last(before, "legal_review_passed")
    waived, failed = last(before, "statement_waived"), last(before, "legal_review_failed")
    silent = notice >= 0 and listed.on > last_day(before[notice].on, STATEMENT_DAYS)
    told = {
        "unnoticed": notice < 0,
        "unnoticed_of_the_new_ground": notice < last(before, "serious_found_again"),
        "unheard": max(heard, waived) < notice and not silent,
        "unanswered": heard >= 0 and reviewed < heard,
        "against_an_upheld_statement": bool(of(before, "statement_reviewed", "upheld")) and notice < reviewed,
        "unreviewed": passed < 0 or passed < max(notice, reviewed, failed),
        "reviewed_by_the_handler": passed >= 0 and before[passed].by == before[0].by,
        "two_years_unproven": before[0].data["ground"] == "two_years_abnormal",  # no list stands in a walk
    }
    return [name for name, broken in told.items() if broken]


def broken(events: Events) -> set[str]:
    """Everything the listings of a walk came without."""
    deciding = ("listed_serious", "listing_restarted")
    found = (broken_by_listing(events[:n], event) for n, event in enumerate(events) if event.event in deciding)
    return {name for names in found for name in names}


def test_no_walk_lists_anybody_unnoticed_unheard_or_unreviewed() -> None:
    walks, listings, restarts = walker(), 0, 0
    for seed in range(WALKS):
        events = walks.walk(seed, turns=45).events
        assert broken(events) == set(), f"walk {seed}"
        listings += last(events, "listed_serious") >= 0
        restarts += last(events, "listing_restarted") >= 0
    assert listings > WALKS // 20, f"only {listings} of {WALKS} walks list somebody: they show too little"
    assert restarts > 0


def test_where_nothing_is_adopted_nobody_is_listed_unnoticed_all_the_same() -> None:
    walks, listings = walker(load().procedures[LIST][-1]), 0
    for seed in range(WALKS // 5):
        events = walks.walk(seed, turns=12).events
        assert "unnoticed" not in broken(events), f"walk {seed}"
        listings += last(events, "listed_serious") >= 0
    assert listings > 0


@pytest.mark.parametrize(
    ("gate", "what"),
    [
        ("organisation_heard", "unheard"),
        ("statement_reviewed", "unanswered"),
        ("upheld_statement_is_followed", "against_an_upheld_statement"),
        ("legal_review", "unreviewed"),
        ("legal_review_after_statement", "unreviewed"),
        ("failed_review_is_repeated", "unreviewed"),
        ("reviewer_is_not_handler", "reviewed_by_the_handler"),
        ("two_years_on_the_abnormal_list", "two_years_unproven"),
        ("notice_of_new_ground", "unnoticed_of_the_new_ground"),
    ],
)
def test_with_a_gate_deleted_a_walk_finds_it(gate: str, what: str) -> None:
    lesser = walker(without(LIST, gate))
    assert any(what in broken(lesser.walk(seed, turns=45).events) for seed in range(PATIENCE))
