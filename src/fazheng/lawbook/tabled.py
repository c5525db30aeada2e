"""What stands in a report beside its sentences: charts, tables of figures with counting rules, lists of dated acts."""

from __future__ import annotations

from typing import Literal

from fazheng.lawbook.procedure import Mark, Table


class Chart(Table, frozen=True, kw_only=True):
    """Figures drawn over years. `years`: bars, three years in turn; `shares`: the parts of each as one stacked bar."""

    id: str
    title: str
    figures: tuple[str, ...]
    draws: Literal["years", "shares"] = "years"


class FormRow(Table, frozen=True, kw_only=True):
    """A row of a form: a figure id a cell; empty where no procedure reaches it; `-` where there can be none.

    `unit` 万元 writes 元 with `digits` decimals. `why` says what is missing where no cell names a figure.
    """

    name: str
    cells: tuple[str, ...] = ()
    unit: str = ""
    digits: int = 2
    why: str = ""


class CountingRule(Table, frozen=True, kw_only=True):
    """A rule of counting, printed under the table, with where it was read."""

    says: str
    source: str
    mark: Mark


class Form(Table, frozen=True, kw_only=True):
    """A table of figures. `why`: why no row of it has data, where no procedure reaches it."""

    id: str
    name: str
    columns: tuple[str, ...]
    row: tuple[FormRow, ...] = ()
    rule: tuple[CountingRule, ...] = ()
    why: str = ""


class Acts(Table, frozen=True, kw_only=True):
    """Dated acts of one person: standing events of a procedure in which the person has the part `through`.

    `through` is `by`, a field that names people, or a yes_no that says it of the head. `tells` are fields that are
    printed. `none` says what was looked for where there is nothing.
    """

    id: str
    title: str
    did: str
    of: str
    event: str
    through: str = "by"
    tells: tuple[str, ...] = ()
