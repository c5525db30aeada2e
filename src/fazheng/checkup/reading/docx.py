""".docx: the text as a reader sees it; comments, tracked changes, hidden words, heads and feet kept beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from fazheng.checkup.reading.numbering import Numbering, read_numbering
from fazheng.checkup.reading.package import Package, parse
from fazheng.checkup.reading.unreadable import Unreadable
from fazheng.checkup.text import Document, Note, NoteKind, Span, Table

_INSTEAD = (
    ("xl/", "这是 Excel 表格，不是报告；请选 .docx、.pdf、.html 或 .txt"),
    ("ppt/", "这是幻灯片，不是报告；请选 .docx、.pdf、.html 或 .txt"),
    ("OFD.xml", "这是 OFD 版式文件；请用转换工具另存为 .pdf 或 .docx 再试"),
    ("content.xml", "这是 ODF 文档；请用 LibreOffice 或 WPS 另存为 .docx 再试"),
)
_BESIDE: tuple[tuple[NoteKind, str], ...] = (
    ("header", "word/header"),
    ("footer", "word/footer"),
    ("footnote", "word/footnotes"),
)
_BLANKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


@dataclass
class _Paragraph:
    """A paragraph while it is read; `notes` hang at offsets of its own."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    notes: list[tuple[NoteKind, str, str, int]] = field(default_factory=list)  # kind, text or comment id, author, at
    style: str = ""
    number: str = ""
    level: int = 0
    outlined: bool = False
    cell: tuple[int, int, int] | None = None  # table, row, column

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


class _Body:
    """Reads a part by events into paragraphs, those in text boxes before the one that holds the box."""

    def __init__(self) -> None:
        self.done: list[_Paragraph] = []
        self.open: list[_Paragraph] = []
        self.tables: list[list[int]] = []  # for each open table: its number, row, column
        self.count = 0
        self.skip = 0  # depth inside what is not text or is there twice
        self.text = self.deleted = self.hidden = self.inserted = False
        self.author = ""
        self.begun = 0

    def start(self, name: str, has: dict[str, str]) -> None:
        if self.skip or name in ("Fallback", "instrText", "delInstrText"):
            self.skip += 1
            return
        value = has.get("val", "")
        if name == "p" and len(self.open) < 50:
            cell = tuple(self.tables[-1]) if self.tables else None
            self.open.append(_Paragraph(cell=cell))  # type: ignore[arg-type]
        elif name == "tbl":
            self.count += 1
            self.tables.append([self.count - 1, -1, -1])
        elif name == "tr" and self.tables:
            self.tables[-1][1:] = [self.tables[-1][1] + 1, -1]
        elif name == "tc" and self.tables:
            self.tables[-1][2] += 1
        elif name == "r":
            self.hidden = False
        elif self.open:
            self._within(name, has, value, self.open[-1])

    def _within(self, name: str, has: dict[str, str], value: str, here: _Paragraph) -> None:
        if name in ("t", "delText"):
            self.text, self.deleted = True, self.deleted or name == "delText"
        elif name in _BLANKS and not self.hidden:
            here.add(_BLANKS[name])
        elif name == "vanish":
            self.hidden = value not in ("0", "false")
        elif name == "pStyle":
            here.style = value
        elif name == "ilvl":
            here.level = int(value) if value.isdecimal() and len(value) < 3 else 0
        elif name == "numId":
            here.number = value
        elif name == "outlineLvl":
            here.outlined = value != "9"
        elif name in ("ins", "moveTo"):
            self.inserted, self.author = True, has.get("author", "")
        elif name in ("del", "moveFrom"):
            self.deleted, self.author = True, has.get("author", "")
        elif name == "commentReference":
            here.notes.append(("comment", has.get("id", ""), "", here.length))

    def end(self, name: str) -> None:
        if self.skip:
            self.skip -= 1
        elif name == "p" and self.open:
            self.done.append(self.open.pop())
        elif name == "tbl" and self.tables:
            self.tables.pop()
        elif name in ("t", "delText"):
            self.text = False
            self.deleted = self.deleted and name != "delText"
        elif name in ("ins", "moveTo"):
            self.inserted = False
        elif name in ("del", "moveFrom"):
            self.deleted = False

    def data(self, text: str) -> None:
        if not self.text or self.skip or not self.open:
            return
        here = self.open[-1]
        if self.deleted:
            here.notes.append(("deleted", text, self.author, here.length))
        elif self.hidden:
            here.notes.append(("hidden", text, "", here.length))
        else:
            if self.inserted:
                here.notes.append(("inserted", text, self.author, here.length))
            here.add(text)


