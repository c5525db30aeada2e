"""IEEE 1849 XES: a case is a trace, what stands of it are its events. Written as it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from lxml import etree

from fazheng.exports.masking import Mask
from fazheng.exports.selecting import Selection

VERSION = "1849.2016"
EXTENSIONS = {"Concept": "concept", "Time": "time", "Organizational": "org", "Lifecycle": "lifecycle"}
_SITE = "http://www.xes-standard.org"
_GLOBAL_EVENT = (("string", "concept:name", ""), ("date", "time:timestamp", "1970-01-01T00:00:00+08:00"),
                 ("string", "lifecycle:transition", "complete"))  # fmt: skip
Attribute = tuple[str, str, str]  # element, key, value


def write(path: Path, selection: Selection, mask: Mask) -> dict[str, int]:
    """How many traces and events were written. Fields stand under the prefix of no extension, by their own ids."""
    names = event_names(mask)
    traces = events = 0
    with etree.xmlfile(str(path), encoding="utf-8") as file:
        file.write_declaration()
        with file.element("log", {"xes.version": VERSION, "xes.features": ""}):
            for element in _head(selection):
                _put(file, element)
            for case_id, rows in groupby(selection.events(), itemgetter(0)):
                of_case = list(rows)
                _put(file, _trace(case_id, of_case, names, mask))
                traces, events = traces + 1, events + len(of_case)
    return {"traces": traces, "events": events}


def event_names(mask: Mask) -> dict[tuple[str, str], str]:
    """The Chinese name of every event of every procedure; the newest version says which."""
    return {
        (id, step.records): step.name
        for id, versions in mask.book.procedures.items()
        for version in versions
        for step in version.steps.values()
    }


def _put(file: Any, element: Any) -> None:
    file.write("\n")
    file.write(element)


def _head(selection: Selection) -> Iterator[Any]:
    for name, prefix in EXTENSIONS.items():
        yield etree.Element("extension", {"name": name, "prefix": prefix, "uri": f"{_SITE}/{prefix}.xesext"})
    yield _holding(etree.Element("global", {"scope": "trace"}), [("string", "concept:name", "")])
    yield _holding(etree.Element("global", {"scope": "event"}), _GLOBAL_EVENT)
    yield etree.Element("classifier", {"name": "Activity", "scope": "event", "keys": "concept:name"})
    yield _attribute("string", "concept:name", f"{selection.bureau} {selection.said}")


def _trace(case_id: str, rows: list[tuple[Any, ...]], names: Mapping[tuple[str, str], str], mask: Mask) -> Any:
    told: list[Attribute] = [("string", "concept:name", case_id), ("string", "procedure", rows[0][2])]
    trace = _holding(etree.Element("trace"), told)
    for _, version, procedure, event, on_day, by, data, role, _ in rows:
        attributes: list[Attribute] = [
            ("string", "concept:name", names.get((procedure, event), event)),
            ("date", "time:timestamp", f"{on_day}T00:00:00+08:00"),
            ("string", "lifecycle:transition", "complete"),
            ("string", "org:resource", mask.person(by)),
            ("string", "org:role", role),
            ("string", "event", event),
            ("int", "version", str(version)),
        ]
        fields = mask.fields(procedure, event, json.loads(data))
        trace.append(_holding(etree.Element("event"), [*attributes, *_typed(fields)]))
    return trace


def _typed(fields: Mapping[str, Any]) -> Iterator[Attribute]:
    """A list is one text, its members separated by ；: not every reader knows the lists of XES."""
    for name, value in fields.items():
        if isinstance(value, bool):
            yield "boolean", f"field.{name}", str(value).lower()
        elif isinstance(value, int):
            yield "int", f"field.{name}", str(value)
        else:
            yield "string", f"field.{name}", "；".join(map(str, value)) if isinstance(value, list) else str(value)


def _holding(element: Any, attributes: Any) -> Any:
    element.extend([_attribute(*one) for one in attributes])
    return element


def _attribute(kind: str, key: str, value: str) -> Any:
    return etree.Element(kind, {"key": key, "value": _clean(value)})


def _clean(text: str) -> str:
    """Without the control characters that no XML may hold."""
    return "".join(char for char in text if char >= " " or char in "\t\n\r")
