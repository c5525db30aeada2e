"""A defect opens a task for the head; settling it says what was done, and heals nothing."""

import json

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import declare_nothing, put_aside, settle_task
from fazheng.casework.folding import read_case
from fazheng.casework.writing import Act, writing
from fazheng.ledger.models import DefectRow, NothingHappened, Task
from fazheng.procedure.outlook import suggestions
from fazheng.procedure.review import review
from tests.casework.desk import TODAY, book, day, decided_unheard, do, receive


def open_tasks(bureau: Bureau) -> list[tuple[str, str, str]]:
    rows = Task.objects.filter(bureau=bureau.code, settled_on__isnull=True).order_by("task_id")
    return [(row.kind, row.role, row.article) for row in rows]


def unheard(desk: Bureau) -> str:
    with writing(desk, today=TODAY) as act:
        return decided_unheard(act)


def test_a_defect_opens_a_task_for_the_head(desk: Bureau) -> None:
    case = unheard(desk)
    assert open_tasks(desk) == [("defect", "bureau_head", "行政处罚法第六十二条")]
    row = Task.objects.get(bureau=desk.code)
    assert (row.task_id, row.case_id) == (f"defect:{case}:5:party_heard", case)
    assert row.reason == "如实补录的“作出处罚决定”违反行政处罚法第六十二条"
    defect = DefectRow.objects.get(bureau=desk.code)
    assert (defect.case_id, defect.version, defect.gate, defect.on_day) == (case, 5, "party_heard", "2026-09-07")


def test_a_settled_task_is_closed_and_its_defect_still_counts(desk: Bureau) -> None:
    case = unheard(desk)
    with writing(desk, today=TODAY) as act:
        assert settle_task(act, f"defect:{case}:5:party_heard", Act(day("2026-09-20"), "丙", {}), "已撤销原决定") == ()
    assert open_tasks(desk) == []
    assert Task.objects.get(bureau=desk.code).settled_on == "2026-09-20"
    assert DefectRow.objects.filter(bureau=desk.code).count() == 1
    assert book(desk, case)[-1].event == "task_settled"
    with writing(desk, today=TODAY) as act:
        law, found = act.case(case)
        assert found.standing[-1].defects == ("party_heard",)
        do(act, case, "serve_decision", "2026-09-21", service_method="direct")  # the case goes on
    assert [entry.version for entry in book(desk, case)] == [1, 2, 3, 4, 5, 6, 7]
    assert law.first.id == "penalty.ordinary"


def test_a_task_may_be_settled_and_the_case_go_on_in_one_transaction(desk: Bureau) -> None:
    case = unheard(desk)
    with writing(desk, today=TODAY) as act:
        act.case(case)
        assert settle_task(act, f"defect:{case}:5:party_heard", Act(day("2026-09-20"), "丙", {}), "…") == ()
        do(act, case, "serve_decision", "2026-09-21", service_method="direct")
        do(act, case, "correct", "2026-09-22", entry=7, service_method="post", reason="抄错")
    found = read_case(desk.code, case, act.book)
    assert found.case.last("decision_served").data["service_method"] == "post"  # type: ignore[union-attr]


def test_what_is_no_open_task_cannot_be_settled(desk: Bureau) -> None:
    case = unheard(desk)
    name = f"defect:{case}:5:party_heard"

    def refused(task: str, by: str = "丙", on: str = "2026-09-20", reason: str = "…") -> list[str]:
        with writing(desk, today=TODAY) as act:
            return [refusal.gate for refusal in settle_task(act, task, Act(day(on), by, {}), reason)]

    assert refused("defect:nothing:1:party_heard") == ["order"]
    assert refused(name, by="路人") == ["role"]
    assert refused(name, reason=" ") == ["field"]
    assert refused(name, on="2026-12-01") == ["future"]
    assert refused(name) == []
    assert refused(name) == ["order"]  # not twice


def test_a_later_entry_closes_no_task(desk: Bureau) -> None:
    case = unheard(desk)
    with writing(desk, today=TODAY) as act:
        do(act, case, "add_late", "2026-09-05", step="record_statement", content="…", reason="漏记")
        do(act, case, "add_late", "2026-09-06", step="review_statement", accepted=False, opinion="…", reason="漏记")
    assert [kind for kind, _, _ in open_tasks(desk)] == ["defect"]


