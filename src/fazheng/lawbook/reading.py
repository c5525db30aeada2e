"""TOML tables into frozen objects. Every fault is collected with its file; nothing is guessed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from fazheng.lawbook.conditions import Condition, Fact, UnknownWord, parse
from fazheng.lawbook.fault import Finding, LawFault

T = TypeVar("T")
_SAID = (
    (r"Object contains unknown field `(.+?)`", r"不认识的词“\1”"),
    (r"Object missing required field `(.+?)`", r"缺少“\1”"),
    (r"Expected `(.+?)`, got `(.+?)`", r"应为 \1，写成了 \2"),
    (r"Invalid enum value '?(.+?)'?", r"不认识的值 \1"),
    (r" - at `\$(.*?)`", r"（\1）"),
)


def toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises LawFault where it is no TOML or not UTF-8."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise LawFault([Finding(f"{path.parent.name}/{path.name}", f"不是完好的 TOML（UTF-8）：{fault}")]) from fault


def _hook(kind: type, raw: Any) -> Any:
    if kind is Condition:
        return parse(raw)
    if kind is Fact:
        return Fact.parse(raw)
    raise NotImplementedError(kind)


def convert(raw: Mapping[str, Any], kind: type[T], file: str, findings: list[Finding]) -> T | None:
    """The object a table spells; None with a finding where it does not fit."""
    try:
        return msgspec.convert(dict(raw), kind, dec_hook=_hook)
    except (msgspec.ValidationError, UnknownWord) as fault:
        said = str(fault)
        for pattern, chinese in _SAID:
            said = re.sub(pattern, chinese, said)
        findings.append(Finding(file, said, str(raw.get("id", ""))))
        return None


def known(raw: dict[str, Any], names: tuple[str, ...], file: str, findings: list[Finding]) -> dict[str, Any]:
    """The file's tables as they are; a finding for each whose name is not among `names`."""
    findings += [Finding(file, f"不认识的表“{key}”") for key in raw if key not in names]
    return raw


def table(raw: Mapping[str, Any], key: str, file: str, findings: list[Finding]) -> dict[str, Any]:
    """The table `[key]` of a file, empty where it has none; a finding where it is something else."""
    found = raw.get(key, {})
    if isinstance(found, dict):
        return found
    findings.append(Finding(file, f"“{key}”要写成一张表 [{key}]"))
    return {}


def tables(raw: Mapping[str, Any], key: str, file: str, findings: list[Finding]) -> list[dict[str, Any]]:
    """The tables `[[key]]` of a file, empty where it has none; a finding where they are something else."""
    found = raw.get(key, [])
    if isinstance(found, list) and all(isinstance(one, dict) for one in found):
        return found
    findings.append(Finding(file, f"“{key}”要写成 [[{key}]]"))
    return []


def by(key: str, found: Iterable[T], file: str, findings: list[Finding]) -> dict[Any, T]:
    """The objects by their key, in order; a finding where two have the same."""
    kept: dict[Any, T] = {}
    for one in found:
        name = getattr(one, key)
        if name in kept:
            findings.append(Finding(file, "两处写了同一个", str(name)))
        kept[name] = one
    return kept


def as_list(value: Any) -> Any:
    """A word or a list of words, as a list."""
    return [value] if isinstance(value, str) else value
