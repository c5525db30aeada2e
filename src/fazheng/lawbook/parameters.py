"""Thresholds by date: the nation's, and those a place sets for itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fazheng.lawbook.fault import Finding
from fazheng.lawbook.reading import by, convert, known, tables, toml
from fazheng.lawbook.statute import Parameter, rename_from


def parameters(root: Path, place: str, findings: list[Finding]) -> dict[str, Parameter]:
    """Every parameter by id, as it has effect in `place` (empty: the nation's alone).

    A place sets what the nation left open; replacing a number that was read in national law is a finding.
    """
    national = by("id", _read(root, root / "parameters", findings), "parameters", findings)
    if not place:
        return national
    where = f"local/{place}"
    own = by("id", _read(root, root / "local" / place, findings), where, findings)
    for id in own:
        if id in national and any(value.mark == "read" for value in national[id].values):
            findings.append(Finding(where, "全国已有核过的数值，地方不得替换", id))
    return national | own


def _read(root: Path, folder: Path, findings: list[Finding]) -> Iterator[Parameter]:
    local = folder.parent.name == "local"
    for path in sorted(folder.glob("*.toml")):
        file = path.relative_to(root).as_posix()
        raw = toml(path)
        if not local:  # the other tables of a place's file are read with the place
            known(raw, ("parameter",), file, findings)
        for row in tables(raw, "parameter", file, findings):
            values = [_value(value, local) for value in tables(row, "values", file, findings)]
            if one := convert(row | {"values": values}, Parameter, file, findings):
                yield one


def _value(raw: dict[str, Any], local: bool) -> dict[str, Any]:
    """What a place sets for itself works there."""
    works = local and raw.get("mark", "local") == "local"
    return rename_from(raw) | ({"mark": "read"} if works else {})
