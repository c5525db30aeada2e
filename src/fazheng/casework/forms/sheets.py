"""Holes in an .xlsx: of shared strings, of strings in cells, of headers. Formulas are never touched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from fazheng.casework.forms.text import HOLE, Filling, fill_runs, holes
from fazheng.casework.forms.xml import parsed, written

_STRINGS, _BOOK = "xl/sharedStrings.xml", "xl/workbook.xml"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


class Sheets:
    """A workbook."""

    def holes(self, parts: Mapping[str, bytes]) -> Iterator[str]:
        """What stands in its holes."""
        for item in _items(parts):
            yield from holes(_text(item))
        for name in parts:
            if _SHEET.fullmatch(name):
                for cell in _cells(parsed(parts[name])):
                    if cell.get("t") == "inlineStr":
                        yield from holes(_text(cell))

    def fill(self, parts: dict[str, bytes], fillings: Mapping[str, Filling]) -> int:
        """Fills them in place; how many. A cell that holds one hole and nothing else becomes a number."""
        alone = [_alone(_text(item), fillings) for item in _items(parts)]
        filled = sum(self._sheet(parts, name, alone, fillings) for name in parts if _SHEET.fullmatch(name))
        if _STRINGS in parts:
            root = parsed(parts[_STRINGS])
            done = sum(fill_runs(_runs(item), fillings) for item in root)
            if done:
                parts[_STRINGS] = written(root)
            filled += done
        if filled:
            self._count_anew(parts)
        return filled

    def _sheet(
        self, parts: dict[str, bytes], name: str, alone: list[Filling | None], fillings: Mapping[str, Filling]
    ) -> int:
        root, done = parsed(parts[name]), 0
        for cell in _cells(root):
            kind, value = cell.get("t"), _child(cell, "v")
            if kind == "s" and value is not None:
                number = alone[int(value.text)]
                done += _becomes_number(cell, number) if number else 0
            elif kind == "inlineStr":
                number = _alone(_text(cell), fillings)
                done += _becomes_number(cell, number) if number else fill_runs(_runs(cell), fillings)
        if done:
            parts[name] = written(root)
        return done

    def _count_anew(self, parts: dict[str, bytes]) -> None:
        """Takes the results of formulas away, so that none of before stands beside the new numbers, and asks for them
        to be counted when the workbook is opened.
        """
        formulas = False
        for name in [name for name in parts if _SHEET.fullmatch(name)]:
            root, stale = parsed(parts[name]), False
            for cell in root.iter(_tag(root, "c")):
                result = _child(cell, "v")
                if _child(cell, "f") is not None:
                    formulas = True
                    if result is not None:
                        cell.remove(result)
                        stale = True
            if stale:
                parts[name] = written(root)
        if formulas:
            root = parsed(parts[_BOOK])
            found = next(iter(root.iter(_tag(root, "calcPr"))), None)
            if found is not None:
                found.set("fullCalcOnLoad", "1")
                parts[_BOOK] = written(root)


def _items(parts: Mapping[str, bytes]) -> list[Any]:
    return list(parsed(parts[_STRINGS])) if _STRINGS in parts else []


def _cells(root: Any) -> Iterator[Any]:
    """The cells without a formula."""
    return (cell for cell in root.iter(_tag(root, "c")) if _child(cell, "f") is None)


def _runs(element: Any) -> list[Any]:
    """The text elements of a string, rich text among them; those of its reading aid (rPh) are none."""
    tag, aid = _tag(element, "t"), _tag(element, "rPh")
    return [text for text in element.iter(tag) if not any(above.tag == aid for above in text.iterancestors())]


def _text(element: Any) -> str:
    return "".join(run.text or "" for run in _runs(element))


def _alone(text: str, fillings: Mapping[str, Filling]) -> Filling | None:
    """What makes a number of a cell: its one hole, where nothing else stands in it."""
    found = HOLE.fullmatch(text.strip())
    filling = fillings.get(found[1]) if found else None
    return filling if filling is not None and filling.number else None


def _becomes_number(cell: Any, filling: Filling) -> int:
    for child in list(cell):
        cell.remove(child)
    del cell.attrib["t"]
    value = cell.makeelement(_tag(cell, "v"), {})
    value.text = filling.number
    cell.append(value)
    return 1


def _child(element: Any, name: str) -> Any:
    return element.find(_tag(element, name))


def _tag(element: Any, name: str) -> str:
    return f"{{{element.tag[1:].partition('}')[0]}}}{name}"
