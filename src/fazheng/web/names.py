"""What readers call roles, procedures and people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import quote

from django.urls import reverse
from django.utils.http import RFC3986_SUBDELIMS

from fazheng.lawbook.load import LawBook, load


def role_names(place: str) -> Mapping[str, str]:
    """Role → what it is called in the staff register; empty where the law files have no such register."""
    register = load(place=place).registers.get("staff")
    return register.choices.get("role", {}) if register else {}


def procedure_name(book: LawBook, procedure: str) -> str:
    """What the procedure is called now; its id where no law file knows it."""
    versions = book.procedures.get(procedure, ())
    return versions[-1].name if versions else procedure


def with_ids(book: LawBook, typed: str) -> str:
    """What was typed, each case that it calls as staff do (“…2026年第1号”) by its id."""
    ids = {versions[-1].name: id for id, versions in book.procedures.items()}
    names = "|".join(re.escape(name) for name in sorted(ids, key=len, reverse=True))
    return re.sub(
        rf"({names})(\d{{4}})年第(\d{{1,9}})号", lambda one: f"{ids[one[1]]}-{one[2]}-{int(one[3]):04d}", typed
    )


def procedure_of(case_id: str) -> str:
    """The procedure a case id begins with."""
    return case_id.rsplit("-", 2)[0]


def case_url(case_id: str) -> str:
    """The address of a case. A list has fifty of them, and to look each up costs more than its row."""
    before, behind = _around()
    return f"{before}{quote(case_id, safe=RFC3986_SUBDELIMS + '/~:@')}{behind}"


@cache
def _around() -> tuple[str, str]:
    before, _, behind = reverse("case", args=["*"]).partition("*")
    return before, behind
