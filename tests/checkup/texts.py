"""Texts of our own invention, and shorthands for checking them."""

from __future__ import annotations

from fazheng.checkup.finding import Finding
from fazheng.checkup.report import Report
from fazheng.checkup.run import run
from fazheng.checkup.text import Document

CLEAN = """示例县民政局2031年度法治政府建设情况报告

县委、县政府：

2031年，示例县民政局认真落实法治政府建设各项任务，现将有关情况报告如下：

一、主要举措和成效

（一）规范行政执法。全年办理行政处罚案件12件，其中警告8件、罚款4件，均按期办结。

（二）推进政务公开。收到政府信息公开申请5件，已答复5件，答复率100%。

（三）化解矛盾纠纷。受理信访事项36件，办结35件，1件正在办理。

二、党政主要负责人履行推进法治建设第一责任人职责情况

局主要负责人主持召开会议4次，专题研究法治建设工作，带头学法、年终述法。

三、存在的不足和原因

一是执法力量不足，主要原因是持证人员调离较多。二是宣传形式单一，原因在于新媒体运用不够。

四、2032年工作安排

一是补充执法人员，开展业务培训。二是运用新媒体普法，提高群众知晓率。

示例县民政局

2032年1月12日
"""


def report(text: str, **more: object) -> Report:
    """The text as a report under check-up."""
    return Report(Document(text, "示例.txt"), **more)  # type: ignore[arg-type]


def found(rule: str, text: str, **more: object) -> list[Finding]:
    """What one rule finds in a text."""
    return run(report(text, **more), [rule])


def quotes(rule: str, text: str, **more: object) -> list[str]:
    """The words that one rule marks in a text."""
    return [finding.quote for finding in found(rule, text, **more)]


def clean() -> str:
    """A whole sound report: no rule may find anything in it."""
    return CLEAN
