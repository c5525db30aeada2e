"""Sentences with holes: {{ figure.id }}, {{ year }}, {{ next_year }}, {{ bureau }}, and digits that nobody counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fazheng.figures import FigureValue
from fazheng.report.composed import Piece

WORDS = ("year", "next_year", "bureau")
_HOLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
# digits that belong to a name: a title, a document's number, an article, a quoted name, the hotline's number
_NAME = r"《[^》]*》|[〔\[][^〕\]]*[〕\]](?:第?\d+号)?|第\d+[条款项]|“\d+”|(?<![\d.])12345(?![\d.件个次元人份])"
_NUMBER = r"\d+(?:[-.,，．:：/]\d+)*[%％‰]?"
_APART = re.compile(rf"(?P<name>{_NAME})|(?P<number>{_NUMBER})")


def plain(text: str) -> str:
    """A sentence of a law file as one line."""
    return re.sub(r"\s*\n\s*", "", text).strip()


def holes(text: str) -> list[str]:
    """What stands in the holes of a text, in order."""
    return _HOLE.findall(text)


def outside(text: str) -> str:
    """The text without its holes."""
    return _HOLE.sub("", text)


def uncounted(text: str) -> list[str]:
    """Numbers in the text that no hole made and that belong to no name."""
    return [found["number"] for found in _APART.finditer(outside(text)) if found["number"]]


def filled(text: str, values: Mapping[str, FigureValue], words: Mapping[str, str]) -> tuple[Piece, ...]:
    """The pieces of a law file's sentence: every number of a figure carries the figure's id. Empty for no text."""
    return tuple(_pieces(plain(text), values, words, mark=False))


def written(text: str, values: Mapping[str, FigureValue], words: Mapping[str, str]) -> tuple[tuple[Piece, ...], ...]:
    """A person's paragraphs, with every number marked that no hole made. An unknown hole is left and marked."""
    paragraphs = [paragraph.strip() for paragraph in text.splitlines()]
    return tuple(tuple(_pieces(paragraph, values, words, mark=True)) for paragraph in paragraphs if paragraph)


def _pieces(text: str, values: Mapping[str, FigureValue], words: Mapping[str, str], *, mark: bool) -> Iterator[Piece]:
    at = 0
    for found in _HOLE.finditer(text):
        yield from _words(text[at : found.start()], mark=mark)
        at, name = found.end(), found[1]
        if name in words:
            yield Piece(words[name])
        elif name in values:
            yield Piece(values[name].shown, figure=name, declared=values[name].source != "counted")
        else:
            yield Piece(found[0], marked=True)
    yield from _words(text[at:], mark=mark)


def _words(text: str, *, mark: bool) -> Iterator[Piece]:
    at = 0
    for found in _APART.finditer(text) if mark else ():
        if found["number"]:
            if found.start() > at:
                yield Piece(text[at : found.start()])
            yield Piece(found[0], marked=True)
            at = found.end()
    if text[at:]:
        yield Piece(text[at:])
