"""What one server process holds: the home, its bureau, the one desk through which everything is written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from fazheng.casework import clock
from fazheng.casework.bureaux import Bureau
from fazheng.casework.desk import Desk
from fazheng.casework.kept import forget
from fazheng.lawbook import texts
from fazheng.ledger.read import head_and_making
from fazheng.ledger.storage import DESK, DESK_ALIAS
from fazheng.staff import load_roster
from fazheng.web.as_of import AsOf

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
    assets: Path | None = None,
) -> Serving:
    """Makes the open `home` ready to be served: the desk's own tables, its key, its assets, and the desk.

    `hosts` are the names under which browsers may ask. Another home that was served is let go.
    """
    stop()
    migrate()
    (home / DESK).chmod(0o600)
    _let_go(home, today())
    texts.use_shelf(home / texts.TEXTS)
    settings.SECRET_KEY = secret(home)
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


def migrate() -> None:
    """Brings the desk's own tables up to date."""
    executor = MigrationExecutor(connections[DESK_ALIAS])
    targets = [leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] != "ledger"]
    if executor.migration_plan(targets):
        executor.migrate(targets)


def secret(home: Path) -> str:
    """The key that signs sessions; made where there is none, readable by its owner alone."""
    path = home / KEY
    if not path.exists():
        beside = path.with_suffix(".part")
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(clock.chance(48).hex())
        os.replace(beside, path)
    return path.read_text("ascii").strip()
