"""When an entry is recorded: by this computer's clock, which may be wrong. The book's own times never go back."""

from __future__ import annotations

from datetime import datetime, timedelta

from fazheng.casework import clock
from fazheng.ledger.rows import rows

TOLERATED = timedelta(minutes=10)  # by so much do the clocks of two computers differ that nobody looks after


class ClockBehind(Exception):
    """The clock is far behind the book's last entry: one of the two was wrong. The message says what to do."""

    def __init__(self, now: datetime, last: datetime) -> None:
        super().__init__(
            f"本机时钟是{_shown(now)}，账本最后一条却记于{_shown(last)}：时钟可能被调回，现在记入会写错时间，本次没有写入。"
            "请先校准本机时间；如果现在的时间是对的（以前的时钟走快了），由系统管理员或者负责人写明理由后继续"
        )


def last_recorded(bureau: str, seq: int) -> str:
    """When entry `seq` of the bureau was recorded, as it stands in the book; empty before the first entry."""
    found = rows("SELECT recorded_at FROM ledger_entry WHERE bureau = %s AND seq = %s", [bureau, seq])
    return str(found[0][0]) if found else ""


def moment(last: str, *, confirmed: bool = False) -> str:
    """The time to record now, after an entry recorded at `last`: never before it, unless a person confirmed the clock.

    A clock that is behind by no more than what is tolerated records the last entry's time again. Raises ClockBehind.
    """
    now = clock.now()
    text = now.isoformat(timespec="seconds")
    if confirmed or not last or last <= text:  # both are written in +08:00, so that text goes by time
        return text
    before = _read(last)
    if before is None or before <= now:
        return text
    if before - now > TOLERATED:
        raise ClockBehind(now, before)
    return last


def behind(last: str) -> bool:
    """Whether this computer's clock is too far behind the book for an entry to be recorded."""
    try:
        moment(last)
    except ClockBehind:
        return True
    return False


def _read(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _shown(moment: datetime) -> str:
    return moment.astimezone(clock.ZONE).strftime("%Y-%m-%d %H:%M")
