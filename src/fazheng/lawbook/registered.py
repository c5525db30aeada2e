"""Names in register files that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazheng.lawbook.conditions import Fact, UnknownWord
from fazheng.lawbook.facts import fact_names, key_fault, kind_of, put_into_row, taken_into_row
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.figure import Change, Register
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure


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
    for field, value in change.sets.items():
        yield from (f"没有字段“{field}”",) if field not in register.fields else put_into_row(field, value, register)
    if change.does == "strike" and (change.sets or change.takes):
        yield "注销（strike）不写 sets、takes"
    for field in (register.key, *change.takes):
        if field in change.sets:
            yield f"“{field}”{'是编号，由 key 写' if field == register.key else '在 sets 和 takes 里各写了一次'}"
    versions = book.procedures.get(change.of, ())
    if not versions:
        yield f"没有程序“{change.of}”"
        return
    if all(change.on not in version.step_of for version in versions):
        yield f"没有步骤记“{change.on}”"
    try:
        key = Fact.parse(change.key)
    except UnknownWord as fault:
        yield str(fault)
        return
    yield from _facts(key, versions)
    yield from _once(key_fault(key, kind_of(key, version), register) for version in versions)
    for field, fact in change.takes.items():
        yield from _facts(fact, versions)
        yield from _once(
            taken_into_row(field, fact, kind_of(fact, version), version.choices, register) for version in versions
        )


def _facts(fact: Fact, versions: tuple[Procedure, ...]) -> Iterator[str]:
    """A name that one version knows leads somewhere."""
    told = [list(fact_names(fact, version)) for version in versions]
    yield from told[-1] if all(told) else ()


def _once(faults: Iterable[str]) -> Iterator[str]:
    yield from dict.fromkeys(fault for fault in faults if fault)
