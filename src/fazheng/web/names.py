"""What readers call roles, procedures and people."""

from __future__ import annotations

from collections.abc import Mapping

from fazheng.lawbook.load import LawBook, load


def role_names(place: str) -> Mapping[str, str]:
    """Role → what it is called in the staff register; empty where the law files have no such register."""
    register = load(place=place).registers.get("staff")
    return register.choices.get("role", {}) if register else {}


def procedure_name(book: LawBook, procedure: str) -> str:
    """What the procedure is called now; its id where no law file knows it."""
    versions = book.procedures.get(procedure, ())
    return versions[-1].name if versions else procedure


def procedure_of(case_id: str) -> str:
    """The procedure a case id begins with."""
    return case_id.rsplit("-", 2)[0]
