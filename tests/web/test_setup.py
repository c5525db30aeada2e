"""The first half hour: an empty home asks for a bureau, its region and three people, and then takes its own Excel."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from playwright.sync_api import Page

from fazheng.casework.bureaux import known
from fazheng.casework.rebuild import dump, rebuild
from fazheng.ledger.models import CaseRow
from fazheng.staff import load_roster
from fazheng.web import serving
from fazheng.web.models import Account, AccountAct
from tests.casework import desk
from tests.web.looking import pictured, violations, watched

PASSWORD = "只有我知道的 2026"
Typed = dict[str, str | list[str]]
MOST_FIELDS, MOST_CLICKS = 10, 6


def form(**more: str | list[str]) -> Typed:
    """The first page as it is sent."""
    people: Typed = {
        "name0": "示例一", "code0": "01", "roles0": ["bureau_head"],
        "name1": "示例二", "code1": "02", "roles1": ["officer", "section", "office", "hotline_desk"],
        "name2": "示例三", "code2": "03", "roles2": ["legal_reviewer"],
    }  # fmt: skip
    return {"bureau": "示例县民政局", "code": "999001", **people, "password": PASSWORD, "again": PASSWORD, **more}


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_every_door_of_an_empty_home_leads_to_the_first_page(empty_home: Path) -> None:
    for url in ("/login/", "/begin/"):
        answer = Client().get(url, follow=True)
        assert (answer.status_code, "单位名称" in text(answer)) == (200, True), url
    assert Client().get("/", follow=True).redirect_chain[-1][0] == "/begin/"


def test_the_first_page_asks_for_no_dictionary(empty_home: Path) -> None:
    asked = re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', text(Client().get("/begin/")))
    own = [name for name in dict.fromkeys(asked) if name != "csrfmiddlewaretoken" and not name.startswith("roles")]
    assert own == ["bureau", "code", "name0", "code0", "name1", "code1", "name2", "code2", "password", "again"]


def test_a_bureau_begins_with_three_people_who_have_accounts(empty_home: Path) -> None:
    client = Client()
    answer = client.post("/begin/", form())
    slips = dict(re.findall(r"<dt>(\w+)</dt><dd><code>(\w+)</code>", text(answer)))
    assert (answer.status_code, sorted(slips)) == (200, ["02", "03"])
    (bureau,) = known()
    assert (bureau.name, bureau.code, bureau.place) == ("示例县民政局", "999001", "示例县")
    roster = load_roster("999001")
    assert [one.code for one in roster.here(desk.TODAY)] == ["01", "02", "03"]
    assert client.get("/today/").status_code == 200
    assert "逾期未办" not in text(client.get("/today/duties/"))  # of months before it, the book knows nothing
    other = Client()
    other.post("/login/", {"code": "02", "password": slips["02"]})
    assert other.get("/today/")["Location"] == "/account/password/"
    assert Account.objects.get(code="01").password.startswith("argon2")
    assert list(AccountAct.objects.values_list("by", "of", "what")) == [("01", c, "opened") for c in ("01", "02", "03")]
    live = dump(bureau.code)
    rebuild(bureau)
    assert dump(bureau.code) == live


def test_names_of_the_first_people_are_held_apart(empty_home: Path) -> None:
    Client().post("/begin/", form())
    (bureau,) = known()
    assert not any("示例一" in entry.data for entry in desk.book(bureau))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"bureau": ""}, "请写单位名称"),
        ({"code": "1"}, "不能作编号"),
        ({"again": "别的口令 2026"}, "两次输入的口令不一样"),
        ({"password": "123", "again": "123"}, "口令太短"),
        ({"code1": "01"}, "两个人的编号相同"),
        ({"roles1": []}, "请至少选一个角色"),
        ({"roles0": ["office"]}, "要有一位行政机关负责人"),
        ({"roles2": ["legal_reviewer", "audit_admin"]}, "三员也不能由一人兼任"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(empty_home: Path, wrong: Typed, said: str) -> None:
    answer = Client().post("/begin/", {**form(), **wrong})
    assert (answer.status_code, said in text(answer)) == (422, True)
    assert (known(), Account.objects.count(), serving.serving().bureau) == ([], 0, None)
    assert Client().post("/begin/", form()).status_code == 200


def test_only_this_machine_sets_a_bureau_up_and_only_once(empty_home: Path) -> None:
    far = Client(REMOTE_ADDR="10.0.0.9")
    assert (far.get("/begin/").status_code, far.post("/begin/", form()).status_code) == (403, 403)
    assert Client(enforce_csrf_checks=True).post("/begin/", form()).status_code == 403
    assert known() == []
    Client().post("/begin/", form())
    again = Client().post("/begin/", form(bureau="别的局", code="999002"))
    assert (again.status_code, len(known()), Account.objects.count()) == (302, 1, 3)


def test_accounts_without_a_bureau_are_made_anew(empty_home: Path) -> None:
    """As a kill between the two files leaves it."""
    Account.objects.open("半途", PASSWORD)
    Client().post("/begin/", form())
    assert sorted(Account.objects.values_list("code", flat=True)) == ["01", "02", "03"]


def own_register(path: Path) -> Path:
    """A register as an office keeps it: a title, its own heads, its own words."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2025年热线工单台账（示例）"])
    sheet.append(["工单号", "接收工单日期", "诉求类别", "诉求事项", "诉求内容", "备注"])
    for n in range(1, 6):
        sheet.append([f"示例{n}", date(2025, 3, n + 2), "投诉", "养老机构收费", "收费与公示的不一致", "虚构"])
    book.save(path)
    return path


