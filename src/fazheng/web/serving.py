"""What one server process holds: the home, its bureau, the one desk through which everything is written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files import locks
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from fazheng.casework import clock
from fazheng.casework.bureaux import Bureau
from fazheng.casework.desk import Desk
from fazheng.casework.kept import forget
from fazheng.lawbook import texts
from fazheng.ledger.faults import HomeUnreadable, explained
from fazheng.ledger.read import head_and_making
from fazheng.ledger.storage import DESK, DESK_ALIAS
from fazheng.staff import load_roster
from fazheng.web.as_of import AsOf

_KEY_BYTES = 48
LOCK = "desk.lock"  # held by the one server of the home
KEY = "desk.key"  # signs sessions; whoever has it can step in as anybody
READING = "reading-"  # a folder of one workbook, only while it is read
UPLOADS = "uploads"  # workbooks that wait to be confirmed; they hold personal data and never leave the home
ASSETS = "desk-assets"  # the style sheet and scripts, with digests in their names: made again at each start


@dataclass(slots=True)
class Serving:
    """`bureau` and `desk` are None in a home that has no bureau yet; `demo`: one steps in without a password."""

    home: Path
    bureau: Bureau | None
    desk: Desk | None
    today: Callable[[], date]
    demo: bool = False
    _as_of: AsOf | None = None

    def as_of(self) -> AsOf:
        """The book as it ends now. One statement; a second where it ended elsewhere when it was asked last, or where
        another process made its projections anew.
        """
        assert self.bureau is not None
        (end, remade), today, known = head_and_making(self.bureau.code), self.today(), self._as_of
        if known is not None and known.remade != remade:
            forget()
            known = None
        if known is None or known.head != end or known.today != today:
            all_day = known.all_day if known and known.today == today else None
            known = self._as_of = AsOf(end, today, load_roster(self.bureau.code), all_day, remade)
        return known

    def opened(self, bureau: Bureau) -> None:
        """From now on this bureau is served: it was made just now."""
        self.bureau, self.desk = bureau, Desk(bureau, today=self.today)


_NOW: list[Serving] = []
_LOCKS: list[IO[bytes]] = []


def serving() -> Serving:
    """What this process serves. Raises RuntimeError before `start`."""
    if not _NOW:
        raise RuntimeError("nothing is served")
    return _NOW[-1]


def start(
    home: Path,
    bureau: Bureau | None,
    *,
    hosts: Sequence[str],
    today: Callable[[], date] = clock.today,
    demo: bool = False,
    https: bool = False,
    assets: Path | None = None,
) -> Serving:
    """Makes the open `home` ready to be served: the desk's own tables, its key, its assets, and the desk.

    `hosts` are the names under which browsers may ask; `https`: they all come through a front that speaks TLS. Another
    home that was served is let go. Raises HomeUnreadable where another program serves this one, or wrote it newer.
    """
    stop()
    _LOCKS.extend(_locked(home))
    migrate()
    (home / DESK).chmod(0o600)
    _let_go(home, today())
    texts.use_shelf(home / texts.TEXTS)
    settings.SECRET_KEY = secret(home)
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = https
    settings.ALLOWED_HOSTS = list(hosts)
    settings.FILE_UPLOAD_TEMP_DIR = str(_uploads(home))
    if settings.STATIC_ROOT is None:  # once a process: they are the same for every home
        settings.STATIC_ROOT = assets or home / ASSETS
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    _NOW.append(Serving(home, bureau, Desk(bureau, today=today) if bureau else None, today, demo))
    return _NOW[-1]


def _let_go(home: Path, today: date) -> None:
    """What nobody came back to, drafts and workbooks, does not wait until somebody keeps another."""
    from fazheng.web import case_drafts, importing_jobs  # which need what is served

    case_drafts.let_go(today)
    importing_jobs.let_go(home)


def _uploads(home: Path) -> Path:
    """The folder of uploads, without what a server that was killed left half received."""
    folder = home / UPLOADS
    folder.mkdir(mode=0o700, exist_ok=True)
    for half in folder.glob("*.upload*"):
        half.unlink()
    for left in folder.glob(f"{READING}*"):
        shutil.rmtree(left, ignore_errors=True)
    return folder


def stop() -> None:
    """Answers who still waits, and serves nothing any more."""
    while _NOW:
        if (desk := _NOW.pop().desk) is not None:
            desk.close()
    while _LOCKS:
        _LOCKS.pop().close()


def _locked(home: Path) -> list[IO[bytes]]:
    """The file that says who serves the home, held as long as it is open; empty where its disk knows no locks.

    Two servers would each throw away what the other one is receiving, and take its imports for broken off.
    """
    file = (home / LOCK).open("ab")
    try:
        if locks.lock(file, locks.LOCK_EX | locks.LOCK_NB):
            return [file]
    except OSError:  # a share of the network, say
        file.close()
        return []
    file.close()
    raise HomeUnreadable(
        f"这个账本已经由另一个法正在网页上服务：{home}。"
        "请直接在浏览器里打开那一个；要重新启动的，先在它的窗口里按 Ctrl+C"
    )


def migrate() -> None:
    """Brings the desk's own tables up to date. Raises HomeUnreadable where a later release wrote them."""
    try:
        _migrate()
    except DatabaseError as fault:
        raise HomeUnreadable(f"{DESK}（账户和登录）用不了：{explained(fault)}") from fault


def _migrate() -> None:
    executor = MigrationExecutor(connections[DESK_ALIAS])
    applied = {key for key in executor.loader.applied_migrations if key[0] == "web"}
    if not applied <= set(executor.loader.disk_migrations):
        raise HomeUnreadable("账户和登录的文件（desk.sqlite3）由更新版本的法正写成，本版本不能用。请先升级程序")
    targets = [leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] != "ledger"]
    if executor.migration_plan(targets):
        executor.migrate(targets)


def secret(home: Path) -> str:
    """The key that signs sessions; made where there is none, readable by its owner alone. Raises HomeUnreadable."""
    path = home / KEY
    if not path.exists() or not path.stat().st_size:  # empty: the power went before anybody had used it
        beside = path.with_suffix(".part")
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(clock.chance(_KEY_BYTES).hex())
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    found = path.read_bytes().strip()
    if len(found) != 2 * _KEY_BYTES or found.strip(b"0123456789abcdef"):
        raise HomeUnreadable(
            f"{path} 已损坏。有原来的就放回去；没有的，删除它再启动：大家重新登录，签字的人重新登记动态口令"
        )
    return found.decode()
