"""Sentences with holes: {{ figure.id }}, {{ figure.id@change }}, {{ year }}, {{ bureau }}; and digits nobody counted.

`[[ … ]]` is printed only where every figure in it is above zero and all it asks is known: so small zeros, and a
comparison with a year of which nothing is known, leave no trace in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fazheng.figures import FigureValue, number_text
from fazheng.report.composed import Piece

WORDS = ("year", "next_year", "bureau")
TEN_THOUSAND = 10_000
_GAP = "\x00"  # where something was not worth saying
_HOLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_SOMETIMES = re.compile(r"\[\[(.*?)\]\]", re.S)
# digits that belong to a name: a title, a document's number, an article, a quoted name, the hotline's number
_NAME = r"《[^》]*》|[〔\[][^〕\]]*[〕\]](?:第?\d+号)?|第\d+[条款项]|“\d+”|(?<![\d.])12345(?![\d.件个次元人份])"
_NUMBER = r"\d+(?:[-.,，．:：/]\d+)*[%％‰]?"
_APART = re.compile(rf"(?P<name>{_NAME})|(?P<number>{_NUMBER})")


@dataclass(frozen=True)
class Told:
    """What the holes of a year's sentences are filled with.

    `ready` are pieces made already: what a hole with @ says (of which an empty tuple says nothing), and 素材 by key.
    """

    values: Mapping[str, FigureValue]
    words: Mapping[str, str]
    ready: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)

    def with_words(self, **words: str) -> Told:
        """The same with more words."""
        return Told(self.values, {**self.words, **words}, self.ready)


def plain(text: str) -> str:
    """A sentence of a law file as one line."""
    return re.sub(r"\s*\n\s*", "", text).strip()


def whole(text: str) -> str:
    """The sentence with all that it may say, as one line."""
    return _SOMETIMES.sub(r"\1", plain(text))


def holes(text: str) -> list[str]:
    """What stands in the holes of a text, in order."""
    return _HOLE.findall(text)


def always(text: str) -> str:
    """The text without what is said only sometimes."""
    return _SOMETIMES.sub("", text)


def outside(text: str) -> str:
    """The text without its holes, and without the signs of what is said only sometimes."""
    return _HOLE.sub("", _SOMETIMES.sub(r"\1", text))


def uncounted(text: str) -> list[str]:
    """Numbers in the text that no hole made and that belong to no name."""
    return [found["number"] for found in _APART.finditer(outside(text)) if found["number"]]


def in_a_sentence(value: FigureValue) -> str:
    """The number as a sentence writes it: 元 without the fen where there are none, and 3.6万 where that is exact."""
    if value.unit != "元" or not isinstance(value.value, int):
        return value.shown
    return money(value.value)


def money(fen: int) -> str:
    """An amount in fen as a sentence writes it before 元: 360, 1200.55, 3.6万."""
    yuan, rest = divmod(fen, 100)
    if rest:
        return number_text(fen, "元")
    if abs(yuan) >= TEN_THOUSAND and yuan % 100 == 0:
        return f"{yuan // TEN_THOUSAND}.{yuan % TEN_THOUSAND // 100:02d}".rstrip("0").rstrip(".") + "万"
    return str(yuan)


def filled(text: str, told: Told, source: str = "") -> tuple[Piece, ...]:
    """The pieces of a law file's sentence: every number of a figure carries the figure's id. Empty for no text.

    `source` is the figure or the entry that its words speak for.
    """
    said = _SOMETIMES.sub(lambda found: found[1] if _worth_saying(found[1], told) else _GAP, plain(text))
    return tuple(_pieces(_closed(_known(said, told)), told, source, mark=False))


def _known(text: str, told: Told) -> str:
    """The sentence without clauses whose number nobody knows, where another of its numbers was declared alone.

    Left as it is where nothing would stay, or half a bracket.
    """
    unknown = {hole for hole in holes(text) if hole in told.values and told.values[hole].state == "no_data"}
    if not unknown:
        return text
    parts = re.split("([，；。])", text)
    kept = [_GAP if unknown & set(holes(part)) else part for part in parts]
    left = re.sub(f"^(?:{_GAP}[，；])+", "", "".join(kept))
    sound = left.count("（") == left.count("）") and any(holes(part) for part in kept)
    return left if sound else text


def written(text: str, told: Told, source: str = "") -> tuple[tuple[Piece, ...], ...]:
    """A person's paragraphs, with every number marked that no hole made. An unknown hole is left and marked."""
    paragraphs = [paragraph.strip() for paragraph in text.splitlines()]
    return tuple(tuple(_pieces(paragraph, told, source, mark=True)) for paragraph in paragraphs if paragraph)


def _closed(text: str) -> str:
    """The sentence after its gaps closed: of two signs that met over a gap, or of 其中 and a sign, the first stays."""
    text = re.sub(f"。{_GAP}+。", "。", re.sub(f"([：（，；、。]|其中){_GAP}+[、，；]", r"\1", text))
    return re.sub(f"[，；、]{_GAP}+(?=[。）])|{_GAP}", "", text)


def _worth_saying(text: str, told: Told) -> bool:
    """Whether all figures of an optional part are above zero and all it asks is known. Words say nothing against it."""
    for hole in holes(text):
        if hole in told.ready:
            if not told.ready[hole]:
                return False
        elif (hole in told.values and told.values[hole].state != "some") or "@" in hole:
            return False
    return True


def _pieces(text: str, told: Told, source: str, *, mark: bool) -> Iterator[Piece]:
    at = 0
    for found in _HOLE.finditer(text):
        yield from words(text[at : found.start()], source, mark=mark)
        at, name = found.end(), found[1]
        if name in told.words:
            yield Piece(told.words[name], source=source)
        elif name in told.values:
            value = told.values[name]
            yield Piece(in_a_sentence(value), figure=name, declared=value.source != "counted", source=name)
        elif told.ready.get(name):
            yield from told.ready[name]
        else:
            yield Piece(found[0], marked=True, source=source)
    yield from words(text[at:], source, mark=mark)


def words(text: str, source: str, *, mark: bool) -> Iterator[Piece]:
    """A text without holes as pieces; with `mark` each number that belongs to no name is one of its own, marked."""
    at = 0
    for found in _APART.finditer(text) if mark else ():
        if found["number"]:
            if found.start() > at:
                yield Piece(text[at : found.start()], source=source)
            yield Piece(found[0], marked=True, source=source)
            at = found.end()
    if text[at:]:
        yield Piece(text[at:], source=source)