def test_a_breach_after_a_correction_is_a_finding(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = receive(act)
        do(act, case, "contact", "2026-09-02", reached=True)
        do(act, case, "answer", "2026-09-03", outcome="resolved", reply="…")
        do(act, case, "withdraw", "2026-09-04", entry=2, reason="记错")
    assert [row[0] for row in open_tasks(desk)] == ["finding"]
    row = Task.objects.get(bureau=desk.code)
    assert row.task_id == f"finding:{case}:3:contacted_before_answer"
    assert row.reason.startswith("更正、撤回或补记以后：")
    with writing(desk, today=TODAY) as act:
        law, found = act.case(case)
        assert [breach.refusal.gate for breach in review(law, found, act.surroundings())] == ["contacted_before_answer"]
        do(act, case, "add_late", "2026-09-02", step="contact", reached=True, reason="补回")
    assert open_tasks(desk) == []  # nothing is breached any more


def test_a_defect_of_an_event_that_was_withdrawn_is_counted_no_more(desk: Bureau) -> None:
    case = unheard(desk)
    with writing(desk, today=TODAY) as act:
        do(act, case, "withdraw", "2026-09-20", "丙", entry=5, reason="另一案的")
    assert DefectRow.objects.filter(bureau=desk.code).count() == 0
    assert [kind for kind, _, _ in open_tasks(desk)] == ["defect"]  # the head still sees that it was entered


def test_a_defect_moves_with_the_day_of_its_event(desk: Bureau) -> None:
    case = unheard(desk)
    with writing(desk, today=TODAY) as act:
        do(act, case, "correct", "2026-09-20", "丙", entry=5, on="2026-09-08", reason="记错日子")
    assert DefectRow.objects.get(bureau=desk.code).on_day == "2026-09-08"


# ── suggestions ──


def clue(desk: Bureau) -> str:
    """A ticket whose answer found a sign of an offence: the law suggests a penalty file."""
    with writing(desk, today=TODAY) as act:
        case = receive(act)
        do(act, case, "contact", "2026-09-02", reached=True)
        do(act, case, "answer", "2026-09-03", outcome="clue", reply="…")
    return case


def suggested(desk: Bureau, case: str, on: str = "2026-09-10") -> list[str]:
    with writing(desk, today=TODAY) as act:
        law, found = act.case(case)
        return [suggestion.id for suggestion in suggestions(law, found, day(on), act.surroundings())]


def aside(desk: Bureau, case: str, by: str = "丙", on: str = "2026-09-05", reason: str = "已由上级立案") -> list[str]:
    with writing(desk, today=TODAY) as act:
        return [r.gate for r in put_aside(act, case, "clue_to_penalty", Act(day(on), by, {}), reason)]


def test_a_suggestion_is_put_aside_by_a_person_with_a_reason(desk: Bureau) -> None:
    case = clue(desk)
    assert suggested(desk, case) == ["clue_to_penalty"]
    assert aside(desk, case) == []
    assert suggested(desk, case) == []
    assert suggested(desk, case, on="2026-09-04") == ["clue_to_penalty"]  # seen from before it was put aside
    entry = book(desk, case)[-1]
    assert entry.event == "suggestion_put_aside"
    assert set(json.loads(entry.data)["reason"]) == {"apart"}


def test_what_is_not_suggested_cannot_be_put_aside(desk: Bureau) -> None:
    case = clue(desk)
    assert aside(desk, case, by="路人") == ["role"]
    assert aside(desk, case, reason=" ") == ["field"]
    assert aside(desk, case, on="2026-12-01") == ["future"]
    assert aside(desk, case) == []
    assert aside(desk, case) == ["order"]


# ── a signed zero ──


def zero(desk: Bureau, procedure: str, year: int, by: str = "丙", on: str = "2026-02-03") -> list[str]:
    with writing(desk, today=TODAY) as act:
        return [refusal.gate for refusal in declare_nothing(act, procedure, year, Act(day(on), by, {}))]


def test_a_year_without_a_case_is_signed_by_a_person(desk: Bureau) -> None:
    assert zero(desk, "penalty.ordinary", 2025) == []
    row = NothingHappened.objects.get(bureau=desk.code)
    assert (row.procedure, row.year, row.by) == ("penalty.ordinary", 2025, "丙")
    entry = book(desk, "nothing:penalty.ordinary")[0]
    assert (entry.event, json.loads(entry.data)) == ("nothing_happened", {"of": "penalty.ordinary", "year": 2025})


def test_a_zero_is_refused_where_it_is_not_true_or_not_yet(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        receive(act, on="2025-12-30")
    assert zero(desk, "hotline.ticket", 2025) == ["order"]
    assert zero(desk, "hotline.ticket", 2024) == []
    assert zero(desk, "hotline.ticket", 2024) == ["once"]
    assert zero(desk, "hotline.ticket", 2026) == ["future"]
    assert zero(desk, "hotline.ticket", 2023, by="路人") == ["role"]
    assert zero(desk, "hotline.ticket", 2023, on="2026-12-01") == ["future"]


def test_a_zero_sees_the_cases_of_its_own_transaction(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        receive(act, on="2025-12-30")
        gates = [r.gate for r in declare_nothing(act, "hotline.ticket", 2025, Act(day("2026-02-03"), "丙", {}))]
    assert gates == ["order"]
