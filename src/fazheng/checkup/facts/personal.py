"""Personal numbers, addresses and names in a text and beside it, and the text as it may be shown.

Nothing found here is ever said again: `shown` gives the text with it covered, of the same length.

The check digit of an 18-digit number is worked out here once more, beside `procedure.identifiers`: this room stands
beside that one and may not ask it, and it reads running text, with blanks and old numbers, not one field of a form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fazheng.checkup.facts.figure_words import any_of
from fazheng.checkup.report import Report
from fazheng.checkup.style import Style
from fazheng.checkup.text import even
from fazheng.lawbook.procedure import Table

COVER = "＊"
# an ID may begin with 9, too: that of a foreigner who lives here for good
_ID18 = re.compile(r"(?<![0-9A-Za-z])[1-9]\d(?:[ -]?\d){15}[ -]?[\dXx](?![0-9A-Za-z])")
_ID15 = re.compile(r"(?<![0-9A-Za-z.])[1-8]\d{14}(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![\d.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_LONG = re.compile(r"\d(?:[ -]?\d){10}")  # without so many digits there is none of these numbers
_CARD = re.compile(r"(?<![0-9A-Za-z])[3-9]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![0-9A-Za-z])")
_WEIGHTS = [pow(2, 17 - place, 11) for place in range(17)]
_PROVINCES = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82)
)
BEFORE = 24  # signs before a number that say what it is


class PrivacyWords(Table, frozen=True, kw_only=True):
    """See law/style/privacy.toml."""

    surnames: str
    persons: list[str]
    about_like: str
    living_like: str
    door_like: str
    published_like: str
    card_like: str
    not_person_like: str
    roll_like: str


@dataclass(frozen=True)
class Words:
    named: re.Pattern[str]
    address: re.Pattern[str]
    published: re.Pattern[str]
    card: re.Pattern[str]
    not_person: re.Pattern[str]
    roll: re.Pattern[str]
    name: re.Pattern[str]


@dataclass(frozen=True)
class Personal:
    """What was found: `start` and `end` in its own text. `where` is empty for the report's text itself."""

    kind: str  # id, mobile, card, address, name
    raw: str
    start: int
    end: int
    where: str = ""
    sure: bool = True


def words(style: Style) -> Words:
    """The patterns; give it to `Style.made`."""
    read = style.read("privacy", PrivacyWords)
    name = rf"{read.surnames}(?:(?!某)[\u4e00-\u9fff]){{1,2}}"
    return Words(
        re.compile(rf"(?:{any_of(read.persons)})[：:]?(?P<raw>{name}?)(?={read.about_like})"),
        re.compile(rf"{read.living_like}[：:为在]?(?P<raw>{read.door_like})"),
        *map(re.compile, (read.published_like, read.card_like, read.not_person_like, read.roll_like, name)),
    )


