"""Questions of a state of bits, answered with “it may be”: asked of what surely happened and of what may have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Answer = Callable[[int, int], bool]  # (surely, perhaps); both are the same in a single state


def yes(low: int, high: int) -> bool:
    return True


def no(low: int, high: int) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Has:
    bit: int

    def __call__(self, low: int, high: int) -> bool:
        return bool(high & self.bit)


def lacks(bit: int) -> Answer:
    return lambda low, high: not low & bit


def either(answers: list[Answer]) -> Answer:
    left = [answer for answer in answers if answer is not no]
    if yes in left or not left:
        return yes if left else no
    return left[0] if len(left) == 1 else lambda low, high: any(answer(low, high) for answer in left)


def every(answers: list[Answer]) -> Answer:
    left = [answer for answer in answers if answer is not yes]
    if no in left or not left:
        return no if left else yes
    return left[0] if len(left) == 1 else lambda low, high: all(answer(low, high) for answer in left)