class Hands:
    """A person at the page: what they click and fill is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.fields, self.clicks = page, 0, 0

    def fill(self, selector: str, value: str) -> None:
        self.fields += 1
        self.page.locator(selector).fill(value)

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click()

    def begin(self) -> None:
        """The first page, filled and sent."""
        self.fill("#bureau", "示例县民政局")
        self.fill("#code", "999001")
        for n, name in enumerate(("示例一", "示例二", "示例三")):
            self.fill(f"#name{n}", name)
        self.fill("#password", PASSWORD)
        self.fill("#again", PASSWORD)
        self.click("main .button")

    def choose(self, selector: str, value: str) -> None:
        """Counted where it was not proposed already."""
        box = self.page.locator(selector)
        if box.input_value() != value:
            self.fields += 1
            box.select_option(value)


def test_the_first_half_hour_takes_few_clicks_and_few_fields(
    empty_home: Path, browser_page: Page, live_empty: str, tmp_path: Path
) -> None:
    """From an empty home to a register of the bureau's own in the book, as a person does it."""
    page, hands = browser_page, Hands(browser_page)
    with watched(page) as complaints:
        page.goto(live_empty)
        looked_at(page, "begin")
        hands.begin()
        looked_at(page, "begun")
        hands.click("text=导入第一本台账")
        hands.fields += 1
        page.locator("#file").set_input_files(own_register(tmp_path / "自己的台账.xlsx"))
        hands.click("text=上传并检查")
        hands.click("main a.button:text('对列')")
        hands.choose("#f_urgent", "=否")
        hands.choose("#f_assigned_by_ruling", "=否")
        looked_at(page, "columns")
        hands.click("text=检查这张表")
        page.locator("text=确认，记入账本").wait_for()
        looked_at(page, "ready")
        hands.click("text=确认，记入账本")
        page.get_by_text("已导入，编号").wait_for()
        looked_at(page, "imported")
    assert complaints == []
    assert CaseRow.objects.filter(procedure="hotline.ticket").count() == 5
    assert (hands.fields <= MOST_FIELDS, hands.clicks <= MOST_CLICKS) == (True, True)


def looked_at(page: Page, name: str) -> None:
    assert violations(page) == []
    pictured(page, name)
