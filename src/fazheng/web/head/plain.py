"""Answers that figures alone give, and those whose cases are listed below them."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.figures import BookMoved
from fazheng.web.head.numbers import case_url, numbers
from fazheng.web.head.questions import Asked, Part, Question
from fazheng.web.tables import Cell, Column, Table

_SHOWN = 100
_MOVED = "统计的时候账本又有新的记录，请重新打开本页。"


def short(asked: Asked, question: Question) -> str:
    """The sentence of the question's figures. Two statements."""
    return asked.sentence(question)


def parts(asked: Asked, question: Question) -> Iterator[Part]:
    """The figures; then the cases of those whose cases are listed: one statement more each."""
    yield numbers(asked, question)
    if question.listed:
        yield _listed(asked, question)


def _listed(asked: Asked, question: Question) -> Part:
    values = asked.values(asked.year_of(question))
    why: dict[str, list[str]] = {}
    try:
        for id in question.listed:
            for row in values[id].rows if id in values else ():
                why.setdefault(row, []).append(values[id].name.removesuffix("数"))
    except BookMoved:
        return Part("是哪些", said=(_MOVED,))
    rows = [[Cell(case, case_url(case)), Cell("；".join(said))] for case, said in sorted(why.items())]
    table = Table("是哪些", (Column("case", "案件", frozen=True), Column("why", "为什么列在这里")), rows[:_SHOWN],
                  "没有这样的案件。")  # fmt: skip
    more = (f"共{len(rows)}件，只列前{_SHOWN}件；其余点上面的数看。",) if len(rows) > _SHOWN else ()
    return Part("是哪些", table, more)
