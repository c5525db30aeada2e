"""Who is asking: the session and its account, a statement each on the desk's own file, with every page.

The same statements as Django's, written out: to compose them anew for every page costs more than to run them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.db import connections

from fazheng.casework import clock
from fazheng.ledger.storage import DESK_ALIAS
from fazheng.web.models import Account

_ACCOUNT = ("id", "password", "code", "is_active", "must_change_password")  # the last log-in where it is asked for
_BY_ID = f"SELECT {', '.join(_ACCOUNT)} FROM {Account._meta.db_table} WHERE id = %s"


def desk_rows(sql: str, values: Sequence[int | str]) -> list[tuple[Any, ...]]:
    """All rows of one statement on the desk's own file."""
    with connections[DESK_ALIAS].cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


class SessionStore(db.SessionStore):
    """Django's sessions in the desk's file."""

    def load(self) -> dict[str, Any]:
        """What the session holds; empty where there is none, or where it is over."""
        now = connections[DESK_ALIAS].ops.adapt_datetimefield_value(clock.now())
        asked = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
        found = desk_rows(asked, [self.session_key or "", str(now)])
        if not found:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(found[0][0])
        return held


class Backend(ModelBackend):
    """Log-in by staff code and password, as Django has it."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account, if it may log in."""
        for number, password, code, active, must_change in desk_rows(_BY_ID, [user_id]):
            held = (number, password, code, bool(active), bool(must_change))
            account = Account.from_db(DESK_ALIAS, _ACCOUNT, held)
            return account if self.user_can_authenticate(account) else None
        return None
