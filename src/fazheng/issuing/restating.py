"""更正说明: what the book says otherwise than the signed report, entered and written with a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fazheng.casework.act import Act
from fazheng.casework.bureaux import Bureau
from fazheng.casework.signing import as_change, since_signed
from fazheng.casework.signing import restate as enter_restatement
from fazheng.casework.told_again import Differing
from fazheng.casework.writing import Writing
from fazheng.documents import Facts, Paper, Run, docx, pdf
from fazheng.documents import Paragraph as OnPaper
from fazheng.figures import chinese as chinese_day
from fazheng.issuing.files import REPORTS
from fazheng.issuing.leaving import leave
from fazheng.issuing.papers import KINDS, own_fonts
from fazheng.issuing.signing import Asked, words_of
from fazheng.ledger.read import head
from fazheng.ledger.signed import Line, Signature
from fazheng.procedure.surroundings import Refusal


@dataclass(frozen=True)
class Restated:
    """What became of a restatement: refused, or the numbers and sentences it tells, and its drawn paper."""

    refused: tuple[Refusal, ...]
    found: tuple[Differing, ...]
    sentences: Sequence[tuple[str, str]]
    title: str
    drawn: dict[str, bytes]


def restate_in(act: Writing, home: Path, asked: Asked, reason: str, by: Act, done: Signature) -> Restated:
    """Enters the restatement and draws its note; `write_note` writes it once the entry stands. Raises as `words_of`,
    FontFault, PrintFault.
    """
    found = since_signed(act.bureau.code, act.book, asked.year)
    _, _, words = words_of(act, asked)
    sentences = changed_sentences(done.lines, words.lines)
    made = _note(act.bureau, done, found, sentences, reason, by.on, words.example)
    drawn = {"docx": docx(made), "pdf": pdf(made, own_fonts(home))}
    refused = enter_restatement(act, words, head(act.bureau.code), found, reason, by)
    return Restated(refused, found, sentences, made.title, {} if refused else drawn)


def write_note(home: Path, made: Restated) -> list[Path]:
    """Writes the note among the home's reports; where it stands. Raises Unusable."""
    paths = {kind: note_at(home, made.title, kind) for kind in KINDS}
    (home / REPORTS).mkdir(exist_ok=True)
    leave({paths[kind]: content for kind, content in made.drawn.items()})
    return list(paths.values())


def note_at(home: Path, title: str, kind: str) -> Path:
    """Where the note of that title stands."""
    return home / REPORTS / f"{title}.{kind}"


def changed_sentences(signed: Sequence[Line], now: Sequence[Line]) -> list[tuple[str, str]]:
    """Sentences that rest on figures and read otherwise now: as signed, and now; paired by the figures in them."""

    def told(lines: Sequence[Line]) -> dict[tuple[str, ...], str]:
        return {tuple(figure for _, figure in line.runs if figure): line.text for line in lines if not line.level}

    before, after = told(signed), told(now)
    return [(text, after[key]) for key, text in before.items() if key and key in after and after[key] != text]


def _note(
    bureau: Bureau, done: Signature, found: Sequence[Differing], sentences: Sequence[tuple[str, str]],
    reason: str, on: date, example: bool,
) -> Paper:  # fmt: skip
    """The 更正说明: which numbers, from what to what, through which cases; which sentences read otherwise."""
    body = [f"《{done.title}》于{chinese_day(done.on)}签发。签发以后账本有补录、更正，现将有关数据更正如下。"]
    for change in map(as_change, found):
        rows = [*change["came"], *change["went"], *change["changed"]]
        cases = "、".join(f"{row['row']}（{row['on']}{row['did']}）" if row["on"] else row["row"] for row in rows[:10])
        more = f"等{len(rows)}件" if len(rows) > 10 else ""
        unit = change["unit"]
        because = f"，涉及{cases}{more}" if cases else ""
        body.append(f"“{change['name']}”由{change['signed']}{unit}更正为{change['now']}{unit}{because}。")
    body += [f"原文“{old}”更正为“{new}”。" for old, new in sentences]
    body.append(f"更正理由：{reason.strip().rstrip('。')}。")
    paragraphs = tuple(OnPaper((Run(text),)) for text in body)
    facts = Facts(addressees=(), date=chinese_day(on), publicity="", printer="", printed_on="")
    return Paper(bureau.name, f"{done.title}更正说明", paragraphs, facts, example=example)
