"""Names in duty files that lead nowhere, and words of theirs that do not go together."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.lawbook.conditions import ActorNotIn, Condition, Fact, Linked, walk
from fazheng.lawbook.duty import Duty
from fazheng.lawbook.facts import fact_names
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.figure import Register
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.names import condition_names
from fazheng.lawbook.procedure import Kind, Procedure


def duty_faults(book: LawBook) -> Iterator[Finding]:
    """A finding for each name a duty uses and nothing defines, and each word out of its place."""
    for duty in book.duties.values():
        for what in (*_words(duty), *_names(duty, book)):
            yield Finding(duty.file, what, duty.id)


def _words(duty: Duty) -> Iterator[str]:
    if duty.each != "year" and (duty.until or duty.before or duty.about):
        yield 'until、before、about 只与 each = "year" 一起用'
    if duty.until and duty.before:
        yield "until、before 只写一个；都不写，就是周期的最后一天"
    if duty.at_least < 1:
        yield "at_least 至少是 1"
    if duty.for_each and duty.key is None:
        yield "有 for_each 就要写 key：案件里的哪一栏是台账的编号"
    if duty.key is not None and not (duty.for_each or duty.about):
        yield "key 只与 for_each 或者 about 一起用"
    if duty.mark != "local" and not duty.article:
        yield "只有地方的计划（local）可以不写 article"


def _names(duty: Duty, book: LawBook) -> Iterator[str]:
    if duty.for_each and duty.for_each not in book.registers:
        yield f"没有台账“{duty.for_each}”"
    versions = book.procedures.get(duty.of, ())
    if not versions:
        yield f"没有程序“{duty.of}”"
        return
    yield from _in_every([list(condition_names(duty.where, version, book)) for version in versions])
    yield from _out_of_place(duty.where, book)
    if duty.key is not None:
        yield from _in_every([list(fact_names(duty.key, version)) for version in versions])
        yield from _key(duty, duty.key, versions, book)


def _in_every(told: list[list[str]]) -> list[str]:
    """What is said of every version: a name that one version knows leads somewhere."""
    return [what for what in dict.fromkeys(told[0]) if all(what in of_version for of_version in told)]


def _out_of_place(where: Condition, book: LawBook) -> Iterator[str]:
    for part in walk(where):
        match part:
            case ActorNotIn():
                yield "actor_not_in 只用于关口"
            case Linked(other, inner) if other in book.procedures:
                yield from _in_every([list(condition_names(inner, law, book)) for law in book.procedures[other]])
                if any(isinstance(one, Linked | ActorNotIn) for one in walk(inner)):
                    yield "linked 的 where 里不能写 linked、actor_not_in"


def _key(duty: Duty, key: Fact, versions: tuple[Procedure, ...], book: LawBook) -> Iterator[str]:
    steps = [version.step_of[key.event] for version in versions if key.event in version.step_of]
    kinds = [step.kinds[key.field] for step in steps if key.field in step.kinds]
    if any(kind.apart or kind.many for kind in kinds):
        yield f"“{key}”是另存的或者成列的，不能作 key"
    elif duty.for_each in book.registers:
        register = book.registers[duty.for_each]
        named = _key_kind(register)
        if named is not None and any(kind.name != named.name for kind in kinds):
            yield f"“{key}”与“{register.name}”的编号不是同一种字段"
    elif duty.about and any(kind.name != "number" for kind in kinds):
        yield f"“{key}”要写年度（number）：案件是关于哪一年的"


def _key_kind(register: Register) -> Kind | None:
    """The kind of the register's key; None where the register itself has a fault, which is told elsewhere."""
    try:
        return register.kinds.get(register.key)
    except ValueError:
        return None
