"""Forms of figures and lists of dated acts as tables, which the page, the workbook and the paper all print."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from fazheng.figures import FigureValue, Period
from fazheng.figures.value import NO_DATA, number_text
from fazheng.lawbook.figure import STAFF, Report
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.tabled import Acts, CountingRule, Form, FormRow
from fazheng.ledger.rows import rows
from fazheng.register import rows_on
from fazheng.report.beside import NEVER
from fazheng.report.tabled import Cell, TableText
from fazheng.report.wording import told

MARKS = {"read": "已核原文", "local": "本地规定", "second_hand": "只读到转述", "unverified": "待核"}
TEN_THOUSAND = 1_000_000  # 万元 in fen
HEAD = "bureau_head"


class PersonUnknown(LookupError):
    """Whose acts are meant cannot be told, or nobody of that code is a head."""


def figures_of(report: Report) -> set[str]:
    """The figures that stand in its forms and charts."""
    cells = {cell for form in report.forms for row in form.row for cell in row.cells if cell not in ("", NEVER)}
    return cells | {id for chart in report.charts for id in chart.figures}


def form_table(form: Form, values: Mapping[str, FigureValue], book: LawBook) -> TableText:
    """The form with its numbers; 无数据 where no procedure reaches or nothing was kept; below it how it counts."""
    lines = tuple((Cell(row.name), *_cells(form, row, values)) for row in form.row)
    why = dict.fromkeys(one for one in (form.why, *(row.why for row in form.row)) if one)
    notes = (
        *(f"无数据：{one}" for one in why),
        *(f"统计口径：{rule.says}（{_source(rule)}）" for rule in form.rule),
        *_differing(form, values, book),
    )
    return TableText(form.id, form.name, ("项目", *form.columns), lines, notes)


def _cells(form: Form, row: FormRow, values: Mapping[str, FigureValue]) -> Iterator[Cell]:
    for cell in row.cells or ("",) * len(form.columns):
        if cell == NEVER:
            yield Cell("—")
        elif not cell:
            yield Cell(NO_DATA, state="no_data")
        else:
            value = values[cell]
            number = _number(value, row)
            text = value.shown if number is None or value.counts == "rate" else str(number)
            yield Cell(text, figure=cell, state=value.state, number=number)


def _number(value: FigureValue, row: FormRow) -> Decimal | None:
    if value.value is None:
        return None
    if row.unit == "万元":
        return (Decimal(int(value.value)) / TEN_THOUSAND).quantize(Decimal(1).scaleb(-row.digits), ROUND_HALF_UP)
    return Decimal(number_text(value.value, value.unit))


def _source(rule: CountingRule) -> str:
    return f"{rule.source}，{MARKS[rule.mark]}"


def _differing(form: Form, values: Mapping[str, FigureValue], book: LawBook) -> Iterator[str]:
    for id in dict.fromkeys(cell for row in form.row for cell in row.cells if cell in values):
        yield from (f"“{values[id].name}”{line}" for line in differing(id, book))


def differing(id: str, book: LawBook) -> tuple[str, ...]:
    """A line for each figure that somebody might take for this one: why the two numbers may differ."""
    return tuple(
        f"与“{book.figures[one.figure].name}”不是同一个数：{one.because}"
        for one in book.figures[id].differs_from
        if one.figure in book.figures
    )


def person_of(report: Report, bureau: str, period: Period, person: str) -> str:
    """Whose acts are listed: the code given, else the only head; empty for a report without acts.

    Raises PersonUnknown.
    """
    if not report.acts:
        return ""
    heads = sorted(row.key for row in rows_on(bureau, STAFF, period[1]) if HEAD in (row.data.get("roles") or ()))
    if person in heads:
        return person
    listed = "、".join(heads) or "无"
    if person:
        raise PersonUnknown(f"“{person}”在{period[1]}不是行政机关负责人；是的有：{listed}")
    if len(heads) != 1:
        raise PersonUnknown(f"请写明是谁的述法（人员编号）。{period[1]}的行政机关负责人有：{listed}")
    return heads[0]


Found = tuple[str, str, Mapping[str, object]]  # case id, day, what was entered


def acts_found(acts: Acts, bureau: str, person: str, period: Period) -> list[Found]:
    """Case id, day and entered values of each act, by day."""
    found = rows(
        'SELECT case_id, on_day, "by", data FROM ledger_standing_event WHERE bureau = %s AND procedure = %s'
        " AND event = %s AND on_day BETWEEN %s AND %s ORDER BY on_day, case_id, version",
        [bureau, acts.of, acts.event, period[0].isoformat(), period[1].isoformat()],
    )
    every = [(str(case), str(day), str(by), json.loads(data or "{}")) for case, day, by, data in found]
    return [(case, day, data) for case, day, by, data in every if _his(acts.through, by, data, person)]


def _his(through: str, by: str, data: Mapping[str, object], person: str) -> bool:
    held = by if through == "by" else data.get(through)
    return held is True or held == person or (isinstance(held, list) and person in held)


def acts_table(acts: Acts, found: list[Found], book: LawBook, anchors: Mapping[str, str]) -> TableText:
    """The acts, a line each with its day and case; what is missing is said, never made up."""
    version = book.procedures[acts.of][-1]
    step = version.step_of.get(acts.event)
    lines = []
    for case, day, data in found:
        fields = {field: data[field] for field in acts.tells if field in data}
        shown, _ = told(fields, step.kinds if step else {}, version.labels, version.choices, {})
        words = "；".join(f"{one.label}：{one.text}" for one in shown)
        did = f"{acts.did}（{words}）" if words else acts.did
        name = f"{version.name}{'-'.join(case.rsplit('-', 2)[1:])}号"
        lines.append((Cell(f"{int(day[5:7])}月{int(day[8:])}日"), Cell(did), Cell(name, anchor=anchors.get(case, ""))))
    notes = [] if lines else [f"无数据：账本里没有本人“{acts.did}”的记录，请本人核对、补录或者补写"]
    if lines and step and acts.through in step.kinds and step.kinds[acts.through].name == "yes_no":
        notes.append(f"记录写的是“{version.label(acts.through)}”，没有写人员编号，请本人核对")
    return TableText(acts.id, acts.title, ("日期", "事项", "出处"), tuple(lines), tuple(notes))
