"""申报数 and 零申报: a number that the book does not hold, and a year in which nothing happened, each with a signer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from fazheng.casework.act import Act
from fazheng.casework.declared_numbers import Number, NumberFault, declare_number, number_from, withdraw_number
from fazheng.casework.declaring import declare_nothing, withdraw_zero
from fazheng.casework.sent import Sent, new_key, sent, source_of
from fazheng.casework.writing import Writing
from fazheng.figures import PeriodFault, parse
from fazheng.figures.declared import is_stock
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.sections import section_names, section_of
from fazheng.procedure.surroundings import Refusal
from fazheng.staff.rights import may_do
from fazheng.web.forms import Box, Option, read_day
from fazheng.web.pages import page
from fazheng.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Posted:
    """A form of ours as it was sent: `key` is its own, `typed` what stood in its boxes."""

    key: str
    typed: dict[str, str]
    on: date
    faults: dict[str, str] = field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()

    @property
    def wrong(self) -> bool:
        return bool(self.faults or self.refused)


def posted(visit: Visit, *names: str) -> Posted:
    """The form as it was posted; on GET a new one, with what the address says. Faults of its day, if any."""
    asked = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    typed = {name: asked.get(name, "").strip() for name in (*names, "on")}
    on, fault = read_day(typed["on"], visit.today)
    if not fault:
        typed["on"] = on.isoformat()
    if visit.request.method != "POST":
        return Posted(new_key(), typed, on)
    key = asked.get("form_key", "")
    try:
        source_of(key)
    except ValueError:
        raise SuspiciousOperation("form_key") from None
    return Posted(key, typed, on, {"on": fault} if fault else {})


def once(visit: Visit, form: Posted, work: Callable[[Writing, Act], tuple[Refusal, ...]]) -> tuple[Refusal, ...]:
    """Records what the form says, once; why not where it is refused. Sent again, it is neither recorded nor refused."""
    act = Act(form.on, visit.viewer.code, {}, source=source_of(form.key))

    def recorded(writing: Writing) -> tuple[Refusal, ...] | Sent:
        return (sent(visit.bureau.code, form.key) if form.key else None) or work(writing, act)

    answer = visit.desk.submit(recorded)
    return () if isinstance(answer, Sent) else answer


@page("figures", post=True)
def declare(visit: Visit, id: str) -> HttpResponse:
    """The form by which a section signs for a number of a period, corrects it or takes it back."""
    known = visit.book.figures.get(id)
    if known is None:
        raise Http404
    if not may_do(visit.viewer, "declare"):
        raise PermissionDenied
    form = posted(visit, "p", "value", "section", "paper", "reason", "opening", "withdraw")
    if visit.request.method == "POST":
        form = _declared(visit, known, form)
        if not form.wrong:
            return redirect(f"{reverse('figure', args=[id])}?p={form.typed['p']}&signed=1")
    told = {"figure": known, "form": form, "boxes": _boxes(visit, known, form), "stock": is_stock(known),
            "back": f"{reverse('figure', args=[id])}?p={form.typed['p']}"}  # fmt: skip
    return visit.render("figures/declare.html", told, 422 if form.wrong else 200)


def _declared(visit: Visit, known: Figure, form: Posted) -> Posted:
    typed, faults, back = form.typed, dict(form.faults), bool(form.typed["withdraw"])
    value, span = 0, (visit.today, visit.today)
    try:
        span = parse(typed["p"])
    except PeriodFault as fault:
        faults["p"] = str(fault)
    try:
        value = 0 if back else number_from(typed["value"], known)
    except NumberFault as fault:
        faults["value"] = f"{fault}；确实没有发生的，写 0"
    if faults:
        return Posted(form.key, typed, form.on, faults)
    number = Number(known.id, span, value, typed["paper"], typed["section"], bool(typed["opening"]), typed["reason"])
    does = withdraw_number if back else declare_number
    refused = once(visit, form, lambda writing, act: does(writing, number, act))
    return Posted(form.key, typed, form.on, {}, refused)


def _boxes(visit: Visit, known: Figure, form: Posted) -> list[Box]:
    names, chosen = section_names(visit.book), form.typed["section"] or section_of(known, visit.book)
    options = [Option(id, name, id == chosen) for id, name in names.items()]

    def box(name: str, label: str, widget: str, help: str = "", **more: bool) -> Box:
        return Box(name, label, widget, more.get("required", True), help, form.typed[name],
                   options if widget == "select" else (), form.faults.get(name, ""))  # fmt: skip

    unit = "元，最多两位小数" if known.unit == "元" else f"整数，单位：{known.unit}"
    return [
        box("p", "期间", "text", "如 2025、2025Q3、2025-03；过完了才能报"),
        box("value", "数", "text", f"{unit}。确实没有发生的，写 0：零由您签字"),
        box("section", "承办岗位（股室）", "select"),
        box("paper", "依据的文件", "text", "名称另存，不公开，只有文号会印出去"),
        box("reason", "更正的理由", "text", "同一期间已有申报数的才写；另存", required=False),
        box("on", "签字日期", "date"),
    ]


@page("figures", post=True)
def zero(visit: Visit, procedure: str) -> HttpResponse:
    """零申报: somebody signs that in a year no such case happened, or takes it back."""
    if procedure not in visit.book.procedures:
        raise Http404
    if not may_do(visit.viewer, "nothing"):
        raise PermissionDenied
    form = posted(visit, "year", "reason", "withdraw")
    name = visit.book.procedures[procedure][-1].name
    if visit.request.method == "POST":
        form = _zero(visit, procedure, form)
        if not form.wrong:
            return redirect(f"{reverse('figures')}?p={form.typed['year']}&of={procedure}&signed=1")
    year = Box("year", "年度", "text", True, "过完的年度，如 2025", form.typed["year"], (), form.faults.get("year", ""))
    told = {"form": form, "name": name, "year": year, "back": f"{reverse('figures')}?of={procedure}"}
    return visit.render("figures/zero.html", told, 422 if form.wrong else 200)


def _zero(visit: Visit, procedure: str, form: Posted) -> Posted:
    text = form.typed["year"]
    if form.faults or not (text.isascii() and text.isdigit() and len(text) == 4):
        return Posted(form.key, form.typed, form.on, {**form.faults, "year": "年度要写成 2025 的样子"})
    number = int(text)
    if form.typed["withdraw"]:
        reason = form.typed["reason"]
        refused = once(visit, form, lambda w, act: withdraw_zero(w, procedure, number, act, reason))
    else:
        refused = once(visit, form, lambda w, act: declare_nothing(w, procedure, number, act))
    return Posted(form.key, form.typed, form.on, {}, refused)


urls = [
    path("figures/zero/<str:procedure>/", zero, name="figure_zero"),
    path("figures/of/<str:id>/declare/", declare, name="figure_declare"),
]
