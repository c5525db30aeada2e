"""A cell as a spreadsheet program holds it becomes what the clerk meant, or a fault that says what to do."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from fazheng.casework.workbook.cells import plain_head, text_of, value_of
from fazheng.casework.workbook.faults import CellFault
from fazheng.casework.workbook.layout import Form
from fazheng.lawbook.procedure import Kind

LOST = "这一格成了数字，末几位已经丢失：请把单元格设成文本格式，重新填写"
TURNED = "这一格被表格软件改成了日期：请把单元格设成文本格式，重新填写"
# as the reader gives them: a spreadsheet knows no zones
MIDNIGHT, AFTERNOON = datetime.fromisoformat("2024-03-05"), datetime.fromisoformat("2024-03-05T14:30")
CHOICES = {"party": {"adult": "公民（已满十八周岁）", "organisation": "法人或者其他组织"}}


@pytest.mark.parametrize(
    ("cell", "form", "text"),
    [
        ("", "text", ""),
        ("  　", "code", ""),
        (4.0, "number", "4"),
        (4.0, "code", "4"),
        (13800138000.0, "code", "13800138000"),
        (1234.5, "yuan", "1234.5"),
        (0.1 + 0.2, "yuan", "0.3"),
        (4.5, "number", "4.5"),
        (-3.0, "number", "-3"),
        (True, "yes_no", "是"),
        (False, "yes_no", "否"),
        ("２０２４－３－５", "date", "2024-3-5"),
        ("Ａ０１　", "code", "A01"),
        ("\u200b甲\ufeff", "code", "甲"),
        ("（一）：全角", "text", "（一）：全角"),
        (date(2024, 3, 5), "date", "2024-03-05"),
        (AFTERNOON, "date", "2024-03-05"),
        (AFTERNOON, "text", "2024-03-05 14:30"),
        (MIDNIGHT, "text", "2024-03-05"),
        ("第一行\n第二行", "text", "第一行\n第二行"),
    ],
)
def test_what_a_cell_says(cell: Any, form: Form, text: str) -> None:
    assert text_of(cell, form) == text


@pytest.mark.parametrize(
    ("cell", "form", "message"),
    [
        (4.408821990010113e17, "code", LOST),
        (1e15, "text", LOST),
        ("4.40882E+17", "code", LOST),
        (date(2024, 3, 1), "code", TURNED),
        (MIDNIGHT, "number", "这一格是日期：请改成要填的内容"),
        (date(2024, 3, 1), "yes_no", "这一格是日期：请改成要填的内容"),
        (time(9, 30), "date", "这一格是时间：请改成要填的内容"),
        (timedelta(hours=30), "number", "这一格是时间：请改成要填的内容"),
        ("甲\0乙", "text", "这一格有看不见的空字符：请删掉，重新输入"),
    ],
)
def test_what_a_cell_cannot_say(cell: Any, form: Form, message: str) -> None:
    with pytest.raises(CellFault) as fault:
        text_of(cell, form)
    assert str(fault.value) == message


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        (4.0, "number", 4),
        ("1,234.50元", "yuan", 123450),
        (1234.5, "yuan", 123450),
        (2.675, "choice:party", None),
        ("公民(已满十八周岁)", "choice:party", "adult"),
        ("公民 （已满十八周岁）", "choice:party", "adult"),
        ("organisation", "choice:party", "organisation"),
        ("甲、乙 丙", "people", ["甲", "乙", "丙"]),
        ("51999900mjx00000x8", "org_code", "51999900MJX00000X8"),
        (" 示例张三 ", "person", "示例张三"),
        ("", "number", None),
        (20240305.0, "date", "2024-03-05"),
    ],
)
def test_what_a_field_holds(cell: Any, kind: str, value: Any) -> None:
    if value is None and cell:
        with pytest.raises(CellFault):
            value_of(cell, Kind.parse(kind), CHOICES)
    else:
        assert value_of(cell, Kind.parse(kind), CHOICES) == value


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("示例张三 示例张三", "person*"),
        ("99900119491231002", "id_number"),
        ("138-0013-8000转八", "phone"),
        ("户名示例张三6222020000000000", "bank_account"),
    ],
)
def test_a_fault_repeats_nothing_of_what_is_held_apart(cell: str, kind: str) -> None:
    with pytest.raises(CellFault) as fault:
        value_of(cell, Kind.parse(kind), {})
    assert [cell[n : n + 2] for n in range(len(cell) - 1) if cell[n : n + 2] in str(fault.value)] == []


@pytest.mark.parametrize("cell", ["13800138000", "999001194912310020", "6222020000000000123"])
def test_what_looks_like_a_persons_number_is_covered_in_any_fault(cell: str) -> None:
    with pytest.raises(CellFault) as fault:
        value_of(cell, Kind.parse("yes_no"), {})
    assert str(fault.value) == "“……”要写成 是 或 否"


@pytest.mark.parametrize("head", ["编号*", " 编 号 ", "编号＊", "编\n号", "\ufeff编号"])
def test_a_head_is_known_by_its_signs_alone(head: str) -> None:
    assert plain_head(head) == "编号"
