"""Wide forms made, and brought up to date: only cases with new entries, or that say another thing on another day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.db import connection, transaction

from fazheng.figures.dialects import dialect_of
from fazheng.figures.wide.columns import Column, shape_digest
from fazheng.figures.wide.selecting import NEVER_ENDS, TOUCHED, Making
from fazheng.figures.wide.tables import FORMS, lay, run, there, wide_table
from fazheng.ledger.chain import Head
from fazheng.ledger.rows import rows

_MOST_COLUMNS = 900  # half of what SQLite and PostgreSQL hold: a field takes two
_EDGES = ("since", "begun_since", "until", "begun_until")  # of most rows none lies within the days of the book
_SET = {edge: f"{edge} < '{NEVER_ENDS}'" if edge.endswith("until") else f"{edge} > ''" for edge in _EDGES}
_INVALID = " OR ".join(f"({_SET[edge]} AND {edge} {'<=' if edge.endswith('until') else '>'} %s)" for edge in _EDGES)


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of a wide form: the entry it is up to, and the days every row of it is valid for."""

    shape: str
    seq: int
    digest: str
    since: str
    until: str

    def answers(self, shape: str, head: Head, day: str) -> bool:
        return (self.shape, self.seq, self.digest) == (shape, head.seq, head.digest) and self.valid_on(day)

    def valid_on(self, day: str) -> bool:
        return self.since <= day < self.until


def brought_up(bureau: str, day: str, shapes: Mapping[str, tuple[Column, ...]]) -> dict[str, Form]:
    """The wide forms, of the procedures whose shapes are given, that now stand for the day and the whole book.

    Two statements where nothing is to do. Else one transaction for all that are brought up to date, in which only
    procedures with new entries are looked at, and one for each that is made anew; nobody writes meanwhile. A procedure
    that rows cannot hold is left out.
    """
    digests = {procedure: shape_digest(shape) for procedure, shape in shapes.items() if len(shape) <= _MOST_COLUMNS}
    tables = there()
    now, forms = _standing(bureau, tables)
    if now is None:
        return {}
    makings = {of: Making(bureau, of, day, dialect_of(connection.vendor), shapes[of]) for of in digests}
    if new := [of for of, digest in digests.items() if of not in forms or forms[of].shape != digest]:
        for of in new:
            _made(makings[of], digests[of])
        tables = there()
        now, forms = _standing(bureau, tables)
    if now is None or not all(of in forms and forms[of].answers(digest, now, day) for of, digest in digests.items()):
        forms = _refreshed(makings, digests, tables)
    return {of: forms[of] for of in digests if of in forms and forms[of].valid_on(day)}


def _standing(bureau: str, tables: Collection[str], *, lock: bool = False) -> tuple[Head | None, dict[str, Form]]:
    """The end of the chain, and the forms whose tables are among these. One statement; None where there is no book."""
    suffix = " FOR UPDATE OF h" if lock and connection.features.has_select_for_update else ""  # SQLite: IMMEDIATE
    columns, beside = "NULL, NULL, NULL, NULL, NULL, NULL", ""
    if FORMS in tables:
        columns = "f.procedure, f.shape, f.seq, f.digest, f.since, f.until"
        beside = f" LEFT JOIN {FORMS} f ON f.bureau = h.bureau"
    found = rows(f"SELECT h.seq, h.digest, {columns} FROM ledger_chain_head h{beside} WHERE h.bureau = %s{suffix}",
                 [bureau])  # fmt: skip
    forms = {row[2]: Form(*row[3:]) for row in found if row[2] and wide_table(bureau, row[2]) in tables}
    return (Head(*found[0][:2]) if found else None), forms


def _made(making: Making, digest: str) -> None:
    """The form made anew. Others may have been quicker: it is looked at again under the lock."""
    with transaction.atomic():
        now, forms = _standing(making.bureau, there(), lock=True)
        assert now is not None
        form = forms.get(making.procedure)
        if form is None or form.shape != digest:
            _note(making.bureau, now, {making.procedure: _anew(making, digest)})


def _refreshed(makings: Mapping[str, Making], digests: Mapping[str, str], tables: Collection[str]) -> dict[str, Form]:
    """The forms up to date, all in one transaction: rows are made only where entries came or the day asks for it."""
    bureau, day = next((making.bureau, making.day) for making in makings.values())
    with transaction.atomic():
        now, forms = _standing(bureau, tables, lock=True)
        assert now is not None
        behind = {of: form for of, form in forms.items() if of in digests and not form.answers(digests[of], now, day)}
        known, touched = _since(bureau, behind.values(), now)
        for of, form in behind.items():
            if form.shape != digests[of] or (form.seq, form.digest) not in known:
                behind[of] = _anew(makings[of], digests[of])
            elif of in touched or not form.valid_on(day):
                behind[of] = _again(makings[of], form)
        if behind:
            _note(bureau, now, behind)
    return forms | {of: replace(form, seq=now.seq, digest=now.digest) for of, form in behind.items()}


