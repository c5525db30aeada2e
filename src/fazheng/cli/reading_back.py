"""What `fazheng report --read-back` answers: a file that came back, beside the report's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from fazheng.casework import clock
from fazheng.casework.bureaux import Bureau
from fazheng.checkup.reading import Unreadable, read, read_bytes
from fazheng.cli import papers
from fazheng.cli.common import Unusable, answer, settings
from fazheng.cli.prose import read_prose
from fazheng.documents import Paper, Paragraph, facts_of, kept_facts, lines, read_facts
from fazheng.documents.laying import header
from fazheng.lawbook.load import LawBook, load
from fazheng.ledger.signed import Line, signature
from fazheng.report import compose
from fazheng.report.paper import UNSOURCED, lines_of, signed_paper
from fazheng.report.paper import paper as as_paper
from fazheng.report.reading_back import KINDS, ReadBack, read_back

_OWN_PAGE = ('<p class="lead">', "<aside>")  # of the page that `fazheng report` writes
_NOTE = re.compile(r"［\d+］(?:申报：.*$)?", re.MULTILINE)  # a mark, or a whole note below the text
_SHOWN = 120  # characters of an edit on a line
_TAG = re.compile(r'<span class="tag">[^<]*</span>|<p class="blank">[^<]*</p>')
_PAGES = (".html", ".htm")


def shown_back(bureau: Bureau, year: int, file: Path, prose: str, outline: str, with_material: bool) -> int:
    """Reads the file and tells what was edited outside; 1 where a number of it is not the book's. Raises Unusable."""
    book = load(place=bureau.place)
    made, body = _own(bureau, book, year, prose, outline, with_material, file.suffix.lower() in _PAGES)
    text = _read(file)
    if not _has_any(text, body):
        raise Unusable(f"“{file.name}”里找不到这份报告的任何一个标题或一段话。请核对是不是这个文件、这个年度")
    found = _nearest(made, body, text)
    names = {one.figure: book.figures[one.figure].name for one in found.numbers if one.figure in book.figures}
    value = {
        "file": file.name,
        "signed": signature(bureau.code, year) is not None,
        "numbers": [one._asdict() | {"name": names.get(one.figure, one.figure)} for one in found.numbers],
        "edits": [one._asdict() for one in found.edits],
    }
    answer(value, lambda: _as_text(file.name, found, names))
    return int(bool(found.numbers))


def _own(
    bureau: Bureau, book: LawBook, year: int, prose: str, outline: str, with_material: bool, page: bool
) -> tuple[Paper, tuple[Line, ...]]:
    """The report's own paper and words: as it was signed, else as the book composes it now."""
    if done := signature(bureau.code, year):
        return signed_paper(done, bureau.name, kept_facts(done.facts)), done.lines
    words = read_prose(prose, book.reports)
    composed = compose(
        bureau.code, bureau.name, book, year, words, outline=outline, with_material=with_material, today=clock.today()
    )
    path = Path(settings().home) / papers.FACTS
    facts = facts_of(read_facts(path) if path.exists() else {}, year)
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


def _read(file: Path) -> str:
    try:
        if file.suffix.lower() in _PAGES:
            page = file.read_text("utf-8-sig")
            lead, annexes = _OWN_PAGE
            if lead in page and annexes in page:
                page = _TAG.sub("", page[page.index("<main>") if "<main>" in page else 0 : page.index(annexes)])
            return read_bytes(f"<!doctype html><meta charset=utf-8>{page}".encode(), file.name).text
        return read(file).text
    except (Unreadable, OSError, UnicodeDecodeError) as fault:
        raise Unusable(str(fault) if isinstance(fault, Unreadable) else f"读不了“{file.name}”") from fault


def _as_text(name: str, found: ReadBack, names: dict[str, str]) -> str:
    if not found.numbers and not found.edits:
        return f"《{name}》的文字和数都与报告一致。"
    told = [f"《{name}》读回：不是账本的数{len(found.numbers)}处，文字改动{len(found.edits)}处。"]
    for one in found.numbers:
        told.append(
            f"  数不对：{one.heading}：“{names.get(one.figure, one.figure)}”［{one.figure}］账本{one.book}，"
            f"文件{one.file}：{one.sentence}"
        )
    for edit in found.edits:
        old, new = _short(edit.old), _short(edit.new)
        words = {"changed": f"“{old}”→“{new}”", "added": f"“{new}”", "left_out": f"“{old}”"}
        told.append(f"  {KINDS[edit.kind]}：{edit.heading or '全文'}：{words[edit.kind]}（{_short(edit.sentence)}）")
    return "\n".join(told)


def _short(text: str) -> str:
    """The words as a line holds them; whole for a program (--format json)."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2]}……{text[-_SHOWN // 2 :]}"
