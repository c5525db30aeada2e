"""The whole report with marks in the margin: one page that holds all it needs, no script, nothing from elsewhere."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from html import escape

from fazheng.checkup.facts.personal import cover, shown
from fazheng.checkup.finding import SEVERITIES, Finding, Severity
from fazheng.checkup.text import Line
from fazheng.checkup.told.as_text import where
from fazheng.checkup.told.html_style import STYLE
from fazheng.checkup.told.summary import WORDS, Checked, grouped, head, verdict, why

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
EACH = 4  # findings of one rule told one by one; more are told by the first and by links to all
Spans = Sequence[tuple[int, int, Severity]]


def as_html(checked: Sequence[Checked]) -> str:
    """A page for all the reports."""
    body = "".join(article(one, f"r{place}") for place, one in enumerate(checked, 1))
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><title>报告体检</title>'
        f"<style>{STYLE}</style></head><body><h1>报告体检</h1>{body}</body></html>\n"
    )


def article(checked: Checked, name: str) -> str:
    """One report as an article without style, every word escaped; `name` begins the ids in it."""
    numbers = {finding: place for place, finding in enumerate(checked.findings, 1)}
    lines = "".join(f"<p>{escape(line)}</p>" for line in head(checked))
    groups = "".join(_group(checked, severity, numbers, name) for severity in SEVERITIES) + _silent(checked)
    page = (
        f'<article><header><h2>{escape(checked.report.document.name)}</h2><p class="verdict">{escape(verdict(checked))}'
        f'</p>{lines}</header><nav aria-label="发现的问题">{groups}</nav>'
        f'<section class="text" aria-label="报告全文">{_rows(checked, numbers, name)}</section></article>'
    )
    return cover(checked.report, page)


def _group(checked: Checked, severity: Severity, numbers: Mapping[Finding, int], name: str) -> str:
    """One of 必改, 建议, 提示: what was found, with links to the words."""
    found = checked.of(severity)
    if not found:
        return ""
    items = "".join(_items(title, same, numbers, name) for title, same in grouped(found))
    return f'<section class="group {severity}"><h3>{WORDS[severity]} {len(found)}</h3><ul>{items}</ul></section>'


def _silent(checked: Checked) -> str:
    """What the bureau has looked at and need not be told again, with its reasons."""
    items = "".join(
        f"<li>{where(finding)}：{escape(finding.message)}　{escape(why(entry))}</li>"
        for finding, entry in checked.muted
    )  # fmt: skip
    told = f'<section class="group silent"><h3>已标不再提示 {len(checked.muted)}</h3><ul>{items}</ul></section>'
    return told if items else ""


def _items(title: str, found: Sequence[Finding], numbers: Mapping[Finding, int], name: str) -> str:
    if len(found) <= EACH:
        return "".join(f"<li>{_link(f, numbers[f], name)} {_said(f)}</li>" for f in found)
    links = " ".join(_link(f, numbers[f], name) for f in found)
    return f"<li><b>{escape(title)}</b>，{len(found)}处。如：{_said(found[0])}<br>{links}</li>"


def _link(finding: Finding, number: int, name: str) -> str:
    if finding.start is None:
        return "全文"
    return f'<a href="#{name}w{number}" title="第{finding.line}行第{finding.column}字">{number}</a>'


def _said(finding: Finding) -> str:
    change = f'　改为：<b class="to">{escape(finding.suggestion)}</b>' if finding.suggestion else ""
    return escape(finding.message) + change


def _rows(checked: Checked, numbers: Mapping[Finding, int], name: str) -> str:
    document, words = checked.report.document, checked.report.made(shown)
    starts = [line.start for line in document.paragraphs]
    beside: dict[int, list[Finding]] = {}
    for finding in checked.findings:
        if finding.start is not None:
            beside.setdefault(max(0, bisect_right(starts, finding.start) - 1), []).append(finding)
    spans = sorted((f.start, f.end, f.severity) for f in checked.findings if f.start is not None and f.end is not None)
    rows, open_spans, begun = [], list[tuple[int, int, Severity]](), 0
    for place, line in enumerate(document.paragraphs):
        while begun < len(spans) and spans[begun][0] < line.end:
            open_spans.append(spans[begun])
            begun += 1
        open_spans = [span for span in open_spans if span[1] > line.start]
        here = beside.get(place, [])
        text = _marked(words, line, open_spans, {f: numbers[f] for f in here}, name)
        heading = " class=head" if _is_heading(checked, line) else ""
        rows.append(f'<div class="row"><p{heading}>{text}</p><div>{_notes(here, numbers, name)}</div></div>')
    return "".join(rows)


def _is_heading(checked: Checked, line: Line) -> bool:
    header = checked.report.header
    title = header.title is not None and header.title.start <= line.start < header.title.end
    return title or any(s.alone and s.start == line.start for s in (checked.report.section_at(line.start),) if s)


def _notes(found: Sequence[Finding], numbers: Mapping[Finding, int], name: str) -> str:
    """The notes beside a paragraph; of one rule's many the first alone, with the count of the others."""
    told = []
    for rule in dict.fromkeys(finding.rule for finding in found):
        every = [finding for finding in found if finding.rule == rule]
        shown = every if len(every) <= EACH else every[:1]
        told += [_note(finding, numbers[finding], name) for finding in shown]
        if len(shown) < len(every):
            told.append(f'<p class="more">同样的还有{len(every) - 1}处</p>')
    return "".join(told)


def _note(finding: Finding, number: int, name: str) -> str:
    return (
        f'<p class="note {finding.severity}" id="{name}n{number}"><a href="#{name}w{number}">{number}</a> '
        f"<b>{WORDS[finding.severity]}</b> {_said(finding)} <code>{escape(finding.rule)}</code></p>"
    )


def _marked(text: str, line: Line, spans: Spans, begin: Mapping[Finding, int], name: str) -> str:
    """The line with its spans marked and numbered; where spans lie over one another, each piece takes the gravest."""
    anchors: dict[int, str] = {}
    for finding, number in begin.items():
        at = min(max(finding.start or 0, line.start), line.end)
        anchors[at] = anchors.get(at, "") + f'<a class="no" id="{name}w{number}" href="#{name}n{number}">{number}</a>'
    ends = {min(max(at, line.start), line.end) for span in spans for at in span[:2]}
    cuts = sorted({line.start, line.end, *anchors, *ends})
    pieces = []
    for start, end in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        over = [severity for first, last, severity in spans if first < end and last > start]
        said = escape(text[start:end])
        gravest = min(over, key=SEVERITIES.index) if over and said else ""
        pieces.append(anchors.get(start, "") + (f'<mark class="{gravest}">{said}</mark>' if gravest else said))
    return "".join(pieces)
