"""The catalogue: which statute a name means, what it was on a day, where its words are, what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, Protocol

import msgspec

from fazheng.lawbook import texts
from fazheng.lawbook.citation import parse as parse_citation
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure, Rule
from fazheng.lawbook.statute import ONE_DAY, Statute, Version

_STATE = "中华人民共和国"
_SAME = str.maketrans("()[]〈〉<>｢｣「」﹝﹞－–—+", "（）〔〕《》《》“”“”〔〕---＋")
_ARTICLE = re.compile("第.+条")
_DROPPED = re.compile(r"[\s　《》“”\"'‘’]")
_EDITION = re.compile(r"（\d{4}(?:年?(?:修订|修正|修改)?[本版]?(?<!年))?）$")
State = Literal["not_passed", "passed", "in_force", "repealed", "unknown"]


class Statutes(Protocol):
    """Whatever holds statutes by their short names: the law book, or a part of it that is read alone."""

    @property
    def statutes(self) -> Mapping[str, Statute]: ...


@dataclass(frozen=True, slots=True)
class Found:
    """The statute a name means; `wrong` where people should not write that name."""

    statute: Statute
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """What a statute was on a day. `certain` is false where that rests on a day nobody has read."""

    state: State
    version: Version | None = None  # in force that day
    changed: date | None = None  # the first day of a later version that is known
    ended: date | None = None  # the last day in force, where it has ended
    replaced_by: tuple[str, ...] = ()
    certain: bool = True


def plain(text: str) -> str:
    """A name without what people write differently: brackets, quotes, spaces, the state's name, the edition."""
    name = _DROPPED.sub("", _EDITION.sub("", text.strip().translate(_SAME)))
    return _EDITION.sub("", name).replace(_STATE, "")


def _plain_number(text: str) -> str:
    return re.sub(r"[\s　]|第(?=\d)|中华人民共和国", "", text.translate(_SAME))


def names(book: Statutes) -> Iterator[tuple[str, Found]]:
    """Every name in plain form with the statute it means: right names before wrong ones."""
    for statute in book.statutes.values():
        for right in dict.fromkeys(plain(name) for name in (statute.name, statute.short, *statute.aliases)):
            yield right, Found(statute)
    for statute in book.statutes.values():
        for slip in dict.fromkeys(plain(name) for name in statute.wrong):
            yield slip, Found(statute, wrong=True)


def find(book: Statutes, text: str) -> Found | None:
    """The statute that a name, short form, wrong name or document number means; None where nothing is known by it.

    A reader of many names keeps `dict(names(book))` and asks it by `plain(text)`.
    """
    wanted = plain(text)
    if not wanted:
        return None
    if exact := book.statutes.get(text):
        return Found(exact)
    if found := next((found for name, found in names(book) if name == wanted), None):
        return found
    number = _plain_number(text)
    borne = [s for s in book.statutes.values() if number in map(_plain_number, s.numbers)]
    return Found(borne[0]) if len(borne) == 1 else None


def status_on(statute: Statute, day: date) -> Status:
    """What the statute was on `day`: not passed, passed and not in force, in force, repealed, or not known."""
    spans = statute.spans()
    later = next((v.from_ for v, first, _ in spans if first > day), None)
    version = statute.version_on(day)
    if version is not None and not (statute.ended and statute.until is None):
        doubted = "待核" in statute.status and version is spans[-1][0]
        return Status("in_force", version, later, certain=version.checked and not doubted)
    if statute.until is not None and day > statute.until:
        sure = statute.until_mark in ("read", "second_hand")
        return Status("repealed", ended=statute.until, replaced_by=tuple(statute.replaced_by), certain=sure)
    if spans and day < spans[0][1] and spans[0][0].change in ("enacted", ""):
        first = spans[0][0]
        state: State = "passed" if first.passed and first.passed <= day else "not_passed"
        known = first.checked and (first.passed is not None or state == "passed")
        return Status(state, changed=first.from_, certain=known)
    return Status("unknown", changed=later, replaced_by=tuple(statute.replaced_by), certain=False)


def with_shelf(statute: Statute) -> Statute:
    """The statute with the versions whose text a bureau added under a day that the catalogue does not know."""
    known = {version.from_ for version in statute.versions}
    added = tuple(Version(from_=day, change="revised") for day in texts.shelved(statute.short) if day not in known)
    whole = tuple(sorted((*statute.versions, *added), key=lambda v: v.from_))
    return msgspec.structs.replace(statute, versions=whole) if added else statute


def has_text(statute: Statute, version: Version) -> bool:
    """Whether the words of this version are here: installed, in a file of the law, or added by the bureau."""
    if version.text == "package":
        return texts.installed()
    return bool(version.text) or version.from_ in texts.shelved(statute.short)


def article(book: LawBook, statute: Statute, version: Version, number: int) -> texts.Article | None:
    """An article of a version; None where its text is not here or has no such article. Raises TextFault."""
    if version.text == "package":
        return texts.article(statute.name, number, version.passed)
    if version.text:
        return texts.of_file(book.root / version.text.removeprefix("file:"), number)
    added = texts.shelved(statute.short).get(version.from_)
    return texts.of_file(added, number) if added else None


