"""A value as a stranger may read it: the words of choices, yuan with two places, days; names and numbers covered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fazheng.lawbook.procedure import Kind

COVER = "*"


def shown(value: Any, kind: Kind, choices: Mapping[str, str]) -> str:
    """The value as text; empty for nothing. Amounts are fen and come as yuan with two places."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "、".join(shown(one, kind, choices) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if kind.name == "yuan":
        return f"{int(value) // 100}.{int(value) % 100:02d}"
    return choices.get(str(value), str(value)) if kind.name == "choice" else str(value)


def masked(value: str, mask: str) -> str:
    """The value covered: of a name the first sign stays, of a number the last four. Empty for nothing, and no mask."""
    if not value or not mask:
        return ""
    if mask == "last4":
        return COVER * max(len(value) - 4, 4) + (value[-4:] if len(value) > 8 else "")
    return value[0] + COVER * 2
