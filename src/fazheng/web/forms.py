"""A form from the fields of a law file: each kind has its box, its help and its words for what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict

from fazheng.figures import number_text
from fazheng.lawbook.procedure import Kind, Rule
from fazheng.procedure.fields import FieldFault, read, read_date

Choices = Mapping[str, Mapping[str, str]]
Candidates = Callable[[str], Sequence[tuple[str, str]]]  # role ("" for anybody) → code and what is shown
PREFIX = "f_"  # before a field's id in a form, so that it never meets the form's own boxes
_DIGITS = 15  # of a number in an address: more than any book has entries
_FEW = 5  # choices shown at once; more of them open on a click

_HELP = {
    "words": "不超过40个字；会公开，不写姓名、身份证号、电话",
    "text": "另存，不公开",
    "person": "姓名，另存，不公开",
    "id_number": "18位，另存，不公开",
    "phone": "另存，不公开",
    "address": "另存，不公开",
    "bank_account": "另存，不公开",
    "org_code": "18位统一社会信用代码，末位要对得上",
    "yuan": "元，最多两位小数",
    "document_no": "例：示民罚决字〔2026〕1号",
    "case": "本账本里的案件：名称和号（例：某某程序2026年第1号），或者案件号",
    "statute": "法律、法规的名称和条号",
    "file": "材料的名称，另存；文件在案件页上附",
}
_WIDGETS = {
    "yes_no": "radio", "date": "date", "number": "number", "yuan": "money", "text": "area", "address": "text",
    "phone": "tel", "people": "checks",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a form. `widget`: radio checks select date number money area tel text. `name` is that of the post."""

    name: str
    label: str
    widget: str
    required: bool = True
    help: str = ""
    value: str = ""
    options: Sequence[Option] = ()
    error: str = ""
    apart: bool = False
    known: str = ""  # where the value was found that stands in it already
    rules: Sequence[Rule] = ()  # what the law asks of it
    nobody: str = ""  # whom it asks for, where there is no such person today

    @property
    def grouped(self) -> bool:
        """Whether it is several boxes under one legend."""
        return self.widget in ("radio", "checks")

    @property
    def described(self) -> str:
        """Ids of what describes the box, for who hears the page."""
        return " ".join(f"{self.name}-{what}" for what in ("help", "known", "error") if getattr(self, what))


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: `data` as an entry holds it, `faults` by field, in Chinese."""

    data: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


def boxes(
    kinds: Mapping[str, Kind],
    labels: Mapping[str, str],
    choices: Choices,
    candidates: Candidates,
    *,
    typed: Mapping[str, Sequence[str]] = {},
    faults: Mapping[str, str] = {},
    known: Mapping[str, str] = {},
    rules: Mapping[str, Sequence[Rule]] = {},
    stands: bool = False,
    prefix: str = PREFIX,
) -> list[Box]:
    """The boxes of these fields in their order. `typed` holds what stands in them, by field, as text; `known` where it
    was found; `rules` what the law asks of them. `stands`: they stand in the book; an empty box of what is held apart
    leaves it there.
    """
    return [
        Box(
            prefix + name,
            labels.get(name, name),
            widget_of(kind, choices),
            not (kind.optional or (stands and kind.apart)),
            help_of(kind),
            "、".join(typed.get(name, ())),
            _options(kind, choices, candidates, typed.get(name, ())),
            faults.get(name, ""),
            kind.apart,
            known.get(name, ""),
            rules.get(name, ()),
        )
        for name, kind in kinds.items()
    ]


def widget_of(kind: Kind, choices: Choices) -> str:
    """How the kind is asked for."""
    if kind.name == "choice":
        few = len(choices.get(kind.of, {})) <= _FEW
        return "checks" if kind.many else "radio" if few and not kind.optional else "select"
    return _WIDGETS.get(kind.name, "text")


def help_of(kind: Kind) -> str:
    """What to write there; "" where the box says it by itself."""
    several = kind.many and kind.name not in ("choice", "people", "text", "file")
    return "；".join(part for part in (_HELP.get(kind.name, ""), "几个的用、隔开" if several else "") if part)


def _options(kind: Kind, choices: Choices, candidates: Candidates, typed: Sequence[str]) -> list[Option]:
    match kind.name:
        case "yes_no":
            every: Sequence[tuple[str, str]] = (("是", "是"), ("否", "否"))
        case "choice":
            every = tuple(choices.get(kind.of, {}).items())
        case "people":
            every = candidates(kind.of)
            known = {value for value, _ in every}  # who is named already stays named, also one who has left
            every = [*every, *((one, one) for one in typed if one not in known)]
        case _:
            return []
    return [Option(value, label, value in typed) for value, label in every]


def typed_in(post: QueryDict, kinds: Mapping[str, Kind], prefix: str = PREFIX) -> dict[str, list[str]]:
    """What was typed into the fields, as text; empty boxes left out."""
    found = {name: [one.strip() for one in post.getlist(prefix + name) if one.strip()] for name in kinds}
    return {name: values for name, values in found.items() if values}


def as_typed(kind: Kind, value: Any) -> list[str]:
    """A value of an entry as somebody would type it; empty for what is held apart."""
    if value is None or kind.apart:
        return []
    values = value if isinstance(value, list) else [value]
    if kind.name == "yuan":
        return [number_text(one, "元").replace(",", "") for one in values]
    return [("是" if one else "否") if isinstance(one, bool) else str(one) for one in values]


def read_typed(typed: Mapping[str, Sequence[str]], kinds: Mapping[str, Kind], choices: Choices) -> Typed:
    """What was typed as an entry holds it. What is missing is not a fault here: the decision says so.

    The fault of a field that is held apart never repeats what was typed.
    """
    data: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name, values in typed.items():
        kind = kinds[name]
        try:
            data[name] = read(kind, "、".join(values), choices)
        except FieldFault as fault:
            faults[name] = "填得不对，请核对位数和末位校验码" if kind.apart else str(fault)
    return Typed(data, faults)


def whole(text: str) -> int | None:
    """The number an address or a form says in up to fifteen digits of ours; None for anything else, as ² or １."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def read_day(text: str, otherwise: date) -> tuple[date, str]:
    """The day typed, and what is wrong with it; `otherwise` where nothing was typed."""
    if not text.strip():
        return otherwise, ""
    try:
        return date.fromisoformat(read_date(text.strip())), ""
    except FieldFault as fault:
        return otherwise, str(fault)
