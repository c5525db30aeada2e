"""OCEL 2.0 as JSON: events of many objects: the case, the cases it names, who acted, the organisation concerned."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from fazheng.exports.masking import Mask
from fazheng.exports.selecting import Selection
from fazheng.exports.xes import event_names

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
PERSON, ORGANISATION = "person", "organisation"
_TYPES = {"yes_no": "boolean", "number": "integer", "yuan": "integer"}
_CASE = (("opened_on", "string"), ("closed_on", "string"))
_START = "1970-01-01T00:00:00+08:00"  # what an object is from the beginning


def write(path: Path, selection: Selection, mask: Mask) -> dict[str, int]:
    """How many events and objects were written. Types are those the law files know, used or not."""
    others: dict[str, str] = {}
    names = event_names(mask)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"objectTypes":' + _write(_object_types(mask)))
        file.write(',\n"eventTypes":' + _write(_event_types(mask)))
        events = _listed(file, "events", (_event(row, names, mask, others) for row in selection.events()))
        cases = _listed(file, "objects", _objects(selection, others))
        file.write("\n}\n")
    return {"events": events, "objects": cases}


def type_of(procedure: str, event: str) -> str:
    """The name of an event's type: two procedures may call an event alike."""
    return f"{procedure}/{event}"


def _listed(file: TextIO, name: str, members: Iterator[dict[str, Any]]) -> int:
    number = 0
    file.write(f',\n"{name}":[')
    for number, member in enumerate(members, 1):
        file.write(("\n" if number == 1 else ",\n") + _write(member))
    file.write("]")
    return number


def _object_types(mask: Mask) -> list[dict[str, Any]]:
    cases = [{"name": id, "attributes": _attributes(dict(_CASE))} for id in mask.book.procedures]
    return [*cases, *({"name": name, "attributes": []} for name in (PERSON, ORGANISATION))]


def _event_types(mask: Mask) -> list[dict[str, Any]]:
    found: dict[str, dict[str, str]] = {}
    for id, versions in mask.book.procedures.items():
        for version in versions:
            for step in version.steps.values():
                told = found.setdefault(type_of(id, step.records), {"name": "string", "role": "string"})
                for field, kind in step.kinds.items():
                    if not kind.apart:
                        told[f"field.{field}"] = "string" if kind.many else _TYPES.get(kind.name, "string")
    return [{"name": name, "attributes": _attributes(told)} for name, told in found.items()]


def _attributes(kinds: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "type": kind} for name, kind in kinds.items()]


def _event(
    row: tuple[Any, ...], names: Mapping[tuple[str, str], str], mask: Mask, others: dict[str, str]
) -> dict[str, Any]:
    case_id, version, procedure, event, on_day, by, data, role, _ = row
    entered = json.loads(data)
    related = [{"objectId": case_id, "qualifier": "case"}]
    who = mask.person(by)
    if who:
        others[who] = PERSON
        related.append({"objectId": who, "qualifier": "by"})
    for field, of, id in mask.named(procedure, event, entered):
        if of != "case":
            others[id] = of
        related.append({"objectId": id, "qualifier": field})
    told = {"name": names.get((procedure, event), event), "role": role}
    told |= {f"field.{name}": _plain(value) for name, value in mask.fields(procedure, event, entered).items()}
    return {
        "id": f"{case_id}#{version}",
        "type": type_of(procedure, event),
        "time": f"{on_day}T00:00:00+08:00",
        "attributes": [{"name": name, "value": value} for name, value in told.items()],
        "relationships": list({(one["objectId"], one["qualifier"]): one for one in related}.values()),
    }


def _plain(value: Any) -> Any:
    return "；".join(map(str, value)) if isinstance(value, list) else value


def _objects(selection: Selection, others: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for case_id, procedure, _, opened_on, closed_on, _, _ in selection.cases():
        told = {"opened_on": opened_on, "closed_on": closed_on}
        attributes = [{"name": name, "time": _START, "value": day} for name, day in told.items() if day]
        yield {"id": case_id, "type": procedure, "attributes": attributes, "relationships": []}
    for id, of in sorted(others.items()):
        yield {"id": id, "type": of, "attributes": [], "relationships": []}
