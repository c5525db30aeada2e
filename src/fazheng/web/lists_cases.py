"""One procedure's list for one person: what the address asks, turned into a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.core.exceptions import EmptyResultSet, PermissionDenied
from django.http import Http404
from django.utils.safestring import SafeString

from fazheng.casework.lists.cases import LIGHTS, Asked, CaseLine, case_rows, sums
from fazheng.casework.lists.columns import FieldColumn, called, columns_of
from fazheng.casework.lists.handing_out import HandedOut
from fazheng.casework.lists.held import Held, held_of
from fazheng.casework.lists.rights import has_part, whos_of
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure
from fazheng.ledger.models import ClockRow
from fazheng.ledger.rows import rows as rows_of
from fazheng.web.clocks import Lamp, of_row
from fazheng.web.lists_asked import chosen_in, day_in, field_filters, options, select
from fazheng.web.names import case_url
from fazheng.web.paging import Place, pieces, query
from fazheng.web.tables import EMPTY as NONE
from fazheng.web.tables import Cell, Column, Filter, Shown, Table, boxes, edges_of, line, shown
from fazheng.web.visit import Visit

BEFORE = (
    Column("case", "案件", frozen=True),
    Column("ref", "本单位编号", sort="ref"),
    Column("opened", "开案", sort="opened"),
    Column("state", "状态"),
    Column("light", "灯"),
    Column("clock", "最近的期限"),
    Column("due", "到期"),
)
AFTER = (Column("last", "最近一步"),)
_ORDERS = {
    "-opened": ("-opened_on", "-case_id"), "opened": ("opened_on", "case_id"),
    "ref": ("ref", "case_id"), "-ref": ("-ref", "-case_id"),
}  # fmt: skip
_REF = 120  # signs of a number; the column holds no more
_STATES = {"open": "未结", "closed": "已结"}
_LIGHTS = dict(zip(LIGHTS, ("红灯", "黄灯", "绿灯"), strict=True))
EMPTY = "没有这样的案件。"


@dataclass(frozen=True)
class Listing:
    """What this person asked of which list; `partly`: they see only the cases they have a part in."""

    visit: Visit
    version: Procedure
    columns: tuple[FieldColumn, ...]
    asked: Asked

    @staticmethod
    def of(visit: Visit, procedure: str) -> Listing:
        """Raises Http404 for an unknown procedure. Whether any case opens to the person is asked by `opens`."""
        if procedure not in visit.book.procedures:
            raise Http404
        versions = visit.book.procedures[procedure]
        columns = visit.as_of.kept(("columns", procedure), lambda: columns_of(versions[-1]))
        whos = whos_of(visit.viewer, versions, visit.sections_of(procedure))
        asked = visit.request.GET or visit.request.POST
        return Listing(visit, versions[-1], columns, Asked(
            visit.bureau.code, versions, visit.today, whos, select(asked, "state", _STATES), day_in(asked, "since"),
            day_in(asked, "until"), select(asked, "light", _LIGHTS), asked.get("ref", "").strip()[:_REF],
            chosen_in(asked, columns),
        ))  # fmt: skip

    @property
    def partly(self) -> bool:
        return self.asked.whos is not None

    @property
    def sum_query(self) -> str:
        """The address of this list with its sum row."""
        return query(self.visit.request.GET, sum="1")

    def opens(self) -> None:
        """Raises PermissionDenied where the person has a part in no case of the procedure and reads not all. One
        statement, and none for who reads all.
        """
        if self.asked.whos is not None and not has_part(self.asked.bureau, self.version.id, self.asked.whos):
            raise PermissionDenied

    def shown(self) -> Shown:
        """The table as HTML, kept until the book goes on: for all who may list the same cases and ask the same."""
        return self.visit.kept_for_all(("table", self.version.id, self._whos), lambda: shown(self.table()))

    @property
    def _whos(self) -> tuple[str, ...] | None:
        return None if self.asked.whos is None else tuple(self.asked.whos)

    def table(self) -> Table:
        """The page that is asked for. Raises PermissionDenied, as `opens`."""
        asked, way = self.visit.request.GET, self._way
        place = Place.asked(asked, _ORDERS[way])
        found, newer, older = place.page(self._read(place), asked, _key(way))
        if not found:
            self.opens()
        turned = {one: query(asked, sort=f"-{one}" if way == one else one) for one in ("opened", "ref")}
        return Table(
            f"{self.version.name}台账", self._columns, self._made(found), EMPTY, [self._boxes()],
            self._sums() if asked.get("sum") else (), newer, older, way, turned,
        )  # fmt: skip

    def exported(self) -> HandedOut:
        """The whole list in its order, a piece at a time. Raises PermissionDenied, as `opens`."""
        self.opens()
        heads = [(column.label, column.number) for column in self._columns]
        return HandedOut(self.version.id, heads, self._lines(), self.said)

    @property
    def said(self) -> str:
        """What was asked, in Chinese: for the entry of an export and for the head of a print."""
        one = self.asked
        told = [f"开案自{one.since}" if one.since else "", f"开案至{one.until}" if one.until else "",
                _STATES.get(one.state, ""), _LIGHTS.get(one.light, ""), "按编号" if one.ref else ""]  # fmt: skip
        told += [f"{c.label}：{c.options[one.chosen[c.id]]}" for c in self.columns if c.id in one.chosen]
        return f"{self.version.name}台账" + "".join(f"；{part}" for part in told if part)

    @property
    def _way(self) -> str:
        asked = self.visit.request.GET or self.visit.request.POST
        return asked.get("sort", "") if asked.get("sort", "") in _ORDERS else "-opened"

    @property
    def _columns(self) -> list[Column]:
        def made() -> list[Column]:
            return [*BEFORE, *(Column(c.id, c.label, number=c.number) for c in self.columns), *AFTER]

        return self.visit.as_of.all_day.kept(("table columns", self.version.id), made)

    def _read(self, place: Place) -> list[CaseLine]:
        """The rows of that page. To compose the statement takes longer than to run it: it stands for the day."""

        def composed() -> tuple[str, tuple[Any, ...]] | None:
            rows = case_rows(self.asked, self.columns).values_list(*CaseLine._fields)
            try:
                return place.rows(rows).query.sql_with_params()
            except EmptyResultSet:  # Django sees from the filters that no case can be meant
                return None

        key = ("statement", self._whos, *self._narrowed, place)
        statement = self.visit.as_of.all_day.kept(key, composed)
        return [CaseLine._make(row) for row in rows_of(*statement)] if statement else []

    def _made(self, rows: Sequence[CaseLine]) -> list[SafeString]:
        """The rows as HTML. A case is asked for, and its row made, once a day and again when it has a newer entry."""
        known = self.visit.as_of.all_day
        made = {row.case_id: known.get(("line", row.case_id, row.last_version)) for row in rows}
        unmade = [row for row in rows if made[row.case_id] is None]
        edges = edges_of(self._columns) if unmade else []
        for row, cells in zip(unmade, self._cells(unmade), strict=True):
            made[row.case_id] = known.keep(("line", row.case_id, row.last_version), line(edges, cells))
        return [one for one in made.values() if one is not None]

    def _cells(self, rows: Sequence[CaseLine]) -> list[list[Cell]]:
        held = held_of(rows, self.asked, self.columns)
        return [self._row(row, held[row.case_id]) for row in rows]

    def _row(self, row: CaseLine, held: Held) -> list[Cell]:
        lamp, found = self._lamp(row, held), row.case_id
        due = (lamp.due + ("（预计）" if lamp.estimate else "")) if lamp else ""
        cells = [
            Cell(called(self._book, found), case_url(found)),
            Cell(row.ref),
            Cell(row.opened_on),
            Cell(f"{row.closed_on}结案" if row.closed_on else "未结"),
            Cell(lamp.words, light=lamp.light) if lamp else NONE,
            Cell(lamp.name if lamp else ""),
            Cell(due),
        ]
        for event, width, places in self._events:
            filled = [NONE] * width
            for name, value in held.events.get(event, {}).items():
                if value is not None:
                    for place, column in places.get(name, ()):
                        filled[place] = Cell(column.text({name: value}))
            cells += filled
        cells.append(Cell(row.last_on))
        return cells

    @cached_property
    def _events(self) -> list[tuple[str, int, dict[str, list[tuple[int, FieldColumn]]]]]:
        """Events in the columns' order: how many columns each fills, and field → their places among these."""
        found: list[tuple[str, int, dict[str, list[tuple[int, FieldColumn]]]]] = []
        for event, some in groupby(self.columns, key=lambda column: column.event):
            columns, places = list(some), dict[str, list[tuple[int, FieldColumn]]]()
            for place, column in enumerate(columns):
                places.setdefault(column.field, []).append((place, column))
            found.append((event, len(columns), places))
        return found

    @cached_property
    def _book(self) -> LawBook:
        return self.visit.book

    def _lamp(self, row: CaseLine, held: Held) -> Lamp | None:
        near = held.clock
        if near is None:
            return None
        clock = ClockRow(case_id=row.case_id, limit=near.limit, begun=near.begun, due=near.due, estimate=near.estimate)
        return of_row(clock, self._book, self.visit.today)

    def _sums(self) -> list[Cell]:
        def made() -> tuple[int, dict[str, int | None]]:
            return sums(case_rows(self.asked, self.columns), self.asked, self.columns)

        many, totals = self.visit.as_of.kept(("sums", self._whos, *self._narrowed), made)
        ahead = [Cell(f"合计 {many}件"), *(Cell("") for _ in BEFORE[1:])]
        return [*ahead, *(Cell(c.total(totals.get(c.id))) for c in self.columns), *(Cell("") for _ in AFTER)]

    def _lines(self) -> Iterator[list[str]]:
        rows = case_rows(self.asked, self.columns).values_list(*CaseLine._fields)
        for some in pieces(rows, _ORDERS[self._way], _key(self._way)):
            yield from ([cell.text for cell in line] for line in self._cells([CaseLine._make(row) for row in some]))

    @property
    def _narrowed(self) -> tuple[object, ...]:
        """The list and what its filters leave of it: the key of what is kept for all who ask so."""
        one = self.asked
        chosen = tuple(sorted(one.chosen.items()))
        return self.version.id, one.state, one.since, one.until, one.light, one.ref, chosen

    def _boxes(self) -> SafeString:
        return self.visit.as_of.all_day.kept(("boxes", *self._narrowed), lambda: boxes(self._filters()))

    def _filters(self) -> list[Filter]:
        one = self.asked
        return [
            Filter("state", "状态", one.state, options(_STATES, one.state), "select"),
            Filter("light", "灯", one.light, options(_LIGHTS, one.light), "select"),
            Filter("since", "开案自", one.since, kind="date"),
            Filter("until", "至", one.until, kind="date"),
            Filter("ref", "本单位编号", one.ref),
            *field_filters(self.columns, one.chosen),
        ]


def _key(way: str) -> Callable[[Sequence[Any]], tuple[str, str]]:
    """The values of the order of a row, which holds the fields of a CaseLine."""
    by = CaseLine._fields.index("ref" if way.lstrip("-") == "ref" else "opened_on")
    return lambda row: (row[by], row[0])
