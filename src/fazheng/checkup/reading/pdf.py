"""PDF with text: pages read by pdfium, lines joined to paragraphs. Nothing in the file is run or fetched."""

from __future__ import annotations

import re

from fazheng.checkup.reading.unreadable import Unreadable
from fazheng.checkup.text import Document

MOST_PAGES = 2000
_ENDS = re.compile(r"[。！？；：…]$|[.．·…]{4,} ?\d*$")
_N = "[一二三四五六七八九十百]{1,4}"
_BEGINS = re.compile(
    rf" *(?:{_N}、|[（(] ?{_N} ?[）)]|\d{{1,2}}[.、．](?!\d)|[（(]\d{{1,2}}[)）]|[①-⑳]|第{_N}[部章节]|附件)"
)
_PAGE_NUMBER = re.compile(r"[-—–－ ]*\d{1,4}[-—–－ ]*|第 ?\d+ ?页.{0,8}")
_INDENTED = re.compile(r"[ \u3000]{2,}")


def read_pdf(raw: bytes, name: str) -> Document:
    """A .pdf file. Raises Unreadable for one with a password, or made of pictures alone."""
    try:
        import pypdfium2 as pdfium
    except ImportError:
        raise Unreadable("没有安装 PDF 阅读部件（pypdfium2）；请先安装，或另存为 .docx、.txt 再试") from None
    try:
        file = pdfium.PdfDocument(raw)
        count = len(file)
    except pdfium.PdfiumError as fault:
        if "password" in str(fault).lower():
            raise Unreadable("PDF 加了密码；请取消密码以后再试") from None
        raise Unreadable("PDF 坏了，打不开；请重新导出一份") from None
    try:
        if count > MOST_PAGES:
            raise Unreadable(f"PDF 有 {count} 页，不像一份报告；请拆开再试")
        pages = [_page(file, number) for number in range(count)]
        metadata = {key: value for key, value in file.get_metadata_dict().items() if value}
    except pdfium.PdfiumError:
        raise Unreadable("PDF 坏了，有的页读不出来；请重新导出一份") from None
    finally:
        file.close()
    if sum(len(page.strip()) for page in pages) < 10:
        raise Unreadable("PDF 里只有图片，没有文字；请用文字版，或先做文字识别")
    text, begins = joined(pages)
    return Document(text, name, "pdf", pages=begins, metadata=metadata)


def _page(file: object, number: int) -> str:
    page = file[number]  # type: ignore[index]
    try:
        layer = page.get_textpage()
        try:
            return str(layer.get_text_bounded()).replace("\r\n", "\n").replace("\ufffe", "").replace("\x00", "")
        finally:
            layer.close()
    finally:
        page.close()


def joined(pages: list[str]) -> tuple[str, tuple[int, ...]]:
    """The pages as one text with a line for each paragraph, and where each page begins. Page numbers are left out."""
    widest = max((len(line) for page in pages for line in page.split("\n")), default=0)
    text: list[str] = []
    begins: list[int] = []
    length, last = 0, ""
    for page in pages:
        begins.append(length)
        for line in page.split("\n"):
            bare = line.strip()
            if not bare or _PAGE_NUMBER.fullmatch(bare):
                continue
            new = not last or bool(_ENDS.search(last) or _BEGINS.match(line) or _INDENTED.match(line))
            piece = ("\n" if last else "") + bare if new or len(last) < widest * 0.75 else bare
            text.append(piece)
            length += len(piece)
            last = bare
    return "".join(text), tuple(begins)
