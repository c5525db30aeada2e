"""Rows that open cases: one sheet a procedure, one row a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazheng.casework.workbook.cases import Cases, CaseWaits, SeveralCases, named
from fazheng.casework.workbook.cells import text_of
from fazheng.casework.workbook.faults import CellFault
from fazheng.casework.workbook.grid import Grid
from fazheng.casework.workbook.judging import Deed, Importing
from fazheng.casework.workbook.layout import BY, HAPPENED, ON, PAPER, REF, head_of
from fazheng.casework.workbook.lines import Line
from fazheng.ledger.rows import batches

_OWN = {REF, ON, BY, HAPPENED, PAPER}


def open_cases(importing: Importing, cases: Cases, grids: Iterable[Grid]) -> None:
    """Opens a case for each row that is not in the book yet. A row that names another row's case comes after it."""
    sheets = list(grids)
    _expect(cases, sheets)
    waiting = list[Deed]()
    for grid in sheets:
        for deeds in batches(_deeds(importing, cases, grid)):
            waiting += _opened(importing, cases, deeds)
    while waiting:
        left = [deed for deed in waiting if not _open(importing, cases, deed)]
        if len(left) == len(waiting):
            for deed in left:
                deed.line.fault(_case_head(deed), "所指的案件没有开成：请先改正它那一行；两件事也不能互相指着")
            break
        waiting = left


def _expect(cases: Cases, grids: Iterable[Grid]) -> None:
    """Makes every number known before the first row is taken: a row may name the case of a later one."""
    numbers = [(grid.sheet.of, ref) for grid in grids for row in grid.rows if (ref := _number(row.cells.get(REF, "")))]
    cases.look_up(ref for _, ref in numbers)
    for procedure, ref in numbers:
        cases.expected(procedure, ref)


def _number(cell: object) -> str:
    """The number a row bears; empty for none, and for one that cannot be read, which its own row will tell."""
    try:
        return text_of(cell, "code")
    except CellFault:
        return ""


def _opened(importing: Importing, cases: Cases, deeds: list[Deed]) -> list[Deed]:
    """Opens the cases of these rows; those that wait for the case of another row."""
    cases.look_up(name for deed in deeds for name in named(deed.step.kinds, deed.data))
    fresh = {id(line) for line in importing.skip([deed.line for deed in deeds])}
    waiting = []
    for deed in deeds:
        if id(deed.line) not in fresh:
            importing.advance()
            continue
        held = cases.in_book(deed.procedure, deed.ref)
        if deed.ref and held:
            said = "内容不同：要改请用更正；另一件事请另编一个号"
            deed.line.fault(REF, f"编号“{deed.ref}”已在账本（案件{held}），{said}")
        if not _open(importing, cases, deed):
            waiting.append(deed)
    return waiting


def _deeds(importing: Importing, cases: Cases, grid: Grid) -> Iterator[Deed]:
    book, procedure = importing.act.book, grid.sheet.of
    newest, rows_of = book.procedures[procedure][-1], dict[str, int]()
    for row in grid.given():
        line = Line(grid, row, importing.faults.append)
        ref = line.ref()
        on, by, happened, paper = line.actor()
        version = (book.version(procedure, on) if on else None) or newest
        step = version.steps[version.opens]
        data = line.fields(step.kinds, version.label, version.choices)
        line.superfluous(_OWN | {head_of(version.label(name)) for name in step.kinds}, f"“{step.name}”")
        if cases.is_id(ref):
            line.fault(REF, f"“{ref}”是账本里案件号的样子，请用本单位自己的编号")
        elif ref and rows_of.setdefault(ref, row.number) != row.number:
            line.fault(REF, f"编号“{ref}”与第{rows_of[ref]}行重复：一件事一行，以后的步骤填在“后续步骤”表")
        if line.sound and on is not None:
            told = {**data, "": [ref, on.isoformat(), by, happened, paper]}
            line.digest = importing.digests.digest(f"case {procedure}", told)
            line.forget()
            yield Deed(line, procedure, version, step, on, by, happened, paper, data, ref)
            continue
        importing.advance()


def _open(importing: Importing, cases: Cases, deed: Deed) -> bool:
    """Whether the row is settled, opened or refused; not while a case it names waits."""
    try:
        data = cases.resolved(deed.step.kinds, deed.data)
    except CaseWaits:
        return False
    except SeveralCases as fault:
        deed.line.fault(_case_head(deed), f"{fault}，请写账本里的案件号")
    importing.advance()
    if not deed.line.sound:
        return True
    done = importing.act.open(deed.procedure, importing.act_of(deed, data, happened=deed.happened), ref=deed.ref)
    if importing.weigh(deed, done.decision) and done.refused:  # doomed; later rows are still weighed, as after it
        done = importing.act.open(deed.procedure, importing.act_of(deed, data, happened=True), ref=deed.ref)
    if done.case_id:
        cases.opened(deed.procedure, deed.ref, done.case_id)
        importing.cases.append(done.case_id)
    return True


def _case_head(deed: Deed) -> str:
    """The column in which the row names another case."""
    return next(head_of(deed.version.label(f)) for f in deed.data if deed.step.kinds[f].name == "case")
