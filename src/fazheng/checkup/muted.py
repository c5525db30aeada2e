"""A bureau's own 不再提示 list: what was looked at and need not be told again, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from fazheng.checkup.finding import Finding
from fazheng.checkup.registry import rules
from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.procedure import Table
from fazheng.lawbook.reading import toml

NAME = "不再提示.toml"


class Mute(Table, frozen=True, kw_only=True):
    """One entry: a rule or a kind of fault, where `words` are given only at these words; why, who said so and when."""

    reason: str
    rule: str = ""
    kind: str = ""
    words: str = ""
    who: str = ""
    when: date | None = None

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is not to be told again."""
        named = self.rule in ("", finding.rule) and self.kind in ("", finding.kind)
        return named and self.words in finding.quote


class Muted(Table, frozen=True, kw_only=True):
    mute: list[Mute] = []


class MuteFault(Exception):
    """The list cannot be read; the message says where and why."""


def read_muted(path: Path) -> tuple[Mute, ...]:
    """The entries of a list. Raises MuteFault for an unknown rule, an unknown key or an entry without a reason."""
    try:
        read = msgspec.convert(toml(path), Muted)
    except (LawFault, msgspec.ValidationError, OSError) as fault:
        raise MuteFault(f"{path.name} 读不懂：{fault}") from fault
    for entry in read.mute:
        if wrong := _fault(entry):
            raise MuteFault(f"{path.name}：{wrong}")
    return tuple(read.mute)


def _fault(entry: Mute) -> str:
    if not entry.rule and not entry.kind:
        return "有一项既没有写规则（rule），也没有写类型（kind）"
    if entry.rule and entry.rule not in rules():
        return f"没有“{entry.rule}”这条规则"
    if entry.kind and not any(entry.kind in one.kinds for one in rules().values()):
        return f"没有“{entry.kind}”这种类型"
    return "" if entry.reason.strip() else f"“{entry.rule or entry.kind}”没有写理由（reason）"


def without_muted(
    findings: Sequence[Finding], muted: Sequence[Mute]
) -> tuple[list[Finding], list[tuple[Finding, Mute]]]:
    """The findings that are still told, and those that are not, each with the entry that says why."""
    kept: list[Finding] = []
    silent: list[tuple[Finding, Mute]] = []
    for finding in findings:
        entry = next((one for one in muted if one.covers(finding)), None)
        if entry is None:
            kept.append(finding)
        else:
            silent.append((finding, entry))
    return kept, silent
