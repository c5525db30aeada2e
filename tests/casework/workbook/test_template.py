"""The template a bureau downloads: what a spreadsheet program finds in it."""

import warnings
from pathlib import Path

import openpyxl
import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.workbook import UnusableWorkbook, write_template, write_workbook
from fazheng.casework.workbook.grid import read_grids
from fazheng.casework.workbook.layout import layout
from fazheng.lawbook.load import load
from tests.casework.workbook.desk import FURTHER, HOTLINE, NOTHING, PENALTY, STUDY, cell, good, law, opened, written


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("template") / "模板.xlsx"
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a drop-down that the writer leaves out is a warning
        write_template(path, load(place="示例县"))
    return opened(path)


def heads(book: openpyxl.Workbook, sheet: str) -> list[str]:
    return [str(one.value) for one in book[sheet][1]]


def offered(book: openpyxl.Workbook, sheet: str, column: str) -> list[str]:
    """What the drop-down of a column offers in the second row."""
    place = cell(book, sheet, 2, column).coordinate
    found = [rule for rule in book[sheet].data_validations.dataValidation if place in rule.sqref]
    if not found:
        return []
    name, _, area = found[0].formula1.partition("!")
    return [str(one[0].value) for one in book[name.strip("'")][area.replace("$", "")]]


def test_the_sheets_stand_in_the_order_of_the_work(template: openpyxl.Workbook) -> None:
    procedures = [versions[-1].name for versions in load().procedures.values()]
    registers = [register.name for register in load().registers.values() if register.id != "staff"]
    assert template.sheetnames == ["说明", "人员名册", *registers, *procedures, FURTHER, NOTHING, "#选项"]
    assert template["#选项"].sheet_state == "hidden"


def test_a_procedures_sheet_asks_for_what_its_opening_step_asks(template: openpyxl.Workbook) -> None:
    assert heads(template, STUDY) == [
        "编号*", "日期*", "经办人*", "如实补录", "依据材料",
        "会议*", "主题*", "学习的法律法规*", "到会人员*", "应到人数*", "主要负责人主持*",
        "第一议题", "会前学法", "到会人次", "会议记录",
    ]  # fmt: skip


def test_further_steps_share_a_column_where_their_labels_are_the_same(template: openpyxl.Workbook) -> None:
    found = heads(template, FURTHER)
    assert found[:7] == ["程序", "编号*", "步骤*", "日期*", "经办人*", "如实补录", "依据材料"]
    assert found.count("理由") == 1
    assert len(found) == len(set(found))
    asked = {
        version.label(name)
        for versions in load().procedures.values()
        for version in versions
        for step in version.steps.values()
        if step.id != version.opens
        for name in step.fields
    }
    assert set(found[7:]) == asked


def test_the_workbook_of_one_procedure_has_its_sheets_columns_and_registers_alone(tmp_path: Path) -> None:
    book = load(place="示例县")
    write_template(tmp_path / "一个.xlsx", book, ["penalty.ordinary"])
    one = opened(tmp_path / "一个.xlsx")
    moved = ["公开募捐资格名册", "社会组织名录"]  # a revocation strikes the row of the one, marks that of the other
    assert one.sheetnames == ["说明", "人员名册", *moved, PENALTY, FURTHER, NOTHING, "#选项"]
    assert offered(one, FURTHER, "程序") == [PENALTY]
    steps = [step.name for step in book.procedures["penalty.ordinary"][-1].steps.values()]
    assert offered(one, FURTHER, "步骤") == steps[1:]
    asked = {v.label(f) for v in book.procedures["penalty.ordinary"] for s in v.steps.values() for f in s.fields}
    assert set(heads(one, FURTHER)[7:]) <= asked
    told = "".join(str(row[0].value) for row in one["说明"].iter_rows())
    assert f"{PENALTY}：" in told
    assert f"{HOTLINE}：" not in told


def test_a_procedure_that_asks_a_register_brings_its_sheet(tmp_path: Path) -> None:
    book = load(place="示例县")
    write_template(tmp_path / "年检.xlsx", book, ["annual_check.private_unit"])
    assert opened(tmp_path / "年检.xlsx").sheetnames[1:3] == ["人员名册", "社会组织名录"]
    write_template(tmp_path / "名录.xlsx", book, ["npo.serious_list"])
    assert "严重违法失信名单" in opened(tmp_path / "名录.xlsx").sheetnames


def test_heads_stay_in_sight_and_filter(template: openpyxl.Workbook) -> None:
    for page in template.worksheets[1:-1]:
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref is not None
        assert all(dimension.width >= 11 for dimension in page.column_dimensions.values())


