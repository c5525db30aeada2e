"""Several questions in one statement: each row of the answer says which question it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fazheng.ledger.rows import Value, rows
from fazheng.ledger.whole import opened

Row = tuple[str | None, ...]  # each column as text: a number in digits, a yes as "1" or "true"


@dataclass(frozen=True, slots=True)
class Question:
    """A SELECT of so many columns, its parameters written %s. It may read from the questions put before it by their
    names, whose columns are c0, c1 … `for_others`: it is put for their sake alone, and not answered.
    """

    text: str
    params: tuple[Value | None, ...]
    columns: int
    for_others: bool = False


def question(queryset: Any, *, for_others: bool = False) -> Question:
    """What a queryset of `values_list` asks."""
    query = queryset.query
    text, params = query.get_compiler(connection=opened()).as_sql()
    return Question(text, tuple(params), len(query.values_select) + len(query.annotation_select), for_others)


def joined(questions: Mapping[str, Question]) -> dict[str, list[Row]]:
    """The answers, by question, in no order. One statement; none for no question. The names are plain words."""
    found: dict[str, list[Row]] = {name: [] for name, one in questions.items() if not one.for_others}
    if not found:
        return found
    names, widest = list(found), max(questions[name].columns for name in found)
    before = ", ".join(f"{name}({_columns(one)}) AS ({one.text})" for name, one in questions.items())
    each = (_shown(n, name, questions[name], widest) for n, name in enumerate(names))
    asked = f"WITH {before} {' UNION ALL '.join(each)}"
    for n, *told in rows(asked, [param for one in questions.values() for param in one.params]):
        name = names[int(n)]
        found[name].append(tuple(told[: questions[name].columns]))
    return found


def _columns(one: Question) -> str:
    return ", ".join(f"c{n}" for n in range(one.columns))


def _shown(n: int, name: str, one: Question, widest: int) -> str:
    told = [f"CAST({f'c{n}' if n < one.columns else 'NULL'} AS text)" for n in range(widest)]
    return f"SELECT {n}, {', '.join(told)} FROM {name}"


def yes(text: str | None) -> bool:
    """A column that holds yes or no."""
    return text in ("1", "true")
