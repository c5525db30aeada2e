"""Which columns of a wide table are shown: ticked, kept in the address, and so in views, exports and prints too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from fazheng.web.tables import Column

SHOW = "show"  # of the address: columns by their ids, one after the other or with commas between
_WORDS = {"after", "before"}


def chosen(asked: QueryDict, columns: Iterable[Column]) -> tuple[str, ...]:
    """The ids of the columns that the address asks for, in their order; all where it asks for none that is known. The
    frozen one is always shown.
    """
    every = list(columns)
    wanted = {word for words in asked.getlist(SHOW) for word in words.split(",")}
    some = tuple(column.id for column in every if column.id in wanted or column.frozen)
    narrowed = any(column.id in wanted for column in every if not column.frozen)
    return some if narrowed else tuple(column.id for column in every)


def ticks(columns: Sequence[Column], shown: Sequence[str]) -> SafeString:
    """A box to tick for each column but the frozen one, as HTML."""
    told = set(shown)
    return mark_safe(
        "".join(
            f'<label><input type="checkbox" name="{SHOW}" value="{escape(column.id)}"'
            f"{' checked' if column.id in told else ''}> {escape(column.label)}</label>"
            for column in columns
            if not column.frozen
        )
    )


def chooser(asked: QueryDict, boxes: SafeString, narrowed: bool, all_url: str) -> SafeString:
    """The form that chooses, closed at first; what else the address asks goes along. `all_url` shows every column."""
    every = f' <a href="{escape(all_url)}">全部列</a>' if narrowed else ""
    return mark_safe(
        f'<details class="columns"><summary>选择列{"（已选）" if narrowed else ""}</summary><form method="get">'
        f'{carried(asked, SHOW)}<fieldset><legend class="hidden">显示哪些列</legend>{boxes}</fieldset>'
        f"<button>只看打勾的列</button>{every}</form></details>"
    )


def carried(asked: QueryDict, *without: str) -> SafeString:
    """What the address asks, as hidden boxes of another form; not where its page begins, nor what is named."""
    return mark_safe(
        "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(str(value))}">'
            for name, values in asked.lists()
            if name not in _WORDS and name not in without
            for value in values
            if value
        )
    )


def along(asked: QueryDict) -> SafeString:
    """The columns that are shown, as a hidden box of the form that filters."""
    words = ",".join(asked.getlist(SHOW))
    return mark_safe(f'<input type="hidden" name="{SHOW}" value="{escape(words)}">' if words else "")
