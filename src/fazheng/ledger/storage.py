"""Where a book lives: one folder (a home) with one SQLite file, or a PostgreSQL database that DATABASE_URL names.

Importing this module needs no configured Django: the settings themselves are made from it.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from fazheng.ledger.faults import HomeMissing, HomeUnreadable, explained

BOOK = "book.sqlite3"
DESK = "desk.sqlite3"  # accounts, sessions, lock-outs: what the web desk keeps and no law asks for
DESK_ALIAS = "desk"
BACKUPS = "backups"  # the folder of a home where copies lie unless another one is named
BEFORE = "before-upgrade"
_MIGRATING = 0x66617A68656E67  # the number of the lock that one migrating program holds on a server
BUSY_SECONDS = 20  # how long a writer waits for another one before it gives up, on either database
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an act that was confirmed survives a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",  # sorted personal data never lands in a temporary file
    "PRAGMA cache_size=-65536",  # 64 MiB: the index pages of a county's whole book
)
_SHARED_CACHE = "PRAGMA cache_size=-8192"  # of each of the server's threads: together as much as one program has


def database_settings(home: Path, url: str) -> dict[str, Any]:
    """Django's settings of the default database: the home's SQLite file, or PostgreSQL when `url` is not empty.

    `url` is postgresql://user:password@host:port/name; parts may be percent-encoded; ?host=/run/postgresql names a
    socket folder; other parameters go to the driver. Raises HomeUnreadable for any other URL.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home / BOOK),
            "OPTIONS": {
                "timeout": BUSY_SECONDS,
                "transaction_mode": "IMMEDIATE",  # a writer holds the lock from its first statement
                "init_command": ";".join(_PRAGMAS),
            },
        }
    try:
        return _postgresql(url)
    except ValueError:  # the message of urlsplit is English and may show the password
        raise HomeUnreadable(
            "DATABASE_URL 无法识别。请写成 postgresql://用户:口令@主机:端口/库名；不用 PostgreSQL 时请清空它"
        ) from None


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise ValueError
    # not parts.hostname: it folds case, and a socket folder written as %2Frun%2FPG has capitals
    options.setdefault("options", f"-c lock_timeout={BUSY_SECONDS}s")
    host = parts.netloc.rpartition("@")[2]
    port = str(parts.port or "")
    host = host.removesuffix(":" + port) if port else host.rstrip(":")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(host).strip("[]"),
        "PORT": port or options.pop("port", ""),
        "OPTIONS": options,
    }


def desk_settings(home: Path) -> dict[str, Any]:
    """Django's settings of the desk's own database: always a file of the home, wherever the book's tables are."""
    return {**database_settings(home, ""), "NAME": str(home / DESK)}


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A book of an earlier release was brought up to date. `kept` is the copy made before; None on PostgreSQL."""

    kept: Path | None


def open_home(
    home: Path,
    *,
    create: bool = False,
    url: str | None = None,
    keep: bool = True,
    then: Callable[[], None] = lambda: None,
) -> Upgrade | None:
    """Makes `home` the book that this process reads and writes, with every migration applied; what was brought up to
    date, None where nothing was.

    Another home that was open before is closed. `create` makes the folder and the tables where there are none; `url`
    stands for DATABASE_URL. A book of an earlier release is copied into `backups` first, unless `keep` is false, and
    `then` is called in the transaction that brings it up to date. Raises HomeMissing when there is no book and
    `create` is false; HomeUnreadable when the book cannot be used.
    """
    home = Path(home).absolute()
    url = os.environ.get("DATABASE_URL", "") if url is None else url
    settings = database_settings(home, url)
    try:
        if create:
            home.mkdir(parents=True, exist_ok=True)
        if not url and not create and not (home / BOOK).exists():
            raise HomeMissing(home)
    except OSError as fault:
        raise explained(fault) from fault
    os.environ["FAZHENG_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fazheng.site.settings")
    _start_django()
    _point_at(home, settings)
    return _bring_up_to_date(home, create, keep, then)


def close_home() -> None:
    """Closes this thread's connection; on SQLite the last one to close folds the -wal file into the book."""
    from django.db import connections

    connections.close_all()


