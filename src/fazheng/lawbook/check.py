"""What the loader cannot see: names that lead nowhere, phrases that are not in their article, days counted wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Literal

from fazheng.lawbook import catalogue
from fazheng.lawbook.adopted import beside
from fazheng.lawbook.duty import ADOPTED
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.numbers import numbers
from fazheng.lawbook.procedure import Procedure, Rule, Step
from fazheng.lawbook.standing import faults
from fazheng.lawbook.statute import Statute, Version

State = Literal["verified", "unread", "warn_only", "waiting"]


@dataclass(frozen=True, slots=True)
class _Span:
    """The days on which a rule was law: every version of its statute in force on one of them must carry its words."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Weighed:
    """One rule of one version (of a duty: its file), and how far it could be held against its source."""

    state: State
    where: str
    rule: Rule


@dataclass
class Checked:
    """How far each rule could be held against its source."""

    verified: list[str] = field(default_factory=list)  # its words were found in its article
    unread: list[str] = field(default_factory=list)  # no text installed: shown 待核
    warn_only: list[str] = field(default_factory=list)  # second-hand: warns, never refuses
    waiting: list[str] = field(default_factory=list)  # local and not adopted, or unverified: no effect
    weighed: list[Weighed] = field(default_factory=list)  # the same, rule by rule
    gaps: list[str] = field(default_factory=list)  # days between two versions that no version covers: shown, no fault
    findings: list[Finding] = field(default_factory=list)

    def add(self, state: State, name: str, where: str, rule: Rule) -> None:
        """Counts a rule under how far it was checked."""
        getattr(self, state).append(name)
        self.weighed.append(Weighed(state, where, rule))


def check(book: LawBook) -> Checked:
    """Every rule of every procedure held against names, article text and counting clause."""
    done = Checked()
    done.findings += [*faults(book), *catalogue.findings(book)]
    done.gaps += catalogue.gaps(book)
    for versions in book.procedures.values():
        for version in versions:
            span = _Span(version.in_force, version.until or date.max)
            for rule in version.rules():
                state = _weigh(rule, span, book, done)
                done.add(state, f"{version.id}/{rule.id}", version.folder, rule)
            done.findings += _roles(version, book)
            for rule in version.waiting:
                done.add("waiting", f"{version.id}/{rule.id}", version.folder, rule)
        done.gaps += _gaps(versions)
    for duty in book.duties.values():
        state = _weigh(duty, _Span(date.max, date.max), book, done) if duty.has_effect else "waiting"
        done.add(state, ADOPTED + duty.id, duty.file, duty)
    for name, owed in beside(book).items():
        works = owed.mark in ("read", "second_hand")
        done.add(_weigh(owed, _Span(date.max, date.max), book, done) if works else "waiting", name, owed.file, owed)
    return done


def _roles(version: Procedure, book: LawBook) -> Iterator[Finding]:
    """What a role's certificate rests on, searched in its article like the words of any rule."""
    statute = book.statutes.get(version.statute)
    for id, role in version.roles.items():
        if role.article and statute is not None:
            rule = Rule(
                id=id, article=role.article, mark="read", statute=version.statute, says=role.says, file=version.folder
            )
            span = _Span(version.in_force, version.until or date.max)
            for standing in _with_text(statute, _in_force(statute, span)):
                if fault := _words(rule, statute, standing, book):
                    yield Finding(version.folder, fault, f"roles.{id}")


def _gaps(versions: tuple[Procedure, ...]) -> Iterator[str]:
    for earlier, later in pairwise(versions):
        if earlier.until is not None and (later.in_force - earlier.until).days > 1:
            yield f"{later.id}：{earlier.until}以后、{later.in_force}以前没有施行中的版本"


def _weigh(rule: Rule, span: _Span, book: LawBook, done: Checked) -> State:
    if rule.mark == "second_hand":
        return "warn_only"
    if rule.mark == "local" or rule.adopted_as:
        return "unread"
    statute = book.statutes.get(rule.statute)
    if statute is None:
        done.findings.append(Finding(rule.file, f"目录里没有“{rule.statute}”", rule.id))
        return "unread"
    versions = _in_force(statute, span)
    with_text = _with_text(statute, versions)
    counted = numbers(rule, statute, versions, must=bool(with_text))
    done.findings += [Finding(rule.file, what, rule.id) for what in counted]
    if not with_text:
        if rule.text != "unread" and not any(v.text for v in versions):
            done.findings.append(Finding(rule.file, '没有安装条文，要写 text = "unread"', rule.id))
        return "unread"
    found = [fault for version in with_text if (fault := _words(rule, statute, version, book))]
    done.findings += [Finding(rule.file, fault, rule.id) for fault in found]
    return "unread" if found else "verified"


def _in_force(statute: Statute, span: _Span) -> list[Version]:
    """The statute's versions that were in force on some day of the span."""
    return [version for version, first, last in statute.spans() if first <= span.last and last >= span.first]


def _with_text(statute: Statute, versions: list[Version]) -> list[Version]:
    """Of these the ones whose words are installed. Texts a bureau added are not asked: they are the bureau's own."""
    return [version for version in versions if version.text and catalogue.has_text(statute, version)]


def _words(rule: Rule, statute: Statute, version: Version, book: LawBook) -> str:
    """Why the rule's words are not in its article; empty where they are."""
    fault = catalogue.rule_fault(rule, statute, version, book)
    return fault or ("" if rule.says or isinstance(rule, Step) else "缺少 says")
