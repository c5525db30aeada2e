"""Last year's promises are answered: done, open, dropped with a reason; and 素材 is offered. All of it entries."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from fazheng.casework.bureaux import Bureau
from fazheng.casework.promising import answer, material, promise
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.writing import Act, Writing, writing
from fazheng.lawbook.load import load
from fazheng.ledger.spoken import Promise, materials, promises
from fazheng.ledger.verify import verify
from fazheng.report import Composed, compose, examine, render
from fazheng.report.flow import flow
from tests.report.small_book import fill

TODAY = date(2026, 3, 1)
BY = Act(date(2025, 1, 10), "Z001", {})
TEXT, TICKET = "每月核对一次热线工单的期限。", "hotline.ticket-2024-0001"


@pytest.fixture
def bureau(home: Path) -> Bureau:
    return fill(home)


def report(bureau: Bureau, number: int = 2024, *, with_material: bool = False, **prose: str) -> Composed:
    book = load(place=bureau.place)
    return compose(bureau.code, bureau.name, book, number, prose, with_material=with_material)


def said(composed: Composed) -> str:
    return "\n".join(block.text for block in flow(composed))


def refusals(bureau: Bureau, does: Callable[[Writing], tuple[object, ...]]) -> list[str]:
    """What an act was refused for. An id before the refusals is left out."""
    with writing(bureau, today=TODAY) as act:
        found = does(act)
    told = found[1] if found and isinstance(found[0], str) else found
    return [one.says for one in told]  # type: ignore[attr-defined]


def make(bureau: Bureau, number: int = 2023, text: str = TEXT, section: str = "") -> str:
    with writing(bureau, today=TODAY) as act:
        id, refused = promise(act, number, text, section, BY)
    assert refused == ()
    return id


def test_an_unanswered_promise_is_told_and_keeps_the_report_from_being_signed(bureau: Bureau) -> None:
    assert examine(report(bureau)).readiness.unanswered == ()
    make(bureau)
    examined = examine(report(bureau))
    assert examined.readiness.unanswered == (TEXT,)
    assert examined.readiness.ready is False
    assert f"还没有答复，不能签发（1项）：“{TEXT}”" in examined.summary
    assert examined.told["ready_to_sign"] is False
    assert examined.told["unanswered_promises"] == [TEXT]
    assert "2023年报告提出“每月核对一次热线工单的期限”，还没有答复。" in said(report(bureau))
    assert "答复以前不能签发" in render(report(bureau))


@pytest.mark.parametrize(
    ("result", "evidence", "told"),
    [
        ("done", "hotline.received", "已经完成：按月核对（见收到工单数3件）。"),
        ("done", TICKET, "已经完成：按月核对（见12345热线工单2024-0001号）。"),
        ("open", "", "尚未完成，原因是：按月核对。"),
        ("dropped", "", "不再实施，理由是：按月核对。"),
    ],
)
def test_an_answer_is_printed_with_its_evidence_and_lets_the_report_be_signed(
    bureau: Bureau, result: str, evidence: str, told: str
) -> None:
    id = make(bureau)
    assert refusals(bureau, lambda act: answer(act, id, result, "按月核对。", evidence, BY)) == []  # type: ignore[arg-type]
    composed = report(bureau)
    assert f"2023年报告提出“每月核对一次热线工单的期限”，{told}" in said(composed)
    assert examine(composed).readiness.unanswered == ()
    pieces = [piece for block in flow(composed) for piece in block.pieces]
    if evidence == TICKET:
        anchor = next(piece.anchor for piece in pieces if piece.anchor)
        assert f'href="#{anchor}"' in render(composed)
        assert f'id="{anchor}"' in render(composed)
    if evidence == "hotline.received":
        assert ("3", "hotline.received") in [(piece.text, piece.figure) for piece in pieces]


def test_an_open_promise_is_asked_again_a_closed_one_is_not(bureau: Bureau) -> None:
    first, second = make(bureau), make(bureau, text="制定办案流程图。")
    assert refusals(bureau, lambda act: answer(act, first, "open", "人手不足", "", BY)) == []
    assert refusals(bureau, lambda act: answer(act, second, "dropped", "已有统一的流程", "", BY)) == []
    assert report(bureau, 2024).unanswered == ()
    assert report(bureau, 2025).unanswered == (TEXT,)
    assert report(bureau, 2023).unanswered == ()
    again = refusals(bureau, lambda act: answer(act, second, "open", "又要做", "", BY, 2025))
    assert again == ["2025年的报告不用答复这项承诺（2023年提出）"]


def test_what_cannot_be_recorded_is_refused_with_the_reason(bureau: Bureau) -> None:
    id = make(bureau)
    assert refusals(bureau, lambda act: answer(act, id, "done", "做完了", "", BY)) == ["写“已完成”要有证据"]
    assert refusals(bureau, lambda act: answer(act, id, "done", "好", "no.such", BY)) == ["没有案件或者统计项“no.such”"]
    assert refusals(bureau, lambda act: answer(act, "promise:9", "open", "好", "", BY)) == ["没有承诺“9”"]
    assert refusals(bureau, lambda act: promise(act, 2026, TEXT, "", BY)) == ["2026年的报告还没有写"]
    assert refusals(bureau, lambda act: promise(act, 2023, TEXT, "none", BY)) == ["报告里没有小节“none”"]
    assert refusals(bureau, lambda act: promise(act, 2023, " ", "", BY)) == ["要写一句话"]
    nobody = Act(BY.on, "Z999", {})
    assert refusals(bureau, lambda act: promise(act, 2023, TEXT, "", nobody)) == ["人员名册里没有“Z999”"]
    later = Act(date(2026, 3, 2), "Z001", {})
    assert refusals(bureau, lambda act: promise(act, 2023, TEXT, "", later)) == ["2026-03-02还没有到"]
    assert [one.id for one in promises(bureau.code)] == [id]


def test_personal_data_is_refused_and_not_repeated(bureau: Bureau) -> None:
    found = refusals(bureau, lambda act: material(act, "回访电话13800138000已打通。", BY, TICKET))
    assert found
    assert all("个人信息" in one and "138" not in one for one in found)
    assert materials(bureau.code) == []


def test_material_is_offered_under_its_section_and_printed_only_when_chosen(bureau: Bureau) -> None:
    with writing(bureau, today=TODAY) as act:
        id, refused = material(act, "来电人当日领到3份材料清单。", Act(date(2024, 5, 6), "Z001", {}), TICKET)
    assert (id, refused) == ("material:1", ())
    plain = report(bureau)
    (offered,) = plain.offered
    assert (offered.key, offered.section, offered.title, offered.printed) == (
        "material.1",
        "hotline",
        "12345热线",
        False,
    )
    assert "材料清单" not in said(plain)
    assert f'<a href="#{offered.anchor}">来电人当日领到3份材料清单。</a>' in render(plain)
    chosen = report(bureau, hotline="例如，{{ material.1 }}")
    assert "例如，来电人当日领到3份材料清单。" in said(chosen)
    assert chosen.offered[0].printed is True
    assert chosen.marked == 1  # the three is somebody's, not the book's
    assert "来电人当日领到3份材料清单。" in said(report(bureau, with_material=True))
    assert said(report(bureau, with_material=True, hotline="见{{ material.1 }}")).count("材料清单") == 1
    words = [piece for block in flow(chosen) for piece in block.pieces if "材料清单" in piece.text]
    assert [(piece.source, bool(piece.anchor)) for piece in words] == [("material:1", True)]
    assert report(bureau, 2025).offered == ()


def test_a_shortcoming_proposes_a_task_until_somebody_takes_it_up(bureau: Bureau) -> None:
    before = report(bureau)
    assert [one.section for one in before.proposed] == ["penalty_defects", "hotline_late"]
    assert before.proposed[1].text not in said(before)
    assert "拟，有人认领" in render(before)
    make(bureau, 2024, before.proposed[1].text, "hotline_late")
    after = report(bureau)
    assert [one.section for one in after.proposed] == ["penalty_defects"]
    assert before.proposed[1].text in said(after)
    assert report(bureau, 2025).unanswered == (before.proposed[1].text,)


def test_all_of_it_is_entries_that_verify_and_a_rebuild_changes_nothing(bureau: Bureau) -> None:
    id = make(bureau)
    refusals(bureau, lambda act: answer(act, id, "open", "人手不足", "", BY))
    with writing(bureau, today=TODAY) as act:
        material(act, "窗口延长了接待时间。", BY, "", "hotline")
    told, rows = promises(bureau.code), dump(bureau.code)
    assert [(one.text, [each.text for each in one.answers]) for one in told] == [(TEXT, ["人手不足"])]
    assert isinstance(told[0], Promise)
    rebuild(bureau, today=TODAY)
    assert dump(bureau.code) == rows
    assert promises(bureau.code) == told
    assert verify(bureau.code).ok


def test_reading_promises_and_material_costs_one_statement_each(bureau: Bureau) -> None:
    for n in range(5):
        make(bureau, text=f"第{n}项安排。")
    asked: list[str] = []
    connection.connection.set_trace_callback(asked.append)
    assert len(promises(bureau.code)) == 5
    assert materials(bureau.code) == []
    connection.connection.set_trace_callback(None)
    assert len(asked) == 2
