"""What is kept of a case for who looks at many: right after whatever is entered, and worked out once until then."""

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.kept import FILES, HANDS, OUTLOOKS, forget
from fazheng.casework.outlooks import COMING, Ends, Sight, ends_of
from fazheng.casework.registers import change_row
from fazheng.casework.writing import Act, Writing, writing
from fazheng.ledger.joined import joined, question
from fazheng.ledger.models import CaseRow
from fazheng.procedure.surroundings import Surroundings
from fazheng.register import spans_of, spans_of_many
from tests.casework.desk import CODE, TODAY, day, do, sound

FEWER = ["registrar", "clerk"]
Told = tuple[list[str], list[list[str]], list[str]]


@pytest.fixture
def linked(toy_desk: Bureau) -> tuple[Bureau, str, str]:
    """A listing that names a yearly check, whose report was late."""
    with writing(toy_desk, today=TODAY) as act:
        check = sound(act.open("npo.annual_check", Act(day("2025-03-03"), "甲", {"organisation": CODE}))).case_id
        told = {"organisation": CODE, "check": check}
        listing = sound(act.open("npo.abnormal_list", Act(day("2025-06-01"), "甲", told))).case_id
    return toy_desk, listing, check


def sight_of(bureau: Bureau, case_id: str, today: str = "2026-11-20") -> Sight:
    of = question(CaseRow.objects.filter(case_id=case_id).values_list("case_id", "last_version"), for_others=True)
    told, ends = joined({"asked": of, **ends_of(bureau.code, "asked")}), Ends()
    ends.told(told["asked_ends"], told["asked_links"])
    return Sight(Writing(bureau, day(today)), ends)


def seen(bureau: Bureau, case_id: str, made: list[Told], today: str = "2026-11-20") -> Told:
    """What the case, the linked ones and 甲's row say; noted in `made` where it is worked out."""
    sight = sight_of(bureau, case_id, today)
    sight.ready([case_id])
    file = sight.files[case_id]

    def make(around: Surroundings) -> Told:
        row = around.registered("staff", "甲", around.today)
        others = [[event.event for event in one.case.standing] for of in around.linked.values() for one in of]
        made.append(([e.event for e in file.case.standing], others, row.data["roles"] if row else []))
        return made[-1]

    return sight.kept(COMING, file, make)


def test_a_case_is_worked_out_anew_for_what_it_rests_on_and_for_nothing_else(linked: tuple[Bureau, str, str]) -> None:
    bureau, listing, check = linked
    made: list[Told] = []
    first = seen(bureau, listing, made)
    assert (seen(bureau, listing, made), len(made)) == (first, 1)
    assert first[1:] == ([["check_opened"]], ["registrar", "clerk", "window"])
    with writing(bureau, today=TODAY) as act:  # another case, another row
        act.open("npo.annual_check", Act(day("2025-03-04"), "甲", {"organisation": CODE}))
        by = Act(day("2026-11-18"), "甲", {"roles": ["clerk"]}, paper="示例文件")
        assert change_row(act, "staff", "乙", by) == ()
    assert (seen(bureau, listing, made), len(made)) == (first, 1)
    with writing(bureau, today=TODAY) as act:  # the case it names
        do(act, check, "file_report", "2025-06-20")
    assert seen(bureau, listing, made)[1] == [["check_opened", "report_filed"]]
    assert len(made) == 2
    with writing(bureau, today=TODAY) as act:  # the row it asks
        by = Act(day("2026-11-18"), "甲", {"roles": FEWER}, paper="示例文件")
        assert change_row(act, "staff", "甲", by) == ()
    assert seen(bureau, listing, made)[2] == FEWER
    assert len(made) == 3
    with writing(bureau, today=TODAY) as act:  # itself
        do(act, listing, "correct", "2025-07-02", entry=1, on="2025-06-02", reason="记错日子")
    assert seen(bureau, listing, made) == made[2]
    assert len(made) == 4
    with writing(bureau, today=TODAY) as act:  # itself: it names the check no more
        do(act, listing, "correct", "2025-07-02", entry=1, check=None, reason="另一件")
    assert seen(bureau, listing, made)[1] == []
    assert len(made) == 5
    assert seen(bureau, listing, made, "2026-11-17")[2] == ["registrar", "clerk", "window"]  # another day
    assert len(made) == 6


def test_a_case_that_comes_to_name_it_is_read_too(linked: tuple[Bureau, str, str]) -> None:
    """From the other end: the check asks nothing of listings, and still is told who names it."""
    bureau, listing, check = linked
    sight = sight_of(bureau, check)
    assert set(sight.files) == {check}
    assert sight_of(bureau, listing).files.keys() == {check, listing}


def test_files_are_read_once_and_let_go_with_all_else(linked: tuple[Bureau, str, str]) -> None:
    bureau, listing, check = linked
    before = sight_of(bureau, listing).files
    assert sight_of(bureau, listing).files[check] is before[check]
    with writing(bureau, today=TODAY) as act:
        do(act, check, "file_report", "2025-06-20")
    after = sight_of(bureau, listing).files
    assert after[listing] is before[listing]
    assert [event.event for event in after[check].case.standing] == ["check_opened", "report_filed"]
    forget()
    assert (FILES, OUTLOOKS, HANDS) == ({}, {}, {})
    assert sight_of(bureau, listing).files[listing] is not before[listing]


def test_rows_of_many_keys_are_those_of_each(linked: tuple[Bureau, str, str]) -> None:
    bureau = linked[0].code
    with writing(linked[0], today=TODAY) as act:
        by = Act(day("2026-11-18"), "甲", {"roles": FEWER}, paper="示例文件")
        assert change_row(act, "staff", "甲", by) == ()
    asked = [("staff", "甲"), ("staff", "乙"), ("abnormal", CODE), ("listed", "路人")]
    found = spans_of_many(bureau, asked)
    assert {pair: found.get(pair, []) for pair in asked} == {pair: spans_of(bureau, *pair) for pair in asked}
    assert len(found["staff", "甲"]) == 2
    assert spans_of_many(bureau, []) == {}
