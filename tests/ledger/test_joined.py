"""Several questions in one statement, on both databases."""

from pathlib import Path

from fazheng.casework.writing import writing
from fazheng.ledger.joined import Question, joined, question, yes
from fazheng.ledger.models import CaseRow, ClockRow, Entry
from tests.casework.desk import TODAY, bureau_at_work, file, receive


def test_each_question_is_told_its_own_rows_as_text(home: Path) -> None:
    bureau = bureau_at_work()
    with writing(bureau, today=TODAY) as act:
        ticket, penalty = receive(act), file(act)
    clocks = ClockRow.objects.filter(bureau=bureau.code, case_id=ticket).order_by("due")
    cases = CaseRow.objects.filter(bureau=bureau.code).order_by("case_id")
    answered = {
        "clocks": question(clocks.values_list("case_id", "limit", "nth", "due", "done", "estimate")[:50]),
        "first": question(cases.values_list("case_id", "last_version", "closed_on")[:1]),
        "none": question(Entry.objects.filter(bureau="路人").values_list("seq")),
        "asked": Question("SELECT k.c1 FROM hidden k WHERE k.c0 = %s", (penalty,), 1),
    }
    hidden = question(cases.values_list("case_id", "last_version"), for_others=True)
    told = joined({"hidden": hidden, **answered})
    assert set(told) == set(answered)
    wanted = clocks.values_list("case_id", "limit", "nth", "due", "done", "estimate")
    assert sorted(
        (str(row[0]), str(row[1]), int(row[2] or 0), row[3], row[4], yes(row[5])) for row in told["clocks"]
    ) == sorted(wanted)
    assert told["first"] == [(ticket, "1", None)]
    assert (told["none"], told["asked"]) == ([], [("1",)])


def test_nothing_is_asked_where_there_is_no_question(home: Path) -> None:
    assert joined({}) == {}
    assert joined({"alone": Question("SELECT 1", (), 1, for_others=True)}) == {}
