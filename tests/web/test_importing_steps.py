"""对列 of later steps: a row of the bureau's own register that says when the ticket was signed in, and answered."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from django.test import Client

from fazheng.ledger.models import StandingEvent
from tests.web.conftest import AtWork
from tests.web.test_importing import checked, matched, settled, text

Clients = Callable[[str], Client]
HEADS = ["工单号", "接收工单日期", "诉求类别", "诉求事项", "诉求内容", "是否紧急", "签收日期", "承办", "联系诉求人日期"]
SIGNED_IN = {"s_sign_in_on": "签收日期", "s_sign_in_by": "=乙", "s_sign_in_f_assigned_to": "承办"}
CONTACTED = {"s_contact_on": "联系诉求人日期", "s_contact_by": "=乙", "s_contact_f_reached": "=是"}


def register(folder: Path) -> bytes:
    """Three tickets: all signed in, two contacted."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(HEADS)
    for n in range(1, 4):
        contacted = f"2026-11-0{n + 1}" if n < 3 else ""
        row = [f"示例{n}", f"2026-11-0{n}", "投诉", "养老机构收费", "收费不一致", "否"]
        book.active.append([*row, f"2026-11-0{n}", "养老科", contacted])
    book.save(folder / "自己的.xlsx")
    return (folder / "自己的.xlsx").read_bytes()


def test_the_days_of_later_steps_are_proposed_and_then_ask_what_the_step_needs(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    client = client_of("甲")
    url, _ = checked(client, register(tmp_path))
    page = text(client.get(f"{url}columns/?of=hotline.ticket"))
    day = re.search(r'<select id="s_sign_in_on".*?</select>', page, re.DOTALL)
    assert day is not None
    assert '<option value="签收日期" selected>' in day[0]
    assert 'id="s_sign_in_f_assigned_to"' in page
    assert 'id="s_answer_on"' in page, "every later step may have a column"
    assert 'id="s_answer_f_outcome"' not in page, "what it asks is shown once its day has one"
    more = matched(client, url, what="steps", s_answer_on="签收日期", f_topic="")
    assert (more.status_code, 'id="s_answer_f_outcome"' in text(more)) == (200, True)
    assert "还没有对完" not in text(more)


def test_a_row_opens_its_case_and_takes_the_steps_whose_day_is_filled(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    client = client_of("甲")
    url, _ = checked(client, register(tmp_path))
    assert matched(client, url, **SIGNED_IN, **CONTACTED).status_code == 302
    page = settled(client, url)
    assert "12345热线工单 3 件" in page, page
    assert "<dt>后续步骤</dt><dd>5 个</dd>" in page
    client.post(url, {"what": "confirm"})
    assert "已导入" in settled(client, url)
    taken = StandingEvent.objects.filter(bureau=desk_home.bureau.code, procedure="hotline.ticket")
    assert sorted(taken.exclude(event="ticket_received").values_list("on_day", flat=True)) == sorted(
        ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-02", "2026-11-03"]
    )
    assert set(taken.exclude(event="ticket_received").values_list("by", flat=True)) == {"乙"}
    _, again = checked(client, register(tmp_path))  # next month nobody matches anything, steps neither
    assert "检查过了" in again
    assert "<dt>后续步骤</dt><dd>0 个</dd>" in again


def test_a_later_step_without_what_it_must_know_is_not_matched(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    client = client_of("甲")
    url, _ = checked(client, register(tmp_path))
    answer = matched(client, url, **{**SIGNED_IN, "s_sign_in_f_assigned_to": ""})
    assert answer.status_code == 422
    assert "“签收”的“承办科室”还没有对上列" in text(answer)
    assert matched(client, url).status_code == 302, "without its day a step is not asked for"
    assert "<dt>后续步骤</dt><dd>0 个</dd>" in settled(client, url)


def test_a_word_for_every_row_of_a_later_step_is_one_the_law_file_knows(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    client = client_of("甲")
    url, _ = checked(client, register(tmp_path))
    answer: Any = matched(client, url, **{**CONTACTED, "s_contact_f_reached": "=随便"})
    assert answer.status_code == 422
    assert "“联系诉求人”的“已联系上”还没有对上列" in text(answer)
