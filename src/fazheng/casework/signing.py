"""The yearly report signed: its words, its figures and the head they were counted from, in one entry; the year locked.

What happened in a locked year may still be entered (如实补录); what it changes in a signed number is restated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fazheng.casework.act import Act
from fazheng.casework.on_paper import without_scan
from fazheng.casework.promising import for_publication
from fazheng.casework.telling import Telling, ToldFigure, as_told
from fazheng.casework.told_again import Differing, differing
from fazheng.casework.writing import Writing
from fazheng.figures import FigureValue, Period
from fazheng.lawbook.figure import STAFF
from fazheng.lawbook.load import LawBook
from fazheng.ledger.chain import Head
from fazheng.ledger.signed import CASE, RESTATED, SIGNED, Line, Signature, restatements, sha256, signature, text_of
from fazheng.procedure.on_paper import MARK, STANDS_IN
from fazheng.procedure.refusals import not_yet, own, unknown
from fazheng.procedure.surroundings import Refusal

SIGNING_ROLE = "bureau_head"
READER = "年度报告"  # to whom the signed numbers were told


@dataclass(frozen=True)
class Words:
    """What is signed: the words with their figures, all figures of the year, and the paper's facts."""

    year: int
    title: str
    name: str
    outline: str
    lines: tuple[Line, ...]
    figures: Sequence[tuple[Period, FigureValue]]
    facts: Mapping[str, Any]
    example: bool
    notes: Mapping[str, str] = field(default_factory=dict)  # of a declared figure: who signed for it, on which paper
    missing: tuple[str, ...] = ()  # parts that are not there, and that somebody must say why


def unfit(act: Writing, words: Words, reason: str, by: Act) -> tuple[Refusal, ...]:
    """Why this person may not sign this report on this day; empty where they may."""
    found = [*_person(act, by), *_not_by_own_hand(act, words.year, by)]
    if act.today.year <= words.year or by.on.year <= words.year:
        found.append(own("future", f"{words.year}年还没有过完", "年度终了以后再签发", hard=True))
    if standing := signature(act.bureau.code, words.year):
        said = f"{words.year}年的年度报告已由{standing.by}在{standing.on}签发（账本第{standing.entry}条）"
        found.append(own("once", said, "签发以后的变化用“更正说明”更正", hard=True))
    if words.missing and not reason.strip():
        said = f"缺少应有的部分，须由签发人写明理由：{'；'.join(words.missing)}"
        found.append(own("field", said, "写明理由再签发", hard=True))
    if reason.strip():
        found += for_publication(act, reason, by)
    return tuple(dict.fromkeys(found))


def sign(act: Writing, words: Words, head: Head, files: Mapping[str, bytes], reason: str, by: Act) -> None:
    """Enters the signature, once `unfit` found nothing. `head`: the end of the book the figures were counted from."""
    entered = _entered(act, words, head, files, reason, by) | _stood_in(act, by)
    entered |= {MARK: {"scan": by.scan}} if by.signed_on_paper else {}
    act.record(f"{CASE}:{words.year}", SIGNED, by, entered, SIGNING_ROLE)
    act.flush()


def restate(
    act: Writing, words: Words, head: Head, changed: Sequence[Differing], reason: str, by: Act
) -> tuple[Refusal, ...]:
    """Enters what the signed numbers are now, with the note that is printed; refused where nothing changed."""
    found = [*_person(act, by), *for_publication(act, reason, by)]
    if signature(act.bureau.code, words.year) is None:
        found.append(own("order", f"{words.year}年的年度报告还没有签发", "没有可以更正的", hard=True))
    elif not changed:
        found.append(own("order", "签发的数与现在的账本都一致", "不用更正", hard=True))
    if not found:
        told = [as_change(one) for one in changed]
        data = _entered(act, words, head, {}, reason, by) | {"changed": told} | _stood_in(act, by)
        act.record(f"{CASE}:{words.year}", RESTATED, by, data, SIGNING_ROLE)
        act.flush()
    return tuple(dict.fromkeys(found))


def as_change(one: Differing) -> dict[str, Any]:
    """A changed number as the entry keeps it and the note prints it."""
    rows = {
        word: [{"row": row.row, "did": row.did, "on": row.on} for row in moved]
        for word, moved in (("came", one.came), ("went", one.went), ("changed", one.changed))
    }
    now = one.now.shown if one.now else ""
    return {"id": one.figure.id, "name": one.name, "unit": one.unit, "signed": one.figure.shown, "now": now} | rows


def since_signed(bureau: str, book: LawBook, year: int) -> tuple[Differing, ...]:
    """Every number that the book says otherwise than the report last said, signed or restated; with the cases."""
    last = next(reversed(restatements(bureau, year)), None) or signature(bureau, year)
    if last is None:
        return ()
    return tuple(differing(bureau, book, [as_telling(last)]))


def as_telling(said: Signature) -> Telling:
    """A signed or restated report as what was told to its readers."""
    figures = tuple(ToldFigure(**one) for one in said.figures)
    return Telling(said.entry, READER, said.on, said.by, "report", said.seq, said.digest, figures)


def _person(act: Writing, by: Act) -> list[Refusal]:
    found = unknown(act.roster, by.by)
    if not found and SIGNING_ROLE not in act.roster.roles(by.by, by.on):
        role = act.book.registers[STAFF].choices["role"][SIGNING_ROLE]
        found.append(own("role", f"年度报告由{role}签发，{by.by}在{by.on}不是", f"请由{role}签发", hard=True))
    found += not_yet(by.on, act.today)
    return found


def _not_by_own_hand(act: Writing, year: int, by: Act) -> tuple[Refusal, ...]:
    """Why what another enters is no signature of the person it names; empty for their own, and for one on paper whose
    scan is attached to the year's report.
    """
    if by.signed_on_paper:
        return (*unknown(act.roster, by.entered_by), *without_scan(act.bureau.code, f"{CASE}:{year}", by))
    if by.entered_by in ("", by.by):
        return ()
    says = f"年度报告要由{by.by}签字，{by.entered_by}不能代签"
    return (own("on_paper", says, "由本人登录签发；已在纸上签的，附上扫描件代录", hard=True),)


def _stood_in(act: Writing, by: Act) -> dict[str, Any]:
    """By which paper an acting head signs; 授权代签 does not reach a yearly report. Empty for the head."""
    stood = act.roster.stands_in(by.by, frozenset({SIGNING_ROLE}), by.on, "", "", reserved=True)
    return {STANDS_IN: stood.shown()} if stood else {}


def _entered(
    act: Writing, words: Words, head: Head, files: Mapping[str, bytes], reason: str, by: Act
) -> dict[str, Any]:
    return {
        "year": words.year, "title": words.title, "report": words.name, "outline": words.outline,
        "text": sha256(text_of(words.title, words.lines).encode()),
        "body": [[line.level, [list(run) for run in line.runs]] for line in words.lines],
        "figures": [as_told(period, value) for period, value in words.figures],
        "head": {"seq": head.seq, "digest": head.digest},
        "files": {name: sha256(content) for name, content in files.items()},
        "facts": dict(words.facts), "example": words.example,
        "notes": dict(words.notes), "reason": reason.strip(), "missing": list(words.missing),
    }  # fmt: skip
