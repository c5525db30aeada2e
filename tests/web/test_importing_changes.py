"""A longer export at the desk: what it says otherwise is shown, and taken along only where the person says so."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from playwright.sync_api import Page

from fazheng.casework.writing import Act, writing
from fazheng.ledger.models import CaseRow, Entry, StandingEvent
from fazheng.ledger.read import head
from fazheng.web import importing_changes
from fazheng.web.models import ImportJob
from tests.casework.desk import TODAY
from tests.casework.workbook.desk import HOTLINE
from tests.web.conftest import AtWork
from tests.web.looking import pictured, step_in, too_wide, violations
from tests.web.test_importing import checked, filled, matched, settled, text, tickets

Clients = Callable[[str], Client]
HEADS = ["工单号", "接收工单日期", "诉求类别", "诉求事项", "诉求内容", "是否紧急"]
WHY = "平台更正了登记"


def register(folder: Path, *rows: dict[str, str]) -> bytes:
    """The office's own register: three tickets, with these cells otherwise, and more rows below."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(HEADS)
    for n in range(max(3, len(rows))):
        plain = dict(
            zip(HEADS, (f"示例{n}", f"2026-11-0{n + 1}", "投诉", "养老机构收费", "收费不一致", "否"), strict=True)
        )
        book.active.append(list((plain | (rows[n] if n < len(rows) else {})).values()))
    book.save(folder / "自己的.xlsx")
    return (folder / "自己的.xlsx").read_bytes()


def imported(client: Client, folder: Path) -> None:
    """The first three tickets, matched and recorded."""
    url, _ = checked(client, register(folder))
    assert matched(client, url).status_code == 302
    assert "3 件" in settled(client, url)
    client.post(url, {"what": "confirm"})
    assert "已导入" in settled(client, url)


@pytest.fixture
def longer(desk_home: AtWork, client_of: Clients, tmp_path: Path) -> tuple[str, str]:
    """A longer export of the same register, tried: its address and its page."""
    imported(client_of("甲"), tmp_path)
    changed = register(tmp_path, {"是否紧急": "是"}, {"诉求内容": "示例赵六说的别的话"}, {}, {})
    return checked(client_of("甲"), changed)


def test_what_the_longer_export_says_otherwise_is_shown_and_what_is_held_apart_is_not(
    desk_home: AtWork, client_of: Clients, longer: tuple[str, str]
) -> None:
    page = longer[1]
    assert "与账本不同的 2 处" in page
    assert re.search(r'<td data-head="[^"]*">否</td><td data-head="[^"]*">是</td>', page)
    assert "第2行“是否紧急”" in page
    assert "（另存，不显示）" in page
    assert "一并记入改动：照表更正 2 处" in page
    assert "示例赵六" not in page
    assert "示例赵六" not in job_of(longer).told


def test_unticked_only_what_is_new_is_recorded(desk_home: AtWork, client_of: Clients, longer: tuple[str, str]) -> None:
    client, url = client_of("甲"), longer[0]
    client.post(url, {"what": "confirm", "reason": WHY})
    page = settled(client, url)
    assert ("已导入" in page, "照表更正" in page) == (True, False)
    assert standing_of(desk_home, 0)["urgent"] is False
    assert not Entry.objects.filter(event="correct").exists()


def test_ticked_the_shown_changes_are_corrections_with_their_reason(
    desk_home: AtWork, client_of: Clients, longer: tuple[str, str]
) -> None:
    client, url = client_of("甲"), longer[0]
    lacking = client.post(url, {"what": "confirm", "changes": "1", "reason": " "})
    assert (lacking.status_code, "照表更正要写明为什么" in text(lacking)) == (422, True)
    client.post(url, {"what": "confirm", "changes": "1", "reason": WHY})
    page = settled(client, url)
    assert "<dt>照表更正</dt><dd>2 处</dd>" in page
    assert standing_of(desk_home, 0)["urgent"] is True
    corrections = Entry.objects.filter(event="correct")
    assert sorted(corrections.values_list("by", flat=True)) == ["甲", "甲"]
    assert WHY not in "".join(corrections.values_list("data", flat=True)), "the reason is held apart"
    assert WHY not in job_of(longer).told


