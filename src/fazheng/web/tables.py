"""Wide tables (台账): columns, rows, filters, a sum row, and pages by key: never an OFFSET, never a count of all."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from fazheng.web.forms import Option

M = TypeVar("M", bound=Model)
PAGE_ROWS = 50
_WORDS = {"after", "before"}  # of the address: where a page begins


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
    """A table as `parts/table.html` shows it; `rows` hold a Cell for each column."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    empty: str = "没有记录。"
    filters: Sequence[Filter] = ()
    sums: Sequence[Cell] = ()
    newer: str = ""  # the address of the page before, "" on the first
    older: str = ""
    sorted_by: str = ""
    sort_urls: Mapping[str, str] = field(default_factory=dict)

    @property
    def heads(self) -> SafeString:
        """The heads as HTML, with the address that sorts by a column and how it is sorted now."""
        ways = {self.sorted_by.lstrip("-"): "descending" if self.sorted_by.startswith("-") else "ascending"}
        return mark_safe(
            "".join(_head(one, self.sort_urls.get(one.sort, ""), ways.get(one.sort, "")) for one in self.columns)
        )

    @property
    def body(self) -> SafeString:
        """The rows as HTML. Fifty rows of thirty columns cost a template ten times what they cost here."""
        around = [_around(column) for column in self.columns]
        return mark_safe("".join(f"<tr>{''.join(map(_cell, around, row))}</tr>" for row in self.rows))

    @property
    def boxes(self) -> SafeString:
        """The filters as HTML."""
        return mark_safe("".join(map(_box, self.filters)))

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

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


def _around(column: Column) -> tuple[str, str]:
    """What stands before and behind a cell of the column."""
    if column.frozen:
        return '<th scope="row" class="frozen">', "</th>"
    return '<td class="number">' if column.number else "<td>", "</td>"


def _cell(around: tuple[str, str], cell: Cell) -> str:
    before, behind = around
    if cell is EMPTY:
        return before + behind
    text = escape(cell.text) if cell.text else ""
    if cell.url and text:
        text = f'<a href="{escape(cell.url)}">{text}</a>'
    elif cell.light:
        text = f'<span class="light {escape(cell.light)}">{text}</span>'
    return f"{before}{text}{behind}"


def keyset(
    rows: QuerySet[M], order: Sequence[str], asked: QueryDict, key: Callable[[M], Sequence[str]]
) -> tuple[list[M], str, str]:
    """One page of `rows` in `order` (field names, "-" before those that fall; the last ones make it unique), and the
    queries of the page before and of the page after, "" where there is none. One statement.

    `key` gives the values of `order` of a row. What the address says wrongly is the first page.
    """
    after, before = _read(asked.get("after", ""), order), _read(asked.get("before", ""), order)
    backwards = before is not None
    way = [_turned(name) for name in order] if backwards else list(order)
    at = before if backwards else after
    page = list((rows.filter(_beyond(way, at)) if at else rows).order_by(*way)[: PAGE_ROWS + 1])
    more, page = len(page) > PAGE_ROWS, page[:PAGE_ROWS]
    page = page[::-1] if backwards else page
    if not page:
        return page, (query(asked) if at else ""), ""
    earlier = more if backwards else after is not None
    later = True if backwards else more
    newer = query(asked, before=_text(key(page[0]))) if earlier else ""
    return page, newer, query(asked, after=_text(key(page[-1]))) if later else ""


def pieces(
    rows: QuerySet[M], order: Sequence[str], key: Callable[[M], Sequence[str]], many: int = 1000
) -> Iterator[list[M]]:
    """All of `rows` in `order`, many at a time; each piece is one statement, and nothing more of them is held."""
    rows = rows.order_by(*order)
    some = list(rows[:many])
    while some:
        yield some
        some = list(rows.filter(_beyond(order, key(some[-1])))[:many]) if len(some) == many else []


def asked_for(request: HttpRequest) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the address asks, as it was read: the key of what is kept for all who ask the same."""
    return tuple((name, tuple(map(str, values))) for name, values in request.GET.lists())


def query(asked: QueryDict, **changed: str) -> str:
    """The query of this address with some of it changed, from its first page unless `changed` names another."""
    kept = [(name, value) for name, value in asked.items() if name not in _WORDS and name not in changed and value]
    return "?" + urlencode([*kept, *((name, value) for name, value in changed.items() if value)])


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(way: Sequence[str], at: Sequence[str]) -> Q:
    """Rows after `at`. The first field bounds by itself, so that an index walks straight there."""
    first = way[0].lstrip("-")
    bound = Q(**{f"{first}__{'lte' if way[0].startswith('-') else 'gte'}": at[0]})
    beyond = Q()
    for n, name in enumerate(way):
        field, test = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        same = {earlier.lstrip("-"): value for earlier, value in zip(way[:n], at, strict=False)}
        beyond |= Q(**same, **{f"{field}__{test}": at[n]})
    return bound & beyond


def _text(key: Sequence[str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(key), ensure_ascii=False).encode()).decode().rstrip("=")


def _read(text: str, order: Sequence[str]) -> list[str] | None:
    try:
        found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        return None
    whole = isinstance(found, list) and len(found) == len(order) and all(isinstance(one, str) for one in found)
    return found if whole else None
