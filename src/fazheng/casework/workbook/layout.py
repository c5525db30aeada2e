"""Which sheets and columns a workbook has. The template is written from this and the import reads by it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from fazheng.lawbook.conditions import Registered, walk
from fazheng.lawbook.figure import Register
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Kind, Procedure, Step
from fazheng.staff.roster import REGISTER as STAFF

REF, ON, BY, HAPPENED, PAPER = "编号", "日期", "经办人", "如实补录", "依据材料"
PROCEDURE, STEP, SINCE, YEAR, SIGNER = "程序", "步骤", "起始日期", "年度", "签报人"
FIXED = frozenset({REF, ON, BY, HAPPENED, PAPER, PROCEDURE, STEP, SINCE, YEAR, SIGNER})
FURTHER, NOTHING, GUIDE, OPTIONS = "后续步骤", "零申报", "说明", "#选项"
NAME_LENGTH = 31  # of a sheet, in every spreadsheet program

Form = Literal["text", "code", "date", "number", "yuan", "yes_no", "choice"]
_FORMS: Mapping[str, Form] = {
    "yes_no": "yes_no", "number": "number", "date": "date", "yuan": "yuan", "choice": "choice",
    "words": "text", "text": "text", "person": "text", "address": "text", "file": "text", "statute": "text",
}  # fmt: skip


def form_of(kind: Kind) -> Form:
    """How a cell of that kind is written and read; a list of anything is text with separators."""
    return "text" if kind.many and kind.name == "choice" else _FORMS.get(kind.name, "code")


@dataclass(frozen=True, slots=True)
class Use:
    """A field that stands in a column: of which step (Chinese), of which kind."""

    step: str
    kind: Kind
    options: tuple[str, ...] = ()  # Chinese names a clerk chooses from


@dataclass(frozen=True, slots=True)
class Column:
    """`required`: every row needs it. A column may serve several fields that bear the same label."""

    head: str
    form: Form
    required: bool = False
    uses: tuple[Use, ...] = ()
    hint: str = ""
    choices: tuple[str, ...] = ()  # of a column of our own

    @property
    def options(self) -> tuple[str, ...]:
        """What a drop-down offers: nothing where a field of the column is a list, or is typed freely."""
        if self.choices:
            return self.choices
        if not self.uses or any(not use.options or use.kind.many for use in self.uses):
            return ()
        return tuple(dict.fromkeys(option for use in self.uses for option in use.options))


@dataclass(frozen=True, slots=True)
class Sheet:
    """`of`: the register or procedure it holds rows of; empty for the two sheets that serve all procedures."""

    name: str
    kind: Literal["register", "opening", "further", "nothing"]
    of: str
    columns: tuple[Column, ...]

    def column(self, head: str) -> Column | None:
        return next((column for column in self.columns if column.head == head), None)


Versions = Mapping[str, tuple[Procedure, ...]]


def layout(book: LawBook, of: Collection[str] = ()) -> tuple[Sheet, ...]:
    """Every sheet of the workbook in its order: registers, procedures, further steps, signed zeros.

    `of` are ids of procedures: their sheets alone, with the registers they ask or change; none named: all.
    """
    wanted = procedures_of(book, of)
    needed = registers_of(book, wanted) if of else set(book.registers)
    staff_first = sorted(book.registers.values(), key=lambda register: register.id != STAFF)
    registers = [_register(register) for register in staff_first if register.id in needed]
    openings = [_opening(id, versions) for id, versions in wanted.items()]
    return (*registers, *openings, _further(wanted), _nothing(wanted))


def procedures_of(book: LawBook, of: Collection[str]) -> Versions:
    """The procedures of these ids in the order of the law files; all where none is named."""
    return {id: versions for id, versions in book.procedures.items() if not of or id in of}


def registers_of(book: LawBook, procedures: Versions) -> set[str]:
    """Ids of the registers that rules of these procedures ask, or that their steps change; the staff's always."""
    conditions = [one for versions in procedures.values() for version in versions for one in version.conditions()]
    asked = {part.register for one in conditions for part in walk(one) if isinstance(part, Registered)}
    return {STAFF} | asked | {r.id for r in book.registers.values() if any(c.of in procedures for c in r.changes)}


def sheet_name(name: str) -> str:
    """A name as a spreadsheet allows it for a sheet."""
    return re.sub(r"[\[\]:*?/\\']", "-", name)[:NAME_LENGTH]


def head_of(label: str) -> str:
    """The head of a field's column; a label that is one of our own heads is told apart."""
    return f"{label}（栏目）" if label in FIXED else label


