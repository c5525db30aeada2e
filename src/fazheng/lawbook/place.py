"""A place: which local or second-hand rules it has adopted, and with which values."""

from __future__ import annotations

from datetime import date

from fazheng.lawbook.outline import LocalOutline
from fazheng.lawbook.procedure import Table


class Adoption(Table, frozen=True, kw_only=True):
    """A rule that works here as read: 本地规定, or 本局已核 where a person read a second-hand text."""

    adopts: str  # "procedure id/rule id"
    article: str = ""
    length: str = ""
    at_most: str = ""
    from_: date | None = None
    read_by: str = ""
    read_on: date | None = None
    paper: str = ""
    file: str = ""


class LocalRole(Table, frozen=True, kw_only=True):
    """What a role is called here, and which other roles serve in it: 本地的岗位."""

    id: str
    of: str = ""  # the procedure; empty: all that have the role
    name: str = ""
    held_by: list[str] = []
    article: str = ""
    file: str = ""


class Place(Table, frozen=True, kw_only=True):
    id: str
    name: str
    divisions: list[str] = []  # division codes (or their beginnings) whose bureaux work under this place's rules
    adoptions: tuple[Adoption, ...] = ()
    roles: tuple[LocalRole, ...] = ()
    outlines: tuple[LocalOutline, ...] = ()

    def governs(self, bureau: str) -> bool:
        """Whether a bureau with this code, a division code or a 统一社会信用代码, lies in the place."""
        division = bureau[2:8] if len(bureau) == 18 else bureau
        return any(division.startswith(beginning) for beginning in self.divisions)

    def role(self, procedure: str, role: str) -> LocalRole | None:
        """What is said here of a role; what is said of this very procedure goes before what is said of all."""
        said = [one for one in self.roles if one.id == role and one.of in ("", procedure)]
        return max(said, key=lambda one: one.of, default=None)

    def adoption(self, rule: str) -> Adoption | None:
        return next((adoption for adoption in self.adoptions if adoption.adopts == rule), None)
