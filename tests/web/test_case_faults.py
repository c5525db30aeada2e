"""What is wrong with a form stands at the box it is about, and the page above leads there."""

import re
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fazheng.casework.registers import change_row
from fazheng.casework.writing import Act, writing
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.test_case_record import send, ticket

Clients = Callable[[str], Client]
NOT_A_PERSON = "示例某"


def error_at(page: str, box: str) -> str:
    """What the page says at the box; "" where it says nothing there."""
    found = re.search(f'<p class="error" id="{re.escape(box)}-error">(.*?)</p>', page)
    return found[1] if found else ""


def leads_to(page: str) -> list[str]:
    """The boxes to which the faults above the form lead."""
    above = re.search(r'id="faults".*?</div>', page, re.DOTALL)
    return re.findall(r'href="#([^"]+)"', above[0]) if above else []


def test_what_is_missing_is_told_at_its_box(client_of: Clients, desk_home: AtWork) -> None:
    status, page = send(client_of("乙"), "/open/hotline.ticket/", {"f_topic": "养老机构收费", "f_urgent": "否"})
    assert status == 422
    missing = {
        "f_ticket_no": "工单号",
        "f_kind": "诉求类别",
        "f_request": "诉求内容",
        "f_assigned_by_ruling": "经研究确定承办",
    }
    assert {box: error_at(page, box) for box in missing} == {box: f"请填写“{name}”" for box, name in missing.items()}
    assert sorted(leads_to(page)) == sorted(missing)
    assert not error_at(page, "f_topic")
    assert all(f'id="{box}"' in page for box in missing)


def test_a_day_before_the_last_step_is_told_at_the_day(client_of: Clients, desk_home: AtWork) -> None:
    url = f"/case/{desk_home.ticket}/do/sign_in/"
    status, page = send(client_of("乙"), url, {"on": "2026-08-01", "f_assigned_to": "养老股"})
    assert status == 422
    assert "日期不能早于本案最近一步" in error_at(page, "on")
    assert leads_to(page) == ["on"]


def test_a_name_in_place_of_a_code_is_told_where_it_was_typed(client_of: Clients, desk_home: AtWork) -> None:
    url = f"/case/{desk_home.ticket}/do/sign_in/"
    status, page = send(client_of("乙"), url, {"f_assigned_to": "养老股", "happened": "1", "by": NOT_A_PERSON})
    assert status == 422
    assert f"人员名册里没有“{NOT_A_PERSON}”，请核对人员编号" in error_at(page, "by")
    assert '<option value="甲">' in page, "codes are proposed where one is typed"


def test_a_row_of_a_register_tells_what_is_missing_at_its_box(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    page = client.get("/people-rows/staff/").content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)
    assert key
    page = client.post(
        "/people-rows/staff/", {"form_key": key[1], "on": "2026-11-01", "what": "enter"}
    ).content.decode()
    assert error_at(page, "f_code").startswith("请填写“")
    assert "f_code" in leads_to(page)


def test_an_amendment_without_its_reason_says_so_at_the_reason(client_of: Clients, desk_home: AtWork) -> None:
    url = f"/case/{desk_home.ticket}/entry/1/correct/"
    status, page = send(client_of("乙"), url, ticket(f_topic="养老机构床位", reason=" "))
    assert status == 422
    assert error_at(page, "reason") == "更正、撤回、补记都要写明理由"


def test_a_case_is_named_as_staff_call_it_and_recorded_by_its_number(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("甲")
    page = client.get(f"/case/{desk_home.ticket}/").content.decode()
    assert re.search(f'<h1>12345热线工单2026年第1号 <span class="number">{desk_home.ticket}</span></h1>', page)
    fields = {"f_cause": "未按规定接受年度检查", "f_source": "report", "f_ticket": "12345热线工单2026年第1号"}
    _, page = send(client, "/open/penalty.ordinary/", fields)
    assert f'name="f_ticket" value="{desk_home.ticket}"' in page
    assert not error_at(page, "f_ticket")


def test_who_is_wanted_is_said_where_nobody_can_be_chosen(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("甲")
    assert "现在没有可选的" not in client.get("/open/penalty.ordinary/").content.decode()
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        for code in "甲乙":
            over = {"certificate_until": "2026-11-01"}
            assert change_row(act, "staff", code, Act(desk.day("2026-11-01"), "丙", over, paper="示例文件")) == ()
    page = client.get("/open/penalty.ordinary/").content.decode()
    assert "现在没有持有效证件的执法人员。请先" in page
    assert 'href="/staffing/"' in page


def test_a_scan_that_is_missing_or_empty_is_told_at_its_box(client_of: Clients, desk_home: AtWork) -> None:
    url = f"/case/{desk_home.penalty}/do/reassign/"
    paper = {"f_officers": ["甲", "乙"], "f_reason": "出差", "signed": "1", "signer": "丙"}
    status, page = send(client_of("甲"), url, paper)
    assert (status, leads_to(page)) == (422, ["scan_file"])
    assert "附上扫描件" in error_at(page, "scan_file")
    status, page = send(client_of("甲"), url, paper | {"scan_file": SimpleUploadedFile("签字.pdf", b"")})
    assert (status, "这个文件是空的" in error_at(page, "scan_file")) == (422, True)
