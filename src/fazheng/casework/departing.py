"""A person leaves: their open cases go to another and their row is struck, in one act or not at all."""

from __future__ import annotations

from fazheng.casework.act import Act
from fazheng.casework.handing import InHand, hand_over
from fazheng.casework.registers import strike_row
from fazheng.casework.writing import Writing
from fazheng.lawbook.figure import STAFF
from fazheng.procedure.surroundings import Refusal


class NotLeft(Exception):
    """Why the person may not leave so; raised to undo what the transaction has done already."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("；".join(f"{one.says}（{one.todo}）" for one in refusals))
        self.refusals = refusals


def depart(act: Writing, was: str, now: str, by: Act, reason: str) -> list[InHand]:
    """Hands every open case of `was` over to `now` and strikes `was` from the staff register; what was handed over.

    Raises NotLeft, which undoes the transaction.
    """
    refused, handed = hand_over(act, was, now, by, reason)
    refused = refused or strike_row(act, STAFF, was, by)
    if refused:
        raise NotLeft(refused)
    return handed