def _paragraphs(raw: bytes) -> list[_Paragraph]:
    body = _Body()
    if raw:
        parse(raw, body.start, body.end, body.data)
    return body.done


def _comments(raw: bytes) -> dict[str, tuple[str, str]]:
    """Comment id → author and text."""
    found: dict[str, tuple[str, list[str]]] = {}
    at = ""

    def start(name: str, has: dict[str, str]) -> None:
        nonlocal at
        if name == "comment":
            at = has.get("id", "")
            found[at] = (has.get("author", ""), [])

    def data(text: str) -> None:
        if at in found:
            found[at][1].append(text)

    if raw:
        parse(raw, start, lambda _: None, data)
    return {id: (author, "".join(text).strip()) for id, (author, text) in found.items()}


def _metadata(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""

    def start(element: str, _: dict[str, str]) -> None:
        nonlocal name
        name = element

    def data(text: str) -> None:
        if name in ("creator", "lastModifiedBy", "title", "subject", "description", "keywords", "Company", "Manager"):
            found[name] = found.get(name, "") + text.strip()

    for part in ("docProps/core.xml", "docProps/app.xml"):
        if raw := package.part(part):
            parse(raw, start, lambda _: None, data)
    return {key: value for key, value in found.items() if value}


def read_docx(raw: bytes, name: str) -> Document:
    """A .docx file. Raises Unreadable."""
    package = Package(raw)
    if "word/document.xml" not in package.names:
        said = next((said for begins, said in _INSTEAD if any(n.startswith(begins) for n in package.names)), "")
        raise Unreadable(said or "这是压缩包，里面不是 Word 文档；请先解压，再选里面的报告")
    numbering = read_numbering(package.part("word/numbering.xml"), package.part("word/styles.xml"))
    paragraphs = _paragraphs(package.part("word/document.xml"))
    beside = [
        Note(kind, text)
        for kind, begins in _BESIDE
        for part in sorted(package.names)
        if part.startswith(begins)
        if (text := "\n".join("".join(p.pieces) for p in _paragraphs(package.part(part))).strip())
    ]
    assembled = _Assembled(numbering, _comments(package.part("word/comments.xml")))
    for paragraph in paragraphs:
        assembled.add(paragraph)
    return Document(
        "".join(assembled.text), name, "docx", (*assembled.notes, *beside), assembled.tables(),
        tuple(assembled.headings), metadata=_metadata(package),
    )  # fmt: skip


class _Assembled:
    """Paragraphs put one after the other: cells of a row stand on one line with tabs between."""

    def __init__(self, numbering: Numbering, comments: dict[str, tuple[str, str]]) -> None:
        self.numbering, self.comments = numbering, comments
        self.text: list[str] = []
        self.length = 0
        self.last: tuple[int, int, int] | None = None
        self.notes: list[Note] = []
        self.headings: list[int] = []
        self.cells: dict[int, dict[int, dict[int, Span]]] = {}

    def _put(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def add(self, p: _Paragraph) -> None:
        if self.length:
            same_row = p.cell is not None and self.last is not None and p.cell[:2] == self.last[:2]
            self._put(("\t" if p.cell != self.last else " ") if same_row else "\n")
        begin = self.length
        number, level = (p.number, p.level) if p.number else self.numbering.styles.get(p.style, ("", 0))
        label = self.numbering.label(number, level) if number and number != "0" and p.length else ""
        text = "".join(p.pieces)
        self._put(label + (text if p.cell is None else text.replace("\n", " ")))
        for kind, said, author, at in p.notes:
            by, words = self.comments.get(said, ("", "")) if kind == "comment" else (author, said)
            self.notes.append(Note(kind, words, begin + len(label) + at, by))
        if p.cell is None and text.strip() and (p.outlined or p.style in self.numbering.headings):
            self.headings.append(begin + len(text) - len(text.lstrip()) if not label else begin)
        if p.cell is not None:
            table, row, column = p.cell
            cells = self.cells.setdefault(table, {}).setdefault(row, {})
            cells[column] = Span(cells[column].start if column in cells else begin, self.length)
        self.last = p.cell

    def tables(self) -> tuple[Table, ...]:
        """The tables with the cells that hold paragraphs."""
        return tuple(Table(tuple(tuple(row.values()) for row in rows.values())) for rows in self.cells.values())
