"""Whether every step can ever be taken, and every limit that begins can still be met, as long as the case is open.

Proven over the machine of `machine.py`, which can do all that a real case can and more:
- a step found dead is dead in every case: nothing that is free could open it;
- a limit found beyond meeting can in truth not be met from that state. Whether a real case comes there is for the
  reader of the way that is shown: it was found with field values and days left free at each step.
What is not proven: that a step alive here is alive in a case whose field values must agree with one another.
Steps entered as happened (如实补录) pass every gate and are not explored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fazheng.lawbook.procedure import Limit, Procedure
from fazheng.procedure.machine import Machine, Move

STATES = 200_000  # explored whole up to here
PATHS = 2_000  # beyond, so many are walked at random
LENGTH = 60
SEED = 20_210_715


@dataclass(frozen=True, slots=True)
class Stuck:
    """A limit that runs in a state from which none of its steps ever comes, and a way there by names of steps."""

    limit: Limit
    way: tuple[str, ...]

    def __str__(self) -> str:
        name = self.limit.name or self.limit.id
        return f"义务再也无法履行：经“{'→'.join(self.way)}”以后，“{name}”约束的步骤一个也办不了"


@dataclass(frozen=True, slots=True)
class Reached:
    """What exploring one version found. `paths` 0: every state was seen, `states` of them; else so many were sampled.

    `unseen` are steps that no sampled path could take, and that could not be shown dead either.
    """

    folder: str
    states: int
    paths: int
    dead: tuple[str, ...]
    stuck: tuple[Stuck, ...]
    unseen: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Which it was, in words."""
        seen = f"抽样 {self.paths:,} 条路径" if self.paths else f"穷尽 {self.states:,} 个状态"
        return seen + (f"（没有走到：{'、'.join(self.unseen)}）" if self.unseen else "")

    def faults(self) -> Iterator[tuple[str, str]]:
        """(rule, what is wrong) of each fault."""
        yield from ((step, "死步骤：从立案起怎样办都到不了这一步") for step in self.dead)
        yield from ((stuck.limit.id, str(stuck)) for stuck in self.stuck)


class _Dice:
    """The same throws every time: a sampled check that changed by itself could not be trusted."""

    def __init__(self, seed: int) -> None:
        self._last = seed

    def below(self, sides: int) -> int:
        self._last = (self._last * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self._last >> 33) % sides

    def one_of(self, moves: list[Move]) -> Move:
        return moves[self.below(len(moves))]


def explore(version: Procedure, states: int = STATES, paths: int = PATHS) -> Reached:
    """Every state where there are at most `states`; else `paths` ways through, at random but the same each time.

    A procedure that cannot be opened at all has all its steps dead.
    """
    machine = Machine(version)
    if machine.opening.after or not all(guard(0, 0) for guard in machine.opening.guards):
        return Reached(version.folder, 0, 0, tuple(version.steps), ())
    return _whole(machine, states) or _sampled(machine, paths)


def effect(version: Procedure) -> tuple[object, ...]:
    """What of a version the exploring depends on: a place that adopts nothing of it need not be explored again."""
    refusing = tuple(gate.id for gate in version.gates if gate.refuses)
    limits, spans = tuple(limit.id for limit in version.limits), tuple(span.id for span in version.suspensions)
    return version.folder, tuple(version.steps), refusing, limits, spans


def _whole(machine: Machine, most: int) -> Reached | None:
    """Every state; None where there are more than `most`."""
    numbers = {machine.start: 0}
    states, parents = [machine.start], [(-1, -1)]
    edges: list[tuple[int, ...]] = []
    meets = {id(move): sum(1 << k for k, mask in enumerate(machine.meets) if mask >> n & 1)
             for n, move in enumerate(machine.moves)}  # fmt: skip
    index = {id(move): n for n, move in enumerate(machine.moves)}
    met, taken = [], 0
    while len(edges) < len(states):
        here = len(edges)
        out, can = [], 0
        for move in machine.enabled(states[here]):
            can |= meets[id(move)]
            taken |= 1 << index[id(move)]
            to = machine.take(states[here], move)
            if to not in numbers:
                if len(states) >= most:
                    return None
                numbers[to] = len(states)
                states.append(to)
                parents.append((here, index[id(move)]))
            out.append(numbers[to])
        edges.append(tuple(dict.fromkeys(out)))
        met.append(can)
    _backwards(edges, met)
    dead = [move.step.id for n, move in enumerate(machine.moves) if not taken >> n & 1]
    stuck = tuple(
        Stuck(machine.limits[k], tuple(_way(machine, parents, here))) for k, here in _first_stuck(machine, states, met)
    )
    return Reached(machine.version.folder, len(states), 0, tuple(dead), stuck)