def further_steps(version: Procedure) -> Iterator[Step]:
    """The steps of a version that do not open a case."""
    return (step for step in version.steps.values() if step.id != version.opens)


def _register(register: Register) -> Sheet:
    columns = []
    for field, kind in register.kinds.items():
        use = Use("", kind, _options(kind, register.choices))
        form = "code" if field == register.key else form_of(kind)
        columns.append(Column(head_of(register.labels.get(field, field)), form, not kind.optional, (use,)))
    since = Column(SINCE, "date", True, hint="这一行从哪一天起有效，如 2024-03-05")
    source = Column(PAPER, "text", hint="这一行的来源，如 2022年第3号公告（档案）；比账本早的行必填；另存，不公开")
    return Sheet(sheet_name(register.name), "register", register.id, (*columns, since, source))


def _opening(id: str, versions: tuple[Procedure, ...]) -> Sheet:
    columns: dict[str, Column] = {}
    for version in reversed(versions):  # the newest first: its order and its required fields hold
        step = version.steps[version.opens]
        _collect(columns, version, step, starred=version is versions[-1])
    name = versions[-1].steps[versions[-1].opens].name
    own = (
        Column(REF, "code", True, hint="本表里这件事的编号，不与别的行重复；“后续步骤”表用它认案件"),
        Column(ON, "date", True, hint=f"“{name}”的日期，如 2024-03-05"),
        *_actor(),
    )
    return Sheet(sheet_name(versions[-1].name), "opening", id, (*own, *columns.values()))


def _further(procedures: Versions) -> Sheet:
    columns: dict[str, Column] = {}
    for versions in procedures.values():
        for version in reversed(versions):
            for step in further_steps(version):
                _collect(columns, version, step, starred=False)
    newest = [versions[-1] for versions in procedures.values()]
    steps = dict.fromkeys(step.name for version in newest for step in further_steps(version))
    own = (
        Column(PROCEDURE, "text", hint="哪一个程序；编号在全部程序里只有一个的，可以不填", choices=_names(procedures)),
        Column(REF, "code", True, hint="程序表里的编号，或者账本里的案件号"),
        Column(STEP, "text", True, hint="办的是哪一步", choices=tuple(steps)),
        Column(ON, "date", True, hint="这一步的日期，如 2024-03-05"),
        *_actor(),
    )
    return Sheet(FURTHER, "further", "", (*own, *columns.values()))


def _nothing(procedures: Versions) -> Sheet:
    return Sheet(NOTHING, "nothing", "", (
        Column(PROCEDURE, "text", True, hint="全年一件也没有的程序", choices=_names(procedures)),
        Column(YEAR, "number", True, hint="哪一年，如 2024"),
        Column(SIGNER, "code", True, hint="签报人的人员编号"),
        Column(ON, "date", True, hint="签报的日期"),
    ))  # fmt: skip


def _names(procedures: Versions) -> tuple[str, ...]:
    return tuple(versions[-1].name for versions in procedures.values())


def _actor() -> tuple[Column, ...]:
    return (
        Column(BY, "code", True, hint="经办人的人员编号（一人），见人员名册"),
        Column(HAPPENED, "yes_no", hint="已经发生、照实记进账本的，填“是”：违反的规定会记下来，不会因此拒绝",
               choices=("是", "否")),
        _paper(),
    )  # fmt: skip


def _paper() -> Column:
    return Column(PAPER, "text", hint="哪一份材料能证明，如 卷宗第3页；另存，不公开")


def _collect(columns: dict[str, Column], version: Procedure, step: Step, *, starred: bool) -> None:
    """Adds the step's fields: one that bears a label already there joins its column."""
    for field, kind in step.kinds.items():
        head = head_of(version.label(field))
        use = Use(f"{version.name}·{step.name}", kind, _options(kind, version.choices))
        found = columns.get(head)
        if found is None:
            columns[head] = Column(head, form_of(kind), starred and not kind.optional, (use,))
        elif use not in found.uses:
            form = found.form if found.form == form_of(kind) else "text"
            columns[head] = replace(found, form=form, uses=(*found.uses, use))


def _options(kind: Kind, choices: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    if kind.name == "yes_no":
        return ("是", "否")
    return tuple(choices.get(kind.of, {}).values()) if kind.name == "choice" else ()


def procedures_named(name: str, book: LawBook) -> Iterable[str]:
    """Ids of the procedures that bear this Chinese name in any version, or this id."""
    return (id for id, versions in book.procedures.items() if name == id or any(v.name == name for v in versions))
