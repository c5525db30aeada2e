"""What the two runs show, kind by kind, in figures."""

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from fazheng.casework.bureaux import Bureau
from fazheng.ledger.chain import SealedEntry
from tests.enforcement.entering import Entered, afterwards, day_by_day, sealed
from tests.enforcement.made import Kind, kinds
from tests.enforcement.story import CaseFile

DECIDING = frozenset({"decide", "decide_no_penalty", "decide_on_spot"})
EXTRA = 3  # entries that a clean file may need beyond what its paper file holds anyway


@dataclass
class Count:
    """Of one kind: files, stopped by the right article in time, shown as overdue, recorded with what was wrong."""

    planted: int = 0
    stopped: int = 0
    shown: int = 0
    recorded: int = 0
    faults: list[str] = field(default_factory=list)  # which file did not go as it should, and how

    @property
    def met(self) -> int:
        """Stopped, or, of a deadline, shown as overdue before it was met."""
        return self.stopped + self.shown


@dataclass
class Outcome:
    kinds: dict[str, Count]
    clean: int = 0
    clean_faults: list[str] = field(default_factory=list)
    extra: dict[str, int] = field(default_factory=dict)  # by shape, the most that a clean file needed

    def share(self, *phases: str) -> tuple[int, int]:
        """How many of the files of these phases were stopped in time or shown, and of how many."""
        of = [count for id, count in self.kinds.items() if kinds()[id].phase in phases]
        return sum(count.met for count in of), sum(count.planted for count in of)

    @property
    def recorded(self) -> tuple[int, int]:
        return sum(c.recorded for c in self.kinds.values()), sum(c.planted for c in self.kinds.values())

    @property
    def slipped(self) -> list[str]:
        """The kinds of which a file was neither stopped nor shown, or recorded as if nothing had been wrong."""
        return [id for id, count in self.kinds.items() if min(count.met, count.recorded) < count.planted]


@cache
def papers() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("papers.toml").read_text("utf-8"))


def outcome(files: list[CaseFile], acting: Bureau, recording: Bureau) -> Outcome:
    """Enters the files in the one book day by day, in the other as what had happened, and counts."""
    done, past = day_by_day(acting, files), afterwards(recording, files)
    live, late = sealed(acting, done), sealed(recording, past)
    found = Outcome({id: Count() for id in kinds()})
    for one, other in zip(done, past, strict=True):
        before, after = live.get(one.case_id, []), late.get(other.case_id, [])
        if one.file.planted:
            _count(found.kinds[one.file.planted], kinds()[one.file.planted], one, other, after)
        else:
            _count_clean(found, one, other, before, after)
    return found


def _count(count: Count, kind: Kind, one: Entered, other: Entered, after: list[SealedEntry]) -> None:
    count.planted += 1
    right = any(refusal.article.startswith(kind.article) for refusal in one.refusals)
    unmade = kind.phase != "before" or not DECIDING & set(one.done)
    overdue = kind.phase == "deadline" and kind.limit in one.overdue and one.refused_at is None
    count.stopped += right and unmade
    count.shown += overdue
    sealed_with = kind.limit in missed(after) if kind.phase == "deadline" else _has(after, kind.article)
    count.recorded += sealed_with and other.refused_at is None
    if not (right and unmade) and not overdue:
        told = "; ".join(f"{refusal.gate} {refusal.article}" for refusal in one.refusals) or "nothing"
        count.faults.append(f"file {one.file.number} ({one.file.shape}): refused by {told}")
    if not sealed_with or other.refused_at is not None:
        count.faults.append(f"file {one.file.number} ({one.file.shape}): recorded without it")


def _count_clean(
    found: Outcome, one: Entered, other: Entered, before: list[SealedEntry], after: list[SealedEntry]
) -> None:
    found.clean += 1
    owed = {kind.limit for kind in kinds().values() if kind.limit}
    wrong = [f"refused {r.gate} {r.article}" for r in (*one.refusals, *other.refusals)]
    wrong += [f"defect in {entry.event}: {entry.defects}" for entry in (*before, *after) if entry.defects != "[]"]
    wrong += [f"overdue {limit}" for limit in sorted(owed & {*one.overdue, *missed(before), *missed(after)})]
    wrong += [f"warned {refusal.gate}" for refusal in (*one.warned, *other.warned)]
    found.clean_faults += [f"file {one.file.number} ({one.file.shape}): {what}" for what in wrong]
    held = sum(entry.step in papers()[one.file.procedure] for entry in one.file.entries)
    found.extra[one.file.shape] = max(found.extra.get(one.file.shape, 0), len(before) - held)


def missed(entries: Iterable[SealedEntry]) -> set[str]:
    """The limits that the book says were met too late."""
    return {json.loads(entry.data)["limit"] for entry in entries if entry.event == "limit_missed"}


def _has(entries: Iterable[SealedEntry], article: str) -> bool:
    return any(defect["article"].startswith(article) for defect in _defects(entries))


def _defects(entries: Iterable[SealedEntry]) -> Iterator[dict[str, str]]:
    for entry in entries:
        yield from json.loads(entry.defects)
