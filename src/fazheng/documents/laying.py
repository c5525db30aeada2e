"""A paper as the lines that are printed, each with its style. Both writers draw this and add no words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from fazheng.documents.facts import BLANK
from fazheng.documents.grid import SIGNS
from fazheng.documents.paper import Block, Heading, Paper, Paragraph, Run, Table

_HEAD_SIZE, _HEAD_WIDTH = 54, 442  # pt: the most a letterhead's signs measure, and the block they stand in
_SHORT = 5 * SIGNS  # of a paragraph that is kept whole
_DATE_FREE, _LEAST_FREE = 4, 2  # signs free at the right end of 成文日期 that will carry a seal, and of a long 署名


@dataclass(frozen=True, slots=True)
class Laid:
    """A line or paragraph. `free`: signs kept empty at its right end. `end`: text that stands at the right end.

    `size`: points, where the style does not say.
    """

    style: str
    runs: tuple[Run, ...] = ()
    free: float = 0
    end: str = ""
    size: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class Imprint(NamedTuple):
    """A row of the 版记 at the foot of the last page."""

    left: str
    right: str


_BLANK_LINE = Laid("Blank")


def laid(paper: Paper) -> tuple[Laid | Table, ...]:
    """Everything above the 版记, from top to bottom."""
    body, notes = _with_marks(paper.body)
    return (*_above(paper), *body, *notes, *_attached(paper), *_signed(paper))


def imprint(paper: Paper) -> tuple[Imprint, ...]:
    """The rows of the 版记; none where nobody prints it and nobody gets a copy."""
    facts = paper.facts
    copies = [Imprint(f"抄送：{'，'.join(facts.copies)}。", "")] if facts.copies else []
    printed = f"{facts.printed_on}印发" if facts.printed_on else ""
    return (*copies, *([Imprint(facts.printer, printed)] if facts.printer else []))


def header(paper: Paper) -> str:
    """What every page says at its top; empty on a real paper that was signed."""
    said = [*(["草稿"] if paper.draft else []), *(["示例：单位、人员、案件和数字都是虚构的"] if paper.example else [])]
    return "　".join(said)


def lines(paper: Paper) -> tuple[str, ...]:
    """The words of the paper without blank lines, a paragraph or a table's cell an item; marks of notes among them."""
    found: list[str] = []
    for one in laid(paper):
        if isinstance(one, Table):
            found += [one.caption] if one.caption else []
            found += [*one.head, *(cell for row in one.rows for cell in row)]
        elif one.text:
            found += [one.text, *([one.end] if one.end else [])]
    return (*found, *(text for row in imprint(paper) for text in row if text))


def _above(paper: Paper) -> Iterator[Laid]:
    facts = paper.facts
    number = facts.number or (BLANK if facts.letterhead else "")
    if facts.letterhead:
        yield Laid("Letterhead", (Run(paper.bureau),), size=min(_HEAD_SIZE, _HEAD_WIDTH // len(paper.bureau)))
        yield from (_BLANK_LINE, _BLANK_LINE)
    ruled = "Ruled" if facts.letterhead else ""
    if facts.upward:
        yield Laid(f"Upward{ruled}", (Run(number or BLANK),), end=f"签发人：{facts.signer}")
    elif number:
        yield Laid(f"Number{ruled}", (Run(number),))
    if number or facts.upward:
        yield from (_BLANK_LINE, _BLANK_LINE)
    yield Laid("Title", (Run(paper.title),))
    yield _BLANK_LINE
    if facts.addressees:
        yield Laid("Addressees", (Run(f"{'、'.join(facts.addressees)}："),))


def _with_marks(blocks: tuple[Block, ...]) -> tuple[list[Laid | Table], list[Laid]]:
    """The blocks, and the notes that their marks lead to; the same note has one number."""
    body: list[Laid | Table] = []
    numbers: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, Table):
            body.append(block)
        elif isinstance(block, Heading):
            body.append(Laid(f"Heading{block.level}", (Run(block.text),)))
        else:
            body.append(Laid(_body_style(block, block is blocks[-1]), tuple(_marked(block, numbers))))
    if not numbers:
        return body, []
    notes = [Laid("NoteText", (Run(f"［{number}］{note}"),)) for note, number in numbers.items()]
    return body, [_BLANK_LINE, *notes]


def _body_style(paragraph: Paragraph, last: bool) -> str:
    """署名 must not stand on a page without text: a short last paragraph goes with it, a long one reaches there."""
    return "BodyTextLast" if last and len(paragraph.text) <= _SHORT else "BodyText"


def _marked(paragraph: Paragraph, numbers: dict[str, int]) -> Iterator[Run]:
    """The runs, those that look alike joined, and each mark as a run of its own whose `note` is not empty."""
    words = ""
    for run in paragraph.runs:
        words += run.text
        if run.note:
            number = numbers.setdefault(run.note, len(numbers) + 1)
            yield Run(words)
            yield Run(f"［{number}］", note=run.note)
            words = ""
    if words:
        yield Run(words)


def _attached(paper: Paper) -> Iterator[Laid]:
    names = paper.facts.attachments
    if not names:
        return
    yield _BLANK_LINE
    if len(names) == 1:
        yield Laid("Attachment", (Run(f"附件：{names[0]}"),))
    for n, name in enumerate(names if len(names) > 1 else (), 1):
        yield Laid("Attachment" if n == 1 else "AttachmentNext", (Run(f"{'附件：' if n == 1 else ''}{n}.{name}"),))


def _signed(paper: Paper) -> Iterator[Laid]:
    """署名 stands in the middle over 成文日期, which ends four signs from the edge: room for a seal; none is drawn."""
    facts = paper.facts
    name = facts.signature or paper.bureau
    apart = (wide(facts.date) - wide(name)) / 2
    free = max(_LEAST_FREE, _DATE_FREE + apart)
    yield Laid("BlankKept")
    yield Laid("Signature", (Run(name),), free=free)
    if facts.date:
        yield Laid("Date", (Run(facts.date),), free=max(_DATE_FREE, free - apart))
    if facts.publicity:
        yield Laid("Publicity", (Run(f"（{facts.publicity}）"),))
    if paper.signed:
        yield Laid("Publicity", (Run(f"（{paper.signed}）"),))


def wide(text: str) -> float:
    """How many signs wide: a digit is half of one."""
    return sum(0.5 if sign.isascii() else 1 for sign in text)
