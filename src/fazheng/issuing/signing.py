"""The yearly report signed: composed, examined, entered and written, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from fazheng.casework.act import Act
from fazheng.casework.bureaux import Bureau
from fazheng.casework.signing import Words, unfit
from fazheng.casework.signing import sign as enter_signature
from fazheng.casework.writing import Writing, writing
from fazheng.checkup.registry import rules
from fazheng.documents import docx, facts_of, kept_facts, pdf, read_facts
from fazheng.figures import chinese as chinese_day
from fazheng.issuing.fault import Unusable
from fazheng.issuing.files import REPORTS, beside, finish
from fazheng.issuing.papers import own_fonts
from fazheng.issuing.prose import read_prose
from fazheng.ledger.read import head
from fazheng.ledger.signed import Signature, sha256, signature, text_of
from fazheng.procedure.refusals import own
from fazheng.procedure.surroundings import Refusal
from fazheng.report import Composed, Examined, compose, examine, render
from fazheng.report.paper import lines_of, signed_paper

PRIVATE = "privacy"  # the group of check-up rules that look for personal data


@dataclass(frozen=True)
class Asked:
    """What a report is composed with."""

    year: int
    prose: str = ""
    outline: str = ""
    with_material: bool = False
    facts: str = ""


def signed_report(bureau: Bureau, home: Path, asked: Asked, reason: str, by: Act) -> tuple[Refusal, ...]:
    """Composes, examines, signs and writes the report, in one transaction; why not where it was refused.

    The files are written beside their places before the entry stands and moved after it: a kill leaves a year that is
    not signed, or one that is, whose files the next `fazheng report` puts in their place.
    """
    with writing(bureau) as act:
        found = sign_in(act, home, asked, reason, by)
    done = signature(bureau.code, asked.year)
    if done and not found:
        finish(done, home)
    return found


def sign_in(act: Writing, home: Path, asked: Asked, reason: str, by: Act) -> tuple[Refusal, ...]:
    """The same within a transaction; the files then wait beside their places until `finish` moves them."""
    composed, examined, words = words_of(act, asked)
    found = (*unfit(act, words, reason, by), *unready(examined))
    if found:
        return found
    end = head(act.bureau.code)
    provisional = _provisional(words, end.seq, end.digest, by)
    said = f"{chinese_day(by.on)}由{by.by}签发"
    made = signed_paper(provisional, act.bureau.name, kept_facts(words.facts))
    files = {
        f"{composed.title}.html": render(composed, examined, said).encode(),
        f"{composed.title}.docx": docx(made),
        f"{composed.title}.pdf": pdf(made, own_fonts(home)),
    }
    _write_beside(home / REPORTS, files)
    enter_signature(act, words, end, files, reason, by)
    return ()


def words_of(act: Writing, asked: Asked) -> tuple[Composed, Examined, Words]:
    """The report composed, examined, and as it would be signed. Raises as `compose` and `facts_of`, Unusable."""
    bureau, book = act.bureau, act.book
    act.flush()
    prose = read_prose(asked.prose, book.reports)
    composed = compose(
        bureau.code, bureau.name, book, asked.year, prose,
        outline=asked.outline, with_material=asked.with_material, today=act.today,
    )  # fmt: skip
    examined = examine(composed)
    facts = asdict(facts_of(read_facts(Path(asked.facts)) if asked.facts else {}, asked.year))
    facts.pop("signer")  # a name is not entered
    words = Words(
        composed.year, composed.title, composed.name, composed.outline, lines_of(composed),
        [(composed.period, block.value) for block in composed.figures], facts, composed.example,
        {block.value.id: "；".join(block.declared) for block in composed.figures if block.declared},
        tuple(one.message for one in examined.readiness.needing_reason),
    )  # fmt: skip
    return composed, examined, words


def unready(examined: Examined) -> tuple[Refusal, ...]:
    """What the check-up refuses: arithmetic, time, personal data, promises without an answer."""
    found = [
        own("field", f"体检：{one.message}", "签发以前须改，“体检”里标出了是哪一句", hard=True)
        for one in examined.readiness.refusing
    ]
    known = rules()
    found += [
        own("field", "正文里有个人信息", "报告要公开，去掉以后再签发；“体检”里标出了是哪一句", hard=True)
        for one in examined.findings
        if known[one.rule].group == PRIVATE
    ]
    found += [
        own("order", f"以前的报告提出的安排还没有答复：“{text}”", "先在“以前的安排”里答复", hard=True)
        for text in examined.readiness.unanswered
    ]
    return tuple(dict.fromkeys(found))


def _provisional(words: Words, seq: int, digest: str, by: Act) -> Signature:
    """The signature as it will be read, for the papers that carry it."""
    text = sha256(text_of(words.title, words.lines).encode())
    return Signature(0, words.year, words.title, words.name, words.outline, by.on, by.by, "", (), seq, digest, text,
                     words.lines, (), {}, words.facts, words.example, words.notes)  # fmt: skip


def _write_beside(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            beside(folder, name, sha256(content)).write_bytes(content)
    except OSError as fault:
        raise Unusable(f"写不了“{folder}”：请检查文件夹是否存在、磁盘是否已满、有没有权限") from fault
