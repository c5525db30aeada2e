"""Many cases seen from a day, each worked out once and kept by what it rests on: its entries, those of the linked cases
that its rules ask, and the rows of registers that were asked. An entry in any other case asks nothing anew.

What is kept names the digest of a case's last entry, which no other history has; so it outlives every entry, and is
right in whatever book that case stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from fazheng.casework.folding import CaseFile, case_file
from fazheng.casework.kept import FILES, MOST_FILES, MOST_OUTLOOKS, OUTLOOKS, Outlook, Spans
from fazheng.casework.writing import Writing
from fazheng.lawbook.conditions import Condition, Linked, Registered, walk
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Procedure
from fazheng.ledger.joined import Question, Row
from fazheng.ledger.read import cases_entries
from fazheng.procedure.standing import Stood, standing_on
from fazheng.procedure.surroundings import LinkedCase, Surroundings
from fazheng.register import spans_of, spans_of_many

T = TypeVar("T")
_MOST_VERSIONS = 300
WHATS = COMING, SUGGESTED = "coming", "suggested"  # what is kept of a case: see waiting.py, and 今日
_ENDS = (  # of cases c0 whose last entry has the number c1
    "SELECT k.c0, e.digest{more} FROM {of} k CROSS JOIN ledger_entry e"
    " WHERE e.bureau = %s AND e.case_id = k.c0 AND e.version = k.c1"
)
_LINKS = (
    "SELECT k.c0, l.{there}, e.digest FROM {of} k CROSS JOIN ledger_case_link l CROSS JOIN ledger_case c"
    " CROSS JOIN ledger_entry e WHERE l.bureau = %s AND l.{here} BETWEEN k.c0 AND k.c0"  # = walks all of the bureau's
    " AND c.bureau = %s AND c.case_id = l.{there} AND e.bureau = %s AND e.case_id = c.case_id"
    " AND e.version = c.last_version"
)


@dataclass(slots=True)
class Ends:
    """Where cases end: the digest of the last entry of each. `linked`: a case → those it names and those that name it,
    with where they end.
    """

    cases: dict[str, str] = field(default_factory=dict)
    linked: dict[str, dict[str, str]] = field(default_factory=dict)

    def told(self, ends: Iterable[Row], links: Iterable[Row]) -> None:
        """Takes what `ends_of` was answered."""
        self.cases |= {str(row[0]): str(row[1]) for row in ends}
        for case_id, other, digest in links:
            self.linked.setdefault(str(case_id), {})[str(other)] = str(digest)


def ends_of(bureau: str, of: str, more: int = 0) -> dict[str, Question]:
    """Where the cases of the question `of` end, told with columns c2 and so on, as many as `more`; and those linked to
    them. That question tells case ids and the number of the last entry of each.
    """
    beside = "".join(f", k.c{n}" for n in range(2, 2 + more))
    both = [("from_case", "to_case"), ("to_case", "from_case")]
    links = " UNION ALL ".join(_LINKS.format(of=of, here=here, there=there) for here, there in both)
    return {
        f"{of}_ends": Question(_ENDS.format(of=of, more=beside), (bureau,), 2 + more),
        f"{of}_links": Question(links, (bureau,) * 6, 3),
    }


def files_of(looking: Writing, digests: Mapping[str, str]) -> dict[str, CaseFile]:
    """The cases that end so. One statement for those that nobody read since their last entry, else none; unknown ones
    are left out.
    """
    found = {id: file for id in digests if (file := FILES.get(id)) and file.entries[-1].digest == digests[id]}
    missing = [id for id in digests if id not in found]
    for id, rows in cases_entries(looking.bureau.code, missing) if missing else ():
        if file := case_file(id, rows, looking.book):
            found[id] = file
            _put(FILES, id, file, MOST_FILES)
    return found


class Sight:
    """Cases and what each is decided in, for who only looks. `files`: those that end so, and the linked ones asked."""

    def __init__(self, looking: Writing, ends: Ends) -> None:
        self._looking, self._plain = looking, looking.surroundings()
        self._links: dict[str, list[str]] = {}
        digests = dict(ends.cases)
        for id, others in ends.linked.items():
            asked = _asks_linked(looking.book, id.rsplit("-", 2)[0])
            self._links[id] = sorted(other for other in others if other.rsplit("-", 2)[0] in asked)
            digests |= {other: others[other] for other in self._links[id]}
        self.files = files_of(looking, digests)
        self._rows: dict[tuple[str, str], Spans] = {}

    def ready(self, case_ids: Iterable[str]) -> None:
        """Reads at once what rows of registers the cases' rules ask. One statement; none where they ask none."""
        asked = {pair for id in case_ids if (file := self.files.get(id)) for pair in self._asked(file)}
        if missing := sorted(asked - set(self._rows)):
            told = spans_of_many(self._looking.bureau.code, missing)
            self._rows |= {pair: tuple(told.get(pair, ())) for pair in missing}

    def kept(self, what: str, file: CaseFile, make: Callable[[Surroundings], T]) -> T:
        """What `make` gives for the case that day, worked out once. It must follow from the case, the law files and
        what it asks of the surroundings it is given; nobody may change it. `what`: one of WHATS.
        """
        key = self._key(what, file)
        known = OUTLOOKS.get(key)
        if known is not None and all(self._spans(pair) == spans for pair, spans in known.rows):
            kept: T = known.made
            return kept
        asked: dict[tuple[str, str], Spans] = {}
        made = make(self._around(file, asked))
        _put(OUTLOOKS, key, Outlook(made, tuple(asked.items())), MOST_OUTLOOKS)
        return made

    def _key(self, what: str, file: CaseFile) -> tuple[str, ...]:
        looking, others = self._looking, (self.files.get(id) for id in self._links.get(file.case_id, ()))
        linked = (other.entries[-1].digest for other in others if other)
        version = file.law.on(looking.today) or file.law.first
        last = file.entries[-1].digest
        return (what, looking.bureau.code, file.case_id, last, looking.today.isoformat(), version.digest, *linked)

    def _around(self, file: CaseFile, asked: dict[tuple[str, str], Spans]) -> Surroundings:
        """What the case is decided in; the rows that it asks are noted in `asked`."""

        def registered(register: str, key: str, day: date) -> Stood | None:
            spans = asked[register, key] = self._spans((register, key))
            return standing_on(spans, day)

        linked: dict[str, list[LinkedCase]] = {}
        for other in (self.files.get(id) for id in self._links.get(file.case_id, ())):
            if other is not None:
                linked.setdefault(other.procedure, []).append(LinkedCase(other.law, other.case))
        of = {procedure: tuple(cases) for procedure, cases in linked.items()}
        return replace(self._plain, registered=registered, linked=of)

    def _spans(self, pair: tuple[str, str]) -> Spans:
        if pair not in self._rows:
            self._rows[pair] = tuple(spans_of(self._looking.bureau.code, *pair))
        return self._rows[pair]

    def _asked(self, file: CaseFile) -> Iterator[tuple[str, str]]:
        """The rows the case asked when it was looked at last, and those that its conditions name."""
        for what in WHATS:
            if (known := OUTLOOKS.get(self._key(what, file))) is not None:
                yield from (pair for pair, _ in known.rows)
        version = file.law.on(self._looking.today) or file.law.first
        for procedure, asked in registered_in(version):
            others = (self.files.get(id) for id in self._links.get(file.case_id, ()))
            for one in others if procedure else (file,):
                if one is None or procedure not in ("", one.procedure):
                    continue
                source = one.case.until(self._looking.today).last(asked.key.event)
                key = source.fact(asked.key.field) if source else None
                if isinstance(key, str):
                    yield asked.register, key


