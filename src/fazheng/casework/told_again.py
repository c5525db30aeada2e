"""What was told held against the book of today: another number, and the cases that came or went in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fazheng.casework.past import counted_then, spans_then
from fazheng.casework.telling import Telling, ToldFigure, rows_digest
from fazheng.figures import FigureValue, Period, chinese, count
from fazheng.lawbook.load import LawBook
from fazheng.ledger.read import entries

SHOWN = 10  # cases named in a sentence
_AMENDED = {"add_late": "补记", "correct": "更正", "withdraw": "撤回"}
_ROWS = {"row_enter": "登记", "row_change": "变更", "row_strike": "注销"}


@dataclass(frozen=True, slots=True)
class Moved:
    """A case or row that made the difference: what its first entry after that head did, and when it was entered."""

    row: str
    did: str
    on: str

    def __str__(self) -> str:
        return f"{self.row}（{self.on}{self.did}）" if self.on else self.row


@dataclass(frozen=True, slots=True)
class Differing:
    """A told number that the book of today does not bear out. `law`: today's law files count another number even from
    the book of that day.
    """

    telling: Telling
    figure: ToldFigure
    name: str
    unit: str
    now: FigureValue | None
    came: tuple[Moved, ...] = ()
    went: tuple[Moved, ...] = ()
    changed: tuple[Moved, ...] = ()
    law: bool = False

    @property
    def sentence(self) -> str:
        """2024年11月5日报市民政局：按时办结120件；现为121件，多出：hotline.ticket-2024-0107（2024-11-12补记）。"""
        told = f"{chinese(self.telling.on)}报{self.telling.to}：{self.name}{self.figure.shown}{self.unit}"
        if self.now is None:
            return f"{told}；现在的法条文件里没有这个统计项。"
        unit = self.unit if self.now.value is not None else ""
        why = [f"{word}：{_listed(rows)}" for word, rows in
               (("多出", self.came), ("减去", self.went), ("改动", self.changed)) if rows]  # fmt: skip
        if self.figure.source != self.now.source and self.now.value is not None:
            words = {"counted": "账本数出", "declared": "申报", "mixed": "申报和数出合并"}
            why.append(f"当时是{words[self.figure.source]}的，现在是{words[self.now.source]}的")
        if self.law:
            why.append("按现在的法条文件，从当时的账本也数不出当时的数，统计口径已变")
        return f"{told}；现为{self.now.shown}{unit}" + (f"，{'；'.join(why)}" if why else "") + "。"


def differing(bureau: str, book: LawBook, told: Sequence[Telling]) -> Iterator[Differing]:
    """Every told number that is another today, in the order of telling. A head is counted again only where needed."""
    now: dict[Period, dict[str, FigureValue]] = {}
    for telling in told:
        changed: list[tuple[ToldFigure, FigureValue]] = []
        for figure in telling.figures:
            if figure.id not in book.figures:
                yield Differing(telling, figure, figure.id, "", None)
                continue
            if figure.period not in now:
                now[figure.period] = _now(bureau, book, figure.period, told)
            value = now[figure.period][figure.id]
            if not same(figure, value):
                changed.append((figure, value))
        if changed:
            yield from _explained(bureau, book, telling, changed)


def same(told: ToldFigure, value: FigureValue) -> bool:
    """Whether the number is the one that was told; a rate is its two numbers."""
    if value.counts == "rate":
        return (told.numerator, told.denominator) == (value.numerator, value.denominator)
    return told.value == value.value


def _now(bureau: str, book: LawBook, period: Period, told: Sequence[Telling]) -> dict[str, FigureValue]:
    ids = {one.id for telling in told for one in telling.figures if one.period == period and one.id in book.figures}
    return {value.id: value for value in count(bureau, book, period, ids)}


def _explained(
    bureau: str, book: LawBook, telling: Telling, changed: Sequence[tuple[ToldFigure, FigureValue]]
) -> Iterator[Differing]:
    spans = spans_then(bureau, book, telling.seq)
    then: dict[Period, dict[str, FigureValue]] = {}
    for figure, value in changed:
        if figure.period not in then:
            ids = [one.id for one, _ in changed if one.period == figure.period]
            then[figure.period] = counted_then(bureau, book, figure.period, telling.seq, ids, spans)
        old = then[figure.period][figure.id]
        came, went = sorted(set(value.rows) - set(old.rows)), sorted(set(old.rows) - set(value.rows))
        kept = sorted(set(value.rows) & set(old.rows)) if not (came or went) else []
        moved = [one for row in kept if (one := _moved(bureau, value, row, telling.seq)).on]
        unit = "" if value.counts == "rate" else value.unit
        yield Differing(
            telling, figure, value.name, unit, value,
            tuple(_moved(bureau, value, row, telling.seq) for row in came),
            tuple(_moved(bureau, value, row, telling.seq) for row in went),
            tuple(moved),
            law=not same(figure, old) or rows_digest(old.rows) != figure.rows,
        )  # fmt: skip


def _moved(bureau: str, value: FigureValue, row: str, seq: int) -> Moved:
    """The first entry of the case or row after that head. Without one, a linked case or a register moved it."""
    case_id = f"{value.of}:{row}" if value.counts == "register" else row
    first = next(entries(bureau, case_id=case_id, after=seq), None)
    if first is None:
        return Moved(row, "", "")
    return Moved(row, _AMENDED.get(first.event) or _ROWS.get(first.event, "补记"), first.recorded_at[:10])


def _listed(rows: Sequence[Moved]) -> str:
    more = f"等{len(rows)}件" if len(rows) > SHOWN else ""
    return "、".join(str(row) for row in rows[:SHOWN]) + more
