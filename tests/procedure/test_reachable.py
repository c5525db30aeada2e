"""Dead steps and duties beyond meeting: planted in a toy, found whole and by sampling, and gone without the plant."""

from pathlib import Path
from typing import Any

import pytest

from fazheng.lawbook.load import load
from fazheng.lawbook.procedure import Procedure
from fazheng.procedure.reachable import STATES, Reached, effect, explore

HEAD = """
[procedure]
id       = "toy"
name     = "玩具"
statute  = "试验法"
in_force = 2020-01-01
mark     = "read"
opens    = "open"
closes   = ["close"]
roles    = { clerk = "经办人" }
labels   = { grave = "重大" }
"""
SAMPLED: dict[str, Any] = {"states": 2, "paths": 200}
EITHER = pytest.mark.parametrize("how", [{}, SAMPLED], ids=["whole", "sampled"])


def step(id: str, records: str, **more: str) -> str:
    words = "".join(f"{key} = {value}\n" for key, value in more.items())
    return f'[[step]]\nid = "{id}"\nname = "{id}"\nrole = "clerk"\narticle = "第一条"\nrecords = "{records}"\n{words}\n'


def gate(id: str, before: str, needs: str, **more: str) -> str:
    words = "".join(f"{key} = {value}\n" for key, value in more.items())
    return f'[[gate]]\nid = "{id}"\nbefore = ["{before}"]\narticle = "第二条"\nneeds = {needs}\n{words}\n'


def limit(id: str, starts: str, **more: str) -> str:
    words = "".join(f"{key} = {value}\n" for key, value in more.items())
    return f'[[limit]]\nid = "{id}"\nname = "{id}"\narticle = "第三条"\nstarts = {starts}\nlength = "5 days"\n{words}\n'


BASE = (
    step("open", "opened", fields='{ grave = "yes_no" }')
    + step("answer", "answered", after='["opened"]')
    + step("refer", "referred", unless='["answered"]')
    + step("close", "closed")
)
ANSWER = limit("answer_period", '"opened"', binds='["answer", "refer"]', missed='"overdue"')


def toy(folder: Path, *parts: str) -> Procedure:
    where = folder / "procedures" / "toy"
    where.mkdir(parents=True)
    (where / "procedure.toml").write_text(HEAD + "\n".join(parts), "utf-8")
    return load(root=folder).procedures["toy"][0]


def faults(reached: Reached) -> list[str]:
    return [f"{rule}：{what}" for rule, what in reached.faults()]


@EITHER
def test_a_sound_procedure_has_no_fault(tmp_path: Path, how: dict[str, int]) -> None:
    reached = explore(toy(tmp_path, BASE, ANSWER), **how)
    assert (faults(reached), reached.unseen) == ([], ())
    assert (reached.paths > 0) == bool(how)


@EITHER
@pytest.mark.parametrize(
    "plant",
    [
        step("late", "late_done", after='["closed"]'),
        step("late", "late_done", after='["opened"]', unless='["opened"]'),
        step("late", "late_done", after='["later"]') + step("later", "later", after='["late_done"]'),
        step("late", "late_done") + gate("never", "late", '{ not = { event = "opened" } }'),
        step("late", "late_done") + gate("never", "late", '{ all = [{ event = "opened" }, { event = "late_done" }] }'),
        step("late", "late_done") + gate("never", "late", '{ expired = "nobody_adopted" }')
        + limit("nobody_adopted", '"opened"', mark='"local"'),
        step("late", "late_done") + gate("never", "late", '{ event = "answered", at_least = 2 }'),
    ],
    ids=["after closing", "after and unless", "a ring", "not what opened", "its own event", "not adopted", "twice"],
)  # fmt: skip
def test_a_dead_step_is_found(tmp_path: Path, plant: str, how: dict[str, int]) -> None:
    reached = explore(toy(tmp_path, BASE, ANSWER, plant), **how)
    assert "late" in reached.dead
    assert "late：死步骤：从立案起怎样办都到不了这一步" in faults(reached)


@EITHER
@pytest.mark.parametrize(
    "alive",
    [
        gate("sometimes", "answer", '{ field = "opened.grave", is = true }'),
        gate("sometimes", "answer", '{ not = { field = "opened.grave", is = true } }'),
        gate("sometimes", "answer", '{ actor_not_in = "opened.by" }'),
        gate("warns", "answer", '{ not = { event = "opened" } }', mark='"second_hand"'),
        gate("waits", "answer", '{ not = { event = "opened" } }', mark='"local"'),
        gate("spared", "answer", '{ not = { event = "opened" } }', when='{ field = "opened.grave", is = true }'),
        gate("in_time", "answer", '{ not = { expired = "answer_period" } }'),
        gate("since", "answer", '{ event = "opened", since = "referred" }'),
    ],
    ids=["a field", "not a field", "who acts", "warns only", "waits", "a when that may fail", "a day", "since"],
)
def test_what_is_free_kills_no_step(tmp_path: Path, alive: str, how: dict[str, int]) -> None:
    assert explore(toy(tmp_path, BASE, ANSWER, alive), **how).dead == ()