def test_every_head_has_a_note(template: openpyxl.Workbook) -> None:
    bare = [(page.title, one.value) for page in template.worksheets[1:-1] for one in page[1] if not one.comment]
    assert bare == []
    note = cell(template, FURTHER, 1, "理由").comment.text
    assert "文字；另存，不公开" in note
    assert "12345热线工单·延期（必填）" in note
    assert "行政处罚普通程序·变更承办人员（必填）" in note
    assert "咨询｜求助｜建议｜投诉｜举报" in cell(template, HOTLINE, 1, "诉求类别").comment.text


def test_choices_are_offered_even_where_there_are_many(template: openpyxl.Workbook) -> None:
    assert offered(template, HOTLINE, "诉求类别") == ["咨询", "求助", "建议", "投诉", "举报"]
    assert offered(template, HOTLINE, "紧急") == ["是", "否"]
    assert offered(template, NOTHING, "程序") == [versions[-1].name for versions in load().procedures.values()]
    steps = offered(template, FURTHER, "步骤")
    assert len("，".join(steps)) > 255
    assert {"答复诉求人", "作出处罚决定", "办结"} <= set(steps)


def test_a_list_has_no_drop_down(template: openpyxl.Workbook) -> None:
    assert offered(template, PENALTY, "承办人员") == []
    assert offered(template, FURTHER, "处罚种类") == []


def test_codes_are_text_and_days_are_days(template: openpyxl.Workbook) -> None:
    formats = {"编号": "@", "工单号": "@", "联系电话": "@", "日期": "yyyy-mm-dd"}
    dimensions = template[HOTLINE].column_dimensions.values()
    for column, wanted in formats.items():
        place = cell(template, HOTLINE, 1, column).column
        assert [one.number_format for one in dimensions if one.min <= place <= one.max] == [wanted]


def test_the_guide_is_chinese_and_says_how(template: openpyxl.Workbook) -> None:
    text = "\n".join(str(row[0].value) for row in template["说明"])
    for word in ("如实补录", "零申报", "不要合并单元格", "人员编号", "“、”", "2024-03-05", "登记一次学法（办公室）"):
        assert word in text


def test_rows_are_written_as_days_numbers_and_text(bureau: Bureau, tmp_path: Path) -> None:
    rows = good()
    rows[FURTHER][3] |= {"改正期限": "2024-04-01"}
    rows[FURTHER].append(
        {"编号*": "P1", "步骤*": "当事人缴纳罚款", "日期*": "2024-04-07", "经办人*": "甲", "缴款金额": "1,200.50"}
    )
    book = opened(written(tmp_path, bureau, rows))
    assert cell(book, HOTLINE, 2, "日期").value.isoformat() == "2024-03-04T00:00:00"
    assert cell(book, STUDY, 2, "应到人数").value == 3
    assert cell(book, HOTLINE, 2, "联系电话").value == "13800138000"
    assert cell(book, FURTHER, 5, "改正期限").is_date
    assert cell(book, FURTHER, 6, "缴款金额").value == 1200.5


def test_what_is_written_is_what_is_read(bureau: Bureau, tmp_path: Path) -> None:
    path = written(tmp_path, bureau, good())
    grids, faults = read_grids(path, layout(law(bureau)))
    assert faults == []
    filled = {grid.sheet.name: len(grid.rows) for grid in grids if grid.rows}
    assert filled == {name: len(rows) for name, rows in good().items()}
    assert {row.number for grid in grids for row in grid.rows if grid.sheet.name == FURTHER} == {2, 3, 4, 5}


def test_text_that_begins_like_a_formula_stays_text(bureau: Bureau, tmp_path: Path) -> None:
    rows = good()
    rows[HOTLINE][0]["诉求内容"] = '=HYPERLINK("http://示例","x")'
    book = opened(written(tmp_path, bureau, rows))
    assert cell(book, HOTLINE, 2, "诉求内容").data_type == "s"


def test_a_sheet_or_head_that_is_not_in_the_plan_is_a_mistake_of_the_caller(bureau: Bureau, tmp_path: Path) -> None:
    for sheets in ({"没有": [{"编号": "1"}]}, {STUDY: [{"没有": "1"}]}):
        with pytest.raises(KeyError, match="没有"):
            write_workbook(tmp_path / "a.xlsx", law(bureau), sheets)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("模板.xls", "模板要存成 .xlsx 文件，“模板.xls”不是"),
        ("没有/模板.xlsx", "写不了 {}：请检查文件夹和权限；文件正开着的，请先关闭"),
    ],
)
def test_a_file_that_cannot_be_written_is_said_so(bureau: Bureau, tmp_path: Path, name: str, sentence: str) -> None:
    with pytest.raises(UnusableWorkbook) as fault:
        write_template(tmp_path / name, law(bureau))
    assert str(fault.value) == sentence.format(tmp_path / name)
