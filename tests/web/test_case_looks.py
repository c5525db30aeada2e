"""The pages of a case in a real browser: axe, the content policy, both sizes; files dropped, drafts kept."""

import os
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from fazheng.casework.attaching import attachments
from fazheng.casework.writing import writing
from fazheng.web.models import Draft
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.looking import SIZES, pictured, send, step_in, violations, watched
from tests.web.test_case_files import PDF, to_decision, upload

Clients = Callable[[str], Client]
PAGES = {
    "case-unheard": "/case/{unheard}/", "case-unheard-dossier": "/case/{unheard}/dossier/",
    "case-ticket": "/case/{ticket}/", "case-correct": "/case/{unheard}/entry/1/correct/",
    "case-withdraw": "/case/{unheard}/entry/2/withdraw/", "case-late": "/case/{unheard}/late/",
    "case-late-step": "/case/{unheard}/late/give_notice/", "case-files": "/case/{unheard}/files/",
    "case-file": "/case/{unheard}/files/{digest}/", "case-private": "/case/{unheard}/private/",
    "case-barred": "/case/{penalty}/do/decide/", "case-new": "/open/?q=pt", "case-settle": "/case/{unheard}/settle/1/",
    "case-law": "/law/行政处罚法第六十四条第一项/", "case-law-none": "/law/民事诉讼法第九十五条/",
}  # fmt: skip

YES = ("写明履行方式和期限", "写明复议、诉讼途径和期限", "已盖机关印章", "宣告时当事人在场")
NO = ("同一行为已被罚款", "重于告知的处罚", "具有一定社会影响")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_case_is_without_violation(
    name: str, browser_page: Page, live: str, client_of: Clients, desk_home: AtWork
) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        unheard = desk.decided_unheard(act)
    upload(client_of("甲"), unheard, PDF)
    digest = attachments(desk_home.bureau.code, unheard)[0]["digest"]
    named = {"unheard": unheard, "digest": digest, "ticket": desk_home.ticket, "penalty": desk_home.penalty}
    step_in(browser_page, live, "甲", client_of("甲"))
    with watched(browser_page) as complaints:
        browser_page.goto(live + PAGES[name].format(**named))
        for width, height in SIZES:
            browser_page.set_viewport_size({"width": width, "height": height})
            assert violations(browser_page) == []
            assert browser_page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{width} wide"
    pictured(browser_page, name)
    assert complaints == []


def test_a_file_that_is_dropped_on_the_form_is_chosen(
    browser_page: Page, live: str, client_of: Clients, desk_home: AtWork
) -> None:
    step_in(browser_page, live, "甲", client_of("甲"))
    with watched(browser_page) as complaints:
        browser_page.goto(f"{live}/case/{desk_home.penalty}/files/")
        browser_page.evaluate(
            """() => {
              const carried = new DataTransfer();
              carried.items.add(new File(["%PDF-1.4 x"], "扫描.pdf"));
              const form = document.querySelector("form[data-drop]");
              form.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true}));
            }"""
        )
        assert browser_page.get_by_text("已选1个：扫描.pdf").is_visible()
        assert browser_page.locator("#photo").get_attribute("capture") == "environment"
        send(browser_page, "附上")
        assert browser_page.get_by_text("已附上1个文件").is_visible()
    assert complaints == []
    assert len(attachments(desk_home.bureau.code, desk_home.penalty)) == 1


def test_a_form_keeps_itself_while_somebody_types(
    browser_page: Page, live: str, client_of: Clients, desk_home: AtWork
) -> None:
    step_in(browser_page, live, "甲", client_of("甲"))
    with watched(browser_page) as complaints:
        browser_page.goto(f"{live}/case/{desk_home.penalty}/do/gather_evidence/")
        browser_page.get_by_label("内容").fill("只写了一半")
        browser_page.get_by_text("草稿已存").wait_for(timeout=20_000)
        browser_page.goto(f"{live}/case/{desk_home.penalty}/do/gather_evidence/")
        assert browser_page.get_by_label("内容").input_value() == "只写了一半"
    assert complaints == []
    assert Draft.objects.count() == 1


def test_a_signature_on_paper_is_entered_without_javascript(
    browser: Browser, live: str, client_of: Clients, desk_home: AtWork
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    step_in(page, live, "甲", client_of("甲"))
    page.goto(live + to_decision(desk_home))
    page.get_by_text("已在纸上签字：代录").click()
    page.get_by_label("这一步是在纸上签字的").check()
    page.get_by_label("谁签的").select_option("丙")
    page.get_by_label("扫描件").set_input_files({"name": "决定.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_label("处罚依据").fill("条例")
    page.get_by_label("文书号").fill("示民罚决字〔2026〕1号")
    page.get_by_label("没有较轻的新规定").check()
    for label, answer in [(one, "是") for one in YES] + [(one, "否") for one in NO]:
        page.get_by_role("group", name=label).get_by_label(answer).check()
    page.get_by_label("哪天发生").fill("2026-09-08")
    send(page, "记入")
    assert page.get_by_text("纸上签字：丙签，甲代录").is_visible()
    context.close()


def test_the_flow_stands_as_a_picture_and_as_a_list(
    browser_page: Page, live: str, client_of: Clients, desk_home: AtWork
) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        unheard = desk.decided_unheard(act)
    step_in(browser_page, live, "甲", client_of("甲"))
    browser_page.goto(f"{live}/case/{unheard}/")
    picture = browser_page.locator("svg.flow")
    assert picture.get_by_text("在这里", exact=True).is_visible()
    if folder := os.environ.get("FAZHENG_PICTURES"):
        picture.screenshot(path=f"{folder}/case-flow.png")
        browser_page.locator("ol.story").screenshot(path=f"{folder}/case-story.png")
    browser_page.get_by_text("同样的内容，列出来").click()
    assert browser_page.locator(".stages li").count() == picture.locator("g").count()
    assert browser_page.locator(".stages").get_by_text("现在在这里").count() == 1


def test_a_form_that_comes_back_is_without_violation_and_its_faults_lead_to_their_boxes(
    browser_page: Page, live: str, client_of: Clients, desk_home: AtWork
) -> None:
    step_in(browser_page, live, "甲", client_of("甲"))
    browser_page.goto(live + to_decision(desk_home))
    browser_page.locator("form.boxes").evaluate("form => { form.noValidate = true }")
    browser_page.get_by_label("罚款金额").fill("很多")
    browser_page.get_by_text("已在纸上签字：代录").click()
    browser_page.get_by_label("这一步是在纸上签字的").check()
    send(browser_page, "记入")
    for width, height in SIZES:
        browser_page.set_viewport_size({"width": width, "height": height})
        assert violations(browser_page) == []
    pictured(browser_page, "case-faults")
    browser_page.get_by_role("link", name="罚款金额：").click()
    assert browser_page.url.endswith("#f_fine")
    assert browser_page.get_by_text("请选择是谁签的").first.is_visible()
    browser_page.goto(f"{live}/case/{desk_home.penalty}/do/decide/")
    browser_page.get_by_label("文书号").fill("1")
    browser_page.get_by_role("button", name="记入").click()  # the browser itself stops at what is missing
    assert browser_page.url.endswith("/do/decide/")
