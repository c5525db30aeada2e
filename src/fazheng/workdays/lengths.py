"""How long a period is, as law files write it: "5 working days", "90 days", "2 months", "1 years"."""

import re
from dataclasses import dataclass
from typing import Literal, Self

Unit = Literal["days", "working days", "months", "years"]

# A century. Longer is a slip of the keyboard, and Python's dates end in the year 9999.
_MOST: dict[Unit, int] = {"days": 36525, "working days": 26000, "months": 1200, "years": 100}
_UNIT_OF: dict[str, Unit] = {unit: unit for unit in _MOST}
_FORM = re.compile(r"(0|[1-9][0-9]{0,17}) ([a-z ]+)")
_HOW = "写法如“5 working days”：数字、空格、单位；单位是 days 日、working days 工作日、months 月、years 年"


class BadLength(ValueError):
    """A length or a fixed day that cannot be counted; the text is a Chinese sentence for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Length:
    """A number of days, working days, months or years; at least 1, at most about a century.

    Raises BadLength for another unit or number. `str()` gives back the text that `parse` reads.
    Law: 民事诉讼法第八十五条 (the units of a period); 行政处罚法第八十五条 (working days).
    """

    number: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit not in _MOST:
            raise BadLength(f"期限单位不认识：“{self.unit}”。{_HOW}。")
        if not 1 <= self.number <= _MOST[self.unit]:
            raise BadLength(f"期限“{self}”不能用：数字应在1到{_MOST[self.unit]}之间。")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The length that `text` names, exactly as law files write it; a singular unit ("1 day") is not accepted.

        Raises BadLength.
        Law: 民事诉讼法第八十五条; 行政处罚法第八十五条.
        """
        found = _FORM.fullmatch(text)
        unit = _UNIT_OF.get(found[2]) if found else None
        if found is None or unit is None:
            raise BadLength(f"期限写法不对：“{text}”。{_HOW}。")
        return cls(int(found[1]), unit)

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"

    def extended_by(self, more: Self) -> Self:
        """One length for the same count run on: 20 + 10 working days are 30.

        Raises BadLength where the units differ: a limit of days is not lengthened by months.
        Law: 行政许可法第四十二条第一款 (extension), as one example.
        """
        if more.unit != self.unit:
            raise BadLength(f"延长“{more}”与期限“{self}”的单位不同，不能相加；请用同一单位。")
        return type(self)(self.number + more.number, self.unit)
