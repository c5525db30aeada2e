"""What is known of a wide form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of a wide form: the entry it is up to, and the days every row of it is valid for."""

    shape: str
    seq: int
    since: str
    until: str

    def answers(self, shape: str, moved: int, day: str) -> bool:
        """Whether it stands for the day; `moved`: the entry after which nothing came to the procedure."""
        return self.shape == shape and self.seq >= moved and self.valid_on(day)

    def valid_on(self, day: str) -> bool:
        return self.since <= day < self.until
