"""The form beside a sheet that came back: who signed it, on which day, from which paper, and its scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from fazheng.casework.workbook.faults import Fault
from fazheng.procedure.surroundings import Refusal
from fazheng.web.case_files import FileRow
from fazheng.web.forms import Box, Option
from fazheng.web.visit import Visit

PAPER = "没有逐行写依据的，都出自这份文件，如签了字的核对表；名称另存，只有文号会印出去"


@dataclass(frozen=True, slots=True)
class Typed:
    """The form beside the sheet as it was sent. `faults` by box; `wrong`: what the sheet itself has, line by line.

    `scan`: the digest of a scan of the signed sheet that is attached already; `scans`: those that may be chosen.
    """

    by: str
    on: date
    paper: str = ""
    scan: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    refused: Sequence[Refusal] = ()
    wrong: Sequence[Fault] = ()
    scans: Sequence[FileRow] = ()


def boxes(visit: Visit, form: Typed) -> list[Box]:
    """Who signed, when, and the paper of the lines that name none."""
    here = [one.code for one in visit.roster.here(visit.today)]
    people = [Option(code, code, code == form.by) for code in here]
    return [
        Box("by", "谁签的", "select", True, "核对表上签字的人", form.by, people, form.faults.get("by", "")),
        Box("on", "签字日期", "date", True, "", form.on.isoformat(), (), form.faults.get("on", "")),
        Box("paper", "依据的文件", "text", False, PAPER, form.paper),
    ]  # fmt: skip