def held_locally(book: LawBook) -> tuple[list[str], list[Finding]]:
    """Rules without an installed text, held against texts a bureau added: the names that fit, and the faults.

    Both are empty where no text was added that a rule rests on.
    """
    fits, faults = list[str](), list[Finding]()
    for procedures in book.procedures.values():
        for procedure in procedures:
            for rule in procedure.rules():
                statute = book.statutes.get(rule.statute)
                if statute is None or rule.mark != "read" or rule.adopted_as or not _ARTICLE.search(rule.article):
                    continue
                for version in _added(with_shelf(statute), procedure):
                    what = rule_fault(rule, statute, version, book)
                    fits += [] if what else [f"{procedure.id}/{rule.id}"]
                    faults += [Finding(rule.file, f"本地文本核对：{what}", rule.id)] if what else []
    return fits, faults


def _added(statute: Statute, procedure: Procedure) -> list[Version]:
    """The versions whose text a bureau added and that were in force on some day on which the procedure was."""
    last = procedure.until or date.max
    return [
        version
        for version, first, end in statute.spans()
        if not version.text and has_text(statute, version) and first <= last and end >= procedure.in_force
    ]


def rule_fault(rule: Rule, statute: Statute, version: Version, book: LawBook) -> str:
    """Why the rule's words are not in its article of this version; empty where they are."""
    try:
        where = parse_citation(rule.article, rule.statute)
    except ValueError as fault:
        return str(fault)
    try:
        found = article(book, statute, version, where.article)
    except texts.TextFault as fault:
        return f"{rule.cited}：{fault}"
    if found is None:
        return f"条文库里没有{rule.cited}"
    part = found.part(where)
    if part is None:
        return f"{rule.cited}：该条没有这一款或这一项"
    return "" if rule.says in part.replace("\n", "") else f"“{rule.says}”不在{rule.cited}"


# ── findings ──


def findings(book: LawBook) -> Iterator[Finding]:
    """What is wrong with the catalogue: names that mean two statutes, days out of order, roads that lead nowhere."""
    yield from _ambiguous(book)
    for statute in book.statutes.values():
        yield from (Finding(statute.file, what, statute.short) for what in _faults(statute, book))


def _ambiguous(book: LawBook) -> Iterator[Finding]:
    meant: dict[str, Found] = {}
    for name, found in names(book):
        other = meant.setdefault(name, found)
        if other.statute.short != found.statute.short:
            what = f"“{name}”也指“{other.statute.short}”：一个名称只能指一部"
            yield Finding(found.statute.file, what, found.statute.short)
        elif found.wrong != other.wrong:
            yield Finding(found.statute.file, f"“{name}”又是名称又是误称", found.statute.short)


def _faults(statute: Statute, book: LawBook) -> Iterator[str]:
    for earlier, later in pairwise(statute.versions):
        if later.from_ <= earlier.from_:
            yield f"版本要按施行日先后写：{later.from_}写在{earlier.from_}后面"
        elif earlier.until is not None and earlier.until >= later.from_:
            yield f"两个版本的施行期间重叠：{earlier.from_}起的写到{earlier.until}，{later.from_}又起一个"
    for version in statute.versions:
        if version.passed is not None and version.passed > version.from_:
            yield f"{version.from_}起施行的版本，通过或公布的日期{version.passed}在施行以后"
        if statute.until is not None and version.from_ > statute.until:
            yield f"{statute.until}已经终止，却有{version.from_}起施行的版本"
        if version.text.startswith("file:") and (what := _file_fault(version, book)):
            yield what
    yield from (f"replaced_by 写了目录里没有的“{short}”" for short in statute.replaced_by if short not in book.statutes)
    if statute.short in statute.replaced_by:
        yield "不能由自己取代"
    if statute.until is not None and not statute.ended:
        yield f"有 until 的，status 要写已废止或期满，写成了“{statute.status}”"
    if statute.until is None and statute.status in ("已废止", "期满"):
        yield f"status 写“{statute.status}”的要有 until；日期没有核对的写“已废止（待核）”"


def _file_fault(version: Version, book: LawBook) -> str:
    path = book.root / version.text.removeprefix("file:")
    if not path.resolve().is_relative_to(book.root.resolve()) or not path.is_file():
        return f"没有“{version.text}”这个文件（路径从法条文件夹算起）"
    try:
        texts.of_file(path, 1)
    except texts.TextFault as fault:
        return f"“{version.text}”：{fault}"
    return ""


def gaps(book: LawBook) -> list[str]:
    """Days between two versions of a statute on which none was in force: shown, no fault."""
    found = []
    for statute in book.statutes.values():
        for (_, _, last), (_, first, _) in pairwise(statute.spans()):
            if (first - last).days > 1:
                found.append(f"{statute.short}：{last + ONE_DAY}至{first - ONE_DAY}没有施行中的版本")
    return found