def _backwards(edges: list[tuple[int, ...]], met: list[int]) -> None:
    """What can be met from a state can be met from all that lead there."""
    changed = True
    while changed:
        changed = False
        for here in range(len(edges) - 1, -1, -1):
            can = met[here]
            for to in edges[here]:
                can |= met[to]
            if can != met[here]:
                met[here], changed = can, True


def _first_stuck(machine: Machine, states: list[int], met: list[int]) -> Iterator[tuple[int, int]]:
    """(limit, state) of the nearest state of each limit that runs there and can never be met."""
    for k in range(len(machine.limits)):
        found = next((n for n, state in enumerate(states) if _runs(machine, k, state) and not met[n] >> k & 1), None)
        if found is not None:
            yield k, found


def _runs(machine: Machine, k: int, state: int) -> bool:
    """Whether the limit is owed, its clock not stopped and the case open."""
    return bool(state & machine.owed[k]) and not state & machine.stopped[k] and not state & machine.closed


def _way(machine: Machine, parents: list[tuple[int, int]], here: int) -> Iterator[str]:
    names: list[str] = []
    while here > 0:
        here, n = parents[here]
        names.append(machine.moves[n].step.name or machine.moves[n].step.id)
    yield from (machine.opening.step.name or machine.opening.step.id, *reversed(names))


def _sampled(machine: Machine, paths: int) -> Reached:
    """Random paths that prefer what is new. A limit counts as beyond meeting only where that can be shown."""
    dice = _Dice(SEED)
    taken: set[str] = set()
    stuck: dict[str, tuple[Move, ...]] = {}
    for _ in range(paths):
        state, way = machine.start, list[Move]()
        while len(way) < LENGTH:
            moves = machine.enabled(state)
            taken |= {move.step.id for move in moves}
            fresh = [move for move in moves if move.sets & ~state and not move.sets & machine.closed]
            if not moves or (not fresh and dice.below(2) == 0):
                break
            move = dice.one_of(fresh if fresh and dice.below(10) > 0 else moves)
            if move.sets & machine.closed and not state & machine.closed:
                _note_stuck(machine, state, way, stuck)
            state = machine.take(state, move)
            way.append(move)
        _note_stuck(machine, state, way, stuck)
    reachable = machine.possible(machine.start)
    dead = tuple(move.step.id for move in machine.moves if move.step.id not in reachable)
    unseen = tuple(move.step.id for move in machine.moves if move.step.id not in taken | {*dead})
    shown = tuple(_shown(machine, limit, stuck[limit.id]) for limit in machine.limits if limit.id in stuck)
    return Reached(machine.version.folder, 0, paths, dead, shown, unseen)


def _note_stuck(machine: Machine, state: int, way: list[Move], stuck: dict[str, tuple[Move, ...]]) -> None:
    """Asked at the end of a path and before it closes: what can no longer come never comes again."""
    running = [limit for k, limit in enumerate(machine.limits) if _runs(machine, k, state)]
    possible = machine.possible(state) if running else set()
    for limit in running:
        shorter = limit.id not in stuck or len(way) < len(stuck[limit.id])
        if shorter and not possible & set(limit.binds):
            stuck[limit.id] = tuple(way)


def _shown(machine: Machine, limit: Limit, way: tuple[Move, ...]) -> Stuck:
    """The way less every step, and every two in a row, that it can do without."""
    k = machine.limits.index(limit)
    cuts = [(n, wide) for wide in (1, 2) for n in range(len(way))]
    while cuts:
        n, wide = cuts.pop(0)
        shorter = way[:n] + way[n + wide :]
        end = _end(machine, shorter)
        if end is not None and _runs(machine, k, end) and not machine.possible(end) & set(limit.binds):
            way = shorter
            cuts = [(n, wide) for wide in (1, 2) for n in range(len(way))]
    return Stuck(limit, tuple(move.step.name or move.step.id for move in (machine.opening, *way)))


def _end(machine: Machine, way: tuple[Move, ...]) -> int | None:
    """The state the moves lead to; None where one of them is not open."""
    state = machine.start
    for move in way:
        if move not in machine.enabled(state):
            return None
        state = machine.take(state, move)
    return state
