"""A case's time line with its holes: what the law wanted on record and is not there, and days without any record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fazheng.procedure.dossier import Dossier, Passed
from fazheng.procedure.outlook import Duty
from fazheng.procedure.refusals import source
from fazheng.report.composed import Line


@dataclass(frozen=True, slots=True)
class Hole:
    """Something that is not on record: before an act that needed it, by a day that has passed, or between two days."""

    says: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the story, or a hole in it: one of the two."""

    line: Line | None = None
    hole: Hole | None = None


def timeline(lines: Sequence[Line], file: Dossier, duties: Iterable[Duty], today: date) -> list[Moment]:
    """The lines in their order, with the holes where they gape."""
    missing = {act.event.version: list(_missing(act.gates)) for act in file.acts}
    found: list[Moment] = []
    last: date | None = None
    for line in lines:
        day = date.fromisoformat(line.day)
        found += _silence(last, day)
        found += [Moment(hole=hole) for hole in missing.get(line.entry, ()) if not line.withdrawn]
        found.append(Moment(line))
        last = day
    if file.closed is None:
        found += _silence(last, today, "至今")
    return found + [Moment(hole=hole) for hole in _overdue(duties, today)]


def _missing(gates: Iterable[Passed]) -> Iterator[Hole]:
    for passed in gates:
        gate, held = passed.gate, passed.held
        if not held:
            yield Hole(f"缺“{gate.name or gate.says}”的记录", source(gate))


def _silence(last: date | None, day: date, until: str = "其间") -> list[Moment]:
    days = (day - last).days - 1 if last else 0
    return [Moment(hole=Hole(f"{until}{days}天没有记录"))] if days > 0 else []


def _overdue(duties: Iterable[Duty], today: date) -> Iterator[Hole]:
    for duty in duties:
        if duty.clock.due is not None and duty.clock.due < today and duty.clock.limit.missed == "overdue":
            yield Hole(f"“{duty.clock.limit.name}”应在{duty.clock.due}以前办，没有记录", source(duty.clock.limit))
