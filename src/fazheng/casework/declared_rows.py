"""The table of declared numbers, made from entries: the latest entry of a figure and its days is what stands."""

from __future__ import annotations

import json
from collections.abc import Iterable

from fazheng.figures.declared import DECLARED
from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.models import DeclaredFigure


def project_declared(bureau: str, sealed: Iterable[SealedEntry]) -> None:
    """Takes entries of declared numbers, in their order, into the table."""
    for entry in sealed:
        data = json.loads(entry.data)
        days = {"opening": data["opening"], "first_day": data["first"], "last_day": data["last"]}
        DeclaredFigure.objects.filter(bureau=bureau, figure=data["of"], **days).delete()
        if entry.event == DECLARED:
            DeclaredFigure.objects.create(
                bureau=bureau,
                figure=data["of"],
                value=data["value"],
                section=data["section"],
                by=entry.by,
                on_day=entry.happened_on,
                number=data["number"],
                paper=data["paper"]["apart"],
                seq=entry.seq,
                **days,
            )
