"""docs/law-status.md: how far each rule was held against its source, generated from the check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from fazheng.lawbook.check import Checked, State, Weighed
from fazheng.lawbook.duty import Duty
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Rule

PAGE = "law-status.md"
STATES: dict[State, str] = {
    "verified": "已核对",
    "unread": "待核",
    "warn_only": "只提示",
    "waiting": "未采用",
}
_MEANS = {
    "待核": "读过条文，或者本地程序的步骤，而条文没有安装：照样有效力，原话没有由程序核对",
    "只提示": "只读到转述：不拒绝任何人",
    "未采用": "地方规定没有地方采用，或者没有核实：没有效力",
}


def page(root: Path) -> Path | None:
    """Where the page stands beside the law files; None where there is no such folder, as in an installed package."""
    docs = root.parent / "docs"
    return docs / PAGE if docs.is_dir() else None


def status_text(book: LawBook, done: Checked) -> str:
    """The page, of the national rules: procedures, duties, each rule not verified, and where texts are from."""
    by: dict[str, list[Weighed]] = {}
    for row in done.weighed:
        by.setdefault(row.where, []).append(row)
    out = ["# Law status", "", "由 `fazheng law lock` 生成，不要手改。数的是全国的规则；地方采用的写在最后。", ""]
    out += [*_procedures(book, by), *_duties(book, done)]
    for state, name in STATES.items():
        if state != "verified":
            out += [f"## {name}", "", f"{_MEANS[name]}。", "", *_listed(done, state), ""]
    out += [*_sources(book, done), *_places(book)]
    return "\n".join(out).rstrip() + "\n"


def _procedures(book: LawBook, by: dict[str, list[Weighed]]) -> Iterator[str]:
    head = ("程序", "版本", "步骤", "关口", "期限", *STATES.values())
    yield from ("## 程序", "", _row(head), _row("---" for _ in head))
    for versions in book.procedures.values():
        for version in versions:
            rules = by.get(version.folder, [])
            told = Counter(row.state for row in rules)
            waits = Counter(type(rule).__name__ for rule in version.waiting)
            span = f"{version.in_force}起" + (f"至{version.until}" if version.until else "")
            counts = (
                len(version.steps),
                len(version.gates) + waits["Gate"],
                len(version.limits) + waits["Limit"],
                *(told[state] for state in STATES),
            )
            yield _row((f"{version.name} `{version.id}`", span, *map(str, counts)))
    yield ""


def _duties(book: LawBook, done: Checked) -> Iterator[str]:
    rows = [row for row in done.weighed if isinstance(row.rule, Duty)]
    if rows:
        yield from ("## 义务", "", _row(("义务", "依据", "核对")), _row(("---",) * 3))
        yield from (_row((_named(row.rule), row.rule.cited or "本地的计划", STATES[row.state])) for row in rows)
        yield ""


def _listed(done: Checked, state: State) -> Iterator[str]:
    where = ""
    for row in done.weighed:
        if row.state != state:
            continue
        if row.where != where:
            where = row.where
            yield f"- `{where}`"
        yield f"  - {_named(row.rule)}：{row.rule.cited or '没有写依据'}"
    if not where:
        yield "无。"


def _named(rule: Rule) -> str:
    return f"{rule.name} `{rule.id}`" if rule.name else f"`{rule.id}`"


def _sources(book: LawBook, done: Checked) -> Iterator[str]:
    cited = Counter(row.rule.statute for row in done.weighed if row.rule.statute)
    yield from ("## 条文来源", "", "只列规则引用的。", "")
    yield from (_row(("法律、法规、文件", "条文", "规则")), _row(("---",) * 3))
    for short, number in sorted(cited.items(), key=lambda pair: (-pair[1], pair[0])):
        statute = book.statutes.get(short)
        kinds = dict.fromkeys(version.text for version in statute.versions if version.text) if statute else {}
        told = "、".join("条文库" if kind == "package" else kind for kind in kinds) or "没有安装"
        yield _row((short, told if statute else "本地文件", str(number)))
    yield ""


def _places(book: LawBook) -> Iterator[str]:
    if book.places:
        yield from ("## 地方", "")
        yield from (f"- {place.name}：采用 {len(place.adoptions)} 条" for place in book.places.values())


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
