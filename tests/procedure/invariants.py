"""What no walk may reach, written over plain lists of events and a calendar of its own."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from fazheng.procedure.case import Event
from tests.procedure.walks import CAST
from tests.workdays import naive

Events = Sequence[Event]
STATEMENT_DAYS, HEARING_DAYS = 3, 5  # working days: of the example county, and of the statute


@cache
def last_day(start: date, working_days: int) -> date:
    """The last of so many working days after `start`, by the calendar that the tests of working days keep."""
    return naive.due(start, working_days, "working days")


def last(events: Events, *names: str) -> int:
    """Place of the last event of one of these names; -1 without one."""
    return max((n for n, event in enumerate(events) if event.event in names), default=-1)


def of(events: Events, name: str, field: str) -> object:
    """A field of the last event of that name; None without one."""
    n = last(events, name)
    return events[n].data.get(field) if n >= 0 else None


def unnoticed(before: Events, decided: Event) -> bool:
    return last(before, "notice_given") < 0


def unheard(before: Events, decided: Event) -> bool:
    notice = last(before, "notice_given")
    if last(before, "statement_heard", "statement_waived", "hearing_held") > notice:
        return False
    return notice < 0 or decided.on <= last_day(before[notice].on, STATEMENT_DAYS)


def statement_unanswered(before: Events, decided: Event) -> bool:
    heard = last(before, "statement_heard")
    return heard >= 0 and last(before, "statement_reviewed") < heard


def unreviewed(before: Events, decided: Event) -> bool:
    triggered = of(before, "case_filed", "affects_public_interest") or of(before, "case_filed", "complex")
    held = last(before, "hearing_held")
    if not triggered and held < 0:
        return False
    return last(before, "legal_review_passed") <= last(before, "legal_review_failed")


def unreviewed_after_hearing(before: Events, decided: Event) -> bool:
    held = last(before, "hearing_held")
    return held >= 0 and last(before, "legal_review_passed") < held


def within_the_hearing_window(before: Events, decided: Event) -> bool:
    notice = last(before, "notice_given")
    if notice < 0 or not before[notice].data.get("hearing_offered"):
        return False
    if last(before, "hearing_requested", "hearing_waived") > notice:
        return False
    return decided.on <= last_day(before[notice].on, HEARING_DAYS)


def hearing_unfinished(before: Events, decided: Event) -> bool:
    requested = last(before, "hearing_requested")
    ended = last(before, "hearing_held", "hearing_ended", "hearing_request_withdrawn")
    return requested >= 0 and ended < requested


def uncertified(before: Events, decided: Event) -> bool:
    named = [event for event in before if event.event in ("case_filed", "officers_reassigned")]
    return any(not CAST.certified(who, event.on) for event in named for who in (*event.data["officers"], event.by)
               if event.event == "case_filed" or who != event.by)  # fmt: skip


def alone(before: Events, decided: Event) -> bool:
    named = of(before, "case_filed", "officers")
    return isinstance(named, list) and len(named) < 2


def undiscussed(before: Events, decided: Event) -> bool:
    attendees = of(before, "collectively_discussed", "attendees")
    together = isinstance(attendees, list) and len(attendees) >= 2
    return of(before, "investigation_closed", "serious") is True and not together


def unestablished(before: Events, decided: Event) -> bool:
    return of(before, "investigation_closed", "facts_established") is not True


def investigator_presided(before: Events, decided: Event) -> bool:
    held = last(before, "hearing_held", "hearing_ended")
    if held < 0:
        return False
    hands = [
        who for event in before[:held] if event.event == "case_filed" for who in (*event.data["officers"], event.by)
    ]
    return before[held].by in hands


MILD = {"warning", "criticism"}


def heavier_than_told(before: Events, decided: Event) -> bool:
    """A kind nobody told of, or a higher fine; a warning in its place is milder, once the party was agreed with."""
    told, fined = of(before, "notice_given", "proposed_fine"), decided.data.get("fine")
    proposed = set(of(before, "notice_given", "proposed_kinds") or ())  # type: ignore[call-overload]
    kinds = set(decided.data.get("kinds", ()))
    notice = last(before, "notice_given")
    agreed = of(before, "statement_reviewed", "accepted") is True and last(before, "statement_reviewed") > notice
    held = last(before, "hearing_held") > notice
    untold = kinds - proposed
    if (agreed or held) and proposed - kinds - {"warning"}:
        untold -= MILD
    return bool(untold) or (isinstance(fined, int) and isinstance(told, int) and fined > told)


def too_late(before: Events, decided: Event) -> bool:
    """More than five years, whatever the breach; more than two where no life, health or money was harmed."""
    if of(before, "investigation_closed", "ongoing") is True:
        return False
    ended = of(before, "investigation_closed", "act_ended_on")
    found = of(before, "case_filed", "discovered_on") or before[0].on.isoformat()
    years = 5 if of(before, "investigation_closed", "life_or_finance") is True else 2
    if not isinstance(ended, str):
        return True
    day = date.fromisoformat(ended)
    last_of_february = (day.month, day.day) == (2, 29)
    last_day = day.replace(year=day.year + years, day=28 if last_of_february else day.day)
    return min(str(found), before[0].on.isoformat()) > last_day.isoformat()


OF_A_PENALTY: tuple[Callable[[Events, Event], bool], ...] = (
    unnoticed,
    unheard,
    statement_unanswered,
    unreviewed,
    unreviewed_after_hearing,
    within_the_hearing_window,
    hearing_unfinished,
    uncertified,
    alone,
    undiscussed,
    unestablished,
    investigator_presided,
    heavier_than_told,
    too_late,
)


def answered_unheard(before: Events, event: Event) -> bool:
    return event.event == "ticket_answered" and last(before, "caller_contacted") < 0


def answered_while_returning(before: Events, event: Event) -> bool:
    asked = last(before, "return_requested") >= 0
    return event.event == "ticket_answered" and asked and last(before, "return_refused") < 0


def sent_back_against_the_ruling(before: Events, event: Event) -> bool:
    return event.event == "return_requested" and of(before, "ticket_received", "assigned_by_ruling") is not False


def closed_unanswered(before: Events, event: Event) -> bool:
    answered = last(before, "ticket_answered")
    return event.event == "ticket_closed" and (answered < 0 or answered < last(before, "handling_reopened"))


def reopened_although_satisfied(before: Events, event: Event) -> bool:
    return event.event == "handling_reopened" and of(before, "follow_up_done", "satisfaction") != "unsatisfied"


def extended_untold(before: Events, event: Event) -> bool:
    return event.event == "ticket_extended" and event.data.get("caller_told") is not True


def sent_back_without_basis(before: Events, event: Event) -> bool:
    return event.event == "return_requested" and not (event.data.get("basis") and event.data.get("basis_item"))


def closed_although_unsatisfied(before: Events, event: Event) -> bool:
    unsatisfied = of(before, "follow_up_done", "satisfaction") == "unsatisfied"
    return event.event == "ticket_closed" and unsatisfied and last(before, "handling_reopened") < 0


OF_A_TICKET: tuple[Callable[[Events, Event], bool], ...] = (
    answered_unheard,
    answered_while_returning,
    sent_back_against_the_ruling,
    closed_unanswered,
    reopened_although_satisfied,
    extended_untold,
    sent_back_without_basis,
    closed_although_unsatisfied,
)


def decided_what_another_procedure_decides(before: Events, event: Event) -> bool:
    return event.event == "opinion_given" and of(before, "petition_classified", "route") != "petition"


def decided_unheard(before: Events, event: Event) -> bool:
    heard = of(before, "petition_investigated", "heard") is True
    return event.event == "opinion_given" and not (heard and of(before, "petition_investigated", "verified") is True)


def closed_without_a_written_reply(before: Events, event: Event) -> bool:
    accepted = last(before, "petition_accepted") >= 0 and of(before, "petition_classified", "route") == "petition"
    simply = last(before, "simply_answered") >= 0 and last(before, "simple_left") < 0
    return event.event == "petition_closed" and accepted and last(before, "opinion_served") < 0 and not simply


def closed_untold(before: Events, event: Event) -> bool:
    known = of(before, "petition_registered", "identity_clear") is True
    return event.event == "petition_closed" and known and last(before, "petitioner_notified") < 0


def accusation_passed_to_the_accused(before: Events, event: Event) -> bool:
    accusation = of(before, "petition_classified", "class") == "accusation"
    return event.event == "petition_passed_on" and accusation and event.data.get("to_accused") is not False


def accepted_once_more(before: Events, event: Event) -> bool:
    return event.event == "petition_accepted" and of(before, "petition_registered", "occurrence") == "reviewed"


def told_otherwise(before: Events, event: Event) -> bool:
    accepted = last(before, "petition_accepted") >= 0
    told = event.data.get("told")
    return event.event == "petitioner_notified" and (
        (told == "accepted" and not accepted) or (told in ("elsewhere", "not_accepted") and accepted)
    )


OF_A_PETITION: tuple[Callable[[Events, Event], bool], ...] = (
    decided_what_another_procedure_decides,
    decided_unheard,
    closed_without_a_written_reply,
    closed_untold,
    accusation_passed_to_the_accused,
    accepted_once_more,
    told_otherwise,
)


def broken_by_penalty(events: Events) -> list[str]:
    """The invariants that the decisions among these events broke."""
    return [
        broken.__name__
        for n, event in enumerate(events)
        if event.event == "penalty_decided"
        for broken in OF_A_PENALTY
        if broken(events[:n], event)
    ]


def broken_by_ticket(events: Events) -> list[str]:
    """The invariants that the steps of a ticket broke."""
    return [broken.__name__ for n, event in enumerate(events) for broken in OF_A_TICKET if broken(events[:n], event)]


def broken_by_petition(events: Events) -> list[str]:
    """The invariants that the steps of a petition broke."""
    return [broken.__name__ for n, event in enumerate(events) for broken in OF_A_PETITION if broken(events[:n], event)]
