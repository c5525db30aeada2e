from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.personal import personal
from fazheng.checkup.finding import Hit, Severity
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="到门牌的住址",
    kinds="private_data",
    severity="error",
    why="住址写到门牌，就等于公开了这一家人。",
    source="个人信息保护的规定：公开前应当隐去能够识别特定自然人的信息",
    example="“家住示例路12号3单元401室”应只写到乡镇、街道。",
)
def home_address(report: Report) -> Iterator[Hit]:
    """写明是谁家住处，并且写到门牌、单元、房号的地址；办公地点不算。"""
    for one in report.made(personal):
        if one.kind != "address":
            continue
        severity: Severity | None = None if one.sure else "warning"
        if one.where:
            yield Hit(f"{one.where}里有写到门牌的住址，应当隐去", severity=severity)
        else:
            yield Hit("这里有写到门牌的住址，应当隐去", one.start, one.end, severity=severity)
