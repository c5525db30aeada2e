"""Many questions in few statements: each row of an answer says whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fazheng.figures.fragments import Sql
from fazheng.figures.wide.making import Form
from fazheng.figures.wide.tables import FORMS
from fazheng.ledger.rows import rows

Told = list[tuple[str | None, str]]  # of a question its rows: a part or nothing, a number or numbers
_AT_ONCE = 100  # questions in a statement: SQLite unites at most 500
_LONGEST = 400_000  # characters of a statement: less than half of what SQLite reads
_FORMS = (
    "procedure AS part, shape || ' ' || CAST(seq AS TEXT) || ' ' || digest || ' ' || since || ' ' || until AS told"
    f" FROM {FORMS} WHERE bureau = %s"
)


def asked(bureau: str, questions: Sequence[Sql]) -> Iterator[tuple[range, list[Told], dict[str, Form]]]:
    """The answers to the questions, some at a time: their places, what each was told, and the bureau's wide forms as
    they were when the same statement read them, by procedure.

    A question is what stands behind `SELECT n AS n, `: it yields a part and a text.
    """
    start = 0
    while start < len(questions):
        end = _end(questions, start)
        some = [Sql(_FORMS, (bureau,)), *questions[start:end]]
        text = " UNION ALL ".join(f"SELECT {n} AS n, {one.text}" for n, one in enumerate(some))
        told: list[Told] = [[] for _ in some]
        for n, part, number in rows(text, [param for one in some for param in one.params]):
            told[n].append((part, number))
        yield range(start, end), told[1:], {str(procedure): _form(said) for procedure, said in told[0]}
        start = end


def _end(questions: Sequence[Sql], start: int) -> int:
    """Where the questions of a statement that begins there end: at least one."""
    end, length = start, 0
    while end < len(questions) and end - start < _AT_ONCE and (end == start or length < _LONGEST):
        length += len(questions[end].text)
        end += 1
    return end


def _form(told: str) -> Form:
    shape, seq, digest, since, until = told.split(" ")
    return Form(shape, int(seq), digest, since, until)
