"""A register as a list: the rows that stand on a day, filtered and summed by the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Count, Q, QuerySet, Sum

from fazheng.casework.lists.cases import chosen_as, integer_of
from fazheng.casework.lists.columns import FieldColumn
from fazheng.ledger.models import RegisterRow


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


def register_sums(rows: QuerySet[RegisterRow], columns: Sequence[FieldColumn]) -> tuple[int, dict[str, int | None]]:
    """How many rows there are, and the sum of each number column. One statement."""
    summed = [column for column in columns if column.summed]
    told = rows.order_by().aggregate(
        many=Count("key"), **{f"n{n}": Sum(integer_of(column)) for n, column in enumerate(summed)}
    )
    return told["many"], {column.id: told[f"n{n}"] for n, column in enumerate(summed)}
