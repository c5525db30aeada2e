"""邻县的数与我们的可比吗: their file beside our figures; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.figures.neighbour import AT_MOST, Compared, Unreadable, compare, read_theirs
from fazheng.web.head import plain
from fazheng.web.head.numbers import numbers, rows_url, shown
from fazheng.web.head.questions import Asked, Part, Question
from fazheng.web.tables import Cell, Column, Table

_COLUMNS = (Column("name", "统计项", frozen=True), Column("ours", "本局", number=True),
            Column("theirs", "对方", number=True),
            Column("may", "可比吗"), Column("definition", "本局怎么数的"), Column("other", "对方怎么数的"))  # fmt: skip
FORM = "head/neighbour.html"

short = plain.short


def parts(asked: Asked, question: Question) -> Iterator[Part]:
    """Our figures, and a box for the other bureau's file; after it was sent, both side by side. Two statements."""
    yield numbers(asked, question)
    yield Part("与另一个局对照", form=FORM, told={"year": asked.year_of(question)})
    file = asked.visit.request.FILES.get("file")
    if asked.visit.request.method == "POST":
        try:
            if file is None:
                raise Unreadable("没有选文件")
            yield _side_by_side(asked, question, file.read(AT_MOST + 1))
        except Unreadable as fault:
            yield Part("没有读成", said=(str(fault),))


def _side_by_side(asked: Asked, question: Question, content: bytes) -> Part:
    year = asked.year_of(question)
    values = asked.values(year)
    ours = [values[id] for id in question.figures if id in values]
    found = compare(ours, read_theirs(content), asked.period(year))
    good = sum(not one.why_not for one in found)
    said = (
        f"{len(found)}项里有{good}项可比。不可比的不要写进材料比高低；家数多少本来也不是办得好不好。",
        "文件只在这一次对照里用，没有存下来。",
    )
    return Part("对照", Table("与另一个局对照", _COLUMNS, [_row(one, year) for one in found]), said)


def _row(one: Compared, year: int) -> list[Cell]:
    theirs = one.theirs
    base = f"（{theirs.numerator}/{theirs.denominator}）" if theirs and theirs.denominator is not None else ""
    own = f"（{one.ours.numerator}/{one.ours.denominator}）" if one.ours.denominator is not None else ""
    may = Cell("绿灯：可比", light="green") if not one.why_not else Cell(f"不可比：{'；'.join(one.why_not)}")
    return [
        Cell(one.ours.name), Cell(shown(one.ours) + own, rows_url(one.ours, year)),
        Cell(theirs.shown + base if theirs else "没有"), may, Cell(one.ours.definition),
        Cell(theirs.definition or "没有写" if theirs else ""),
    ]  # fmt: skip