def _start_django() -> None:
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def _point_at(home: Path, settings: dict[str, Any]) -> None:
    from django.conf import settings as django_settings
    from django.db import connections

    connections.close_all()
    for opened in connections.all(initialized_only=True):
        del connections[opened.alias]  # the wrapper keeps the engine and the file it was made for
    databases = {"default": settings}
    if DESK_ALIAS in django_settings.DATABASES:
        databases[DESK_ALIAS] = desk_settings(home)
        for of_desk in databases.values():
            of_desk["CONN_MAX_AGE"] = None  # a thread of the server keeps its connection
            if "init_command" in (options := of_desk["OPTIONS"]):
                options["init_command"] = options["init_command"].replace(_PRAGMAS[-1], _SHARED_CACHE)
    django_settings.DATABASES = databases
    connections.settings = connections.configure_settings(databases)


def _bring_up_to_date(home: Path, create: bool, keep: bool, then: Callable[[], None]) -> Upgrade | None:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, InterfaceError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        applied = {key for key in executor.loader.applied_migrations if key[0] == "ledger"}
        if not applied and not create:
            raise HomeMissing(home)
        if not applied <= set(executor.loader.graph.nodes):
            raise HomeUnreadable("这个账本由更新版本的法正写成，本版本不能打开。请先升级程序，账本没有被改动")
        if not executor.migration_plan(executor.loader.graph.leaf_nodes("ledger")):
            return None
        kept = _copied_before(home) if applied and keep and connection.vendor == "sqlite" else None
        _migrate(then if applied else lambda: None)
        return Upgrade(kept) if applied else None
    except (DatabaseError, InterfaceError, ImproperlyConfigured) as fault:
        raise explained(fault) from fault
    except OSError as fault:
        raise explained(fault) from fault


def _migrate(then: Callable[[], None]) -> None:
    """All that is missing and `then`, in one transaction: killed at any moment, the book is the old one or the new."""
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    connection.disable_constraint_checking()  # SQLite can change a table only so, and not inside a transaction
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":  # SQLite has begun IMMEDIATE
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MIGRATING])
            executor = MigrationExecutor(connection)  # asked again: another program may have been quicker
            executor.migrate(executor.loader.graph.leaf_nodes("ledger"))
            then()
    finally:
        connection.enable_constraint_checking()


def _copied_before(home: Path) -> Path:
    """A copy of the book as it is before an upgrade, whole or not there, named by the last migration it knows."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    applied = sorted(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "ledger")
    folder = home / BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{BEFORE}-{applied[-1]}.sqlite3"
    beside = path.with_suffix(".part")
    beside.unlink(missing_ok=True)
    copy_file(beside)
    os.replace(beside, path)
    return path


def copy_file(target: Path) -> None:
    """Writes the open SQLite book, as it stands at one moment, to a new file that needs no -wal file beside it.

    Writers go on meanwhile. Raises HomeUnreadable, and leaves no file.
    """
    from django.db import connection

    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(target)) as copy:
            target.chmod(0o600)
            connection.connection.backup(copy)  # all pages at once: one snapshot, whoever writes
            copy.execute("PRAGMA journal_mode=DELETE")
    except (sqlite3.Error, OSError) as fault:
        target.unlink(missing_ok=True)
        raise explained(fault) from fault


def copy_desk(home: Path, target: Path) -> None:
    """Writes the desk's own file of `home` to a new one, without who is logged in at this moment: a copy that goes
    astray lets nobody in. Raises HomeUnreadable, and leaves no file.
    """
    try:
        with closing(sqlite3.connect(home / DESK)) as source, closing(sqlite3.connect(target)) as copy:
            target.chmod(0o600)
            source.backup(copy)
            if copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'django_session'").fetchone():
                copy.execute("DELETE FROM django_session")
                copy.commit()
                copy.execute("VACUUM")
            copy.execute("PRAGMA journal_mode=DELETE")
    except (sqlite3.Error, OSError) as fault:
        target.unlink(missing_ok=True)
        raise explained(fault) from fault
