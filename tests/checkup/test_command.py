"""`fazheng checkup` as typed: exit codes, forms of the answer, the list of what is not told again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fazheng.cli.main import run
from tests.checkup.texts import CLEAN

FAULTY = CLEAN.replace("全年办理行政处罚案件12件，其中警告8件、罚款4件", "全年作出警告8件、罚款4件，共计13件")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "clean.txt").write_text(CLEAN, "utf-8")
    (tmp_path / "faulty.txt").write_text(FAULTY, "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    return tmp_path


def answer(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = run(["checkup", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_sound_report_gives_0_a_faulty_one_1_an_unreadable_one_2(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(capsys, files / "clean.txt")[0] == 0
    assert answer(capsys, files / "faulty.txt")[0] == 1
    code, _, err = answer(capsys, files / "empty.txt")
    assert (code, err.strip()) == (2, "empty.txt：文件是空的")


def test_json_has_the_whole_answer_with_offsets_into_the_file(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = answer(capsys, files / "faulty.txt", "--format", "json")
    (report,) = json.loads(out)
    assert {"file", "bureau", "region", "year", "signed", "number", "parts", "sections", "figures", "relations",
            "citations", "findings"} <= set(report)  # fmt: skip
    assert (report["year"], report["signed"], report["bureau"]) == (2031, "2032-01-12", "示例县民政局")
    (finding,) = report["findings"]
    assert FAULTY[finding["start"] : finding["end"]] == finding["quote"] == "8件、罚款4件，共计13件"
    assert set(finding) == set("rule kind severity start end line column quote message suggestion".split())
    assert all(FAULTY[f["start"] : f["end"]] == f["raw"] for f in report["figures"])


def test_the_text_marks_the_span_and_says_whether_to_sign(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = answer(capsys, files / "faulty.txt")
    assert "有1处必须改正" in out
    assert "【8件、罚款4件，共计13件】" in out


def test_the_sheet_is_one_page(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = answer(capsys, files / "faulty.txt", "--sheet")
    assert [word for word in ("必改", "建议", "提示", "核对人") if word not in out] == []
    assert len(out.splitlines()) < 60


def test_the_page_holds_the_report_and_its_marks_and_nothing_from_elsewhere(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "odd.txt").write_text(FAULTY + "<script>", "utf-8")
    _, out, _ = answer(capsys, files / "odd.txt", "--format", "html")
    assert '<mark class="error">8件、罚款4件，共计13件</mark>' in out
    assert "<script" not in out
    assert "default-src 'none'" in out
    assert [word for word in ("http:", "https:", "url(", "@import", " src=") if word in out] == []


def test_a_year_that_is_named_wins(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = answer(capsys, files / "clean.txt", "--year", 2030, "--format", "json")
    assert json.loads(out)[0]["year"] == 2030


def test_what_is_muted_is_not_told_again(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = '[[mute]]\nrule = "sum-mismatch"\nwords = "共计13件"\nreason = "口径不同"\nwho = "甲"\nwhen = 2032-01-15\n'
    (files / "不再提示.toml").write_text(entry, "utf-8")
    code, out, _ = answer(capsys, files / "faulty.txt")
    assert code == 0
    assert "已标不再提示 1" in out
    assert "理由：口径不同（甲，2032-01-15）" in out
    _, out, _ = answer(capsys, files / "faulty.txt", "--format", "html")
    assert "理由：口径不同（甲，2032-01-15）" in out
    assert "<mark" not in out


def test_the_list_may_stand_in_the_home_and_name_a_kind(
    files: Path, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    entry = '[[mute]]\nkind = "sum_unclear"\nreason = "口径不同"\n'
    (home / "不再提示.toml").write_text(entry, "utf-8")
    assert run(["--home", str(home), "checkup", str(files / "faulty.txt")]) == 0
    assert "已标不再提示 1" in capsys.readouterr().out
    assert answer(capsys, files / "faulty.txt", "--quiet-list", home / "不再提示.toml")[0] == 0


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('[[mute]]\nrule = "sum-mismatch"\nreason = " "\n', "没有写理由"),
        ('[[mute]]\nrule = "no-such-rule"\nreason = "因"\n', "没有“no-such-rule”这条规则"),
        ('[[mute]]\nreason = "因"\n', "既没有写规则"),
        ('[[mute]]\nkind = "no_such_kind"\nreason = "因"\n', "没有“no_such_kind”这种类型"),
        ("[[mute", "读不懂"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused(
    entry: str, said: str, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "list.toml").write_text(entry, "utf-8")
    code, _, err = answer(capsys, files / "faulty.txt", "--mute", files / "list.toml")
    assert code == 2
    assert said in err
