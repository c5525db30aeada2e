"""权限: what a person may open, read, do and be shown. One table; what stands in no row is denied.

Rights follow post and section: the roles of the staff register on the day, the roles that a procedure's steps ask for,
and the sections that a procedure belongs to. Nobody is given a right by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from fazheng.lawbook.figure import ACTING, AUTHORITY, SECTION, STAFF
from fazheng.lawbook.procedure import Procedure
from fazheng.staff.roster import Roster

HEAD, REVIEWER, OFFICE, LEGAL_OFFICE, PERSONNEL = (
    "bureau_head",
    "legal_reviewer",
    "office",
    "legal_office",
    "personnel",
)
SYSTEM, SECURITY, AUDIT = "system_admin", "security_admin", "audit_admin"
ADMINISTRATORS = frozenset({SYSTEM, SECURITY, AUDIT})
WORK, ANYBODY = "work", "anybody"  # whoever holds a business role; whoever holds any role at all
DEPUTY = "deputy"  # whoever signs something in the head's place by a paper (授权代签), while its term lasts


class Reach(IntEnum):
    """How far a person reads a case."""

    NOTHING = 0
    WITHOUT_PERSONS = 1  # numbers, days, kinds: for the report
    WHOLE = 2  # what is held apart stays covered until asked for with a reason


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, on a day. No roles: nobody, or somebody who has left."""

    code: str
    roles: frozenset[str] = frozenset()  # business roles, those of 主持工作 included
    sections: frozenset[str] = frozenset()
    administers: frozenset[str] = frozenset()  # of the three administrators
    vacant: frozenset[str] = frozenset()  # administrators nobody was appointed to: the head stands in
    authorised: frozenset[tuple[str, str]] = frozenset()  # 授权代签: procedure and step, "" for all its steps

    @property
    def here(self) -> bool:
        """Whether the person holds anything today."""
        return bool(self.roles or self.administers)

    @property
    def heads(self) -> bool:
        return HEAD in self.roles


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a case its readers depend on: who acted or is named in it, for whom a step waits or was taken, and
    whether it is still open.
    """

    people: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    open: bool = False


# Page → who may open it: a role, an administrator, WORK or ANYBODY. A page that stands not here opens to nobody.
PAGES: Mapping[str, frozenset[str]] = {
    page: frozenset(who.split())
    for page, who in {
        "account": ANYBODY,
        "help": ANYBODY,
        "law": ANYBODY,
        "today": WORK,
        "todo": WORK,
        "done": WORK,
        "supervised": WORK,
        "reading": WORK,
        "calendar": WORK,
        "lists": WORK,
        "case": WORK,
        "search": WORK,
        "registers": WORK,
        "figures": WORK,
        "checkup": WORK,
        "export": WORK,
        "importing": WORK,
        "review": f"{REVIEWER} {HEAD} {DEPUTY}",
        "report": f"{OFFICE} {LEGAL_OFFICE} {REVIEWER} {HEAD}",
        "handover": f"{OFFICE} {PERSONNEL} {HEAD}",
        "paper_signed": f"{OFFICE} {HEAD}",
        "head": HEAD,
        "people": f"{WORK} {SYSTEM} {SECURITY}",
        "sections": f"{WORK} {SYSTEM} {SECURITY}",
        "rights": f"{SECURITY} {HEAD}",
        "lockouts": SECURITY,
        "keys": SECURITY,
        "setup": SYSTEM,
        "accounts": SYSTEM,
        "backup": SYSTEM,
        "audit": f"{AUDIT} {HEAD}",
        "logins": AUDIT,
        "verify": f"{AUDIT} {HEAD}",
    }.items()
}
# What is done that is no step of a procedure → who may do it. Steps ask `may_take`.
COMMANDS: Mapping[str, frozenset[str]] = {
    command: frozenset(who.split())
    for command, who in {
        "attach": WORK,
        "settle": WORK,
        "put_aside": WORK,
        "import": WORK,
        "import_signed": f"{OFFICE} {HEAD}",  # rows of signatures by others than who imports them
        "undo_import": f"{OFFICE} {HEAD}",
        "row_enter": WORK,
        "row_change": WORK,
        "row_strike": WORK,
        "staff_row": f"{PERSONNEL} {OFFICE} {HEAD} {SECURITY}",
        "authority_row": f"{OFFICE} {HEAD}",
        "nothing": f"{OFFICE} {HEAD}",
        "declare": f"{OFFICE} {LEGAL_OFFICE} {HEAD}",
        "promise": f"{OFFICE} {LEGAL_OFFICE} {HEAD}",
        "handover": f"{OFFICE} {PERSONNEL} {HEAD}",
        "sign_report": HEAD,
        "sign_on_paper": f"{OFFICE} {LEGAL_OFFICE} {HEAD}",
        "restate": HEAD,
        "confirm_paper": HEAD,
        "look_private": WORK,
        "erase_private": HEAD,
        "checkpoint": f"{AUDIT} {OFFICE} {HEAD}",
        "verify": f"{AUDIT} {HEAD}",
        "backup": SYSTEM,
        "accounts": SYSTEM,
        "confirm_clock": f"{SYSTEM} {HEAD}",
        "unlock": SECURITY,
        "rotate_key": SECURITY,
    }.items()
}
# Register → the command that enters a row of it, typed or imported; one that stands not here: row_enter.
ROWS: Mapping[str, str] = {
    STAFF: "staff_row",
    SECTION: "staff_row",
    **dict.fromkeys((ACTING, AUTHORITY), "authority_row"),
    **dict.fromkeys("delegation power_taken_over powers_item powers_post no_power".split(), "authority_row"),
}


def viewer(roster: Roster, code: str, on: date) -> Viewer:
    """Who `code` is on that day; a Viewer without roles for a stranger, and before they came or after they left."""
    person = roster.on(code, on)
    if person is None:
        return Viewer(code)
    roles = roster.roles(code, on)
    vacant = frozenset(role for role in ADMINISTRATORS if not roster.holding(role, on))
    sections = frozenset(person.data.get("sections") or ())
    papers = roster.authorities(code, on)
    steps = {(of, step) for one in papers for of in one.data["procedures"] for step in one.data.get("steps") or ("",)}
    return Viewer(code, roles - ADMINISTRATORS, sections, roles & ADMINISTRATORS, vacant, frozenset(steps))


def may_open(who: Viewer, page: str) -> bool:
    """Whether the page opens to them; never where the table does not name it."""
    return _among(who, PAGES.get(page, frozenset()))


def may_do(who: Viewer, command: str) -> bool:
    """Whether they may do what is no step of a procedure; never where the table does not name it."""
    return _among(who, COMMANDS.get(command, frozenset()))


def row_command(register: str) -> str:
    """What one must be allowed to do to enter a row of the register."""
    return ROWS.get(register, "row_enter")


def may_take(who: Viewer, role: str, procedure: Procedure | None = None) -> bool:
    """Whether they hold the role a step asks for, or, with its procedure, one that a place lets serve in it.

    Whether the step may be taken now is for `decide`: a certificate, a recusal, the order of steps.
    """
    if procedure is None:
        return role in who.roles
    return role in procedure.roles and bool(procedure.serving(role) & who.roles)


def by_paper(who: Viewer, procedure: Procedure) -> frozenset[str]:
    """The roles of the procedure whose steps, some or all, they sign in the head's place by 授权代签 today; "" among
    them where one of these steps comes after nothing, so that it may be wanted in any case.
    """
    if not who.authorised:
        return frozenset()
    every = (procedure.id, "") in who.authorised
    mine = [
        step for step in procedure.steps.values()
        if (every or (procedure.id, step.id) in who.authorised) and step.id != procedure.opens and not step.reserved
        and HEAD in procedure.serving(step.role)
    ]  # fmt: skip
    return frozenset(role for step in mine for role in ([step.role] if step.after else [step.role, ""]))


def reach(who: Viewer, procedure: Procedure, seen: Seen = Seen(), sections: Iterable[str] = ()) -> Reach:
    """How far they read this case. `sections`: those the procedure belongs to; none: it belongs to every section.

    The head reads all. Who has a part in the case reads it. Who may open such cases reads those of their section; who
    takes a later step (a reviewer, a presider) reads a case once a step of theirs waits, and ever after; who signs such
    a step by 授权代签 reads it while the term lasts and the case is open. The office reads for the report, without
    persons. Everybody else reads nothing.
    """
    if not who.roles:
        return Reach.NOTHING
    if who.heads or who.code in seen.people or _handles(who, procedure, frozenset(sections)):
        return Reach.WHOLE
    opening = procedure.steps[procedure.opens].role  # reads what its section has, and no more for having acted
    if any(may_take(who, role, procedure) for role in seen.roles - {opening}):
        return Reach.WHOLE
    if seen.open and (seen.roles - {opening} | {""}) & by_paper(who, procedure):
        return Reach.WHOLE
    return Reach.WITHOUT_PERSONS if OFFICE in who.roles else Reach.NOTHING


def reads_all(who: Viewer, procedure: Procedure, sections: Iterable[str] = ()) -> Reach:
    """How far they read every case of the procedure, whoever took part: what a list may show without asking of each."""
    return reach(who, procedure, Seen(), sections)


def _handles(who: Viewer, procedure: Procedure, sections: frozenset[str]) -> bool:
    opening = procedure.steps[procedure.opens].role
    return may_take(who, opening, procedure) and (not sections or bool(sections & who.sections))


def _among(who: Viewer, allowed: frozenset[str]) -> bool:
    if not who.here:
        return False
    if who.heads and allowed & who.vacant:
        return True
    groups = {ANYBODY, *who.roles, *who.administers} | ({WORK} if who.roles else set())
    groups |= {DEPUTY} if who.roles and who.authorised else set()
    return bool(groups & allowed)
