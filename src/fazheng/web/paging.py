"""Pages of a long list by key: never an OFFSET, never a count of all; and the addresses that lead to them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

T = TypeVar("T")
PAGE_ROWS = 50
_WORDS = {"after", "before"}  # of the address: where a page begins
_TOGETHER = {"show"}  # said several times, it means all of them
_LONGEST = 1000  # of such a word: no row has a longer key


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list a page begins: behind the row whose values of `order` are `at` (None: at the very first), and
    which way it is read.
    """

    order: tuple[str, ...]
    at: tuple[str, ...] | None = None
    backwards: bool = False

    @staticmethod
    def asked(asked: QueryDict, order: Sequence[str]) -> Place:
        """What the address says; the first page where it says it wrongly. `order`: field names, "-" before those that
        fall; the last ones make it unique.
        """
        before = _read(asked.get("before", ""), order)
        at = _read(asked.get("after", ""), order) if before is None else before
        return Place(tuple(order), at, before is not None)

    def marked(self) -> tuple[Place, dict[str, str]]:
        """The same place with marks for where it begins, and what each mark stands for: one statement for all such."""
        marks = [f"\0at{n}" for n in range(len(self.order))]
        return Place(self.order, tuple(marks) if self.at else None, self.backwards), dict(
            zip(marks, self.at or (), strict=False)
        )

    def rows(self, rows: QuerySet[Any, T]) -> QuerySet[Any, T]:
        """Those of `rows` on the page, and one more where the list goes on; no statement yet."""
        way = [_turned(name) for name in self.order] if self.backwards else list(self.order)
        return (rows.filter(_beyond(way, self.at)) if self.at else rows).order_by(*way)[: PAGE_ROWS + 1]

    def own(self, read: Sequence[T]) -> list[T]:
        """Those of what was `read` that stand on the page, in the list's order."""
        page = list(read[:PAGE_ROWS])
        return page[::-1] if self.backwards else page

    def page(self, read: Sequence[T], asked: QueryDict, key: Callable[[T], Sequence[str]]) -> tuple[list[T], str, str]:
        """The page of what was `read`, in the list's order, and the queries of the page before and of the page after,
        "" where there is none. `key` gives the values of `order` of a row.
        """
        more, page = len(read) > PAGE_ROWS, self.own(read)
        if not page:
            return page, (query(asked) if self.at else ""), ""
        earlier = more if self.backwards else self.at is not None
        later = True if self.backwards else more
        newer = query(asked, before=_text(key(page[0]))) if earlier else ""
        return page, newer, query(asked, after=_text(key(page[-1]))) if later else ""


def keyset(
    rows: QuerySet[Any, T], order: Sequence[str], asked: QueryDict, key: Callable[[T], Sequence[str]]
) -> tuple[list[T], str, str]:
    """One page of `rows`, as `Place.page` gives it. One statement."""
    place = Place.asked(asked, order)
    return place.page(list(place.rows(rows)), asked, key)


def pieces(
    rows: QuerySet[Any, T], order: Sequence[str], key: Callable[[T], Sequence[str]], many: int = 1000
) -> Iterator[list[T]]:
    """All of `rows` in `order`, many at a time; each piece is one statement, and nothing more of them is held."""
    rows = rows.order_by(*order)
    some = list(rows[:many])
    while some:
        yield some
        some = list(rows.filter(_beyond(order, key(some[-1])))[:many]) if len(some) == many else []


def query(asked: QueryDict, **changed: str) -> str:
    """The query of this address with some of it changed, from its first page unless `changed` names another."""
    named = [(name, ",".join(asked.getlist(name)) if name in _TOGETHER else value) for name, value in asked.items()]
    kept = [(name, value) for name, value in named if name not in _WORDS and name not in changed and value]
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


def _read(text: str, order: Sequence[str]) -> tuple[str, ...] | None:
    if len(text) > _LONGEST:
        return None
    try:
        found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        return None
    whole = (
        isinstance(found, list)
        and len(found) == len(order)
        and all(isinstance(one, str) and "\0" not in one for one in found)
    )
    return tuple(found) if whole else None
