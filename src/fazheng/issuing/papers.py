"""The yearly report as a paper (公文) and where it is written."""

from __future__ import annotations

import os
from pathlib import Path

from fazheng.casework import clock
from fazheng.casework.bureaux import Bureau
from fazheng.documents import Paper, docx, facts_of, kept_facts, pdf, read_facts
from fazheng.issuing.fault import Unusable
from fazheng.issuing.prose import read_prose
from fazheng.lawbook.load import load
from fazheng.ledger.signed import signature
from fazheng.report import compose
from fazheng.report.paper import paper as as_paper
from fazheng.report.paper import signed_paper

FACTS = "paper.toml"  # of a home: what no book holds
FONTS = "fonts"  # of a home: the bureau's own font files
KINDS = ("docx", "pdf")


def report_paper(
    bureau: Bureau, year: int, prose: str, facts: str, name: str = "", person: str = "", *, draft: bool = False
) -> Paper:
    """The report of the year as a paper; `prose`, `facts`: files, or empty; `name`, `person` as in `compose`.

    Of a year that was signed the yearly report is the paper as signed, unless a draft is asked for. Raises as `compose`
    and `facts_of`.
    """
    done = None if name else signature(bureau.code, year)
    if done and not draft:
        return signed_paper(done, bureau.name, kept_facts(done.facts))
    book = load(place=bureau.place)
    words = read_prose(prose, book.reports)
    composed = compose(bureau.code, bureau.name, book, year, words, report=name, person=person, today=clock.today())
    return as_paper(composed, facts_of(read_facts(Path(facts)) if facts else {}, year), draft=draft)


def write(made: Paper, base: Path, kinds: tuple[str, ...], fonts: Path | None) -> tuple[Path, ...]:
    """Writes the paper as each kind and tells the files; none where one cannot be drawn. Raises Unusable.

    A kill leaves an old file or a new one, never half of one.
    """
    drawn = {kind: docx(made) if kind == "docx" else pdf(made, fonts) for kind in kinds}
    paths = {kind: base.with_name(f"{base.name}.{kind}") for kind in kinds}
    try:
        base.parent.mkdir(exist_ok=True)
        for kind, path in paths.items():
            beside = path.with_name(f".{path.name}.new")
            beside.write_bytes(drawn[kind])
            os.replace(beside, path)
    except OSError as fault:
        raise Unusable(f"写不了“{base.name}”：请检查文件夹是否存在、文件是否正被别的软件打开") from fault
    return tuple(paths.values())


def own_fonts(home: Path) -> Path | None:
    """The bureau's folder of fonts: FAZHENG_FONTS, else `fonts` in its home, where there is one."""
    if named := os.environ.get("FAZHENG_FONTS"):
        return Path(named)
    return home / FONTS if (home / FONTS).is_dir() else None


def there(path: Path) -> str:
    """The file's name where it stands; else empty."""
    return str(path) if path.exists() else ""
