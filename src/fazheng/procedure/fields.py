"""What may be entered in a field, by its kind: read from what a clerk typed, held against the kind.

In an entry: yes_no true or false, number an integer, date ISO text, yuan integer fen, lists JSON lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from fazheng.lawbook.procedure import Kind
from fazheng.procedure.identifiers import holds_personal_number, is_id_number, is_org_code

_SEPARATORS = re.compile(r"[、,，;；\s]+")
_YES = {
    "是": True,
    "有": True,
    "true": True,
    "1": True,
    "√": True,
    "yes": True,
    "否": False,
    "无": False,
    "false": False,
    "0": False,
    "×": False,
    "no": False,
}


class FieldFault(ValueError):
    """What was typed does not fit the field; the message is Chinese, for the clerk who typed it."""


def read(kind: Kind, typed: str, choices: Mapping[str, Mapping[str, str]]) -> Any:
    """The value of an entry that `typed` spells: choices by key or by Chinese name, lists by 、 or comma.

    Raises FieldFault with what is wrong and what to write instead.
    """
    typed = typed.strip()
    if kind.many and kind.name not in ("text", "file"):
        values = [_one(kind, part, choices) for part in _parts(kind, typed, choices)]
        if len(set(map(str, values))) != len(values):
            raise FieldFault("有重复的" if kind.apart else f"“{typed}”里有重复的")
        return values
    return _one(kind, typed, choices)


def _parts(kind: Kind, typed: str, choices: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What stands between the separators; a choice whose own name holds one is not cut."""
    names = choices.get(kind.of, {}).values() if kind.name == "choice" else ()
    whole = sorted((name for name in names if _SEPARATORS.search(name)), key=len, reverse=True)
    marks = {f"\0{n}\0": name for n, name in enumerate(whole)}
    for mark, name in marks.items():
        typed = typed.replace(name, mark)
    return [marks.get(part, part) for part in _SEPARATORS.split(typed) if part]


def _one(kind: Kind, typed: str, choices: Mapping[str, Mapping[str, str]]) -> Any:
    reader = _READERS.get(kind.name)
    if kind.name == "choice":
        return _choice(typed, choices.get(kind.of, {}))
    value = reader(typed) if reader else typed
    fault = check_one(kind, value, choices)
    if fault:
        raise FieldFault(fault)
    return value


def _choice(typed: str, options: Mapping[str, str]) -> str:
    for key, name in options.items():
        if typed in (key, name):
            return key
    raise FieldFault(f"“{typed}”不在可选项里，可选：{'、'.join(options.values())}")


def _yes_no(typed: str) -> bool:
    if typed.lower() not in _YES:
        raise FieldFault(f"“{typed}”要写成 是 或 否")
    return _YES[typed.lower()]


def _number(typed: str) -> int:
    if not re.fullmatch(r"-?\d{1,15}", typed):
        raise FieldFault(f"“{typed}”不是整数")
    return int(typed)


def read_date(typed: str) -> str:
    """ISO text of 2024-03-05, 2024/3/5, 2024.3.5, 2024年3月5日 or 20240305. Raises FieldFault otherwise."""
    found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", typed) or re.fullmatch(
        r"(\d{4})(\d{2})(\d{2})", typed
    )
    if found is None:
        hint = "，这像是表格软件里的日期序号，请把单元格设成日期格式" if re.fullmatch(r"[34]\d{4}", typed) else ""
        raise FieldFault(f"“{typed}”不是日期，要写成 2024-03-05 的样子{hint}")
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        raise FieldFault(f"“{typed}”这一天不存在") from None


def _yuan(typed: str) -> int:
    plain = typed.replace(",", "").replace("，", "").removesuffix("元").strip()
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        raise FieldFault(f"“{typed}”不是金额，要写成 1234.50 的样子（单位：元）") from None
    fen = amount * 100
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise FieldFault(f"“{typed}”的金额最多两位小数")
    if not 0 <= fen < 10**15:
        raise FieldFault(f"“{typed}”的金额不能是负数，也不能大得离奇")
    return int(fen)


_READERS: dict[str, Callable[[str], Any]] = {
    "yes_no": _yes_no,
    "number": _number,
    "date": read_date,
    "yuan": _yuan,
    "org_code": str.upper,
    "id_number": str.upper,
}


def check(kind: Kind, value: Any, choices: Mapping[str, Mapping[str, str]]) -> str:
    """What is wrong with a value that stands in an entry, in Chinese; empty where nothing is."""
    if kind.apart and isinstance(value, dict) and set(value) == {"apart"}:
        return ""
    if kind.many and kind.name not in ("text", "file"):
        if not isinstance(value, list):
            return "要写成一列"
        return next((fault for one in value if (fault := check_one(kind, one, choices))), "")
    return check_one(kind, value, choices)


def check_one(kind: Kind, value: Any, choices: Mapping[str, Mapping[str, str]]) -> str:
    """The same for one value of a list."""
    if kind.name == "yes_no":
        return "" if isinstance(value, bool) else "要写成 是 或 否"
    if kind.name in ("number", "yuan"):
        if isinstance(value, bool) or not isinstance(value, int):
            return "要写成整数"
        return f"{'金额' if kind.name == 'yuan' else '数'}不能是负数" if value < 0 else ""  # what is counted is summed
    if not isinstance(value, str) or not value.strip():
        return "不能为空"
    return _text_fault(kind, value, choices)


def is_day(text: str) -> bool:
    """Whether the text is a day as entries hold it: 2024-03-05, and one that exists."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _text_fault(kind: Kind, value: str, choices: Mapping[str, Mapping[str, str]]) -> str:
    match kind.name:
        case "date":
            return "" if is_day(value) else "要写成 2024-03-05 的样子"
        case "words" | "statute" if len(value) > 40:
            return f"最多40个字，现有{len(value)}个"
        case "words" | "statute" if holds_personal_number(value):
            return "这一栏不另存、会公开，不能写身份证号、电话、账号"
        case "choice" if value not in choices.get(kind.of, {}):
            return f"不在可选项里，可选：{'、'.join(choices.get(kind.of, {}).values())}"
        case "org_code" if not is_org_code(value):
            return "统一社会信用代码要18位，且末位校验码要对得上，请核对有没有抄错"
        case "id_number" if not is_id_number(value):
            return "身份证号要18位，且末位校验码要对得上，请核对有没有抄错"
        case "phone" if not re.fullmatch(r"[+\d][\d\s()-]{4,24}", value):
            return "电话只能写数字、空格和短横"
        case "bank_account" if not re.fullmatch(r"[\d\s]{6,32}", value):
            return "账号只能写数字"
        case "document_no" if not re.fullmatch(r"[^\d\s〔〕]{1,24}〔\d{4}〕\d{1,6}号", value):
            return "文号要写成 示民罚决字〔2024〕3号 的样子"
    return ""
