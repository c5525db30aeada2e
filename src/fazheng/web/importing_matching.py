"""对列: which column of the bureau's own workbook holds what the first step of a procedure asks for."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from django.http import QueryDict

from fazheng.casework.workbook.proposing import propose
from fazheng.lawbook.procedure import Procedure
from fazheng.lawbook.sheet_faults import map_faults
from fazheng.lawbook.sheets import OPEN, SheetCase, SheetMap
from fazheng.web.forms import PREFIX, Box, Option
from fazheng.web.importing_boxes import ALWAYS, constants, of_box, source, stands, understood
from fazheng.web.importing_reading import MAP
from fazheng.web.importing_steps import LaterStep, later_steps, sheet_steps
from fazheng.web.visit import Visit

SYSTEM, PAPER = "本单位台账", "本单位自己的台账"
SKIPPED = (  # below or between the rows of a table
    "合计", "总计", "小计", "共计", "累计", "本页合计", "注：", "备注：", "说明：", "填表说明", "填报单位",
    "填表单位", "填表人", "填报人", "制表人", "制表：", "审核人：", "单位负责人",
    "分管领导：", "经办人：", "填表日期", "制表日期", "联系电话：",
)  # fmt: skip
_AGAIN = "只有序号、每年（每月）从头数的台账，选日期那一列：两列合起来才是一件自己的号"
_COUNTED = ("序号", "行号", "序")  # numbers that begin anew in every sheet


@dataclass(frozen=True, slots=True)
class Made:
    """The form as it stands; `found`: the matching, once every box is filled."""

    of: str
    procedures: Sequence[Option] = ()
    boxes: Sequence[Box] = ()
    unused: Sequence[str] = ()
    later: Sequence[LaterStep] = ()
    faults: Sequence[str] = field(default_factory=tuple)
    found: SheetMap | None = None

    @property
    def taken(self) -> int:
        """How many later steps the rows take."""
        return sum(step.taken for step in self.later)


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
    chosen = post if visit.request.method == "POST" and post.get("what") in ("match", "steps") else None
    options = [Option(id, versions[-1].name, id == of) for id, versions in book.procedures.items()]
    people = _people(visit, version)
    boxes = _boxes(version, proposed, heads, people, chosen)
    later = later_steps(version, proposed.get("step", ()), heads, people, chosen)
    made = Made(of, options, boxes, draft.unused, later)
    if chosen is None or post.get("what") == "steps":
        return made
    lacking = [f"“{box.label}”还没有对上列" for box in boxes if box.required and not box.value]
    if lacking := lacking + [one for step in later for one in step.lacking]:
        return replace(made, faults=lacking)
    found = _map(version, proposed, raw["sheets"], heads, chosen, later)
    if faults := [finding.what for finding in map_faults(found, book)]:
        return replace(made, faults=faults)
    return replace(made, found=found)


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
        of_box("number", "编号", columns, stands("number", proposed["number"], chosen), "每件自己的号"),
        of_box("again", "编号再加一列", columns, _again(proposed, chosen), _AGAIN, required=False),
        of_box("on", f"哪天{version.steps[version.opens].name}", columns, stands("on", proposed["on"], chosen)),
    ]
    who = [(ALWAYS + code, f"每一行都是：{code}") for code in people]
    usual = chosen.get("by", "") if chosen is not None else who[0][0] if who else ""
    found.append(of_box("by", "谁经办", [*who, *columns], usual, "列里要写人员编号"))
    fields = proposed.get("fields", {})
    for name, kind in version.steps[version.opens].kinds.items():
        value = stands(PREFIX + name, fields.get(name, ""), chosen)
        every = [*columns, *constants(kind, version.choices)]
        words = understood(fields.get(name), version.choices.get(kind.of, {}))
        found.append(of_box(PREFIX + name, version.label(name), every, value, words, required=not kind.optional))
    return found


def _again(proposed: Mapping[str, Any], chosen: QueryDict | None) -> str:
    """The second column of the number: the day, where the first only counts the rows."""
    if chosen is not None:
        return chosen.get("again", "")
    counted = str(proposed["number"]).rpartition("/")[2] in _COUNTED and proposed["on"] != OPEN
    return str(proposed["on"]) if counted else ""


def _map(
    version: Procedure, proposed: Mapping[str, Any], sheet: Mapping[str, Any], heads: Sequence[str], chosen: QueryDict,
    later: Sequence[LaterStep],
) -> SheetMap:  # fmt: skip
    drafted = proposed.get("fields", {})
    fields = {
        name: source(chosen.get(PREFIX + name, ""), drafted.get(name))
        for name in version.steps[version.opens].kinds
        if chosen.get(PREFIX + name)
    }
    number, on = chosen.get("number", ""), chosen.get("on", "")
    by = source(chosen.get("by", ""), None)
    numbers = tuple(dict.fromkeys(one for one in (number, chosen.get("again", "")) if one))
    case = SheetCase(procedure=version.id, number=numbers, on=on, by=by, fields=fields, steps=sheet_steps(later))
    known = SheetMap(
        id="own", name=SYSTEM, system=SYSTEM, heads=tuple(dict.fromkeys((number, on))), paper=PAPER,
        head_rows=sheet["head_rows"], skip_rows=SKIPPED, cases=(case,),
    )  # fmt: skip
    read = set(known.columns())
    return msgspec.structs.replace(known, passed_over=tuple(head for head in heads if head not in read))


def mark_of(folder: Path) -> str:
    """What a form keeps of the matching that it was made beside: another one since then, and it is another mark."""
    try:
        return sha256((folder / MAP).read_bytes()).hexdigest()[:16]
    except FileNotFoundError:  # none was made, or the import that used it put it away meanwhile
        return ""


def keep_beside(folder: Path, found: SheetMap, seen: str) -> bool:
    """Lays the matching beside the workbook; False where another one lies there than was seen."""
    if mark_of(folder) != seen:
        return False
    path = folder / MAP
    beside = path.with_suffix(".part")
    beside.write_bytes(msgspec.json.encode(found))
    beside.chmod(0o600)
    os.replace(beside, path)
    return True
