"""哪些社会组织年检没有过，后来怎么办的."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from fazheng.figures import BookMoved
from fazheng.ledger.models import CaseLink, RegisterRow, StandingEvent
from fazheng.web.head import plain
from fazheng.web.head.numbers import case_url, numbers
from fazheng.web.head.questions import Asked, Part, Question
from fazheng.web.names import procedure_name, procedure_of
from fazheng.web.tables import Cell, Column, Table

_FAILED = ("annual_check.unqualified", "annual_check.basically", "annual_check.not_filed")
_COLUMNS = (Column("case", "年检案件", frozen=True), Column("org", "统一社会信用代码"), Column("how", "结果"),
            Column("done", "后来"), Column("links", "另案"))  # fmt: skip
_SHOWN = 100

_LISTS = ("abnormal_list", "serious_list")
Lists = Mapping[str, Sequence[str]]

short = plain.short


def parts(asked: Asked, question: Question) -> Iterator[Part]:
    """The figures; each organisation that failed with what was done then. Beside the figures, a statement for each
    kind of failing and three more.
    """
    yield numbers(asked, question)
    try:
        yield _failed(asked, question)
    except BookMoved:
        yield Part("没有过的", said=("统计的时候账本又有新的记录，请重新打开本页。",))


def _failed(asked: Asked, question: Question) -> Part:
    values = asked.values(asked.year_of(question))
    how: dict[str, str] = {}
    for id in _FAILED:
        for case in values[id].rows if id in values else ():
            how.setdefault(case, values[id].name.removeprefix("年检").removesuffix("数"))
    cases = sorted(how)[:_SHOWN]
    steps, links, standing = _steps(asked, cases), _links(asked, cases), _listed(asked)
    rows = [_row(asked, case, how[case], steps.get(case, []), links.get(case, []), standing) for case in cases]
    more = (f"共{len(how)}家，只列前{_SHOWN}家。",) if len(how) > _SHOWN else ()
    return Part("没有过的", Table("没有过的", _COLUMNS, rows, "没有不合格、基本合格、逾期未报送的。"), more)


def _row(
    asked: Asked, case: str, how: str, steps: Sequence[StandingEvent], links: Sequence[str], standing: Lists
) -> list[Cell]:
    versions = asked.visit.book.procedures[procedure_of(case)]
    names = {event: step.name for version in versions for event, step in version.step_of.items()}
    concluded = next((n for n, step in enumerate(steps) if '"grade":' in step.data), 0)  # else what opened the case
    done = [f"{step.on_day}{names.get(step.event, step.event)}" for step in steps[concluded + 1 :]]
    organisation = next((org for step in steps if (org := json.loads(step.data).get("organisation"))), "")
    others = [f"{procedure_name(asked.visit.book, procedure_of(one))} {one}" for one in links]
    return [
        Cell(case, case_url(case)), Cell(str(organisation)), Cell(how),
        Cell("；".join([*done, *standing.get(str(organisation), ())]) or "没有记入办过什么"), Cell("；".join(others)),
    ]  # fmt: skip


def _steps(asked: Asked, cases: Sequence[str]) -> dict[str, list[StandingEvent]]:
    found: dict[str, list[StandingEvent]] = {}
    rows = StandingEvent.objects.filter(bureau=asked.visit.bureau.code, case_id__in=cases)
    for row in rows.order_by("case_id", "on_day", "version"):
        found.setdefault(row.case_id, []).append(row)
    return found


def _links(asked: Asked, cases: Sequence[str]) -> dict[str, list[str]]:
    """Cases that name one of these: what was opened because of it."""
    found: dict[str, list[str]] = {}
    for link in CaseLink.objects.filter(bureau=asked.visit.bureau.code, to_case__in=cases).order_by("from_case"):
        found.setdefault(link.to_case, []).append(link.from_case)
    return found


def _listed(asked: Asked) -> Lists:
    """On which lists each organisation stands today, since when."""
    today, found = asked.visit.today.isoformat(), dict[str, list[str]]()
    rows = RegisterRow.objects.filter(bureau=asked.visit.bureau.code, register__in=_LISTS, from_day__lte=today)
    for row in rows.order_by("from_day"):
        if row.to_day is None or row.to_day > today:
            found.setdefault(row.key, []).append(f"{row.from_day}起在{asked.visit.book.registers[row.register].name}")
    return found
