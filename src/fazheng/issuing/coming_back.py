"""A file of the report that came back from outside, beside the report's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from fazheng.casework.bureaux import Bureau
from fazheng.checkup.reading import Unreadable, read_bytes
from fazheng.documents import Paper, Paragraph, facts_of, kept_facts, lines, read_facts
from fazheng.documents.laying import header
from fazheng.issuing.fault import Unusable
from fazheng.issuing.papers import FACTS
from fazheng.issuing.prose import read_prose
from fazheng.issuing.signing import Asked
from fazheng.lawbook.load import LawBook, load
from fazheng.ledger.signed import Line, signature
from fazheng.report import compose
from fazheng.report.paper import UNSOURCED, lines_of, signed_paper
from fazheng.report.paper import paper as as_paper
from fazheng.report.reading_back import ReadBack, read_back

_OWN_PAGE = ('<p class="lead">', "<aside>")  # of the page that `fazheng report` writes
_NOTE = re.compile(r"［\d+］(?:申报：.*$)?", re.MULTILINE)  # a mark, or a whole note below the text
_TAG = re.compile(r'<span class="tag">[^<]*</span>|<p class="blank">[^<]*</p>')
_PAGES = (".html", ".htm")


def came_back(bureau: Bureau, home: Path, asked: Asked, today: date, raw: bytes, name: str) -> ReadBack:
    """What was edited outside in that file; `today` bounds a year that still runs. Raises Unusable; as `compose`."""
    book = load(place=bureau.place)
    made, body = _own(bureau, home, book, asked, today, _is_page(name))
    try:
        text = _text(raw, name)
    except Unreadable as fault:
        raise Unusable(f"{name}：{fault}") from fault
    except UnicodeDecodeError as fault:
        raise Unusable(f"读不了“{name}”") from fault
    if not _has_any(text, body):
        raise Unusable(f"“{name}”里找不到这份报告的任何一个标题或一段话。请核对是不是这个文件、这个年度")
    return _nearest(made, body, text)


def _own(
    bureau: Bureau, home: Path, book: LawBook, asked: Asked, today: date, page: bool
) -> tuple[Paper, tuple[Line, ...]]:
    """The report's own paper and words: as it was signed, else as the book composes it now."""
    if done := signature(bureau.code, asked.year):
        return signed_paper(done, bureau.name, kept_facts(done.facts)), done.lines
    words = read_prose(asked.prose, book.reports)
    composed = compose(
        bureau.code, bureau.name, book, asked.year, words,
        outline=asked.outline, with_material=asked.with_material, today=today,
    )  # fmt: skip
    path = home / FACTS
    facts = facts_of(read_facts(path) if path.exists() else {}, asked.year)
    return as_paper(composed, facts), lines_of(composed, blanks=page)


def _without_notes(text: str, made: Paper) -> str:
    """The text without what the paper says of declared numbers below it."""
    notes = {run.note for block in made.body if isinstance(block, Paragraph) for run in block.runs if run.note}
    for note in sorted(notes, key=len, reverse=True):
        text = text.replace(note, "")
    return text


def _has_any(text: str, body: Sequence[Line]) -> bool:
    """Whether a heading or paragraph of the report stands in the text, line breaks apart."""
    packed = "".join(text.split())
    return any("".join(line.text.split()) in packed for line in body)


def _nearest(made: Paper, body: tuple[Line, ...], text: str) -> ReadBack:
    """The file as a paper or as bare text: whichever leaves less to tell."""
    on_paper = [plain for line in lines(made) if (plain := _NOTE.sub("", line))]
    wanted = [line.text for line in body]
    first = next((n for n in range(len(on_paper)) if on_paper[n : n + len(wanted)] == wanted), 0)
    frames: list[tuple[Sequence[str], Sequence[str]]] = [
        (on_paper[:first], on_paper[first + len(wanted) :]),
        ((made.title,), ()),
        ((), ()),
    ]
    noise = (UNSOURCED, "草稿　" + header(made), header(made))
    for one in noise:
        text = text.replace(one, "") if one else text
    text = _NOTE.sub("", _without_notes(text, made))
    found = [read_back(above, body, below, text, header(made)) for above, below in frames]
    return min(found, key=lambda one: (len(one.numbers), len(one.edits)))


def _text(raw: bytes, name: str) -> str:
    """The words of the file; of our own page those of the report alone. Raises Unreadable, UnicodeDecodeError."""
    if not _is_page(name):
        return read_bytes(raw, name).text
    page = raw.decode("utf-8-sig")
    lead, annexes = _OWN_PAGE
    if lead in page and annexes in page:
        page = _TAG.sub("", page[page.index("<main>") if "<main>" in page else 0 : page.index(annexes)])
    return read_bytes(f"<!doctype html><meta charset=utf-8>{page}".encode(), name).text


def _is_page(name: str) -> bool:
    return name.lower().endswith(_PAGES)
