"""What a page asks of a case: read with what it is linked to, what is known of a step, what is half typed."""

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.folding import CaseUnknown
from fazheng.casework.half_typed import sealed, unsealed
from fazheng.casework.in_view import in_view
from fazheng.casework.known import known
from fazheng.casework.looking import look
from fazheng.casework.meanwhile import entered_since
from fazheng.casework.on_paper import unsigned
from fazheng.casework.writing import Act, Writing, writing
from fazheng.procedure.asked import asking
from tests.casework import desk


@pytest.fixture
def bureau(database: str) -> Bureau:
    return desk.bureau_at_work()


def test_a_case_is_read_with_those_it_names_and_those_that_name_it(bureau: Bureau) -> None:
    with writing(bureau, today=desk.TODAY) as act:
        ticket = desk.receive(act)
        penalty = desk.file(act, ticket=ticket)
    looking = Writing(bureau, desk.TODAY)
    there, back = in_view(looking, penalty), in_view(looking, ticket)
    assert [file.case_id for file in there.linked] == [ticket]
    assert [file.case_id for file in back.linked] == [penalty]
    assert (there.names, back.names) == ({ticket}, set())
    with pytest.raises(CaseUnknown):
        in_view(looking, "penalty.ordinary-2026-0099")


def test_a_case_in_view_decides_as_one_that_is_read_alone(bureau: Bureau) -> None:
    with writing(bureau, today=desk.TODAY) as act:
        penalty = desk.decided_unheard(act)
    looking = Writing(bureau, desk.TODAY)
    view = in_view(looking, penalty)
    alone = looking.around(penalty, view.found.law)
    assert view.around.linked == alone.linked
    assert [(one.step.id, one.open) for one in view.steps if one.open]


def test_what_a_step_finds_out_for_itself_is_never_known(bureau: Bureau) -> None:
    with writing(bureau, today=desk.TODAY) as act:
        penalty = desk.decided_unheard(act)
    view = in_view(Writing(bureau, desk.TODAY), penalty)
    for step in view.version.steps.values():
        for field in known(view.found.law, view.found.case, step, view.looking):
            assert step.kinds[field].name not in ("yes_no", "date", "document_no", "number")
            assert not step.kinds[field].apart


def test_half_typed_text_opens_at_its_place_alone(bureau: Bureau) -> None:
    kept = sealed(bureau.code, "甲\0here", "只写了一半")
    assert "只写了一半" not in kept
    assert unsealed(bureau.code, "甲\0here", kept) == "只写了一半"
    assert unsealed(bureau.code, "乙\0here", kept) is None
    assert unsealed(bureau.code, "甲\0here", kept[:-8] + "AAAAAAA=") is None
    assert unsealed(bureau.code, "甲\0here", "fzd1.99.AAAA") is None
    assert unsealed(bureau.code, "甲\0here", "nothing") is None


def test_a_form_is_asked_for_the_signature_and_a_row_of_a_sheet_is_not(bureau: Bureau) -> None:
    with writing(bureau, today=desk.TODAY) as act:
        law, _ = act.case(desk.file(act))
        for source, refused in (("form:" + "0" * 32, True), ("", True), ("import:1", False)):
            asked = Act(desk.day("2026-09-07"), "丙", {}, True, "甲", source=source)
            assert bool(unsigned(bureau.code, act.book, law.first.steps["decide"], "", asked)) == refused, source


def test_who_only_looked_changed_nothing_that_a_step_hangs_on(bureau: Bureau) -> None:
    with writing(bureau, today=desk.TODAY) as act:
        case = desk.file(act)
        look(act, case, [], Act(desk.TODAY, "丙", {}), "复核")
        law, found = act.case(case)
        assert found.entries[-1].version == 2
        assert entered_since(law, found, 1, case) is None
        desk.do(act, case, "gather_evidence", "2026-09-02", method="other", evidence_kind="document",
                officers=["甲", "乙"], content="账")  # fmt: skip
        law, found = act.case(case)
        told = entered_since(law, found, 1, case)
    assert told is not None
    assert ("第3条" in told.says, "第2条" in told.says) == (True, False)


def test_a_field_knows_the_gates_that_ask_for_it(bureau: Bureau) -> None:
    version = Writing(bureau, desk.TODAY).book.procedures["penalty.ordinary"][-1]
    asked = asking(version, version.steps["decide"])
    assert any("第五十九条" in gate.article for gate in asked["sealed"])
    assert set(asked) <= set(version.steps["decide"].kinds)
