"""科室: which procedures belong to which sections on a day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from fazheng.lawbook.figure import SECTION
from fazheng.ledger.models import RegisterRow


def sections_of(bureau: str, on: date) -> Mapping[str, frozenset[str]]:
    """By procedure, the sections that name it. One that none names is not there: it belongs to every section."""
    day = on.isoformat()
    stands = Q(to_day__isnull=True) | Q(to_day__gt=day)
    found: dict[str, frozenset[str]] = {}
    for row in RegisterRow.objects.filter(stands, bureau=bureau, register=SECTION, from_day__lte=day).order_by("key"):
        for procedure in json.loads(row.data).get("procedures") or ():
            found[procedure] = found.get(procedure, frozenset()) | {row.key}
    return found
