"""Wide tables (台账): columns, rows, filters, a sum row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from fazheng.web.forms import Option

FROZEN = ('<th scope="row" class="frozen">', "</th>")
NUMBER = ('<td class="number">', "</td>")
PLAIN = ("<td>", "</td>")
_FEW = 7  # columns
EMPTY_TEXT = SafeString("")


@dataclass(frozen=True, slots=True)
class Column:
    """`frozen`: stays while the others scroll by. `sort`: the name the address uses, "" where it does not sort."""

    id: str
    label: str
    frozen: bool = False
    number: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; `light` is red, yellow or green, and `text` then says it in words."""

    text: str
    url: str = ""
    light: str = ""


EMPTY = Cell("")  # most of a wide table


@dataclass(frozen=True, slots=True)
class Filter:
    """A box above the table. `options` make it a choice."""

    name: str
    label: str
    value: str = ""
    options: Sequence[Option] = ()
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as `parts/table.html` shows it. A row holds a Cell a column, or is a `line`; filters may be `boxes`."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell] | SafeString]
    empty: str = "没有记录。"
    filters: Sequence[Filter | SafeString] = ()
    sums: Sequence[Cell] = ()
    newer: str = ""  # the address of the page before, "" on the first
    older: str = ""
    sorted_by: str = ""
    sort_urls: Mapping[str, str] = field(default_factory=dict)
    chooser: SafeString = EMPTY_TEXT  # the form that chooses columns
    carried: SafeString = EMPTY_TEXT  # what the filters take along, as hidden boxes

    @property
    def heads(self) -> SafeString:
        """The heads as HTML, with the address that sorts by a column and how it is sorted now."""
        ways = {self.sorted_by.lstrip("-"): "descending" if self.sorted_by.startswith("-") else "ascending"}
        return mark_safe(
            "".join(_head(one, self.sort_urls.get(one.sort, ""), ways.get(one.sort, "")) for one in self.columns)
        )

    @property
    def few(self) -> bool:
        """Whether a phone shows each row as some lines, a cell in each with its head, and not the whole sideways."""
        return len(self.columns) <= _FEW and not self.sort_urls

    @property
    def body(self) -> SafeString:
        """The rows as HTML. Fifty rows of thirty columns cost a template ten times what they cost here."""
        edges = edges_of(self.columns, named=self.few)
        return mark_safe("".join(row if isinstance(row, SafeString) else line(edges, row) for row in self.rows))

    @property
    def boxes(self) -> SafeString:
        """The filters as HTML."""
        return boxes(self.filters)

    @property
    def foot(self) -> list[tuple[Column, Cell]]:
        return list(zip(self.columns, self.sums, strict=True)) if self.sums else []


@dataclass(frozen=True, slots=True)
class Shown:
    """A table made ready: what `parts/table.html` says of it. `summed`: with its sum row."""

    caption: str
    summed: bool
    html: SafeString


def shown(table: Table) -> Shown:
    return Shown(table.caption, bool(table.sums), render_to_string("parts/table.html", {"table": table}))


def boxes(filters: Iterable[Filter | SafeString]) -> SafeString:
    """The filters as HTML, with what was made of others before."""
    return mark_safe("".join(one if isinstance(one, SafeString) else _box(one) for one in filters))


@lru_cache(maxsize=2000)
def _head(column: Column, url: str, way: str) -> str:
    classes = " ".join(word for word, put in (("frozen", column.frozen), ("number", column.number)) if put)
    text, arrow = escape(column.label), {"descending": " ↓", "ascending": " ↑"}.get(way, "")
    marks = (f' class="{classes}"' if classes else "") + (f' aria-sort="{way}"' if way else "")
    return f'<th scope="col"{marks}>' + (f'<a href="{escape(url)}">{text}{arrow}</a>' if url else text) + "</th>"


def _box(box: Filter) -> str:
    name = escape(box.name)
    label = f'<div><label for="by-{name}">{escape(box.label)}</label>'
    if box.kind != "select":
        kind = escape(box.kind)
        return f'{label}<input id="by-{name}" name="{name}" type="{kind}" value="{escape(box.value)}"></div>'
    options = "".join(
        f'<option value="{escape(one.value)}"{" selected" if one.chosen else ""}>{escape(one.label)}</option>'
        for one in box.options
    )
    return f'{label}<select id="by-{name}" name="{name}">{options}</select></div>'


def edges_of(columns: Sequence[Column], *, named: bool = False) -> list[tuple[str, str]]:
    """What stands before and behind the cells of each column. `named`: with the head of the column."""
    edges = [FROZEN if column.frozen else NUMBER if column.number else PLAIN for column in columns]
    if not named:
        return edges
    heads = [f' data-head="{escape(column.label)}">' for column in columns]
    return [(before[:-1] + head, behind) for (before, behind), head in zip(edges, heads, strict=True)]


def line(edges: Sequence[tuple[str, str]], row: Sequence[Cell]) -> SafeString:
    """A row as HTML."""
    return mark_safe(f"<tr>{''.join(map(_cell, edges, row))}</tr>")


def _cell(edges: tuple[str, str], cell: Cell) -> str:
    before, behind = edges
    if cell is EMPTY:
        return before + behind
    text = escape(cell.text) if cell.text else ""
    if cell.url and text:
        text = f'<a href="{escape(cell.url)}">{text}</a>'
    elif cell.light:
        text = f'<span class="light {escape(cell.light)}">{text}</span>'
    return f"{before}{text}{behind}"
