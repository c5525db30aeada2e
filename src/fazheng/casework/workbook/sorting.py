"""The rows of another system's sheet sorted: what is new goes into grids, what is known is held against the book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fazheng.casework.folding import CaseFile, case_file
from fazheng.casework.workbook.cases import Cases
from fazheng.casework.workbook.faults import CellFault, Fault
from fazheng.casework.workbook.foreign import Foreign
from fazheng.casework.workbook.grid import Grid
from fazheng.casework.workbook.layout import ON, head_of
from fazheng.casework.workbook.lines import Line
from fazheng.casework.workbook.mapped import Mapped, Part, Their, day_cell
from fazheng.casework.workbook.passed import DOUBLED, passed_over
from fazheng.casework.workbook.standing_rows import EMPTY, Change, Stands, changes, secrets_of
from fazheng.casework.writing import Writing
from fazheng.lawbook.sheets import SheetCase, SheetMap, SheetRow, SheetStep
from fazheng.ledger.models import CaseRow, RegisterRow
from fazheng.ledger.read import cases_entries
from fazheng.ledger.rows import batches
from fazheng.procedure.fields import FieldFault, read_date
from fazheng.procedure.law import Law
from fazheng.register import rows_on

_REF_LENGTH = 60


@dataclass(slots=True)
class Sorted:
    """`known` acts of the sheet are in the book already; `missing` numbers are in the book and not in the sheet."""

    rows: int = 0
    known: int = 0
    grids: list[Grid] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def sort_rows(act: Writing, sheet: Foreign, found: SheetMap, by: str) -> Sorted:
    """Everything that the sheet says, sorted. With a column missing no row is looked at."""
    mapped, done = Mapped(sheet, found, by), Sorted()
    for head in mapped.missing:
        near = sheet.nearest(head)
        mend = f"请改对应文件（{found.file}）；不再有的，请从对应文件里去掉" if found.file else "请重新对列"
        done.faults.append(Fault(sheet.sheet, 0, head, f"没有这一列，最接近的是“{near}”。列名改了的，{mend}"))
    done.told += passed_over(mapped)
    if done.faults:
        return done
    theirs = mapped.theirs(done.told)
    done.rows = len(theirs)
    place = 0
    for row in found.rows:
        _Rows(act, mapped, done, row, place).sort(theirs)
        place += 1
    seen: dict[str, set[str]] = {}
    for case in found.cases:
        seen.setdefault(case.procedure, set()).update(_CasesOf(act, mapped, done, case, place).sort(theirs))
        place += 1 + len(case.steps)
    for procedure, refs in seen.items():
        rows = CaseRow.objects.filter(
            bureau=act.bureau.code, procedure=procedure, ref__startswith=f"{found.system}-"
        ).order_by("ref")
        done.missing += [ref for ref in rows.values_list("ref", flat=True) if ref not in refs]
    return done


class _CasesOf:
    """The rows of one [[case]]: an opening, and a step for each day that is filled."""

    def __init__(self, act: Writing, mapped: Mapped, done: Sorted, case: SheetCase, place: int) -> None:
        self._act, self._mapped, self._done, self._case = act, mapped, done, case
        self._versions = act.book.procedures[case.procedure]
        self._opening = mapped.part(case, place, self._versions)
        self._steps = [mapped.part(step, place + n, self._versions) for n, step in enumerate(case.steps, 1)]
        done.grids += [part.grid for part in (self._opening, *self._steps)]

    def sort(self, theirs: Iterable[Their]) -> set[str]:
        """The numbers found."""
        rows_of: dict[str, int] = {}
        for some in batches(self._numbered(theirs, rows_of)):
            held = Cases(self._act)
            held.look_up(one.ref for one in some)
            ids = {one.ref: held.in_book(self._case.procedure, one.ref) for one in some if one.ref}
            files = self._files([id for id in ids.values() if id])
            stood = [stands for file in files.values() for stands in _stands(file)]
            secrets = secrets_of(self._act.bureau.code, stood)
            for one in some:
                if (file := files.get(ids.get(one.ref, ""))) is not None:
                    self._known(one, file, secrets)
                else:
                    self._fresh(one)
        return set(rows_of)

    def _numbered(self, theirs: Iterable[Their], rows_of: dict[str, int]) -> Iterable[Their]:
        for their in theirs:
            if not self._mapped.only(self._case.only, their.cells):
                continue
            try:
                ref = self._mapped.ref(self._case, their.cells)
            except CellFault as fault:
                self._fault(their, str(fault))
                continue
            if not ref:
                self._fault(their, f"缺少“{self._head}”，请填写：没有编号，以后的导出对不上这一行")
            elif len(ref) > _REF_LENGTH:
                self._fault(their, f"编号太长：连系统名在内最多{_REF_LENGTH}个字")
            elif rows_of.setdefault(ref, their.number) != their.number:
                mend = "请核对导出，或者在对应文件的 number 里加一列" if self._mapped.map.file else DOUBLED
                self._fault(their, f"编号“{ref}”与第{rows_of[ref]}行重复：{mend}")
            else:
                yield Their(their.number, their.cells, ref)

    @property
    def _head(self) -> str:
        return "-".join(self._case.number)

    def _fault(self, their: Their, message: str) -> None:
        self._done.faults.append(Fault(self._mapped.sheet.sheet, their.number, self._head, message))

    def _files(self, ids: list[str]) -> dict[str, CaseFile]:
        found = (case_file(id, rows, self._act.book) for id, rows in cases_entries(self._act.bureau.code, ids))
        return {file.case_id: file for file in found if file} if ids else {}

    def _law(self, their: Their) -> Law:
        on = _day(self._mapped.cell(self._case.on, their.cells))
        return (Law.of(self._versions, on) if on else None) or Law(self._versions[-1], self._versions)

    def _fresh(self, their: Their) -> None:
        law = self._law(their)
        version = law.first
        row = self._mapped.row(self._opening, their, version, version.steps[version.opens].kinds)
        self._opening.grid.rows.append(row)
        for part in self._steps:
            if _filled(self._mapped.cell(part.of.on, their.cells)):  # type: ignore[union-attr]
                self._step(part, their, law)

    def _step(self, part: Part, their: Their, law: Law) -> None:
        assert isinstance(part.of, SheetStep)
        on = _day(self._mapped.cell(part.of.on, their.cells))
        version = (law.on(on) if on else None) or law.first
        kinds = version.steps[part.of.step].kinds if part.of.step in version.steps else {}
        part.grid.rows.append(self._mapped.row(part, their, version, kinds))

    def _known(self, their: Their, file: CaseFile, secrets: Mapping[str, str]) -> None:
        """Holds the row against its case; a step that the case has not is new."""
        law, version = file.law, file.law.first
        for part in (self._opening, *self._steps):
            step = version.steps.get(part.of.step if isinstance(part.of, SheetStep) else version.opens)
            event = file.case.last(step.records) if step else None
            filled = _filled(self._mapped.cell(part.of.on, their.cells))  # type: ignore[union-attr]
            if step is None or event is None:
                if filled and part is not self._opening:
                    self._step(part, their, law)
                continue
            self._done.known += 1
            where: dict[str, Any] = {"case_id": file.case_id, "entry": event.version, "step": step.id}
            if not filled:
                head = part.grid.shown[ON]
                self._done.changes.append(Change(
                    their.number, head, their.ref, f"{step.name}·日期", event.on.isoformat(), EMPTY, **where, field="!"
                ))  # fmt: skip
                continue
            line = Line(part.grid, self._mapped.row(part, their, version, step.kinds), self._done.faults.append)
            day = line.day(ON)
            if day is not None and day != event.on:
                self._done.changes.append(Change(
                    their.number, part.grid.shown[ON], their.ref, f"{step.name}·日期", event.on.isoformat(),
                    day.isoformat(), **where, value=day.isoformat(),
                ))  # fmt: skip
            stands = Stands(event.data, event.on, where)
            self._done.changes += changes(
                part, line, stands, their.ref, step.kinds, version.labels, version.choices, secrets
            )


class _Rows:
    """The rows of one [[row]]: rows of a register, known by its key."""

    def __init__(self, act: Writing, mapped: Mapped, done: Sorted, row: SheetRow, place: int) -> None:
        self._act, self._mapped, self._done, self._row = act, mapped, done, row
        self._register = act.book.registers[row.register]
        self._part = mapped.part(row, place, [self._register])
        done.grids.append(self._part.grid)

    def sort(self, theirs: Iterable[Their]) -> None:
        register, code = self._register, self._act.bureau.code
        standing = {row.key: row for row in rows_on(code, register.id, self._act.today)}
        ever = set(RegisterRow.objects.filter(bureau=code, register=register.id).values_list("key", flat=True))
        stands = {key: Stands(row.data, None, {"register": register.id, "key": key}) for key, row in standing.items()}
        secrets = secrets_of(code, stands.values())
        head, seen = head_of(register.labels.get(register.key, register.key)), set[str]()
        struck: list[str] = []
        for their in theirs:
            if not self._mapped.only(self._row.only, their.cells):
                continue
            row = self._mapped.row(self._part, their, register, register.kinds)
            key = str(row.cells.get(head, "")).strip().upper()
            seen.add(key)
            if key in stands:
                self._done.known += 1
                line = Line(self._part.grid, row, self._done.faults.append)
                self._done.changes += changes(
                    self._part, line, stands[key], key, register.kinds, register.labels, register.choices, secrets
                )
            elif key in ever:
                self._done.known += 1
                struck.append(key)
            else:
                self._part.grid.rows.append(row)
        if struck:
            some = "、".join(struck[:10])
            self._done.told.append(f"账本的“{register.name}”里已经注销、导出里还有的{len(struck)}个：{some}。没有改动")
        if self._row.only is None:
            self._done.missing += [key for key in standing if key not in seen]


def _stands(file: CaseFile) -> Iterable[Stands]:
    return (Stands(event.data, event.on, {}) for event in file.case.standing)


def _filled(cell: Any) -> bool:
    return bool(str(cell).strip())


def _day(cell: Any) -> date | None:
    found = day_cell(cell)
    if isinstance(found, date):
        return found
    try:
        return date.fromisoformat(read_date(str(found).strip()))
    except FieldFault:
        return None
