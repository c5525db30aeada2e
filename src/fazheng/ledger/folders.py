"""Whole folders made aside and renamed to where they belong."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from fazheng.ledger.faults import explained


def settle(folder: Path) -> None:
    """Has the new name on the disk, too; Windows does so by itself and cannot open a folder."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def into_place(fresh: Path, home: Path, aside: Path | None) -> None:
    """Renames a whole home to where it belongs; one that stands there goes to `aside` first. Raises HomeUnreadable."""
    try:
        if aside is not None:
            os.replace(home, aside)
        elif home.is_dir():
            home.rmdir()  # an empty folder only
        os.replace(fresh, home)
        settle(home.parent)
    except OSError as fault:
        raise explained(fault) from fault


def cleared(folder: Path) -> Path:
    """The folder, new and empty. Raises HomeUnreadable."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True)
    except OSError as fault:
        raise explained(fault) from fault
    return folder


def discard(folder: Path) -> None:
    """Removes a folder that `cleared` made, where it still stands under that name."""
    shutil.rmtree(folder, ignore_errors=True)
