"""Journeys of the first day: an empty bureau, a first password, its own register read in."""

from datetime import date
from pathlib import Path

import openpyxl

from fazheng.casework.bureaux import the_bureau
from fazheng.ledger.models import CaseRow
from tests.web.conftest import AtWork
from tests.web.journeys.conftest import Sits
from tests.web.journeys.hands import Hands, counted
from tests.web.looking import account

OURS = "只有我们知道 2026"


def begun(hands: Hands) -> None:
    """The bureau with three people, from the first page on."""
    hands.opens("/")
    hands.write("单位名称", "示例县民政局")
    hands.write("地区", "999001")
    for n, name in enumerate(("示例甲", "示例乙", "示例丙")):
        hands.page.locator(f"#name{n}").fill(name)
        hands.fields += 1
    hands.write("您的口令", OURS)
    hands.write("再输一次口令", OURS)
    hands.button("开始")
    hands.sees("已经设好")


def test_an_empty_bureau_begins_without_javascript(sits_down: Sits, empty_live: str) -> None:
    head = sits_down(empty_live, scripts=False)
    begun(head)
    assert "首次口令" in head.told
    head.link("先看首页")
    assert "示例县民政局" in head.told
    assert the_bureau().code == "999001"
    counted("一、空的单位，写明单位、地区和三个人（不用脚本）", head, clicks=2, fields=7)


def test_who_was_given_a_first_password_changes_it_and_is_at_work_by_keyboard(
    sits_down: Sits, at_work: tuple[AtWork, str]
) -> None:
    _, live = at_work
    account("乙", "shown-once-2026", must_change=True)
    clerk = sits_down(live, keyboard=True)
    clerk.opens("/")
    clerk.write("人员编号", "乙")
    clerk.write("口令", "shown-once-2026")
    clerk.button("登录")
    clerk.write("原口令", "shown-once-2026")
    clerk.page.locator("#new").focus()
    for box in ("#new", "#again"):
        clerk.page.locator(box).focus()
        clerk.page.keyboard.type("只有我知道 2026")
        clerk.fields += 1
    clerk.page.keyboard.press("Enter")
    clerk.clicks += 1
    clerk.sees("今日")
    counted("二、拿到首次口令，改成自己的（只用键盘）", clerk, clicks=2, fields=5)


def test_a_bureau_reads_in_its_own_register(sits_down: Sits, empty_live: str, tmp_path: Path) -> None:
    head = sits_down(empty_live)
    begun(head)
    head.clicks = head.fields = 0
    head.link("导入第一本台账")
    head.hands_over("填好的模板，或者您自己的台账", "我们的工单.xlsx", own_tickets(tmp_path / "a.xlsx"))
    head.button("上传并检查")
    head.sees("没有人对过列")
    head.link("对列")
    for label in ("紧急", "经研究确定承办"):
        head.page.get_by_label(label).select_option("=否")
        head.fields += 1
    head.button("检查这张表")
    head.button("确认，记入账本")
    head.sees("已导入，编号")
    assert CaseRow.objects.filter(procedure="hotline.ticket").count() == 3
    counted("三、第一本台账从自己的表格来", head, clicks=5, fields=3)


def own_tickets(path: Path) -> bytes:
    """A table as an office keeps it: a title, its own heads, its own words."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.append(["2025年热线工单台账（示例）"])
    sheet.append(["工单号", "接收工单日期", "诉求类别", "诉求事项", "诉求内容", "备注"])
    for n in range(3):
        sheet.append([f"示例{n}", date(2025, 3, n + 3), "投诉", "养老机构收费", "收费与公示的不一致", "虚构"])
    made.save(path)
    return path.read_bytes()
