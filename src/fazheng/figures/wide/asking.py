"""Many questions in few statements: each row of an answer says whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fazheng.figures.fragments import Sql
from fazheng.figures.wide.forms import Form
from fazheng.figures.wide.tables import FORMS
from fazheng.ledger.chain import Head
from fazheng.ledger.rows import rows

Answer = list[tuple[str | None, str]]  # of a question its rows: a part or nothing, a number or numbers
_AT_ONCE = 400  # questions in a statement: SQLite unites at most 500
_LONGEST = 800_000  # characters of a statement: less than what SQLite reads
_FORMS = (
    "procedure AS part, shape || ' ' || CAST(seq AS TEXT) || ' ' || since || ' ' || until AS told"
    f" FROM {FORMS} WHERE bureau = %s"
)
_END = "NULL AS part, CAST(seq AS TEXT) || ' ' || digest AS told FROM ledger_chain_head WHERE bureau = %s"


@dataclass(frozen=True, slots=True)
class Told:
    """What one statement told: the places of its questions, the rows of each, and beside them, as they were at that
    moment, the bureau's wide forms by procedure and the end of the book.
    """

    places: range
    answers: list[Answer]
    forms: Mapping[str, Form]
    end: Head | None


def asked(bureau: str, questions: Sequence[Sql]) -> Iterator[Told]:
    """The answers to the questions, some at a time.

    A question is what stands behind `SELECT n AS n, `: it yields a part and a text.
    """
    start = 0
    while start < len(questions):
        end = _end(questions, start)
        some = [Sql(_FORMS, (bureau,)), Sql(_END, (bureau,)), *questions[start:end]]
        forms, ends, *answers = united(some)
        here = next((Head(int(seq), digest) for _, told in ends for seq, digest in [told.split(" ")]), None)
        yield Told(range(start, end), answers, {str(of): _form(said) for of, said in forms}, here)
        start = end


def united(questions: Sequence[Sql]) -> list[Answer]:
    """The rows of each question, asked in one statement."""
    text = " UNION ALL ".join(f"SELECT {n} AS n, {one.text}" for n, one in enumerate(questions))
    told: list[Answer] = [[] for _ in questions]
    for n, part, number in rows(text, [param for one in questions for param in one.params]):
        told[n].append((part, number))
    return told


def _end(questions: Sequence[Sql], start: int) -> int:
    """Where the questions of a statement that begins there end: at least one."""
    end, length = start, 0
    while end < len(questions) and end - start < _AT_ONCE and (end == start or length < _LONGEST):
        length += len(questions[end].text)
        end += 1
    return end


def _form(told: str) -> Form:
    shape, seq, since, until = told.split(" ")
    return Form(shape, int(seq), since, until)
