"""Names in law/acts that lead nowhere, and words there that do not go together."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.lawbook.act import BEFORE, MEDIA, RECORDING, ActKind, Public, Recorded, Reviewed, rule_of
from fazheng.lawbook.conditions import Condition
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.names import condition_names
from fazheng.lawbook.procedure import Gate, Limit, Procedure

MATTER, KIND, STAGE = "matter", "act_kind", "stage"  # choices of the procedures that acts lean on


def act_faults(book: LawBook) -> Iterator[Finding]:
    """A finding for each procedure, step, event, limit, gate, field or choice that a kind of act names and none has."""
    for figure in book.figures.values():
        if figure.owed and figure.where is None:
            yield Finding(figure.file, f"law/acts 里，“{figure.of}”没有可以这样数的（owed）", figure.id)
    for act in book.acts.values():
        for procedure in act.of:
            if procedure not in book.procedures:
                yield Finding(act.file, f"没有程序“{procedure}”", act.id)
        if any(rule.stage == "before" for rule in act.public) and act.id not in _choices(book, BEFORE, KIND):
            yield Finding(act.file, f"程序“{BEFORE}”的 {KIND} 里没有“{act.id}”", act.id)
        for rule in act.rules():
            for what in dict.fromkeys(_faults(act, rule, book)):
                yield Finding(rule.file, what, rule.id)


def _faults(act: ActKind, rule: Public | Recorded | Reviewed, book: LawBook) -> Iterator[str]:
    if strange := [of for of in rule.of if of not in act.of]:
        yield f"of 里的“{'、'.join(strange)}”不在本类行为的程序里"
    if not rule.article:
        yield "没有写 article"
    for procedure in rule.of or act.of:
        versions = book.procedures.get(procedure, ())
        if not versions:
            continue
        match rule:
            case Public():
                yield from _public(rule, versions, book)
            case Recorded():
                yield from _conditions([rule.when, rule.needs], versions, book)
                if rule.medium == "audio_visual" and rule.stage not in _choices(book, RECORDING, STAGE):
                    yield f"程序“{RECORDING}”的 {STAGE} 里没有“{rule.stage}”（{MEDIA[rule.medium]}）"
            case Reviewed():
                if not isinstance(rule_of(versions, rule.gate), Gate):
                    yield f"程序“{procedure}”没有关口“{rule.gate}”"
                if not any(rule.before in version.step_of for version in versions):
                    yield f"程序“{procedure}”没有步骤记“{rule.before}”"


def _public(rule: Public, versions: tuple[Procedure, ...], book: LawBook) -> Iterator[str]:
    wanted = {"before": "matter", "during": "needs", "after": "limit", "withdrawn": "limit"}[rule.stage]
    if not getattr(rule, wanted):
        yield f"stage 是 {rule.stage} 的要写 {wanted}"
    if rule.matter and rule.matter not in _choices(book, BEFORE, MATTER):
        yield f"程序“{BEFORE}”的 {MATTER} 里没有“{rule.matter}”"
    if rule.limit:
        limit = rule_of(versions, rule.limit)
        if not isinstance(limit, Limit):
            yield f"程序“{versions[-1].id}”没有期限“{rule.limit}”"
        elif not isinstance(limit.starts, str) or not limit.binds:
            yield f"期限“{rule.limit}”要从一件事起算、约束一个步骤"
    yield from _conditions([rule.when, rule.needs], versions, book)


def _conditions(conditions: list[Condition | None], versions: tuple[Procedure, ...], book: LawBook) -> Iterator[str]:
    """What is wrong with the names in every version: a name that one version knows leads somewhere."""
    for condition in conditions:
        if condition is None:
            continue
        told = [list(condition_names(condition, version, book)) for version in versions]
        yield from (what for what in dict.fromkeys(told[0]) if all(what in one for one in told))


def _choices(book: LawBook, procedure: str, name: str) -> dict[str, str]:
    return {
        key: label
        for version in book.procedures.get(procedure, ())
        for key, label in version.choices.get(name, {}).items()
    }
