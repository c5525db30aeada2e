"""The report as a paper: every sentence and number of the composed report, in Word, in PDF, and from the command."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import docx as python_docx
import pytest

from fazheng.cli.main import run
from fazheng.documents import BLANK, Facts, docx, lines, pdf
from fazheng.documents.grid import HEIGHT, LEFT, LINES, RIGHT, WIDTH
from fazheng.documents.laying import header
from fazheng.lawbook.load import load
from fazheng.report import Composed, compose
from fazheng.report.paper import UNSOURCED, paper
from fazheng.report.written import written
from tests.documents.measured import pages
from tests.documents.office import converted
from tests.documents.words import squeezed, words_of
from tests.report.small_book import fill

BARE = Facts(addressees=(), signature=BLANK, date="", publicity="", printer="")
PROSE = {"penalty_late": "主要原因是人手不足，全年培训7次。"}


@pytest.fixture
def composed(home: Path) -> Composed:
    bureau = fill(home)
    return compose(bureau.code, bureau.name, load(place=bureau.place), 2024, PROSE, today=date(2025, 2, 1))


def test_the_paper_says_what_the_report_says_and_no_word_more(composed: Composed) -> None:
    assert squeezed("".join(lines(paper(composed, BARE)))) == squeezed(written(composed).text) + BLANK


def test_every_sentence_and_number_is_read_back_from_word(composed: Composed, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(docx(paper(composed, BARE)))
    found = [p.text for p in python_docx.Document(str(path)).paragraphs if p.text]
    wanted = [line.strip("\u3000") for line in written(composed).text.splitlines() if line]
    assert found == [*wanted, BLANK]


def test_every_sentence_and_number_is_read_back_from_the_pdf(composed: Composed, tmp_path: Path) -> None:
    path, made = tmp_path / "report.pdf", paper(composed, BARE)
    path.write_bytes(pdf(made))
    assert words_of(path, header(made)) == squeezed(written(composed).text) + BLANK


def test_an_example_says_so_and_a_draft_has_a_note_at_a_number_without_source(composed: Composed) -> None:
    fair, draft = paper(composed, BARE), paper(composed, BARE, draft=True)
    assert fair.example
    assert "示例" in header(fair)
    assert "草稿" in header(draft)
    assert any("培训7［1］次" in line for line in lines(draft))
    assert f"［1］{UNSOURCED}" in lines(draft)
    assert not any("［1］" in line for line in lines(fair))


@pytest.mark.parametrize("route", ["typst", "office"])
def test_the_report_stands_on_the_lines_of_the_grid_within_the_block(
    route: str, composed: Composed, tmp_path: Path
) -> None:
    made, path = paper(composed, BARE), tmp_path / "report.pdf"
    if route == "typst":
        path.write_bytes(pdf(made))
    else:
        (tmp_path / "report.docx").write_bytes(docx(made))
        path = converted(tmp_path / "report.docx", "pdf", tmp_path / "printed")
    sign = WIDTH / 28
    for page in pages(path):
        for line in page:
            row = (line.base - page[0].base) / (HEIGHT / LINES)
            assert row == pytest.approx(round(row), abs=0.05), line.text
            hanging = sign if line.text[-1] in "，。；：、）" else 0
            assert line.left >= LEFT - 0.3
            assert line.right <= 210 - RIGHT + hanging + 0.3
        assert round((page[-1].base - page[0].base) / (HEIGHT / LINES)) < LINES


def told(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = run(["--home", str(home), *words])
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_the_command_writes_both_and_tells_the_fonts_and_the_blanks(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(home)
    (home / "paper.toml").write_text('addressees = ["示例县人民政府"]\n', "utf-8")
    code, said = told(home, capsys, "paper", "2024", "--format", "json")
    assert code == 0, said
    found = json.loads(said)
    assert [Path(name).suffix for name in found["files"]] == [".docx", ".pdf"]
    assert all(Path(name).stat().st_size > 5000 for name in found["files"])
    assert found["blanks"] == ["成文日期", "公开方式", "印发机关", "印发日期"]
    assert found["stand_ins"]["仿宋_GB2312"] == found["fonts"]["body"] == "Noto Serif SC"
    assert not list((home / "报告").glob(".*"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--out", "报告.doc"], "请以 .docx 或 .pdf 结尾"),
        (["--out", "报告.pdf", "--as", "docx"], "不一致"),
        (["--facts", "没有.toml"], "读不了“没有.toml”"),
        (["--out", "没有这个/文件夹/报告.docx"], "写不了"),
    ],
)
def test_a_fault_is_one_sentence(words: list[str], said: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(home)
    code, answer = told(home, capsys, "paper", "2024", *words)
    assert code == 2
    assert said in answer
    assert "Traceback" not in answer


def test_a_wrong_folder_of_fonts_is_told(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(home)
    monkeypatch.setenv("FAZHENG_FONTS", str(home / "none"))
    code, answer = told(home, capsys, "paper", "2024")
    assert (code, "没有字体文件夹" in answer) == (2, True)
