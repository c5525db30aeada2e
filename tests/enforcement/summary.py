"""Files of 行政处罚简易程序: done on the spot, reported to the bureau afterwards."""

from collections.abc import Callable, Mapping

from tests.enforcement.story import Story

PROCEDURE = "penalty.summary"
FINE, CASH = 10_000, 20_000  # 分


def _at_hand(s: Story, fine: int) -> None:
    officers = s.officers[:1] if s.wrong("summary_one_officer") else s.officers
    s.take("show_id", **s.person(), officers=officers)
    s.take("notify_on_spot", proposed_kinds=["fine"], proposed_fine=fine)
    if not s.wrong("summary_unheard"):
        if s.number % 2:
            s.take("hear_statement")
        else:
            s.take("waive_statement")
    fine = 50_000 if s.wrong("summary_fine_too_large") else fine
    s.take("decide_on_spot", kinds=["fine"], fine=fine)
    s.take("deliver", on_spot=not s.wrong("summary_not_delivered"))


def cash(s: Story) -> None:
    """A hundred yuan, taken in cash, handed in and brought to the bank."""
    _at_hand(s, FINE)
    s.take("collect_on_spot", ground="small", amount=FINE)
    s.later(0, 1)
    s.take("report_to_bureau")
    if s.wrong("summary_cash_kept"):
        s.over("hand_in_period", s.last("collect_on_spot").on)
    s.take("hand_in", amount=FINE)
    s.later(0, 1)
    s.take("deposit", amount=FINE)
    s.later(0, 2)
    s.take("close")


def paid(s: Story) -> None:
    """Two hundred yuan, paid at the bank."""
    _at_hand(s, CASH)
    s.later(0, 2)
    s.take("report_to_bureau")
    s.later(0, 2)
    s.take("pay_fine", amount=CASH)
    s.later(0, 2)
    s.take("close")


SHAPES: Mapping[str, Callable[[Story], None]] = {shape.__name__: shape for shape in (cash, paid)}
