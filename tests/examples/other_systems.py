"""Exports of other systems, invented: a 12345 platform, an organisation platform, an assistance system.

Each comes twice: as it is exported first, and later, longer, with answers that came meanwhile and some cells changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.examples.organisations import ASSOCIATION, organisations

Cells = list[Any]
Merge = tuple[int, int, int, int]
_MADE = datetime(2024, 12, 31)  # noqa: DTZ001 - of the file: the same bytes each time


@dataclass(frozen=True)
class Export:
    """A sheet as its system writes it: title, merged heads, rows, a line below them."""

    name: str
    sheet: str
    title: str
    heads: tuple[Cells, ...]
    merges: tuple[Merge, ...]
    rows: tuple[Cells, ...]
    below: Cells
    days: tuple[int, ...] = ()  # columns of real dates; the others are text

    def write(self, path: Path) -> Path:
        """Writes the workbook; its path."""
        book = xlsxwriter.Workbook(str(path))
        book.set_properties({"title": self.title, "created": _MADE})
        page, day = book.add_worksheet(self.sheet), book.add_format({"num_format": "yyyy/m/d hh:mm:ss"})
        width = len(self.heads[-1])
        page.merge_range(0, 0, 0, width - 1, self.title)
        page.write_string(1, 0, "（示例）导出单位：示例县 ；本表内容均为虚构")
        for n, heads in enumerate(self.heads, 2):
            for column, text in enumerate(heads):
                page.write_string(n, column, text)
        for top, left, bottom, right in self.merges:
            page.merge_range(top, left, bottom, right, self.heads[top - 2][left])
        for n, row in enumerate([*self.rows, self.below], 2 + len(self.heads)):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    page.write_datetime(n, column, cell, day)
                elif cell != "":
                    page.write(n, column, cell)
        book.close()
        return path


def exports() -> list[Export]:
    """All six."""
    return [*hotline(), *platform(), *assistance()]


# ── the 12345 platform ──

_TOP = ["序号", "工单编号", "诉求", "", "", "诉求人", "", "", "紧急程度", "时间", "", "", "", "", "承办科室",
        "办理", "", "回访", "工单状态"]  # fmt: skip
_LOW = ["", "", "类型", "标题", "内容", "称呼", "性别", "电话", "", "派单", "签收", "首次联系", "答复", "回访", "",
        "结果", "答复内容", "评价", ""]  # fmt: skip
_KINDS = ("咨询类", "求助类", "建议类", "投诉类", "举报类")
_TOPICS = ("养老机构收费", "婚姻登记材料", "高龄津贴发放", "殡葬服务价格", "社区食堂开放时间")
_SECTIONS = ("养老服务股", "社会事务股")


def hotline() -> list[Export]:
    """200 tickets, the last forty open; later 260, those forty answered, two told otherwise, one gone."""
    first = [_ticket(n, answered=n <= 160) for n in range(1, 201)]
    later = [_ticket(n, answered=True) for n in range(1, 261)]
    later[4][3] = "养老机构退费"
    later[8][7] = "0000-2000009"
    del later[11]
    return [_hotline("12345平台工单-第一次", first), _hotline("12345平台工单-第二次", later)]


def _hotline(name: str, rows: list[Cells]) -> Export:
    return Export(
        name, "工单明细", "（示例）12345政务服务便民热线平台工单导出表", (_TOP, _LOW),
        ((2, 2, 2, 4), (2, 5, 2, 7), (2, 9, 2, 13), (2, 15, 2, 16), *((2, n, 3, n) for n in (0, 1, 8, 14, 18))),
        tuple(rows), ["合计", f"{len(rows)}件"],
    )  # fmt: skip


def _ticket(n: int, *, answered: bool) -> Cells:
    on = date(2024, 1, 2) + timedelta(days=n)
    sent: Any = (
        datetime(on.year, on.month, on.day, 9, n % 60, 30),  # noqa: DTZ001 - a cell has no zone
        f"{on} 14:22:31",
        f"{on.year}.{on.month}.{on.day}",
        float((on - date(1899, 12, 30)).days),
    )[n % 4]

    def after(days: int) -> str:
        return (on + timedelta(days=days)).isoformat()

    head = [n, f"GD{on:%Y%m}{n:05d}", _KINDS[n % 5], _TOPICS[n % 5], f"（示例）来电反映第{n}件事，请核实答复。"]
    caller = [f"示例来电人{n}", "女" if n % 2 else "男", f"0000-1{n:06d}"]
    end = [after(3 + n % 4), after(6 + n % 4)] if answered else ["", ""]
    done = [("已解决", "已解释", "未解决")[n % 3], f"（示例）第{n}件已经答复。"] if answered else ["", ""]
    told = ["满意" if n % 7 else "不满意", "已办结"] if answered else ["", "办理中"]
    times = [sent, f"{on} 15:00:00", after(1), *end]
    return [*head, *caller, "一般" if n % 9 else "紧急", *times, _SECTIONS[n % 2], *done, *told]


# ── the organisation platform ──

_ORGANISATION = (
    "序号 社会组织名称 统一信用代码 组织类型 成立日期 业务主管单位名称 年检年度 年检通知日期 报告提交日期 年检结论日期 "
    "年检结论 登记状态 法定代表人 有无主管单位 财务报告 是否审计 登记证副本"
).split()


def platform() -> list[Export]:
    """Forty associations, the last ten not concluded; later 46, all concluded, one sponsor changed."""
    known = organisations("示例乡", "999003", 46, 0, until=date(2022, 12, 30))
    first = [_organisation(n, one, concluded=n <= 30) for n, one in enumerate(known[:40], 1)]
    later = [_organisation(n, one, concluded=True) for n, one in enumerate(known, 1)]
    later[2][5] = "示例乡教育局"
    named = (("社会组织平台名录-第一次", first), ("社会组织平台名录-第二次", later))
    return [
        Export(name, "Sheet1", "（示例）社会组织法人单位信息平台名录", (_ORGANISATION,), (), tuple(rows), ["注：虚构"])
        for name, rows in named
    ]


def _organisation(n: int, one: Any, *, concluded: bool) -> Cells:
    assert one.kind == ASSOCIATION
    on = date(2024, 3, 1) + timedelta(days=n)
    end = [f"{on + timedelta(days=40):%Y/%m/%d}", "合格" if n % 8 else "基本合格"] if concluded else ["", ""]
    return [
        n, one.name, one.code, "社会团体法人", f"{one.registered_on:%Y%m%d}", one.sponsor, "2023年度",
        f"{on:%Y/%m/%d}", f"{on + timedelta(days=20):%Y/%m/%d}", *end, "正常", f"示例负责人{n}",
        "有" if one.sponsor else "无", "有", "是", "有",
    ]  # fmt: skip


# ── the assistance system ──

_ASSISTANCE = (
    ["受理信息", "", "", "", "", "办理信息", "", "", ""],
    "受理号 受理日期 求助事项 求助人 联系方式 经办人员 答复日期 办理结果 办理意见".split(),
)


def assistance() -> list[Export]:
    """Thirty requests for help, ten not answered; later 36, all answered."""
    first = [_request(n, answered=n <= 20) for n in range(1, 31)]
    later = [_request(n, answered=True) for n in range(1, 37)]
    named = (("救助系统求助登记-第一次", first), ("救助系统求助登记-第二次", later))
    return [
        Export(
            name, "求助登记", "（示例）社会救助综合服务系统求助登记表", _ASSISTANCE, ((2, 0, 2, 4), (2, 5, 2, 8)),
            tuple(rows), ["合计", len(rows)],
        )
        for name, rows in named
    ]  # fmt: skip


def _request(n: int, *, answered: bool) -> Cells:
    on = date(2024, 5, 6) + timedelta(days=n)
    end = [f"{on + timedelta(days=2):%Y年%m月%d日}", ("已帮助", "已说明政策")[n % 2], f"（示例）第{n}件已经回复。"]
    return [
        f"JZ-{n:04d}", f"{on:%Y年%m月%d日}", ("临时救助咨询", "低保政策咨询", "特困供养咨询")[n % 3], f"示例求助人{n}",
        f"0000-3{n:06d}", ("示例壬", "示例癸")[n % 2], *(end if answered else ["", "", ""]),
    ]  # fmt: skip


def changed(export: Export, change: Callable[[list[Cells]], None]) -> Export:
    """The export with its rows changed, for tests."""
    rows = [list(row) for row in export.rows]
    change(rows)
    return replace(export, rows=tuple(rows))


def renamed(export: Export, old: str, new: str) -> Export:
    """The export with one head called otherwise."""
    heads: Sequence[Cells] = [[new if head == old else head for head in row] for row in export.heads]
    return replace(export, heads=tuple(heads))
