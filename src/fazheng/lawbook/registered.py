"""Names in register files that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.lawbook.conditions import Fact, UnknownWord
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.figure import Change, Register
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.names import fact_names


def register_faults(book: LawBook) -> Iterator[Finding]:
    """A finding for each name a register uses and nothing defines."""
    for register in book.registers.values():
        for what in _fields(register):
            yield Finding("registers", what, register.id)
        for change in register.changes:
            for what in _change(change, register, book):
                yield Finding("registers", what, register.id)


def _fields(register: Register) -> Iterator[str]:
    try:
        kinds = register.kinds
    except ValueError as fault:
        yield str(fault)
        return
    if register.key not in kinds:
        yield f"没有字段“{register.key}”"
    elif kinds[register.key].apart or kinds[register.key].many or kinds[register.key].optional:
        yield f"“{register.key}”是编号，不能另存、成列或者可选"
    for field, kind in kinds.items():
        if kind.name == "choice" and kind.of not in register.choices:
            yield f"没有可选项“{kind.of}”（字段 {field}）"
        if field not in register.labels:
            yield f"字段“{field}”没有中文名（labels）"


def _change(change: Change, register: Register, book: LawBook) -> Iterator[str]:
    yield from (f"没有字段“{field}”" for field in change.sets if field not in register.fields)
    versions = book.procedures.get(change.of, ())
    if not versions:
        yield f"没有程序“{change.of}”"
        return
    if all(change.on not in version.step_of for version in versions):
        yield f"没有步骤记“{change.on}”"
    try:
        fact = Fact.parse(change.key)
    except UnknownWord as fault:
        yield str(fault)
        return
    told = [list(fact_names(fact, version)) for version in versions]
    yield from told[-1] if all(told) else ()
    steps = [version.step_of[fact.event] for version in versions if fact.event in version.step_of]
    if any(step.kinds[fact.field].apart for step in steps if fact.field in step.kinds):
        yield f"“{fact}”是另存的，不能作编号"
