"""A file that came back: which numbers left the book, what was edited, and nothing where it was only saved again."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest

from fazheng.cli.main import run
from tests.documents.office import converted
from tests.report.small_book import fill

TITLE = "示例县民政局2024年法治政府建设年度报告"


@pytest.fixture
def paper(home: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The report of the small county as .docx, with its blanks."""
    fill(home)
    assert run(["--home", str(home), "paper", "2024"]) == 0
    capsys.readouterr()
    return home / "报告" / f"{TITLE}.docx"


def back(home: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    code = run(["--home", str(home), "report", "2024", "--read-back", str(file), "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


def edited(paper: Path, pattern: str, new: str) -> tuple[Path, str]:
    """The paper with the first match of the pattern written otherwise, and what stood there."""
    document = python_docx.Document(str(paper))
    for paragraph in document.paragraphs:
        if found := re.search(pattern, paragraph.text):
            text = paragraph.text[: found.start()] + new + paragraph.text[found.end() :]
            paragraph.runs[0].text = text
            for run_ in paragraph.runs[1:]:
                run_.text = ""
            break
    else:
        pytest.fail(f"nothing reads {pattern}")
    path = paper.with_name("edited.docx")
    document.save(str(path))
    return path, found[0]


def test_one_number_made_another_is_exactly_one_finding_and_no_edit(
    home: Path, paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, _ = edited(paper, r"(?<=工单)3(?=件)", "168")
    code, found = back(home, path, capsys)
    assert code == 1
    assert [(one["figure"], one["book"], one["file"]) for one in found["numbers"]] == [("hotline.received", "3", "168")]
    assert "工单3件" in found["numbers"][0]["sentence"]
    assert found["edits"] == []


def test_a_word_within_a_sentence_of_numbers_is_an_edit_of_that_word_alone(
    home: Path, paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, _ = edited(paper, "全年收到", "本年收到")
    code, found = back(home, path, capsys)
    assert (code, found["numbers"]) == (0, [])
    assert [(one["kind"], one["old"], one["new"]) for one in found["edits"]] == [("changed", "全", "本")]


def test_a_sentence_added_at_the_end_is_told_whole(home: Path, paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, stood = edited(paper, r"全年收到[^。]*。", "")
    code, found = back(home, path, capsys)
    assert (code, found["numbers"]) == (0, [])
    assert "".join(one["old"] for one in found["edits"]) == stood


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_saved_again_by_another_program_nothing_is_found(
    kind: str, home: Path, paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = back(home, converted(paper, kind, tmp_path / "again"), capsys)
    assert (code, found["numbers"], found["edits"]) == (0, [], [])


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".html"])
def test_what_the_program_wrote_reads_back_clean(
    ending: str, home: Path, paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--home", str(home), "report", "2024"]) == 0
    capsys.readouterr()
    code, found = back(home, paper.with_suffix(ending), capsys)
    assert (code, found["numbers"], found["edits"]) == (0, [], [])


def test_a_file_that_is_not_there_is_one_sentence(home: Path, paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--home", str(home), "report", "2024", "--read-back", "没有.docx"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_declared_number_has_a_note_on_the_paper_and_comes_back_without_a_finding(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(home)
    declared = ["declare", "publicity.events", "2024", "4", "--paper", "台账（示民〔2025〕5号）", "--by", "Z001"]
    assert run(["--home", str(home), *declared, "--section", "office"]) == 0, capsys.readouterr()
    assert run(["--home", str(home), "paper", "2024"]) == 0
    capsys.readouterr()
    file = home / "报告" / f"{TITLE}.docx"
    text = "\n".join(paragraph.text for paragraph in python_docx.Document(str(file)).paragraphs)
    assert re.search(r"［1］申报：.*Z001.*示民〔2025〕5号。", text)
    assert back(home, file, capsys) == (0, {"file": file.name, "signed": False, "numbers": [], "edits": []})


def test_a_file_that_is_not_the_report_is_told_as_such_and_not_as_one_long_edit(
    home: Path, paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("另一件事的通知。", "utf-8")
    assert run(["--home", str(home), "report", "2024", "--read-back", str(other)]) == 2
    assert "请核对是不是这个文件" in capsys.readouterr().err
