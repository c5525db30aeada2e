"""A durable step, clients at once, and deadlines: `make bench-steps` or `python -m benchmarks.steps [scale]`.

The scenario is `benchmarks/peers/w1_scenario.py`: N cases of ten steps, breadth first. Its roles, gates and limits
stand as law files in `benchmarks/law`, and ours goes through the engine as every act does. Peers run in turn with
ours, each in a process of its own; a ratio is taken between the medians of one run. Each set is run on the disk and,
where there is one, in a folder of memory, where a flush costs nothing and what is left is computing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
RUNS = 3
PEERS = {"eventsourcing": "w1_eventsourcing.py", "django-fsm-2 + simple-history": "w1_django.py"}
AIMS = {"eventsourcing": 2.0, "django-fsm-2 + simple-history": 6.0}
MEMORY = Path("/dev/shm")


def seconds_of(arguments: list[str], folder: Path) -> list[float]:
    """What a process of its own printed: seconds, one a line. Raises CalledProcessError where its result is wrong."""
    with tempfile.TemporaryDirectory(dir=folder) as own:
        command = [sys.executable, *arguments, own]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent)
    return [float(line) for line in done.stdout.split()]


def one_client(cases: int, folder: Path) -> None:
    """W1: one durable step after the other."""
    found: dict[str, list[float]] = {}
    few, many = str(cases), str(cases * 5)
    for _ in range(RUNS):
        for name, file in PEERS.items():
            found.setdefault(name, []).append(seconds_of([str(HERE / "peers" / file), few], folder)[0])
        found.setdefault("kept", []).append(seconds_of(["-m", "benchmarks.step_run", "step", few], folder)[0])
        read = seconds_of(["-m", "benchmarks.step_run", "step", many], folder)[0] / 5
        found.setdefault("read", []).append(read)
    rates = {name: cases * 10 / median(seconds) for name, seconds in found.items()}
    for name in PEERS:
        print(f"  {name:58}{rates[name]:8,.0f} steps/s")
    for ours, what in (
        ("read", "here, each case read from the book"),
        ("kept", "here, cases among the last 200 touched"),
    ):
        told = ", ".join(f"{rates[ours] / rates[name]:.1f} × {name} (aim {AIMS[name]:.0f})" for name in PEERS)
        print(f"  {what:58}{rates[ours]:8,.0f} steps/s   {told}")


def together(per_client: int, milliseconds: int, folder: Path) -> None:
    """Eight clients on a disk whose flush takes so long: each commits, against one desk."""
    found: dict[str, list[list[float]]] = {}
    for _ in range(RUNS):
        for how in ("each", "desk"):
            arguments = ["-m", "benchmarks.step_run", how, str(per_client), str(milliseconds)]
            found.setdefault(how, []).append(seconds_of(arguments, folder))
    rates = {}
    for how, name in (("each", "each client commits"), ("desk", "one desk, group commit")):
        rates[how] = per_client * 8 * 10 / median(one[0] for one in found[how])
        p50, p99 = (median(one[n] for one in found[how]) * 1000 for n in (1, 2))
        what = f"8 clients, {name}, flush +{milliseconds} ms"
        print(f"  {what:58}{rates[how]:8,.0f} steps/s   p50 {p50:.1f} p99 {p99:.1f} ms")
    aim = " (aim 3)" if milliseconds == 3 else ""
    print(f"  {'':58}{'':8} group commit {rates['desk'] / rates['each']:.1f} ×{aim}")


def deadlines(number: int) -> None:
    """Due days from the table against the loop over days; the same answers."""
    from benchmarks.deadlines import compared

    for name, rate, ratio in compared(number):
        print(f"  {name:58}{rate:12,.0f} /s   {ratio:,.1f} × the day loop")


def main(scale: float) -> None:
    """Prints every line."""

    def scaled(number: int) -> int:
        return max(1, int(number * scale))

    with (
        tempfile.TemporaryDirectory() as disk,
        tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as ram,
    ):
        for where, folder in (("on this disk", Path(disk)), ("in memory, a flush costs nothing", Path(ram))):
            print(f"W1, one client, {where}:")
            one_client(scaled(60), folder)
        print("W1, clients at once, in memory with the flush imitated by a sleep:")
        for milliseconds in (0, 3):
            together(scaled(12), milliseconds, Path(ram))
    print("W1, deadlines (working days, 1 to 30):")
    deadlines(scaled(20000))


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(HERE.parent / "src"))
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
