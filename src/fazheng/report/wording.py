"""Entered values as a reader sees them. What is held apart is named and never shown; an unknown field is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fazheng.figures import number_text
from fazheng.lawbook.procedure import Kind
from fazheng.report.composed import Told


def told(
    data: Mapping[str, Any],
    kinds: Mapping[str, Kind],
    labels: Mapping[str, str],
    choices: Mapping[str, Mapping[str, str]],
    anchors: Mapping[str, str],
) -> tuple[tuple[Told, ...], tuple[str, ...]]:
    """The fields that may be shown, in the order of the form, and the labels of those held apart.

    `anchors` are those of the cases that stand on the page.
    """
    shown, apart = [], []
    for field, kind in kinds.items():
        value, label = data.get(field), labels.get(field, field)
        if value is None or value == []:
            continue
        if kind.apart or _held(value):
            apart.append(label)
        else:
            anchor = anchors.get(value, "") if kind.name == "case" and isinstance(value, str) else ""
            shown.append(Told(label, _text(kind, value, choices), anchor))
    return tuple(shown), tuple(apart)


def _held(value: Any) -> bool:
    """Whether anything of the value is no plain word or number: it would be a value held apart."""
    return any(not isinstance(one, str | int) for one in (value if isinstance(value, list) else [value]))


def _text(kind: Kind, value: Any, choices: Mapping[str, Mapping[str, str]]) -> str:
    return "、".join(_one(kind, one, choices) for one in (value if isinstance(value, list) else [value]))


def _one(kind: Kind, value: Any, choices: Mapping[str, Mapping[str, str]]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if kind.name == "choice":
        return choices.get(kind.of, {}).get(str(value), str(value))
    if kind.name == "yuan" and isinstance(value, int):
        return f"{number_text(value, '元')}元"
    return str(value)
