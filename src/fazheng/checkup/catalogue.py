"""The catalogue of statutes for citations, without the rest of the law: a check-up must start at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fazheng.lawbook.fault import Finding, LawFault
from fazheng.lawbook.load import law_root
from fazheng.lawbook.reading import by, convert, table, tables, toml
from fazheng.lawbook.statute import Statute, rename_from


@cache
def _read(root: Path) -> Mapping[str, Statute]:
    findings: list[Finding] = []
    found: list[Statute] = []
    for path in sorted((root / "statutes").glob("*.toml")):
        raw, file = toml(path), f"statutes/{path.name}"
        versions = [rename_from(version) for version in tables(raw, "version", file, findings)]
        one = convert(table(raw, "statute", file, findings) | {"versions": versions}, Statute, file, findings)
        found += [one] if one else []
    statutes = by("short", found, "statutes", findings)
    if findings:
        raise LawFault(findings)
    return statutes


def catalogue(root: Path | None = None) -> Mapping[str, Statute]:
    """Every statute of the law folder by its short name. Raises LawFault."""
    return _read(root or law_root())
