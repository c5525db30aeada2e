"""Random acts of a bureau: steps taken, steps that had happened, corrections, withdrawals, late additions."""

from datetime import date, timedelta
from random import Random
from typing import Any

from fazheng.casework.on_paper import signs
from fazheng.casework.writing import Act, Writing
from fazheng.lawbook.procedure import Step
from tests.procedure.walks import Walker

PROCEDURES = ("hotline.ticket", "penalty.ordinary")
FIRST = date(2026, 1, 5)


class Acting:
    """Draws acts for one transaction after another. What is held apart is plain text that says `secret`."""

    def __init__(self, seed: int, secret: str = "机密") -> None:
        self.random, self.secret = Random(seed), secret
        self.walkers = {name: Walker(name, ends=frozenset()) for name in PROCEDURES}
        self.cases: list[str] = []

    def act(self, writing: Writing) -> bool:
        """One act on a case of the bureau, or a new case; whether it was recorded."""
        random = self.random
        if not self.cases or random.random() < 0.2:
            return self._open(writing)
        case = random.choice(self.cases)
        walker = self.walkers[case.rsplit("-", 2)[0]]
        standing = writing.case(case)[1].standing
        last = standing[-1].on if standing else FIRST
        if standing and random.random() < 0.2:
            return self._amend(writing, case, walker, last)
        step = random.choice(walker.steps)
        act = Act(
            last + timedelta(days=random.choice((0, 0, 1, 3, 8))),
            random.choice(["甲", "乙", "丙", "丁", "己"]),
            self._entered(walker, step),
            happened=random.random() < 0.5,
            paper=random.choice(["", f"{self.secret}的材料"]),
        )
        return not writing.do(case, step.id, act).refused

    def _open(self, writing: Writing) -> bool:
        name = self.random.choice(PROCEDURES)
        walker = self.walkers[name]
        opens = walker.version.steps[walker.version.opens]
        on = FIRST + timedelta(days=self.random.randrange(200))
        by = self.random.choice(walker.holders[opens.role])
        done = writing.open(name, Act(on, by, self._entered(walker, opens), happened=True))
        self.cases += [done.case_id] if done.case_id else []
        return not done.refused

    def _amend(self, writing: Writing, case: str, walker: Walker, last: date) -> bool:
        law, found = writing.case(case)
        event = self.random.choice(found.standing)
        step = law.step_of(event.event)
        assert step is not None
        kind = self.random.choice(("withdraw", "correct", "correct", "add_late", "add_late"))
        data: dict[str, Any] = {"reason": f"{self.secret}的理由"}
        on = last + timedelta(days=1)
        if kind == "add_late":
            late = self.random.choice(walker.steps)
            data |= {"step": late.id, **_named(self._entered(walker, late))}
            on = event.on
        else:
            data["entry"] = event.version
        if kind == "correct":
            fields = _named(self._entered(walker, step))
            data |= dict(self.random.sample(sorted(fields.items()), min(2, len(fields))))
            data |= {"on": (event.on + timedelta(days=self.random.choice((-1, 0, 1)))).isoformat()}
        own = kind != "add_late" and signs(writing.book, step)  # who signed puts it right themselves
        by, entered_by = (event.by, "") if own else ("甲", "丙")
        return not writing.do(case, kind, Act(on, by, data, entered_by=entered_by)).refused

    def _entered(self, walker: Walker, step: Step) -> dict[str, Any]:
        data = walker.entered(step, self.random)
        data = {name: self._plain(value) for name, value in data.items()}
        if "ticket" in data:
            data.pop("ticket")
        return data

    def _plain(self, value: Any) -> Any:
        return f"{self.secret}{self.random.randrange(10**6)}" if isinstance(value, dict) else value


def _named(data: dict[str, Any]) -> dict[str, Any]:
    """Fields of an event that an amendment's own words would hide, named with their event."""
    return {f"event.{name}" if name in ("reason", "entry", "step", "on") else name: v for name, v in data.items()}
