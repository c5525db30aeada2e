"""What the loader cannot see: names that lead nowhere, phrases that are not in their article, days counted wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise, zip_longest

from fazheng.lawbook import texts
from fazheng.lawbook.citation import number
from fazheng.lawbook.citation import parse as parse_citation
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Extension, Limit, Procedure, Rule, Step
from fazheng.lawbook.standing import faults
from fazheng.lawbook.statute import Statute, Version

_SPELT = re.compile(r"([〇零一二两三四五六七八九十百千\d]+)\s*个?(工作日|日|月|年)")
ONE_DAY = timedelta(days=1)
_UNITS = {"日": ("days", "working days"), "工作日": ("working days",), "月": ("months",), "年": ("years",)}


@dataclass
class Checked:
    """How far each rule could be held against its source."""

    verified: list[str] = field(default_factory=list)  # its words were found in its article
    unread: list[str] = field(default_factory=list)  # no text installed: shown 待核
    warn_only: list[str] = field(default_factory=list)  # second-hand: warns, never refuses
    waiting: list[str] = field(default_factory=list)  # local and not adopted, or unverified: no effect
    gaps: list[str] = field(default_factory=list)  # days between two versions that no version covers: shown, no fault
    findings: list[Finding] = field(default_factory=list)


def check(book: LawBook) -> Checked:
    """Every rule of every procedure held against names, article text and counting clause."""
    done = Checked()
    done.findings += faults(book)
    for versions in book.procedures.values():
        for version in versions:
            for rule in version.rules():
                _weigh(rule, version, book, done)
            done.findings += _roles(version, book)
            done.waiting += [f"{version.id}/{rule.id}" for rule in version.waiting]
        done.gaps += _gaps(versions)
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


def _weigh(rule: Rule, version: Procedure, book: LawBook, done: Checked) -> None:
    name = f"{version.id}/{rule.id}"
    if rule.mark == "second_hand":
        done.warn_only.append(name)
        return
    if rule.mark == "local" or rule.adopted_as:
        done.unread.append(name)
        return
    statute = book.statutes.get(rule.statute)
    if statute is None:
        done.findings.append(Finding(rule.file, f"目录里没有“{rule.statute}”", rule.id))
        return
    if isinstance(rule, Limit):
        done.findings += _counted(rule, rule.length, version, book)
    if isinstance(rule, Extension):
        done.findings += _counted(rule, rule.at_most, version, book)
    versions = _in_force(statute, version)
    if not any(v.text for v in versions) or not texts.installed():
        if rule.text != "unread" and not any(v.text for v in versions):
            done.findings.append(Finding(rule.file, '没有安装条文，要写 text = "unread"', rule.id))
        done.unread.append(name)
        return
    fault = _words(rule, statute.name)
    if fault:
        done.findings.append(Finding(rule.file, fault, rule.id))
    else:
        done.verified.append(name)


def _in_force(statute: Statute, procedure: Procedure) -> list[Version]:
    """The statute's versions that were in force on some day on which the procedure was."""
    by_day = sorted(statute.versions, key=lambda v: v.from_)
    ends = [v.until or (later.from_ - ONE_DAY if later else date.max) for v, later in zip_longest(by_day, by_day[1:])]
    last = procedure.until or date.max
    return [v for v, end in zip(by_day, ends, strict=True) if v.from_ <= last and end >= procedure.in_force]


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


def _counted(rule: Rule, length: str, version: Procedure, book: LawBook) -> Iterator[Finding]:
    """The number in the words equals the number in the file; the kind of day follows the statute's counting clause."""
    spelt = _SPELT.search(rule.says)
    if not length or spelt is None:
        return
    amount, unit = length.split(" ", 1)
    if number(spelt[1]) != int(amount):
        yield Finding(rule.file, f"条文写“{spelt[0]}”，文件写“{length}”", rule.id)
    if unit not in _UNITS[spelt[2]]:
        yield Finding(rule.file, f"条文写“{spelt[0]}”，文件的单位是“{unit}”", rule.id)
    statute = book.statutes.get(rule.statute)
    for standing in _in_force(statute, version) if spelt[2] == "日" and statute is not None else ():
        counting = standing.days
        working = counting is not None and counting.is_working(int(amount))
        if working != (unit == "working days"):
            kind = "工作日" if working else "自然日"
            article = counting.article if counting else ""
            yield Finding(rule.file, f"按{rule.statute}{article}，{amount}日是{kind}", rule.id)
