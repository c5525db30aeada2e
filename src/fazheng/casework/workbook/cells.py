"""A cell as a spreadsheet program holds it, as the text a clerk meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from fazheng.casework.workbook.faults import CellFault, without_persons
from fazheng.casework.workbook.layout import Form, form_of
from fazheng.lawbook.procedure import Kind
from fazheng.procedure.fields import FieldFault, read

_EXACT = 10**15  # from here on a spreadsheet has lost digits
_POWER = re.compile(r"\d(\.\d+)?[Ee]\+\d+")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_PARTS = re.compile(r"[、,，;；\s]+")
_LOST = "这一格成了数字，末几位已经丢失：请把单元格设成文本格式，重新填写"
_TURNED = "这一格被表格软件改成了日期：请把单元格设成文本格式，重新填写"


def text_of(cell: Any, form: Form) -> str:
    """What the cell says, for a column of that form; empty for an empty one.

    Codes, dates, numbers and choices lose full-width signs and stray spaces, free text only the spaces around it.
    Raises CellFault.
    """
    if not isinstance(cell, str):
        return _not_text(cell, form)
    plain = cell.isascii()  # then there is nothing invisible in it and nothing full-width
    text = cell.strip() if plain else _INVISIBLE.sub("", cell).strip()
    if "\0" in text:
        raise CellFault("这一格有看不见的空字符：请删掉，重新输入")
    if form in ("text", "choice"):
        return text
    text = text if plain else unicodedata.normalize("NFKC", text).strip()
    if form == "code" and _POWER.fullmatch(text):
        raise CellFault(_LOST)
    return text


def _not_text(cell: Any, form: Form) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return _number(cell, form)
    if isinstance(cell, date):
        return _day(cell, form)
    if isinstance(cell, time | timedelta):
        raise CellFault("这一格是时间：请改成要填的内容")
    return text_of(str(cell), form)


def _number(cell: int | float, form: Form) -> str:
    if form in ("code", "text") and abs(cell) >= _EXACT:
        raise CellFault(_LOST)
    return str(int(cell)) if cell == int(cell) and abs(cell) < _EXACT else format(cell, ".15g")


def _day(cell: date, form: Form) -> str:
    if form == "code":
        raise CellFault(_TURNED)
    if form in ("number", "yuan", "yes_no"):
        raise CellFault("这一格是日期：请改成要填的内容")
    if form == "text" and isinstance(cell, datetime) and cell.time() != time.min:
        return cell.strftime("%Y-%m-%d %H:%M")
    return f"{cell.year:04d}-{cell.month:02d}-{cell.day:02d}"


def value_of(cell: Any, kind: Kind, choices: Mapping[str, Mapping[str, str]], form: Form | None = None) -> Any:
    """The value of an entry that the cell spells; None for an empty cell. `form` where it is not that of the kind.

    Raises CellFault, whose message repeats nothing of what is held apart, nor what looks like a person's number.
    """
    form = form or form_of(kind)
    text = text_of(cell, form)
    if not text:
        return None
    if form == "choice":
        text = _option(text, choices.get(kind.of, {}))
    try:
        return read(kind, text, choices)
    except FieldFault as fault:
        message = str(fault)
        if kind.apart and any(part in message for part in _PARTS.split(text) if len(part) > 1):
            message = "填得不对，请核对"
        raise CellFault(without_persons(message)) from None


def _option(text: str, options: Mapping[str, str]) -> str:
    """The option that `text` spells but for full-width signs and spaces; `text` itself where there is none."""
    plain = _plain(text)
    return next((key for key, name in options.items() if plain in (_plain_name(name), key)), text)


@cache
def _plain_name(name: str) -> str:
    """The name of an option, which is one of the law files."""
    return _plain(name)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def plain_head(cell: Any) -> str:
    """A head as it is compared: without star, spaces, full-width and invisible signs."""
    return _plain(_INVISIBLE.sub("", str(cell))).replace("*", "")
