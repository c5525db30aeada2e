"""What is done with accounts is written down where nobody can change it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from fazheng.ledger.storage import DESK_ALIAS
from fazheng.web.models import Account, AccountAct

ACTS: Mapping[str, str] = {
    "opened": "开账户", "reset": "重设口令", "released": "启用", "locked": "停用", "unlocked": "解除输错锁定",
    "factor_reset": "清除动态口令",
}  # fmt: skip


COMMAND_LINE = ""  # who did it where nobody logged in: whoever sits at the server


def opened_by_command(code: str, password: str, at: datetime) -> None:
    """An account opened, or given a new password, at the command line; the audit administrator reads it as that."""
    with transaction.atomic(using=DESK_ALIAS):
        what = "reset" if Account.objects.filter(code=code).exists() else "opened"
        Account.objects.open(code, password)
        note(COMMAND_LINE, code, what, at)


def note(by: str, of: str, what: str, at: datetime) -> None:
    """Writes down that `by` did `what` (of ACTS) with the account of `of`."""
    if what not in ACTS:
        raise KeyError(what)
    AccountAct.objects.create(at=at.isoformat(timespec="seconds"), by=by, of=of, what=what)
