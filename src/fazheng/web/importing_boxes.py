"""A box that asks which column holds something, or says what holds of every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from fazheng.lawbook.procedure import Kind
from fazheng.lawbook.sheets import OPEN, From, Source
from fazheng.web.forms import Box, Option

_UNWRITTEN = "台账没有写"  # of what the law file asks for and the bureau's own register never knew
ALWAYS = "="  # before a value that holds of every row, in a box that otherwise names a column


def stands(name: str, source: Any, chosen: QueryDict | None) -> str:
    if chosen is not None:
        return chosen.get(name, "")
    head = source["column"] if isinstance(source, dict) else source
    return "" if head == OPEN else str(head)


def constants(kind: Kind, choices: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    """What may be said of every row at once."""
    if kind.name == "yes_no":
        return [(f"{ALWAYS}是", "每一行都是：是"), (f"{ALWAYS}否", "每一行都是：否")]
    if kind.name == "choice":
        return [(ALWAYS + id, f"每一行都是：{name}") for id, name in choices.get(kind.of, {}).items()]
    if kind.optional or kind.many:  # then it is left open
        return []
    told = {"number": ("1", "0"), "words": (_UNWRITTEN,), "text": (_UNWRITTEN,)}.get(kind.name, ())
    return [(ALWAYS + said, f"每一行都是：{said}") for said in told]


def of_box(
    name: str, label: str, every: Sequence[tuple[str, str]], value: str, help: str = "", *, required: bool = True
) -> Box:
    options = [Option(id, shown, id == value) for id, shown in every]
    known = value if any(option.chosen for option in options) else ""
    return Box(name, label, "select", required, help, known, options)


def understood(drafted: Any, options: Mapping[str, str]) -> str:
    """How words of the column that are no option are taken; "" where each is one."""
    values = drafted.get("values", {}) if isinstance(drafted, dict) else {}
    told = [f"“{word}”记作“{options[key]}”" for word, key in values.items() if options.get(key, word) != word]
    return f"“{drafted['column']}”列里的{'，'.join(told)}；不对的，请先在表格里改好" if told else ""


def source(value: str, drafted: Any) -> Source:
    """The column, with its words as the draft understood them; or what holds of every row."""
    if value.startswith(ALWAYS):
        said = value.removeprefix(ALWAYS)
        return From(always={"是": True, "否": False}.get(said, said))
    if isinstance(drafted, dict) and drafted["column"] == value:
        return From(column=value, values=drafted["values"])
    return value