def test_a_step_that_is_dead_only_when_fields_agree_is_not_called_dead(tmp_path: Path) -> None:
    both = gate("yes", "answer", '{ field = "opened.grave", is = true }') + gate(
        "no", "answer", '{ field = "opened.grave", is = false }'
    )
    assert explore(toy(tmp_path, BASE, both)).dead == ()  # fields are free at each step: said in the module


@EITHER
def test_a_duty_that_can_no_longer_be_met_is_found_with_the_way_there(tmp_path: Path, how: dict[str, int]) -> None:
    unbound = ANSWER.replace('["answer", "refer"]', '["answer"]')
    barred = BASE.replace('after = ["opened"]', 'after = ["opened"]\nunless = ["referred"]')
    [fault] = faults(explore(toy(tmp_path, barred, unbound), **how))
    assert fault == ("answer_period：义务再也无法履行：经“open→refer”以后，“answer_period”约束的步骤一个也办不了")


@EITHER
def test_without_the_plant_the_duty_can_be_met(tmp_path: Path, how: dict[str, int]) -> None:
    barred = BASE.replace('after = ["opened"]', 'after = ["opened"]\nunless = ["referred"]')
    assert faults(explore(toy(tmp_path, barred, ANSWER), **how)) == []  # refer is bound, too: it meets the duty


@EITHER
def test_a_duty_that_starts_again_needs_a_step_that_may_be_repeated(tmp_path: Path, how: dict[str, int]) -> None:
    again = step("again", "asked_again", repeats="true") + limit(
        "again_period", '"asked_again"', binds='["answer"]', missed='"overdue"'
    )
    once = toy(tmp_path / "once", BASE, again)
    assert [stuck.limit.id for stuck in explore(once, **how).stuck] == ["again_period"]
    twice = toy(tmp_path / "twice", BASE.replace('after = ["opened"]', 'after = ["opened"]\nrepeats = true'), again)
    assert explore(twice, **how).stuck == ()


@EITHER
def test_a_duty_that_hangs_on_another_s_due_day_is_followed(tmp_path: Path, how: dict[str, int]) -> None:
    wait = limit("wait", '"opened"') + limit("then", '{ due = "wait" }', binds='["answer"]', missed='"overdue"')
    barred = BASE.replace('after = ["opened"]', 'after = ["opened"]\nunless = ["referred"]')
    assert [stuck.limit.id for stuck in explore(toy(tmp_path, barred, wait), **how).stuck] == ["then"]


@EITHER
def test_a_clock_that_stands_and_a_closed_case_owe_nothing(tmp_path: Path, how: dict[str, int]) -> None:
    stopped = (
        '[[suspension]]\nid = "stop"\narticle = "第四条"\nstops = ["answer_period"]\nfrom = "referred"\nto = "back"\n'
    )
    barred = BASE.replace('after = ["opened"]', 'after = ["opened"]\nunless = ["referred"]')
    unbound = ANSWER.replace('["answer", "refer"]', '["answer"]')
    back = step("back", "back", after='["referred"]', unless='["referred"]')
    assert explore(toy(tmp_path / "stopped", barred, unbound, stopped, back), **how).stuck == ()
    capped = stopped + 'at_most = "10 days"\n'  # such a span ends by itself, and the clock runs on
    assert len(explore(toy(tmp_path / "capped", barred, unbound, capped, back), **how).stuck) == 1


@EITHER
def test_a_right_that_lapses_binds_nobody(tmp_path: Path, how: dict[str, int]) -> None:
    right = ANSWER.replace('["answer", "refer"]', '["answer"]').replace("overdue", "right_lapses")
    barred = BASE.replace('after = ["opened"]', 'after = ["opened"]\nunless = ["referred"]')
    assert faults(explore(toy(tmp_path, barred, right), **how)) == []


def test_a_procedure_that_cannot_be_opened_is_dead_whole(tmp_path: Path) -> None:
    shut = gate("shut", "open", '{ event = "answered" }')
    assert explore(toy(tmp_path, BASE, shut)).dead == ("open", "answer", "refer", "close")


def test_it_says_whether_all_was_seen_or_how_much_was_sampled(tmp_path: Path) -> None:
    law = toy(tmp_path, BASE, ANSWER)
    assert explore(law).said == "穷尽 8 个状态"
    assert explore(law, **SAMPLED).said == "抽样 200 条路径"
    assert STATES == 200_000


def test_sampling_says_the_same_every_time(tmp_path: Path) -> None:
    law = toy(tmp_path, BASE, ANSWER, *(step(f"s{n}", f"e{n}") for n in range(9)))
    assert explore(law, **SAMPLED) == explore(law, **SAMPLED)


PLACES = ["", *load().places]
VERSIONS = {
    effect(version): version
    for place in PLACES
    for versions in load(place=place).procedures.values()
    for version in versions
}


@pytest.mark.parametrize("version", VERSIONS.values(), ids=lambda version: version.folder)
def test_no_step_of_the_law_is_dead_and_every_duty_can_be_met(version: Procedure) -> None:
    reached = explore(version, paths=500)
    assert faults(reached) == []
    assert reached.unseen == ()
