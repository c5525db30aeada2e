"""Erasure of what is held apart, once the term for keeping it has ended. The chain stands; an entry says why.

The term is law data: the parameter `retention.<procedure>`, else `retention.case`, in years from the day the case was
closed, as the nation or a place sets it. Where no term is known nothing is erased.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fazheng.casework.act import Act
from fazheng.casework.folding import CaseFile, case_file
from fazheng.casework.holding import held_since, holds
from fazheng.casework.linking import linked_ids
from fazheng.casework.looking import apart_in
from fazheng.casework.sealing import stranger
from fazheng.casework.writing import Writing
from fazheng.lawbook.load import LawBook
from fazheng.ledger.models import CaseRow, PrivateValue
from fazheng.ledger.private_rows import erase as remove
from fazheng.ledger.read import cases_entries
from fazheng.procedure.refusals import not_yet, own
from fazheng.procedure.surroundings import Refusal

ERASED = "private_erased"
TERM = "retention"  # retention.<procedure>, else retention.case: years from the day of closing
_EVERY = "case"


@dataclass(frozen=True, slots=True)
class Term:
    """How long a closed case's private values are kept: `ends_on` is the last day."""

    parameter: str
    years: int
    article: str
    closed_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A case's values that are still there; its term, None where none is known or it is open; what is against it."""

    case_id: str
    digests: tuple[str, ...]
    term: Term | None
    against: tuple[Refusal, ...]
    held_by: tuple[str, ...] = ()  # of the case and those linked with it: which are held


def term_of(book: LawBook, file: CaseFile, on: date) -> Term | None:
    """The term as it stands on that day; None for an open case, and where no term is known."""
    closing = [event.on for event in file.case.standing if event.event in file.law.first.closing_events]
    if not closing:
        return None
    for id in (f"{TERM}.{file.procedure}", f"{TERM}.{_EVERY}"):
        parameter = book.parameters.get(id)
        years = parameter.on(on) if parameter else None
        if parameter is not None and years is not None:
            now = max((value for value in parameter.values if value.from_ <= on), key=lambda value: value.from_)
            closed = max(closing)
            return Term(id, years, now.article, closed, _years_later(closed, years))
    return None


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def standing(act: Writing, case_ids: Sequence[str], on: date) -> list[Standing]:
    """Each case as it stands on that day; a case that is unknown is left out."""
    found, held = [], holds(act.bureau.code)
    for case_id, rows in cases_entries(act.bureau.code, case_ids):
        if file := case_file(case_id, rows, act.book):
            named = [digest for row in file.entries for _, digest in apart_in(json.loads(row.data))]
            there = _there(act.bureau.code, named)
            digests = tuple(digest for digest in named if digest in there)
            term = term_of(act.book, file, on)
            beside = sorted(linked_ids(act.bureau.code, case_id) & held.keys()) if held else []
            by = tuple(one for one in (case_id, *beside) if one in held)
            found.append(Standing(case_id, digests, term, tuple(_against(act, file, term, digests, by, on)), by))
    return found


def _there(bureau: str, digests: Sequence[str]) -> set[str]:
    there: set[str] = set()
    for start in range(0, len(digests), 500):
        some = PrivateValue.objects.filter(bureau=bureau, digest__in=digests[start : start + 500])
        there |= set(some.values_list("digest", flat=True))
    return there


def _against(
    act: Writing, file: CaseFile, term: Term | None, digests: Sequence[str], held_by: Sequence[str], on: date
) -> list[Refusal]:
    case_id, closed = file.case_id, any(e.event in file.law.first.closing_events for e in file.case.standing)
    if not closed:
        return [own("open", f"{case_id}还没有结案", "未结的案件不清除；结案后从结案之日起算保存期限", hard=True)]
    if since := held_since(file.entries):
        return [own("hold", f"{case_id}自{since}起暂缓销毁", "解除以后才可以清除", hard=True)]
    if held_by:
        says = f"与{case_id}有关联的{'、'.join(held_by)}暂缓销毁"
        return [own("hold", says, "关联的案件解除以后才可以清除", hard=True)]
    if term is None:
        todo = f"没有核到保存期限的，一律不清除；本地有规定的，写进 law/local/地方/ 的参数 {TERM}.{file.procedure}"
        return [own("term", f"没有“{file.law.first.name}”的保存期限", todo, hard=True)]
    if on <= term.ends_on:
        says = f"{case_id}于{term.closed_on}结案，保存{term.years}年，保存到{term.ends_on}，{on}还没有期满"
        return [Refusal("term", term.article, says, f"{term.ends_on}的第二天起才可以清除", hard=True)]
    if waiting := _open_beside(act.bureau.code, case_id):
        says = f"还没有结案的{'、'.join(waiting)}与{case_id}有关联"
        return [own("open", says, "关联的案件结案以后再清除", hard=True)]
    if not digests:
        return [own("once", f"{case_id}另存的内容已经全部清除", "不必再清除", hard=True)]
    return []


def _open_beside(bureau: str, case_id: str) -> list[str]:
    others = sorted(linked_ids(bureau, case_id))
    rows = CaseRow.objects.filter(bureau=bureau, case_id__in=others, closed_on__isnull=True)
    return sorted(rows.values_list("case_id", flat=True))


def due(act: Writing, on: date) -> list[Standing]:
    """The closed cases whose term has ended by that day and whose values are still there, by case id."""
    closed = CaseRow.objects.filter(bureau=act.bureau.code, closed_on__isnull=False).order_by("case_id")
    return [one for one in standing(act, list(closed.values_list("case_id", flat=True)), on) if not one.against]


def terms_missing(act: Writing) -> list[str]:
    """Names of the procedures of closed cases for which no term is known today, sorted."""
    closed = CaseRow.objects.filter(bureau=act.bureau.code, closed_on__isnull=False)
    ids = set(closed.values_list("procedure", flat=True))
    known = {id for id in ids for name in (id, _EVERY) if act.book.parameter(f"{TERM}.{name}", act.today) is not None}
    return sorted(act.book.procedures[id][-1].name for id in ids - known if id in act.book.procedures)


def erase(act: Writing, case_ids: Sequence[str], by: Act) -> tuple[tuple[Refusal, ...], int]:
    """Erases what these cases hold apart, each with an entry of its own; refusals (then nothing), or how many values.

    `by.on` is the day by which the term must have ended. Raises CaseUnknown.
    """
    found = list(stranger(act, by.by))
    found += not_yet(by.on, act.today)
    for case_id in case_ids:
        act.case(case_id)
        act.flush_if_drafted(case_id)
    stands = standing(act, case_ids, by.on)
    found += [refusal for one in stands for refusal in one.against]
    if found:
        return tuple(found), 0
    gone = 0
    for one in stands:
        assert one.term is not None
        act.record(one.case_id, ERASED, by, {"digests": list(one.digests), "term": _told(one.term)})
        gone += remove(act.bureau.code, one.digests)
    return (), gone


def _told(term: Term) -> dict[str, object]:
    return {
        "parameter": term.parameter,
        "years": term.years,
        "article": term.article,
        "closed_on": term.closed_on.isoformat(),
        "ends_on": term.ends_on.isoformat(),
    }
