"""这个数为什么与十一月报的不一样: what was told, held against the book of today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fazheng.casework.reported import reported
from fazheng.casework.telling import HOWS, Telling
from fazheng.casework.told_again import Differing, Moved, differing
from fazheng.figures import told as told_period
from fazheng.web.head.questions import Asked, Part, Question
from fazheng.web.tables import Cell, Column, Table

_TOLD = (Column("on", "哪天", frozen=True), Column("to", "报给谁"), Column("how", "怎么报的"),
         Column("numbers", "几个数", number=True),
         Column("now", "与现在"))  # fmt: skip
_MOVED = (Column("name", "统计项", frozen=True), Column("told", "当时", number=True),
          Column("now", "现在", number=True),
          Column("when", "哪天报给谁"), Column("period", "期间"), Column("why", "其间的条目"))  # fmt: skip
_NONE = "账本里没有留下报数：没有底，就说不清当时报的是多少。报数时写明报给谁，年报签发，都会留底。"
_SHOWN = 20  # cases named at a number


def short(asked: Asked, question: Question) -> str:
    """How often something was told, and when last. Two statements, where something was told or signed since."""
    found = asked.standing(("reported",), ("told", "report"), lambda: reported(asked.visit.bureau.code))
    if not found:
        return "账本里没有留下报数，没有底可比。"
    last = found[-1]
    return f"留底的报数{len(found)}次，最近一次{last.on}报{last.to}；打开本页，逐个与现在的账本比对。"


def parts(asked: Asked, question: Question) -> Iterator[Part]:
    """Every telling and whether it still holds; each number that does not, with the entries between.

    Two statements, two for each period that was told once its figures are kept; a number that differs is counted again
    from the book of then.
    """
    visit = asked.visit
    told = reported(visit.bureau.code)
    if not told:
        yield Part("报过的数", said=(_NONE,))
        return
    found = list(differing(visit.bureau.code, visit.book, told))
    yield Part("报过的数", Table("报过的数", _TOLD, [_telling(one, found) for one in reversed(told)]))
    empty = "报过的数与现在的账本都一致。"
    yield Part("现在不一样的", Table("现在不一样的", _MOVED, [_moved(one) for one in found], empty), _because(found))


def _telling(one: Telling, found: Sequence[Differing]) -> list[Cell]:
    moved = sum(other.telling.entry == one.entry for other in found)
    now = Cell(f"红灯：{moved}个数不同", light="red") if moved else Cell("绿灯：一致", light="green")
    return [Cell(one.on.isoformat()), Cell(one.to), Cell(HOWS[one.how]), Cell(str(len(one.figures))), now]


def _moved(one: Differing) -> list[Cell]:
    now = "没有这个统计项" if one.now is None else f"{one.now.shown}{one.unit}"
    why = [
        f"{word}：{_cases(rows)}"
        for word, rows in (("多出", one.came), ("减去", one.went), ("改动", one.changed)) if rows
    ]  # fmt: skip
    if one.law:
        why.append("统计口径已变")
    if one.now is not None and one.now.source != one.figure.source:
        why.append("一次是申报的，一次是账本数出的")
    return [
        Cell(one.name), Cell(f"{one.figure.shown}{one.unit}"), Cell(now),
        Cell(f"{one.telling.on} 报{one.telling.to}"), Cell(told_period(one.figure.period)), Cell("；".join(why)),
    ]  # fmt: skip


def _cases(rows: Sequence[Moved]) -> str:
    return "、".join(str(one) for one in rows[:_SHOWN]) + (f"等{len(rows)}件" if len(rows) > _SHOWN else "")


def _because(found: Sequence[Differing]) -> tuple[str, ...]:
    if not found:
        return ()
    return ("日期是条目记入账本的那天：报数以后才补记、更正、撤回的，就是差别的来由。已签发的年报要改，签发更正说明。",)
