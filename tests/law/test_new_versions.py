"""Adding a version touches no old one: digests stay, and a case opened under the old version keeps it."""

from datetime import date
from pathlib import Path

import pytest

from fazheng.lawbook.index import LOCK, lock_text
from fazheng.lawbook.load import LawBook, law_root, load
from fazheng.lawbook.standing import faults
from fazheng.procedure.case import Case, Event, evolve
from fazheng.procedure.law import law_of
from tests.law.copies import copied

NEW = date(2031, 1, 1)
FOLDERS = [versions[-1].folder for versions in load().procedures.values()]


def with_a_version_more(folder: Path, of: str) -> LawBook:
    """The law after the newest version of a procedure got a successor in a folder of its own."""
    root = copied(folder)
    old = root / of
    new = old.with_name(old.name + "-new")
    new.mkdir()
    in_force = next(v.in_force for vs in load().procedures.values() for v in vs if v.folder == of)
    written = {path.name: path.read_text("utf-8") for path in old.glob("*.toml")}
    assert any(f"in_force = {in_force}" in text for text in written.values())
    for name, text in written.items():
        (new / name).write_text(text.replace(f"in_force = {in_force}", f"in_force = {NEW}"), "utf-8")
    return load(root=root)


def published() -> dict[str, str]:
    """Folder → digest as the published LOCK has it."""
    lines = (law_root() / LOCK).read_text("utf-8").splitlines()
    return {folder: digest for digest, folder in (line.split("  ") for line in lines)}


@pytest.mark.parametrize("of", FOLDERS)
def test_a_new_version_leaves_every_published_digest_as_it_was(tmp_path: Path, of: str) -> None:
    book = with_a_version_more(tmp_path, of)
    assert list(faults(book)) == []
    now = {folder: digest for digest, folder in (line.split("  ") for line in lock_text(book).splitlines())}
    assert {folder: now[folder] for folder in published()} == published()
    assert set(now) - set(published()) == {of + "-new"}


@pytest.mark.parametrize("of", FOLDERS)
def test_the_old_version_ends_where_the_new_begins(tmp_path: Path, of: str) -> None:
    book = with_a_version_more(tmp_path, of)
    [id] = [id for id, versions in book.procedures.items() if any(v.folder == of for v in versions)]
    before, after = book.version(id, date(2030, 12, 31)), book.version(id, NEW)
    assert before is not None
    assert after is not None
    assert (before.folder, after.folder) == (of, of + "-new")


@pytest.mark.parametrize("of", FOLDERS)
def test_a_case_opened_under_the_old_version_keeps_it(tmp_path: Path, of: str) -> None:
    book = with_a_version_more(tmp_path, of)
    old = next(v for versions in load().procedures.values() for v in versions if v.folder == of)
    opened = {"law": {"procedure": old.id, "in_force": old.in_force.isoformat(), "digest": old.digest}}
    event = old.steps[old.opens].records
    case = evolve(Case(), Event(event, date(2030, 6, 1), "甲", opened, 1))
    law = law_of(book.procedures[old.id], case, NEW)
    assert law is not None
    assert (law.first.digest, law.on(date(2032, 1, 1))) == (old.digest, law.first)
