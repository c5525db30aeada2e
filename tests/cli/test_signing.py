"""The yearly report signed: by whom, when not, what stands in the book, what the papers say, what changes after."""

from __future__ import annotations

import json
from pathlib import Path

import docx as python_docx
import pytest

from fazheng.casework.bureaux import the_bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.cli.main import run
from fazheng.issuing.files import beside
from fazheng.ledger.signed import sha256, signature
from fazheng.ledger.verify import verify
from tests.report.small_book import CODE, fill

TITLE = "示例县民政局2024年法治政府建设年度报告"


def told(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = run(["--home", str(home), *words])
    captured = capsys.readouterr()
    return code, captured.out + captured.err


@pytest.fixture
def head(home: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The county with a head; the code of that person."""
    fill(home)
    words = [
        "--data",
        "code=H001",
        "--data",
        "name=示例甲",
        "--data",
        "roles=行政机关负责人",
        "--paper",
        "示民〔2019〕1号",
    ]
    code, said = told(home, capsys, "register", "enter", "staff", "--on", "2019-01-01", *words)
    assert code == 0, said
    return "H001"


def sign(home: Path, capsys: pytest.CaptureFixture[str], by: str, *more: str) -> tuple[int, str]:
    reason = ["--reason", "本年度没有其他需要报告的情况。"]
    return told(home, capsys, "sign", "2024", "--by", by, "--on", "2025-02-05", *reason, *more)


def test_signing_writes_one_entry_with_words_figures_and_head_and_locks_the_year(
    home: Path, head: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = sign(home, capsys, head, "--format", "json")
    assert code == 0, said
    answered, done = json.loads(said), signature(CODE, 2024)
    assert done is not None
    assert done.sound
    assert (done.by, str(done.on), done.entry) == (head, "2025-02-05", done.seq + 1)
    assert len(done.figures) > 200
    assert {sha256(Path(path).read_bytes()) for path in answered["files"]} == set(done.files.values())
    assert verify(CODE).ok
    live = dump(CODE)
    rebuild(the_bureau(""))
    assert dump(CODE) == live
    code, said = sign(home, capsys, head)
    assert (code, "已由H001在2025-02-05签发" in said) == (1, True)
    assert str(done.entry) in told(home, capsys, "report", "2024")[1]


def test_the_signed_paper_is_no_draft_and_names_signer_day_and_head(
    home: Path, head: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign(home, capsys, head)[0] == 0
    done = signature(CODE, 2024)
    assert done is not None
    folder = home / "报告"
    page = (folder / f"{TITLE}.html").read_text("utf-8")
    paper = "\n".join(p.text for p in python_docx.Document(str(folder / f"{TITLE}.docx")).paragraphs)
    assert "底稿" not in page
    assert "2025年2月5日由H001签发" in page
    assert f"2025年2月5日由H001签发；各数据台账前{done.seq}条" in paper
    assert "草稿" not in paper
    kept = (folder / f"{TITLE}.docx").read_bytes()
    assert told(home, capsys, "paper", "2024")[0] == 0
    assert (folder / f"{TITLE}.docx").read_bytes() == kept
    code, said = told(home, capsys, "report", "2024", "--out", str(home / "signed.txt"))
    assert code == 0, said
    assert sha256((home / "signed.txt").read_bytes()) == done.text_digest


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2024", "--by", "Z999", "--on", "2025-02-05"], "人员名册里没有“Z999”"),
        (["2024", "--by", "H001", "--on", "2024-12-05"], "2024年还没有过完"),
        (["2024", "--by", "H001", "--on", "2018-02-05"], "由行政机关负责人签发"),
        (["2024", "--by", "H001", "--on", "2099-02-05"], "2099-02-05还没有到"),
        (["2024", "--by", "H001", "--on", "2025-02-05"], "须由签发人写明理由"),
    ],
)
def test_who_may_not_sign_is_told_and_nothing_is_written(
    words: list[str], said: str, home: Path, head: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer = told(home, capsys, "sign", *words)
    assert (code, said in answer) == (1, True), answer
    assert signature(CODE, 2024) is None
    assert not (home / "报告").exists()


def test_a_kill_after_the_entry_leaves_files_that_the_next_report_puts_in_place(
    home: Path, head: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign(home, capsys, head)[0] == 0
    done = signature(CODE, 2024)
    assert done is not None
    for name, digest in done.files.items():  # as they stood when the entry was written and nothing was moved
        (home / "报告" / name).rename(beside(home / "报告", name, digest))
    code, said = told(home, capsys, "report", "2024", "--format", "json")
    assert (code, len(json.loads(said)["files"])) == (0, 3)
    assert not list((home / "报告").glob(".*"))


def test_words_that_lie_in_the_home_are_not_left_out_by_forgetting_them(
    home: Path, head: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "prose.toml").write_text('opening = "示例。"', "utf-8")
    code, said = sign(home, capsys, head)
    assert (code, signature(CODE, 2024)) == (2, None)
    assert "--no-prose" in said
    assert sign(home, capsys, head, "--no-prose")[0] == 0
