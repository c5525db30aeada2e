"""The staff register as the engine asks it: who works here, with which roles, and who stands in for the head."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazheng.lawbook.figure import ACTING, AUTHORITY, SECTION, STAFF, STAFFING
from fazheng.lawbook.procedure import Procedure, Step
from fazheng.ledger.models import RegisterRow
from fazheng.procedure.surroundings import StandIn

REGISTER = STAFF
HEAD = "bureau_head"  # the role that 主持工作 and 授权代签 speak of


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the staff register: what holds of a person from a day to the day before another."""

    code: str
    from_day: str
    to_day: str | None
    data: Mapping[str, Any]

    def covers(self, day: str) -> bool:
        return self.from_day <= day and (self.to_day is None or day < self.to_day)


@dataclass(frozen=True, slots=True)
class Term(Person):
    """A row of 主持工作 or 授权代签, by the number of its paper (`code`)."""

    authorised: bool = False

    @property
    def granted_by(self) -> str:
        """In whose place a person signs by 授权代签; "" for 主持工作."""
        return str(self.data.get("granted_by") or "")

    @property
    def until(self) -> str:
        """The last day of the term; "" where none is named."""
        return str(self.data.get("term_until") or "")

    def covers(self, day: str) -> bool:
        """Whether the row stands that day and the day lies in its term, the last day included."""
        data = self.data
        stands = self.from_day <= day and (self.to_day is None or day < self.to_day)
        return stands and str(data["term_from"]) <= day <= str(data.get("term_until") or day)

    def reaches(self, procedure: str, step: str) -> bool:
        """Whether it speaks of that step; 主持工作 speaks of all."""
        if not self.authorised:
            return True
        steps = self.data.get("steps") or ()
        return procedure in self.data["procedures"] and (not steps or step in steps)


