"""Walks over enabled steps: no path of the published law reaches what the law forbids; with a gate deleted one does."""

import re
from collections.abc import Callable

import pytest

from fazheng.lawbook.load import load
from fazheng.lawbook.procedure import Procedure
from fazheng.procedure.case import Event
from fazheng.procedure.surroundings import OWN_RULE, Refusal
from tests.procedure.invariants import broken_by_penalty, broken_by_petition, broken_by_ticket
from tests.procedure.walks import Walker, with_uncertified_officers, without

WALKS = 600  # of penalties; tests/enforcement walks through every procedure
OTHERS = 500
PATIENCE = 4_000  # walks in which a missing gate must show; it takes some hundreds
DECIDED = frozenset({"penalty_decided", "no_penalty_decided", "case_closed"})
CLOSED = frozenset({"ticket_closed", "return_accepted"})
SETTLED = frozenset({"petition_closed", "petition_handed_back"})
ENGLISH = re.compile(r"[a-z]{2,}_[a-z]+|[a-z]+\.[a-z]+")


def statutes() -> set[str]:
    return {*load().statutes, *(s.name for s in load().statutes.values())}


def unsound(refusals: set[Refusal]) -> list[Refusal]:
    """Refusals without an article or 本系统规则, without words or a way out, or with a name of the program in them."""
    named = statutes() | {"示例县行政执法文书规范", "示例县民政领域首违不罚清单", "示例县民政领域行政处罚裁量基准"}
    named |= {"示例县行政执法程序规定", "示例县12345热线工单办理规定", "示例县信访工作规定"}
    return [
        refusal
        for refusal in refusals
        if not (refusal.article == OWN_RULE or any(refusal.article.startswith(name) for name in named))
        or not (refusal.gate and refusal.says and refusal.todo)
        or ENGLISH.search((refusal.says + refusal.todo).replace("add_late", ""))
    ]


def test_no_walk_reaches_a_decision_that_the_law_forbids() -> None:
    walker = Walker("penalty.ordinary", ends=DECIDED)
    decided, told = 0, set[Refusal]()
    for seed in range(WALKS):
        walk = walker.walk(seed)
        assert broken_by_penalty(walk.events) == [], f"walk {seed}"
        decided += any(event.event == "penalty_decided" for event in walk.events)
        told.update(walk.refusals)
    assert decided > WALKS // 5, f"only {decided} of {WALKS} walks reach a decision: they show too little"
    assert unsound(told) == []
    print(f"{WALKS} walks, {decided} decisions, {len(told)} different refusals")


def test_no_walk_of_a_ticket_does_what_the_county_forbids() -> None:
    walker = Walker("hotline.ticket", ends=CLOSED)
    closed, told = 0, set[Refusal]()
    for seed in range(OTHERS):
        walk = walker.walk(seed)
        assert broken_by_ticket(walk.events) == [], f"walk {seed}"
        closed += any(event.event == "ticket_closed" for event in walk.events)
        told.update(walk.refusals)
    assert closed > OTHERS // 10
    assert unsound(told) == []


def test_no_walk_of_a_petition_does_what_the_regulation_forbids() -> None:
    walker = Walker("petition", ends=SETTLED)
    closed, told = 0, set[Refusal]()
    for seed in range(OTHERS):
        walk = walker.walk(seed)
        assert broken_by_petition(walk.events) == [], f"walk {seed}"
        closed += any(event.event == "petition_closed" for event in walk.events)
        told.update(walk.refusals)
    assert closed > OTHERS // 20
    assert unsound(told) == []


def finds(walker: Walker, broken_by: Callable[[tuple[Event, ...]], list[str]], what: str) -> bool:
    return any(what in broken_by(walker.walk(seed).events) for seed in range(PATIENCE))


@pytest.mark.parametrize(
    ("gates", "what"),
    [
        (("party_heard",), "unheard"),
        (("notice_comes_first", "party_heard"), "unnoticed"),  # who was not told was not heard: both gates hold it
        (("statement_reviewed",), "statement_unanswered"),
        (("legal_review",), "unreviewed"),
        (("legal_review_after_hearing",), "unreviewed_after_hearing"),
        (("hearing_window_closed",), "within_the_hearing_window"),
        (("hearing_finished",), "hearing_unfinished"),
        (("collective_decision",), "undiscussed"),
        (("two_officers",), "alone"),
        (("facts_established",), "unestablished"),
        (("kinds_as_notified", "fine_as_notified", "not_heavier_for_defending"), "heavier_than_told"),
        (("within_limitation",), "too_late"),
    ],
    ids=lambda value: value if isinstance(value, str) else "+".join(value),
)
def test_with_a_gate_deleted_a_walk_finds_it(gates: tuple[str, ...], what: str) -> None:
    lesser = Walker("penalty.ordinary", without("penalty.ordinary", *gates), ends=DECIDED)
    assert finds(lesser, broken_by_penalty, what)


def test_without_the_certificate_a_walk_finds_it() -> None:
    lesser: Procedure = with_uncertified_officers("penalty.ordinary")
    assert finds(Walker("penalty.ordinary", lesser, ends=DECIDED), broken_by_penalty, "uncertified")


@pytest.mark.parametrize(
    ("gate", "what"),
    [
        ("contacted_before_answer", "answered_unheard"),
        ("return_settled", "answered_while_returning"),
        ("not_assigned_by_ruling", "sent_back_against_the_ruling"),
        ("answered_before_close", "closed_unanswered"),
        ("redone_when_unsatisfied", "reopened_although_satisfied"),
        ("caller_told_of_extension", "extended_untold"),
        ("return_names_its_basis", "sent_back_without_basis"),
        ("unsatisfied_redone_before_close", "closed_although_unsatisfied"),
    ],
)
def test_with_a_gate_of_the_ticket_deleted_a_walk_finds_it(gate: str, what: str) -> None:
    lesser = Walker("hotline.ticket", without("hotline.ticket", gate), ends=CLOSED)
    assert finds(lesser, broken_by_ticket, what)


@pytest.mark.parametrize(
    ("gate", "what"),
    [
        ("not_for_another_procedure", "decided_what_another_procedure_decides"),
        ("heard_and_verified", "decided_unheard"),
        ("written_reply_before_close", "closed_without_a_written_reply"),
        ("petitioner_told_before_close", "closed_untold"),
        ("accusation_kept_from_accused", "accusation_passed_to_the_accused"),
        ("reviewed_not_accepted_again", "accepted_once_more"),
        ("notice_tells_what_was_done", "told_otherwise"),
    ],
)
def test_with_a_gate_of_the_petition_deleted_a_walk_finds_it(gate: str, what: str) -> None:
    lesser = Walker("petition", without("petition", gate), ends=SETTLED)
    assert finds(lesser, broken_by_petition, what)
