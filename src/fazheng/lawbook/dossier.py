"""What the file of one row of a register must hold: `law/dossiers/*.toml` (一个社会组织一个档案)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import structs

from fazheng.lawbook.citation import parse as parse_citation
from fazheng.lawbook.conditions import Condition, Fact
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.place import Place
from fazheng.lawbook.procedure import Rule, Table
from fazheng.lawbook.reading import by, convert, known, table, tables, toml

ADOPTED = "dossier:"  # before an item's id in `adopts`
FILE = "organisation.file"  # the procedure in which a file is opened and its materials are taken in
MATERIAL, KIND = "material_filed", "material"


class Holds(Rule, frozen=True, kw_only=True):
    """One thing the file must hold: a `field` of the row, a `material`, or each year a case of `of` that is `done`.

    `organisation` and `year` are the fields of that case; `with_kind` the rows it is asked of, all where empty.
    """

    field: str = ""
    material: str = ""
    of: str = ""
    organisation: Fact | None = None
    year: Fact | None = None
    done: Condition | None = None
    with_kind: tuple[str, ...] = ()

    @property
    def counted(self) -> bool:
        """Whether it counts for completeness: read, or adopted by the place. What is not is shown and not counted."""
        return self.mark == "read"


class Dossier(Table, frozen=True, kw_only=True):
    """The file of each row of a register."""

    id: str
    name: str
    register: str
    kind: str  # the field of the row that `with_kind` speaks of
    holds: tuple[Holds, ...] = ()
    file: str = ""


def read_dossiers(root: Path, place: Place | None, findings: list[Finding]) -> dict[str, Dossier]:
    """Every dossier by id, as it has effect in `place`."""
    found = []
    for path in sorted((root / "dossiers").glob("*.toml")):
        file = path.relative_to(root).as_posix()
        raw = known(toml(path), ("dossier", "holds"), file, findings)
        rows = [_holds(row, place, file, findings) for row in tables(raw, "holds", file, findings)]
        one = convert(table(raw, "dossier", file, findings) | {"file": file}, Dossier, file, findings)
        held = tuple(by("id", [row for row in rows if row], file, findings).values())
        found += [structs.replace(one, holds=held)] if one else []
    return by("id", found, "dossiers", findings)


def _holds(row: Mapping[str, Any], place: Place | None, file: str, findings: list[Finding]) -> Holds | None:
    full: dict[str, Any] = {"article": "", **row, "file": file}
    adoption = place.adoption(ADOPTED + str(row.get("id", ""))) if place else None
    if adoption is not None and full.get("mark") in ("local", "second_hand"):
        named = "本地规定" if full["mark"] == "local" else "本局已核"
        full |= {"mark": "read", "adopted_as": named, "article": adoption.article or full["article"]}
    try:
        full["statute"] = parse_citation(str(full["article"])).statute
    except ValueError:
        full["statute"] = ""
    return convert(full, Holds, file, findings)
