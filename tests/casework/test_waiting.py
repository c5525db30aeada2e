"""What waits for a signature or a review, and that waiting decides nothing."""

from datetime import date

from django.db.models import Min

from fazheng.casework.bureaux import Bureau
from fazheng.casework.coming import comes_to, hands_on, sends_back
from fazheng.casework.kept import OUTLOOKS, forget
from fazheng.casework.waiting import candidates, nearest, waiting
from fazheng.casework.writing import Writing, writing
from fazheng.lawbook.load import load
from fazheng.ledger.joined import joined
from fazheng.ledger.models import ClockRow
from fazheng.procedure.outlook import Prospect
from tests.casework.desk import TODAY, book, day, do, file, receive

LATER = date(2029, 11, 20)


def investigated(act: Writing, **data: object) -> str:
    case = file(act, **data)
    do(act, case, "gather_evidence", "2026-09-02", method="other", evidence_kind="document", officers=["甲", "乙"],
       content="账")  # fmt: skip
    do(act, case, "close_investigation", "2026-09-03", report="…", facts_established=True, evidence_verified=True,
       crime_suspected=False, serious=False, ongoing=True, proposed="penalty")  # fmt: skip
    return case


def notified(act: Writing, case: str) -> None:
    do(act, case, "give_notice", "2026-09-04", proposed_kinds=["warning"], content_told=True, rights_told=True,
       hearing_offered=False)  # fmt: skip
    do(act, case, "waive_statement", "2026-09-07")


def steps_for(bureau: Bureau, who: str, on: date = TODAY) -> dict[str, set[str]]:
    looking = Writing(bureau, on)
    found = waiting(looking, who, looking.roster.roles(who, on))
    return {one.file.case_id: {step.id for step in one.steps} for one in found}


def test_a_review_waits_once_the_investigation_ended_and_the_law_wants_one(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case, plain, _ = investigated(act, complex=True), investigated(act), file(act)
    waits = steps_for(desk, "己")
    assert waits[case] >= {"pass_legal_review", "fail_legal_review"}
    assert plain not in waits
    assert steps_for(desk, "甲") == {}


def test_a_decision_waits_for_the_head_once_nothing_stands_against_it(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case, early = investigated(act), file(act)
        assert "decide" not in steps_for(desk, "丙").get(case, set())
        notified(act, case)
    assert "decide" in steps_for(desk, "丙")[case]
    assert "decide" not in steps_for(desk, "丙").get(early, set())


def test_nothing_is_ever_approved_by_time_running_out(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        review, decision = investigated(act, complex=True), investigated(act)
        notified(act, decision)
        receive(act)
    before = [(entry.case_id, entry.event) for entry in book(desk)]
    now = steps_for(desk, "己"), steps_for(desk, "丙")
    assert (steps_for(desk, "己", LATER), steps_for(desk, "丙", LATER)) == now
    with writing(desk, today=LATER) as act:
        law, case = act.case(review)
        assert case.last("legal_review_passed") is None
        assert act.case(decision)[1].last("penalty_decided") is None
        assert law.first.id == "penalty.ordinary"
    assert [(entry.case_id, entry.event) for entry in book(desk)] == before


def test_no_law_file_lets_a_missed_day_stand_for_a_decision(desk: Bureau) -> None:
    every = [limit for versions in load(place=desk.place).procedures.values() for v in versions for limit in v.limits]
    assert {limit.missed for limit in every} <= {"", "overdue", "right_lapses"}


def test_who_was_recused_has_nothing_waiting_in_that_case(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = investigated(act, complex=True)
        do(act, case, "order_recusal", "2026-09-05", "丙", recused=["己"], reason="亲属")
    assert case not in steps_for(desk, "己")


def test_a_day_before_the_recusal_the_review_still_waited(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = investigated(act, complex=True)
        do(act, case, "order_recusal", "2026-09-05", "丙", recused=["己"], reason="亲属")
    assert "pass_legal_review" in steps_for(desk, "己", day("2026-09-04"))[case]


def test_what_is_kept_of_waiting_cases_is_dropped_with_all_else_that_is_kept(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        investigated(act, complex=True)
    assert steps_for(desk, "己")
    assert OUTLOOKS
    forget()
    assert not OUTLOOKS


def test_what_sends_back_and_what_hands_on_is_read_out_of_the_procedure(desk: Bureau) -> None:
    penalty = load(place=desk.place).version("penalty.ordinary", day("2026-11-01"))
    ticket = load(place=desk.place).version("hotline.ticket", day("2026-11-01"))
    assert penalty is not None
    assert ticket is not None
    assert [step.id for step in penalty.steps.values() if sends_back(penalty, step)] == ["fail_legal_review"]
    assert [step.id for step in hands_on(penalty)] == ["reassign"]
    assert hands_on(ticket) == ()


def test_a_case_that_came_to_a_review_is_found_behind_others_that_did_not(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        for _ in range(3):
            file(act)
        case = investigated(act, complex=True)
    looking = Writing(desk, TODAY)
    roles = looking.roster.roles("己", TODAY)
    assert [one.file.case_id for one in waiting(looking, "己", roles)][-1] == case
    found = waiting(looking, "己", roles, most=1)
    assert [one.file.case_id for one in found] == [case]
    assert not found.more


def test_a_step_for_a_cause_that_may_never_arise_keeps_nobody_waiting() -> None:
    """收回 may be taken as long as somebody holds a certificate; the head would have one such line an officer."""
    version = load(place="示例县").procedures["officer.certificate"][-1]
    running = {"renewal_period"}
    for step, waits in (("take_back", False), ("renew", True)):
        seen = (Prospect(version.steps[step], version.steps[step].role, ()),)
        assert version.steps[step].id in version.limit_of["renewal_period"].binds
        assert comes_to(version, version.steps[step], seen, running) is waits


def test_the_nearest_are_the_same_however_many_are_looked_at(desk: Bureau) -> None:
    """Found among the clocks that end first where there are enough, else among all open cases."""
    with writing(desk, today=TODAY) as act:
        for on in ("2026-11-02", "2026-09-01", "2026-10-09", "2026-09-01"):
            file(act, on)
        kept_back = file(act, "2026-09-03")
        do(act, kept_back, "withdraw", "2026-09-04", entry=1, reason="记错")
        receive(act)
    looking = Writing(desk, TODAY)
    roles = looking.roster.roles("丙", TODAY)

    def found(most: int) -> tuple[list[str], bool]:
        ends, more = nearest(joined(candidates(looking, "丙", roles, most)), most)
        return list(ends.cases), more

    whole, _ = found(100)
    days = dict(ClockRow.objects.filter(done=None, superseded_on=None).values_list("case_id").annotate(Min("due")))
    assert whole == sorted(whole, key=lambda id: (days.get(id) or "9999", id))
    assert len(whole) >= 4
    assert kept_back not in whole
    for most in range(1, len(whole) + 2):
        assert found(most) == (whole[:most], most < len(whole)), most
