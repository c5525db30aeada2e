"""Refusals in words: which article, and what to do first."""

from __future__ import annotations

from datetime import date

from fazheng.lawbook.procedure import Procedure, Rule, Step
from fazheng.procedure.law import Law
from fazheng.procedure.surroundings import OWN_RULE, Refusal, Staff

BESIDE = "."  # no field of a law file is called so
DAY, WHO, REASON, SCAN = f"{BESIDE}on", f"{BESIDE}by", f"{BESIDE}reason", f"{BESIDE}scan"


def own(gate: str, says: str, todo: str, *, hard: bool = False, at: str = "") -> Refusal:
    """A refusal that rests on no statute: 本系统规则."""
    return Refusal(gate, OWN_RULE, says, todo, hard=hard, at=at)


def unknown(staff: Staff, *codes: str, todo: str = "请核对人员编号，或先在人员名册里登记") -> list[Refusal]:
    """A refusal for each code that never named a person of the bureau."""
    return [
        own("role", f"人员名册里没有“{code}”", todo, hard=True, at=WHO)
        for code in dict.fromkeys(codes)
        if not staff.known(code)
    ]


def not_yet(on: date, today: date) -> list[Refusal]:
    """A refusal where the day has not come."""
    return [own("future", f"{on}还没有到", f"今天是{today}，请核对日期", hard=True, at=DAY)] if on > today else []


def by_step(gate: str, step: Step, says: str, todo: str, *, hard: bool = False) -> Refusal:
    """A refusal that rests on the step's own article, where its text was read; else 本系统规则."""
    article = source(step) if step.refuses and step.article else OWN_RULE
    return Refusal(gate, article, says, todo, hard=hard)


def by_rule(gate: str, rule: Rule, todo: str) -> Refusal:
    """A refusal by a gate or limit; one of a second-hand rule only warns."""
    return Refusal(gate, source(rule), rule.says or rule.name, todo, warns=not rule.refuses, name=rule.name)


def source(rule: Rule) -> str:
    """The rule's article as a reader cites it, with what stands beside it: 本地规定, 本局已核, 待核."""
    beside = rule.adopted_as or ("待核" if rule.mark != "read" or rule.text == "unread" else "")
    return rule.cited + (f"（{beside}）" if beside else "")


def no_version(law: Law, day: date) -> Refusal:
    spans = "；".join(f"{v.in_force}起" + (f"至{v.until}" if v.until else "") for v in law.versions)
    return own("version", f"{day}没有施行中的“{law.first.name}”", f"本程序施行期间：{spans}。请核对日期", hard=True)


def step_name(version: Procedure, event: str) -> str:
    """The Chinese name of the step that records `event`."""
    step = version.step_of.get(event)
    return step.name if step else event
