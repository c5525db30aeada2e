"""The same rows kept the way a Django programme does: django-fsm-2 for states, django-simple-history for the trail.

    python -m benchmarks.peers.import_django ROWS

One transaction, one object saved after the other, as an import command written by hand: no chain, no rules of law, no
clocks, no private store. After W1 of the comparison the project began with. Prints rows and seconds as JSON.
"""

# mypy: ignore-errors
# ruff: noqa: E402
from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import django
from django.conf import settings

FOLDER = Path(tempfile.mkdtemp())
settings.configure(
    DATABASES={"default": {
        "ENGINE": "django.db.backends.sqlite3", "NAME": str(FOLDER / "peer.db"),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=wal;PRAGMA synchronous=FULL;"},
    }},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "simple_history"],
    SECRET_KEY="peer", USE_TZ=True,
)  # fmt: skip
django.setup()

from django.core.management import call_command
from django.db import connection, models, transaction
from django_fsm import FSMField, transition
from simple_history.models import HistoricalRecords

from benchmarks.importing import tickets


class Ticket(models.Model):
    ref = models.CharField(max_length=60, unique=True)
    state = FSMField(default="received")
    on_day = models.CharField(max_length=10)
    by = models.CharField(max_length=40)
    data = models.JSONField()
    history = HistoricalRecords(app="auth")

    class Meta:
        app_label = "auth"

    @transition(field=state, source="received", target="contacted")
    def contact(self) -> None:
        """The caller was contacted."""

    @transition(field=state, source="contacted", target="answered")
    def answer(self) -> None:
        """The caller was answered."""


def main(rows: int) -> None:
    made = list(tickets(rows // 3))
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Ticket)
        editor.create_model(Ticket.history.model)
    begun = time.perf_counter()
    with transaction.atomic():
        for opening, _ in made:
            Ticket.objects.create(ref=opening["编号"], on_day=opening["日期"], by=opening["经办人"], data=opening)
        for _, steps in made:
            for name, step in zip(("contact", "answer"), steps, strict=True):
                ticket = Ticket.objects.get(ref=step["编号"])
                getattr(ticket, name)()
                ticket.on_day, ticket.by, ticket.data = step["日期"], step["经办人"], ticket.data | step
                ticket.save()
    seconds = time.perf_counter() - begun
    assert Ticket.history.count() == len(made) * 3
    sys.stdout.write(json.dumps({"rows": len(made) * 3, "s": seconds}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
