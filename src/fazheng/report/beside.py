"""What is wrong with a report's charts, forms and lists of acts."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.lawbook.figure import Report
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.tabled import Acts, Chart, Form, FormRow

NEVER = "-"
UNITS = {"万元": "元"}  # what a row may be written in → the unit of its figures


def beside_faults(report: Report, book: LawBook) -> Iterator[tuple[str, str]]:
    """The id of each chart, form or list of acts with what is wrong with it."""
    for chart in report.charts:
        yield from ((chart.id, what) for what in _chart(chart, book))
    for form in report.forms:
        yield from ((form.id, what) for what in _form(form, book))
    for acts in report.acts:
        yield from ((acts.id, what) for what in _acts(acts, book))


def _chart(chart: Chart, book: LawBook) -> Iterator[str]:
    unknown = [id for id in chart.figures if id not in book.figures]
    if unknown or not chart.figures:
        yield f"图里没有统计项“{'、'.join(unknown)}”"
        return
    if len({book.figures[id].unit for id in chart.figures}) > 1:
        yield "一张图里的统计项要用同一个单位"
    if chart.draws == "shares" and any(book.figures[id].splits is None for id in chart.figures):
        yield "shares 只画有分项（splits）的统计项"


def _form(form: Form, book: LawBook) -> Iterator[str]:
    for row in form.row:
        yield from (f"“{row.name.strip()}”{what}" for what in _row(row, form, book))


def _row(row: FormRow, form: Form, book: LawBook) -> Iterator[str]:
    if row.cells and len(row.cells) != len(form.columns):
        yield f"有{len(row.cells)}格，表有{len(form.columns)}栏"
    if not any(row.cells) and not (row.why or form.why):
        yield "没有统计项，也没有写明为什么没有（why）"
    if row.unit and row.unit not in UNITS:
        yield f"的单位只能写 {'、'.join(UNITS)}"
    for cell in row.cells:
        if cell not in ("", NEVER) and cell not in book.figures:
            yield f"里没有统计项“{cell}”"
        elif cell in book.figures and row.unit and book.figures[cell].unit != UNITS.get(row.unit):
            yield f"的统计项“{cell}”不能写成{row.unit}"


def _acts(acts: Acts, book: LawBook) -> Iterator[str]:
    versions = book.procedures.get(acts.of)
    if not versions:
        yield f"没有程序“{acts.of}”"
        return
    steps = [version.step_of[acts.event] for version in versions if acts.event in version.step_of]
    if not steps:
        yield f"程序“{acts.of}”没有事件“{acts.event}”"
        return
    known = {field: kind for step in steps for field, kind in step.kinds.items()}
    if acts.through != "by" and (acts.through not in known or known[acts.through].name not in ("people", "yes_no")):
        yield f"through 只能是 by、填人员的字段或者是否字段，不能是“{acts.through}”"
    if unknown := [field for field in acts.tells if field not in known]:
        yield f"没有字段“{'、'.join(unknown)}”（tells）"
