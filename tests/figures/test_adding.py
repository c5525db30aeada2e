"""A figure that adds others up: the whole is its parts, and half a whole is no number."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fazheng.figures import FigureValue, count, findings, recount, year
from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.figure import Figure, Rate
from fazheng.lawbook.load import LawBook, load
from tests.figures.books import BUREAU, LAW, Writer, toy_law
from tests.figures.small_book import small_book

YEAR = year(2024)
PARTS = ("toy.opened", "toy.answered")
TOTAL: dict[str, Any] = {"id": "toy.total", "name": "合计", "unit": "件", "file": "figures/x.toml"}


def law(*more: Figure, adds: tuple[str, ...] = PARTS) -> LawBook:
    """The toy law with a sum of two of its figures, and `more`."""
    book = load(root=LAW)
    figures = {figure.id: figure for figure in (Figure(**TOTAL, adds=adds), *more)}
    return replace(book, figures={**book.figures, **figures})


def one(book: LawBook, id: str) -> FigureValue:
    """The figure by SQL, held against the Python reader."""
    [value] = count(BUREAU, book, YEAR, [id])
    assert recount(BUREAU, book, YEAR, [id]) == [value]
    return value


def test_a_sum_is_its_parts_over_the_union_of_their_rows(home: Path) -> None:
    small_book().seal()
    total, first, second = (one(law(), id) for id in ("toy.total", *PARTS))
    assert (first.value, second.value, total.value) == (3, 2, 5)
    assert total.rows == tuple(sorted({*first.rows, *second.rows}))
    assert [(part.key, part.value) for part in total.parts] == [("toy.opened", 3), ("toy.answered", 2)]
    assert (total.rests_on, total.state) == (PARTS, "some")
    assert "“开案数”、“答复数”相加" in total.definition


def test_a_sum_has_no_data_where_one_part_has_none(home: Path) -> None:
    """`toy.matter` was not kept: what was counted of the other would read as the whole."""
    small_book().seal()
    matters = Figure(id="toy.matters", name="另案数", unit="件", counts="cases", of="toy.matter")
    value = one(law(matters, adds=("toy.opened", "toy.matters")), "toy.total")
    assert (value.value, value.state, value.note) == (None, "no_data", "“另案数”无数据")


def test_a_signed_zero_counts_as_a_part(home: Path) -> None:
    small_book().seal()
    writer = Writer()
    data = {"of": "toy.matter", "year": 2024, "signer": "甲"}
    writer.enters("zero:toy.matter:2024", "nothing_happened", "2025-01-04", data)
    writer.seal()
    matters = Figure(id="toy.matters", name="另案数", unit="件", counts="cases", of="toy.matter")
    assert one(law(matters, adds=("toy.opened", "toy.matters")), "toy.total").value == 3


def test_a_rate_may_stand_on_a_sum(home: Path) -> None:
    small_book().seal()
    share = Figure(id="toy.share", name="比率", unit="%", rate=Rate(of="toy.answered", over="toy.total"))
    value = one(law(share), "toy.share")
    assert (value.numerator, value.denominator, value.shown) == (2, 5, "40%")


UNWRITTEN = "adds 不写 of、event、where、splits、distinct、digits、moved，写在它的各个统计项里"
FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"adds": ("toy.x", "toy.none")}, "没有统计项“toy.none”"),
    ({"adds": ("toy.x",)}, "adds 至少写两个统计项，每个只写一次"),
    ({"adds": ("toy.x", "toy.x")}, "adds 至少写两个统计项，每个只写一次"),
    ({"adds": ("toy.x", "toy.rows")}, "“toy.rows”是比率、合计或者台账的行数，不能相加"),
    ({"adds": ("toy.x", "toy.total")}, "“toy.total”是比率、合计或者台账的行数，不能相加"),
    ({"adds": ("toy.x", "toy.notes")}, "“toy.notes”的单位是次，不能加成件"),
    ({"adds": ("toy.x", "toy.notes"), "of": "toy.case"}, UNWRITTEN),
    ({"adds": ("toy.x", "toy.notes"), "counts": "cases"}, "counts、sums、rate、adds 要写且只写一个"),
]


@pytest.mark.parametrize(("keys", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_sum_that_cannot_be_added_is_found(keys: dict[str, Any], said: str) -> None:
    others = (
        Figure(id="toy.x", name="开案数", unit="件", counts="cases", of="toy.case"),
        Figure(id="toy.rows", name="行数", unit="件", counts="register", of="toy_list"),
        Figure(id="toy.notes", name="记事", unit="次", counts="events", of="toy.case", event="noted"),
    )
    found = [finding.what for finding in findings(toy_law(Figure(**TOTAL | keys), *others))]
    assert said in found


def test_nothing_is_counted_on_a_sum_whose_part_leads_nowhere(home: Path) -> None:
    broken = Figure(id="toy.broken", name="坏", unit="件", counts="cases", of="toy.none")
    book = law(broken, adds=("toy.opened", "toy.broken"))
    with pytest.raises(LawFault, match=r"没有程序“toy\.none”"):
        count(BUREAU, book, YEAR, ["toy.total"])
