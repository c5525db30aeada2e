"""A search: what was asked is told from how it is written; who asks and what is opened are entered as looks."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet, Value
from django.db.models.functions import Concat

from fazheng.casework.act import Act
from fazheng.casework.finding import tokens
from fazheng.casework.finding.index import organisations
from fazheng.casework.lists.at_once import Question, answers, gathered_from
from fazheng.casework.lists.rights import parts_of, whos_of
from fazheng.casework.looking import apart_in, look_at
from fazheng.casework.writing import Writing
from fazheng.lawbook.figure import STAFF
from fazheng.ledger.models import CaseRow, RegisterRow, SearchToken
from fazheng.ledger.private_keys import Ring
from fazheng.ledger.read import private_values
from fazheng.procedure.surroundings import Refusal
from fazheng.staff.rights import Reach, Viewer, may_open

Row = TypeVar("Row", bound=Model)
SEARCHES = "searches"  # what searches are entered under, as exports are under their own name
MOST = 50  # hits of a kind that are shown
_HOW = {"initials": "拼音首字母", "last": "末四位", "name": "名称", "number": "号码"}


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed, and how it is looked for: initials, last, name, number; "" where it is too short."""

    text: str
    how: str
    words: tuple[str, ...]

    @property
    def said(self) -> str:
        return _HOW.get(self.how, "")


@dataclass(frozen=True, slots=True)
class Found:
    """The cases this person may read, newest first, the organisations by name, and the people of the bureau by their
    code where 人员 opens to who asks; `more`: there are others.
    """

    cases: Sequence[CaseRow]
    rows: Sequence[RegisterRow]
    more: bool
    people: Sequence[RegisterRow] = ()


def sought(text: str) -> Sought:
    """How a text is looked for. Two letters or more: initials; four digits (the last may be X): the end of a number."""
    bare = tokens.plain(text)
    if re.fullmatch(r"[a-z]{2,40}", bare):
        return Sought(bare, "initials", (f"initials:{bare[: tokens.LONGEST]}",))
    if re.fullmatch(r"(?=.*\d.*\d)[\dx]{4}", bare):
        return Sought(bare, "last", (f"last:{bare}",))
    if re.search(r"[\u3400-\u9fff]", bare) and len(bare) > 1:
        return Sought(bare, "name", (f"name:{bare}", f"number:{bare}"))
    return Sought(bare, "number", (f"number:{bare}",)) if len(bare) > tokens.LAST else Sought(bare, "", ())


def search(act: Writing, viewer: Viewer, asked: Sought) -> tuple[tuple[Refusal, ...], Found]:
    """What is found, after the search was entered; nothing, with the refusals, where it may not be.

    Two statements beside the entry's. Raises PrivateUnreadable without the book's key. Nothing may be shown before the
    transaction has ended.
    """
    nothing = Found((), (), False)
    refused = look_at(
        act, SEARCHES, [f"查找：{asked.said}"], [], Act(act.today, viewer.code, {}), f"查找“{asked.text}”"
    )
    if refused:
        return refused, nothing
    bureau = act.bureau.code
    held = list(tokens.digests(Ring(bureau).searching, asked.words))
    hits = SearchToken.objects.filter(bureau=bureau, token__in=held).values("target")
    cases = CaseRow.objects.filter(_readable(viewer, act, hits.filter(digest="")), bureau=bureau, case_id__in=hits)
    answer = answers(
        _all_of(cases.order_by("-opened_on", "-case_id")[: MOST + 1]),
        _organisations(act, asked, hits.filter(digest="")),
        _people(bureau, asked) if may_open(viewer, "people") else Question(),
    )
    found, rows, people = _made(CaseRow, answer[0]), _made(RegisterRow, answer[1]), _made(RegisterRow, answer[2])
    some, called = _fitting(rows, asked), _called_so(bureau, people, asked)
    more = any(len(every) > MOST for every in (found, some, called))
    return (), Found(found[:MOST], some[:MOST], more, called[:MOST])


