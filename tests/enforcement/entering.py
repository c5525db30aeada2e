"""The made files, entered in a real book: each act on its own day, or everything afterwards as 如实补录."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import open_bureau
from fazheng.casework.registers import enter_row
from fazheng.casework.writing import Act, Writing, writing
from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.read import entries
from fazheng.procedure.outlook import duties
from fazheng.procedure.surroundings import Refusal
from tests.enforcement.staff import PEOPLE
from tests.enforcement.story import CaseFile, Entry

AFTERWARDS = date(2026, 11, 20)  # the day on which everything is entered at once


@dataclass
class Entered:
    """What became of a file: the case, what was refused at which step, what was shown as overdue meanwhile.

    Once an act is refused the file stops: whoever wants to go on has to do right first.
    """

    file: CaseFile
    case_id: str = ""
    refused_at: Entry | None = None
    refusals: tuple[Refusal, ...] = ()
    warned: list[Refusal] = field(default_factory=list)
    overdue: set[str] = field(default_factory=set)
    done: list[str] = field(default_factory=list)


def bureau_of(code: str) -> Bureau:
    """A bureau of the example county with its people."""
    bureau = open_bureau("示例县民政局", code)
    with writing(bureau, today=AFTERWARDS) as act:
        for person, (roles, until) in PEOPLE.items():
            row = {"code": person, "name": f"示例{person}", "roles": list(roles)}
            row |= {"certificate_until": until} if until else {}
            assert not enter_row(act, "staff", Act(date(2019, 1, 2), "system", row, paper="示例台账"))
    return bureau


def day_by_day(bureau: Bureau, files: Iterable[CaseFile]) -> list[Entered]:
    """All acts of all files in the order of their days, each as an act to be done on that day."""
    found = [Entered(file) for file in files]
    acts = [(entry.on, n, one, entry) for one in found for n, entry in enumerate(one.file.entries)]
    acts.sort(key=lambda row: (row[0], row[2].file.number, row[1]))
    for day, of_day in groupby(acts, key=lambda row: row[0]):
        with writing(bureau, today=day) as act:
            for _, _, one, entry in of_day:
                if one.refused_at is None:
                    _look(act, one, day - timedelta(days=1))
                    _enter(act, one, entry, happened=False)
    return found


def afterwards(bureau: Bureau, files: Iterable[CaseFile]) -> list[Entered]:
    """The same, file by file, as what had already happened."""
    found = [Entered(file) for file in files]
    with writing(bureau, today=AFTERWARDS) as act:
        for one in found:
            for entry in one.file.entries:
                if one.refused_at is None:
                    _enter(act, one, entry, happened=True)
    return found


def _look(act: Writing, one: Entered, day: date) -> None:
    """What the desk showed as overdue on the evening before."""
    if one.case_id:
        law, case = act.case(one.case_id)
        shown = duties(law, case, day, act.around(one.case_id, law))
        one.overdue |= {duty.clock.limit.id for duty in shown if duty.light == "red"}


def _enter(act: Writing, one: Entered, entry: Entry, *, happened: bool) -> None:
    what = Act(entry.on, entry.by, entry.data, happened, entered_by=entry.by, paper="示例案卷" if happened else "")
    done = act.do(one.case_id, entry.step, what) if one.case_id else act.open(one.file.procedure, what)
    one.warned += done.decision.warnings
    if done.refused:
        one.refused_at, one.refusals = entry, done.decision.refusals
    else:
        one.case_id = done.case_id
        one.done.append(entry.step)


def sealed(bureau: Bureau, found: Iterable[Entered]) -> Mapping[str, list[SealedEntry]]:
    """The entries of each case."""
    return {one.case_id: list(entries(bureau.code, case_id=one.case_id)) for one in found if one.case_id}
