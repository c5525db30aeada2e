"""One transaction of the book: steps decided, entries sealed, projections made. Nothing else writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from fazheng.casework import clock
from fazheng.casework.act import Act, Done
from fazheng.casework.advance import project_advances
from fazheng.casework.apart import ApartValues
from fazheng.casework.besides import beside_steps, project_other
from fazheng.casework.bureaux import BUREAU_CASE, Bureau
from fazheng.casework.drafted import Drafted
from fazheng.casework.folding import CaseUnknown, case_file
from fazheng.casework.kept import MOST_CASES, Kept, keep, recalled
from fazheng.casework.linking import linked_ids, named_cases, read_linked
from fazheng.casework.meanwhile import entered_since
from fazheng.casework.moment import last_recorded, moment
from fazheng.casework.on_paper import marks, put_right, unsigned
from fazheng.casework.powers import held_back
from fazheng.casework.project import project_many
from fazheng.lawbook.load import LawBook, load
from fazheng.ledger.append import append, keep_private, lock_head
from fazheng.ledger.chain import DraftEntry, Head, canonical_json, form_of, is_plain
from fazheng.ledger.models import CaseRow
from fazheng.ledger.read import cases_entries, entries
from fazheng.ledger.signed import CASE as REPORT
from fazheng.ledger.signed import is_signed
from fazheng.ledger.waiting import unless_busy
from fazheng.ledger.whole import opened, whole
from fazheng.procedure.amend import step_meant
from fazheng.procedure.case import AMENDING, Case, Event, evolve
from fazheng.procedure.decide import decide
from fazheng.procedure.examples import calendar_of
from fazheng.procedure.law import Law
from fazheng.procedure.refusals import own
from fazheng.procedure.standing import RowSpan, Stood, standing_on
from fazheng.procedure.surroundings import Command, Decision, Refusal, Surroundings
from fazheng.register import spans_of
from fazheng.register.powers import ITEMS, Lists
from fazheng.staff import Roster, load_roster

__all__ = ["Act", "Done", "Writing", "writing"]

_SEALED_AT_ONCE = 2000  # entries that wait for the chain
_LONGEST_REF = CaseRow._meta.get_field("ref").max_length or 0  # which PostgreSQL holds us to, and SQLite does not
_NOTHING = Decision()  # what an entry broke and was warned of that no step decided
_CASES_HELD = 4000  # cases in memory; the others are read again where they are asked for


class Writing:
    """Acts of one bureau, decided one after the other and sealed together when the transaction ends."""

    def __init__(
        self,
        bureau: Bureau,
        today: date,
        head: Head | None = None,
        kept: Kept | None = None,
        roster: Roster | None = None,
    ) -> None:
        """`head` is the end of the chain, where this transaction holds its lock; `kept` what is known as of it.

        `roster`: the staff as it was read already, for who only looks.
        """
        self.bureau, self.today = bureau, today
        self.book: LawBook = load(place=bureau.place)
        kept = kept or (recalled(bureau.code, head, self.book) if head else None)
        self.calendar = calendar_of(self.book)
        self.apart = ApartValues()
        self._drafted = Drafted(self.book)
        self._cases: dict[str, tuple[Law, Case]] = dict(kept.cases) if kept else {}
        self._head = head
        self._spans: dict[tuple[str, str], list[RowSpan]] = dict(kept.spans) if kept else {}
        self._numbers: dict[str, int] = dict(kept.numbers) if kept else {}
        self._roster: Roster | None = kept.roster if kept else roster
        self._opened_on: date | None = kept.opened_on if kept else None
        self._signed: dict[int, bool] = dict(kept.signed) if kept else {}
        self._powers: Lists | None = kept.powers if kept else None
        self._recorded_at: str | None = kept.recorded_at if kept else None
        self.clock_confirmed = False  # a person says that the clock is right, though the book is ahead of it

    @property
    def opened_on(self) -> date | None:
        """The day the bureau's book begins; None before its first entry is sealed."""
        if self._opened_on is None:
            first = next(entries(self.bureau.code, case_id=BUREAU_CASE), None)
            self._opened_on = date.fromisoformat(first.happened_on) if first else None
        return self._opened_on

    @property
    def recorded_at(self) -> str:
        """When the last entry was recorded, those of this transaction included; empty before the first one."""
        if self._recorded_at is None:
            self._recorded_at = last_recorded(self.bureau.code, self._locked().seq)
        return self._recorded_at

    @property
    def roster(self) -> Roster:
        """The staff as it stands now, rows of this transaction included."""
        if self._drafted.staff:
            self.flush()
        if self._roster is None:
            self._roster = load_roster(self.bureau.code)
        return self._roster

    @property
    def powers(self) -> Lists | None:
        """The list of powers with its delegations as it stands now; None where the law files know none."""
        if ITEMS not in self.book.registers:
            return None
        if self._drafted.powers:
            self.flush()
        if self._powers is None:
            self._powers = Lists(self.bureau.code)
        return self._powers

    def open(self, procedure: str, act: Act, *, ref: str = "") -> Done:
        """Opens a case, or says why not. `ref`: the bureau's own number of it. Raises KeyError for a procedure that no
        law file knows.
        """
        if len(ref) > _LONGEST_REF:
            says = f"本单位编号最多{_LONGEST_REF}个字，现有{len(ref)}个"
            return Done("", Decision(refusals=(own("ref", says, "请改短编号", hard=True),)))
        versions = self.book.procedures[procedure]
        law = Law.of(versions, act.on) or Law(versions[-1], versions)  # a day that none covers is refused by `decide`
        number = f"{procedure}-{act.on.year}-"
        command = Command(law.first.opens, act.on, act.by, act.data, act.entered_by, act.happened)
        self._seal_many()
        decision = self._decided(law, Case(), command, act, "")
        if decision.refused:
            return Done("", decision)
        decision = self._after_signing(decision, act.on.year)
        case_id = f"{number}{self._next(number):04d}"
        named = {
            "law": {"procedure": procedure, "in_force": law.first.in_force.isoformat(), "digest": law.first.digest}
        }
        self._drafted.opened.add(case_id)
        self._seal(case_id, law, Case(), act, command, decision, named | ({"ref": ref} if ref else {}))
        return Done(case_id, decision)

    def do(self, case_id: str, step: str, act: Act) -> Done:
        """Takes a step of a case, or amends its record. Raises CaseUnknown, UnknownStep."""
        self._seal_many()
        law, case = self.case(case_id)
        if act.seen is not None and (since := entered_since(law, case, act.seen, case_id)):
            return Done(case_id, Decision(refusals=(since,)))
        command = Command(step, act.on, act.by, act.data, act.entered_by, act.happened)
        decision = self._decided(law, case, command, act, case_id)
        if not decision.refused:
            decision = self._after_signing(decision, act.on.year)
            self._seal(case_id, law, case, act, command, decision, {})
        return Done(case_id, decision)

    def case(self, case_id: str) -> tuple[Law, Case]:
        """The case as this transaction has it. Raises CaseUnknown."""
        if case_id not in self._cases:
            self.flush_if_drafted(case_id)  # what was recorded beside its steps
            self.read([case_id])
        if case_id not in self._cases:
            raise CaseUnknown(f"账本里没有案件“{case_id}”；请核对案件号")
        return self._cases[case_id]

    def read(self, case_ids: Sequence[str]) -> None:
        """Reads many cases at once; unknown ones are left out."""
        for case_id, rows in cases_entries(self.bureau.code, [c for c in case_ids if c not in self._cases]):
            if found := case_file(case_id, rows, self.book):
                self._cases[case_id] = (found.law, found.case)

    def record(self, case_id: str, event: str, act: Act, data: Mapping[str, Any], acting_as: str = "") -> None:
        """Seals an entry that is no step of a procedure: a register's row, a signed zero, a settled task."""
        self._seal_many()
        shown = {**data, "paper": self.apart.hold(act.paper)} if act.paper else dict(data)
        self._draft(case_id, event, act, shown, acting_as, _NOTHING)
        self._drafted.otherwise.add(case_id)
        if case_id.startswith(f"{REPORT}:"):
            self._signed = {}
        if self._cases.pop(case_id, None):
            self.flush()  # the case is read anew, with this entry, when it is next asked for

    def flush_if_drafted(self, case_id: str) -> None:
        """Flushes where this transaction has something of that case or row that is not yet in the book."""
        if case_id in self._drafted.cases:
            self.flush()

    def flush(self) -> None:
        """Seals what was decided so far and projects it, so that what follows can read it."""
        drafted = self._drafted
        if not drafted.cases:
            return
        advances = drafted.advances(self._cases)
        self._seal_drafted()
        self._drafted = Drafted(self.book)
        for row in drafted.rows:
            self._spans.pop(row, None)
        self._roster = None if drafted.staff else self._roster
        self._powers = None if drafted.powers else self._powers
        added = [advance for advance in advances if advance.plain]
        anew = drafted.cases - {advance.case_id for advance in added}
        if anew:
            cases = {case_id for case_id in anew if case_id.rsplit("-", 2)[0] in self.book.procedures}
            project_many(self.bureau.code, cases, self.book, self.surroundings, drafted.opened)
        project_advances(self.bureau.code, added, self.book, self.calendar)

    def _seal_many(self) -> None:
        """Seals without projecting, once much has been decided: a year that comes in at once is not held in memory.

        What asks a projection still finds its case, row or link among what is drafted, and flushes.
        """
        if len(self._drafted.entries) < _SEALED_AT_ONCE:
            return
        self._seal_drafted()
        for case_id in list(self._cases)[:-_CASES_HELD]:
            del self._cases[case_id]
            self._drafted.let_go(case_id)

    def _seal_drafted(self) -> None:
        if not (drafts := self._drafted.entries):
            return
        if self.apart.values:
            keep_private(self.bureau.code, self.apart.values)
        before = self._locked()
        sealed = append(drafts, before, self._drafted.versions())
        self._head = Head(sealed[-1].seq, sealed[-1].digest, before.form or form_of(drafts[0].data))
        self._drafted.sealed()
        self.apart = ApartValues()
        if beside := [entry for entry in sealed if beside_steps(entry)]:
            project_other(self.bureau.code, beside, self.book)

    def kept(self) -> Kept:
        """What may be kept for the next transaction, once all was flushed."""
        head, at = self._locked(), self.recorded_at
        late = len(self._cases) - MOST_CASES
        cases = dict(islice(self._cases.items(), late, None)) if late > 0 else self._cases
        known = self._roster, self._opened_on, self._spans, self._numbers
        return Kept(head, self.book, at, *known, cases, self._powers, self._signed)

    def _locked(self) -> Head:
        if self._head is None:
            self._head = lock_head(self.bureau.code)
        return self._head

    def surroundings(self) -> Surroundings:
        """What every case of the bureau is decided in, linked cases apart."""
        return Surroundings(self.calendar, self.roster, self.today, self.book.parameter, {}, self._exists, self.row)

    def row(self, register: str, key: str, day: date) -> Stood | None:
        """The row that stands on `day`, those moved in this transaction included; None where none does."""
        name = register, key
        if name in self._drafted.rows:
            self.flush()
        if name not in self._spans:
            self._spans[name] = spans_of(self.bureau.code, register, key)
        return standing_on(self._spans[name], day)

    def around(self, case_id: str, law: Law, named: Sequence[str] = ()) -> Surroundings:
        """What the case is decided in, linked cases among it where its rules ask of them: those it names, those that
        name it, and `named`, which a step is about to name.
        """
        asked = law.asks_linked
        if not asked:
            return self.surroundings()
        linked = {*named, *linked_ids(self.bureau.code, case_id)}
        if case_id in self._drafted.linking or linked & self._drafted.cases:
            self.flush()  # a linked case of this very transaction is asked as it stands in the book
            linked = {*named, *linked_ids(self.bureau.code, case_id)}
        found = read_linked(self.bureau.code, [id for id in linked if id.rsplit("-", 2)[0] in asked], self.book)
        return replace(self.surroundings(), linked=found)

    def _after_signing(self, decision: Decision, year: int) -> Decision:
        """The decision with a note where the yearly report of that day's year was signed already."""
        if year >= self.today.year:
            return decision
        if year not in self._signed:
            self.flush_if_drafted(f"{REPORT}:{year}")
            self._signed[year] = is_signed(self.bureau.code, year)
        if not self._signed[year]:
            return decision
        said = own("after_signing", f"晚于{year}年度报告签发", "改动了签发的数的，用“更正说明”更正")
        return replace(decision, warnings=(*decision.warnings, said))

    def _decided(self, law: Law, case: Case, command: Command, act: Act, case_id: str) -> Decision:
        around, meant = self._around(case_id, law, command), step_meant(law, case, command)
        decision = held_back(decide(law, case, command, around), case_id, law, command, self.powers)
        decision = put_right(decision, self.book, law, case, command, act, around)
        if missing := unsigned(self.bureau.code, self.book, meant, case_id, act):
            return Decision(refusals=(*decision.refusals, *missing), warnings=decision.warnings)
        return decision

    def _around(self, case_id: str, law: Law, command: Command) -> Surroundings:
        return self.around(case_id, law, named_cases(law.step_kinds(command.step), command.data or {}))

    def _exists(self, case_id: str) -> bool:
        if case_id in self._cases or case_id in self._drafted.cases:
            return True
        return CaseRow.objects.filter(bureau=self.bureau.code, case_id=case_id).exists()

    def _next(self, prefix: str) -> int:
        if prefix not in self._numbers:
            last = CaseRow.objects.filter(bureau=self.bureau.code, case_id__startswith=prefix)
            self._numbers[prefix] = max(
                (int(row.case_id.removeprefix(prefix)) for row in last.only("case_id")), default=0
            )
        self._numbers[prefix] += 1
        return self._numbers[prefix]

    def _seal(
        self,
        case_id: str,
        law: Law,
        case: Case,
        act: Act,
        command: Command,
        decision: Decision,
        extra: Mapping[str, Any],
    ) -> None:
        before, number, told = case, case.next_version, decision
        texts: dict[int, str] = {}
        for n, new in enumerate(decision.events):
            if n == 0:
                data = {**self._stripped(law, case, command, new.data), **extra, **marks(act, decision)}
                data |= {"paper": self.apart.hold(act.paper)} if act.paper else {}
            else:
                data, told = dict(new.data), _NOTHING
            text = texts[number] = self._draft(case_id, new.event, act, data, decision.acting_as, told)
            data = _as_read(data, text)  # as the book has it, and nobody else's to change
            broken = tuple([refusal.gate for refusal in told.defects])
            case = evolve(case, Event(new.event, new.on, act.by, data, number, act.entered_by or act.by, broken))
            number += 1
        self._cases.pop(case_id, None)
        self._cases[case_id] = (law, case)  # the last one touched
        self._drafted.touched(case_id, law, before, case, texts)

    def _stripped(self, law: Law, case: Case, command: Command, data: Mapping[str, Any]) -> dict[str, Any]:
        if command.step not in AMENDING:
            return self.apart.strip(data, (law.on(command.on) or law.first).steps[command.step].kinds)
        kept = dict(data)
        kept["reason"] = self.apart.hold(str(kept["reason"]))
        if "data" in kept:
            target = next((event.event for event in case.standing if event.version == data.get("entry")), "")
            step = law.step_of(str(kept.get("event") or target))
            kept["data"] = self.apart.strip(kept["data"], step.kinds if step else {})
        return kept

    def _draft(
        self, case_id: str, event: str, act: Act, data: dict[str, Any], acting_as: str, decision: Decision
    ) -> str:
        """Drafts an entry; its data as text."""
        text = canonical_json(data)
        self._recorded_at = moment(self.recorded_at, confirmed=self.clock_confirmed)
        self._drafted.add(
            DraftEntry(
                bureau=self.bureau.code,
                case_id=case_id,
                event=event,
                data=text,
                by=act.by,
                entered_by=act.entered_by or act.by,
                acting_as=acting_as,
                happened_on=act.on.isoformat(),
                recorded_at=self._recorded_at,
                source=act.source,
                defects=_gates(decision.defects),
                warnings=_gates(decision.warnings),
            )
        )
        return text


def _as_read(data: dict[str, Any], text: str) -> dict[str, Any]:
    """What `text`, the canonical JSON of `data`, says when it is read."""
    return {key: data[key] for key in sorted(data)} if is_plain(data) else json.loads(text)


def _gates(found: Sequence[Refusal]) -> str:
    return canonical_json([{"gate": r.gate, "article": r.article} for r in found]) if found else "[]"


@contextmanager
def writing(bureau: Bureau, *, today: date | None = None) -> Iterator[Writing]:
    """One transaction: everything in it is sealed and projected when it ends, or nothing is.

    `today` is this day in Asia/Shanghai unless a test says another. Raises BookBusy where another writer did not let
    go of the book in time.
    """
    with unless_busy(), whole():
        act = Writing(bureau, today or clock.today(), lock_head(bureau.code))
        yield act
        act.flush()
        kept = act.kept()
        opened().on_commit(lambda: keep(bureau.code, kept))
