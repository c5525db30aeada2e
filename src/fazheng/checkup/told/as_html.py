"""The whole report with marks in the margin: one page, no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from fazheng.checkup.finding import SEVERITIES, Finding, Severity
from fazheng.checkup.text import Line
from fazheng.checkup.told.summary import WORDS, Checked, head, verdict

_STYLE = """
body{margin:0 auto;max-width:76rem;padding:1rem;color:#1a1a1a;background:#fff}
body{font:1rem/1.8 "Noto Serif SC","Songti SC",SimSun,serif}
h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2.5rem;border-top:2px solid #555}
.row{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,1fr);gap:1.5rem;margin:.35rem 0}
.row p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
.note{font:.85rem/1.5 "Noto Sans SC","Microsoft YaHei",sans-serif}
.row .note,.note{border-left:4px solid;padding:.1rem .5rem;margin:0 0 .4rem}
.error{border-color:#b00020;background:#fdecef}
.warning{border-color:#8a5a00;background:#fff4df}
.info{border-color:#2b5c8a;background:#eaf3fb}
mark{color:inherit;border-bottom:2px solid;padding:0 1px}code{font-size:.8rem;color:#555}
@media(max-width:44rem){.row{grid-template-columns:1fr;gap:.2rem}}@media print{.row{break-inside:avoid}}
"""


def as_html(checked: Sequence[Checked]) -> str:
    """A page for all the reports."""
    body = "".join(_report(one) for one in checked)
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>报告体检</title>'
        f"<style>{_STYLE}</style></head><body><h1>报告体检</h1>{body}</body></html>\n"
    )


def _report(checked: Checked) -> str:
    document = checked.report.document
    whole = "".join(map(_note, (f for f in checked.findings if f.start is None)))
    by_line: dict[int, list[Finding]] = {}
    for finding in checked.findings:
        if finding.line is not None:
            by_line.setdefault(finding.line, []).append(finding)
    spans = sorted((f.start, f.end, f.severity) for f in checked.findings if f.start is not None and f.end is not None)
    lines = "".join(f"<p>{escape(line)}</p>" for line in head(checked))
    rows = []
    begun = 0
    for line in document.paragraphs:
        while begun < len(spans) and spans[begun][1] <= line.start:
            begun += 1
        here = [span for span in spans[begun:] if span[0] < line.end and span[1] > line.start]
        notes = "".join(map(_note, by_line.get(line.number, ())))
        rows.append(f'<div class="row"><p>{_marked(document.text, line, here)}</p><div>{notes}</div></div>')
    return f"<h2>{escape(document.name)}</h2><p><b>{escape(verdict(checked))}</b></p>{lines}{whole}{''.join(rows)}"


def _note(finding: Finding) -> str:
    said = escape(finding.message) + (f"　改为：<b>{escape(finding.suggestion)}</b>" if finding.suggestion else "")
    column = "" if finding.column is None else f"第{finding.column}字 "
    name = WORDS[finding.severity]
    return f'<p class="note {finding.severity}"><b>{name}</b> {column}{said} <code>{escape(finding.rule)}</code></p>'


def _marked(text: str, line: Line, spans: Sequence[tuple[int, int, Severity]]) -> str:
    """The line with its spans marked; where spans lie over one another, each piece takes the gravest."""
    cuts = sorted({line.start, line.end, *(min(max(at, line.start), line.end) for span in spans for at in span[:2])})
    pieces = []
    for begin, end in pairwise(cuts):
        over = [severity for start, stop, severity in spans if start < end and stop > begin]
        said = escape(text[begin:end])
        gravest = min(over, key=SEVERITIES.index) if over else ""
        pieces.append(f'<mark class="{gravest}">{said}</mark>' if gravest else said)
    return "".join(pieces)
