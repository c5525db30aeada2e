"""What 三项制度 ask of each kind of act: what is public and by when, what is recorded, which review comes before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

from msgspec import structs

from fazheng.lawbook.citation import parse as parse_citation
from fazheng.lawbook.conditions import Condition
from fazheng.lawbook.fault import Finding
from fazheng.lawbook.place import Adoption, Place
from fazheng.lawbook.procedure import Gate, Limit, Procedure, Rule, Table
from fazheng.lawbook.reading import by, convert, known, table, tables, toml

R = TypeVar("R", bound="ActRule")
ADOPTED = "act:"  # before a rule's id in `adopts`
BEFORE = "publication.before"  # the procedure in which matters are made public before any act
RECORDING = "enforcement.recording"  # the procedure in which a recording of one step of a case is kept
REGISTERED, FILED = "recording_registered", "recording_filed"
STAGES = {"before": "事前", "during": "事中", "after": "事后", "withdrawn": "撤回"}
MEDIA = {"text": "文字", "audio_visual": "音像"}


class ActRule(Rule, frozen=True, kw_only=True):
    """One duty of an act. `of` the procedures it binds: all of the act where none is named."""

    of: tuple[str, ...] = ()

    @property
    def has_effect(self) -> bool:
        """Whether it is shown as owed: not a local one nobody adopted, not one nobody verified."""
        return self.mark in ("read", "second_hand")


class Public(ActRule, frozen=True, kw_only=True):
    """What must be public. Before: `matter`, a choice of the procedure BEFORE. During: `needs`. After: a `limit`."""

    stage: Literal["before", "during", "after", "withdrawn"]
    matter: str = ""
    limit: str = ""
    when: Condition | None = None
    needs: Condition | None = None


class Recorded(ActRule, frozen=True, kw_only=True):
    """An entry or a recording that the record of a case must hold. `stage` of an audio-visual one: a choice there."""

    stage: str
    medium: Literal["text", "audio_visual"] = "text"
    when: Condition | None = None
    needs: Condition


class Reviewed(ActRule, frozen=True, kw_only=True):
    """A legal review: `gate` says when it is due and what meets it; `before` is the event it must come before."""

    gate: str
    before: str


class ActKind(Table, frozen=True, kw_only=True):
    """One kind of act: its procedures and what they owe."""

    id: str
    name: str
    of: tuple[str, ...]
    public: tuple[Public, ...] = ()
    recorded: tuple[Recorded, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()
    file: str = ""

    def rules(self) -> Iterator[Public | Recorded | Reviewed]:
        """Everything the act owes, in the order of public, recorded, reviewed."""
        yield from self.public
        yield from self.recorded
        yield from self.reviewed

    def binds(self, rule: ActRule, procedure: str) -> bool:
        return procedure in (rule.of or self.of)


def read_acts(root: Path, place: Place | None, findings: list[Finding]) -> dict[str, ActKind]:
    """Every kind of act by id, in the order of the files, as it has effect in `place`; rules that wait among them."""
    found = []
    for path in sorted((root / "acts").glob("*.toml")):
        file = path.relative_to(root).as_posix()
        raw = known(toml(path), ("act", "public", "recorded", "reviewed"), file, findings)
        head = table(raw, "act", file, findings)
        statute = str(head.pop("statute", ""))
        rows: dict[str, list[Any]] = {
            "public": _rules(raw, "public", Public, statute, place, file, findings),
            "recorded": _rules(raw, "recorded", Recorded, statute, place, file, findings),
            "reviewed": _rules(raw, "reviewed", Reviewed, statute, place, file, findings),
        }
        one = convert(head | {"file": file}, ActKind, file, findings)
        found += [_with(one, rows)] if one else []
    every = [rule for act in found for rule in act.rules()]
    by("id", every, "acts", findings)
    return by("id", found, "acts", findings)


def _with(one: ActKind, rows: dict[str, list[Any]]) -> ActKind:
    return ActKind(id=one.id, name=one.name, of=one.of, file=one.file, **{k: tuple(v) for k, v in rows.items()})


def _rules(
    raw: dict[str, Any], name: str, kind: type[R], statute: str, place: Place | None, file: str, findings: list[Finding]
) -> list[R]:
    found = []
    for row in tables(raw, name, file, findings):
        id = str(row.get("id", ""))
        findings += [Finding(file, f"不认识的词“{key}”", id) for key in row if key in ("statute", "adopted_as", "file")]
        full: dict[str, Any] = {"article": "", **row, "file": file}
        if "article" not in row:
            full.setdefault("mark", "unverified")  # until `settled` takes it from the limit or gate
        adoption = place.adoption(ADOPTED + id) if place else None
        if adoption is not None and full.get("mark") in ("local", "second_hand"):
            full |= _adopted(adoption, full)
        try:
            full["statute"] = parse_citation(str(full["article"]), statute).statute
        except ValueError:
            full["statute"] = ""  # the name of a document, with no article number
        if full.get("medium") == "audio_visual":
            full.setdefault("needs", {"linked": RECORDING, "where": _kept(str(row.get("stage", "")))})
        one = convert(full, kind, file, findings)
        found += [one] if one else []
    return found


def settled(acts: dict[str, ActKind], procedures: Mapping[str, tuple[Procedure, ...]]) -> dict[str, ActKind]:
    """The kinds of act, each duty that names a limit or gate and no article with the article and mark of that rule."""
    return {
        id: structs.replace(
            act,
            public=tuple(_settled(rule, rule.limit, act, procedures) for rule in act.public),
            reviewed=tuple(_settled(rule, rule.gate, act, procedures) for rule in act.reviewed),
        )
        for id, act in acts.items()
    }


def _settled(rule: R, named: str, act: ActKind, procedures: Mapping[str, tuple[Procedure, ...]]) -> R:
    of = (rule.of or act.of)[0]
    source = rule_of(procedures.get(of, ()), named) if named and not rule.article else None
    if source is None:
        return rule
    words = ("article", "mark", "statute", "says", "text", "adopted_as")
    return structs.replace(rule, name=rule.name or source.name, **{word: getattr(source, word) for word in words})


def rule_of(versions: tuple[Procedure, ...], id: str) -> Limit | Gate | None:
    """The limit or gate of that id in the newest version that has it, waiting ones among them; None where none has."""
    for version in reversed(versions):
        for rule in (*version.limits, *version.gates, *version.waiting):
            if rule.id == id and isinstance(rule, Limit | Gate):
                return rule
    return None


def _kept(stage: str) -> dict[str, Any]:
    """A recording of that stage is registered and its file taken in."""
    return {"all": [{"field": f"{REGISTERED}.stage", "is": stage}, {"event": FILED}]}


def _adopted(adoption: Adoption, raw: dict[str, Any]) -> dict[str, Any]:
    named = "本地规定" if raw["mark"] == "local" else "本局已核"
    return {"mark": "read", "adopted_as": named, "article": adoption.article or raw["article"]}
