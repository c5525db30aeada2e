"""A register's list for one person: what the address asks, turned into a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from fazheng.casework.lists.columns import FieldColumn, register_columns
from fazheng.casework.lists.handing_out import HandedOut
from fazheng.casework.lists.registers import register_rows, register_sums
from fazheng.lawbook.figure import Register
from fazheng.ledger.models import RegisterRow
from fazheng.web.lists_asked import chosen_in, day_in, field_filters
from fazheng.web.paging import keyset, pieces, query
from fazheng.web.registers_rows import register_of
from fazheng.web.tables import Cell, Column, Filter, Shown, Table, shown
from fazheng.web.visit import Visit

_SINCE = Column("since", "自")


@dataclass(frozen=True)
class Rows:
    """What this person asked of which register."""

    visit: Visit
    register: Register
    columns: tuple[FieldColumn, ...]
    on: str
    chosen: Mapping[str, str]

    @staticmethod
    def of(visit: Visit, register: str) -> Rows:
        """Raises Http404 for an unknown register."""
        known = register_of(visit, register)
        columns, asked = register_columns(known), visit.request.GET or visit.request.POST
        return Rows(visit, known, columns, day_in(asked, "on", visit.today.isoformat()), chosen_in(asked, columns))

    @property
    def sum_query(self) -> str:
        """The address of this list with its sum row."""
        return query(self.visit.request.GET, sum="1")

    def shown(self) -> Shown:
        """The table as HTML, kept until the book goes on: for all who ask the same."""
        return self.visit.kept_for_all(("register", self.register.id), lambda: shown(self.table()))

    def table(self) -> Table:
        """The page that is asked for."""
        asked, rows = self.visit.request.GET, self._rows
        order = ("-key",) if self._falls else ("key",)
        found, newer, older = keyset(rows, order, asked, lambda row: (row.key,))
        return Table(
            self.register.name, self._columns, [self._row(row) for row in found], "这一天没有这样的行。",
            self._filters(), self._sums(rows) if asked.get("sum") else (), newer, older,
            "-key" if self._falls else "key",
            {"key": query(asked, sort="key" if self._falls else "-key")},
        )  # fmt: skip

    def exported(self) -> HandedOut:
        """The whole register on the day, a piece at a time."""
        heads = [(column.label, column.number) for column in self._columns]
        said = f"{self.register.name}；{self.on}在册"
        said += "".join(f"；{c.label}：{c.options[self.chosen[c.id]]}" for c in self.columns if c.id in self.chosen)
        return HandedOut(self.register.id, heads, self._lines(), said)

    @property
    def _falls(self) -> bool:
        return (self.visit.request.GET or self.visit.request.POST).get("sort") == "-key"

    @property
    def _rows(self) -> QuerySet[RegisterRow]:
        return register_rows(self.visit.bureau.code, self.register.id, self.on, self.chosen, self.columns)

    @property
    def _columns(self) -> list[Column]:
        first, *others = self.columns
        told = [Column(c.id, c.label, number=c.number) for c in others]
        return [Column(first.id, first.label, frozen=True, sort="key"), *told, _SINCE]

    def _row(self, row: RegisterRow) -> list[Cell]:
        data = json.loads(row.data)
        url = reverse("register_row", args=[self.register.id, row.key])
        return [Cell(row.key, url), *(Cell(column.text(data)) for column in self.columns[1:]), Cell(row.from_day)]

    def _sums(self, rows: QuerySet[RegisterRow]) -> list[Cell]:
        many, totals = register_sums(rows, self.columns)
        return [Cell(f"合计 {many}行"), *(Cell(c.total(totals.get(c.id))) for c in self.columns[1:]), Cell("")]

    def _lines(self) -> Iterator[list[str]]:
        for some in pieces(self._rows, ("-key",) if self._falls else ("key",), lambda row: (row.key,)):
            yield from ([cell.text for cell in self._row(row)] for row in some)

    def _filters(self) -> list[Filter]:
        return [Filter("on", "哪一天在册", self.on, kind="date"), *field_filters(self.columns, self.chosen)]
