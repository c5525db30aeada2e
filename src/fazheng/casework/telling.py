"""报数留底: which number was told to whom on which day, and from which head of the book it was counted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from fazheng.casework.act import Act
from fazheng.casework.writing import Writing
from fazheng.figures import FigureValue, Period
from fazheng.ledger.chain import Head, SealedEntry
from fazheng.ledger.read import entries
from fazheng.procedure.refusals import not_yet, own, unknown
from fazheng.procedure.surroundings import Refusal

TOLD_CASE, TOLD = "told", "figures_told"
LONGEST_NAME = 60
How = Literal["report", "fill", "figures", "ask"]
HOWS: Mapping[str, str] = {"report": "报告", "fill": "填表", "figures": "报数", "ask": "数据核对表"}


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A number as it was told: of a rate its two numbers too. `rows`: the digest of the cases it was counted from."""

    id: str
    first: str
    last: str
    value: int | None
    shown: str
    numerator: int | None
    denominator: int | None
    source: str
    rows: str

    @property
    def period(self) -> Period:
        return date.fromisoformat(self.first), date.fromisoformat(self.last)


@dataclass(frozen=True, slots=True)
class Telling:
    """One telling: to whom, when, by whom, in which way; counted when entry `seq` was the last of the book."""

    entry: int
    to: str
    on: date
    by: str
    how: str
    seq: int
    digest: str
    figures: tuple[ToldFigure, ...]


def tell(
    act: Writing, to: str, how: How, values: Iterable[tuple[Period, FigureValue]], head: Head, by: Act
) -> tuple[Refusal, ...]:
    """Enters what leaves the house. `head` is that of the book before the numbers were counted. Refused for a person
    the book does not know, a day to come, nobody named, and where no number is told.
    """
    found = unknown(act.roster, by.by)
    found += not_yet(by.on, act.today)
    if not to.strip() or len(to.strip()) > LONGEST_NAME:
        found.append(own("field", f"收件单位要写1至{LONGEST_NAME}个字", "请写单位的名称，不写人名", hard=True))
    told = [as_told(period, value) for period, value in values if value.value is not None]
    if not told:
        found.append(own("field", "没有一个数可报", "各项都无数据：请先补录、申报或者作零申报", hard=True))
    if not found:
        data = {"to": to.strip(), "how": how, "head": {"seq": head.seq, "digest": head.digest}, "figures": told}
        act.record(TOLD_CASE, TOLD, by, data)
    return tuple(found)


def as_told(period: Period, value: FigureValue) -> dict[str, Any]:
    rate = value.counts == "rate"
    return {
        "id": value.id, "first": period[0].isoformat(), "last": period[1].isoformat(),
        "value": None if rate else value.value, "shown": value.shown,
        "numerator": value.numerator, "denominator": value.denominator,
        "source": value.source, "rows": rows_digest(value.rows),
    }  # fmt: skip


def rows_digest(rows: Sequence[str]) -> str:
    """The digest of case ids and keys; the same for the same set."""
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()


def tellings(bureau: str) -> list[Telling]:
    """Everything that was told, in the order it was entered. Empty where nothing left the house."""
    return [_telling(entry) for entry in entries(bureau, case_id=TOLD_CASE) if entry.event == TOLD]


def _telling(entry: SealedEntry) -> Telling:
    data = json.loads(entry.data)
    figures = tuple(ToldFigure(**one) for one in data["figures"])
    head = data["head"]
    return Telling(entry.seq, data["to"], date.fromisoformat(entry.happened_on), entry.by, data["how"],
                   head["seq"], head["digest"], figures)  # fmt: skip
