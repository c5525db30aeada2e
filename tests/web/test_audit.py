"""审计: the book verified with its progress, checkpoints and receipts, who looked at what is held apart, what left."""

import json
import re
import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fazheng.casework.act import Act
from fazheng.casework.exporting import record_export
from fazheng.casework.looking import look, looks
from fazheng.casework.writing import writing
from fazheng.ledger.checkpoints import kept
from fazheng.web import audit_verifying
from fazheng.web.models import Verifying
from tests.casework import desk
from tests.web.conftest import AtWork

Clients = Callable[[str], Client]
WHY = "核对当事人的电话是否写错"


@pytest.fixture
def auditor(client_of: Clients, desk_home: AtWork) -> Client:
    """The audit administrator: of another office, without any business role."""
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.enter(act, "staff", "2026-01-01", code="审", name="示例审", roles=["audit_admin"], other_office=True)
    return client_of("审")


@pytest.fixture
def looked(desk_home: AtWork) -> str:
    """A case at whose private values 乙 looked, with a reason."""
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        refused, found = look(act, desk_home.ticket, [], Act(desk.TODAY, "乙", {}), WHY)
    assert not refused
    assert found
    return desk_home.ticket


def verified(client: Client, **typed: str) -> str:
    """The page once the verification has ended."""
    assert client.post("/audit/verify/", typed).status_code == 302
    for _ in range(200):
        page = client.get("/audit/verify/").content.decode()
        if "正在验算" not in page:
            return page
        time.sleep(0.05)
    raise AssertionError("the verification did not end")


def test_only_the_audit_administrator_and_the_head_get_in(
    auditor: Client, client_of: Clients, desk_home: AtWork
) -> None:
    for address in ("/audit/", "/audit/verify/", "/audit/looks/", "/audit/exports/", "/audit/clocks/"):
        assert auditor.get(address).status_code == 200, address
        assert client_of("丙").get(address).status_code == 200, address
        assert client_of("甲").get(address).status_code == 403, address


def test_the_auditor_holds_no_right_to_cases(auditor: Client, desk_home: AtWork) -> None:
    for address in (f"/case/{desk_home.ticket}/", "/lists/", "/figures/", "/report/", "/checkup/"):
        assert auditor.get(address).status_code in (403, 404), address


def test_a_verification_runs_beside_the_page_and_tells_its_end(auditor: Client, desk_home: AtWork) -> None:
    page = verified(auditor, everything="1")
    assert "账本完好" in page
    assert "全部重读" in page
    row = Verifying.objects.get()
    assert (row.sound, row.by) == (True, "审")
    assert row.done == row.total > 0
    assert "完好" in auditor.get("/audit/").content.decode()


