"""A bureau's own 不再提示 list: what was looked at and need not be told again, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from fazheng.checkup.finding import Finding
from fazheng.checkup.registry import rules
from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.procedure import Table
from fazheng.lawbook.reading import toml

NAME = "不再提示.toml"


class Mute(Table, frozen=True, kw_only=True):
    """One entry: a rule, where `words` are given only at these words."""

    rule: str
    reason: str
    words: str = ""


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
        if entry.rule not in rules():
            raise MuteFault(f"{path.name}：没有“{entry.rule}”这条规则")
        if not entry.reason.strip():
            raise MuteFault(f"{path.name}：“{entry.rule}”没有写理由（reason）")
    return tuple(read.mute)


def without_muted(findings: Sequence[Finding], muted: Sequence[Mute]) -> tuple[list[Finding], int]:
    """The findings that are still told, and how many are not."""
    kept = [f for f in findings if not any(m.rule == f.rule and m.words in f.quote for m in muted)]
    return kept, len(findings) - len(kept)
