"""Figures counted by SQL equal the same figures counted by folding each case and asking it in Python."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from fazheng.figures import count
from fazheng.figures.python import PythonReader
from fazheng.figures.sql import SqlReader
from fazheng.lawbook.conditions import Condition, Fact
from fazheng.lawbook.figure import Figure
from tests.figures.books import BUREAU, Writer, toy_law
from tests.figures.random_books import Scene, figures, register_figures, rows_asked, scenes

RANDOM = settings(
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
ASKED = st.lists(figures(), min_size=20, max_size=30)


class Undone(Exception):
    """Ends a transaction, so that the next random book begins empty."""


def hold_together(scene: Scene, asked: list[Figure]) -> None:
    """Seals the book, asks both readers over each period, and undoes the book.

    The readers are asked themselves, so that right sides of a wrong kind come before them too, which `count` refuses.
    """
    law = toy_law()
    with undone(scene.writer):
        for period in scene.periods:
            by_sql, in_python = SqlReader(BUREAU, law, period), PythonReader(BUREAU, law, period)
            for figure in asked:
                assert by_sql.read(figure) == in_python.read(figure)
            for procedure in law.procedures:
                assert by_sql.was_kept(procedure) == in_python.was_kept(procedure)


@contextmanager
def undone(writer: Writer) -> Iterator[None]:
    """The book sealed, for as long as this lasts."""
    try:
        with transaction.atomic():
            replace(writer, drafts=list(writer.drafts)).seal()
            yield
            raise Undone
    except Undone:
        pass


@pytest.mark.sqlite  # fewer examples on PostgreSQL: see below
@settings(RANDOM, max_examples=100)
@given(scene=scenes(), asked=ASKED)
def test_figures_by_sql_equal_figures_by_the_python_reader(home: Path, scene: Scene, asked: list[Figure]) -> None:
    hold_together(scene, asked)


@settings(RANDOM, max_examples=15)
@given(scene=scenes(), asked=ASKED)
def test_they_are_equal_on_postgresql_too(postgresql_home: Path, scene: Scene, asked: list[Figure]) -> None:
    hold_together(scene, asked)


NOTED = Figure(id="toy.noted", name="记事", unit="次", counts="events", of="toy.case", event="noted")
AMOUNT = Figure(id="toy.amount", name="金额", unit="元", of="toy.case", sums=Fact("noted", "amount"))


@settings(RANDOM, max_examples=40)
@given(scene=scenes(), cut=st.integers(0, 40))
def test_events_and_sums_add_up_over_a_split_period(home: Path, scene: Scene, cut: int) -> None:
    law = toy_law(NOTED, AMOUNT)
    with undone(scene.writer):
        for first, last in scene.periods:
            middle = first + timedelta(days=cut % ((last - first).days + 1))
            spans = [(first, last), (first, middle), (middle + timedelta(days=1), last)]
            whole, *halves = ([value.value or 0 for value in count(BUREAU, law, span)] for span in spans)
            assert whole == [sum(parts) for parts in zip(*halves, strict=True)]


@pytest.mark.sqlite  # fewer examples on PostgreSQL: see below
@settings(RANDOM, max_examples=60)
@given(scene=scenes(), asked=st.lists(rows_asked("toy.case"), min_size=30, max_size=40))
def test_rows_of_registers_are_asked_alike(home: Path, scene: Scene, asked: list[Condition]) -> None:
    hold_together(
        scene, [Figure(id="toy", name="试", unit="件", counts="cases", of="toy.case", where=c) for c in asked]
    )


@pytest.mark.sqlite  # fewer examples on PostgreSQL: see below
@settings(RANDOM, max_examples=60)
@given(scene=scenes(), asked=st.lists(register_figures(), min_size=20, max_size=30))
def test_figures_over_registers_are_counted_alike(home: Path, scene: Scene, asked: list[Figure]) -> None:
    hold_together(scene, asked)


@settings(RANDOM, max_examples=10)
@given(scene=scenes(), asked=st.lists(register_figures(), min_size=20), rows=st.lists(rows_asked("toy.case")))
def test_registers_are_read_alike_on_postgresql_too(
    postgresql_home: Path, scene: Scene, asked: list[Figure], rows: list[Condition]
) -> None:
    common = Figure(id="toy", name="试", unit="件", counts="cases", of="toy.case")
    hold_together(scene, [*asked, *(structs.replace(common, where=condition) for condition in rows)])
