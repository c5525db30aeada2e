"""One procedure's list for one person: what the address asks, turned into a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.utils.safestring import SafeString

from fazheng.casework.lists.at_once import answers
from fazheng.casework.lists.cases import LIGHTS, Asked, CaseLine, case_rows, lines_of
from fazheng.casework.lists.columns import FieldColumn, columns_of
from fazheng.casework.lists.handing_out import HandedOut
from fazheng.casework.lists.rights import whos_of
from fazheng.casework.lists.sums import Totals
from fazheng.lawbook.procedure import Procedure
from fazheng.web.lists_asked import chosen_in, day_in, field_filters, options, select
from fazheng.web.lists_columns import SHOW, along, carried, chooser, chosen, ticks
from fazheng.web.lists_lines import AFTER, BEFORE
from fazheng.web.lists_memory import Memory
from fazheng.web.lists_read import Reading
from fazheng.web.paging import Place, pieces, query
from fazheng.web.tables import Cell, Column, Filter, Shown, Table, boxes, shown
from fazheng.web.visit import Visit

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
    every: tuple[Column, ...]
    reading: Reading

    @staticmethod
    def of(visit: Visit, procedure: str) -> Listing:
        """Raises Http404 for an unknown procedure. Whether any case opens to the person is asked by `opens`."""
        if procedure not in visit.book.procedures:
            raise Http404
        versions, memory = visit.book.procedures[procedure], Memory.of(visit.as_of)
        columns, every = memory.plans.kept(("columns", procedure), lambda: _columns(versions[-1]))
        whos = whos_of(visit.viewer, versions, visit.sections_of(procedure))
        asked = visit.request.GET or visit.request.POST
        meant = Asked(
            visit.bureau.code, versions, visit.today, whos, select(asked, "state", _STATES), day_in(asked, "since"),
            day_in(asked, "until"), select(asked, "light", _LIGHTS), asked.get("ref", "").strip()[:_REF],
            chosen_in(asked, columns),
        )  # fmt: skip
        return Listing(
            visit, versions[-1], every, Reading(visit.book, meant, columns, chosen(asked, every), memory)
        )  # fmt: skip

    @property
    def partly(self) -> bool:
        return self.reading.asked.whos is not None

    @property
    def sum_query(self) -> str:
        """The address of this list with its sum row."""
        return query(self._got, sum="1")

    @property
    def carried(self) -> SafeString:
        """What the address asks, for the form that hands the list out."""
        return carried(self._got)

    def opens(self) -> None:
        """Raises PermissionDenied where the person has a part in no case of the procedure and reads not all. One
        statement, and none for who reads all.
        """
        if self.partly and not answers(self.reading.part)[0]:
            raise PermissionDenied

    def shown(self) -> Shown:
        """The table as HTML, kept until the book goes on: for all who may list the same cases and ask the same."""
        whos = self.reading.asked.whos
        key = ("table", self.version.id, None if whos is None else tuple(whos))
        return self.visit.kept_for_all(key, lambda: shown(self.table()))

    def table(self) -> Table:
        """The page that is asked for. Raises PermissionDenied, as `opens`."""
        asked, way, summed = self._got, self._way, bool(self._got.get("sum"))
        place = Place.asked(asked, _ORDERS[way])
        read = self.reading.page(place, self.visit.as_of.head.seq, summed=summed)
        if not read.opens:
            raise PermissionDenied
        _found, newer, older = place.page(read.rows, asked, _key(way))
        turned = {one: query(asked, sort=f"-{one}" if way == one else one) for one in ("opened", "ref")}
        return Table(
            f"{self.version.name}台账", self._columns, list(read.made.values()), EMPTY, self._boxes(),
            self._sums(read.totals) if summed else (), newer, older, way, turned, self._chooser(),
            along(asked),
        )  # fmt: skip

    def exported(self) -> HandedOut:
        """The whole list in its order, a piece at a time. Raises PermissionDenied, as `opens`."""
        self.opens()
        heads = [(column.label, column.number) for column in self._columns]
        rows = lines_of(case_rows(self.reading.asked, self.reading.columns))
        lines = self.reading.lines(pieces(rows, _ORDERS[self._way], _key(self._way)))
        return HandedOut(self.version.id, heads, lines, self.said)

    @property
    def said(self) -> str:
        """What was asked, in Chinese: for the entry of an export and for the head of a print."""
        one = self.reading.asked
        told = [f"开案自{one.since}" if one.since else "", f"开案至{one.until}" if one.until else "",
                _STATES.get(one.state, ""), _LIGHTS.get(one.light, ""), "按编号" if one.ref else ""]  # fmt: skip
        told += [f"{c.label}：{c.options[one.chosen[c.id]]}" for c in self.reading.columns if c.id in one.chosen]
        told.append(f"{len(self._columns)}列" if len(self._columns) < len(self.every) else "")
        return f"{self.version.name}台账" + "".join(f"；{part}" for part in told if part)

    @property
    def _got(self) -> QueryDict:
        return self.visit.request.GET

    @property
    def _way(self) -> str:
        asked = self.visit.request.GET or self.visit.request.POST
        return asked.get("sort", "") if asked.get("sort", "") in _ORDERS else "-opened"

    @property
    def _columns(self) -> list[Column]:
        ids = set(self.reading.shown)
        return [column for column in self.every if column.id in ids]

    def _sums(self, totals: Totals) -> list[Cell]:
        many, numbers = totals
        by_id = {column.id: column for column in self.reading.columns}
        told = [by_id[c.id].total(numbers.get(c.id)) if c.id in by_id else "" for c in self._columns[1:]]
        return [Cell(f"合计 {many}件"), *map(Cell, told)]

    def _chooser(self) -> SafeString:
        shown = self.reading.shown
        key = ("ticks", self.version.id, shown)
        made = self.reading.memory.plans.kept(key, lambda: ticks(self.every, shown))
        return chooser(self._got, made, len(shown) < len(self.every), query(self._got, **{SHOW: ""}))

    def _boxes(self) -> list[Filter | SafeString]:
        """The filters; those that choose are made once a day for what is chosen."""
        one, kept = self.reading.asked, self.reading.memory.plans.kept
        light = [
            Filter("state", "状态", one.state, options(_STATES, one.state), "select"),
            Filter("light", "灯", one.light, options(_LIGHTS, one.light), "select"),
        ]
        fields, key = self.reading.columns, tuple(sorted(one.chosen.items()))
        return [
            kept(("states", one.state, one.light), lambda: boxes(light)),
            Filter("since", "开案自", one.since, kind="date"),
            Filter("until", "至", one.until, kind="date"),
            Filter("ref", "本单位编号", one.ref),
            kept(("boxes", self.version.id, key), lambda: boxes(field_filters(fields, one.chosen))),
        ]


def _columns(version: Procedure) -> tuple[tuple[FieldColumn, ...], tuple[Column, ...]]:
    """The fields of the list, and all its columns."""
    fields = columns_of(version)
    return fields, (*BEFORE, *(Column(c.id, c.label, number=c.number) for c in fields), *AFTER)


def _key(way: str) -> Callable[[Sequence[Any]], tuple[str, str]]:
    """The values of the order of a row, which holds the fields of a CaseLine."""
    by = CaseLine._fields.index("ref" if way.lstrip("-") == "ref" else "opened_on")
    return lambda row: (row[by], row[0])
