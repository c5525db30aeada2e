"""The whole of `law/` as one frozen book, as it has effect in one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar

from msgspec import structs

from fazheng.lawbook.act import ActKind, read_acts, settled
from fazheng.lawbook.act_figures import owed_figures
from fazheng.lawbook.dossier import Dossier, read_dossiers
from fazheng.lawbook.duty import Duty, read_duties
from fazheng.lawbook.fault import Finding, LawFault
from fazheng.lawbook.figure import Change, Figure, Register, Report
from fazheng.lawbook.outline import LocalOutline
from fazheng.lawbook.parameters import parameters
from fazheng.lawbook.place import Adoption, LocalRole, Place
from fazheng.lawbook.platform import Platform, read_platforms
from fazheng.lawbook.procedure import Procedure
from fazheng.lawbook.procedures import named, read_procedure
from fazheng.lawbook.reading import by, convert, known, table, tables, toml
from fazheng.lawbook.reports import read_reports
from fazheng.lawbook.sheets import SheetMap, read_sheet_maps
from fazheng.lawbook.statute import CalendarYear, Parameter, Statute, rename_from

T = TypeVar("T")
FOLDERS = frozenset(
    "statutes calendars parameters procedures registers duties acts dossiers figures reports local style texts".split()
)


@dataclass(frozen=True, eq=False)
class LawBook:
    """All law files. Procedures by id, their versions oldest first; figures in the order of their files."""

    root: Path
    place: Place | None
    places: Mapping[str, Place]
    statutes: Mapping[str, Statute]
    calendars: Mapping[int, CalendarYear]
    parameters: Mapping[str, Parameter]
    procedures: Mapping[str, tuple[Procedure, ...]]
    registers: Mapping[str, Register]
    duties: Mapping[str, Duty]  # those that wait for a place are among them
    figures: Mapping[str, Figure]
    reports: Mapping[str, Report]
    sheets: Mapping[str, SheetMap] = field(default_factory=dict)  # of the place: how other systems' workbooks are read
    acts: Mapping[str, ActKind] = field(default_factory=dict)  # what 三项制度 ask of each kind of act
    dossiers: Mapping[str, Dossier] = field(default_factory=dict)
    platforms: Mapping[str, Platform] = field(default_factory=dict)  # of the place: what it sends to upper platforms

    def version(self, procedure: str, day: date) -> Procedure | None:
        """The version in force on `day`; None where no version covers it. Raises KeyError for an unknown id."""
        return next((version for version in self.procedures[procedure] if version.covers(day)), None)

    def parameter(self, id: str, day: date) -> int | None:
        """A threshold's value on `day`; None where none is read or adopted."""
        return self.parameters[id].on(day) if id in self.parameters else None


def law_root() -> Path:
    """The folder `law`: the one FAZHENG_LAW names, else packaged beside the code, else beside `src` in a work tree."""
    return _law_root(os.environ.get("FAZHENG_LAW", ""))


@cache
def _law_root(named: str) -> Path:
    if named:
        return Path(named)
    packaged = Path(__file__).parents[1] / "law"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "law"


def load(root: Path | None = None, place: str = "") -> LawBook:
    """The law as it has effect in `place` (its folder's name under local/; empty: national rules alone), read once.

    Raises LawFault with every finding where a file has an unknown key or word, or a place is unknown.
    """
    return _load(root or law_root(), place)


@cache
def _load(root: Path, place: str) -> LawBook:
    if not root.is_dir():
        raise LawFault([Finding(str(root), "没有这个文件夹（FAZHENG_LAW 指向的法条文件夹）")])
    findings: list[Finding] = []
    findings += [
        Finding(folder.name, "本版本不读这个文件夹；请核对文件夹的名字")
        for folder in sorted(root.glob("*/"))
        if folder.name not in FOLDERS
    ]
    places = {p.id: p for folder in sorted((root / "local").glob("*/")) if (p := _place(folder, root, findings))}
    if place and place not in places:
        raise LawFault(findings or [Finding("local", f"没有“{place}”这个地方；现有：{'、'.join(places) or '无'}")])
    here = places.get(place)
    procedures: dict[str, list[Procedure]] = {}
    for folder in sorted((root / "procedures").glob("*/")):
        if found := read_procedure(folder, root, here, findings):
            procedures.setdefault(found.id, []).append(found)
    registers = by("id", _rows(root, "registers", _register, findings), "registers", findings)
    by_day = {id: _in_turn(versions) for id, versions in sorted(procedures.items())}
    acts = settled(read_acts(root, here, findings), by_day)
    book = LawBook(
        root=root,
        place=here,
        places=places,
        statutes=by("short", _rows(root, "statutes", _statute, findings), "statutes", findings),
        calendars=by("year", _rows(root, "calendars", _calendar, findings), "calendars", findings),
        parameters=parameters(root, place, findings),
        procedures=named(by_day, registers),
        registers=registers,
        duties=read_duties(root, here, findings),
        figures=owed_figures(_many(root, "figures", "figure", Figure, findings), acts, by_day, findings),
        reports=by("id", read_reports(root, here, findings), "reports", findings),
        sheets=read_sheet_maps(root, place, findings),
        acts=acts,
        dossiers=read_dossiers(root, here, findings),
        platforms=read_platforms(root, place, findings),
    )
    if findings:
        raise LawFault(findings)
    return book


