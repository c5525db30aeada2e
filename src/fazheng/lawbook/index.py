"""From an article to the rules that rest on it, with file and line; and the digests of published folders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fazheng.lawbook import catalogue
from fazheng.lawbook.citation import cite, numeral
from fazheng.lawbook.citation import parse as parse_citation
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Rule

_HEAD = re.compile(r"^\s*\[\[?(\w+)")
_ROWS = re.compile(r"^\s*(\w+)\s*=\s*\[\s*$")
_ID = re.compile(r"""\bid\s*=\s*["']([^"']+)["']""")
LOCK = "LOCK"
INDEX = "INDEX.md"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule stands."""

    file: str
    line: int
    rule: str
    cited: str


def lines_of(path: Path) -> dict[tuple[str, str], int]:
    """(table, id) → the line its id stands on."""
    found: dict[tuple[str, str], int] = {}
    table = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if head := _HEAD.match(line) or _ROWS.match(line):
            table = head[1]
        if named := _ID.search(line):
            found.setdefault((table, named[1]), number)
    return found


def rules(book: LawBook) -> Iterator[tuple[str, Rule]]:
    """Every rule of every version, those that wait for a place included, with its table's name."""
    names = {"Step": "step", "Gate": "gate", "Limit": "limit", "Suspension": "suspension", "Extension": "extension"}
    for versions in book.procedures.values():
        for version in versions:
            for rule in (*version.rules(), *version.waiting):
                yield names.get(type(rule).__name__, "suggest"), rule
    yield from (("duty", duty) for duty in book.duties.values())
    tables = {"Public": "public", "Recorded": "recorded", "Reviewed": "reviewed"}
    for act in book.acts.values():
        yield from ((tables[type(rule).__name__], rule) for rule in act.rules())


def where(book: LawBook, statute: str, article: int) -> list[Place]:
    """The rules that rest on an article (0: on any of the statute), by file and line. Empty where none does."""
    named = catalogue.find(book, statute)
    short = named.statute.short if named else statute
    found = []
    cache: dict[str, dict[tuple[str, str], int]] = {}
    for table, rule in rules(book):
        try:
            cited = parse_citation(rule.article, rule.statute)
        except ValueError:
            continue
        if cited.statute == short and article in (0, cited.article):
            lines = cache.setdefault(rule.file, lines_of(book.root / rule.file))
            found.append(Place(f"law/{rule.file}", lines.get((table, rule.id), 1), rule.id, rule.cited))
    return sorted(set(found), key=lambda place: (place.file, place.line))


def index_text(book: LawBook) -> str:
    """INDEX.md: statute → article → rule, generated."""
    by: dict[str, dict[int, list[str]]] = {}
    for _, rule in rules(book):
        try:
            cited = parse_citation(rule.article, rule.statute)
        except ValueError:
            cited = parse_citation("", rule.statute)
        by.setdefault(cited.statute, {}).setdefault(cited.article, []).append(f"`{rule.id}` ({rule.file})")
    out = ["# 条文索引", "", "由 `fazheng law lock` 生成：法 → 条 → 规则。不要手改。", ""]
    for statute in sorted(by):
        out += [f"## {statute}", ""]
        for article in sorted(by[statute]):
            name = cite("", f"第{numeral(article)}条") if article else "（不引条号）"
            out.append(f"- {name}：{'、'.join(sorted(set(by[statute][article])))}")
        out.append("")
    return "\n".join(out)


def lock_text(book: LawBook) -> str:
    """LOCK: the digest of every procedure folder as published."""
    folders = sorted((v.folder, v.digest) for versions in book.procedures.values() for v in versions)
    return "".join(f"{digest}  {folder}\n" for folder, digest in folders)


def unlocked(book: LawBook) -> Iterator[Finding]:
    """A finding where a generated file does not say what the folders hold."""
    for name, text in ((LOCK, lock_text(book)), (INDEX, index_text(book))):
        path = book.root / name
        if not path.is_file() or path.read_text("utf-8") != text:
            yield Finding(
                name, "与法条文件不一致：运行 fazheng law lock 重新生成，并在 CHANGELOG 写明哪天起哪条规则变了"
            )
