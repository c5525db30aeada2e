"""The 体检单: one page, 必改、建议、提示, to put beside the draft."""

from __future__ import annotations

from fazheng.checkup.facts.personal import cover
from fazheng.checkup.finding import SEVERITIES, Finding, Severity
from fazheng.checkup.told.as_text import where
from fazheng.checkup.told.summary import WORDS, Checked, grouped, head, verdict

MOST: dict[Severity, int] = {"error": 18, "warning": 14, "info": 8}  # lines, so that it stays one page


def as_sheet(checked: Checked) -> str:
    """The sheet as lines; findings of one rule share a line."""
    title = checked.report.header.title
    lines = ["报告体检单", "", f"文件：{checked.report.document.name}"]
    lines += [f"标题：{title.value if title else '没有标题'}", *head(checked), f"结论：{verdict(checked)}"]
    for severity in SEVERITIES:
        found = grouped(checked.of(severity))
        lines += ["", f"【{WORDS[severity]}】" + ("" if found else "无")]
        for number, (name, findings) in enumerate(found[: MOST[severity]], 1):
            lines.append(f"{number}. {_line(name, findings)}")
        if left := sum(len(findings) for _, findings in found[MOST[severity] :]):
            lines.append(f"另有 {left} 处，见详细结果")
    return cover(checked.report, "\n".join([*lines, "", "核对人：＿＿＿＿＿＿　　日期：＿＿＿＿＿＿"]))


def _line(name: str, findings: list[Finding]) -> str:
    first = findings[0]
    if len(findings) == 1:
        return f"{where(first)}：{first.message}" + (f"　改为：{first.suggestion}" if first.suggestion else "")
    places = "、".join(f"{f.line}" for f in findings[:8] if f.line is not None)
    return f"{name}，{len(findings)}处（第{places}行{'等' if len(findings) > 8 else ''}）。如：{first.message}"
