"""After the signature: what came later is entered with a note, told figure by figure, and restated on a paper."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import docx as python_docx
import pytest

from fazheng.casework.act import Act
from fazheng.casework.bureaux import the_bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.writing import writing
from fazheng.lawbook.load import load
from fazheng.ledger.signed import restatements, signature
from fazheng.report import compose
from fazheng.report.written import written
from tests.cli.test_signing import CODE, TITLE, head, sign, told

__all__ = ["head"]
REASON = ["--by", "H001", "--on", "2025-03-05", "--reason", "热线工单漏记一件。"]
TICKET = {
    "ticket_no": "2024-0099", "kind": "consultation", "urgent": False, "topic": "示例", "request": "示例",
    "assigned_by_ruling": False,
}  # fmt: skip


def late_ticket() -> tuple[str, list[str]]:
    """A ticket of the signed year, entered after the signature: its number, and what it was warned of."""
    bureau = the_bureau("")
    with writing(bureau) as act:
        desk = next(code for code in act.roster.holding("hotline_desk", date(2024, 11, 5)))
        kinds = act.book.procedures["hotline.ticket"][-1].choices["ticket_kind"]
        done = act.open("hotline.ticket", Act(date(2024, 11, 5), desk, TICKET | {"kind": next(iter(kinds))}))
    assert not done.decision.refused, done.decision.refusals
    return done.case_id, [one.gate for one in done.decision.warnings]


def test_what_comes_after_the_signature_is_entered_with_a_note_and_listed_with_its_case(
    home: Path, head: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert late_ticket()[1] == []
    assert sign(home, capsys, head)[0] == 0
    assert told(home, capsys, "restate", "2024")[0] == 0
    case_id, warned = late_ticket()
    assert warned == ["after_signing"]
    assert "晚于年度报告签发" in told(home, capsys, "report", "2024", "--as-of-now", "--out", str(home / "now.html"))[
        1
    ] + (home / "now.html").read_text("utf-8")
    code, said = told(home, capsys, "restate", "2024", "--format", "json")
    found = {one["id"]: one for one in json.loads(said)}
    assert code == 1
    assert (found["hotline.received"]["signed"], found["hotline.received"]["now"]) == ("4", "5")
    assert [row["row"] for row in found["hotline.received"]["came"]] == [case_id]


def test_a_restatement_is_an_entry_and_a_paper_and_the_signed_words_stay(
    home: Path, head: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign(home, capsys, head)[0] == 0
    code, said = told(home, capsys, "restate", "2024", "--sign", *REASON)
    assert (code, "都一致" in said) == (1, True)
    case_id, _ = late_ticket()
    before = signature(CODE, 2024)
    code, said = told(home, capsys, "restate", "2024", "--sign", *REASON)
    assert code == 0, said
    assert signature(CODE, 2024) == before
    assert [one["id"] for one in restatements(CODE, 2024)[0].changed if one["id"] == "hotline.received"]
    note = "\n".join(p.text for p in python_docx.Document(str(home / "报告" / f"{TITLE}更正说明.docx")).paragraphs)
    assert "“收到工单数”由3件更正为4件" in note
    assert case_id in note
    assert "原文“全年收到12345热线工单3件" in note
    assert told(home, capsys, "restate", "2024")[0] == 0
    assert "“收到工单数”3改为4" in told(home, capsys, "report", "2024")[1]
    live = dump(CODE)
    rebuild(the_bureau(""))
    assert dump(CODE) == live


def test_the_next_report_compares_with_the_restated_number_and_says_so(
    home: Path, head: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign(home, capsys, head)[0] == 0
    late_ticket()
    bureau = the_bureau("")

    def of_2025() -> str:
        return written(compose(CODE, bureau.name, load(), 2025, {}, today=date(2026, 2, 1))).text

    assert "更正" not in of_2025()
    assert told(home, capsys, "restate", "2024", "--sign", *REASON)[0] == 0
    assert "2024年的数据有更正的，按2025年3月5日签发的更正说明。" in of_2025()


def test_an_unsigned_year_has_nothing_to_restate(home: Path, head: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = told(home, capsys, "restate", "2024")
    assert (code, "还没有签发" in said) == (2, True)
