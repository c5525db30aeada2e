"""What places adopted, held against the rules: only local and second-hand rules are a place's to adopt."""

from __future__ import annotations

from collections.abc import Iterator

from fazheng.lawbook import act, dossier
from fazheng.lawbook.duty import ADOPTED, Duty
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.place import Adoption, Place
from fazheng.lawbook.procedure import Procedure, Rule


def adoption_faults(book: LawBook) -> Iterator[Finding]:
    """A finding for each adoption, of any place, that names no rule, touches a rule read in national law or one
    nobody verified, says not who read a second-hand text, or would reach back before its own first day.
    """
    for place in book.places.values():
        named = [adoption.adopts for adoption in place.adoptions]
        for adoption in place.adoptions:
            if named.count(adoption.adopts) > 1:
                yield Finding(adoption.file, "采用了两次", adoption.adopts)
            for what in _faults(adoption, place, book):
                yield Finding(adoption.file, what, adoption.adopts)


def role_faults(book: LawBook) -> Iterator[Finding]:
    """A finding for each role of a place that no procedure has, and for each that would put others in the place of
    those who act by national law.
    """
    staff = book.registers.get("staff")
    known = staff.choices.get("role", {}) if staff else {}
    for place in book.places.values():
        for said in place.roles:
            versions = [
                v for vs in book.procedures.values() for v in vs if said.of in ("", v.id) and said.id in v.roles
            ]
            if not versions:
                yield Finding(said.file, "没有哪个程序有这个角色", f"{said.of}/{said.id}")
            yield from (
                Finding(said.file, f"人员名册里没有“{one}”这个角色（held_by）", said.id)
                for one in said.held_by
                if one not in known
            )
            if said.held_by:
                yield from (
                    Finding(said.file, f"“{v.name}”由谁办理是全国的规定，地方不得另定（held_by）", said.id)
                    for v in versions
                    if v.nationwide(said.id)
                )


def _faults(adoption: Adoption, place: Place, book: LawBook) -> Iterator[str]:
    if adoption.adopts.startswith(ADOPTED):
        duty = book.duties.get(adoption.adopts.removeprefix(ADOPTED))
        yield from _duty(adoption, duty) if duty else ("没有这项义务；写成“duty:义务”，如 duty:study.quarterly",)
        return
    if adoption.adopts.startswith((act.ADOPTED, dossier.ADOPTED)):
        owed = beside(book).get(adoption.adopts)
        yield from _may_be_adopted(adoption, owed) if owed else ("law/acts、law/dossiers 里没有这一项",)
        return
    procedure, _, id = adoption.adopts.partition("/")
    found = [
        (version, rule)
        for version in book.procedures.get(procedure, ())
        for rule in (*version.rules(), *version.waiting)
        if rule.id == id
    ]
    if not found:
        yield "没有这条规则；写成“程序/规则”，如 penalty.ordinary/statement_period"
    for version, rule in found:
        yield from _rule(adoption, version, rule)


def beside(book: LawBook) -> dict[str, Rule]:
    """What law/acts and law/dossiers ask, by what an adoption calls it."""
    acts = {act.ADOPTED + rule.id: rule for kind in book.acts.values() for rule in kind.rules()}
    held = {dossier.ADOPTED + one.id: one for file in book.dossiers.values() for one in file.holds}
    return {**acts, **held}


def _duty(adoption: Adoption, duty: Duty) -> Iterator[str]:
    yield from _may_be_adopted(adoption, duty)
    if not (adoption.article or duty.article):
        yield "采用一项计划，要写是本地哪一份文件（article）"


def _rule(adoption: Adoption, version: Procedure, rule: Rule) -> Iterator[str]:
    yield from _may_be_adopted(adoption, rule)
    if adoption.from_ is not None and adoption.from_ > version.in_force:
        yield f"采用自{adoption.from_}，晚于程序施行的{version.in_force}：以前的案件会受它约束，请从那天起另写一个版本"


def _may_be_adopted(adoption: Adoption, rule: Rule) -> Iterator[str]:
    mark = "local" if rule.adopted_as == "本地规定" else "second_hand" if rule.adopted_as else rule.mark
    if mark == "read":
        yield "这是全国的规定，地方不得采用或者替换"
    elif mark == "unverified":
        yield "这条规则没有核实来源，不能采用；先核到原文"
    elif mark == "second_hand" and not (adoption.read_by and adoption.read_on and adoption.paper):
        yield "采用二手来源的规则，要写谁核的（read_by）、哪天核的（read_on）、原文存在哪里（paper）"
    for word in ("length", "at_most"):
        if getattr(adoption, word) and not getattr(rule, word, ""):
            yield f"这条规则没有 {word}，不能替换"
