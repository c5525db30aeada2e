"""A bureau begins: its book is opened and its first people are entered, in one transaction or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import SYSTEM, open_bureau
from fazheng.casework.registers import enter_row
from fazheng.casework.writing import Act, Writing
from fazheng.lawbook.figure import STAFF
from fazheng.procedure.surroundings import Refusal


@dataclass(frozen=True, slots=True)
class Beginner:
    """One of the first people. The name is held apart."""

    code: str
    name: str
    roles: tuple[str, ...]


class NotBegun(ValueError):
    """Why the bureau may not begin so; raised to undo what the transaction has done already."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("；".join(f"{one.says}（{one.todo}）" for one in refusals))
        self.refusals = tuple(refusals)


def begin(name: str, code: str, people: Sequence[Beginner], *, today: date | None = None) -> Bureau:
    """Opens the bureau's book with these people in its staff register, here from today on.

    Raises NotBegun, and what `open_bureau` raises; then nothing was opened.
    """

    def entered(act: Writing) -> None:
        for one in people:
            row = {"code": one.code, "name": one.name, "roles": list(one.roles)}
            if refused := enter_row(act, STAFF, Act(act.today, SYSTEM, row)):
                raise NotBegun(refused)

    return open_bureau(name, code, today=today, then=entered)
