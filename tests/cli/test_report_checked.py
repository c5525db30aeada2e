"""`fazheng report` with its check-up and with --ledger, on the books of the two example counties."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from fazheng.casework.bureaux import the_bureau
from fazheng.lawbook.load import load
from fazheng.ledger.storage import open_home
from fazheng.report import compose, examine, flow
from tests.checkup.files import docx, p
from tests.cli.typing import Shell


def written(shell: Shell, year: int) -> str:
    """The composed report's own text."""
    open_home(shell.home)
    bureau = the_bureau("")
    return examine(compose(bureau.code, bureau.name, load(place=bureau.place), year, {})).written.text


def derived(shell: Shell, year: int) -> str:
    """What the report says beside its figures' plain numbers: changes, trends, lists, causes, promises."""
    open_home(shell.home)
    bureau = the_bureau("")
    report = compose(bureau.code, bureau.name, load(place=bureau.place), year, {})
    pieces = [piece for block in flow(report) for piece in block.pieces]
    return "\n".join(
        piece.text
        for piece in pieces
        if piece.source.startswith("promise:") or (piece.figure and not re.fullmatch(r"[\d.%万]+", piece.text))
    )


@pytest.mark.parametrize(("county", "year"), [("demo", "2024"), ("second", "2025")])
def test_the_example_reports_are_free_of_errors_and_warnings(
    county: str, year: str, request: pytest.FixtureRequest
) -> None:
    shell: Shell = request.getfixturevalue(county)
    told = shell.ask("report", year, "--prose", str(shell.home / "prose.toml"))["checkup"]
    assert [one for one in told["findings"] if one["severity"] != "info"] == []
    assert told["ready_to_sign"] is True
    page = next((shell.home / "报告").glob("*.html")).read_text("utf-8")
    assert 'id="checkup"' not in page or told["findings"]


def test_causes_that_nobody_wrote_are_missed(demo: Shell) -> None:
    answer = demo("report", "2024")
    assert answer.code == 0
    assert "体检：建议1处" in answer.out
    assert "没有说原因" in answer.out


def test_a_wrong_sum_in_prose_is_told_and_the_exit_code_stays_0(demo: Shell, tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text('hotline = "抽查工单6件，其中合规3件、不合规2件，共计6件。"', "utf-8")
    answer = demo("report", "2024", "--prose", str(tmp_path / "words.toml"), "--out", str(tmp_path / "a.html"))
    assert answer.code == 0
    assert "签发以前须改1处" in answer.out
    page = (tmp_path / "a.html").read_text("utf-8")
    assert "附四　体检" in page
    assert "签发以前须改" in page


def test_the_composed_text_agrees_with_its_book_in_every_figure(demo: Shell, second: Shell, tmp_path: Path) -> None:
    for shell, year in ((demo, 2024), (second, 2025)):
        (tmp_path / "own.txt").write_text(written(shell, year), "utf-8")
        found = shell.ask("report", str(year), "--ledger", str(tmp_path / "own.txt"))
        assert found["differs"] == 0
        worked_out = derived(shell, year)  # a change, a trend, a cause: no figure of its own, but made of figures
        absent = [one["raw"] for one in found["figures"] if one["state"] == "absent"]
        assert [raw for raw in absent if raw not in worked_out] == []
        assert found["agrees"] > 70


@pytest.mark.parametrize("form", ["txt", "docx"])
def test_166_changed_to_168_is_exactly_one_finding_with_its_cases(demo: Shell, tmp_path: Path, form: str) -> None:
    text = written(demo, 2024).replace("收到12345热线工单166件", "收到12345热线工单168件", 1)
    file = tmp_path / f"own.{form}"
    file.write_bytes(docx("".join(p(line) for line in text.splitlines() if line)) if form == "docx" else text.encode())
    answer = demo("report", "2024", "--ledger", str(file), "--format", "json")
    assert answer.code == 1
    found = json.loads(answer.out)
    (wrong,) = [one for one in found["figures"] if one["state"] == "differs"]
    assert (wrong["raw"], wrong["id"], wrong["book"]) == ("168件", "hotline.received", "166")
    assert len(wrong["rows"]) == 166
    shown = demo("report", "2024", "--ledger", str(file)).out
    assert "对不上1处" in shown
    assert "【168件】：文中168件，账本“收到工单数”166［hotline.received］" in shown
    assert "hotline.ticket-2024-0001" in shown


def test_a_text_on_another_year_says_so(demo: Shell, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text(written(demo, 2024).replace("2024", "2023"), "utf-8")
    assert "这是2023年度的报告" in demo("report", "2024", "--ledger", str(tmp_path / "own.txt")).out


def test_a_text_that_cannot_be_read_or_options_that_do_not_go_together_are_refused(demo: Shell, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", "utf-8")
    answer = demo("report", "2024", "--ledger", str(tmp_path / "empty.txt"))
    assert (answer.code, answer.err.strip()) == (2, "empty.txt：文件是空的")
    answer = demo("report", "2024", "--ledger", str(tmp_path / "empty.txt"), "--out", "a.html")
    assert answer.code == 2
    assert "不能与" in answer.err
