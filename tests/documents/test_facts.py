"""paper.toml: what may stand in it, and the sentence where it may not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from fazheng.documents import BLANK, Facts, FactsFault, Paper, facts_of, lines, read_facts


def facts(text: str, year: int = 2024) -> Facts:
    return facts_of(tomllib.loads(text), year)


def test_what_nobody_wrote_is_a_visible_blank_and_no_number_is_invented() -> None:
    printed = lines(Paper("示例县民政局", "报告", (), Facts()))
    assert [line for line in printed if BLANK in line] == [
        f"{BLANK}：", BLANK, f"（公开方式：{BLANK}）", BLANK, f"{BLANK}印发",
    ]  # fmt: skip
    assert Facts().open == ("主送机关", "成文日期", "公开方式", "印发机关", "印发日期")
    assert not any(sign.isdigit() for line in printed for sign in line)


def test_a_letterhead_without_number_and_an_upward_paper_without_signer_show_blanks() -> None:
    found = Facts(letterhead=True, upward=True)
    assert found.open[:2] == ("发文字号", "签发人")
    assert lines(Paper("示例县民政局", "报告", (), found))[:3] == ("示例县民政局", BLANK, f"签发人：{BLANK}")


def test_a_signer_is_only_on_an_upward_paper() -> None:
    assert not any("签发人" in line for line in lines(Paper("示例县民政局", "报告", (), Facts(signer="某某某"))))


def test_an_empty_fact_is_left_off_the_paper() -> None:
    nothing = facts('addressees = []\ndate = ""\npublicity = ""\nprinter = ""')
    assert lines(Paper("示例县民政局", "报告", (), nothing)) == ("报告", "示例县民政局")
    assert nothing.open == ()


def test_the_year_s_facts_stand_over_those_of_all_years() -> None:
    text = 'printer = "办公室"\ndate = 2023-01-05\n[2024]\ndate = "2025-01-20"\n'
    assert (facts(text).date, facts(text, 2022).date) == ("2025年1月20日", "2023年1月5日")
    assert facts(text).printer == "办公室"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('adressees = ["甲"]', "是不是 addressees"),
        ('addressees = "甲"', "一列文字"),
        ('addressees = [""]', "一列文字"),
        ('letterhead = "是"', "true 或 false"),
        ('date = "1月20日"', "2025-01-20"),
        ("date = 2025-01-20T10:00:00", "2025-01-20"),
        ("date = 5", "2025-01-20"),
        ("printer = 5", "一行文字"),
        ('printer = "甲\\n乙"', "一行文字"),
        ('number = "示民[2025]3号"', "六角括号"),
        ('number = "示民〔2025〕03号"', "虚位"),
        ("[二〇二四]".replace("二〇二四", "'二〇二四'"), "不是年度"),
        ('[2019]\ndate = "去年"', "2025-01-20"),
    ],
)
def test_a_fault_says_what_to_write(text: str, said: str) -> None:
    with pytest.raises(FactsFault, match=said):
        facts(text)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(FactsFault, match=r"读不了“paper\.toml”"):
        read_facts(tmp_path / "paper.toml")
    (tmp_path / "paper.toml").write_text("date = ", "utf-8")
    with pytest.raises(FactsFault, match="UTF-8 的 TOML"):
        read_facts(tmp_path / "paper.toml")


@pytest.mark.parametrize("county", ["county-a", "county-b"])
def test_the_examples_facts_are_sound(county: str) -> None:
    raw = read_facts(Path(__file__).parents[2] / "examples" / county / "paper.toml")
    assert facts_of(raw, 2024).addressees
