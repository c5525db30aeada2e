"""Wide forms made, and brought up to date: only cases with new entries, or that say another thing on another day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.db import connection, transaction

from fazheng.figures.dialects import dialect_of
from fazheng.figures.wide.columns import Column, shape_digest
from fazheng.figures.wide.forms import Form
from fazheng.figures.wide.marks import Marks, marks_of, note
from fazheng.figures.wide.moving import Moving
from fazheng.figures.wide.selecting import NEVER_ENDS, TOUCHED, Making
from fazheng.figures.wide.tables import FORMS, MARKS, again_table, run, wide_table
from fazheng.ledger.chain import Head
from fazheng.ledger.rows import rows

_MOST_COLUMNS = 900  # half of what SQLite and PostgreSQL hold: a field takes two
_EDGES = ("since", "begun_since", "until", "begun_until")  # of most rows none lies within the days of the book
_SET = {edge: f"{edge} < '{NEVER_ENDS}'" if edge.endswith("until") else f"{edge} > ''" for edge in _EDGES}
_INVALID = " OR ".join(f"({_SET[edge]} AND {edge} {'<=' if edge.endswith('until') else '>'} %s)" for edge in _EDGES)


def brought_up(
    bureau: str, day: str, shapes: Mapping[str, tuple[Column, ...]], moving: Moving | None = None
) -> dict[str, Form]:
    """The wide forms, of the procedures whose shapes are given, that now stand for the day and the whole book.

    One statement where nothing is to do. Else the parts with new entries are noted, and what came to these procedures
    is brought in, in one transaction; those made anew take one each; nobody writes meanwhile. The numbers that
    `moving` knows of go along. A procedure that rows cannot hold is left out.
    """
    digests = {procedure: shape_digest(shape) for procedure, shape in shapes.items() if len(shape) <= _MOST_COLUMNS}
    marks, forms = _standing(bureau)
    if marks is None:
        return {}
    if not marks.current:
        note(bureau)
        marks, forms = _standing(bureau)
    makings = {of: Making(bureau, of, day, dialect_of(connection.vendor), shapes[of]) for of in digests}
    if new := [of for of, digest in digests.items() if of not in forms or forms[of].shape != digest]:
        for of in new:
            _made(makings[of], digests[of])
        marks, forms = _standing(bureau)
    assert marks is not None
    if behind := {of for of, digest in digests.items() if not _answers(forms, marks, of, digest, day)}:
        forms = _refreshed({of: makings[of] for of in sorted(behind)}, digests, moving)
    return {of: forms[of] for of in digests if of in forms and forms[of].valid_on(day)}


def _answers(forms: Mapping[str, Form], marks: Marks, of: str, digest: str, day: str) -> bool:
    return of in forms and forms[of].answers(digest, marks.last([of]), day)


def _standing(bureau: str, *, lock: bool = False) -> tuple[Marks | None, dict[str, Form]]:
    """The marks and the forms. One statement; None where there is no book."""
    if lock and connection.features.has_select_for_update:  # SQLite's transactions begin with the lock
        rows("SELECT seq FROM ledger_chain_head WHERE bureau = %s FOR UPDATE", [bureau])
    found = rows(
        "SELECT 0, '' AS part, seq, digest, '', '' FROM ledger_chain_head WHERE bureau = %s UNION ALL"
        f" SELECT 1, part, seq, digest, '', '' FROM {MARKS} WHERE bureau = %s UNION ALL"
        f" SELECT 2, procedure, seq, shape, since, until FROM {FORMS} WHERE bureau = %s",
        [bureau] * 3,
    )
    now = next((Head(seq, digest) for what, _, seq, digest, *_ in found if not what), None)
    marks = marks_of(now, [row[1:4] for row in found if row[0] == 1]) if now else None
    forms = {of: Form(shape, seq, since, until) for what, of, seq, shape, since, until in found if what == 2}
    return marks, forms


def _made(making: Making, digest: str) -> None:
    """The form made anew. Others may have been quicker: it is looked at again under the lock."""
    with transaction.atomic():
        marks, forms = _standing(making.bureau, lock=True)
        assert marks is not None
        form = forms.get(making.procedure)
        if form is None or form.shape != digest:
            _note(making.bureau, {making.procedure: _anew(making, digest, marks.now.seq)})


def _refreshed(makings: Mapping[str, Making], digests: Mapping[str, str], moving: Moving | None) -> dict[str, Form]:
    """The forms up to date, all in one transaction: rows are made only where entries came or the day asks for it."""
    bureau, day = next((making.bureau, making.day) for making in makings.values())
    with transaction.atomic():
        marks, forms = _standing(bureau, lock=True)
        assert marks is not None
        behind: dict[str, Form] = {}
        for of, making in makings.items():
            if of not in forms or forms[of].shape != digests[of]:
                behind[of] = _anew(making, digests[of], marks.now.seq)
            elif not _answers(forms, marks, of, digests[of], day):
                behind[of] = _again(making, forms[of], marks.now.seq, moving)
        if behind:
            _note(bureau, behind)
    return forms | behind


def _note(bureau: str, forms: Mapping[str, Form]) -> None:
    """Notes the forms. One statement."""
    names = ("shape", "seq", "since", "until")
    run(
        f"INSERT INTO {FORMS} (bureau, procedure, {', '.join(names)}) VALUES"
        f" {', '.join(['(%s, %s, %s, %s, %s, %s)'] * len(forms))} ON CONFLICT (bureau, procedure) DO UPDATE SET"
        f" {', '.join(f'{name} = excluded.{name}' for name in names)}",
        [
            value
            for of, form in sorted(forms.items())
            for value in (bureau, of, form.shape, form.seq, form.since, form.until)
        ],
    )


def _anew(making: Making, digest: str, seq: int) -> Form:
    table, again = wide_table(making.bureau, making.procedure), again_table(making.bureau, making.procedure)
    for one in (table, again):
        run(f"DROP TABLE IF EXISTS {one}")
    run(f"CREATE TABLE {table} ({', '.join(making.declared())})")
    run(f"CREATE TABLE {again} (case_id TEXT NOT NULL, event TEXT NOT NULL, on_day TEXT NOT NULL, data TEXT NOT NULL)")
    statement = making.inserted(table, listed=False)
    run(statement.text, statement.params)
    for column in making.shape:
        if column.what == "bound":
            run(f"CREATE INDEX {table}_{column.name[-8:]} ON {table} ({Column('day', column.of).name})")
        if column.what == "all":  # the few cases whose events of that name are looked for one by one
            run(f"CREATE INDEX {table}_{column.name[-8:]}_all ON {table} (case_id) WHERE {column.name} > 1")
            several = making.several(table, column)
            run(f"INSERT INTO {again} {several.text}", several.params)
    run(f"CREATE INDEX {again}_case ON {again} (case_id, event)")
    for edge in _EDGES:
        run(f"CREATE INDEX {table}_{edge} ON {table} ({edge}) WHERE {_SET[edge]}")
    if connection.vendor == "postgresql":
        run(f"ANALYZE {table}")
        run(f"ANALYZE {again}")
    return Form(digest, seq, *_bounds(table))


def _again(making: Making, form: Form, seq: int, moving: Moving | None) -> Form:
    """Makes anew the cases with entries after the one the form is up to, and those whose rows are not valid on the
    day. What the kept numbers took from cases with entries goes out before, and what they take now comes in.
    """
    table, again = wide_table(making.bureau, making.procedure), again_table(making.bureau, making.procedure)
    run(f"CREATE TEMPORARY TABLE IF NOT EXISTS {TOUCHED} (case_id TEXT PRIMARY KEY, entered INTEGER NOT NULL)")
    run(f"DELETE FROM {TOUCHED}")  # it stays: a table that comes or goes makes SQLite read all statements anew
    run(f"INSERT INTO {TOUCHED} SELECT DISTINCT case_id, 1 FROM ledger_entry WHERE bureau = %s AND seq > %s",
        [making.bureau, form.seq])  # fmt: skip
    run(f"INSERT INTO {TOUCHED} SELECT case_id, 0 FROM {table} WHERE {_INVALID} ON CONFLICT DO NOTHING",
        [making.day] * 4)  # fmt: skip
    held = moving.before(making.procedure, form.seq) if moving else None
    for one in (table, again):
        run(f"DELETE FROM {one} WHERE case_id IN (SELECT case_id FROM {TOUCHED})")
    statement = making.inserted(table, listed=True)
    run(statement.text, statement.params)
    if any(column.what == "all" for column in making.shape):
        several = making.several(f"{TOUCHED} x CROSS JOIN {table}", None)
        run(f"INSERT INTO {again} {several.text}", several.params)
    if moving and held:
        moving.after(held, seq)
    since, until = _bounds(table)
    return replace(form, seq=seq, since=since, until=until)


def _bounds(table: str) -> tuple[str, str]:
    """The days on which every row is valid: from the first, before the second."""
    found = ", ".join(
        f"(SELECT {'MIN' if edge.endswith('until') else 'MAX'}({edge}) FROM {table} WHERE {_SET[edge]})"
        for edge in _EDGES
    )
    since, begun_since, until, begun_until = rows(f"SELECT {found}", [])[0]
    ends = [NEVER_ENDS if one is None else one for one in (until, begun_until)]
    return max(since or "", begun_since or ""), min(ends)
