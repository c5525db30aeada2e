"""A whole book carried between PostgreSQL and a SQLite file, table by table, through the rules of the one it enters."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import DatabaseError, InterfaceError, connection, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor

from fazheng.ledger.chain import GENESIS
from fazheng.ledger.faults import HomeUnreadable, explained
from fazheng.ledger.models import ChainHead, Entry
from fazheng.ledger.storage import database_settings

FILE = "file"  # the name under which Django knows the SQLite file
_AT_ONCE = 1000


def server_to_file(target: Path) -> None:
    """Copies the open PostgreSQL book, as it stands at one moment, to a new SQLite file. Raises HomeUnreadable."""
    try:
        with _connected(target):
            executor = MigrationExecutor(connections[FILE])
            executor.migrate(executor.loader.graph.leaf_nodes("ledger"))
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                with transaction.atomic(FILE):
                    _copy("default", FILE)
        with sqlite3.connect(target) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")
        copy.close()
    except (DatabaseError, InterfaceError, sqlite3.Error, OSError) as fault:
        for end in ("", "-wal", "-shm", "-journal"):
            target.with_name(target.name + end).unlink(missing_ok=True)
        raise explained(fault) from fault


def file_to_server(source: Path) -> None:
    """Copies the book of an up-to-date SQLite file into the open PostgreSQL database, within its transaction.

    Raises HomeUnreadable where that database holds a book already, and for what the databases say.
    """
    try:
        with _connected(source), transaction.atomic():
            if ChainHead.objects.exists() or Entry.objects.exists():
                raise HomeUnreadable("DATABASE_URL 的库里已有账本，不会覆盖。请另建一个空库，再恢复到那里")
            _copy(FILE, "default")
            for statement in connection.ops.sequence_reset_sql(no_style(), _tables()):
                with connection.cursor() as cursor:
                    cursor.execute(statement)
    except (DatabaseError, InterfaceError, OSError) as fault:
        raise explained(fault) from fault


def _tables() -> list[type[models.Model]]:
    """Those of the book: what the desk keeps for itself is in a file of its own."""
    every = apps.get_app_config("ledger").get_models()
    return [model for model in every if model._meta.managed and not model._meta.proxy]


def _copy(source: str, target: str) -> None:
    """Every row of every table. A chain's end is laid at its beginning and moved when its entries stand."""
    heads = list(ChainHead.objects.using(source).order_by("bureau"))
    ChainHead.objects.using(target).bulk_create(ChainHead(bureau=h.bureau, seq=0, digest=GENESIS) for h in heads)
    for table in _tables():
        if table is ChainHead:
            continue
        into = table._base_manager.using(target)
        batch = []
        for row in table._base_manager.using(source).order_by("pk").iterator(chunk_size=_AT_ONCE):
            batch.append(row)
            if len(batch) == _AT_ONCE:
                into.bulk_create(batch)
                batch = []
        into.bulk_create(batch)
    for last in heads:
        if last.seq:
            ChainHead.objects.using(target).filter(bureau=last.bureau).update(seq=last.seq, digest=last.digest)


@contextmanager
def _connected(file: Path) -> Iterator[None]:
    settings = {**database_settings(file.parent, ""), "NAME": str(file)}
    before = connections.settings
    connections.settings = connections.configure_settings({**before, FILE: settings})
    try:
        yield
    finally:
        connections[FILE].close()
        del connections[FILE]
        connections.settings = before