_REGISTERED: dict[int, tuple[Procedure, tuple[tuple[str, Registered], ...]]] = {}  # holds the version: see below


def registered_in(version: Procedure) -> tuple[tuple[str, Registered], ...]:
    """What the rules of a version ask of registers: of the case itself (""), or of linked ones of a procedure."""
    known = _REGISTERED.get(id(version))  # its identity is not used again while it is held
    if known is None:
        if len(_REGISTERED) >= _MOST_VERSIONS:
            _REGISTERED.clear()
        known = _REGISTERED[id(version)] = version, tuple(_registered(version.conditions(), ""))
    return known[1]


def _registered(conditions: Iterable[Condition], procedure: str) -> Iterator[tuple[str, Registered]]:
    for part in (part for one in conditions for part in walk(one)):
        if isinstance(part, Registered):
            yield procedure, part
        elif isinstance(part, Linked):
            yield from _registered([part.where], part.procedure)


def _asks_linked(book: LawBook, procedure: str) -> frozenset[str]:
    """The procedures of whose linked cases some version asks."""
    return frozenset(other for version in book.procedures.get(procedure, ()) for other in version.asks_linked)


def _put(kept: dict[Any, Any], key: Any, made: Any, most: int) -> None:
    """Keeps it as the newest; the oldest are let go."""
    kept.pop(key, None)
    kept[key] = made
    while len(kept) > most:
        with suppress(KeyError, StopIteration, RuntimeError):  # another thread may be at it
            del kept[next(iter(kept))]
