"""Which parts of a book went on, and when: what was worked out of the others is still true.

A part is a procedure, an event of a procedure (`procedure/event`), a register, or what else its entries stand under:
the word before the colon of their case id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import connection, transaction

from fazheng.figures.wide.tables import MARKS, drop, run
from fazheng.ledger.chain import Head
from fazheng.ledger.rows import rows

END, BEGUN = ":end", ":begun"  # up to which entry the marks tell, and since which


@dataclass(frozen=True)
class Marks:
    """Where the book ends, up to which entry the marks tell, and after which entry no part has had another one."""

    now: Head
    noted: Head | None
    begun: Head | None
    moved: Mapping[str, int]

    @property
    def current(self) -> bool:
        return self.noted == self.now

    def joined(self, later: Marks) -> Marks:
        """These marks with what was noted later."""
        return replace(later, begun=later.begun or self.begun, moved={**self.moved, **later.moved})

    def last(self, parts: Iterable[str]) -> int:
        """After which entry nothing came to any of these parts, as far as is known."""
        begun = self.begun.seq if self.begun else 0
        return max((self.moved.get(part, begun) for part in parts), default=begun)


def marks_of(now: Head, told: Iterable[tuple[str, int, str]]) -> Marks:
    """The marks that these rows of the table tell: part, number and digest of an entry."""
    heads, moved = dict[str, Head](), dict[str, int]()
    for part, seq, digest in told:
        if part in (END, BEGUN):
            heads[part] = Head(seq, digest)
        else:
            moved[part] = seq
    return Marks(now, heads.get(END), heads.get(BEGUN), moved)


def note(bureau: str) -> Marks | None:
    """Notes which parts went on since it was noted last, and gives the marks of those and no others. Three statements
    in a transaction; nobody writes meanwhile. None where somebody else was quicker, or there is no book.

    Where other entries stand than those that were noted, as in a book that was restored, all that figures made goes.
    """
    with transaction.atomic():
        known = _locked(bureau)
        if known is None or known.current:
            return None
        moved = _since(bureau, known.noted) if known.noted else None
        if moved is None:
            drop(bureau)
        ends = [(END, known.now), *([(BEGUN, known.now)] if moved is None else [])]
        put = [(part, head.seq, head.digest) for part, head in ends]
        put += [(part, seq, "") for part, seq in sorted((moved or {}).items())]
        run(
            f"INSERT INTO {MARKS} (bureau, part, seq, digest) VALUES {', '.join(['(%s, %s, %s, %s)'] * len(put))}"
            " ON CONFLICT (bureau, part) DO UPDATE SET seq = excluded.seq, digest = excluded.digest",
            [value for one in put for value in (bureau, *one)],
        )
    return marks_of(known.now, put)


def _locked(bureau: str) -> Marks | None:
    """The end of the book and of the marks, the book locked. SQLite's transactions begin with the lock."""
    suffix = " FOR UPDATE OF h" if connection.features.has_select_for_update else ""
    found = rows(
        f"SELECT h.seq, h.digest, m.part, m.seq, m.digest FROM ledger_chain_head h LEFT JOIN {MARKS} m"
        f" ON m.bureau = h.bureau AND m.part = '{END}' WHERE h.bureau = %s{suffix}",
        [bureau],
    )
    return marks_of(Head(*found[0][:2]), [row[2:] for row in found if row[2]]) if found else None


def _since(bureau: str, noted: Head) -> dict[str, int] | None:
    """The parts with entries after that one, and the last of them; None where another entry stands there now."""
    found = rows(
        "SELECT seq, digest, '' FROM ledger_entry WHERE bureau = %s AND seq = %s UNION ALL"
        " SELECT MAX(n.seq), COALESCE(c.procedure, n.case_id), n.event FROM ledger_entry n LEFT JOIN ledger_case c"
        " ON c.bureau = n.bureau AND c.case_id = n.case_id WHERE n.bureau = %s AND n.seq > %s GROUP BY 2, 3",
        [bureau, noted.seq, bureau, noted.seq],
    )
    if noted.seq and (noted.seq, noted.digest, "") not in found:
        return None
    moved: dict[str, int] = {}
    for seq, told, event in found:
        of = part_of(told)
        for part in (of, f"{of}/{event}") if seq > noted.seq else ():
            moved[part] = max(seq, moved.get(part, 0))
    return moved


def part_of(told: str) -> str:
    """The part that a case id or a procedure names."""
    if ":" in told:
        return told.split(":", 1)[0]
    before, *number = told.rsplit("-", 2)
    return before if len(number) == 2 and all(one.isdigit() for one in number) else told
