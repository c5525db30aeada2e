"""Names in a mapping of another system's workbook that lead nowhere, and fields that nothing fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fazheng.lawbook.fault import Finding
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Kind, Procedure
from fazheng.lawbook.sheets import OPEN, SheetCase, SheetMap, SheetRow, Source, source

Choices = Mapping[str, Mapping[str, str]]
_MOST_HEAD_ROWS = 3


def sheet_faults(book: LawBook) -> Iterator[Finding]:
    """A finding for each fault of the place's mappings."""
    for one in book.sheets.values():
        yield from map_faults(one, book)


def map_faults(found: SheetMap, book: LawBook) -> Iterator[Finding]:
    """A finding for each fault of one mapping."""
    told = [*_head(found)]
    for case in found.cases:
        told += _case(case, book)
    for row in found.rows:
        told += _row(row, book)
    yield from (Finding(found.file, what, found.id) for what in dict.fromkeys(told))


def _head(found: SheetMap) -> Iterator[str]:
    if not found.cases and not found.rows:
        yield "没有写记到哪里：至少写一个 [[case]] 或者 [[row]]"
    if not found.heads:
        yield "heads 是空的：写几个列名，用来认出列名那一行"
    if not 1 <= found.head_rows <= _MOST_HEAD_ROWS:
        yield f"head_rows 要在 1 到 {_MOST_HEAD_ROWS} 之间"
    if not found.system or not found.paper.strip():
        yield "system（系统名）和 paper（依据材料）都要写"
    if OPEN in (found.system, found.paper.strip(), *found.columns()):
        yield f"写着“{OPEN}”的还没有定"
    for both in sorted(set(found.columns()) & set(found.passed_over)):
        yield f"列“{both}”既读又写在 passed_over 里"


def _case(case: SheetCase, book: LawBook) -> Iterator[str]:
    versions = book.procedures.get(case.procedure)
    if not versions:
        yield f"没有程序“{case.procedure}”"
        return
    newest = versions[-1]
    if not case.number:
        yield f"“{newest.name}”没有写编号是哪一列（number）"
    yield from _fields(newest.name, case.fields, _kinds(versions, newest.opens), newest)
    taken: list[str] = []
    for step in case.steps:
        if not any(step.step in version.steps for version in versions):
            yield f"“{newest.name}”没有步骤“{step.step}”"
        elif step.step == newest.opens:
            yield f"步骤“{step.step}”是开案的一步，它的栏目写在 [case.fields]"
        elif step.step in taken:
            yield f"步骤“{step.step}”写了两次"
        else:
            yield from _fields(f"{newest.name}·{step.step}", step.fields, _kinds(versions, step.step), newest)
        taken.append(step.step)


def _kinds(versions: tuple[Procedure, ...], step: str) -> Mapping[str, Kind]:
    return next(version.steps[step].kinds for version in reversed(versions) if step in version.steps)


def _row(row: SheetRow, book: LawBook) -> Iterator[str]:
    register = book.registers.get(row.register)
    if register is None:
        yield f"没有名册“{row.register}”"
        return
    yield from _said(register.name, row.fields, register.kinds, register.choices)


def _fields(where: str, fields: Mapping[str, Source], kinds: Mapping[str, Kind], version: Procedure) -> Iterator[str]:
    yield from _said(where, fields, kinds, version.choices)


def _said(where: str, fields: Mapping[str, Source], kinds: Mapping[str, Kind], choices: Choices) -> Iterator[str]:
    for field, of in fields.items():
        if field not in kinds:
            yield f"“{where}”没有字段“{field}”"
            continue
        one = source(of)
        if bool(one.column) == (one.always is not None):
            yield f"“{where}”的“{field}”要写一样：列（column），或者总是什么（always）"
        if one.always is not None and one.values:
            yield f"“{where}”的“{field}”写了 always，就不写 values"
        said = [*one.values.values()] + ([one.always] if one.always is not None else [])
        yield from (
            f"“{where}”的“{field}”：{what}" for value in said if (what := _misfit(value, kinds[field], choices))
        )
    for field, kind in kinds.items():
        if not kind.optional and field not in fields:
            yield f"“{where}”必填的“{field}”没有写从哪一列来"


def _misfit(value: str | bool | int, kind: Kind, choices: Choices) -> str:
    """Why a word of the mapping cannot stand in the field; empty where it can, or where each row will tell."""
    if value == "":
        return ""  # read as an empty cell
    if kind.name == "choice":
        options = choices.get(kind.of, {})
        return (
            "" if value in options or value in options.values() else f"没有可选项“{value}”；可选：{'、'.join(options)}"
        )
    if kind.name == "yes_no":
        return "" if isinstance(value, bool) else f"要写 true 或 false，写成了“{value}”"
    return ""
