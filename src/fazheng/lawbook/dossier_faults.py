"""Names in law/dossiers that lead nowhere, and words there that do not go together."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.lawbook.dossier import FILE, KIND, Holds
from fazheng.lawbook.facts import fact_names
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.names import condition_names


def dossier_faults(book: LawBook) -> Iterator[Finding]:
    """A finding for each register, field, material, procedure or event that a dossier names and nothing defines."""
    materials = {
        key for version in book.procedures.get(FILE, ()) for key in version.choices.get(KIND, {})
    }  # fmt: skip
    for dossier in book.dossiers.values():
        register = book.registers.get(dossier.register)
        if register is None:
            yield Finding(dossier.file, f"没有名册“{dossier.register}”", dossier.id)
            continue
        for one in dossier.holds:
            if sum(map(bool, (one.field, one.material, one.of))) != 1:
                yield Finding(one.file, "field、material、of 要写且只写一个", one.id)
            if one.field and one.field not in register.fields:
                yield Finding(one.file, f"“{register.name}”没有字段“{one.field}”", one.id)
            if one.material and one.material not in materials:
                yield Finding(one.file, f"程序“{FILE}”的 {KIND} 里没有“{one.material}”", one.id)
            for what in _names(one, book) if one.of else ():
                yield Finding(one.file, what, one.id)


def _names(one: Holds, book: LawBook) -> Iterator[str]:
    versions = book.procedures.get(one.of, ())
    if not versions:
        yield f"没有程序“{one.of}”"
        return
    if one.organisation is None or one.year is None or one.done is None:
        yield "有 of 就要写 organisation、year、done"
        return
    for fact in (one.organisation, one.year):
        yield from fact_names(fact, versions[-1])
    yield from condition_names(one.done, versions[-1], book)
