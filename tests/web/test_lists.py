"""台账 and 名录: the columns of the law, whose cases, filters, sums, views, files."""

import csv
import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from fazheng.casework.exporting import EXPORTS
from fazheng.casework.lists.columns import columns_of
from fazheng.casework.lists.handing_out import safe
from fazheng.casework.writing import writing
from fazheng.lawbook.load import load
from fazheng.ledger.models import CasePart, CaseRow, StandingEvent
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.test_case_page import counted
from tests.web.test_tables import listed

Clients = Callable[[str], Client]


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_the_columns_of_a_list_are_the_fields_of_its_law(client_of: Clients) -> None:
    page = text(client_of("丙"), "/lists/penalty.ordinary/")
    law = load().procedures["penalty.ordinary"][-1]
    labels = [column.label for column in columns_of(law)]
    assert labels
    assert all(f">{label}</th>" in page for label in labels)
    assert law.label("matter") in labels
    assert any("决定书文号" in label or law.label("document_no") in label for label in labels)


def test_a_case_is_called_as_staff_call_it_and_its_id_stays_in_the_address(
    client_of: Clients, desk_home: AtWork
) -> None:
    page = text(client_of("丙"), "/lists/penalty.ordinary/")
    assert f'<a href="/case/{desk_home.penalty}/">行政处罚普通程序2026年第1号</a>' in page


