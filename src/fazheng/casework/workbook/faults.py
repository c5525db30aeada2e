"""What is wrong with a row, as a clerk reads it: sheet, row, column, and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazheng.procedure.surroundings import OWN_RULE, Refusal

HINT = "如确已发生，请在“如实补录”列填“是”，按事实补录"
_ID = re.compile(r"（[A-Za-z_]+）")  # ids in the engine's sentences serve the command line
_PERSONAL = re.compile(r"(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9}|\d{15,19})(?![\dXx])")


@dataclass(frozen=True, slots=True)
class Fault:
    """`row` as the spreadsheet program numbers it; 0 and no column: the sheet, or the file, as a whole.

    `article`, `says`, `todo` are set where a step was refused.
    """

    sheet: str
    row: int
    column: str
    message: str
    article: str = ""
    says: str = ""
    todo: str = ""

    def __str__(self) -> str:
        place = (f"“{self.sheet}”表" if self.sheet else "") + (f"第{self.row}行" if self.row else "")
        return place + (f"“{self.column}”" if self.column else "") + ("：" if place else "") + self.message


class CellFault(ValueError):
    """A cell that cannot be read as what its column holds. The message never repeats what is held apart."""


def refused(sheet: str, row: int, column: str, what: str, refusal: Refusal) -> Fault:
    """The fault that a refusal of the engine is in a sheet; `what` is the step, in Chinese."""
    says, todo = _ID.sub("", refusal.says), _ID.sub("", refusal.todo)
    if refusal.gate != "once":  # what stands in a register already is no secret typed into the wrong cell
        says, todo = without_persons(says), without_persons(todo)
    article = "" if refusal.article == OWN_RULE else f"（{refusal.article}）"
    message = f"{says}{article}；{todo}"
    if not refusal.hard:
        message = f"不能登记“{what}”：{message}。{HINT}"
    return Fault(sheet, row, column, message, refusal.article, says, todo)


def without_persons(message: str) -> str:
    """The message with every run of signs that could be an identity number, telephone or account covered."""
    return _PERSONAL.sub("……", message)
