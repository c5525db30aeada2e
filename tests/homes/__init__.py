"""Books made by earlier releases, as they left them, and what those releases said of them."""

import lzma
import tomllib
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Any

from fazheng.ledger.private_keys import KEYS
from fazheng.ledger.storage import BOOK

HERE = Path(__file__).parent
RELEASES = tuple(sorted(path.stem for path in HERE.glob("*.toml")))


@dataclass(frozen=True)
class Said:
    """What a release said of its book. `figures`: year → figure → value."""

    bureau: str
    entries: int
    head: str
    cases: int
    figures: dict[str, dict[str, Any]]


def said(release: str) -> Said:
    """What that release said."""
    found = tomllib.loads((HERE / f"{release}.toml").read_text("utf-8"))
    return Said(found["bureau"], found["entries"], found["head"], found["cases"], found["figures"])


def unpacked(release: str, home: Path) -> Path:
    """A home that holds the book of that release, as it was, with the keys of those that had some."""
    home.mkdir(parents=True)
    if (kept := HERE / f"{release}.keys").is_dir():
        copytree(kept, home / KEYS)
    (home / BOOK).write_bytes(lzma.decompress((HERE / f"{release}.sqlite3.xz").read_bytes()))
    return home


def without_triggers(home: Path) -> None:
    """Takes the last thing off that the release's first migration after the tables laid, so that it is laid again."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(home / BOOK, isolation_level=None)) as book:
        for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            book.execute(f"DROP TRIGGER {name}")
        book.execute("DELETE FROM django_migrations WHERE app = 'ledger' AND name >= '0002'")
