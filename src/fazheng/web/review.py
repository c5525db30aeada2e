"""审核: the queue of decisions that wait to be reviewed or signed, by clock, and the whole file of each on one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import path, reverse

from fazheng.casework.able import able
from fazheng.casework.coming import hands_on, sends_back
from fazheng.casework.consulted import KINDS, Asked, asked_in
from fazheng.casework.folding import CaseFile
from fazheng.casework.lists.columns import called
from fazheng.casework.on_paper import signs
from fazheng.casework.writing import Writing
from fazheng.lawbook.procedure import Procedure, Step
from fazheng.procedure.case import Case, Event
from fazheng.procedure.law import Law
from fazheng.procedure.outlook import Prospect, duties
from fazheng.report.composed import CaseStory
from fazheng.report.stories import story
from fazheng.web.case_files import files_of
from fazheng.web.clocks import of_duty
from fazheng.web.names import procedure_name
from fazheng.web.pages import page
from fazheng.web.readable import reads, view_of
from fazheng.web.sending import on_a_page
from fazheng.web.tables import Cell, Column, Table
from fazheng.web.today_lists import by_papers
from fazheng.web.today_rows import waits
from fazheng.web.visit import Visit

_FEW = 3  # fields of a step that ask the same question, item by item: then they are items


@dataclass(frozen=True, slots=True)
class Item:
    """What the last review said of one item, and what became of it: "" where nobody answered yet."""

    name: str
    opinion: str
    became: str
    on: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A step that may be taken from here: `back` sends the file back, `stands` what each gate before it says now."""

    step: Step
    url: str
    back: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class File:
    """A case as it lies on the table: this one, or one that it names."""

    case_id: str
    name: str
    url: str
    story: CaseStory | None
    items: list[Item]


@page("review")
def review(visit: Visit) -> HttpResponse:
    """The queue, the nearest clock first."""
    queue = waits(visit)
    rows = [
        (Cell(called(visit.book, one.case_id), one.url), Cell(one.steps + by_papers(one)),
         Cell(one.lamp.words, light=one.lamp.light) if one.lamp else Cell("没有期限"),
         Cell(one.lamp.due if one.lamp else ""), Cell(one.lamp.article if one.lamp else ""))
        for one in queue
    ]  # fmt: skip
    columns = [Column("case", "案件", frozen=True), Column("steps", "等您"), Column("lamp", "期限"),
               Column("due", "到期"), Column("law", "依据")]  # fmt: skip
    table = Table("等您审核、签字的", columns, rows, empty="现在没有等您审核、签字的。")
    return visit.render("review/review.html", {"table": table, "more": queue.more})


@page("case")
def file(visit: Visit, case_id: str) -> HttpResponse:
    """The whole file on one page: clocks, opinions asked, items, story, attachments, linked cases, and the steps. One
    statement for all of them, however many cases it is linked to.
    """
    view = view_of(visit, case_id)
    found, looking, version = view.found, view.looking, view.version
    signing = [one for one in view.steps if signs(visit.book, one.step)]
    may = [_sign(visit, looking, found, version, one) for one in signing if one.open]
    linked = sorted(view.linked, key=lambda one: one.case_id)
    told = {
        "found": found, "case_id": case_id, "name": version.name,
        "lamps": [of_duty(one, looking.calendar) for one in duties(found.law, found.case, visit.today, view.around)],
        "signs": [one for one in may if one.mine], "others": [one for one in may if not one.mine],
        "barred": [(one, on_a_page(one.against)) for one in signing if not one.open and one.step.reserved],
        "this": _file(visit, found), "linked": [_file(visit, one) for one in linked if reads(visit, one)],
        "attached": files_of(found),
        "asked": [(one, KINDS[one.kind], _about(found, one)) for one in asked_in(found.case)],
        "room": room(version),
    }  # fmt: skip
    return visit.render("review/file.html", told)


def room(version: Procedure) -> list[tuple[str, str]]:
    """What the procedure leaves room for beside its order: 退回, 转办, 会签, 撤回, each with how."""
    back = "、".join(step.name for step in version.steps.values() if sends_back(version, step))
    on = "、".join(step.name for step in hands_on(version))
    return [
        ("退回", f"用“{back}”，写明意见" if back else "本程序没有退回的步骤；有疑问的，先会签，或者不签"),
        ("转办", f"用“{on}”，写明理由" if on else "本程序没有换人的步骤；换承办人用交接单，写明理由"),
        ("会签", "步骤以前可以征求别人的意见，供参考，不代替签字"),
        ("撤回", "记错的，在案件页撤回那一条，写明理由；原来的留着"),
    ]


def items_of(law: Law, case: Case) -> list[Item]:
    """What the last item-by-item review said, and whether each item was taken up since. Empty where none was made."""
    last = next((event for event in reversed(case.standing) if len(_asks(law, event)) >= _FEW), None)
    if last is None:
        return []
    version, became = law.on(last.on) or law.first, _became(law, case, last)
    return [
        Item(version.label(field), version.choices[choice].get(str(last.fact(field)), str(last.fact(field))),
             *became.get(field, ("", "")))
        for field, choice in _asks(law, last).items()
    ]  # fmt: skip


def _asks(law: Law, event: Event) -> dict[str, str]:
    """Field → choices, where several fields of the event are asked the same."""
    step = law.step_of(event.event)
    kinds = {field: kind.of for field, kind in step.kinds.items() if kind.name == "choice"} if step else {}
    every = list(kinds.values())
    return {field: of for field, of in kinds.items() if every.count(of) >= _FEW}


def _became(law: Law, case: Case, review: Event) -> dict[str, tuple[str, str]]:
    """Item → what was done about it since the review, and when: an event that names the item by its field."""
    items, found = set(_asks(law, review)), dict[str, tuple[str, str]]()
    for event in case.standing:
        step = law.step_of(event.event)
        if step is None or event.version <= review.version:
            continue
        for field, kind in step.kinds.items():
            if kind.name == "choice" and not kind.many and event.fact(field) in items:
                why = "（理由另存）" if any(other.apart for other in step.kinds.values()) else ""
                found[str(event.fact(field))] = (step.name + why, event.on.isoformat())
    return found


def _sign(visit: Visit, looking: Writing, found: CaseFile, version: Procedure, one: Prospect) -> Sign:
    mine = visit.viewer.code in able(one.step, found.law, found.case, looking)
    return Sign(one.step, reverse("step", args=[found.case_id, one.step.id]), sends_back(version, one.step), mine)


def _file(visit: Visit, found: CaseFile) -> File:
    told = story(found.case_id, found.entries, visit.book, {})
    name, url = procedure_name(visit.book, found.procedure), reverse("case", args=[found.case_id])
    return File(found.case_id, name, url, told, items_of(found.law, found.case))


def _about(found: CaseFile, one: Asked) -> str:
    names: Iterator[str] = (rule.name for rule in found.law.first.rules() if rule.id == one.about)
    return next(names, f"第{one.about}条")


urls = [
    path("review/", review, name="review"),
    path("review/<str:case_id>/", file, name="review_file"),
]