def is_id18(digits: str) -> bool:
    """Whether 18 signs are a 公民身份号码: a day of birth that exists and the right check digit."""
    if not _is_day(digits[6:10], digits[10:12], digits[12:14]) or int(digits[:2]) not in _PROVINCES:
        return False
    total = sum(int(sign) * weight for sign, weight in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[17].upper()


def is_id15(digits: str) -> bool:
    """Whether 15 digits may be an old number: a province and a day of birth that exist; it has no check digit."""
    return int(digits[:2]) in _PROVINCES and _is_day(f"19{digits[6:8]}", digits[8:10], digits[10:12])


def is_card(digits: str) -> bool:
    """Whether the digits hold by Luhn's check, as those of bank cards do."""
    doubled = [int(sign) * (1 + place % 2) for place, sign in enumerate(reversed(digits))]
    return sum(number - 9 * (number > 9) for number in doubled) % 10 == 0


def personal(report: Report) -> tuple[Personal, ...]:
    """Everything personal in the text, the comments and other notes, the metadata and the file's name."""
    made = report.style.made(words)
    document = report.document
    beside = [(f"{_NOTE.get(note.kind, '附注')}", note.text) for note in document.notes]
    beside += [("文件属性", value) for value in document.metadata.values()]
    beside += [("文件名", document.name)]
    found = [*_in(report.plain, made, ""), *_rolls(report, made)]
    found += [one for where, text in beside if text for one in _in(even(text), made, where)]
    return tuple(found)


_NOTE = {
    "comment": "批注",
    "inserted": "修订",
    "deleted": "修订",
    "hidden": "隐藏文字",
    "header": "页眉",
    "footer": "页脚",
    "footnote": "脚注",
}


def _in(text: str, made: Words, where: str) -> Iterator[Personal]:
    taken: list[tuple[int, int]] = []
    numbered = _LONG.search(text) is not None
    for one in (*_ids(text, made), *_cards(text, made), *_mobiles(text, made)) if numbered else ():
        kind, (start, end), sure = one
        if all(end <= a or start >= b for a, b in taken):
            taken.append((start, end))
            yield Personal(kind, text[start:end], start, end, where, sure)
    for kind, pattern in (("name", made.named), ("address", made.address)):
        for match in pattern.finditer(text):
            yield Personal(kind, match["raw"], *match.span("raw"), where)


def _ids(text: str, made: Words) -> Iterator[tuple[str, tuple[int, int], bool]]:
    for match in _ID18.finditer(text):
        digits = re.sub("[ -]", "", match[0])
        if is_id18(digits):
            yield "id", match.span(), True
        elif "证" in text[max(0, match.start() - 10) : match.start()] and _is_day(
            digits[6:10], digits[10:12], digits[12:14]
        ):
            yield "id", match.span(), not made.not_person.search(text, max(0, match.start() - BEFORE), match.start())
    for match in _ID15.finditer(text):
        if is_id15(match[0]) and not made.not_person.search(text, max(0, match.start() - BEFORE), match.start()):
            yield "id", match.span(), True


def _cards(text: str, made: Words) -> Iterator[tuple[str, tuple[int, int], bool]]:
    for match in _CARD.finditer(text):
        digits = re.sub("[ -]", "", match[0])
        told = made.card.search(text, max(0, match.start() - BEFORE), match.start())
        if is_card(digits) and (told or digits.startswith("62")):
            yield "card", match.span(), True


def _mobiles(text: str, made: Words) -> Iterator[tuple[str, tuple[int, int], bool]]:
    for match in _MOBILE.finditer(text):
        before = (text, max(0, match.start() - BEFORE), match.start())
        if not made.not_person.search(*before):
            yield "mobile", match.span(), not made.published.search(*before)


def _rolls(report: Report, made: Words) -> Iterator[Personal]:
    """Names in tables that are lists of persons."""
    for table in report.document.tables:
        head = [report.plain[cell.start : cell.end].strip() for cell in table.rows[0]] if table.rows else []
        columns = [
            index
            for index, cell in enumerate(head)
            if cell in ("姓名", "名字", "救助对象", "户主", "户主姓名", "申请人")
        ]
        if not columns or not any(made.roll.search(cell) for cell in head):
            continue
        for row in table.rows[1:]:
            for cell in (row[index] for index in columns if index < len(row)):
                if made.name.fullmatch("".join(report.plain[cell.start : cell.end].split())):
                    yield Personal("name", report.plain[cell.start : cell.end], cell.start, cell.end)


def covered(raw: str, kind: str) -> str:
    """The words with what is personal covered, of the same length."""
    if kind == "name":
        return raw[:1] + COVER * (len(raw) - 1)
    return re.sub("[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]", COVER, raw)


def shown(report: Report) -> str:
    """The text as it may be shown: of the same length, what is personal covered."""
    signs = list(report.text)
    for one in report.made(personal):
        if not one.where:
            signs[one.start : one.end] = covered(report.text[one.start : one.end], one.kind)
    return "".join(signs)


def cover(report: Report, said: str) -> str:
    """Words that may hold something personal, with it covered: a file's name, a title, a message."""
    plain = even(said)  # offsets stay the same
    for one in report.made(personal):
        at = plain.find(one.raw)
        while at >= 0:
            end = at + len(one.raw)
            said = said[:at] + covered(said[at:end], one.kind) + said[end:]
            plain = even(said)
            at = plain.find(one.raw, end)
    return said


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        return date(int(year), int(month), int(day)).year > 1899
    except ValueError:
        return False
