"""Figures counted together over the wide form equal the same figures counted one by one, and in Python."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec import structs

from fazheng.figures import count_each, drop, recount
from fazheng.figures.findings import figure_findings
from fazheng.figures.python import PythonReader
from fazheng.figures.sql import SqlReader
from fazheng.figures.wide import WideReader
from fazheng.lawbook.figure import Figure
from tests.figures.books import BUREAU, toy_law
from tests.figures.random_books import Scene, scenes
from tests.figures.test_two_readers import ASKED, RANDOM, undone


def hold_together(scene: Scene, asked: list[Figure]) -> None:
    """Seals the book, asks the three readers over each period, there and back, and undoes the book."""

    named = [structs.replace(figure, id=f"toy.{n}") for n, figure in enumerate(asked)]
    law = toy_law(*named)
    with undone(scene.writer):
        for period in [*scene.periods, *scene.periods[::-1]]:
            wide = WideReader(BUREAU, law, period, named)
            alone, in_python = SqlReader(BUREAU, law, period), PythonReader(BUREAU, law, period)
            for figure in named:
                assert wide.read(figure) == alone.read(figure) == in_python.read(figure), (figure, period)
            for procedure in law.procedures:
                assert wide.was_kept(procedure) == in_python.was_kept(procedure)


@pytest.mark.sqlite  # fewer examples on PostgreSQL: see below
@settings(RANDOM, max_examples=60)
@given(scene=scenes(), asked=ASKED)
def test_figures_counted_together_equal_figures_counted_alone(home: Path, scene: Scene, asked: list[Figure]) -> None:
    hold_together(scene, asked)


@settings(RANDOM, max_examples=10)
@given(scene=scenes(), asked=ASKED)
def test_they_are_equal_on_postgresql_too(postgresql_home: Path, scene: Scene, asked: list[Figure]) -> None:
    hold_together(scene, asked)


@settings(RANDOM, max_examples=20)
@given(scene=scenes(), asked=ASKED, cut=st.integers(1, 20))
def test_a_form_brought_up_to_date_equals_one_made_anew(
    sqlite_home: Path, scene: Scene, asked: list[Figure], cut: int
) -> None:
    named = [structs.replace(figure, id=f"toy.{n}") for n, figure in enumerate(asked)]
    law, whole = toy_law(*named), scene.writer
    with undone(replace(whole, drafts=whole.drafts[:cut])):
        for period in scene.periods:
            WideReader(BUREAU, law, period, named).read(named[0])
        replace(whole, drafts=whole.drafts[cut:], apart=[]).seal()
        for period in scene.periods:
            wide, alone = WideReader(BUREAU, law, period, named), SqlReader(BUREAU, law, period)
            assert [wide.read(figure) for figure in named] == [alone.read(figure) for figure in named]


def go_along(scene: Scene, asked: list[Figure], cuts: list[int]) -> None:
    """Asks before anything more is entered and after each piece that is: kept numbers equal those counted anew."""
    named = [structs.replace(figure, id=f"toy.{n}") for n, figure in enumerate(asked)]
    law = toy_law(*named)
    assume(good := [one for one in named if not figure_findings(one, law)])
    law, whole, periods = toy_law(*good), scene.writer, list(dict.fromkeys(scene.periods))
    drop(BUREAU)
    ends = sorted({*cuts, len(whole.drafts)})
    with undone(replace(whole, drafts=whole.drafts[: ends[0]])):
        count_each(BUREAU, law, periods)
        for start, end in pairwise(ends):
            replace(whole, drafts=whole.drafts[start:end], apart=[]).seal()
            assert count_each(BUREAU, law, periods) == [recount(BUREAU, law, period) for period in periods]
    drop(BUREAU)


CUTS = st.lists(st.integers(1, 30), min_size=1, max_size=3)


@pytest.mark.sqlite
@settings(RANDOM, max_examples=15)
@given(scene=scenes(), asked=ASKED, cuts=CUTS)
def test_kept_numbers_that_went_along_equal_those_counted_anew(
    home: Path, scene: Scene, asked: list[Figure], cuts: list[int]
) -> None:
    go_along(scene, asked, [min(cut, len(scene.writer.drafts)) for cut in cuts])


@settings(RANDOM, max_examples=4)
@given(scene=scenes(), asked=ASKED, cuts=CUTS)
def test_they_do_on_postgresql_too(postgresql_home: Path, scene: Scene, asked: list[Figure], cuts: list[int]) -> None:
    go_along(scene, asked, [min(cut, len(scene.writer.drafts)) for cut in cuts])
