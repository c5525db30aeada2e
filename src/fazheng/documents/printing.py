"""A paper as PDF, set by Typst. Words go in as data, never as source; what Typst warns of stops the paper."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from fazheng.documents.fonts import Fonts, found_fonts
from fazheng.documents.grid import BODY, BOTTOM, CELL, FOOT, HEIGHT, LEFT, LINES, PAGE_NUMBER, RIGHT, SIGNS, TITLE, TOP
from fazheng.documents.grid import WIDTH as BLOCK_WIDTH
from fazheng.documents.laying import Laid, header, imprint, laid
from fazheng.documents.paper import Paper, Run, Table

_TEMPLATE = Path(__file__).with_name("paper.typ")
# A number is not parted from its unit at a line's end, nor both from the sign that closes them.
_CLOSING = "，。；：、）》”"
_UNIT = "(?:个?工作日|万元|[年月日件家人次元个条起场项份期天户名%％])"
_TOGETHER = re.compile(f"[0-9][0-9,.]*{_UNIT}[{_CLOSING}]*")
_GRID = {
    "top": TOP, "left": LEFT, "right": RIGHT, "bottom": BOTTOM, "width": BLOCK_WIDTH, "height": HEIGHT, "lines": LINES,
    "signs": SIGNS, "number": PAGE_NUMBER, "sizes": {"title": TITLE, "body": BODY, "foot": FOOT, "cell": CELL},
}  # fmt: skip
_ONE_AT_A_TIME = threading.Lock()


class PrintFault(ValueError):
    """The paper cannot be set with the fonts at hand; nothing was made."""


def pdf(paper: Paper, fonts: Path | None = None) -> bytes:
    """The file, PDF/A-2b: every font in it, and every sign of the text in one of them.

    `fonts`: the bureau's own folder of font files. The same paper and fonts, the same bytes. Raises FontFault,
    PrintFault.
    """
    found, compiler = _kept(fonts)
    with _ONE_AT_A_TIME:
        try:
            made, warnings = compiler.compile_with_warnings(
                input=_TEMPLATE.read_bytes(),
                sys_inputs={"paper": json.dumps(_told(paper, found), ensure_ascii=False)},
                pdf_standards=["a-2b"],
                format="pdf",
                pdf_tags=False,
            )
        except typst.TypstError as fault:
            raise PrintFault(_explained(fault)) from fault
    if warnings:
        raise PrintFault(f"排版有警告，没有生成 PDF：{warnings[0].message}")
    assert isinstance(made, bytes)
    return made


def fonts_told(fonts: Path | None = None) -> Fonts:
    """The fonts that `pdf` takes. Raises FontFault."""
    return _kept(fonts)[0]


@lru_cache(2)
def _kept(folder: Path | None) -> tuple[Fonts, typst.Compiler]:
    """Fonts and compiler stay loaded: reading them is most of the first paper's time."""
    found = found_fonts(folder)
    return found, typst.Compiler(font_paths=found.loaded, ignore_system_fonts=True)


def _explained(fault: typst.TypstError) -> str:
    if "could not be displayed" in fault.message:
        return f"有的字在字体里没有，没有生成 PDF：请把含有这个字的字体放进字体文件夹（{fault.message}）"
    return f"排版失败，没有生成 PDF：{fault.message}"


def _told(paper: Paper, fonts: Fonts) -> dict[str, Any]:
    return {
        "title": paper.title,
        "record": fonts.told,
        "day": _day(paper),
        "header": header(paper),
        "fonts": fonts.families,
        "grid": _GRID,
        "lines": [_table(one) if isinstance(one, Table) else _line(one) for one in laid(paper)],
        "imprint": [list(row) for row in imprint(paper)],
    }


def _day(paper: Paper) -> list[int]:
    """PDF/A wants a day: 成文日期, and where that is not known the one that our .docx files have, too."""
    found = [int(number) for number in re.findall(r"\d+", paper.facts.date)]
    return found if len(found) == 3 else [1980, 1, 1]


def _line(one: Laid) -> dict[str, Any]:
    found: dict[str, Any] = {"style": one.style, "words": [word for run in one.runs for word in _words(run)]}
    if one.free:
        found["free"] = one.free
    if one.end:
        found["end"] = one.end
    if one.size:
        found["size"] = one.size
    return found


def _words(run: Run) -> Iterable[list[str]]:
    """Pieces with how they are set: plain, together (a number and its unit), closed (and what closes it), mark."""
    if run.note:
        return [["mark", run.text]]
    found, at = [], 0
    for number in _TOGETHER.finditer(run.text):
        how = "closed" if number[0][-1] in _CLOSING else "together"
        found += [["plain", run.text[at : number.start()]], [how, number[0]]]
        at = number.end()
    return [*found, ["plain", run.text[at:]]]


def _table(table: Table) -> dict[str, Any]:
    return {
        "style": "Table",
        "caption": table.caption,
        "head": list(table.head),
        "rows": [list(row) for row in table.rows],
    }
