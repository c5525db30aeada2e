"""In a place that lets its office serve the hotline, the office takes tickets; it still decides no penalty."""

from __future__ import annotations

from tests.cli.typing import Shell

TICKET = {
    "工单号": "示例工单甲",
    "诉求类别": "咨询",
    "紧急": "否",
    "诉求事项": "养老机构收费",
    "诉求内容": "示例",
    "经研究确定承办": "否",
}
WORDS = [word for label, value in TICKET.items() for word in ("--data", f"{label}={value}")]


def test_the_office_takes_a_ticket_where_the_place_says_so(fresh: Shell) -> None:
    taken = fresh("case", "open", "hotline.ticket", "--on", "2026-09-01", "--as", "Z011", *WORDS)
    assert taken.code == 0, taken.out + taken.err


def test_nobody_else_takes_it(fresh: Shell) -> None:
    refused = fresh("case", "open", "hotline.ticket", "--on", "2026-09-01", "--as", "Z003", *WORDS)
    assert refused.code == 1
    assert "Z003在2026-09-01不是热线承办员（办公室）" in refused.out + refused.err
