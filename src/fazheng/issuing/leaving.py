"""A paper that leaves the house: written whole or not at all, and kept on record with the numbers on it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fazheng.casework import clock
from fazheng.casework.act import Act
from fazheng.casework.bureaux import Bureau
from fazheng.casework.telling import How, tell
from fazheng.casework.writing import writing
from fazheng.figures import FigureValue, Period
from fazheng.issuing.fault import Unusable
from fazheng.ledger.chain import Head


@dataclass(frozen=True)
class Leaving:
    """To whom numbers go, in which way, by whom. `head`: of the book before they were counted."""

    bureau: Bureau
    to: str
    how: How
    by: str
    head: Head

    def keep(self, values: Iterable[tuple[Period, FigureValue]], then: Callable[[], None] = lambda: None) -> None:
        """Enters them, and does `then` before the entry stands: what fails there leaves no entry. Raises Unusable."""
        if not self.by:
            raise Unusable("报出去的数要留底，请写是谁报的（人员编号）")
        with writing(self.bureau) as act:
            refused = tell(act, self.to, self.how, values, self.head, Act(clock.today(), self.by, {}))
            if refused:
                said = "；".join(f"{one.says}。{one.todo}" for one in refused)
                raise Unusable(f"没有留底，也没有写文件：{said}")
            act.flush()
            then()


def leave(
    files: Mapping[Path, bytes], leaving: Leaving | None = None, values: Iterable[tuple[Period, FigureValue]] = ()
) -> None:
    """Writes the files beside their places and moves them there, all at the end; with `leaving` kept on record in the
    same transaction. Without it they are drafts. Raises Unusable.
    """
    beside = {path: path.with_name(f".{path.name}.tmp") for path in files}

    def move() -> None:
        for path, written in beside.items():
            os.replace(written, path)

    try:
        for path, data in files.items():
            beside[path].write_bytes(data)
        if leaving is None:
            move()
        else:
            leaving.keep(values, move)
    except OSError as fault:
        names = "、".join(path.name for path in files)
        raise Unusable(f"写不了“{names}”：请检查文件夹是否存在、文件是否正被别的软件打开") from fault
    finally:
        for written in beside.values():
            written.unlink(missing_ok=True)
