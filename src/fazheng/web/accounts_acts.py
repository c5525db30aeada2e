"""What is done with accounts is written down where nobody can change it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from fazheng.web.models import AccountAct

ACTS: Mapping[str, str] = {
    "opened": "开账户", "reset": "重设口令", "released": "启用", "locked": "停用", "unlocked": "解除输错锁定",
    "factor_reset": "清除动态口令",
}  # fmt: skip


def note(by: str, of: str, what: str, at: datetime) -> None:
    """Writes down that `by` did `what` (of ACTS) with the account of `of`."""
    if what not in ACTS:
        raise KeyError(what)
    AccountAct.objects.create(at=at.isoformat(timespec="seconds"), by=by, of=of, what=what)
