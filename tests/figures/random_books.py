"""Random books of the toy law, and random figures over its whole vocabulary."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from fazheng.figures import Period
from fazheng.lawbook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Expired,
    Fact,
    FieldTest,
    Happened,
    HappenedInPeriod,
    HappenedSince,
    HasDefect,
    Linked,
    Missed,
    Not,
    OtherFact,
    ParameterRef,
    Registered,
)
from fazheng.lawbook.figure import Figure
from tests.figures.books import Writer

# a change of versions, a spring with make-up days, the end of the known calendar: days lie close, so that they meet
WINDOWS = [date(2024, 6, 10), date(2024, 1, 25), date(2025, 12, 8)]
CASES = [f"toy.case-2024-{n:04d}" for n in range(1, 5)]
MATTERS = [f"toy.matter-2024-{n:04d}" for n in range(1, 4)]
EVENTS = {
    "toy.case": ["opened", "noted", "paused", "resumed", "extended", "answered", "closed"],
    "toy.matter": ["begun", "finished"],
}
APART = {"apart": "0" * 64}
FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "opened": {
        "urgent": st.booleans(),
        "size": st.integers(0, 6),
        "colour": st.sampled_from(["red", "green", "blue", "grey"]),
        "topic": st.sampled_from(["a", "b", "甲", "2024-03-01"]),
        "other": st.sampled_from([[case] for case in CASES] + [CASES[:2], MATTERS[:1]]),
        "secret": st.just(APART),
    },
    "noted": {
        "amount": st.integers(0, 6),
        "day": st.sampled_from(["2024-02-29", "2024-08-01", "2025-01-01"]),
        "words": st.lists(st.sampled_from(["a", "b", "甲"]), max_size=4),
        "people": st.lists(st.sampled_from(["甲", "乙", "丙"]), max_size=3, unique=True),
        "secret": st.just(APART),
    },
    "extended": {"days": st.integers(1, 12)},
    "answered": {"colour": st.sampled_from(["red", "green"]), "size": st.integers(0, 6)},
    "begun": {"about": st.sampled_from(CASES), "size": st.integers(0, 6)},
    "finished": {"size": st.integers(0, 6)},
}
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, False, 0, 1, 3, "1", "a", "true", [], [1, "a", True], ["甲"], APART]
)
NAMES = ODD.filter(lambda one: one != APART)  # nobody's name is held apart: who has a part in a case stands in a table
GATES = ["noted_first", "told_twice", "once"]
LIMITS = {
    "toy.case": ["answer_period", "waiting_period", "notes_period", "year_end", "note_right", "large_period"],
    "toy.matter": ["finish_period"],
}
KEYS = st.sampled_from(["a", "b", "甲", "乙", "red"])  # some of them what a case may name, and who acts in it
LIKELY = {"toy.case": ["noted", "noted", "paused", "resumed", "answered"], "toy.matter": []}
PEOPLE = st.sampled_from(["甲", "乙", "丙"])


@st.composite
def entry_data(draw: st.DrawFn, event: str, *, odd: bool = True) -> dict[str, Any]:
    """Data of an event: fields there or not, mostly of their kind."""
    found = {}
    for name, values in FIELDS.get(event, {}).items():
        roll = draw(st.integers(0, 9))
        if roll < 7:
            found[name] = draw(values)
        elif roll == 9 and odd and name not in ("other", "about"):
            found[name] = draw(NAMES if name == "people" else ODD)
    return found


@dataclass(frozen=True)
class Scene:
    """A book, and periods that begin or end among its days."""

    writer: Writer
    periods: list[Period]


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """A random book of a few cases, and three periods."""
    window = draw(st.sampled_from(WINDOWS))
    firsts = [window + timedelta(days=draw(st.integers(-10, 25))) for _ in range(3)]
    return Scene(_book(draw, window), [(first, first + timedelta(days=draw(st.integers(0, 40)))) for first in firsts])


def _book(draw: st.DrawFn, window: date) -> Writer:
    """Steps on any day of the window, corrections, withdrawals and late additions among them."""
    writer = Writer()
    days = st.integers(0, 40).map(lambda n: (window + timedelta(days=n)).isoformat())
    cases = draw(st.lists(st.sampled_from(CASES), unique=True, min_size=2))
    for case in cases + draw(st.lists(st.sampled_from(MATTERS), unique=True)):
        _case(draw, writer, case, days)
    for key in draw(st.lists(KEYS, unique=True)):
        _rows(draw, writer, key, days)
    if draw(st.integers(0, 3)) == 0:
        writer.enters("nothing:toy.matter", "nothing_happened", "2025-01-05", {"of": "toy.matter", "year": 2024})
    return writer


def _rows(draw: st.DrawFn, writer: Writer, key: str, days: st.SearchStrategy[str]) -> None:
    """A row that comes, changes, goes and comes again, before the window too, often on the day it went."""
    long_ago = st.sampled_from(["2021-12-31", "2022-02-28", "2023-12-29", "2024-01-01"])
    gone = ""
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["row_enter", "row_enter", "row_change", "row_strike"]))
        on = draw(st.one_of(days, days, long_ago, st.just(gone or "2024-06-12")))
        row = {"code": key, "colour": draw(st.sampled_from(["red", "green", None])), "size": draw(st.integers(0, 2))}
        row |= {"tags": draw(st.lists(st.sampled_from(["a", "b"]), max_size=2)), "open": draw(st.booleans())}
        writer.enters(f"toy_list:{key}", kind, on, {} if kind == "row_strike" else {"row": row})
        gone = on if kind == "row_strike" else gone


def _case(draw: st.DrawFn, writer: Writer, case: str, days: st.SearchStrategy[str]) -> None:
    procedure = case.rsplit("-", 2)[0]
    names = EVENTS[procedure]
    writer.opens(case, names[0], draw(days), draw(entry_data(names[0])), by=draw(PEOPLE))
    for version in range(2, 2 + draw(st.integers(1, 7))):
        what = draw(st.sampled_from([*["step"] * 7, "correct", "withdraw", "add_late"]))
        event, on = draw(st.sampled_from(names + LIKELY[procedure])), draw(days)
        broken = [(gate, "试验法第五条") for gate in draw(st.lists(st.sampled_from(GATES), max_size=1))]
        if what == "withdraw":
            writer.enters(case, "withdraw", on, {"entry": draw(st.integers(1, version - 1)), "reason": APART})
        elif what == "correct":
            data: dict[str, Any] = {"entry": draw(st.integers(1, version - 1)), "reason": APART, "data": {}}
            data["data"] = draw(entry_data(event, odd=False))
            writer.enters(case, "correct", on, data | draw(st.fixed_dictionaries({}, optional={"on": days})))
        elif what == "add_late":
            late = {"event": event, "data": draw(entry_data(event)), "reason": APART}
            writer.enters(case, "add_late", on, late, by=draw(PEOPLE), defects=broken)
        else:
            writer.enters(case, event, on, draw(entry_data(event)), by=draw(PEOPLE), defects=broken)


@cache
def facts(procedure: str) -> st.SearchStrategy[Fact]:
    """Facts of the procedure that a test may be asked of: what is held apart is not among them."""
    named = [Fact(event, field) for event in EVENTS[procedure] for field in ("on", "by", *FIELDS.get(event, {}))]
    return st.sampled_from([fact for fact in named if fact.field != "secret"])


SIDES: st.SearchStrategy[Any] = st.one_of(
    st.booleans(),
    st.integers(0, 4),
    st.sampled_from(["a", "甲", "red", "1", "2024-03-01", CASES[0]]),
    st.sampled_from([day + timedelta(days=20) for day in WINDOWS]),
)


@cache
def field_tests(procedure: str) -> st.SearchStrategy[Condition]:
    """Field tests of every kind, with right sides of every kind."""
    comparing = st.sampled_from(["is", "at_least", "at_most"])
    several = st.lists(SIDES, min_size=1, max_size=3).map(tuple)
    told = st.builds(FieldTest, facts(procedure), comparing, SIDES)
    named = [Fact(event, field) for event in EVENTS[procedure] for field in FIELDS.get(event, {})]
    return st.one_of(
        told,
        st.builds(FieldTest, facts(procedure), st.just("in"), several),
        st.builds(FieldTest, facts(procedure), comparing, st.just(ParameterRef("toy.large"))),
        st.builds(FieldTest, st.sampled_from(named), st.just("present"), st.booleans()),
        st.builds(FieldTest, facts(procedure), comparing, st.builds(OtherFact, facts(procedure))),
    )


HELD: list[tuple[str, Any]] = [
    ("colour", "red"),
    ("colour", "green"),
    ("size", 1),
    ("size", True),
    ("tags", "a"),
    ("open", True),
    ("owner", "x"),
]
LENGTHS = ["", "", "1 days", "7 days", "20 days", "1 months", "2 months", "1 years", "2 years"]


@cache
def rows_asked(procedure: str) -> st.SearchStrategy[Condition]:
    """Rows of the toy register by any fact: also by one that is no text, or a list, which no row has for its key."""
    held = st.lists(st.sampled_from(HELD), max_size=2, unique=True).map(tuple)
    people = [Fact(event, "by") for event in EVENTS[procedure][:2]]
    key = st.one_of(facts(procedure), st.sampled_from(people))
    return st.builds(Registered, st.sampled_from(["toy_list"] * 4 + ["nowhere"]), key, held, st.sampled_from(LENGTHS))


@cache
def conditions(procedure: str, *, linked: bool = True) -> st.SearchStrategy[Condition]:
    """Conditions of the whole vocabulary; those within `linked` link no further."""
    event, limits = st.sampled_from(EVENTS[procedure]), LIMITS[procedure]
    words: list[st.SearchStrategy[Condition]] = [
        st.builds(Happened, event, st.integers(1, 3)),
        st.builds(HappenedSince, event, event),
        st.builds(HappenedInPeriod, event),
        st.builds(Expired, st.sampled_from(limits)),
        st.builds(Missed, st.sampled_from(limits)),
        field_tests(procedure),
        field_tests(procedure),
        rows_asked(procedure),
    ]
    if procedure == "toy.case":
        words.append(st.builds(HasDefect, st.sampled_from(GATES)))
    if linked:
        words += [st.builds(Linked, st.just(other), conditions(other, linked=False)) for other in EVENTS]
    word = st.one_of(words)
    several = st.lists(word, min_size=1, max_size=3).map(tuple)
    either = st.one_of(word, st.builds(Not, word), st.builds(AnyOf, several), st.builds(AllOf, several))
    both = st.builds(AllOf, st.lists(either, min_size=1, max_size=3).map(tuple))
    return st.one_of(word, either, both, st.builds(Not, either))


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """A figure that counts cases or events, or sums a number, over one of the toy procedures."""
    of = draw(st.sampled_from(["toy.case", "toy.case", "toy.matter"]))
    where = draw(st.one_of(st.none(), conditions(of), conditions(of)))
    kind = draw(st.sampled_from(["cases", "cases", "events", "distinct", "sums"]))
    colours = [Fact("opened", "colour"), Fact("answered", "colour")] if of == "toy.case" else []
    splits = draw(st.sampled_from([None, *colours])) if kind != "distinct" else None
    common: dict[str, Any] = {"id": "toy", "name": "试", "unit": "件", "of": of, "where": where, "splits": splits}
    event = draw(st.sampled_from(EVENTS[of]))
    if kind == "cases":
        return Figure(counts="cases", **common)
    if kind == "sums":
        amounts = [Fact("opened", "size"), Fact("noted", "amount"), Fact("answered", "size")]
        fact = draw(st.sampled_from(amounts if of == "toy.case" else [Fact("begun", "size"), Fact("finished", "size")]))
        return Figure(sums=fact, **common | {"unit": "元" if fact.field == "amount" else "件"})
    if kind == "distinct":
        fields = draw(st.sampled_from(["on", "by", *(name for name in FIELDS.get(event, {}) if name != "secret")]))
        return Figure(counts="events", event=event, distinct=Fact(event, fields), **common)
    return Figure(counts="events", event=event, **common)


@st.composite
def register_figures(draw: st.DrawFn) -> Figure:
    """What stands in the toy register, or came or went, asked for what the rows hold."""
    names = ["code", "colour", "size", "tags", "open"]
    test = st.one_of(
        st.builds(FieldTest, st.sampled_from([Fact("toy_list", n) for n in names]), st.just("is"), SIDES),
        st.builds(FieldTest, st.sampled_from([Fact("toy_list", n) for n in names]), st.just("present"), st.booleans()),
    )
    several = st.lists(test, min_size=1, max_size=3).map(tuple)
    where = draw(st.one_of(st.none(), test, st.builds(Not, test), st.builds(AnyOf, several), st.builds(AllOf, several)))
    splits = draw(st.sampled_from([None, Fact("toy_list", "colour")]))
    moved = draw(st.sampled_from(["", "entered", "struck"]))
    common: dict[str, Any] = {"id": "toy", "name": "试", "unit": "家", "of": "toy_list", "counts": "register"}
    return Figure(where=where, splits=splits, moved=moved, **common)
