"""What the loader cannot see: names that lead nowhere, phrases that are not in their article, days counted wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise, zip_longest
from typing import Literal

from fazheng.lawbook import texts
from fazheng.lawbook.citation import parse as parse_citation
from fazheng.lawbook.duty import ADOPTED
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.numbers import numbers
from fazheng.lawbook.procedure import Procedure, Rule, Step
from fazheng.lawbook.standing import faults
from fazheng.lawbook.statute import Statute, Version

State = Literal["verified", "unread", "warn_only", "waiting"]
ONE_DAY = timedelta(days=1)


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
    done.findings += faults(book)
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
    return done


def _roles(version: Procedure, book: LawBook) -> Iterator[Finding]:
    """What a role's certificate rests on, searched in its article like the words of any rule."""
    statute = book.statutes.get(version.statute)
    for id, role in version.roles.items():
        if role.article and statute is not None and texts.installed() and any(v.text for v in statute.versions):
            rule = Rule(
                id=id, article=role.article, mark="read", statute=version.statute, says=role.says, file=version.folder
            )
            if fault := _words(rule, statute.name):
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
    installed = any(v.text for v in versions) and texts.installed()
    counted = numbers(rule, statute, versions, must=installed)
    done.findings += [Finding(rule.file, what, rule.id) for what in counted]
    if not installed:
        if rule.text != "unread" and not any(v.text for v in versions):
            done.findings.append(Finding(rule.file, '没有安装条文，要写 text = "unread"', rule.id))
        return "unread"
    if fault := _words(rule, statute.name):
        done.findings.append(Finding(rule.file, fault, rule.id))
    return "unread" if fault else "verified"


def _in_force(statute: Statute, span: _Span) -> list[Version]:
    """The statute's versions that were in force on some day of the span."""
    by_day = sorted(statute.versions, key=lambda v: v.from_)
    ends = [v.until or (later.from_ - ONE_DAY if later else date.max) for v, later in zip_longest(by_day, by_day[1:])]
    return [v for v, end in zip(by_day, ends, strict=True) if v.from_ <= span.last and end >= span.first]


def _words(rule: Rule, statute: str) -> str:
    """Why the rule's words are not in its article; empty where they are."""
    try:
        where = parse_citation(rule.article, rule.statute)
    except ValueError as fault:
        return str(fault)
    article = texts.article(statute, where.article)
    if article is None:
        return f"条文库里没有{rule.cited}"
    part = article.part(where)
    if part is None:
        return f"{rule.cited}：该条没有这一款或这一项"
    if not rule.says:
        return "" if isinstance(rule, Step) else "缺少 says"
    return "" if rule.says in part.replace("\n", "") else f"“{rule.says}”不在{rule.cited}"
