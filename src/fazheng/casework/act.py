"""An act as it comes in, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fazheng.frozen import record
from fazheng.procedure.surroundings import Decision


@record(frozen=True, slots=True)
class Done:
    """What became of a command: the case, and the decision. Refused: nothing was recorded."""

    case_id: str
    decision: Decision

    @property
    def refused(self) -> bool:
        return self.decision.refused


@record(frozen=True, slots=True)
class Act:
    """Who did what when, as it came in. `paper` is what shows that it happened; `source` where the row came from.

    `seen` is the number of the case's last entry when the person looked; where somebody has entered more since, the act
    is refused and told so. None: the act is decided on the case as it stands under the lock.

    `signed_on_paper`: `by` signed on paper, and `entered_by` enters it; `scan` is the digest of an attachment that
    shows it.
    """

    on: date
    by: str
    data: Mapping[str, Any]
    happened: bool = False
    entered_by: str = ""
    paper: str = ""
    source: str = ""
    seen: int | None = None
    signed_on_paper: bool = False
    scan: str = ""
