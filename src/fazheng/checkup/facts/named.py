"""What a name in 《》 means: a statute, another national law, a local paper, no law at all, or a slip of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from fazheng.checkup.facts.near_names import Near, distance
from fazheng.checkup.style import Style
from fazheng.lawbook.catalogue import names, plain, status_on
from fazheng.lawbook.procedure import Table
from fazheng.lawbook.statute import ONE_DAY, Statute

_STATE = "中华人民共和国"
_TAIL = re.compile(r"（[^（）]*）$")
UNFINISHED_FROM = 5  # shorter words than these are no unfinished names
WRONG_IN_TEXT = 6  # shorter wrong names may be parts of other words
RIGHT_IN_TEXT = 3


class Issuers(Table, frozen=True, kw_only=True):
    """How an issuer is written before a name, and what the catalogue's issuer then holds."""

    names: list[str]
    belongs: list[str]


class CitationWords(Table, frozen=True, kw_only=True):
    """`law/style/citations.toml`."""

    other_laws: list[str]
    local_too: list[str]
    no_law_like: str
    local_like: str
    draft_like: str
    not_a_law_like: str
    types: list[str]
    issuer_like: str
    inner_like: str
    code_part_like: str
    part_slip_like: str
    part_word: str
    past_like: str
    past_before_like: str
    making_like: str
    basis_like: str
    issuing_like: str
    issuers: list[Issuers]


@dataclass(frozen=True)
class Named:
    """What a name means. `right` is the full right name where `wrong`: written as no statute is called."""

    kind: Literal["statute", "other_law", "local", "draft", "no_law", "unknown"]
    statute: Statute | None = None
    wrong: bool = False
    right: str = ""


class _Book(NamedTuple):
    statutes: Mapping[str, Statute]


class Names:
    """Every name that statutes are called by, right and wrong, and what else a 《》 may hold."""

    def __init__(self, statutes: Mapping[str, Statute], words: CitationWords) -> None:
        self._words = words
        self._statutes = statutes
        self._by_name = dict(reversed([(name, found) for name, found in names(_Book(statutes))]))
        self._other = {plain(name) for name in words.other_laws}
        self._bare = {bare: found for name, found in self._by_name.items() for bare in self._bared(name)}
        self._issuer = re.compile(words.issuer_like)
        self._inner = re.compile(words.inner_like)
        self._code = re.compile(words.code_part_like)
        self._part_slip, self._part_word = re.compile(words.part_slip_like), words.part_word
        self._local = re.compile(words.local_like)
        self._no_law = re.compile(words.no_law_like)
        self._draft = re.compile(words.draft_like)
        self._not_a_law = re.compile(words.not_a_law_like)
        self._local_too = frozenset(words.local_too)
        right = {name: found.statute for name, found in self._by_name.items() if not found.wrong}
        self._near = Near(right, {_STATE + name: name for name in self._other}, words.types, self._not_a_law)
        self._known: dict[str, Named] = {}

    def _bared(self, name: str) -> Iterator[str]:
        """What people leave out: （试行） at the end, the issuer and 关于 before a document's subject."""
        if (shorter := _TAIL.sub("", name)) != name and not re.search(r"\d{4}|[一二三四]", name[len(shorter) :]):
            yield shorter
        if "关于" in name[:16] and len(rest := name.split("关于", 1)[1]) > 11:
            yield "关于" + rest
            yield rest

    @cached_property
    def in_text(self) -> Mapping[str, tuple[Statute, bool] | None]:
        """Names that may stand without 《》: the statute, and whether so written wrongly.

        None: a law that the catalogue does not hold, known so that its tail is not taken for another's name.
        """
        found: dict[str, tuple[Statute, bool] | None] = dict.fromkeys(self._other)
        for name, one in self._by_name.items():
            long = len(name) >= (WRONG_IN_TEXT if one.wrong else RIGHT_IN_TEXT)
            if one.statute.kind not in ("law", "regulation") or not long or name in self._local_too:
                continue
            if not one.wrong or name.endswith("法"):
                found.setdefault(name, (one.statute, one.wrong))
        return found

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """How long the names of `in_text` are, the longest first."""
        return tuple(sorted({len(name) for name in self.in_text}, reverse=True))

    def meant(self, written: str) -> Named:
        """What the words of a 《》, with or without its signs, mean."""
        if written not in self._known:
            self._known[written] = self._meant(written)
        return self._known[written]

    def _meant(self, written: str) -> Named:
        name = plain(written)
        national = written.lstrip("《").startswith(_STATE)
        if self._draft.search(name):
            return Named("draft")
        if slip := self._part_slip.search(name):
            code = next((one for form in self._forms(name) if (one := self._by_name.get(form))), None)
            right = f"{name[: slip.start()]}{self._part_word}{name[slip.end() :]}"
            return Named("statute", code.statute if code else None, True, right)
        for form in self._forms(name):
            if form in self._local_too and not national:
                return Named("local")
            if found := self._by_name.get(form) or self._bare.get(form):
                wrong = found.wrong or (national and _never_national(found.statute))
                return Named("statute", found.statute, wrong, found.statute.name if wrong else "")
            if form in self._other:
                return Named("other_law")
        if self._local.match(name) and not national:
            return Named("local")
        if self._no_law.search(name):
            return Named("no_law")
        near = self._unfinished(name)
        if near is None and (nearest := self._near.nearest(name, national)):
            near = Named("statute" if nearest.statute else "other_law", nearest.statute, True, nearest.full)
        return near or Named("unknown")

    def _unfinished(self, name: str) -> Named | None:
        """A name without its last word (法, 条例), or with a slip in the state's own name."""
        for kind in self._words.types if len(name) >= UNFINISHED_FROM else ():
            if (found := self._by_name.get(name + kind)) and not found.wrong:
                return Named("statute", found.statute, True, found.statute.name)
        for long in (6, 7, 8) if name.startswith("中") else ():
            found = self._by_name.get(name[long:])
            if found and not found.wrong and distance(name[:long], _STATE, 2) in (1, 2):
                return Named("statute", found.statute, True, found.statute.name)
        return None

    def _forms(self, name: str) -> Iterator[str]:
        yield name
        if (shorter := _TAIL.sub("", name)) != name:
            yield shorter
        if code := self._code.match(name):
            yield code[1]
        if inner := self._inner.search(name):
            yield inner[1]
        if (rest := self._issuer.sub("", name)) != name:
            yield rest

    def status(self, written: str, day: date | None) -> str:
        """What a name stands for on a day, in plain Chinese."""
        named = self.meant(written)
        if named.wrong:
            return f"名称有误，应为《{named.right}》"
        if named.statute is not None:
            return told(named.statute, day)
        return {
            "other_law": "有效（未逐部核对）", "local": "未核对（地方或者本单位文件）", "draft": "草案，未核对",
            "no_law": "不是法规",
        }.get(named.kind, "未核对")  # fmt: skip


