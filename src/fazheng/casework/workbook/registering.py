"""Rows of registers: staff and organisations come first, since everything else rests on them."""

from __future__ import annotations

from datetime import date
from typing import Any

from fazheng.casework.registers import SOURCE, enter_row
from fazheng.casework.workbook.digests import PREFIX
from fazheng.casework.workbook.faults import refused
from fazheng.casework.workbook.grid import Grid
from fazheng.casework.workbook.judging import NOBODY_NAMED, Importing
from fazheng.casework.workbook.layout import PAPER, SINCE, head_of
from fazheng.casework.workbook.lines import Line
from fazheng.casework.writing import Act
from fazheng.lawbook.figure import Register


def enter_register(importing: Importing, grid: Grid) -> None:
    """Enters the rows of one register that are not in the book yet."""
    register = importing.act.book.registers[grid.sheet.of]
    key_head = head_of(register.labels.get(register.key, register.key))
    rows: dict[int, tuple[date, dict[str, Any], str]] = {}
    first_with: dict[str, int] = {}
    lines = [Line(grid, row, importing.faults.append) for row in grid.rows]
    for line in lines:
        data = line.fields(
            register.kinds, lambda field: register.labels.get(field, field), register.choices, register.key
        )
        since, paper = line.day(SINCE), line.text(PAPER, "text")
        key = str(data.get(register.key, ""))
        if key and first_with.setdefault(key, line.number) != line.number:
            line.fault(key_head, f"“{key}”与第{first_with[key]}行重复，请只留一行")
        if line.sound and since is not None:
            line.digest = importing.digests.digest(f"register {register.id}", data | {"": [since.isoformat(), paper]})
            rows[line.number] = since, data, paper
        else:
            importing.unread.add(key)
    fresh = {id(line) for line in importing.skip(lines)}
    for line in lines:
        importing.advance()
        if id(line) in fresh and line.number in rows:
            _enter(importing, register, line, key_head, *rows[line.number])
    importing.act.flush()


def _enter(
    importing: Importing, register: Register, line: Line, key_head: str, since: date, data: dict[str, Any], paper: str
) -> None:
    known = importing.act.roster.known(importing.who)  # whoever enters the staff may stand in a later row of it
    who = importing.who if known else NOBODY_NAMED
    act = Act(since, who, data, entered_by=who, paper=paper, source=PREFIX + line.digest)
    refusals = enter_row(importing.act, register.id, act)
    importing.entered += not refusals
    for refusal in refusals:
        head = {"future": SINCE, SOURCE: PAPER}.get(refusal.gate, key_head)
        line.tell(refused(*line.place, head, register.name, refusal))
