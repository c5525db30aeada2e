"""What a clerk reads about a column: what to fill, what to choose from, which steps use it."""

from __future__ import annotations

from fazheng.casework.workbook.layout import Column, Use
from fazheng.lawbook.procedure import Kind

_KINDS = {
    "yes_no": "填“是”或“否”",
    "number": "整数",
    "date": "日期，如 2024-03-05",
    "words": "短语，最多40个字，不写个人信息",
    "yuan": "金额，单位元，最多两位小数",
    "choice": "从选项里选",
    "people": "人员编号，见人员名册",
    "org_code": "18位统一社会信用代码",
    "document_no": "文号，如 示民罚决字〔2024〕3号",
    "statute": "法律、法规的简称",
    "case": "案件号，或者程序表里的编号",
    "text": "文字；另存，不公开",
    "person": "姓名；另存，不公开",
    "id_number": "18位身份证号；另存，不公开",
    "phone": "电话；另存，不公开",
    "address": "地址；另存，不公开",
    "bank_account": "账号；另存，不公开",
    "file": "材料的名称或者存放处；另存，不公开",
}


def kind_in_words(kind: Kind) -> str:
    """What is written in a field of this kind."""
    many = "；多个用“、”隔开" if kind.many and kind.name not in ("text", "file") else ""
    return _KINDS[kind.name] + many


def note(column: Column) -> str:
    """The note on a column's head."""
    lines = [column.hint] if column.hint else []
    for words in dict.fromkeys(_words(use) for use in column.uses):
        steps = [_step(use) for use in column.uses if _words(use) == words and use.step]
        lines.append(words)
        if steps:
            lines.append("用于：" + "、".join(dict.fromkeys(steps)))
    if column.required:
        lines.append("每行必填")
    return "\n".join(lines)


def _words(use: Use) -> str:
    options = f"：{'｜'.join(use.options)}" if use.kind.name == "choice" else ""
    return kind_in_words(use.kind) + options


def _step(use: Use) -> str:
    return use.step + ("" if use.kind.optional else "（必填）")