class Roster:
    """Everybody who ever worked here. A person unknown on a day holds no role that day."""

    def __init__(self, rows: Iterable[Person], terms: Iterable[Term] = (), sections: Iterable[Person] = ()) -> None:
        self._rows: dict[str, list[Person]] = {}
        for row in rows:
            self._rows.setdefault(row.code, []).append(row)
        self._terms: dict[str, list[Term]] = {}
        for term in terms:
            self._terms.setdefault(str(term.data["who"]), []).append(term)
        self._sections = tuple(sections)
        self._here: dict[date, tuple[Person, ...]] = {}  # who does what is asked of a day a thousand times over
        self._roles: dict[tuple[str, date], frozenset[str]] = {}
        self._able: dict[tuple[str, str, date], tuple[str, ...]] = {}

    def known(self, code: str) -> bool:
        """Whether the code ever named a person of this bureau."""
        return code in self._rows

    def on(self, code: str, day: date) -> Person | None:
        """The person's row on `day`; None before they came or after they left."""
        text = day.isoformat()
        for row in self._rows.get(code, ()):
            if row.covers(text):
                return row
        return None

    def here(self, on: date) -> list[Person]:
        """The rows of those who are here that day, by code."""
        if on not in self._here:
            text = on.isoformat()
            self._here[on] = tuple(row for _, rows in sorted(self._rows.items()) for row in rows if row.covers(text))
        return list(self._here[on])

    def roles(self, code: str, on: date) -> frozenset[str]:
        """The roles the person holds that day, that of the head while they head the bureau by a paper; empty for
        nobody. 授权代签 gives no role: it is asked step by step (`stands_in`).
        """
        if (code, on) not in self._roles:
            row = self.on(code, on)
            own = frozenset(row.data.get("roles", ())) if row else frozenset()
            self._roles[code, on] = own | {HEAD} if row and self._term(code, on) else own
        return self._roles[code, on]

    def stands_in(
        self, code: str, roles: frozenset[str], on: date, procedure: str, step: str, *, reserved: bool = False
    ) -> StandIn | None:
        """Why the person may act in one of `roles` that day, holding none of them as their own; None: they may not,
        or need no paper for it. `reserved`: 授权代签 does not reach the step.
        """
        if HEAD not in roles:
            return None
        row = self.on(code, on)
        if row is None or roles & set(row.data.get("roles", ())):
            return None
        term = self._term(code, on) or (None if reserved else self._term(code, on, procedure, step))
        return StandIn(term.code, term.authorised) if term else None

    def authorities(self, code: str, on: date) -> list[Term]:
        """The papers (授权代签) by which the person signs something that day; empty for who is not here."""
        day, here = on.isoformat(), self.on(code, on) is not None
        return [term for term in self._terms.get(code, ()) if here and term.authorised and term.covers(day)]

    def certified(self, code: str, on: date) -> bool:
        """Whether the person's certificate is valid that day, its last day included; one taken away is not."""
        row = self.on(code, on)
        if row is None or not row.data.get("certificate_until") or row.data.get("certificate_stopped"):
            return False
        day = on.isoformat()
        return str(row.data.get("certificate_from") or "") <= day <= str(row.data["certificate_until"])

    def deputy(self, code: str, on: date) -> str:
        """Whom to ask while the person is away (AB岗); empty where nobody is named, or who is named is not here."""
        row = self.on(code, on)
        named = str(row.data.get("deputy") or "") if row else ""
        return named if named and self.on(named, on) else ""

    def sections_of(self, procedure: str, on: date) -> frozenset[str]:
        """The sections that the procedure belongs to that day; empty: it is everybody's."""
        text = on.isoformat()
        rows = (row for row in self._sections if row.covers(text))
        return frozenset(row.code for row in rows if procedure in (row.data.get("procedures") or ()))

    def holding(self, role: str, on: date) -> list[str]:
        """Codes of those who hold the role that day, sorted."""
        return sorted(code for code in self._rows if role in self.roles(code, on))

    def able(self, version: Procedure, step: Step, on: date) -> list[str]:
        """Codes of those who may take the step that day: the role, their own or by a paper, and a valid certificate
        where one is asked for. Who is recused in a case is for the case. Sorted.
        """
        known = self._able.get((version.digest, step.id, on))
        if known is None:
            known = self._able[version.digest, step.id, on] = self._find_able(version, step, on)
        return list(known)

    def _find_able(self, version: Procedure, step: Step, on: date) -> tuple[str, ...]:
        roles, asked = version.serving(step.role), version.roles[step.role].certificate
        return tuple(
            one.code
            for one in self.here(on)
            if (
                roles & self.roles(one.code, on)
                or self.stands_in(one.code, roles, on, version.id, step.id, reserved=step.reserved)
            )
            and (not asked or self.certified(one.code, on))
        )

    def _term(self, code: str, on: date, procedure: str = "", step: str = "") -> Term | None:
        """The paper by which they head the bureau that day, or by which they sign that step."""
        if code not in self._terms:
            return None
        terms, day = self._terms[code], on.isoformat()
        return next(
            (
                term
                for term in terms
                if term.covers(day) and term.authorised == bool(procedure) and term.reaches(procedure, step)
            ),
            None,
        )


def load_roster(bureau: str) -> Roster:
    """The roster as the projections hold it now."""
    people: list[Person] = []
    terms: list[Term] = []
    sections: list[Person] = []
    asked = sorted({*STAFFING, SECTION})
    for row in RegisterRow.objects.filter(bureau=bureau, register__in=asked).order_by("key", "nth"):
        held = row.key, row.from_day, row.to_day, json.loads(row.data)
        if row.register == STAFF:
            people.append(Person(*held))
        elif row.register == SECTION:
            sections.append(Person(*held))
        else:
            assert row.register in (ACTING, AUTHORITY)
            terms.append(Term(*held, authorised=row.register == AUTHORITY))
    return Roster(people, terms, sections)