def test_a_change_that_was_not_shown_is_not_taken(
    desk_home: AtWork, client_of: Clients, longer: tuple[str, str]
) -> None:
    client, url = client_of("甲"), longer[0]
    job = job_of(longer)
    told = job.told.replace('"urgent"', '"topic"')  # as if another one had been shown
    ImportJob.objects.filter(key=job.key).update(told=told)
    client.post(url, {"what": "confirm", "changes": "1", "reason": WHY})
    assert "<dt>照表更正</dt><dd>1 处</dd>" in settled(client, url)
    assert standing_of(desk_home, 0)["urgent"] is False


def test_no_more_is_taken_than_the_page_lists(
    desk_home: AtWork, client_of: Clients, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_changes, "SHOWN", 1)
    imported(client_of("甲"), tmp_path)
    client = client_of("甲")
    url, page = checked(client, register(tmp_path, *({"是否紧急": "是"},) * 3))
    assert "照表更正 1 处" in page
    client.post(url, {"what": "confirm", "changes": "1", "reason": WHY})
    assert "<dt>照表更正</dt><dd>1 处</dd>" in settled(client, url)
    assert [standing_of(desk_home, n)["urgent"] for n in range(3)] == [True, False, False]


def test_what_somebody_corrected_since_the_trial_stays_though_it_is_held_apart(
    desk_home: AtWork, client_of: Clients, longer: tuple[str, str]
) -> None:
    client, url = client_of("甲"), longer[0]
    case = case_of(desk_home, 1)
    with writing(desk_home.bureau, today=TODAY) as act:
        said = {"entry": 1, "reason": "听错了", "request": "养老机构退费"}
        assert not act.do(case, "correct", Act(TODAY, "甲", said)).refused
    stood = standing_of(desk_home, 1)
    client.post(url, {"what": "confirm", "changes": "1", "reason": WHY})
    assert "<dt>照表更正</dt><dd>1 处</dd>" in settled(client, url)
    assert standing_of(desk_home, 1) == stood


def test_who_may_not_amend_the_cases_sees_no_change_and_takes_none(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    imported(client_of("甲"), tmp_path)
    client = client_of("己")  # reviews, and enters nothing in tickets
    url, page = checked(client, register(tmp_path, {"是否紧急": "是"}))
    assert "另有1处在您办不了的案件里" in page
    assert "一并记入改动" not in page
    assert "第2行" not in page
    before = head(desk_home.bureau.code)
    client.post(url, {"what": "confirm", "changes": "1", "reason": WHY})
    settled(client, url)
    assert head(desk_home.bureau.code) == before
    assert standing_of(desk_home, 0)["urgent"] is False


def test_a_template_has_no_changes_to_take(desk_home: AtWork, client_of: Clients, tmp_path: Path) -> None:
    client = client_of("乙")
    url, page = checked(client, filled(tmp_path, {HOTLINE: tickets(1)}))
    assert "一并记入改动" not in page
    client.post(url, {"what": "confirm", "changes": "1", "reason": WHY})
    assert "已导入" in settled(client, url)


def job_of(longer: tuple[str, str]) -> ImportJob:
    return ImportJob.objects.get(key=longer[0].strip("/").rpartition("/")[2])


def standing_of(home: AtWork, n: int) -> dict[str, Any]:
    """What stands of the n-th ticket's opening."""
    return dict(json.loads(StandingEvent.objects.get(bureau=home.bureau.code, case_id=case_of(home, n)).data))


def case_of(home: AtWork, n: int) -> str:
    return CaseRow.objects.get(bureau=home.bureau.code, ref=f"本单位台账-示例{n}").case_id


def test_on_a_phone_old_and_new_are_seen_without_scrolling_sideways(
    client_of: Clients, live: str, longer: tuple[str, str], browser_page: Page
) -> None:
    step_in(browser_page, live, "甲", client_of("甲"))
    browser_page.goto(live + longer[0])
    pictured(browser_page, "import-changes")
    cells = browser_page.locator(".changes tbody tr:first-child td")
    wide = [cells.nth(n).bounding_box() for n in (2, 3)]
    assert wide[0] is not None
    assert wide[1] is not None
    assert wide[0]["y"] == wide[1]["y"], "side by side on a desk"
    browser_page.set_viewport_size({"width": 360, "height": 780})
    old, new = (cells.nth(n).bounding_box() for n in (2, 3))
    assert old is not None
    assert new is not None
    assert old["y"] < new["y"], "one above the other"
    assert max(box["x"] + box["width"] for box in (old, new)) <= 360
    assert violations(browser_page) == []
    assert too_wide(browser_page) == []
