"""Law files that may be worked by: read whole, with no name that leads nowhere and no file that nobody reads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from fazheng.lawbook.act_faults import act_faults
from fazheng.lawbook.adopted import adoption_faults, role_faults
from fazheng.lawbook.dossier_faults import dossier_faults
from fazheng.lawbook.duty_faults import duty_faults
from fazheng.lawbook.fault import Finding, LawFault
from fazheng.lawbook.load import LawBook, law_root, load
from fazheng.lawbook.names import names_that_lead_nowhere
from fazheng.lawbook.platform_faults import platform_faults
from fazheng.lawbook.procedure import Procedure
from fazheng.lawbook.registered import register_faults
from fazheng.lawbook.sheet_faults import sheet_faults

_READ = ("statutes/*.toml", "calendars/*.toml", "parameters/*.toml", "procedures/*/*.toml",
         "registers/*.toml", "duties/*.toml", "acts/*.toml", "dossiers/*.toml", "figures/*.toml",
         "reports/*/*.toml", "reports/*/outlines/*.toml", "local/*/*.toml", "local/*/sheets/*.toml",
         "local/*/platforms/*.toml", "style/*.toml", "texts/*.txt")  # fmt: skip
_BESIDE = {"READING.md", "INDEX.md", "GLOSSARY.toml", "LOCK"}


def standing(place: str = "") -> LawBook:
    """The law as it has effect in `place`, fit to decide by. Raises LawFault with every finding otherwise."""
    return _standing(law_root(), place)


@cache
def _standing(root: Path, place: str) -> LawBook:
    book = load(root, place)
    if found := list(faults(book)):
        raise LawFault(found)
    return book


def faults(book: LawBook) -> Iterator[Finding]:
    """What stops start-up, article texts apart: these need not be installed where the law is only worked by."""
    yield from unread_files(book.root)
    yield from adoption_faults(book)
    yield from role_faults(book)
    yield from register_faults(book)
    yield from duty_faults(book)
    yield from sheet_faults(book)
    yield from act_faults(book)
    yield from dossier_faults(book)
    yield from platform_faults(book)
    for versions in book.procedures.values():
        for version in versions:
            yield from names_that_lead_nowhere(version, book)
        yield from overlaps(versions)


def unread_files(root: Path) -> Iterator[Finding]:
    """A file in a place where nobody reads it is a rule that is lost without a word."""
    read = {path for pattern in _READ for path in root.glob(pattern)}
    for path in sorted(root.rglob("*")):
        where = path.relative_to(root).as_posix()
        if path.is_file() and path not in read and where not in _BESIDE and not path.name.startswith("."):
            yield Finding(where, "这个位置的文件没有人读：放到该放的文件夹，或者删掉")


def overlaps(versions: tuple[Procedure, ...]) -> Iterator[Finding]:
    """Two versions of one procedure in force on one day."""
    for earlier, later in pairwise(versions):
        if earlier.until is None or earlier.until >= later.in_force:
            yield Finding(later.folder, f"与 {earlier.folder} 的施行期间重叠", later.id)