def _never_national(statute: Statute) -> bool:
    """Whether its right name is without the state's, so that writing it there is a fault."""
    return statute.kind in ("regulation", "rule", "party") and _STATE not in statute.name


def told(statute: Statute, day: date | None) -> str:
    """A statute's status on a day: 有效, 已废止 with the day and the successor, 尚未施行."""
    if day is None:
        return statute.status
    on = status_on(statute, day)
    if on.state == "repealed" and on.ended:
        by = f"，由《{'》《'.join(on.replaced_by)}》取代" if on.replaced_by else ""
        what = "期满" if statute.status.startswith("期满") else "已废止"
        return f"{what}（{on.ended + ONE_DAY}起{by}）"
    if on.state == "not_passed" and on.certain:
        return f"尚未公布（{on.changed}起施行）"
    if on.state == "passed":
        return f"已公布，尚未施行（{on.changed}起施行）"
    if on.state == "in_force":
        return "有效" if on.certain else "有效（待核）"
    if statute.until is not None and day <= statute.until:
        return "有效"
    return statute.status or "待核"


def left_out(written: str, right: str) -> bool:
    """Whether a name is the right one with characters left out and none changed."""
    short, rest = plain(written), iter(plain(right))
    return len(short) < len(plain(right)) and all(sign in rest for sign in short)


_kept: dict[tuple[int, int], tuple[Mapping[str, Statute], Style, Names]] = {}


def names_of(statutes: Mapping[str, Statute], style: Style) -> Names:
    """The names of a catalogue, made once for it."""
    kept = _kept.get((id(statutes), id(style)))
    if kept is None or kept[0] is not statutes or kept[1] is not style:
        kept = (statutes, style, Names(statutes, style.read("citations", CitationWords)))
        _kept[id(statutes), id(style)] = kept
    return kept[2]
