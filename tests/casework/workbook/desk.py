"""A bureau's desk for the tests: people, good rows for each sheet, and workbooks made of them."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from fazheng.casework.bureaux import Bureau
from fazheng.casework.workbook import Imported, import_workbook, write_workbook
from fazheng.lawbook.load import LawBook, load
from fazheng.ledger.models import RegisterRow, StandingEvent
from fazheng.ledger.read import Head, head, private_value

TODAY = date(2026, 3, 2)
STAFF, ORGANISATIONS, HOTLINE, PENALTY, STUDY = "人员名册", "社会组织名录", "12345热线工单", "行政处罚普通程序", "学法"
FURTHER, NOTHING = "后续步骤", "零申报"
Rows = dict[str, list[dict[str, str]]]

_EVERY_ROLE = "执法人员、行政机关负责人、法制审核人员、听证主持人、热线承办员、承办科室人员、办公室"
_SECRET = {"姓名": "示例张三", "诉求人": "示例李四", "联系电话": "13800138000", "当事人姓名": "示例王五"}


def person(code: str, roles: str = _EVERY_ROLE, **more: str) -> dict[str, str]:
    certificate = {"执法证号": f"示例{code}", "执法证有效期起": "2020-01-01", "执法证有效期止": "2030-12-31"}
    since = {"起始日期": "2020-01-01", "依据材料": "示例县机构编制台账"}
    return {"人员编号": code, "姓名": f"示例{code}", "角色": roles, **certificate, **since, **more}


def ticket(ref: str, on: str = "2024-03-04", **more: str) -> dict[str, str]:
    return {
        "编号": ref, "日期": on, "经办人": "甲", "工单号": f"示例{ref}", "诉求类别": "投诉", "紧急": "否",
        "诉求事项": "养老机构收费", "诉求内容": "收费与公示的不一致", "诉求人": "示例李四", "联系电话": "13800138000",
        "经研究确定承办": "否", **more,
    }  # fmt: skip


def penalty(ref: str, on: str = "2024-03-04", **more: str) -> dict[str, str]:
    return {
        "编号": ref, "日期": on, "经办人": "甲", "案由": "未按规定报送年度工作报告", "案件来源": "监督检查发现",
        "当事人类别": "法人或者其他组织", "统一社会信用代码": "51999900MJX00000X8", "当事人姓名": "示例王五",
        "涉嫌违法的事实": "逾期未报送", "涉及重大公共利益": "否", "案情疑难复杂": "否",
        "承办人员": "甲、乙", "批准的负责人": "丙", **more,
    }  # fmt: skip


def session(ref: str, on: str = "2024-03-04", **more: str) -> dict[str, str]:
    return {
        "编号": ref, "日期": on, "经办人": "甲", "会议": "党组会", "主题": "行政处罚法的普通程序",
        "学习的法律法规": "行政处罚法", "到会人员": "甲、乙", "应到人数": "3", "主要负责人主持": "是", **more,
    }  # fmt: skip


def step(ref: str, name: str, on: str, **more: str) -> dict[str, str]:
    return {"编号": ref, "步骤": name, "日期": on, "经办人": "甲", **more}


def contacted(ref: str, on: str = "2024-03-05", **more: str) -> dict[str, str]:
    return step(ref, "联系诉求人", on, 已联系上="是", **more)


def answered(ref: str, on: str = "2024-03-06", **more: str) -> dict[str, str]:
    return step(ref, "答复诉求人", on, 办理结果="已经解决", 答复内容="已退还多收的部分", **more)


def good() -> Rows:
    """A small year: everything in order."""
    organisation = {
        "统一社会信用代码": "51999900MJX00000X8", "名称": "示例县示例社会工作协会", "类别": "社会团体",
        "成立登记日期": "2015-06-01", "起始日期": "2020-01-01", "依据材料": "示例登记档案",
    }  # fmt: skip
    return deepcopy({
        STAFF: [person("甲"), person("乙"), person("丙")],
        ORGANISATIONS: [organisation],
        HOTLINE: [ticket("T1"), ticket("T2", "2024-03-11")],
        PENALTY: [penalty("P1")],
        STUDY: [session("S1")],
        FURTHER: [contacted("T1"), answered("T1"), contacted("T2", "2024-03-12"),
                  step("P1", "责令改正", "2024-03-07", 改正要求="限期报送")],
        NOTHING: [{"程序": STUDY, "年度": "2023", "签报人": "丙", "日期": "2024-01-05"}],
    })  # fmt: skip


def law(bureau: Bureau) -> LawBook:
    return load(place=bureau.place)


def written(folder: Path, bureau: Bureau, sheets: Mapping[str, list[dict[str, str]]]) -> Path:
    """The workbook with these rows."""
    path = folder / "台账.xlsx"
    write_workbook(path, law(bureau), sheets)
    return path


def taken(folder: Path, bureau: Bureau, sheets: Mapping[str, list[dict[str, str]]], **how: Any) -> Imported:
    """What the import of these rows did."""
    return import_workbook(written(folder, bureau, sheets), bureau, **{"today": TODAY, **how})


def opened(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def cell(book: openpyxl.Workbook, sheet: str, row: int, column: str) -> Any:
    """The cell under that head, as openpyxl holds it."""
    page = book[sheet]
    found = next(one for one in page[1] if str(one.value).rstrip("*") == column)
    return page.cell(row, found.column)


def end_of(bureau: Bureau) -> Head:
    return head(bureau.code)


def plain(bureau: str, value: Any) -> Any:
    """A value of an entry with what is held apart read back."""
    if isinstance(value, dict):
        return {k: plain(bureau, v) for k, v in value.items()} if set(value) != {"apart"} else _apart(bureau, value)
    return [plain(bureau, one) for one in value] if isinstance(value, list) else value


def _apart(bureau: str, value: dict[str, str]) -> str | None:
    return private_value(bureau, value["apart"])


def standing(bureau: Bureau) -> list[StandingEvent]:
    return list(StandingEvent.objects.filter(bureau=bureau.code).order_by("case_id", "version"))


def registered(bureau: Bureau, register: str) -> list[str]:
    rows = RegisterRow.objects.filter(bureau=bureau.code, register=register)
    return sorted(rows.values_list("key", flat=True))
