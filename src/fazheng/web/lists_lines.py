"""How a case becomes a row: a plan made once for the columns shown, then filled case by case.

Most cells of a wide table are empty or hold what many others hold: empty ones are in the plan, others are remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from fazheng.casework.lists.cases import CaseLine
from fazheng.casework.lists.columns import FieldColumn, called
from fazheng.casework.lists.held import Held
from fazheng.lawbook.load import LawBook
from fazheng.web.clocks import Lamp
from fazheng.web.names import case_url
from fazheng.web.tables import FROZEN, NUMBER, PLAIN, Column

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
CLOCKED = frozenset({"light", "clock", "due"})  # the columns for which clocks are read
_SELDOM = frozenset({"words", "document_no"})  # said of one case: not worth remembering
_REMEMBERED = 500  # values of a column

Told = Callable[[Any], str]
Cell = Callable[[CaseLine, Lamp | None], str]


def state_of(row: CaseLine) -> str:
    """How the case stands, in words."""
    if not row.stands:
        return "已撤回"
    return f"{row.closed_on}结案" if row.closed_on else "未结"


def due_of(lamp: Lamp) -> str:
    """The last day, and whether it is an estimate."""
    return lamp.due + ("（预计）" if lamp.estimate else "")


class Lines:
    """The rows of one procedure's list with the columns `shown`, as text or as HTML.

    `events` are those whose data `Held.events` must hold, in that order; `clocked`: the clock is shown.
    """

    def __init__(self, book: LawBook, columns: Sequence[FieldColumn], shown: Sequence[str], *, html: bool) -> None:
        self._book, self._html = book, html
        self._years: dict[str, tuple[str, str, str]] = {}
        ids = list(shown)
        fields = [column for column in columns if column.id in set(ids)]
        self.clocked = not CLOCKED.isdisjoint(ids)
        self.events = tuple(dict.fromkeys(column.event for column in fields))
        own = self._own()
        self._places = [(ids.index(id), own[id]) for id in own if id in ids]
        self._fields: list[dict[str, list[tuple[int, Told]]]] = [{} for _ in self.events]
        self._blank = [_around("", PLAIN) if html else ""] * len(ids)
        for column in fields:
            around = (NUMBER if column.number else PLAIN) if html else None
            place = ids.index(column.id)
            if around:
                self._blank[place] = _around("", around)
            of = self._fields[self.events.index(column.event)]
            of.setdefault(column.field, []).append((place, _told(column, around)))

    def cells(self, row: CaseLine, held: Held, lamp: Lamp | None) -> list[str]:
        """One row, a text a column."""
        filled = self._blank.copy()
        for place, own in self._places:
            filled[place] = own(row, lamp)
        for data, fields in zip(held.events, self._fields, strict=False):
            if data:
                for name, value in data.items():
                    if name in fields and value is not None:
                        for place, told in fields[name]:
                            filled[place] = told(value)
        return filled

    def line(self, row: CaseLine, held: Held, lamp: Lamp | None) -> SafeString:
        """One row of a table."""
        return mark_safe(f"<tr>{''.join(self.cells(row, held, lamp))}</tr>")

    def _own(self) -> dict[str, Cell]:
        """What stands beside the fields, column by column."""
        plain: Callable[[str], str] = _cell if self._html else str
        none = plain("")
        return {
            "case": self._case if self._html else lambda row, _: called(self._book, row.case_id),
            "ref": lambda row, _: _around(escape(row.ref), PLAIN) if self._html else row.ref,
            "opened": lambda row, _: plain(row.opened_on),
            "state": lambda row, _: plain(state_of(row)),
            "light": lambda _, lamp: (_light(lamp) if self._html else lamp.words) if lamp else none,
            "clock": lambda _, lamp: plain(lamp.name) if lamp else none,
            "due": lambda _, lamp: plain(due_of(lamp)) if lamp else none,
            "last": lambda row, _: plain(row.last_on),
        }

    def _case(self, row: CaseLine, _: Lamp | None) -> str:
        """The case with its address. All of a year begin alike: the most of both is made once."""
        year, _dash, number = row.case_id.rpartition("-")
        if not (number.isascii() and number.isdecimal()):
            return self._called(row.case_id)
        around = self._years.get(year)
        if around is None:
            whole = self._called(f"{year}-0")
            address, _nought, said = whole.partition("-0/")
            before, _nought, behind = said.rpartition("0号")
            around = self._years[year] = (address, before, behind)
        address, before, behind = around
        return f"{address}-{number}/{before}{int(number)}号{behind}" if before else self._called(row.case_id)

    def _called(self, case_id: str) -> str:
        name, url = called(self._book, case_id), case_url(case_id)
        return _around(f'<a href="{escape(url)}">{escape(name)}</a>', FROZEN)


def _told(column: FieldColumn, around: tuple[str, str] | None) -> Told:
    """What makes a value of that column into its cell."""

    def told(value: Any) -> str:
        text = column.text({column.field: list(value) if isinstance(value, tuple) else value})
        return _around(escape(text), around) if around else text

    if column.kind.apart:
        covered = told(True)
        return lambda value: covered if value != [] else told([])
    if column.kind.name in _SELDOM:
        before, behind = around or ("", "")
        plain = escape if around else str
        return lambda value: f"{before}{plain(value)}{behind}" if isinstance(value, str) else told(value)
    remembered = lru_cache(_REMEMBERED, typed=True)(told)

    def again(value: Any) -> str:
        try:
            return remembered(tuple(value) if isinstance(value, list) else value)
        except TypeError:  # what cannot be remembered
            return told(value)

    return again


@lru_cache(5000)
def _cell(text: str) -> str:
    return _around(escape(text), PLAIN)


def _light(lamp: Lamp) -> str:
    return _around(f'<span class="light {escape(lamp.light)}">{escape(lamp.words)}</span>', PLAIN)


def _around(text: str, edges: tuple[str, str]) -> str:
    before, behind = edges
    return f"{before}{text}{behind}"
