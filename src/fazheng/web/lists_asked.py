"""What an address asks of a list: one of a few words, a day, an option of a column. Anything else is not asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import QueryDict

from fazheng.casework.lists.columns import FieldColumn
from fazheng.web.forms import Option
from fazheng.web.tables import Filter

PREFIX = "by."
_MOST = 6  # boxes for columns: more of them hide the table


def select(asked: QueryDict, name: str, known: Mapping[str, str]) -> str:
    """The word that is asked, "" for none or one that is not known."""
    word = asked.get(name, "")
    return word if word in known else ""


def day_in(asked: QueryDict, name: str, otherwise: str = "") -> str:
    """The day as ISO text; `otherwise` where there is none, or what stands there is no day."""
    try:
        return date.fromisoformat(asked.get(name, "")).isoformat()
    except ValueError:
        return otherwise


def chosen_in(asked: QueryDict, columns: Sequence[FieldColumn]) -> dict[str, str]:
    """A column's id → the option that is asked of it."""
    said = {name.removeprefix(PREFIX): str(option) for name, option in asked.items() if name.startswith(PREFIX)}
    return {c.id: said[c.id] for c in columns if said.get(c.id, "") in c.options} if said else {}


def options(known: Mapping[str, str], value: str) -> list[Option]:
    """The choices of a box, that nothing is asked among them."""
    return [Option("", "全部", not value), *(Option(word, name, word == value) for word, name in known.items())]


def field_filters(columns: Sequence[FieldColumn], chosen: Mapping[str, str]) -> list[Filter]:
    """A box for each of the first columns that hold choices, and for each that is asked already."""
    choices = [column for column in columns if column.options]
    shown = [column for n, column in enumerate(choices) if n < _MOST or column.id in chosen]
    return [
        Filter(f"{PREFIX}{c.id}", c.label, chosen.get(c.id, ""), options(c.options, chosen.get(c.id, "")), "select")
        for c in shown
    ]
