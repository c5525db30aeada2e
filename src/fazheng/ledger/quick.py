"""The chain of one bureau checked in ranges, by all cores, with a verdict of yes or doubt.

`whole` says yes only where the walk in order would find nothing. Whoever is told a doubt walks.
"""

import hashlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from django.db import connection

from fazheng.ledger.chain import GENESIS, form_of, hash_of
from fazheng.ledger.merkle import Frontier
from fazheng.ledger.ranges import RANGE, Asked, Source, Told, check, sample
from fazheng.ledger.rows import chunks, listed, rows

SAMPLED = 10_000  # old entries read again each time; a book of no more is always read whole
_ALONE = 3 * RANGE  # below this a second process costs more than it saves

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to read. `since`: the entries up to this number were read before; 0 reads all. `seed` chooses the sample.

    `sizes`: tree sizes whose roots somebody holds. `cores`: processes at work; None: those of this machine.
    `sampled`: how many of the entries before `since` are read all the same, all of them where there are no more.
    `span`: entries in one range, a power of two.
    """

    since: int = 0
    seed: bytes = b""
    sizes: frozenset[int] = frozenset()
    cores: int | None = None
    sampled: int = SAMPLED
    span: int = RANGE
    progress: Progress = lambda done, total: None


READ_ALL = Plan()


@dataclass(slots=True)
class Whole:
    """A chain that holds: its length, its last digest, the roots at the sizes that were asked for and at its end.

    Every column was read of the entries from `read_from` on, and of `sampled` ones before it.
    """

    entries: int
    head: str
    form: int
    read_from: int
    sampled: int
    roots: dict[int, str] = field(default_factory=dict)


def whole(
    bureau: str, plan: Plan, apart: Callable[[set[str]], bool], meanwhile: Callable[[], bool] = lambda: True
) -> Whole | None:
    """What was read where all holds; None for any doubt.

    `apart` is asked of the values held apart that some entries name, `meanwhile` once while other processes read: where
    either says no, that is a doubt too. Raises DigestMissing.
    """
    found = rows(
        "SELECT seq, digest, (SELECT count(*) FROM ledger_entry WHERE bureau = %s),"
        " (SELECT data FROM ledger_entry WHERE bureau = %s AND seq = 1) FROM ledger_chain_head WHERE bureau = %s",
        [bureau, bureau, bureau],
    )
    if not found or found[0][0] != found[0][2]:
        return None
    length, head, _, opened = found[0]
    form = form_of(opened)
    hash_of(form)
    since = min(plan.since, length) if plan.since > plan.sampled else 0
    told = Whole(length, head, form, since + 1, 0)
    source = _source()
    sizes = tuple(size for size in {*plan.sizes, length} if 0 < size <= length)
    asked = [
        Asked(source, bureau, form, first, min(first + plan.span - 1, length), since + 1, sizes)
        for first in range(1, length + 1, plan.span)
    ]
    joined = _Joined(told, bureau, since)
    with _each(asked, plan, length) as answers:
        if not meanwhile():
            return None
        for answer in answers:
            if answer is None or not joined.take(answer) or not apart(answer.apart):
                return None
    if not joined.ends_with(head):
        return None
    if since:
        told.sampled = plan.sampled
        if not sample(source, bureau, form, _drawn(plan.seed, since, plan.sampled)):
            return None
    return told


def _drawn(seed: bytes, since: int, count: int) -> list[int]:
    """`count` of the numbers up to `since`, in order; who does not know the seed cannot know which."""
    found: set[int] = set()
    turn = 0
    while len(found) < count:
        found.add(int.from_bytes(hashlib.sha256(seed + turn.to_bytes(8, "big")).digest(), "big") % since + 1)
        turn += 1
    return sorted(found)


class _Joined:
    """Ties ranges together as they come, in order."""

    def __init__(self, told: Whole, bureau: str, since: int) -> None:
        self._told, self._bureau, self._since = told, bureau, since
        self._last = GENESIS
        self._front = Frontier(hash_of(told.form))
        self._versions: dict[str, int] = {}

    def take(self, part: Told) -> bool:
        """Whether the next range goes on where the last one ended."""
        if part.before and part.before != (part.joint or self._last):
            return False
        if not self._follows(part.versions):
            return False
        self._told.roots |= {size: self._front.root(peaks).hex() for size, peaks in part.at.items()}
        for level, digest in part.peaks:
            self._front.add(level, digest)
        self._last = part.after
        return True

    def ends_with(self, digest: str) -> bool:
        return self._last == digest

    def _follows(self, versions: dict[str, tuple[int, int]]) -> bool:
        known = self._versions
        if self._since:
            new = [case for case in versions if case not in known]
            known |= dict.fromkeys(new, 0) | _versions_before(self._bureau, new, self._since)
        for case, (first, last) in versions.items():
            if first != known.get(case, 0) + 1:
                return False
            known[case] = last
        return True


def _versions_before(bureau: str, cases: Sequence[str], since: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in chunks(cases):
        named = f"case_id IN ({listed(len(some))}) AND seq <= %s GROUP BY case_id"
        sql = f"SELECT case_id, count(*) FROM ledger_entry WHERE bureau = %s AND {named}"
        found |= dict(rows(sql, [bureau, *some, since]))
    return found


@contextmanager
def _each(asked: Sequence[Asked], plan: Plan, length: int) -> Iterator[Iterable[Told | None]]:
    """The answers to all, in order; by processes of their own where there is enough to do."""
    cores = plan.cores or (min(os.cpu_count() or 1, 8) if length > _ALONE else 1)
    if cores == 1:
        yield _in_turn(asked, plan, length)
        return
    workers = [_begun(asked[n::cores]) for n in range(cores)]
    try:
        yield _told(workers, asked, plan, length)
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()


def _begun(asked: Sequence[Asked]) -> subprocess.Popen[bytes]:
    """A process at work on these. Not forked: it would share this one's connection."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "fazheng.ledger.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert worker.stdin is not None
    with suppress(BrokenPipeError):
        worker.stdin.write(pickle.dumps(list(asked)))
        worker.stdin.flush()
    return worker


def _in_turn(asked: Sequence[Asked], plan: Plan, length: int) -> Iterator[Told | None]:
    for one in asked:
        yield check(one)
        plan.progress(one.last, length)


def _told(
    workers: Sequence[subprocess.Popen[bytes]], asked: Sequence[Asked], plan: Plan, length: int
) -> Iterator[Told | None]:
    for n, one in enumerate(asked):
        answers = workers[n % len(workers)].stdout
        assert answers is not None
        try:
            yield pickle.load(answers)
        except (EOFError, pickle.UnpicklingError):  # the process is gone: a doubt, and the walk goes alone
            yield None
        plan.progress(one.last, length)


def _source() -> Source:
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return Source(file=str(known["NAME"]))
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return Source(server={names[key]: known[key] for key in names if known[key]} | known["OPTIONS"])
