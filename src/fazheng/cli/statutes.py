"""A statute told to a reader: its versions, what it is on a day, what to know before citing it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from fazheng.lawbook.catalogue import has_text, status_on
from fazheng.lawbook.index import Place
from fazheng.lawbook.index import rules as all_rules
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.statute import Counting, Statute, Version
from fazheng.lawbook.texts import Article, installed
from fazheng.lawbook.told_statute import DOUBT, KINDS, how_ended, said, versioned


def as_row(statute: Statute, asked: date) -> dict[str, str | list[str]]:
    """The statute as `law list` gives it to a program."""
    status = status_on(statute, asked)
    version = status.version or (statute.spans()[-1][0] if statute.versions else None)
    return {
        "short": statute.short,
        "name": statute.name,
        "kind": KINDS.get(statute.kind, ""),
        "number": (version.number if version else "") or statute.number,
        "from": str(version.from_) if version else "",
        "status": said(status, statute),
        "state": status.state,
        "until": str(statute.until or ""),
        "replaced_by": list(statute.replaced_by),
        "versions": [str(v.from_) for v in statute.versions],
    }


def counted(days: Counting | None) -> str:
    """Which days are working days by the statute's own clause."""
    if days is None:
        return "没有工作日条款，日是自然日"
    if days.working == "all":
        which = "日都是工作日"
    elif days.working:
        which = f"{'、'.join(str(n) for n in days.working)}日是工作日，其余是自然日"
    else:
        which = f"{days.working_up_to}日以内是工作日，其余是自然日"
    return f"{which}（{days.article}）"


def statute_lines(statute: Statute, asked: date, rules: Mapping[str, Sequence[str]]) -> list[str]:
    """The whole entry of the catalogue. `rules` are the names of those that rest on it, by procedure."""
    standing = statute.version_on(asked)
    out = [statute.name, "  ".join(filter(None, [KINDS.get(statute.kind, ""), statute.issuer, statute.number]))]
    out.append(f"{asked}：{said(status_on(statute, asked), statute)}")
    out.append("版本：" if statute.versions else "版本：施行日都没有核对，不列")
    for version, _, last in statute.spans():
        here = "有条文" if has_text(statute, version) else "没有条文"
        end = "" if last == date.max else f"，至{last}"
        sign = "→" if version is standing else " "
        days = f"；{counted(version.days)}" if version.days or version.text else ""
        out.append(f" {sign} {versioned(version)}{end}；{here}{days}")
    if statute.until:
        out.append(f"{how_ended(statute)}：{statute.until}为最后一天{'' if statute.until_mark == 'read' else DOUBT}")
    if statute.replaced_by:
        out.append(f"由{'、'.join(statute.replaced_by)}取代")
    out += [f"也写作：{'、'.join(statute.aliases)}"] if statute.aliases else []
    out += [f"误称：{'、'.join(statute.wrong)}"] if statute.wrong else []
    told = "、".join(f"{procedure}{len(names)}条" for procedure, names in rules.items())
    if told:
        told = f"：{told}。逐条看：fazheng law where {statute.short}"
    return [*out, f"{sum(map(len, rules.values()))}条规则引用它{told}"]


def resting(book: LawBook, places: Sequence[Place]) -> dict[str, list[str]]:
    """The rules at these places by procedure (or 义务), each by its name, its words or its id, in their order."""
    folders = {version.folder: version.name for versions in book.procedures.values() for version in versions}
    known = {(f"law/{rule.file}", rule.id): rule for _, rule in all_rules(book)}
    found: dict[str, list[str]] = {}
    for place in places:
        rule = known[place.file, place.rule]
        under = folders.get(Path(rule.file).parent.as_posix(), "义务")
        found.setdefault(under, []).append(rule.name or rule.says or rule.id)
    return found


def article_lines(
    cited: str,
    statute: Statute,
    version: Version | None,
    text: Article | None,
    asked: date,
    rules: Mapping[str, Sequence[str]],
) -> list[str]:
    """An article with the version it stands in, or why it cannot be shown."""
    told = [f"  {procedure}：{'；'.join(dict.fromkeys(names))}" for procedure, names in rules.items()]
    used = "\n".join(["引用它的规则：", *told]) if told else "引用它的规则：无"
    if version is None:
        return [f"{cited}：{asked}没有施行中的版本", used]
    if text is not None:
        return [f"{cited}（{versioned(version)}）", text.text, used]
    if has_text(statute, version):
        return [f"{cited}：{versioned(version)}的版本没有这一条", used]
    lacks = "没有安装条文库" if version.text == "package" and not installed() else "没有安装这个版本的条文"
    return [f"{cited}：{lacks}：{versioned(version)}。可用 fazheng law add 加入文本", used]


def table(rows: Sequence[Sequence[str | list[str]]]) -> str:
    """Columns that stand under each other on a screen where a Chinese sign is two wide."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max((_width(row[n]) for row in cells), default=0) for n in range(len(cells[0]) if cells else 0)]
    lines = [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)) for row in cells
    ]
    return "\n".join(f"  {line.rstrip()}" for line in lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
