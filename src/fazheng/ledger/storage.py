"""Where a book lives: one folder (a home) with one SQLite file, or a PostgreSQL database that DATABASE_URL names.

Importing this module needs no configured Django: the settings themselves are made from it.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from fazheng.ledger.faults import HomeMissing, HomeUnreadable, explained

BOOK = "book.sqlite3"
BUSY_SECONDS = 20  # how long a writer waits for another one before it gives up
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an act that was confirmed survives a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",  # sorted personal data never lands in a temporary file
    "PRAGMA cache_size=-65536",  # 64 MiB: the index pages of a county's whole book
)


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


def open_home(home: Path, *, create: bool = False) -> None:
    """Makes `home` the book that this process reads and writes, with every migration applied.

    Another home that was open before is closed. `create` makes the folder and the tables where there are none.
    Raises HomeMissing when there is no book and `create` is false; HomeUnreadable when the book cannot be used.
    """
    home = Path(home).absolute()
    url = os.environ.get("DATABASE_URL", "")
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
    _point_at(settings)
    _bring_up_to_date(home, create=create)


def close_home() -> None:
    """Closes this thread's connection; on SQLite the last one to close folds the -wal file into the book."""
    from django.db import connections

    connections.close_all()


def _start_django() -> None:
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def _point_at(settings: dict[str, Any]) -> None:
    from django.conf import settings as django_settings
    from django.db import connections

    connections.close_all()
    if "default" in [opened.alias for opened in connections.all(initialized_only=True)]:
        del connections["default"]  # the wrapper keeps the engine it was made for
    django_settings.DATABASES = {"default": settings}
    connections.settings = connections.configure_settings({"default": settings})


def _bring_up_to_date(home: Path, *, create: bool) -> None:
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
        targets = executor.loader.graph.leaf_nodes()
        if executor.migration_plan(targets):
            executor.migrate(targets)
    except (DatabaseError, InterfaceError, ImproperlyConfigured) as fault:
        raise explained(fault) from fault
