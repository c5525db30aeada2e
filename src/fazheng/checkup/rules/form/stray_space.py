from __future__ import annotations

import re
from collections.abc import Iterator

from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report

_C = "\u4e00-\u9fff"
_SPACE = re.compile(
    rf"(?<=[{_C}，。、；：）》”%])(?<!中央)(?<!办公厅)[ \u3000\xa0\t]{{1,3}}(?=[{_C}，。、；：（《“”）\d])"
    rf"|(?<=\d)[ \u3000\xa0]{{1,2}}(?=[年月日号{_C}，。、；：%）])"
    r"|(?<=[（《“〔])[ \u3000\xa0]{1,3}(?=\S)|(?<=\d)[ ](?=\d)(?!\d{3}(?!\d))"
)
_BLANK = re.compile("[ \u3000\xa0\t]")
_DATED = re.compile(r"(?<=\d)[ \u3000\xa0]{1,2}(?=[年月日号])")
_HEADED = re.compile(rf"\s*(?:第?[{_C}\d]{{1,4}}(?:部分|章|节|条)|[（(]?[一二三四五六七八九十\d]{{1,3}}[）)、.．]?、?)")
_NAMES = re.compile(rf"^[{_C}]{{1,4}}[ \u3000]+[{_C}]{{1,4}}$")
_BEFORE = re.compile(rf"[“\u3000 ]([{_C}]{{4,10}})$")
_AFTER = re.compile(rf"([{_C}]{{4,10}})[”\u3000 ]")
SHORTEST = 16  # signs of a line that is prose; shorter ones are laid out with blanks
MOST = 12


@rule(
    title="字间多余的空格",
    kinds="stray_space",
    severity="info",
    why="空格多半是换行、粘贴留下的；数字和“年”“月”“号”之间不空格。",
    source="党政机关公文格式（GB/T 9704）",
    example="“2031 年度”“〔2031〕2 号”“依法 行政”。",
)
def stray_space(report: Report) -> Iterator[Hit]:
    """正文的行里，汉字、数字、标点之间的空格。标题、署名、表格、序号后面的空格不算；到处都有的，合起来说。"""
    found = sorted(_found(report))
    for start, end in found[:MOST]:
        before, after = max(0, start - 4), min(len(report.text), end + 4)
        words = " ".join(report.text[before:after].split("\n")[0].split())
        yield Hit(f"“{words}”里有多余的空格，应当去掉", start - 1, end + 1)
    if len(found) > MOST:
        yield Hit(f"全文这样的空格共{len(found)}处，上面只列出前{MOST}处")


def _found(report: Report) -> Iterator[tuple[int, int]]:
    cells = {cell.start for table in report.document.tables for row in table.rows for cell in row}
    yield from (m.span() for m in _DATED.finditer(report.text))
    for line in report.document.paragraphs:
        raw = report.text[line.start : line.end]
        if not _BLANK.search(raw):
            continue
        title = report.header.title
        if (
            not _prose(report.plain[line.start : line.end])
            or (title and line.start < title.end)
            or line.start in cells
            or "\t" in raw
        ):
            continue
        headed = _HEADED.match(raw)
        begin = line.start + (headed.end() if headed else 0)
        for m in _SPACE.finditer(report.text, line.start, line.end):
            if _slogan(report.text, m.start(), m.end()):
                continue
            if (m.start() > begin or not headed) and not _DATED.match(report.text, m.start()):
                yield m.span()


def _slogan(text: str, start: int, end: int) -> bool:
    """Whether the blank parts two phrases of one length, as slogans are set: “… …”."""
    before, after = _BEFORE.search(text, max(0, start - 12), start), _AFTER.match(text, end)
    return bool(before and after and len(before[1]) == len(after[1]))


def _prose(raw: str) -> bool:
    laid_out = raw.count("  ") > 3 or _NAMES.match(raw)
    return len(raw) >= SHORTEST and not laid_out and re.search("[，。；：]", raw) is not None