def _in_turn(versions: list[Procedure]) -> tuple[Procedure, ...]:
    """Oldest first. A version without a last day ends where the next begins: its own file, and so its digest, stays."""
    by_day = sorted(versions, key=lambda version: version.in_force)
    nexts = [later.in_force for later in by_day[1:]]
    return tuple(
        structs.replace(version, until=begins - timedelta(days=1))
        if begins is not None and version.until is None and version.in_force < begins
        else version
        for version, begins in zip_longest(by_day, nexts)
    )


def _rows(root: Path, folder: str, read: Any, findings: list[Finding]) -> list[Any]:
    found = []
    for path in sorted((root / folder).glob("*.toml")):
        one = read(toml(path), path.relative_to(root).as_posix(), findings)
        if one is not None:
            found.append(one)
    return found


def _many(root: Path, folder: str, name: str, kind: type[T], findings: list[Finding]) -> list[T]:
    found: list[T] = []
    for path in sorted((root / folder).glob("*.toml")):
        file = path.relative_to(root).as_posix()
        for raw in tables(known(toml(path), (name,), file, findings), name, file, findings):
            extra = {"file": file} if "file" in getattr(kind, "__struct_fields__", ()) else {}
            one = convert(raw | extra, kind, file, findings)
            if one is not None:
                found.append(one)
    return found


def _statute(raw: dict[str, Any], file: str, findings: list[Finding]) -> Statute | None:
    known(raw, ("statute", "version"), file, findings)
    versions = [rename_from(version) for version in tables(raw, "version", file, findings)]
    one = convert(table(raw, "statute", file, findings) | {"versions": versions, "file": file}, Statute, file, findings)
    for version in one.versions if one else ():
        if version.text not in ("", "package") and not version.text.startswith("file:"):
            findings.append(Finding(file, f"text 只能是 package 或 file:…，写成了“{version.text}”"))
    return one


def _calendar(raw: dict[str, Any], file: str, findings: list[Finding]) -> CalendarYear | None:
    known(raw, ("calendar",), file, findings)
    return convert(table(raw, "calendar", file, findings), CalendarYear, file, findings)


def _register(raw: dict[str, Any], file: str, findings: list[Finding]) -> Register | None:
    known(raw, ("register", "change", "labels", "choices"), file, findings)
    changes = [convert(change, Change, file, findings) for change in tables(raw, "change", file, findings)]
    head = {key: raw[key] for key in ("labels", "choices") if key in raw} | table(raw, "register", file, findings)
    return convert(head | {"changes": [c for c in changes if c]}, Register, file, findings)


def _place(folder: Path, root: Path, findings: list[Finding]) -> Place | None:
    head: dict[str, Any] = {"id": folder.name}
    adoptions: list[Adoption] = []
    roles: list[LocalRole] = []
    outlines: list[LocalOutline] = []
    for path in sorted(folder.glob("*.toml")):
        file = path.relative_to(root).as_posix()
        raw = known(toml(path), ("place", "adopt", "role", "parameter", "outline"), file, findings)
        head |= table(raw, "place", file, findings)
        for row in tables(raw, "adopt", file, findings):
            one = convert(rename_from(row) | {"file": file}, Adoption, file, findings)
            adoptions += [one] if one else []
        for row in tables(raw, "role", file, findings):
            role = convert(row | {"file": file}, LocalRole, file, findings)
            roles += [role] if role else []
        for row in tables(raw, "outline", file, findings):
            outline = convert(row | {"file": file}, LocalOutline, file, findings)
            outlines += [outline] if outline else []
    where = folder.relative_to(root).as_posix()
    if head["id"] != folder.name:
        findings.append(Finding(where, f"id 要与文件夹同名，写成了“{head['id']}”"))
    return convert(head | {"adoptions": adoptions, "roles": roles, "outlines": outlines}, Place, where, findings)
