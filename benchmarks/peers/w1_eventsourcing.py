"""W1 with eventsourcing (SQLite recorder, pragmas as it ships) and a read model, as those who measured it wrote it.

Usage: python w1_eventsourcing.py CASES FOLDER; prints the seconds of one run.
"""
import os, sqlite3, sys, time, uuid
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from w1_scenario import *
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
N, DB = int(sys.argv[1]), f"{sys.argv[2]}/w1_eventsourcing.db"
NSU = uuid.UUID(int=7)


class Case(Aggregate):
    @event("Opened")
    def __init__(self, no, facts): self.no, self.facts, self.state, self.due = no, facts, "new", None
    @staticmethod
    def create_id(no, facts=None): return uuid.uuid5(NSU, str(no))
    @event("Stepped")
    def step(self, to, due, at, h): self.state, self.due = to, due


def setup():
    app = Application(env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": DB})
    for i in range(N): app.save(Case(i, facts(i)))
    rm = sqlite3.connect(DB + ".rm", isolation_level=None)
    rm.execute("pragma journal_mode=wal"); rm.execute("create table rm(id integer primary key, state text, due text)")
    return app, rm


def run(app, rm):
    prev, seq = GENESIS, 0
    for k, (step, role, frm, to, days, gate) in enumerate(STEPS):
        actor = ACTORS[role]
        for i in range(N):
            case = app.repository.get(Case.create_id(i))
            assert case.state == frm and ROLE_OF[actor] == role and GATES[gate](case.facts)
            at = act_date(k, i); due = add_workdays_naive(at, days)
            seq += 1
            prev = link(prev, canon(seq, i, step, actor, frm, to, at.isoformat(), due.isoformat()))
            case.step(to, due.isoformat(), at.isoformat(), prev.hex())
            app.save(case)
            rm.execute("insert or replace into rm values(?,?,?)", (i, to, due.isoformat()))
    return prev.hex(), rm_digest(rm.execute("select id,state,due from rm"))


a = setup()
t = time.perf_counter()
found = run(*a)
print(time.perf_counter() - t)
assert found == expected(N)
