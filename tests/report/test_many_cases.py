"""A page whose figures count more cases than it can tell: what is rare is told whole, of the rest some."""

from fazheng.figures import FigureValue
from fazheng.lawbook.load import load
from fazheng.report.blocks import anchors_of


def counted(id: str, first: int, last: int) -> FigureValue:
    rows = tuple(f"hotline.ticket-2024-{n:04d}" for n in range(first, last + 1))
    return FigureValue(id, id, "件", len(rows), "", rows=rows, of="hotline.ticket", counts="cases")


def test_few_cases_are_all_told() -> None:
    anchors, untold = anchors_of(load(), [counted("a", 1, 30), counted("b", 20, 40)], at_most=40)
    assert (len(anchors), untold) == (40, 0)


def test_of_many_the_rare_ones_are_all_told_and_some_of_each_other() -> None:
    values = [counted("many", 1, 900), counted("rare", 890, 899), counted("more", 500, 880)]
    anchors, untold = anchors_of(load(), values, ["hotline.ticket-2024-0950"], at_most=60)
    assert {f"hotline.ticket-2024-{n:04d}" for n in (890, 899, 950, 1, 20, 500, 519)} <= anchors.keys()
    assert (len(anchors), untold) == (51, 850)
    assert sorted(anchors.values(), key=lambda one: int(one[1:])) == [f"c{n}" for n in range(1, 52)]
