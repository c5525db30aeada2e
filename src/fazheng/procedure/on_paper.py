"""What an entry says beside its fields: that it was signed on paper, and by which paper somebody stood in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MARK = "on_paper"  # in an entry's data: signed on paper; `scan` is the digest of the picture
STANDS_IN = "stands_in"  # 主持工作 or 授权代签, and its paper


def told(data: Mapping[str, Any], by: str, entered_by: str) -> list[str]:
    """The marks of an entry as a reader reads them; empty where it has none."""
    said = []
    if stood := data.get(STANDS_IN):
        name = "授权代签" if stood["as"] == "signing_authority" else "主持工作"
        said.append(f"{name}，依据{stood['paper']}")
    if MARK in data:
        said.append(f"纸上签字：{by}签，{entered_by or by}代录，扫描件 {data[MARK]['scan'][:12]}…")
    return said
