"""A register's list for one person: what the address asks, turned into a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from fazheng.casework.lists.at_once import Question, answers, gathered_from
from fazheng.casework.lists.columns import FieldColumn, register_columns
from fazheng.casework.lists.handing_out import HandedOut
from fazheng.casework.lists.registers import RowLine, register_rows, register_sums, totals_of
from fazheng.casework.lists.sums import Totals
from fazheng.lawbook.figure import Register
from fazheng.ledger.models import RegisterRow
from fazheng.web.lists_asked import chosen_in, day_in, field_filters
from fazheng.web.lists_columns import SHOW, along, carried, chooser, chosen, ticks
from fazheng.web.paging import Place, pieces, query
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
    shown_ids: tuple[str, ...]

    @staticmethod
    def of(visit: Visit, register: str) -> Rows:
        """Raises Http404 for an unknown register."""
        known = register_of(visit, register)
        columns, asked = register_columns(known), visit.request.GET or visit.request.POST
        on = day_in(asked, "on", visit.today.isoformat())
        every = [Column(c.id, c.label, frozen=n == 0) for n, c in enumerate(columns)]
        return Rows(visit, known, columns, on, chosen_in(asked, columns), chosen(asked, [*every, _SINCE]))

    @property
    def sum_query(self) -> str:
        """The address of this list with its sum row."""
        return query(self.visit.request.GET, sum="1")

    @property
    def carried(self) -> SafeString:
        """What the address asks, for the form that hands the list out."""
        return carried(self.visit.request.GET)

    def shown(self) -> Shown:
        """The table as HTML, kept until the book goes on: for all who ask the same."""
        return self.visit.kept_for_all(("register", self.register.id), lambda: shown(self.table()))

    def table(self) -> Table:
        """The page that is asked for, with its sums. One statement."""
        asked, rows, falls = self.visit.request.GET, self._rows, self._falls
        place = Place.asked(asked, ("-key",) if falls else ("key",))
        page = gathered_from(place.rows(rows.values_list(*RowLine._fields)), RowLine._fields)
        summed = register_sums(rows, self._fields) if asked.get("sum") else Question()
        read, sums = answers(page, summed)
        found, newer, older = place.page([RowLine._make(row) for row in read], asked, lambda row: (row.key,))
        return Table(
            self.register.name, self._columns, [self._row(row) for row in found], "这一天没有这样的行。",
            self._filters(), self._sums(totals_of(sums, self._fields)) if summed.sql else (), newer, older,
            "-key" if falls else "key", {"key": query(asked, sort="key" if falls else "-key")},
            self._chooser(), along(asked),
        )  # fmt: skip

    def exported(self) -> HandedOut:
        """The whole register on the day, a piece at a time."""
        heads = [(column.label, column.number) for column in self._columns]
        said = f"{self.register.name}；{self.on}在册"
        said += "".join(f"；{c.label}：{c.options[self.chosen[c.id]]}" for c in self.columns if c.id in self.chosen)
        said += f"；{len(self._columns)}列" if len(self._columns) <= len(self.columns) else ""
        return HandedOut(self.register.id, heads, self._lines(), said)

    @property
    def _falls(self) -> bool:
        return (self.visit.request.GET or self.visit.request.POST).get("sort") == "-key"

    @property
    def _rows(self) -> QuerySet[RegisterRow]:
        return register_rows(self.visit.bureau.code, self.register.id, self.on, self.chosen, self.columns)

    @property
    def _every(self) -> list[Column]:
        first, *others = self.columns
        told = [Column(c.id, c.label, number=c.number) for c in others]
        return [Column(first.id, first.label, frozen=True, sort="key"), *told, _SINCE]

    @property
    def _columns(self) -> list[Column]:
        return [column for column in self._every if column.id in self.shown_ids]

    @property
    def _fields(self) -> list[FieldColumn]:
        return [column for column in self.columns if column.id in self.shown_ids]

    def _chooser(self) -> SafeString:
        every, asked = self._every, self.visit.request.GET
        narrowed = len(self.shown_ids) < len(every)
        return chooser(asked, ticks(every, self.shown_ids), narrowed, query(asked, **{SHOW: ""}))

    def _row(self, row: RowLine) -> list[Cell]:
        data = json.loads(row.data)
        url = reverse("register_row", args=[self.register.id, row.key])
        since = [Cell(row.from_day)] if _SINCE.id in self.shown_ids else []
        return [Cell(row.key, url), *(Cell(column.text(data)) for column in self._fields[1:]), *since]

    def _sums(self, totals: Totals) -> list[Cell]:
        many, numbers = totals
        by_id = {column.id: column.total(numbers.get(column.id)) for column in self._fields}
        return [Cell(f"合计 {many}行"), *(Cell(by_id.get(column.id, "")) for column in self._columns[1:])]

    def _lines(self) -> Iterator[list[str]]:
        rows = self._rows.values_list(*RowLine._fields)
        for some in pieces(rows, ("-key",) if self._falls else ("key",), lambda row: (row[0],)):
            yield from ([cell.text for cell in self._row(RowLine._make(row))] for row in some)

    def _filters(self) -> list[Filter]:
        return [Filter("on", "哪一天在册", self.on, kind="date"), *field_filters(self.columns, self.chosen)]
