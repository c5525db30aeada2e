"""The rows behind a number, looked up when somebody asks: a hundred numbers need no list of a million cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, overload


class LazyRows(Sequence[str]):
    """Case ids or register keys of these figures together, sorted; equal to the tuple that it stands for."""

    def __init__(self, figures: tuple[str, ...], look_up: Callable[[str], tuple[str, ...]]) -> None:
        self.figures, self._look_up = figures, look_up

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The rows; the first time they are asked for, they are read from the book."""
        if len(self.figures) == 1:
            return self._look_up(self.figures[0])
        return tuple(sorted({row for figure in self.figures for row in self._look_up(figure)}))

    def joined(self, other: LazyRows) -> LazyRows:
        return LazyRows(tuple(dict.fromkeys((*self.figures, *other.figures))), self._look_up)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        return self.told[place]

    def __len__(self) -> int:
        return len(self.told)

    def __iter__(self) -> Iterator[str]:
        return iter(self.told)

    def __eq__(self, other: Any) -> bool:
        return self.told == (other.told if isinstance(other, LazyRows) else other)

    def __hash__(self) -> int:
        return hash(self.told)

    def __repr__(self) -> str:
        return repr(self.told)


def united(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    """The rows of several figures as one list, sorted, each once; looked up later where all of them are."""
    lazy = [one for one in rows if isinstance(one, LazyRows)]
    if lazy and all(isinstance(one, LazyRows) or one == () for one in rows):
        whole = lazy[0]
        for one in lazy[1:]:
            whole = whole.joined(one)
        return whole
    return tuple(sorted({row for one in rows for row in one}))
