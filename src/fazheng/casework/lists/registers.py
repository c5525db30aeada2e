"""A register as a list: the rows that stand on a day, filtered and summed by the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from fazheng.casework.lists.at_once import Question, gathered_from
from fazheng.casework.lists.cases import chosen_as, integer_of
from fazheng.casework.lists.columns import FieldColumn
from fazheng.casework.lists.sums import Totals
from fazheng.ledger.models import RegisterRow


class RowLine(NamedTuple):
    """The columns of a register's row that a list shows, as `rows.values_list(*RowLine._fields)` gives them."""

    key: str
    data: str
    from_day: str


def register_rows(
    bureau: str, register: str, on: str, chosen: Mapping[str, str], columns: Sequence[FieldColumn]
) -> QuerySet[RegisterRow]:
    """The rows that stand on the day (ISO text), of which each chosen column holds the option; unordered."""
    stands = Q(to_day__isnull=True) | Q(to_day__gt=on)
    rows = RegisterRow.objects.filter(stands, bureau=bureau, register=register, from_day__lte=on)
    by_id = {column.id: column for column in columns}
    for name, option in chosen.items():
        if name in by_id and option in by_id[name].options:
            rows = rows.filter(chosen_as(by_id[name], option))
    return rows


def register_sums(rows: QuerySet[RegisterRow], columns: Sequence[FieldColumn]) -> Question:
    """How many rows there are, and the sum of each number column: answered by one row of numbers."""
    summed = [column for column in columns if column.summed]
    told = {f"n{n}": Sum(integer_of(column)) for n, column in enumerate(summed)}
    one = rows.order_by().values("register").annotate(many=Count("*"), **told).values_list("many", *told)
    return gathered_from(one, ["many", *told])


def totals_of(answer: Sequence[Sequence[int | None]], columns: Sequence[FieldColumn]) -> Totals:
    """What `register_sums` was answered: the count, and the sums, None where nothing was there to be summed."""
    summed = [column for column in columns if column.summed]
    many, *numbers = answer[0] if answer else (0, *(None for _ in summed))
    return int(many or 0), {column.id: number for column, number in zip(summed, numbers, strict=True)}
