"""待办、已办、督办、阅件: what waits for this person, what they did, what the head asked, what is to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from fazheng.casework.consulted import PERSON, READING, SUPERVISION
from fazheng.casework.lists.columns import called
from fazheng.casework.waiting import Some
from fazheng.casework.writing import Act
from fazheng.ledger.joined import question
from fazheng.ledger.models import Entry, Task
from fazheng.web.forms import whole
from fazheng.web.names import case_url, procedure_of
from fazheng.web.pages import page
from fazheng.web.tables import Cell, Column, Table
from fazheng.web.today_asked import last_day, task_rows, told
from fazheng.web.today_asking import answered_by
from fazheng.web.today_asking import urls as asking_urls
from fazheng.web.today_rows import Due, Waiting, due_now, tasks, todo, waits
from fazheng.web.visit import Visit

_WINDOW = 20_000  # entries looked through for what one person did: a page never walks the whole book
_PAGE, _SHOWN = 50, 200
_NOT_STEPS = ("private_looked", "private_erased")
_DONE = ("seq", "case_id", "event", "by", "entered_by", "happened_on")


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the four lists, with how many stand in it, at least; "" where nobody counts (已办)."""

    name: str
    called: str
    url: str
    count: str
    here: bool


def _tabs(visit: Visit, here: str, todos: Some[Sequence[Cell]] | None = None) -> list[Tab]:
    """The four lists with their counts, out of what 待办 asks; none while the book stands."""
    rows = _todo_rows(visit) if todos is None else todos
    counts = {"todo": f"{'至少' if rows.more else ''}{len(rows)}", "done": ""}
    counts |= {name: str(number) for name, number in _asked_counted(visit).items()}
    called = {"todo": "待办", "done": "已办", "supervised": "督办", "reading": "阅件"}
    return [Tab(name, called[name], reverse(name), counts[name], name == here) for name in called]


def _asked_counted(visit: Visit) -> dict[str, int]:
    """How many questions of the head and how many papers to be read wait."""
    rows, me = told(visit, "tasks")["counts"], PERSON + visit.viewer.code
    each = [(kind, role, int(n or 0)) for kind, role, n in rows]
    return {
        "supervised": sum(n for kind, _, n in each if kind == SUPERVISION),
        "reading": sum(n for kind, role, n in each if (kind, role) == (READING, me)),
    }


_FOR_TABS = ("waits", "clocks", "tasks")  # asked in one statement by each of the four


@page("todo")
def todos(visit: Visit) -> HttpResponse:
    """待办: everything that waits for this person, by the nearest day. Three statements; none while the book stands."""
    told(visit, *_FOR_TABS)
    rows = _todo_rows(visit)
    columns = [Column("what", "要办的", frozen=True), Column("lamp", "期限"), Column("due", "到期"),
               Column("case", "案件"), Column("law", "依据")]  # fmt: skip
    table = Table("待办", columns, rows, empty="没有待办的事。")
    shown = {"name": "待办", "tabs": _tabs(visit, "todo", rows), "table": table, "more": rows.more}
    return visit.render("today/lists.html", shown)


def _todo_rows(visit: Visit) -> Some[Sequence[Cell]]:
    found: list[tuple[str, Sequence[Cell]]] = []
    signing, dues, put = waits(visit), due_now(visit), tasks(visit)
    for one in signing:
        lamp = one.lamp
        light = Cell(lamp.words, light=lamp.light) if lamp else Cell("没有期限")
        what = Cell(f"{'审核' if one.review else '签批'}：{one.steps}{by_papers(one)}", one.url)
        case = Cell(called(visit.book, one.case_id), case_url(one.case_id))
        row = (what, light, Cell(lamp.due if lamp else ""), case, Cell(lamp.article if lamp else ""))
        found.append((lamp.due if lamp and lamp.due else "9998", row))
    for due in dues:
        row = (Cell(due.lamp.name, due.url), Cell(due.lamp.words, light=due.lamp.light), Cell(due.lamp.due),
               Cell(called(visit.book, due.case_id), due.url), Cell(due.lamp.article))  # fmt: skip
        found.append((due.lamp.due, row))
    for task in put:
        if task.kind != READING:
            asked = task.reason if task.person else f"{task.called}：{task.reason}"  # who asks says what they ask
            row = (Cell(asked, task.url), Cell("没有期限"), Cell(""),
                   Cell(called(visit.book, task.case_id), case_url(task.case_id)), Cell(task.article))  # fmt: skip
            found.append(("9999", row))
    more = signing.more or dues.more or put.more
    return Some((row for _, row in sorted(found, key=lambda pair: pair[0])), more=more)