def _all_of(rows: QuerySet[Any, Any]) -> Question:
    names = [field.attname for field in rows.model._meta.concrete_fields]
    return gathered_from(rows.values_list(*names), names)


def _made(model: type[Row], answer: Sequence[Sequence[Any]]) -> list[Row]:
    """The rows of `_all_of`."""
    names = [field.attname for field in model._meta.concrete_fields]
    return [model(**dict(zip(names, row, strict=True))) for row in answer]


def opened_hit(act: Writing, viewer: Viewer, target: str) -> tuple[Refusal, ...]:
    """Enters that somebody opens what a search found: a case, a row of a register, a person of the bureau."""
    return look_at(act, target, ["由查找打开"], [], Act(act.today, viewer.code, {}), "由查找打开")


def _readable(viewer: Viewer, act: Writing, numbers: Any) -> Q:
    """The cases this person may read, asked in the statement; those they read without persons only where a number in
    the open is among the hits (`numbers`): a name would tell them whose case it is.
    """
    every, without_persons = list[str](), list[str]()
    partly: dict[tuple[str, ...], list[str]] = defaultdict(list)
    bureau = act.bureau.code
    for id, versions in act.book.procedures.items():
        sections = act.roster.sections_of(id, act.today)
        whos = whos_of(viewer, versions, sections, Reach.WHOLE)
        every += [id] if whos is None else []
        without_persons += [id] if whos_of(viewer, versions, sections) is None else []
        if whos is not None:
            partly[tuple(whos)].append(id)
    found = Q(procedure__in=every) | Q(procedure__in=without_persons, case_id__in=numbers)
    for of, procedures in partly.items():
        parts = parts_of(bureau, of).filter(procedure__in=procedures)
        found |= Q(procedure__in=procedures, case_id__in=parts.values("case_id"))
    return found


def _organisations(act: Writing, asked: Sought, hits: QuerySet[Any, Any]) -> Question:
    """The rows of organisations that are among the `hits`, or whose name holds what was asked."""
    rows = RegisterRow.objects.filter(bureau=act.bureau.code, register__in=organisations(act.book))
    wanted = Q(found__in=hits)
    if asked.how == "name":
        wanted |= Q(data__contains=asked.text)
    return _all_of(rows.alias(found=Concat("register", Value(":"), "key")).filter(wanted).order_by("nth"))


def _fitting(rows: Sequence[RegisterRow], asked: Sought) -> list[RegisterRow]:
    """The organisations that stand or stood, each by its last row; letters beyond the index are compared by name."""
    last = {(row.register, row.key): row for row in rows}
    return sorted((row for row in last.values() if _fits(row, asked)), key=lambda row: (row.register, row.key))


def _people(bureau: str, asked: Sought) -> Question:
    """Who is or was of the bureau; nobody where no name was asked for."""
    rows = RegisterRow.objects.filter(bureau=bureau, register=STAFF).order_by("nth")
    return _all_of(rows) if asked.how in ("initials", "name") else Question()


def _called_so(bureau: str, rows: Sequence[RegisterRow], asked: Sought) -> list[RegisterRow]:
    """Those who are called so, each by their last row. Not by the index: a bureau's people are few, and their names are
    opened here and compared, and leave nothing behind. One statement; none for none.
    """
    last = {row.key: row for row in rows}
    names = {digest: key for key, row in last.items() for _, digest in apart_in(json.loads(row.data))}
    held = private_values(bureau, list(names))
    return [last[key] for key in sorted({names[digest] for digest, name in held.items() if _called(name, asked)})]


def _called(name: str, asked: Sought) -> bool:
    if asked.how == "name":
        return asked.text in tokens.plain(name)
    return any(reading.startswith(asked.text) for reading in tokens.readings(name))


def _fits(row: RegisterRow, asked: Sought) -> bool:
    if asked.how != "initials" or len(asked.text) <= tokens.LONGEST:
        return True
    return asked.text in tokens.initials(row.data)
