"""Title, addressee, number, signature, bureau, region and report year, in the forms that bureaux use."""

from __future__ import annotations

import pytest

from tests.checkup.texts import CLEAN, report

BODY = "一、主要举措和成效\n（一）规范执法。认真工作。\n二、存在的不足\n执法力量不足。\n三、下一步打算\n加强培训。\n"
SIGNED = "示例县民政局\n2032年1月12日\n"


def facts(text: str) -> dict[str, object]:
    header = report(text).header
    return {
        "title": header.title.value if header.title else None,
        "number": header.number.value if header.number else None,
        "to": header.addressee.value if header.addressee else None,
        "by": header.signature.value if header.signature else None,
        "signed": str(header.signed) if header.signed else None,
        "bureau": header.bureau,
        "year": header.year,
    }


def test_a_letter_with_everything_is_read() -> None:
    head = "示例县民政局关于2031年度法治政府建设情况的报告\n示民报〔2032〕3号\n县委、县政府：\n现将情况报告如下：\n"
    text = f"{head}{BODY}{SIGNED}（此件公开发布）\n"
    assert facts(text) == {
        "title": "示例县民政局关于2031年度法治政府建设情况的报告", "number": "示民报〔2032〕3号", "to": "县委、县政府",
        "by": "示例县民政局", "signed": "2032-01-12", "bureau": "示例县民政局", "year": 2031,
    }  # fmt: skip


def test_a_title_on_two_lines_is_one() -> None:
    header = report(f"示例县民政局\n2031年度法治政府建设情况报告\n\n{BODY}{SIGNED}").header
    assert header.title is not None
    assert header.title.value == "示例县民政局2031年度法治政府建设情况报告"
    assert len(header.title_lines) == 2


def test_a_text_without_a_title_has_none() -> None:
    read = facts(f"2031年，示例县民政局认真工作。现将2031年度有关情况报告如下：\n{BODY}{SIGNED}")
    assert (read["title"], read["bureau"], read["year"]) == (None, "示例县民政局", 2031)


@pytest.mark.parametrize(
    ("foot", "signed"),
    [
        ("示例县民政局 2032年1月12日\n", "2032-01-12"),
        ("示例县民政局\n二〇三二年一月十二日\n", "2032-01-12"),
        ("示例县民政局\n2032 年 1 月 12 日\n（联系人：略）\n", "2032-01-12"),
        ("2032年1月12日\n", "2032-01-12"),
        ("示例县民政局\n2032年2月30日\n", None),
        ("示例县民政局\n", None),
    ],
)
def test_the_day_of_signing_is_read_as_it_is_written(foot: str, signed: str | None) -> None:
    assert facts(CLEAN.split("\n\n示例县民政局\n")[0] + "\n\n" + foot)["signed"] == signed


@pytest.mark.parametrize(
    ("bureau", "region"),
    [
        ("示例市示例区民政局", ("", "示例市", "示例区")),
        ("示例县民政局", ("", "", "示例县")),
        ("吉林省示例市民政局", ("吉林省", "示例市", "")),
        ("示例市示例县民政和社会保障局", ("", "示例市", "示例县")),
    ],
)
def test_the_region_is_read_from_the_bureau(bureau: str, region: tuple[str, str, str]) -> None:
    read = report(f"{bureau}2031年度法治政府建设情况报告\n{BODY}{bureau}\n2032年1月12日\n").header
    assert read.bureau == bureau
    assert (read.region.province, read.region.city, read.region.county) == region


def test_the_year_is_argued() -> None:
    arguments = report(CLEAN).header.arguments
    assert {argument.year for argument in arguments} == {2031}
    assert len(arguments) >= 3


def test_a_title_outweighs_a_wrong_day_of_signing() -> None:
    assert facts(CLEAN.replace("2032年1月12日", "2031年1月12日"))["year"] == 2031


@pytest.mark.parametrize(
    "text", ["春眠不觉晓，\n处处闻啼鸟。\n夜来风雨声，\n花落知多少。\n", "An annual report.\n\nIt is short.\n" * 9]
)
def test_a_poem_and_an_english_page_are_no_report(text: str) -> None:
    assert not report(text).is_report


def test_a_misprinted_year_is_no_report_year() -> None:
    assert facts(f"示例县民政局1031年度法治政府建设情况的报告\n\n{BODY}")["year"] is None
