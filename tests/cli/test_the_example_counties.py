"""The two example counties as the office would read them: totals, their rows, and what one row less changes."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fazheng.cli.demo import examples_root
from fazheng.procedure.identifiers import is_org_code
from tests.cli.typing import Shell

ORGANISATIONS = "社会组织名录"


def value(shell: Shell, period: str, id: str) -> Any:
    return shell.ask("figures", period, "--id", id)[0]["value"]


def report(shell: Shell, year: str) -> str:
    page = Path(shell.ask("report", year)["file"]).read_text("utf-8")
    return re.sub(r"<[^>]+>", "", page.split("<main>", 1)[1].split("</main>", 1)[0])


def sheet(folder: str, name: str) -> list[dict[str, str]]:
    with (examples_root() / folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_577_organisations_are_173_associations_and_404_private_units(demo: Shell) -> None:
    parts = [value(demo, "2024", f"organisations.{kind}") for kind in ("associations", "private_units", "foundations")]
    assert parts == [173, 404, 0]
    assert value(demo, "2024", "organisations.standing") == 577 == sum(parts)
    assert "577家" in report(demo, "2024")


def test_the_yearly_check_spreads_over_grades_days_and_sections(demo: Shell) -> None:
    grades = [value(demo, "2024", f"annual_check.{grade}") for grade in ("qualified", "basically", "unqualified")]
    assert grades == [467, 31, 11]
    assert value(demo, "2024", "annual_check.filed") == sum(grades)
    assert value(demo, "2024", "annual_check.due") - value(demo, "2024", "annual_check.filed") == 18
    opened = [row for kind in ("社会团体", "民办非企业单位") for row in sheet("county-a", f"{kind}年度检查")]
    assert min(Counter(row["经办股室"] for row in opened).values()) > 100
    steps = [row for kind in ("社会团体", "民办非企业单位") for row in sheet("county-a", f"后续步骤-{kind}年度检查")]
    days = {row["日期"] for row in steps if row["步骤"] == "作出年检结论"}
    assert len(days) > 50


def test_four_private_units_go_on_the_serious_list_from_listings_of_2022(demo: Shell) -> None:
    listed = demo.ask("figures", "2024", "--id", "serious.listed")[0]
    assert listed["value"] == 4
    assert value(demo, "2024", "serious.after_two_years") == 4
    codes = {demo.ask("case", "show", case)["events"][0]["data"]["organisation"] for case in listed["rows"]}
    taken_over = sheet("county-a", "活动异常名录")
    assert {row["统一社会信用代码"] for row in taken_over} == codes
    assert all(row["起始日期"].startswith("2022-") and "2022" in row["依据材料"] for row in taken_over)
    kinds = {row["统一社会信用代码"]: row["类别"] for row in sheet("county-a", ORGANISATIONS)}
    assert {kinds[code] for code in codes} == {"民办非企业单位"}
    assert "4家社会组织列入严重违法失信名单" in report(demo, "2024")


def test_14_petitions_14_answered_and_3_publicity_events(demo: Shell) -> None:
    assert [value(demo, "2024", f"petition.{id}") for id in ("received", "answered")] == [14, 14]
    assert value(demo, "2024", "publicity.events") == 3
    text = report(demo, "2024")
    assert "收到信访事项14件，已答复14件" in text
    assert "开展普法活动3场" in text


def test_the_second_county_checked_all_of_its_108_organisations(second: Shell) -> None:
    assert value(second, "2025", "organisations.standing") == 108
    assert value(second, "2025", "annual_check.due") == value(second, "2025", "annual_check.concluded") == 108
    assert value(second, "2025", "study.sessions") == 32
    text = report(second, "2025")
    assert "108家" in text
    assert "组织学法32次" in text


def test_no_act_corrected_by_review_or_court_is_a_counted_zero(second: Shell) -> None:
    corrected = second.ask("figures", "2025", "--id", "penalty.annulled")[0]
    assert (corrected["value"], corrected["rows"]) == (0, [])
    assert "被变更、撤销或者确认违法、无效的处罚决定" in report(second, "2025")


@pytest.mark.parametrize("folder", ["county-a", "county-b"])
def test_every_organisation_is_invented_with_a_right_check_digit(folder: str) -> None:
    rows = sheet(folder, ORGANISATIONS)
    codes = [row["统一社会信用代码"] for row in rows]
    assert len(set(codes)) == len(codes)
    assert all(is_org_code(code) and code[2:5] == "999" for code in codes)
    assert all(row["名称"].startswith(("示例县", "样例县")) for row in rows)
    assert all("示例" in row["依据材料"] for row in rows)


def copied_without(demo: Shell, tmp_path: Path, code: str) -> Shell:
    """Another book, filled from the demo's workbook less one organisation; the import's answer beside it."""
    workbook = openpyxl.load_workbook(demo.home / "示例年度.xlsx")
    rows = workbook[ORGANISATIONS]
    heads = [str(cell.value or "").rstrip("*") for cell in rows[1]]
    at = heads.index("统一社会信用代码")
    rows.delete_rows(next(row[at].row for row in rows.iter_rows(min_row=2) if row[at].value == code))
    workbook.save(tmp_path / "less.xlsx")
    other = Shell(tmp_path / "other", demo._capsys)
    assert other("init", "--bureau", "示例县民政局", "--code", "999001").code == 0
    return other


def test_one_row_less_makes_it_576_everywhere(demo: Shell, tmp_path: Path) -> None:
    checked = {row["统一社会信用代码"] for kind in ("社会团体", "民办非企业单位")
               for row in sheet("county-a", f"{kind}年度检查")}  # fmt: skip
    code = next(row["统一社会信用代码"] for row in sheet("county-a", ORGANISATIONS)
                if row["类别"] == "社会团体" and row["统一社会信用代码"] not in checked)  # fmt: skip
    other = copied_without(demo, tmp_path, code)
    imported = other("import", str(tmp_path / "less.xlsx"))
    assert imported.code == 0, imported.out
    assert value(other, "2024", "organisations.standing") == 576
    assert value(other, "2024", "organisations.associations") == 172
    assert len(other.ask("register", "list", "social_organisation", "--on", "2024-12-31")) == 576
    text = report(other, "2024")
    assert "576家" in text
    assert "577" not in text


def test_a_check_of_an_organisation_that_stands_nowhere_is_refused(demo: Shell, tmp_path: Path) -> None:
    code = sheet("county-a", "社会团体年度检查")[0]["统一社会信用代码"]
    other = copied_without(demo, tmp_path, code)
    imported = other("import", str(tmp_path / "less.xlsx"))
    assert imported.code == 1
    assert "社会组织名录" in imported.out
    assert other.ask("status")["entries"] == 1
