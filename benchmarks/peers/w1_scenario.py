"""W1 scenario, shared by every W1 peer.

N cases of 最低生活保障 (minimum living allowance), 10 steps each, breadth first
(step 1 of every case, then step 2 ...), as a county's day looks: every step loads the case
from the database, checks the actor's role, checks the gate, computes the deadline of the next
step on the working-day calendar, appends one event to ONE sha256 hash chain, updates the read
model row and commits before the next step begins (one client).  Every peer must end with the
same chain head and the same read model, byte for byte.
"""
import datetime as dt, hashlib, json

# ---- working-day calendar: State Council 2024-2026 style table, same for every peer -------
# (real arrangements for 2025; enough for the benchmark, not the project's calendar data)
_HOL = """2025-01-01 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-01 2025-02-02 2025-02-03
2025-02-04 2025-04-04 2025-04-05 2025-04-06 2025-05-01 2025-05-02 2025-05-03 2025-05-04 2025-05-05
2025-05-31 2025-06-01 2025-06-02 2025-10-01 2025-10-02 2025-10-03 2025-10-04 2025-10-05 2025-10-06
2025-10-07 2025-10-08""".split()
_WORK = "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11".split()
HOLIDAYS = {dt.date.fromisoformat(x) for x in _HOL}
MADEUP = {dt.date.fromisoformat(x) for x in _WORK}


def is_workday(d):
    return d in MADEUP or (d.weekday() < 5 and d not in HOLIDAYS)


def add_workdays_naive(d, n):
    """The loop every peer's user writes (day of the act does not count)."""
    while n:
        d += dt.timedelta(days=1)
        if is_workday(d):
            n -= 1
    return d


def table():
    """Precompiled: ordinal -> index of workday, and list of workdays."""
    start, end = dt.date(2024, 1, 1), dt.date(2027, 12, 31)
    days, idx, d = [], {}, start
    while d <= end:
        if is_workday(d):
            days.append(d)
        idx[d] = len(days) - 1        # last workday <= d
        d += dt.timedelta(days=1)
    return days, idx


# step, role, from-state, to-state, working days for the next step, gate
STEPS = [
    ("申请", "窗口", "new", "applied", 2, None),
    ("受理", "乡镇受理", "applied", "accepted", 5, "complete"),
    ("授权核对", "核对", "accepted", "checking", 7, "authorised"),
    ("核对报告", "核对", "checking", "checked", 5, None),
    ("入户调查", "调查", "checked", "visited", 3, "two_visitors"),
    ("审核意见", "乡镇审核", "visited", "reviewed", 3, None),
    ("公示", "乡镇审核", "reviewed", "posted", 7, None),
    ("公示结束", "乡镇审核", "posted", "closed_post", 5, "no_objection"),
    ("确认", "县级确认", "closed_post", "confirmed", 3, "income_ok"),
    ("送达", "窗口", "confirmed", "served", 0, None),
]
ACTORS = {"窗口": "u01", "乡镇受理": "u02", "核对": "u03", "调查": "u04", "乡镇审核": "u05",
          "县级确认": "u06"}
ROLE_OF = {v: k for k, v in ACTORS.items()}
T0 = dt.date(2025, 9, 15)
GATES = {
    None: lambda f: True,
    "complete": lambda f: f["docs"] >= 4,
    "authorised": lambda f: f["authorised"] is True,
    "two_visitors": lambda f: f["visitors"] >= 2,
    "no_objection": lambda f: f["objections"] == 0,
    "income_ok": lambda f: f["income"] < f["standard"],
}


def facts(i):
    return {"docs": 4 + i % 3, "authorised": True, "visitors": 2 + i % 2, "objections": 0,
            "income": 30000 + i % 50000, "standard": 85000}


def act_date(k, i):
    """date of step k of case i"""
    return T0 + dt.timedelta(days=k * 3 + i % 5)


def canon(seq, case, step, actor, frm, to, at, due):
    return json.dumps([seq, case, step, actor, frm, to, at, due], ensure_ascii=False,
                      separators=(",", ":")).encode()


def link(prev: bytes, body: bytes) -> bytes:
    return hashlib.sha256(prev + body).digest()


GENESIS = b"\0" * 32


def expected(n):
    """Reference result: chain head and digest of the read model."""
    prev, seq, rows = GENESIS, 0, {}
    for k, (step, role, frm, to, days, gate) in enumerate(STEPS):
        for i in range(n):
            assert GATES[gate](facts(i))
            at = act_date(k, i)
            due = add_workdays_naive(at, days)
            seq += 1
            prev = link(prev, canon(seq, i, step, ACTORS[role], frm, to, at.isoformat(),
                                    due.isoformat()))
            rows[i] = (i, to, due.isoformat())
    return prev.hex(), rm_digest(rows.values())


def rm_digest(rows):
    h = hashlib.sha256()
    for r in sorted(rows):
        h.update(repr(tuple(r)).encode())
    return h.hexdigest()
