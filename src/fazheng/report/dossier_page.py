"""A case's file as a page of Markdown, in the order in which a handler binds it: 卷首, 目录, 经过, 期限, 备考."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

_CLOCKS = ("期限", "依据", "起算", "末日", "办结", "情况")
_INDEX = ("序号", "日期", "步骤", "经办人", "依据", "文书和材料")


def page(file: dict[str, Any]) -> str:
    """The whole page of what `as_json` tells."""
    parts = (
        [f"# {_plain(file['name'])}"],
        _cover(file),
        ["## 卷内目录", "", *_table(_INDEX, (_row(act) for act in file["acts"]))],
        ["## 办理经过", *(line for act in file["acts"] for line in _act(act))],
        ["## 期限", "", *(_table(_CLOCKS, map(_clock, file["clocks"])) if file["clocks"] else ["没有起算的期限。"])],
        ["## 卷内备考表", "", *(f"- {line}" for line in _end(file))],
    )
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _cover(file: dict[str, Any]) -> list[str]:
    until = f"至{file['until']}" if file["until"] else "起"
    rows = [
        ("立卷单位", file["bureau"]),
        ("案件号", file["case"]),
        *((one["label"], one["text"]) for one in file["about"]),
        ("程序", f"{file['procedure_name']}（{file['statute']}；{file['in_force']}{until}施行的版本）"),
        ("开案", _day(file["opened"], "没有记录")),
        ("结案", _day(file["closed"], "未结")),
        *((one["role"], "、".join(one["codes"])) for one in file["people"]),
    ]
    return _table(("卷首", ""), rows)


def _day(what: dict[str, str] | None, otherwise: str) -> str:
    return f"{what['on']}（{what['name']}）" if what else otherwise


def _row(act: dict[str, Any]) -> tuple[str, ...]:
    name = act["name"] + (f"（{'；'.join(act['which'])}）" if act["which"] else "")
    papers = [f"{one['label']} {one['text']}" for one in act["documents"]]
    papers += [f"另存：{'、'.join(act['apart'])}"] if act["apart"] else []
    return str(act["n"]), act["on"], name, act["by"], act["article"], "；".join(papers) or "—"


def _act(act: dict[str, Any]) -> Iterator[str]:
    yield from ("", f"### {act['n']}. {act['on']}　{_plain(act['name'])}（{act['role']} {_plain(act['by'])}）")
    if act["told"]:
        yield from ("", "；".join(f"{one['label']}：{_plain(one['text'])}" for one in act["told"]) + "。")
    if act["gates"]:
        yield ""
    for gate in act["gates"]:
        says = f"：{gate['says']}" if gate["says"] else ""
        note = f"　**{gate['note']}**" if gate["note"] else ""
        yield f"- {'✓' if gate['held'] else '✗'} {gate['name']}（{gate['article']}{says}）{note}"


def _clock(clock: dict[str, Any]) -> tuple[str, ...]:
    due = (clock["due"] or "—") + ("（预计）" if clock["estimate"] else "")
    told = "；".join([clock["state"], *clock["moved"]])
    return clock["name"], clock["article"], clock["begun"], due, clock["done"] or "—", told


def _end(file: dict[str, Any]) -> Iterator[str]:
    counts = file["counts"]
    yield f"本卷共{counts['acts']}步，截至{file['as_of']}。"
    unmet = f"未满足{counts['unmet']}次" if counts["unmet"] else "都已满足"
    yield f"办理以前问过关口{counts['asked']}次，不同的关口{counts['gates']}个，{unmet}。"
    if counts["amended"]:
        yield f"记录有更正、撤回或者补记{counts['amended']}处，本卷按更正以后的记录。"
    yield "没有列出关口的步骤，法规文件没有为它设关口；角色、证件、回避、先后由系统每一步都问，不列在这里。"
    yield "“另存”的只写栏名，内容不在本卷页面上，按权限调阅。"
    yield "依据后面写“待核”的，规定的原文还没有核对；“本局已核”的，本局有人读过原文；“本地规定”的，是本地自己定的。"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return lines + [f"| {' | '.join(_plain(cell) for cell in row)} |" for row in rows]


def _plain(text: str) -> str:
    """The text with what Markdown would read as its own kept as it is."""
    for sign in "\\|*_`<[":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())