def _since(bureau: str, behind: Collection[Form], now: Head) -> tuple[set[tuple[int, str]], set[str]]:
    """Of the entries that these forms are up to those that are still the same, since a book that was restored may hold
    others; and the procedures of cases with entries after the earliest of them.
    """
    ends = {(form.seq, form.digest) for form in behind}
    if ends <= {(now.seq, now.digest)}:
        return ends, set()
    same = " OR ".join(["seq = %s"] * len(ends))
    found = rows(
        f"SELECT seq, digest FROM ledger_entry WHERE bureau = %s AND ({same}) UNION ALL"
        " SELECT DISTINCT 0, c.procedure FROM ledger_entry n JOIN ledger_case c ON c.bureau = n.bureau"
        " AND c.case_id = n.case_id WHERE n.bureau = %s AND n.seq > %s",
        [bureau, *(seq for seq, _ in ends), bureau, min(seq for seq, _ in ends)],
    )
    return {(seq, told) for seq, told in found if seq}, {told for seq, told in found if not seq}


def _note(bureau: str, now: Head, forms: Mapping[str, Form]) -> None:
    """Notes the forms as up to the end of the chain. One statement."""
    lay(FORMS)
    names = ("shape", "seq", "digest", "since", "until")
    run(
        f"INSERT INTO {FORMS} (bureau, procedure, {', '.join(names)}) VALUES"
        f" {', '.join(['(%s, %s, %s, %s, %s, %s, %s)'] * len(forms))} ON CONFLICT (bureau, procedure) DO UPDATE SET"
        f" {', '.join(f'{name} = excluded.{name}' for name in names)}",
        [
            value
            for of, form in sorted(forms.items())
            for value in (bureau, of, form.shape, now.seq, now.digest, form.since, form.until)
        ],
    )


def _anew(making: Making, digest: str) -> Form:
    table = wide_table(making.bureau, making.procedure)
    run(f"DROP TABLE IF EXISTS {table}")
    run(f"CREATE TABLE {table} ({', '.join(making.declared())})")
    statement = making.inserted(table, listed=False)
    run(statement.text, statement.params)
    for column in making.shape:
        if column.what == "bound":
            run(f"CREATE INDEX {table}_{column.name[-8:]} ON {table} ({Column('day', column.of).name})")
        if column.what == "all":  # the few cases whose events of that name are looked for one by one
            run(f"CREATE INDEX {table}_{column.name[-8:]}_all ON {table} (case_id) WHERE {column.name} > 1")
    for edge in _EDGES:
        run(f"CREATE INDEX {table}_{edge} ON {table} ({edge}) WHERE {_SET[edge]}")
    if connection.vendor == "postgresql":
        run(f"ANALYZE {table}")
    return Form(digest, 0, "", *_bounds(table))


def _again(making: Making, form: Form) -> Form:
    """Makes anew the cases with entries after the one the form is up to, and those whose rows are not valid on the
    day.
    """
    table, day = wide_table(making.bureau, making.procedure), making.day
    run(f"DROP TABLE IF EXISTS {TOUCHED}")
    run(f"CREATE TEMPORARY TABLE {TOUCHED} (case_id TEXT PRIMARY KEY)")
    run(
        f"INSERT INTO {TOUCHED} SELECT c.case_id FROM ledger_case c WHERE c.bureau = %s AND c.procedure = %s AND"
        " c.case_id IN (SELECT n.case_id FROM ledger_entry n WHERE n.bureau = %s AND n.seq > %s)"
        f" UNION SELECT case_id FROM {table} WHERE {_INVALID}",
        [making.bureau, making.procedure, making.bureau, form.seq, day, day, day, day],
    )
    run(f"DELETE FROM {table} WHERE case_id IN (SELECT case_id FROM {TOUCHED})")
    statement = making.inserted(table, listed=True)
    run(statement.text, statement.params)
    run(f"DROP TABLE {TOUCHED}")
    since, until = _bounds(table)
    return replace(form, since=since, until=until)


def _bounds(table: str) -> tuple[str, str]:
    """The days on which every row is valid: from the first, before the second."""
    found = ", ".join(
        f"(SELECT {'MIN' if edge.endswith('until') else 'MAX'}({edge}) FROM {table} WHERE {_SET[edge]})"
        for edge in _EDGES
    )
    since, begun_since, until, begun_until = rows(f"SELECT {found}", [])[0]
    ends = [NEVER_ENDS if one is None else one for one in (until, begun_until)]
    return max(since or "", begun_since or ""), min(ends)
