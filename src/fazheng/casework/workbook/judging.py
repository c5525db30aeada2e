"""One import under way: its transaction, what it counted, and what the engine said of each row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fazheng.casework.on_paper import signs
from fazheng.casework.workbook.digests import PREFIX, Digests
from fazheng.casework.workbook.faults import Fault, refused
from fazheng.casework.workbook.grid import Grid
from fazheng.casework.workbook.layout import BY, HAPPENED, ON, PAPER, REF, STEP, head_of
from fazheng.casework.workbook.lines import Line
from fazheng.casework.writing import Act, Writing
from fazheng.lawbook.conditions import FieldTest, facts_of, walk
from fazheng.lawbook.figure import STAFF
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure, Step
from fazheng.procedure.surroundings import Decision, Refusal
from fazheng.staff.rights import COMMANDS, Viewer, may_do, row_command

NOBODY_NAMED = "import"  # who entered it, where nobody was named: shown as 批量导入（未指明录入人）
_QUOTED = re.compile(r"“(.+?)”")
_OF_THE_ACTOR = ("role", "certificate", "recused")
_OF_THE_DAY = ("future", "order", "version", "lapsed", "late_extension")
_OF_THE_STEP = ("after", "unless", "once", "closed")


@dataclass(slots=True)
class Deed:
    """What a row says was done: a step of a case, with everything an act needs."""

    line: Line
    procedure: str
    version: Procedure
    step: Step
    on: date
    by: str
    happened: bool
    paper: str
    data: dict[str, Any]
    ref: str = ""  # of a row that opens a case
    case_id: str = ""  # of a row that goes on with one


@dataclass(slots=True)
class Importing:
    """`who` enters the rows. Once a fault is found the import is doomed and only goes on to find the others."""

    act: Writing
    who: str
    digests: Digests
    advance: Callable[[], None]  # one more row is done with
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    steps: int = 0
    entered: int = 0  # rows of registers, signed zeros
    skipped: int = 0
    defects: int = 0
    without_paper: Counter[str] = field(default_factory=Counter)
    importer: Viewer | None = None  # whose rights are asked; None: the operator's machine, who is asked nothing
    signs_own: bool = False  # whether a row is the signature of whose rights are asked
    unread: set[str] = field(default_factory=set)  # keys of register rows that have a fault: told there, once

    def skip(self, lines: Iterable[Line]) -> list[Line]:
        """The lines whose rows are not in the book yet; the others are counted."""
        kept = list(lines)
        known = self.digests.known(line.digest for line in kept)
        fresh = [line for line in kept if not line.digest or line.digest not in known]
        self.skipped += len(kept) - len(fresh)
        return fresh

    def act_of(self, deed: Deed, data: Mapping[str, Any], *, happened: bool) -> Act:
        source = PREFIX + deed.line.digest
        return Act(deed.on, deed.by, data, happened, self.who, deed.paper, source)

    def weigh(self, deed: Deed, decision: Decision) -> bool:
        """Tells what the engine found; whether the row stands, or could stand as 如实补录."""
        if self._signs_as_importer(deed):
            self.signs_own = True
        elif self._signed_by_another(deed):
            says = f"“{deed.step.name}”要经办人本人签字，您不能替人导入"
            deed.line.fault(BY, f"{says}：请由{able_to('import_signed', self.act.book)}导入，或者本人登录办理")
        for refusal in decision.refusals:
            if self.unread.isdisjoint(_QUOTED.findall(refusal.says)):
                deed.line.tell(refused(*deed.line.place, column_of(refusal, deed), deed.step.name, refusal))
        if decision.refused:
            return not any(refusal.hard for refusal in decision.refusals)
        for warning in dict.fromkeys(decision.warnings):
            place = (*deed.line.place, deed.line.shown(column_of(warning, deed)))
            self.warnings.append(Fault(*place, f"请留意：{warning.says}（{warning.article}）；{warning.todo}"))
        self.defects += len({refusal.gate for refusal in decision.defects})
        if deed.happened and not deed.paper:
            self.without_paper[deed.line.grid.sheet.name] += 1
        return True

    def _signs_as_importer(self, deed: Deed) -> bool:
        who = self.importer
        return who is not None and deed.by == who.code and signs(self.act.book, deed.step)

    def _signed_by_another(self, deed: Deed) -> bool:
        who = self.importer
        if who is None or deed.by == who.code or may_do(who, "import_signed"):
            return False
        return signs(self.act.book, deed.step)

    def refuse_sheets(self, grids: Iterable[Grid]) -> None:
        """A fault for each sheet whose rows the importer may not enter by hand either."""
        for grid in grids:
            of = {"register": row_command(grid.sheet.of), "nothing": "nothing"}.get(grid.sheet.kind)
            if self.importer and of and grid.rows and not may_do(self.importer, of):
                says = f"这张表您不能导入：要由{able_to(of, self.act.book)}登记"
                self.faults.append(Fault(grid.sheet.name, 0, "", f"{says}。请去掉这张表再传，或者请他们导入"))

    def told(self) -> tuple[str, ...]:
        """All warnings as a clerk reads them, with what is said once for a whole sheet."""
        said = [
            Fault(sheet, 0, PAPER, f"有{number}行填了“{HAPPENED}”而没有写“{PAPER}”：请尽量写明哪份材料能证明")
            for sheet, number in self.without_paper.items()
        ]
        return tuple(map(str, self.warnings + said))


def able_to(command: str, book: LawBook) -> str:
    """Who may do it, as a clerk calls them."""
    names = book.registers[STAFF].choices["role"]
    return "、".join(name for role, name in names.items() if role in COMMANDS[command])


def column_of(refusal: Refusal, deed: Deed) -> str:
    """The head of the column that a refusal is about."""
    heads = {head_of(deed.version.label(name)): name for name in deed.step.kinds}
    named = _QUOTED.match(refusal.says) or _QUOTED.search(refusal.says)
    if refusal.gate == "field" or refusal.gate in _OF_THE_ACTOR:
        if named and head_of(named[1]) in heads:
            return head_of(named[1])
        return _of_person(refusal, deed, heads) if refusal.gate in _OF_THE_ACTOR else _own(deed)
    if refusal.gate in _OF_THE_DAY:
        return ON
    if refusal.gate in _OF_THE_STEP:
        return _own(deed)
    return next((head for head, name in heads.items() if name in _asked(refusal.gate, deed)), _own(deed))


def _own(deed: Deed) -> str:
    return REF if deed.ref else STEP


def _of_person(refusal: Refusal, deed: Deed, heads: Mapping[str, str]) -> str:
    """Who has no certificate or is recused is named first in what to do."""
    if not refusal.todo.startswith(deed.by):
        for head, name in heads.items():
            people = deed.data.get(name) if deed.step.kinds[name].name == "people" else None
            if any(refusal.todo.startswith(str(person)) for person in people or ()):
                return head
    return BY


def _asked(gate: str, deed: Deed) -> set[str]:
    """Fields of the row's own step that the gate asks about."""
    found = next((one for one in deed.version.gates if one.id == gate), None)
    parts = walk(found.needs) if found else ()
    tests = (facts_of(part) for part in parts if isinstance(part, FieldTest))
    return {fact.field for facts in tests for fact in facts if fact.event == deed.step.records}
