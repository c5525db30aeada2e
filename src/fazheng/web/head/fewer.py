"""少一个人，这些事还办得了吗: by what law keeps apart, never by how busy anybody is."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.staff.staffing import CanDo, can_do, least, lost
from fazheng.web.head.questions import Asked, Part, Question
from fazheng.web.tables import Cell, Column, Table

_COLUMNS = (
    Column("what", "办不成、办不到底的", frozen=True),
    Column("state", "现在"),
    Column("missing", "缺什么"),
    Column("steps", "办不了的步骤"),
)
_STATES = {"whole": "能办到底", "partly": "有的步骤办不了", "not": "办不了"}
FORM = "head/fewer.html"


def short(asked: Asked, question: Question) -> str:
    """What the people of today can do. No statement: the roster is there already."""
    found = _all(asked)
    whole = sum(one.state == "whole" for one in found)
    here = len(asked.visit.roster.here(asked.visit.today))
    return f"现有{here}人；{len(found)}种事项里能办到底的{whole}种，全部要能办，最少{least(found)}人。"


def parts(asked: Asked, question: Question) -> Iterator[Part]:
    """What can't be done today; without the person who was chosen, what else could not."""
    visit = asked.visit
    found = _all(asked)
    people = [person.code for person in visit.roster.here(visit.today)]
    chosen = visit.request.POST.get("without", "")
    yield Part("少哪一个人", form=FORM, told={"people": people, "chosen": chosen})
    if chosen in people:
        fewer = lost(found, can_do(visit.book, visit.roster, visit.today, chosen))
        empty = f"少了{chosen}，能办的不变。"
        yield Part(f"少了{chosen}", Table(f"少了{chosen}", _COLUMNS, [_row(one) for one in fewer], empty))
    now = [_row(one) for one in found if one.state != "whole"]
    yield Part("现在就办不到底的", Table("现在就办不到底的", _COLUMNS, now, "现在的人都能办到底。"))


def _row(one: CanDo) -> list[Cell]:
    missing = "；".join(each.says + (f"（可以请{each.outside}）" if each.outside else "") for each in one.missing)
    return [Cell(one.name), Cell(_STATES[one.state]), Cell(missing), Cell("、".join(one.stuck))]


def _all(asked: Asked) -> list[CanDo]:
    return can_do(asked.visit.book, asked.visit.roster, asked.visit.today)
