"""A paper as .docx: the fixed parts as they are, the body as escaped text, one zip. The same paper, the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape

from fazheng.documents.grid import BOTTOM, LEFT, RIGHT, SIGN, TOP, WIDTH, twips
from fazheng.documents.laying import Imprint, Laid, header, imprint, laid
from fazheng.documents.paper import Paper, Run, Table
from fazheng.documents.word_styles import DECLARED, FOOTER, FRAME, RELATED, WORD, fixed_parts

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day a zip can name: no file tells when it was made
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # signs that XML cannot hold

_TAB = "<w:r><w:tab/></w:r>"


def docx(paper: Paper) -> bytes:
    """The file. Styles name the standard's fonts; nobody's name and no time stands in it."""
    parts = {
        **fixed_parts(),
        "word/header.xml": f"{DECLARED}<w:hdr {WORD}>{_paragraph('Header', _run(header(paper)))}</w:hdr>",
        "docProps/core.xml": _properties(paper),
        "word/document.xml": _document(paper),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 0, 0  # the same on every machine
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, text.encode(), compresslevel=1)
    return out.getvalue()


def _document(paper: Paper) -> str:
    drawn = [_table(one) if isinstance(one, Table) else _laid(one) for one in laid(paper)]
    if rows := imprint(paper):  # it floats, held by the last paragraph
        drawn.insert(-1, _imprint(rows))
    head = "" if not header(paper) else "".join(
        f'<w:headerReference w:type="{kind}" r:id="rId3"/>' for kind in ("default", "even")
    )  # fmt: skip
    page = (
        f'<w:sectPr>{head}<w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="{twips(210)}" w:h="{twips(297)}"/>'
        f'<w:pgMar w:top="{twips(TOP)}" w:right="{twips(RIGHT)}" w:bottom="{twips(BOTTOM)}" w:left="{twips(LEFT)}" '
        f'w:header="{twips(20)}" w:footer="{FOOTER}" w:gutter="0"/></w:sectPr>'
    )
    return f"{DECLARED}<w:document {WORD} {RELATED}><w:body>{''.join(drawn)}{page}</w:body></w:document>"


def _laid(one: Laid) -> str:
    words = "".join(map(_words, one.runs)) if not one.size else _run(one.text, f'<w:sz w:val="{one.size * 2}"/>')
    if one.end:
        words += _TAB + _run(one.end)
    free = f'<w:ind w:right="{twips(one.free * SIGN)}"/>' if one.free else ""
    return _paragraph(one.style, words, free)


def _words(run: Run) -> str:
    return _run(run.text, '<w:rStyle w:val="NoteMark"/>' if run.note else "")


def _run(text: str, look: str = "") -> str:
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(_UNPRINTABLE.sub("", text), quote=False)}</w:t></w:r>'


def _paragraph(style: str, words: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{words}</w:p>'


def _table(table: Table) -> str:
    caption = _paragraph("Caption", _run(table.caption)) if table.caption else ""
    each = twips(WIDTH) // len(table.head)
    widths = f'<w:gridCol w:w="{each}"/>' * len(table.head)
    start = f'<w:tc><w:tcPr><w:tcW w:w="{each}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'

    def row(cells: tuple[str, ...], look: str = "") -> str:
        told = "".join(f"{start}{_paragraph('TableText', _run(cell))}</w:tc>" for cell in cells)
        return f"<w:tr><w:trPr><w:cantSplit/>{look}</w:trPr>{told}</w:tr>"

    rows = "".join(map(row, table.rows))
    return (
        f'{caption}<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{each * len(table.head)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{widths}</w:tblGrid>'
        f"{row(table.head, '<w:tblHeader/>')}{rows}</w:tbl>{_paragraph('Blank', '')}"
    )


def _imprint(rows: tuple[Imprint, ...]) -> str:
    """At the foot of the last page's block: a frame, so that it stands there however far the text reaches."""
    return "".join(
        _paragraph("Imprint", _TAB + _run(row.left) + (_TAB + _run(row.right) if row.right else ""), FRAME)
        for row in rows
    )


def _properties(paper: Paper) -> str:
    """Only the title: Word would show an author, and there is none."""
    spaces = (
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    title = escape(_UNPRINTABLE.sub("", paper.title), quote=False)
    return (
        f"{DECLARED}<cp:coreProperties {spaces}><dc:title>{title}</dc:title><dc:creator></dc:creator>"
        "<cp:lastModifiedBy></cp:lastModifiedBy></cp:coreProperties>"
    )
