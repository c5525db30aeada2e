"""Acts whose legal review is due and has not come yet: the gates of the procedures, asked over all open cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fazheng.figures.sql import SqlReader
from fazheng.lawbook.act import rule_of
from fazheng.lawbook.conditions import AllOf, Happened, Not
from fazheng.lawbook.figure import Figure
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Gate
from fazheng.ledger.models import CaseRow
from fazheng.procedure.refusals import source


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A case that must be reviewed before it goes on."""

    act: str
    name: str
    article: str
    case_id: str


def reviews_due(bureau: str, book: LawBook, on: date) -> list[ReviewDue]:
    """The open cases of which a review is asked as they stand on that day, by case. A gate nobody adopted asks none.

    Law: 行政处罚法第五十八条; other reviews as law/acts names them.
    """
    found: list[ReviewDue] = []
    for act in book.acts.values():
        for rule in act.reviewed:
            for procedure in rule.of or act.of:
                gate = rule_of(book.procedures.get(procedure, ()), rule.gate)
                if not isinstance(gate, Gate) or gate.mark not in ("read", "second_hand"):
                    continue
                asked = AllOf((*([gate.when] if gate.when else []), Not(Happened(rule.before)), Not(gate.needs)))
                figure = Figure(id=rule.id, name=rule.name, unit="件", counts="cases", of=procedure, where=asked)
                rows = SqlReader(bureau, book, (on.replace(month=1, day=1), on)).read(figure).rows
                found += [ReviewDue(act.name, rule.name, source(gate), id) for id in _open(bureau, rows)]
    return sorted(found, key=lambda one: one.case_id)


def _open(bureau: str, cases: Sequence[str]) -> list[str]:
    rows = CaseRow.objects.filter(bureau=bureau, case_id__in=list(cases), closed_on__isnull=True)
    return list(rows.values_list("case_id", flat=True))