def test_what_is_held_apart_is_covered_in_a_list(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.receive(act, caller="示例王五", phone="13800000001")
    page = text(client_of("丙"), "/lists/hotline.ticket/")
    assert "（另存）" in page
    assert "王五" not in page
    assert "13800000001" not in page


def test_who_has_a_part_in_some_cases_lists_those_and_no_others(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        mine = desk.decided_unheard(act)
    reviewer = client_of("己")  # a step of theirs waits in this one alone
    page = text(reviewer, "/lists/penalty.ordinary/")
    assert listed(reviewer, "/lists/penalty.ordinary/") == [mine]
    assert desk_home.penalty not in page
    assert "与您有关的案件" in page
    assert "/lists/penalty.ordinary/" in text(reviewer, "/lists/")
    assert reviewer.get(f"/case/{mine}/").status_code == 200
    assert reviewer.get(f"/case/{desk_home.penalty}/").status_code == 404


def test_who_has_a_part_in_no_case_gets_no_list(client_of: Clients) -> None:
    assert client_of("丁").get("/lists/hotline.ticket/").status_code == 403
    assert "/lists/hotline.ticket/" not in text(client_of("丁"), "/lists/")
    assert client_of("丁").post("/lists/hotline.ticket/export/", {"to": "示例单位"}).status_code == 403


def test_a_list_is_filtered_by_state_period_light_number_and_field(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        later = desk.file(act, "2026-11-19", source="complaint", facts="…")
    client, url = client_of("丙"), "/lists/penalty.ordinary/"
    assert set(listed(client, url)) == {later, desk_home.penalty}
    assert listed(client, f"{url}?since=2026-11-01") == [later]
    assert listed(client, f"{url}?until=2026-10-01") == [desk_home.penalty]
    assert listed(client, f"{url}?state=closed") == []
    assert listed(client, f"{url}?by.case_filed.source=complaint") == [later]
    assert listed(client, f"{url}?ref=没有的") == []
    by_light = {light: listed(client, f"{url}?light={light}") for light in ("red", "yellow", "green")}
    assert sorted(case for found in by_light.values() for case in found) == sorted([later, desk_home.penalty])
    for light, found in by_light.items():
        for case in found:
            row = re.search(rf"<tr>(?:(?!</tr>).)*{case}(?:(?!</tr>).)*</tr>", text(client, url), re.S)
            assert row is not None
            assert f'class="light {light}"' in row[0]


def test_the_sum_row_is_over_all_that_the_filters_leave(client_of: Clients, desk_home: AtWork) -> None:
    bureau = desk_home.bureau.code
    for n in range(1, 121):
        case = f"penalty.ordinary-2025-{n:04d}"
        CaseRow.objects.create(
            bureau=bureau,
            case_id=case,
            procedure="penalty.ordinary",
            in_force="2021-07-15",
            opened_on="2025-03-04",
            closed_on=None,
            last_on="2025-03-04",
            last_version=1,
            ref="",
        )
        StandingEvent.objects.create(bureau=bureau, case_id=case, version=2, procedure="penalty.ordinary", by="丙",
                                     event="penalty_decided", on_day="2025-03-05", data='{"fine":10050}')  # fmt: skip
    page = text(client_of("丙"), "/lists/penalty.ordinary/?until=2025-12-31&sum=1")
    foot = re.search(r"<tfoot>.*</tfoot>", page, re.S)
    assert foot is not None
    assert "合计 120件" in foot[0]
    assert "12060.00" in foot[0]


def test_a_list_with_its_sums_asks_three_statements(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    client.get("/lists/penalty.ordinary/")
    with counted() as bare:
        client.get("/lists/")
    with counted() as asked:
        client.get("/lists/penalty.ordinary/?sum=1&light=red&state=open&by.case_filed.source=complaint")
    assert len(asked["default"]) - len(bare["default"]) <= 3
    with counted() as asked:
        client_of("己").get("/lists/penalty.ordinary/")
    assert len(asked["default"]) <= 4, [one["sql"][:90] for one in asked["default"].captured_queries]


def test_a_view_is_kept_for_its_person_alone(client_of: Clients) -> None:
    client, url = client_of("丙"), "/lists/penalty.ordinary/"
    kept = client.post(f"{url}view/", {"name": "未结的", "query": "state=open&sort=opened&after=x"})
    assert kept["Location"] == f"{url}?state=open&sort=opened"
    assert "未结的" in text(client, url)
    assert "未结的" not in text(client_of("甲"), url)
    number = re.search(r'name="drop" value="(\d+)"', text(client, url))
    assert number is not None
    client_of("甲").post(f"{url}view/", {"drop": number[1]})
    assert "未结的" in text(client, url)
    client.post(f"{url}view/", {"drop": number[1]})
    assert "未结的" not in text(client, url)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_list_leaves_as_it_is_shown_and_the_book_says_so(client_of: Clients, desk_home: AtWork, form: str) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.receive(act, topic='=HYPERLINK("http://x")', caller="示例王五")
    before = len(desk.book(desk_home.bureau, EXPORTS))
    answer = client_of("丙").post("/lists/hotline.ticket/export/", {"to": "示例市局", "form": form, "state": "open"})
    assert answer.status_code == 200
    if form == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
        rows = [[str(cell or "") for cell in line] for line in sheet.iter_rows(values_only=True)]
    assert len(rows) == 3
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)
    assert "王五" not in str(rows)
    entry = desk.book(desk_home.bureau, EXPORTS)[before]
    assert desk.data_of(entry)["counts"] == {"rows": 2}
    assert (entry.event, entry.by) == ("exported", "丙")
    assert "未结" in desk.data_of(entry)["selection"]


def test_a_list_does_not_leave_without_a_receiver(client_of: Clients, desk_home: AtWork) -> None:
    answer = client_of("丙").post("/lists/hotline.ticket/export/", {"to": " ", "form": "csv"})
    assert answer.status_code == 422
    assert "没有写交给谁" in answer.content.decode()
    assert "--to" not in answer.content.decode()
    assert not desk.book(desk_home.bureau, EXPORTS)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "＝"])
def test_no_cell_begins_as_a_formula(sign: str) -> None:
    assert safe(f"{sign}1+1") == f"'{sign}1+1"
    assert safe("示例") == "示例"


def test_parts_say_who_acted_who_is_named_and_for_whom_a_step_waits(desk_home: AtWork) -> None:
    held = set(CasePart.objects.filter(case_id=desk_home.penalty).values_list("who", flat=True))
    assert {"person:甲", "person:乙", "person:丙", "role:officer", f"org:{desk.CODE}"} <= held
    assert "role:legal_reviewer" not in held


def test_a_list_that_was_read_in_another_code_is_not_what_others_get(client_of: Clients) -> None:
    address = "/lists/hotline.ticket/?state=closed&n=3"
    odd = client_of("丙").get(address, headers={"content-type": "text/html; charset=utf-16"})
    assert odd.status_code == 200
    assert '<option value="closed" selected' in client_of("丙").get(address).content.decode()


def test_a_list_is_asked_for_a_light_that_none_of_its_clocks_can_show(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    every = load(place=desk_home.bureau.place).procedures
    clockless = [id for id, versions in every.items() if not any(limit.binds for v in versions for limit in v.limits)]
    assert clockless
    for id in clockless:
        assert "没有这样的案件。" in text(client, f"/lists/{id}/?light=red")