def test_a_verification_that_breaks_says_so_in_words_and_the_log_says_where(
    auditor: Client, desk_home: AtWork, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("示例甲")

    monkeypatch.setattr(audit_verifying, "checked", broken)
    page = verified(auditor, everything="1")
    assert "没有验算完：程序出错，请把时间告诉维护人员" in page
    assert "ZeroDivisionError" not in page
    said = capsys.readouterr().err
    assert ("ZeroDivisionError" in said, "示例甲" in said) == (True, False)


def test_while_it_runs_the_page_shows_how_far_it_is_and_no_second_one_begins(
    auditor: Client, desk_home: AtWork
) -> None:
    row = Verifying.objects.create(
        bureau=desk_home.bureau.code, by="审", begun_at="2026-11-20T09:00:00+08:00", everything=True,
        process=audit_verifying._PROCESS, done=3, total=12,
    )  # fmt: skip
    page = auditor.get("/audit/verify/").content.decode()
    assert 'value="25"' in page
    assert "3／12" in page
    assert 'hx-trigger="every 1s"' in page
    auditor.post("/audit/verify/", {})
    assert list(Verifying.objects.all()) == [row]


def test_one_that_a_stopped_server_left_is_told_as_broken_off(auditor: Client, desk_home: AtWork) -> None:
    Verifying.objects.create(
        bureau=desk_home.bureau.code, by="审", begun_at="2026-11-20T09:00:00+08:00", everything=True, process="别的"
    )
    assert "没有验算完" in auditor.get("/audit/verify/").content.decode()
    assert "账本完好" in verified(auditor)


def test_a_changed_byte_is_found_and_said_with_its_entry(auditor: Client, desk_home: AtWork) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(
            "UPDATE ledger_entry SET data = replace(data, '养老', '养牛') WHERE case_id = %s", [desk_home.ticket]
        )
    page = verified(auditor, everything="1")
    assert "有问题" in page
    assert re.search(r"从第\d+条起", page)


def test_checkpoints_are_made_listed_downloaded_and_held_against_the_book(auditor: Client, desk_home: AtWork) -> None:
    assert "还没有存证点" in auditor.get("/audit/").content.decode()
    assert auditor.post("/audit/checkpoint/").status_code == 302
    file = kept(desk_home.home, desk_home.bureau.code)[0]
    size = int(file.stem.rsplit("-", 1)[1])
    assert f"/audit/checkpoint/{size}/" in auditor.get("/audit/").content.decode()
    page = auditor.get(f"/audit/checkpoint/{size}/").content.decode()
    assert page == file.read_text("utf-8")
    assert "相符" in auditor.post("/audit/checkpoint/", {"text": page}).content.decode()
    wrong = auditor.post("/audit/checkpoint/", {"text": page.replace(f"\n{size}\n", f"\n{size + 1}\n", 1)})
    assert wrong.status_code == 422
    assert auditor.post("/audit/checkpoint/", {"text": "<script>alert(1)</script>"}).status_code == 422


def test_a_receipt_proves_a_case_and_tells_nothing_of_it(auditor: Client, desk_home: AtWork) -> None:
    assert auditor.post("/audit/receipt/", {"case": desk_home.ticket}).status_code == 422
    auditor.post("/audit/checkpoint/")
    answer = auditor.post("/audit/receipt/", {"case": desk_home.ticket})
    told = json.loads(answer.content)
    assert len(told["entries"]) == len(desk.book(desk_home.bureau, desk_home.ticket))
    assert "养老" not in answer.content.decode()
    assert auditor.post("/audit/receipt/", {"case": "hotline.ticket-2026-9999"}).status_code == 422


def test_who_looked_at_what_is_listed_without_names_and_without_the_reason(
    auditor: Client, desk_home: AtWork, looked: str
) -> None:
    page = auditor.get("/audit/looks/").content.decode()
    assert looked in page
    assert "乙" in page
    assert "示例乙" not in page
    assert WHY not in page
    assert looked not in auditor.get("/audit/looks/?by=甲").content.decode().split("<tbody>")[1]
    assert looked in auditor.get(f"/audit/looks/?by=乙&case={looked}&since=2020-01-01").content.decode()
    assert auditor.get("/audit/looks/?after=x&since=nonsense").status_code == 200


def test_a_reason_is_shown_to_who_says_why_and_that_is_entered_first(
    auditor: Client, desk_home: AtWork, looked: str
) -> None:
    found = re.search(r'href="(/audit/looks/\d+/)"', auditor.get("/audit/looks/").content.decode())
    assert found
    form = auditor.get(found[1]).content.decode()
    assert WHY not in form
    silent = auditor.post(found[1], {"reason": ""})
    assert "--reason" not in silent.content.decode()
    assert silent.status_code == 422
    assert WHY not in silent.content.decode()
    assert len(looks(desk_home.bureau.code)) == 1
    shown = auditor.post(found[1], {"on": "2020-01-01", "reason": "季度抽查"})
    assert WHY in shown.content.decode()
    assert [one.by for one in looks(desk_home.bureau.code)] == ["乙", "审"]
    assert desk.book(desk_home.bureau, looked)[-1].happened_on == desk.TODAY.isoformat(), "of no other day"
    assert auditor.get("/audit/looks/1/").status_code == 404, "an entry that is no look"


def test_one_key_of_a_form_opens_no_second_reason_unlogged(auditor: Client, desk_home: AtWork, looked: str) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        assert look(act, desk_home.penalty, [], Act(desk.TODAY, "甲", {}), WHY)[0] == ()
    ways = re.findall(r'href="(/audit/looks/\d+/)"', auditor.get("/audit/looks/").content.decode())
    assert len(ways) == 2
    for way in ways:
        shown = auditor.post(way, {"form_key": "0" * 32, "reason": "季度抽查"})
        assert WHY in shown.content.decode()
    assert [one.by for one in looks(desk_home.bureau.code)] == ["乙", "甲", "审", "审"]


def test_what_was_exported_is_listed_with_its_counts(auditor: Client, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        refused = record_export(
            act, Act(desk.TODAY, "甲", {}), form="jsonl", to="示例市民政局", said="2026年全部", whole=False, reason="",
            counts={"cases": 2}, digests={"a": "b"},
        )  # fmt: skip
    assert not refused
    page = auditor.get("/audit/exports/").content.decode()
    assert "2026年全部" in page
    assert "cases 2" in page
    assert "示例市民政局" not in page, "to whom is held apart"


@pytest.mark.parametrize("address", ["/audit/", "/audit/verify/", "/audit/looks/", "/audit/exports/", "/audit/clocks/"])
def test_pages_ask_three_statements(address: str, auditor: Client, desk_home: AtWork, looked: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        auditor.get(address)
    told = [one["sql"] for one in asked.captured_queries]
    assert len(told) <= 4, told  # the staff register, and three
