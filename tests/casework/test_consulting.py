"""督办, 会签, 阅件: entries that ask and answer, and move nothing."""

from dataclasses import replace

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.consulted import OPINION, READING, SUPERVISION, asked_in
from fazheng.casework.consulting import answer, ask_people, handlers, late_clocks, withdraw_asking
from fazheng.casework.declaring import settle_task
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.writing import Act, Writing, writing
from fazheng.ledger.models import Entry, Task
from fazheng.procedure.outlook import prospects
from tests.casework.desk import TODAY, book, data_of, day, file, receive

HEAD = Act(day("2026-11-18"), "丙", {}, paper="为什么还没有答复")


def gates(refused: tuple[object, ...]) -> list[str]:
    return [getattr(one, "gate", "") for one in refused]


def open_tasks(desk: Bureau) -> list[tuple[str, str]]:
    rows = Task.objects.filter(bureau=desk.code, settled_on=None, role__startswith="@").order_by("task_id")
    return [(row.kind, row.role) for row in rows]


def late(act: Writing) -> tuple[str, str]:
    """A ticket whose answer is late, and that limit."""
    case = receive(act)
    law, folded = act.case(case)
    return case, next(iter(late_clocks(act, case, law, folded)))


def test_the_head_asks_about_a_late_clock_and_the_handler_answers_both_in_the_book(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case, limit = late(act)
        law, folded = act.case(case)
        assert ask_people(act, case, SUPERVISION, limit, handlers(act, law, folded), HEAD) == ()
    assert open_tasks(desk) == [("supervision", "@乙")]
    asked = book(desk, case)[-1]
    assert (asked.event, asked.by, data_of(asked)["of"], data_of(asked)["about"]) == ("asked", "丙", ["乙"], limit)
    assert "为什么还没有答复" not in asked.data
    with writing(desk, today=TODAY) as act:
        assert gates(answer(act, case, asked.version, Act(day("2026-11-19"), "乙", {}))) == ["field"]
        assert answer(act, case, asked.version, Act(day("2026-11-19"), "乙", {}, paper="养老机构今天回函")) == ()
    assert open_tasks(desk) == []
    assert [entry.event for entry in book(desk, case)][-2:] == ["asked", "asked_answered"]


def test_only_the_head_supervises_and_only_what_is_due(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case, limit = late(act)
        fresh = file(act, on="2026-11-19")
        assert gates(ask_people(act, case, SUPERVISION, limit, ["乙"], replace(HEAD, by="甲"))) == ["role"]
        assert gates(ask_people(act, fresh, SUPERVISION, limit, ["乙"], HEAD)) == ["order"]
        assert gates(ask_people(act, case, SUPERVISION, limit, ["乙"], replace(HEAD, paper=" "))) == ["field"]


def test_an_opinion_is_asked_before_a_step_and_binds_nobody(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = file(act)
        law, folded = act.case(case)
        before = [(p.step.id, p.open) for p in prospects(law, folded, TODAY, act.around(case, law))]
        assert ask_people(act, case, OPINION, "decide", ["己", "丁"], replace(HEAD, by="甲")) == ()
        law, folded = act.case(case)
        assert [(p.step.id, p.open) for p in prospects(law, folded, TODAY, act.around(case, law))] == before
        number = asked_in(folded)[0].version
        assert answer(act, case, number, Act(day("2026-11-19"), "己", {}, paper="同意，注意告知听证")) == ()
        assert asked_in(act.case(case)[1])[0].waits_for == ("丁",)
        assert gates(answer(act, case, number, Act(day("2026-11-19"), "己", {}, paper="再答一次"))) == ["order"]
        assert gates(ask_people(act, case, OPINION, "file_case", ["己"], HEAD)) == ["order"]
        assert gates(ask_people(act, case, OPINION, "no_such_step", ["己"], HEAD)) == ["order"]


def test_who_was_recused_left_or_asks_themselves_is_not_asked(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = file(act)
        done = act.do(case, "order_recusal", Act(day("2026-09-02"), "丙", {"recused": ["己"], "reason": "亲属"}))
        assert not done.refused
        assert gates(ask_people(act, case, OPINION, "decide", ["己"], HEAD)) == ["recused"]
        assert gates(ask_people(act, case, OPINION, "decide", ["丙"], HEAD)) == ["field"]
        assert gates(ask_people(act, case, OPINION, "decide", ["无人"], HEAD)) == ["role"]
        assert gates(ask_people(act, case, OPINION, "decide", [], HEAD)) == ["field"]


def test_an_entry_is_sent_to_be_read_and_marked_read_without_a_word(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = file(act)
        assert ask_people(act, case, READING, "1", ["丁", "己"], replace(HEAD, paper="")) == ()
        assert gates(ask_people(act, case, READING, "7", ["丁"], HEAD)) == ["order"]
        assert answer(act, case, 2, Act(day("2026-11-19"), "丁", {})) == ()
    assert open_tasks(desk) == [("reading", "@己")]
    assert [row.settled_on for row in Task.objects.filter(role="@丁")] == ["2026-11-19"]


def test_who_asked_takes_it_back_with_a_reason(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = file(act)
        ask_people(act, case, OPINION, "decide", ["己"], HEAD)
        assert gates(withdraw_asking(act, case, 2, Act(day("2026-11-19"), "甲", {}, paper="不问了"))) == ["role"]
        assert gates(withdraw_asking(act, case, 2, Act(day("2026-11-19"), "丙", {}))) == ["field"]
        assert withdraw_asking(act, case, 2, Act(day("2026-11-19"), "丙", {}, paper="问错了人")) == ()
        assert gates(answer(act, case, 2, Act(day("2026-11-19"), "己", {}, paper="同意"))) == ["order"]
    assert open_tasks(desk) == []


def test_a_question_is_answered_and_not_put_aside_by_somebody_else(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = file(act)
        ask_people(act, case, OPINION, "decide", ["己"], HEAD)
        act.flush()
        name = Task.objects.get(role="@己").task_id
        assert gates(settle_task(act, name, HEAD, "不用答了")) == ["order"]


def test_the_tasks_of_questions_are_made_again_by_rebuild(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        case = file(act)
        ask_people(act, case, OPINION, "decide", ["己", "丁"], HEAD)
        answer(act, case, 2, Act(day("2026-11-19"), "己", {}, paper="同意"))
        act.do(case, "gather_evidence", Act(day("2026-11-19"), "甲", {
            "method": "other", "evidence_kind": "document", "officers": ["甲", "乙"], "content": "账"}))  # fmt: skip
    live = dump(desk.code)
    rebuild(desk)
    assert dump(desk.code) == live
    assert len(open_tasks(desk)) == 1


@pytest.mark.parametrize("kind", [SUPERVISION, OPINION, READING])
def test_what_was_not_answered_stays_unanswered_however_long(desk: Bureau, kind: str) -> None:
    with writing(desk, today=TODAY) as act:
        case, limit = late(act)
        about = {SUPERVISION: limit, OPINION: "answer", READING: "1"}[kind]
        assert ask_people(act, case, kind, about, ["乙"], HEAD) == ()
    entries = Entry.objects.count()
    with writing(desk, today=day("2031-01-01")) as act:
        assert asked_in(act.case(case)[1])[0].waits_for == ("乙",)
    assert Entry.objects.count() == entries
    assert len(open_tasks(desk)) == 1
