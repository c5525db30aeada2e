"""One row of a sheet as it is read: values by field, and every fault of its cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from fazheng.casework.workbook.cells import text_of, value_of
from fazheng.casework.workbook.faults import CellFault, Fault, without_persons
from fazheng.casework.workbook.grid import Grid, Row
from fazheng.casework.workbook.layout import BY, HAPPENED, ON, PAPER, REF, Form, head_of
from fazheng.lawbook.procedure import Kind
from fazheng.procedure.fields import FieldFault, check, read_date

_WORDS = Kind("words")
_YES_NO = Kind("yes_no")
Choices = Mapping[str, Mapping[str, str]]


class Line:
    """A row being read. `sound` until a fault is found; a fault of one cell does not stop the reading of others."""

    __slots__ = ("_tell", "cells", "digest", "grid", "number", "sound")

    def __init__(self, grid: Grid, row: Row, tell: Callable[[Fault], None]) -> None:
        self.grid, self.number, self.cells, self._tell = grid, row.number, row.cells, tell
        self.sound = not grid.missing
        self.digest = ""

    @property
    def place(self) -> tuple[str, int]:
        return self.grid.sheet.name, self.number

    def fault(self, head: str, message: str) -> None:
        self.tell(Fault(*self.place, head, message))

    def tell(self, fault: Fault) -> None:
        self.sound = False
        self._tell(replace(fault, column=self.shown(fault.column)))

    def shown(self, head: str) -> str:
        """The head as the sheet itself has it."""
        return self.grid.shown.get(head, head)

    def text(self, head: str, form: Form = "code", *, required: bool = False) -> str:
        """What a cell says; empty where it says nothing."""
        return str(self._read(head, required, lambda cell: text_of(cell, form)) or "")

    def day(self, head: str) -> date | None:
        """The day in a cell that every row needs; None with a fault where there is none."""
        found: date | None = self._read(head, True, _day)
        return found

    def _value(self, head: str, kind: Kind, choices: Choices, form: Form | None) -> Any:
        return self._read(head, not kind.optional, lambda cell: value_of(cell, kind, choices, form))

    def _read(self, head: str, required: bool, reader: Callable[[Any], Any]) -> Any:
        cell, number = self.cells.get(head, ""), self.number
        if self.grid.errors and self.grid.is_error(number, head):
            self.fault(head, "这一格是公式的错误值：请改成实际内容")
            return None
        try:
            value = reader(cell) if cell != "" else None
        except CellFault as fault:
            self.fault(head, str(fault))
            return None
        if value in (None, "", []):
            if self.grid.merged and self.grid.is_merged(number, head):
                self.fault(head, "这一格被合并了，没有内容：不要合并单元格，请取消合并，每行都填")
            elif required and head not in self.grid.missing:
                self.fault(head, f"缺少“{self.shown(head)}”，请填写")
            return None
        return value

    def ref(self) -> str:
        """The number that the sheet gives a matter; empty, with a fault, where it may not stand in the open."""
        ref = self.text(REF, required=True)
        if ref and (fault := check(_WORDS, ref, {})):
            self.fault(REF, fault)
            return ""
        return ref

    def happened(self) -> bool:
        return bool(self._read(HAPPENED, False, lambda cell: value_of(cell, _YES_NO, {})))

    def actor(self) -> tuple[date | None, str, bool, str]:
        """Day, person, whether it is recorded as happened, and the paper that shows it."""
        return self.day(ON), self.text(BY, required=True), self.happened(), self.text(PAPER, "text")

    def fields(
        self, kinds: Mapping[str, Kind], label: Callable[[str], str], choices: Choices, code: str = ""
    ) -> dict[str, Any]:
        """The values of a step's fields by field; empty ones are left out. `code`: a field of words that is a code."""
        read = {}
        for field, kind in kinds.items():
            read[field] = self._value(head_of(label(field)), kind, choices, "code" if field == code else None)
        return {field: value for field, value in read.items() if value is not None}

    def superfluous(self, heads: set[str], what: str) -> None:
        """A fault for each cell that is filled and that neither the sheet nor the step asks for."""
        for head in self.cells:
            if head not in heads:
                self.fault(head, f"{what}没有“{head}”这一栏：请清空这一格，或者核对步骤")

    def forget(self) -> None:
        """Lets the cells go once they are read; place and faults stay."""
        self.cells = {}


def _day(cell: Any) -> date | None:
    text = text_of(cell, "date")
    try:
        return date.fromisoformat(read_date(text)) if text else None
    except FieldFault as fault:
        raise CellFault(without_persons(str(fault))) from None
