"""What lists keep of a day, beside what pages keep: as one thing of `AsOf.all_day`, so that many rows push out no page.

Rows stand under the case and its version, lamps under their clock, statements under what is asked and not with which
days, sums under what is asked: each as long as the day, or until there are too many of its kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from fazheng.casework.lists.sums import Kept as KeptSums
from fazheng.web.as_of import MOST_OF_DAY, AsOf, Kept

_LAMPS, _SOME = 20_000, 300


@dataclass(frozen=True, slots=True)
class Memory:
    """Made once a day: whoever asks the same gets the same."""

    rows: Kept = field(default_factory=lambda: Kept(MOST_OF_DAY))
    lamps: Kept = field(default_factory=lambda: Kept(_LAMPS))
    statements: Kept = field(default_factory=lambda: Kept(_SOME))
    plans: Kept = field(default_factory=lambda: Kept(_SOME))
    sums: Kept = field(default_factory=lambda: Kept(_SOME))

    @staticmethod
    def of(as_of: AsOf) -> Memory:
        """That of the day."""
        return as_of.all_day.kept(("lists",), Memory)

    def sums_of(self, key: tuple[object, ...]) -> KeptSums:
        """What is kept of the sums of that question."""
        return self.sums.kept(key, KeptSums)
