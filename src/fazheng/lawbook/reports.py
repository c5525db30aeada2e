"""Reports of `law/reports`: head, sections and outlines of each, with what a place chose."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fazheng.lawbook.fault import Finding
from fazheng.lawbook.figure import Report, Section
from fazheng.lawbook.outline import Outline, chosen
from fazheng.lawbook.place import Place
from fazheng.lawbook.reading import by, convert, known, table, tables, toml

_BESIDE = {"chart": "charts", "form": "forms", "acts": "acts"}  # tables of a report file, and the field they fill


def read_reports(root: Path, here: Place | None, findings: list[Finding]) -> list[Report]:
    """Each folder under reports/ is one report: its head stands in one file, its sections in all, by file name.

    Its outlines stand in its folder outlines/, one a file, read by file name; the first is the default.
    """
    found = []
    for folder in sorted((root / "reports").glob("*/")):
        head: dict[str, Any] = {}
        sections: list[Section] = []
        beside: dict[str, list[Any]] = {name: [] for name in _BESIDE.values()}
        for path in sorted(folder.glob("*.toml")):
            file = path.relative_to(root).as_posix()
            raw = known(toml(path), ("report", "section", *_BESIDE), file, findings)
            if "report" in raw and head:
                findings.append(Finding(file, "[report] 在同一个文件夹里只能写一次"))
            head |= table(raw, "report", file, findings)
            sections += [
                one for row in tables(raw, "section", file, findings) if (one := convert(row, Section, file, findings))
            ]
            for name, field in _BESIDE.items():
                beside[field] += tables(raw, name, file, findings)
        where = folder.relative_to(root).as_posix()
        national = _outlines(folder, root, findings)
        outlines, uses = chosen(national, here.outlines if here else (), str(head.get("id", "")))
        report = convert(
            head | beside | {"sections": sections, "outlines": outlines, "uses": uses}, Report, where, findings
        )
        found += [report] if report else []
    return found


def _outlines(folder: Path, root: Path, findings: list[Finding]) -> dict[str, Outline]:
    found = []
    for path in sorted((folder / "outlines").glob("*.toml")):
        file = path.relative_to(root).as_posix()
        raw = known(toml(path), ("outline", "heading"), file, findings)
        headings = tables(raw, "heading", file, findings)
        one = convert(table(raw, "outline", file, findings) | {"headings": headings}, Outline, file, findings)
        found += [one] if one else []
    return by("id", found, (folder / "outlines").relative_to(root).as_posix(), findings)
