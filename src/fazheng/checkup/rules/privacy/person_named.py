from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.personal import personal
from fazheng.checkup.finding import Hit, Severity
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="困难群众、未成年人的姓名",
    kinds="private_data",
    severity="error",
    why="困难群众、未成年人和当事人的姓名不公开，写“张某某”。",
    source="个人信息保护的规定：公开前应当隐去能够识别特定自然人的信息",
    example="“孤儿李小某，男，9岁”是对的；写出全名不对。",
)
def person_named(report: Report) -> Iterator[Hit]:
    """困难群众、未成年人、当事人的称呼后面写了全名，又写了性别、年龄、住处、病情；或者表格是个人名册。"""
    for one in report.made(personal):
        if one.kind != "name":
            continue
        severity: Severity | None = None if one.sure else "warning"
        if one.where:
            yield Hit(f"{one.where}里有困难群众、未成年人或者当事人的姓名，应当隐去", severity=severity)
        else:
            yield Hit("这里有困难群众、未成年人或者当事人的姓名，应当隐去", one.start, one.end, severity=severity)
