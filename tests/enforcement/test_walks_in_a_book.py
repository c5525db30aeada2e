"""What walks through every procedure did, entered in a book: the tables made again from it are the live ones."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fazheng.casework.bureaux import Bureau
from fazheng.casework.declaring import open_bureau
from fazheng.casework.folding import read_case
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.registers import enter_row
from fazheng.casework.writing import Act, Writing, writing
from fazheng.ledger.verify import verify
from fazheng.procedure.case import LIMIT_MISSED, Event
from tests.enforcement.wandering import WHOLE, Wanderer, versions
from tests.procedure.walks import LAST_DAY

EACH = 3  # walks through each version
APART = {"phone": "010 0000 0000"}  # no such number is given to anybody


def at_work() -> Bureau:
    """A bureau in which the people of the walks hold every role."""
    bureau = open_bureau("示例县民政局", "999001")
    every = sorted({role for version in versions() for id in version.roles for role in {id, *version.serving(id)}})
    with writing(bureau, today=LAST_DAY) as act:
        for code in (*WHOLE, "戊", "壬"):
            row = {"code": code, "name": f"示例{code}", "roles": every}
            row |= {} if code == "戊" else {"certificate_until": "2030-12-31"}
            assert not enter_row(act, "staff", Act(date(2001, 1, 2), "system", row, paper="示例台账"))
    return bureau


def entered(act: Writing, procedure: str, events: tuple[Event, ...], named: str) -> str:
    """The case that the events make, each entered as having happened; where they name a case, it is `named`."""
    case_id = ""
    for event in events:
        step = act.book.procedures[procedure][-1].step_of[event.event].id
        kinds = act.book.procedures[procedure][-1].steps[step].kinds
        plain = {name: _plain(value, kinds[name].name, named) for name, value in event.data.items()}
        what = Act(event.on, event.by, plain, True, paper="示例案卷")
        done = act.do(case_id, step, what) if case_id else act.open(procedure, what)
        assert not done.refused, (procedure, step, [(r.gate, r.says, r.todo) for r in done.decision.refusals])
        case_id = done.case_id
    return case_id


def _plain(value: Any, kind: str, named: str) -> Any:
    """What was held apart as it was written before."""
    if kind == "case":
        return named
    return APART.get(kind, "示例内容") if isinstance(value, Mapping) else value


def test_tables_made_again_from_walks_are_the_live_ones(home: Path) -> None:
    desk = at_work()
    walks = [(v, Wanderer(v).walk(seed).events) for v in versions() if v.until is None for seed in range(EACH * 4)]
    walks.sort(key=lambda row: row[0].id != "hotline.ticket")  # tickets first: others name one
    cases: dict[str, tuple[Event, ...]] = {}
    for version, events in walks:
        if events and sum(id.startswith(version.id + "-") for id in cases) < EACH:
            with writing(desk, today=LAST_DAY) as act:
                cases[entered(act, version.id, events, next(iter(cases), ""))] = events
    for case_id, events in cases.items():
        with writing(desk, today=LAST_DAY) as act:
            read = read_case(desk.code, case_id, act.book).case
            assert [e.event for e in read.standing] == [e.event for e in events if e.event != LIMIT_MISSED]
            assert act.case(case_id)[1] == read
    live = dump(desk.code)
    assert rebuild(desk, today=LAST_DAY) == len(cases)
    assert dump(desk.code) == live
    assert verify(desk.code).first_broken is None
    assert {case_id.rsplit("-", 2)[0] for case_id in cases} == {version.id for version in versions()}
