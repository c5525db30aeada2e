"""`figures`, `declare`, `ask`, `fill`, `told`: an office is asked for its numbers, and knows what it said."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from tests.cli.typing import Shell

PAPER = "关于示例甲来电等事项的报告（示民〔2020〕3号）"
DECLARE = ("--paper", PAPER, "--section", "hotline_desk", "--by", "Z008")


def declare(shell: Shell, figure: str, period: str, value: str, *more: str) -> str:
    answer = shell("declare", figure, period, value, *DECLARE, *more)
    assert answer.code == 0, answer.out + answer.err
    return answer.out


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        (["2024"], "2024-01-01", "2024-12-31"),
        (["2024Q3"], "2024-07-01", "2024-09-30"),
        (["2024H1"], "2024-01-01", "2024-06-30"),
        (["2024-02"], "2024-02-01", "2024-02-29"),
        (["--from", "2024-01-15", "--to", "2024-11-30"], "2024-01-15", "2024-11-30"),
    ],
)
def test_any_period_is_counted(demo: Shell, asked: list[str], first: str, last: str) -> None:
    (value,) = demo.ask("figures", *asked, "--id", "hotline.received")
    assert f"{first}至{last}" in value["definition"]
    assert value["value"] == len(value["rows"]) > 0


@pytest.mark.parametrize(
    "asked", [[], ["2024-13"], ["2024", "--from", "2024-01-01", "--to", "2024-02-01"], ["--from", "2024-01-01"]]
)
def test_a_period_that_is_none_is_refused_in_a_sentence(demo: Shell, asked: list[str]) -> None:
    answer = demo("figures", *asked)
    assert answer.code == 2
    assert "期间" in answer.err


def test_a_cut_off_other_than_the_year_s_last_day_is_said(demo: Shell) -> None:
    answer = demo("figures", "--from", "2024-01-01", "--to", "2024-11-30", "--id", "hotline.received")
    assert answer.out.startswith("2024年（截至2024年11月30日）\n")
    (value,) = demo.ask("figures", "--from", "2024-01-01", "--to", "2024-11-30", "--id", "hotline.received")
    assert "截至2024年11月30日" in value["definition"]
    assert demo("report", "2024", "--until", "2024-11-30").code == 0
    (page,) = demo.home.glob("报告/*2024年*.html")
    assert "截至2024年11月30日" in page.read_text("utf-8")


def test_periods_stand_side_by_side_with_difference_and_growth(demo: Shell) -> None:
    one, two = (
        demo.ask("figures", "2024H1", "--id", "hotline.received"),
        demo.ask("figures", "2024H2", "--id", "hotline.received"),
    )
    told = demo.ask("figures", "2024H1", "2024H2", "--id", "hotline.received", "--id", "hotline.on_time_rate")
    row, rate = told["figures"] if told["figures"][0]["id"] == "hotline.received" else told["figures"][::-1]
    before, after = one[0]["value"], two[0]["value"]
    assert [value["value"] for value in row["values"]] == [before, after]
    assert row["steps"][0]["difference"] == after - before
    assert abs(float(row["steps"][0]["growth"].rstrip("%")) - (after - before) / before * 100) <= 0.05
    assert rate["steps"][0]["growth"].endswith("个百分点")


def test_growth_over_nought_is_none_and_over_no_data_no_data(demo: Shell) -> None:
    declare(demo, "hotline.received", "2019", "0")
    declare(demo, "hotline.received", "2020", "7")
    steps = demo.ask("figures", "2018", "2019", "2020", "--id", "hotline.received")["figures"][0]["steps"]
    assert [step["growth"] for step in steps] == ["无数据", "无"]
    assert [step["difference"] for step in steps] == [None, 7]
    shown = demo("figures", "2019", "2020", "--id", "hotline.received").out
    assert "2019年0件（申报）；2020年7件（申报），增加7件，增长无" in shown


def test_a_declared_number_is_shown_with_its_signer_and_paper_but_not_the_paper_s_title(demo: Shell) -> None:
    assert "申报数120件已登记" in declare(demo, "收到工单数", "2019", "120")
    line = demo("figures", "2019", "--id", "hotline.received").out
    assert "120　［申报：2019-01-01至2019-12-31，热线承办员，Z008，" in line
    assert "示民〔2020〕3号" in line
    assert "示例甲" not in line
    (value,) = demo.ask("figures", "2019", "--id", "hotline.received")
    assert (value["source"], value["declared"][0]["by"], value["declared"][0]["value"]) == ("declared", "Z008", 120)


def test_yuan_are_declared_with_their_decimals(demo: Shell) -> None:
    declare(demo, "penalty.fined", "2019", "1,234.5")
    (value,) = demo.ask("figures", "2019", "--id", "penalty.fined")
    assert (value["value"], value["shown"]) == (1234.5, "1234.50")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["hotline.received", "2019", "很多", *DECLARE], 2, "要写整数"),
        (["hotline.received", "2019", *DECLARE], 2, "缺少“数”"),
        (["hotline.lost", "2019", "1", *DECLARE], 2, "没有统计项“hotline.lost”"),
        (["hotline.on_time_rate", "2019", "99", *DECLARE], 1, "比率不申报"),
        (["hotline.received", "2019", "1", "--by", "Z008", "--section", "hotline_desk"], 1, "依据的文件"),
    ],
)
def test_what_cannot_be_declared_says_what_to_do(demo: Shell, words: list[str], code: int, said: str) -> None:
    answer = demo("declare", *words)
    assert answer.code == code
    assert said in answer.out + answer.err


def test_differences_are_listed_and_end_with_one(demo: Shell) -> None:
    assert demo("figures", "2024", "--differences").code == 0
    declare(demo, "hotline.received", "2024", "999")
    for asked in (["2024"], []):
        answer = demo("figures", *asked, "--differences")
        assert answer.code == 1
        assert "不一致：申报999，账本数出" in answer.out
    assert "不一致：“收到工单数”申报999" in demo("report", "2024").out


def test_a_draft_is_not_told_and_what_is_sent_is(demo: Shell) -> None:
    assert "没有留底" in demo("report", "2024").out
    assert demo("told").out == "还没有留底\n"
    assert "已留底：报示例市民政局" in demo("report", "2024", "--to", "示例市民政局", "--by", "Z008").out
    (one,) = demo.ask("told")
    assert (one["to"], one["how"], one["by"], len(one["digest"])) == ("示例市民政局", "report", "Z008", 64)
    assert len(one["figures"]) > 100
    assert demo("told", "--check").code == 0
    assert demo("verify").code == 0


def test_without_a_name_nothing_is_told_and_no_file_is_written(demo: Shell, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    for by in ([], ["--by", "路人"]):
        answer = demo("report", "2024", "--out", str(out), "--to", "示例市民政局", *by)
        assert answer.code == 2
        assert not out.exists()
        assert list(tmp_path.glob(".out*")) == []
    assert demo.ask("told") == []


def test_what_was_told_and_is_another_today_is_said_with_its_case(demo: Shell) -> None:
    asked = ["figures", "2024", "--id", "hotline.received", "--told-to", "示例市民政局", "--by", "Z008"]
    (before,) = demo.ask(*asked)
    case = before["rows"][0]
    reason = ["--data", "entry=1", "--data", "reason=重复登记"]
    assert demo("case", "do", case, "withdraw", "--on", "2026-11-01", "--as", "Z008", *reason).code == 0
    answer = demo("told", "--check")
    assert answer.code == 1
    assert f"收到工单数{before['value']}件；现为{before['value'] - 1}件，减去：{case}（" in answer.out
    assert "撤回）" in answer.out


def test_a_section_is_asked_and_its_sheet_read_back(demo: Shell, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    made = demo.ask("ask", "2022", "--section", "办公室", "--out", str(path))
    assert made["blank"] > 0
    assert path.with_suffix(".html").exists()
    book = openpyxl.load_workbook(path)
    row = next(row for row in book.active.iter_rows() if row[0].value == "hotline.received")
    row[4].value, row[7].value = 120, PAPER
    book.save(path)
    taken = demo.ask("ask", "--import", str(path), "--by", "Z008")
    assert taken["declared"] == ["hotline.received"]
    assert demo.ask("ask", "--import", str(path), "--by", "Z008")["declared"] == []
    assert demo.ask("figures", "2022", "--id", "hotline.received")[0]["value"] == 120


def test_a_sheet_that_another_signed_is_read_back_with_its_scan_alone(demo: Shell, tmp_path: Path) -> None:
    path, scan = tmp_path / "sheet.xlsx", tmp_path / "签字页.pdf"
    demo.ask("ask", "2022", "--section", "办公室", "--out", str(path))
    book = openpyxl.load_workbook(path)
    row = next(row for row in book.active.iter_rows() if row[0].value == "hotline.received")
    row[4].value, row[7].value = 120, PAPER
    book.save(path)
    signed = ["ask", "--import", str(path), "--by", "Z008", "--entered-by", "Z011"]
    answer = demo(*signed)
    assert (answer.code, "Z011不能代签" in answer.err, "--scan" in answer.err) == (2, True, True)
    scan.write_bytes(b"")
    assert "这个文件是空的" in demo(*signed, "--scan", str(scan)).err
    assert "读不出来" in demo(*signed, "--scan", str(tmp_path / "没有.pdf")).err
    scan.write_bytes(b"%PDF-1.4 signed")
    assert demo.ask(*signed, "--scan", str(scan))["declared"] == ["hotline.received"]
    assert demo.ask(*signed, "--scan", str(scan))["declared"] == []
    (held,) = [one for one in demo.ask("attachment", "list") if str(one["case"]).startswith("asked_sheet:")]
    assert "hotline.received" in demo("paper-signed", "2026-11").out or str(held["digest"])[:12] in str(
        demo.ask("paper-signed")
    )
    assert "--entered-by" in demo("ask", "--import", str(path), "--by", "Z008", "--scan", str(scan)).err


def test_a_form_is_filled_and_what_cannot_be_is_listed(demo: Shell, tmp_path: Path) -> None:
    form, out = tmp_path / "form.docx", tmp_path / "out.docx"
    document = docx.Document()
    document.add_paragraph("{{year}}年{{bureau}}收到{{hotline.received}}件，上年{{hotline.received@2022}}件")
    document.save(str(form))
    fill = ["fill", str(form), "--period", "2024", "--out", str(out)]
    answer = demo(*fill)
    assert (answer.code, out.exists()) == (1, False)
    assert "{{hotline.received@2022}} 收到工单数：无数据" in answer.out
    assert demo(*fill, "--leave-blank", "--to", "示例市民政局", "--by", "Z008").code == 0
    (value,) = demo.ask("figures", "2024", "--id", "hotline.received")
    text = docx.Document(str(out)).paragraphs[0].text
    assert text == f"2024年示例县民政局收到{value['value']}件，上年件"
    assert [figure["id"] for figure in demo.ask("told")[0]["figures"]] == ["hotline.received"]


@pytest.mark.parametrize("hole", ["hotline.lost", "hotline.received@明年", "officer.on_roster"])
def test_an_unknown_or_personal_hole_is_never_left_blank(demo: Shell, tmp_path: Path, hole: str) -> None:
    document = docx.Document()
    document.add_paragraph("{{" + hole + "}}")
    document.save(str(tmp_path / "form.docx"))
    answer = demo(
        "fill", str(tmp_path / "form.docx"), "--period", "2024", "--leave-blank", "--out", str(tmp_path / "o.docx")
    )
    assert answer.code == 1
    assert "{{" + hole + "}}" in answer.out
    assert not (tmp_path / "o.docx").exists()
