"""The example counties' years: what goes in by the sheets comes out in figures and report, row by row."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path
from typing import Any

import openpyxl

from tests.cli.typing import Shell

ROOT = Path(__file__).parents[2]


def figure(shell: Shell, period: str, id: str) -> Any:
    return shell.ask("figures", period, "--id", id)[0]


def test_166_tickets_165_answered_one_within_its_time(demo: Shell) -> None:
    assert figure(demo, "2024", "hotline.received")["value"] == 166
    assert figure(demo, "2024", "hotline.answered")["value"] == 165
    waiting = figure(demo, "2024", "hotline.in_progress")
    assert waiting["value"] == 1
    assert waiting["rows"] == ["hotline.ticket-2024-0166"]


def test_the_ticket_answered_in_january_is_open_in_december(demo: Shell) -> None:
    shown = demo.ask("case", "show", "hotline.ticket-2024-0166", "--on", "2025-01-06")
    assert "ticket_answered" in [event["event"] for event in shown["events"]]
    assert "hotline.ticket-2024-0166" not in figure(demo, "2024", "hotline.answered")["rows"]


def test_a_rate_carries_numerator_and_denominator(demo: Shell) -> None:
    rate = figure(demo, "2024", "hotline.answered_rate")
    assert (rate["value"], rate["numerator"], rate["denominator"]) == (99.4, 165, 166)


def test_32_study_sessions_over_two_versions_of_the_law(second: Shell) -> None:
    sessions = figure(second, "2025", "study.sessions")
    assert sessions["value"] == 32
    versions = {second.ask("case", "show", case)["in_force"] for case in sessions["rows"]}
    assert versions == {"2019-01-01", "2025-11-01"}


def test_five_penalty_files_two_heard_one_late_one_with_a_defect(demo: Shell) -> None:
    ids = ("penalty.decided", "penalty.heard", "penalty.late", "penalty.with_defect")
    found = {id: figure(demo, "2024", id) for id in ids}
    assert [found[id]["value"] for id in ids] == [5, 2, 1, 1]
    assert found["penalty.late"]["rows"] == ["penalty.ordinary-2024-0004"]
    assert found["penalty.with_defect"]["rows"] == ["penalty.ordinary-2024-0005"]


def test_a_review_made_up_afterwards_is_shown_so_and_heals_nothing(demo: Shell) -> None:
    case = demo.ask("case", "show", "penalty.ordinary-2024-0005")
    decided = next(event for event in case["events"] if event["event"] == "penalty_decided")
    review = next(event for event in case["events"] if event["event"] == "legal_review_passed")
    assert [defect["gate"] for defect in decided["defects"]] == ["legal_review"]
    assert "第五十八条第一款" in decided["defects"][0]["article"]
    assert review["entered_afterwards"] is True
    assert review["days_between"] > 0
    assert "penalty.ordinary-2024-0005" not in figure(demo, "2024", "penalty.reviewed")["rows"]
    assert any(task["kind"] == "defect" for task in case["tasks"])


def test_money_is_counted_in_fen_and_printed_in_yuan(demo: Shell) -> None:
    fined = figure(demo, "2024", "penalty.fined")
    assert (fined["value"], fined["unit"]) == (36000.0, "元")
    assert fined["shown"] == "36000.00"


def test_some_zero_and_no_data_are_three_things(demo: Shell, second: Shell) -> None:
    assert figure(demo, "2024", "penalty.decided")["value"] == 5
    assert figure(second, "2025", "penalty.decided")["value"] == 0  # signed: 零申报
    assert figure(second, "2024", "penalty.decided")["value"] is None


def test_the_report_states_them_and_each_number_opens_its_cases(demo: Shell) -> None:
    page = Path(demo.ask("report", "2024")["file"]).read_text("utf-8")
    plain = re.sub(r"<[^>]+>", "", page)
    assert "166件" in plain
    assert "作出行政处罚决定5件" in plain
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets
    assert targets <= set(re.findall(r'id="([^"]+)"', page))
    assert "penalty.ordinary-2024-0005" in plain
    assert not re.search(r"(?:src|href)=[\"'](?!#)", page)


def test_a_county_s_whole_year_is_a_page_that_can_be_mailed(demo: Shell) -> None:
    """740 cases, 577 organisations: what several figures list is told once."""
    page = Path(demo.ask("report", "2024")["file"]).read_text("utf-8")
    assert len(gzip.compress(page.encode())) < 100 * 1024
    assert page.count("示例县志愿者协会") == 1
    part = page.split('id="f-organisations.associations"', 1)[1].split("</article>", 1)[0]
    assert '各行内容见<a href="#f-organisations.standing">' in part
    assert part.count("<i>5199900") == 173
    rate = page.split('id="f-hotline.answered_rate"', 1)[1].split("</article>", 1)[0]
    assert '列在<a href="#f-hotline.answered">' in rate
    assert 'href="#c' in rate  # the one that was not answered


def test_many_zeros_of_a_part_stand_together(demo: Shell) -> None:
    page = Path(demo.ask("report", "2024")["file"]).read_text("utf-8")
    part = page.split("存在的不足和原因</h2>", 1)[1].split("<h2>", 1)[0]
    gathered = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r'<p class="zeros">(.*?)</p>', part)]
    assert any("超过期限的热线工单、" in one for one in gathered)
    assert 'href="#f-hotline.late">超过期限的热线工单</a>' in part


def test_no_private_word_of_the_year_is_in_report_or_answers(demo: Shell) -> None:
    page = Path(demo.ask("report", "2024")["file"]).read_text("utf-8")
    shown = demo("case", "show", "hotline.ticket-2024-0001").out + demo("register", "list", "staff").out
    for private in ("示例来电人", "0000-1000001", "来电人反映事项", "示例甲"):
        assert private not in page
        assert private not in shown


def test_one_changed_row_changes_figures_rows_and_report(demo: Shell, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(demo.home / "示例年度.xlsx")
    sheet = book["后续步骤"]
    heads = [str(cell.value or "").rstrip("*") for cell in sheet[1]]
    number, step = heads.index("编号"), heads.index("步骤")
    answered = next(
        row
        for row in sheet.iter_rows(min_row=2)
        if row[number].value == "RX2024-010" and row[step].value == "答复诉求人"
    )
    day = heads.index("日期")
    answered[day].value = answered[day].value.replace(month=12, day=20)
    for row in list(sheet.iter_rows(min_row=2)):
        if row[number].value == "RX2024-010" and row[step].value in ("办结", "回访"):
            row[day].value = row[day].value.replace(month=12, day=25)
    book.save(tmp_path / "changed.xlsx")
    other = Shell(tmp_path / "other", demo._capsys)
    assert other("init", "--bureau", "示例县民政局", "--code", "999001").code == 0
    assert other("import", str(tmp_path / "changed.xlsx")).code == 0, other(
        "import", str(tmp_path / "changed.xlsx")
    ).out
    before, after = figure(demo, "2024", "hotline.in_time"), figure(other, "2024", "hotline.in_time")
    assert after["value"] == before["value"] - 1
    assert set(before["rows"]) - set(after["rows"]) == {"hotline.ticket-2024-0010"}
    pages = [Path(shell.ask("report", "2024")["file"]).read_text("utf-8") for shell in (demo, other)]
    plain = [re.sub(r"<[^>]+>", "", page) for page in pages]
    assert [f"按时答复{value['value']}件" in text for value, text in zip((before, after), plain, strict=True)] == [
        True,
        True,
    ]


def test_no_total_of_the_example_stands_in_code_or_law() -> None:
    found = subprocess.run(
        ["git", "grep", "-nwE", "166|165|99\\.4", "--", "src", "law"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""


def test_the_same_workbook_again_changes_nothing(demo: Shell) -> None:
    head = demo.ask("status")["head"]
    again = demo.ask("import", str(demo.home / "示例年度.xlsx"))
    assert (again["recorded"], again["faults"]) == (0, [])
    assert again["skipped"] == again["rows"]
    assert demo.ask("status")["head"] == head


def test_a_rebuild_changes_no_figure(demo: Shell) -> None:
    before = demo.ask("figures", "2024")
    demo.ask("rebuild")
    assert demo.ask("figures", "2024") == before


def test_the_mailed_verifier_agrees_with_the_program(demo: Shell) -> None:
    verified = demo.ask("verify")
    mailed = subprocess.run(
        ["python3", str(demo.home / "verify_ledger.py"), str(demo.home / "book.sqlite3"), "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    import json

    told = json.loads(mailed.stdout)
    assert mailed.returncode == 0
    assert {key: told[key] for key in ("ok", "entries", "head", "first_broken")} == {
        key: verified[key] for key in ("ok", "entries", "head", "first_broken")
    }
