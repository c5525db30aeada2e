"""A page as saved from a government site: its article without menus, share buttons and footers."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from fazheng.checkup.reading.plain import decoded
from fazheng.checkup.reading.unreadable import Unreadable
from fazheng.checkup.style import Style, style
from fazheng.checkup.text import Document, Span, Table
from fazheng.lawbook.procedure import Table as Words

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?([\w-]{3,20})""", re.IGNORECASE)
_BLOCKS = frozenset(
    "p div br tr table h1 h2 h3 h4 h5 h6 li ul ol section article blockquote dd dt dl pre hr tbody thead body main "
    "title center form fieldset figure figcaption header footer nav aside address".split()
)
_SILENT = frozenset("script style noscript template svg iframe object select button textarea option nav head".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_DEEPEST = 2000


class Chrome(Words, frozen=True, kw_only=True):
    """Names of containers that hold the article, and of those that hold what surrounds it; lines that are chrome."""

    articles: list[str]
    around: list[str]
    lines: list[str]


@dataclass
class _Patterns:
    articles: re.Pattern[str]
    around: re.Pattern[str]
    lines: re.Pattern[str]


def _patterns(words: Style) -> _Patterns:
    read = words.read("page-chrome", Chrome)
    return _Patterns(*(re.compile("|".join(list), re.IGNORECASE) for list in (read.articles, read.around, read.lines)))


@dataclass
class _Node:
    """An open element: how much of the text it has, how much of that is in links."""

    tag: str
    start: int
    silent: bool
    article: bool
    links: int = 0
    rows: list[list[Span]] = field(default_factory=list)


class _Page(HTMLParser):
    def __init__(self, patterns: _Patterns) -> None:
        super().__init__(convert_charrefs=True)
        self.patterns = patterns
        self.text: list[str] = []
        self.length = 0
        self.open: list[_Node] = []
        self.silent = 0
        self.found: list[tuple[int, int, int, bool]] = []  # start, end, characters in links, named an article
        self.cuts: list[tuple[int, int]] = []
        self.links: list[int] = []
        self.meta: dict[str, str] = {}
        self.title: list[str] = []
        self.tables: list[list[list[Span]]] = []

    def put(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {key: value or "" for key, value in attrs}
        if tag == "meta" and has.get("name") and has.get("content"):
            self.meta[has["name"]] = has["content"].strip()
        if tag in _BLOCKS and not self.silent:
            self.put("\n")
        if tag in _VOID or len(self.open) > _DEEPEST:
            return
        named = f"{has.get('id', '')} {has.get('class', '')}"
        hidden = bool(re.search(r"display\s*:\s*none", has.get("style", ""), re.IGNORECASE)) or "hidden" in has
        silent = tag in _SILENT or hidden
        self.silent += silent
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        around = bool(named.strip() and self.patterns.around.search(named)) or tag in ("header", "footer", "aside")
        article = bool(named.strip() and self.patterns.articles.search(named)) or tag == "article"
        self.open.append(_Node(tag if not around else f"{tag} around", self.length, silent, article))

    def handle_endtag(self, tag: str) -> None:
        if not any(node.tag.split(" ")[0] == tag for node in self.open[-60:]):
            return
        while self.open:
            node = self.open.pop()
            self._close(node)
            if node.tag.split(" ")[0] == tag:
                break
        if tag in _BLOCKS and not self.silent:
            self.put("\n")

    def _close(self, node: _Node) -> None:
        self.silent -= node.silent
        tag, _, around = node.tag.partition(" ")
        if around:
            self.cuts.append((node.start, self.length))
        if tag in ("div", "article", "td", "section", "main", "body", "ucapcontent"):
            self.found.append((node.start, self.length, node.links, node.article))
        if tag == "a" and self.open:
            self.open[-1].links += self.length - node.start
        elif self.open:
            self.open[-1].links += node.links
        if tag in ("td", "th") and self.tables and self.tables[-1]:
            self.tables[-1][-1].append(Span(node.start, self.length))
            self.put("\t")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1].tag == "title":
            self.title.append(data)
        if not self.silent:
            self.put(re.sub(r"[ \t\r\n\f]+", " ", data))


def read_html(raw: bytes, name: str) -> Document:
    """A page's article as text. Raises Unreadable where the page has no text of its own."""
    source = _source(raw)
    patterns = style().made(_patterns)
    page = _Page(patterns)
    try:
        page.feed(source)
        page.close()
    except (AssertionError, RecursionError, ValueError):
        raise Unreadable("网页坏了，读不出来；请在浏览器里全选复制，另存为 .txt 再试") from None
    while page.open:
        page._close(page.open.pop())
    start, end = _article("".join(page.text), page)
    text, removed, moved = _cleaned(
        "".join(page.text)[start:end], [(a - start, b - start) for a, b in page.cuts], patterns
    )
    metadata = {
        key: page.meta[key] for key in page.meta if key in ("ArticleTitle", "PubDate", "ContentSource", "SiteName")
    }
    metadata["title"] = page.meta.get("ArticleTitle") or "".join(page.title).strip()
    tables = tuple(
        Table(tuple(tuple(Span(moved(c.start - start), moved(c.end - start)) for c in row) for row in rows))
        for table in page.tables
        if (rows := [row for row in table if row]) and start <= rows[0][0].start < end
    )
    return Document(text, name, "html", tables=tables, metadata=metadata, removed=removed)


def _source(raw: bytes) -> str:
    named = _CHARSET.search(raw[:4096])
    if named and not raw.startswith(codecs.BOM_UTF8):
        encoding = named[1].decode("ascii", "replace").lower()
        encoding = "gb18030" if encoding.startswith("gb") else encoding
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    return decoded(raw)


def _article(text: str, page: _Page) -> tuple[int, int]:
    """The container that holds the article: one named so, else the smallest with most of the text."""
    whole = [found for found in page.found if found[1] > found[0]] or [(0, len(text), 0, False)]

    def weight(found: tuple[int, int, int, bool]) -> int:
        return len("".join(text[found[0] : found[1]].split())) - 2 * found[2]

    most = max(map(weight, whole))
    named = [found for found in whole if found[3] and weight(found) > most * 0.4]
    good = [found for found in named or whole if weight(found) > most * 0.8] or whole
    best = min(good, key=lambda found: found[1] - found[0])
    return best[0], best[1]


class _Moved:
    """Offsets of the page's text → offsets of the text that was kept."""

    def __init__(self) -> None:
        self.pairs: list[tuple[int, int, int]] = []  # old start, old end, new start

    def __call__(self, offset: int) -> int:
        last = 0
        for old, end, new in self.pairs:
            if offset < old:
                return new
            if offset <= end:
                return new + offset - old
            last = new + end - old
        return last


def _cleaned(text: str, cuts: list[tuple[int, int]], patterns: _Patterns) -> tuple[str, tuple[str, ...], _Moved]:
    """Lines without blanks at their ends and without chrome; what was taken out; where offsets went."""
    kept: list[str] = []
    removed: list[str] = []
    moved = _Moved()
    at = length = 0
    for raw in text.split("\n"):
        begin = at + len(raw) - len(raw.lstrip(" \t"))
        line = raw.strip(" \t")
        at += len(raw) + 1
        if not line:
            continue
        inside = any(a <= begin and begin + len(line) <= b for a, b in cuts)
        if inside or (len(line) < 80 and patterns.lines.search(line)):
            removed.append(line)
            continue
        moved.pairs.append((begin, begin + len(line), length))
        kept.append(line)
        length += len(line) + 1
    return "\n".join(kept), tuple(removed), moved