@page("done")
def done(visit: Visit) -> HttpResponse:
    """已办: what this person entered or did, the newest first, some twenty thousand entries of the book at a time."""
    asked, last = whole(visit.request.GET.get("before", "")), visit.as_of.head.seq
    top = last + 1 if asked is None else min(asked, last + 1)
    mine = Q(by=visit.viewer.code) | Q(entered_by=visit.viewer.code)
    rows = Entry.objects.filter(mine, bureau=visit.bureau.code, seq__lt=top, seq__gte=top - _WINDOW)
    rows = rows.exclude(event__in=_NOT_STEPS).order_by("-seq")[: _PAGE + 1]
    answer = told(visit, *_FOR_TABS, done=question(rows.values_list(*_DONE)))["done"]
    page = sorted((Entry(**dict(zip(_DONE, row, strict=True))) for row in answer), key=lambda row: -int(row.seq))
    more, page = len(page) > _PAGE, page[:_PAGE]
    beyond = page[-1].seq if more else max(top - _WINDOW, 0)
    columns = [
        Column("what", "办了什么", frozen=True),
        Column("on", "哪天"),
        Column("case", "案件"),
        Column("how", "怎样"),
    ]
    cells = [_done_row(visit, row) for row in page]
    table = Table(
        "已办", columns, cells, empty="这一段里没有您办的事。", older=f"?before={beyond}" if int(beyond) > 1 else ""
    )
    return visit.render("today/lists.html", {"name": "已办", "tabs": _tabs(visit, "done"), "table": table})


def _done_row(visit: Visit, row: Entry) -> Sequence[Cell]:
    procedure = procedure_of(row.case_id)
    versions = visit.book.procedures.get(procedure, ())
    step = next((v.step_of[row.event] for v in reversed(versions) if row.event in v.step_of), None)
    url = reverse("case", args=[row.case_id]) if versions else ""
    how = (
        "本人办、本人录"
        if row.by == row.entered_by
        else ("别人录入" if row.by == visit.viewer.code else f"代{row.by}录入")
    )
    what = step.name if step else _BESIDES.get(row.event, "账务记录")
    return Cell(what, url), Cell(row.happened_on), Cell(called(visit.book, row.case_id) if versions else ""), Cell(how)


def by_papers(one: Waiting) -> str:
    """（授权代签：代丙签，至2026-12-31）; "" where the person signs in nobody's place."""
    return f"（授权代签：{'；'.join(one.papers)}）" if one.papers else ""


_BESIDES = {
    "correct": "更正", "withdraw": "撤回", "add_late": "补记", "task_settled": "处理待办事项", "handed_over": "交接",
    "suggestion_put_aside": "搁置建议", "attached": "附文件", "asked": "督办、会签或者送阅", "asked_answered": "答复",
    "ask_withdrawn": "撤回所问", "row_enter": "登记名录", "row_change": "变更名录", "row_strike": "注销名录",
}  # fmt: skip


@page("supervised")
def supervised(visit: Visit) -> HttpResponse:
    """督办: the head sees what is due with nobody's answer, and asks; who was asked answers."""
    asked = sorted(task_rows(told(visit, *_FOR_TABS, "questions")["questions"]), key=last_day)
    pending = {(row.case_id) for row in asked if row.settled_on is None}
    due = due_now(visit) if visit.viewer.heads else Some[Due]()
    red = [one for one in due if one.lamp.light == "red"]
    columns = [Column("case", "案件", frozen=True), Column("what", "问什么"), Column("who", "问谁"),
               Column("on", "哪天问"), Column("how", "答复")]  # fmt: skip
    table = Table("督办", columns, [_asked_row(visit, row) for row in asked], empty="没有督办。")
    shown = {"name": "督办", "tabs": _tabs(visit, "supervised"), "table": table, "pending": pending,
            "red": red[:_SHOWN], "red_told": f"{'至少' if due.more else ''}{len(red)}",
            "more": len(red) > _SHOWN}  # fmt: skip
    return visit.render("today/supervised.html", shown)


def _asked_row(visit: Visit, row: Task) -> Sequence[Cell]:
    one, settled = todo(row), row.settled_on
    how = Cell(f"{settled}已答复") if settled else Cell("等答复")
    return (Cell(called(visit.book, row.case_id), one.url), Cell(row.reason), Cell(row.role.removeprefix(PERSON)),
            Cell(row.opened_on), how)  # fmt: skip


@page("reading", post=True)
def reading(visit: Visit) -> HttpResponse:
    """阅件: entries sent to this person to be read; 已阅 is an entry of the case."""
    said = ""
    if visit.request.method == "POST":
        said = _read(visit)
        if not said:
            return redirect("reading")
    every = sorted(task_rows(told(visit, *_FOR_TABS, "papers")["papers"]), key=last_day)
    fresh = [(todo(row), int(row.task_id.split(":")[-2])) for row in every if row.settled_on is None]
    read = [(todo(row), row.settled_on) for row in every if row.settled_on is not None]
    read.sort(key=lambda one: str(one[1]))
    about = {"name": "阅件", "tabs": _tabs(visit, "reading"), "fresh": fresh, "read": read, "said": said}
    return visit.render("today/reading.html", about, status=422 if said else 200)


def _read(visit: Visit) -> str:
    """Marks what was read; why not, in words, where the book refuses."""
    case, number = visit.request.POST.get("case", ""), whole(visit.request.POST.get("number", ""))
    if number is None or procedure_of(case) not in visit.book.procedures:
        raise Http404
    refused = answered_by(visit, case, number, Act(visit.today, visit.viewer.code, {}))
    return refused[0].says if refused else ""


urls = [
    path("todo/", todos, name="todo"),
    path("done/", done, name="done"),
    path("supervised/", supervised, name="supervised"),
    path("reading/", reading, name="reading"),
    *asking_urls,
]
