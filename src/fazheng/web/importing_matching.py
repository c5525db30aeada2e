"""对列: which column of the bureau's own workbook holds what the first step of a procedure asks for."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from django.http import QueryDict

from fazheng.casework.workbook.proposing import propose
from fazheng.lawbook.procedure import Kind, Procedure
from fazheng.lawbook.sheet_faults import map_faults
from fazheng.lawbook.sheets import OPEN, From, SheetCase, SheetMap, Source
from fazheng.web.forms import PREFIX, Box, Option
from fazheng.web.importing_reading import MAP
from fazheng.web.visit import Visit

SYSTEM, PAPER = "本单位台账", "本单位自己的台账"
_ALWAYS = "="  # before a value that holds of every row, in a box that otherwise names a column


@dataclass(frozen=True, slots=True)
class Made:
    """The form as it stands; `done`: the mapping lies beside the workbook."""

    done: bool
    of: str = ""
    procedures: Sequence[Option] = ()
    boxes: Sequence[Box] = ()
    unused: Sequence[str] = ()
    faults: Sequence[str] = field(default_factory=tuple)


def match(visit: Visit, path: Path) -> Made:
    """The columns as the law file's names suggest them, or as the person has chosen. Raises UnusableWorkbook."""
    book, post = visit.book, visit.request.POST
    asked = post.get("of") or visit.request.GET.get("of", "")
    draft = propose(path, book, asked if asked in book.procedures else "")
    raw = tomllib.loads(draft.text)
    proposed = raw["case"][0]
    of = str(proposed["procedure"])
    version = book.procedures[of][-1]
    heads = [*dict.fromkeys([*_columns(proposed), *draft.unused])]
    chosen = post if visit.request.method == "POST" and post.get("what") == "match" else None
    options = [Option(id, versions[-1].name, id == of) for id, versions in book.procedures.items()]
    boxes = _boxes(version, proposed, heads, _people(visit, version), chosen)
    if chosen is None:
        return Made(False, of, options, boxes, draft.unused)
    lacking = [f"“{box.label}”还没有对上列" for box in boxes if box.required and not box.value]
    if lacking:
        return Made(False, of, options, boxes, draft.unused, lacking)
    found = _map(version, proposed, raw["sheets"], heads, chosen)
    if faults := [finding.what for finding in map_faults(found, book)]:
        return Made(False, of, options, boxes, draft.unused, faults)
    _kept(path.parent / MAP, found)
    return Made(True, of)


def _people(visit: Visit, version: Procedure) -> list[str]:
    """Who is here, those first who may take the first step."""
    here = [one.code for one in visit.roster.here(visit.today)]
    able = set(visit.roster.able(version, version.steps[version.opens], visit.today))
    return sorted(here, key=lambda code: (code not in able, code))


def _columns(proposed: Mapping[str, Any]) -> list[str]:
    sources = [proposed["number"], proposed["on"], *proposed.get("fields", {}).values()]
    for step in proposed.get("step", ()):
        sources += [step["on"], *step.get("fields", {}).values()]
    named = [source["column"] if isinstance(source, dict) else source for source in sources]
    return [name for name in named if name != OPEN]


def _boxes(
    version: Procedure, proposed: Mapping[str, Any], heads: Sequence[str], people: Sequence[str],
    chosen: QueryDict | None,
) -> list[Box]:  # fmt: skip
    columns = [(head, head) for head in heads]
    found = [
        _box("number", "编号", columns, _stands("number", proposed["number"], chosen), "每件自己的号"),
        _box("on", f"哪天{version.steps[version.opens].name}", columns, _stands("on", proposed["on"], chosen)),
    ]
    who = [(_ALWAYS + code, f"每一行都是：{code}") for code in people]
    usual = chosen.get("by", "") if chosen is not None else who[0][0] if who else ""
    found.append(_box("by", "谁经办", [*who, *columns], usual, "列里要写人员编号"))
    fields = proposed.get("fields", {})
    for name, kind in version.steps[version.opens].kinds.items():
        value = _stands(PREFIX + name, fields.get(name, ""), chosen)
        every = [*columns, *_constants(kind, version.choices)]
        found.append(_box(PREFIX + name, version.label(name), every, value, required=not kind.optional))
    return found


def _stands(name: str, source: Any, chosen: QueryDict | None) -> str:
    if chosen is not None:
        return chosen.get(name, "")
    head = source["column"] if isinstance(source, dict) else source
    return "" if head == OPEN else str(head)


def _constants(kind: Kind, choices: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    """What may be said of every row at once."""
    if kind.name == "yes_no":
        return [(f"{_ALWAYS}是", "每一行都是：是"), (f"{_ALWAYS}否", "每一行都是：否")]
    if kind.name == "choice":
        return [(_ALWAYS + id, f"每一行都是：{name}") for id, name in choices.get(kind.of, {}).items()]
    return []


def _box(
    name: str, label: str, every: Sequence[tuple[str, str]], value: str, help: str = "", *, required: bool = True
) -> Box:
    options = [Option(id, shown, id == value) for id, shown in every]
    known = value if any(option.chosen for option in options) else ""
    return Box(name, label, "select", required, help, known, options)


def _map(
    version: Procedure, proposed: Mapping[str, Any], sheet: Mapping[str, Any], heads: Sequence[str], chosen: QueryDict
) -> SheetMap:
    drafted = proposed.get("fields", {})
    fields = {
        name: _source(chosen.get(PREFIX + name, ""), drafted.get(name))
        for name in version.steps[version.opens].kinds
        if chosen.get(PREFIX + name)
    }
    number, on = chosen.get("number", ""), chosen.get("on", "")
    by = _source(chosen.get("by", ""), None)
    case = SheetCase(procedure=version.id, number=(number,), on=on, by=by, fields=fields)
    known = SheetMap(
        id="own", name=SYSTEM, system=SYSTEM, heads=tuple(dict.fromkeys((number, on))), paper=PAPER,
        sheet=sheet["sheet"], head_rows=sheet["head_rows"], cases=(case,),
    )  # fmt: skip
    read = set(known.columns())
    return msgspec.structs.replace(known, passed_over=tuple(head for head in heads if head not in read))


def _source(value: str, drafted: Any) -> Source:
    """The column, with its words as the draft understood them; or what holds of every row."""
    if value.startswith(_ALWAYS):
        said = value.removeprefix(_ALWAYS)
        return From(always={"是": True, "否": False}.get(said, said))
    if isinstance(drafted, dict) and drafted["column"] == value:
        return From(column=value, values=drafted["values"])
    return value


def _kept(path: Path, found: SheetMap) -> None:
    beside = path.with_suffix(".part")
    beside.write_bytes(msgspec.json.encode(found))
    beside.chmod(0o600)
    os.replace(beside, path)
