"""Journeys of a working day: tickets, a penalty file, paper, mistakes."""

from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.journeys.conftest import Sits
from tests.web.journeys.hands import Hands, counted

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
Work = tuple[AtWork, str]


def taken_down(clerk: Hands) -> str:
    """A ticket of the hotline, from the first page to its case; the case's id."""
    clerk.opens("/today/")
    clerk.link("台账")
    clerk.link("12345热线工单")
    clerk.link("开一件")
    clerk.write("工单号", "示例工单二")
    clerk.tick("投诉")
    clerk.tick("否", within="紧急")
    clerk.write("诉求事项", "养老机构收费")
    clerk.write("诉求内容", "收费与公示的不一致")
    clerk.tick("否", within="经研究确定承办")
    clerk.button("记入")
    clerk.sees("已记入")
    return clerk.page.url.split("/case/")[1].split("/")[0]


def test_a_ticket_is_taken_down_by_keyboard(sits_down: Sits, at_work: Work) -> None:
    work, live = at_work
    clerk = sits_down(live, "乙", keyboard=True)
    case = taken_down(clerk)
    assert [entry.event for entry in desk.book(work.bureau, case)] == ["ticket_received"]
    counted("四、接一张热线工单（只用键盘）", clerk, clicks=4, fields=6)


def test_a_ticket_is_handled_to_its_end_without_javascript(sits_down: Sits, at_work: Work) -> None:
    work, live = at_work
    url = f"/case/{work.ticket}/"
    clerk, section = (sits_down(live, code, scripts=False) for code in ("乙", "甲"))
    clerk.opens(url)
    clerk.link("签收")
    clerk.write("承办科室", "养老股")
    clerk.button("记入")
    section.opens(url)
    section.link("联系诉求人")
    section.tick("是", within="已联系上")
    section.button("记入")
    section.link("答复诉求人")
    section.tick("已经解决")
    section.write("答复内容", "已按公示退还")
    section.button("记入")
    clerk.opens(url)
    clerk.link("回访")
    clerk.tick("满意")
    clerk.button("记入")
    clerk.sees("已记入")
    taken = {"ticket_received", "ticket_signed_in", "caller_contacted", "ticket_answered", "follow_up_done"}
    events = [entry.event for entry in desk.book(work.bureau, work.ticket) if entry.event in taken]
    assert events == ["ticket_received", "ticket_signed_in", "caller_contacted", "ticket_answered", "follow_up_done"]
    counted("五、一张工单办到回访，两个人（不用脚本）", clerk, section, clicks=8, fields=5)


def test_evidence_is_gathered_and_what_the_bureau_knows_is_not_asked_again(sits_down: Sits, at_work: Work) -> None:
    work, live = at_work
    officer = sits_down(live, "甲")
    officer.opens("/today/")
    officer.link("台账")
    officer.link("行政处罚普通程序")
    officer.page.locator(f'main a[href*="{work.penalty}"]').first.click()
    officer.clicks += 1
    officer.link("调查取证")
    officer.tick("调取、抽样等其他方式")
    officer.choose("证据种类", "书证")
    officer.write("内容", "账册")
    officer.button("记入")
    officer.sees("已记入")
    entry = desk.book(work.bureau, work.penalty)[-1]
    assert desk.data_of(entry)["officers"] == ["乙", "甲"], "the officers of the case, whom nobody typed again"
    counted("六、从今日到一份证据", officer, clicks=5, fields=3)


def test_papers_are_attached_and_looked_at_with_a_reason(sits_down: Sits, at_work: Work) -> None:
    work, live = at_work
    officer = sits_down(live, "甲")
    officer.opens(f"/case/{work.penalty}/")
    officer.link("附文件")
    officer.hands_over("选文件", "现场照片.pdf", PDF)
    officer.button("附上")
    officer.page.locator(".files a").first.click()
    officer.clicks += 1
    officer.write("理由", "核对")
    with officer.page.expect_download() as given:
        officer.button("取出")
    assert given.value.path().read_bytes() == PDF
    assert "现场" not in given.value.suggested_filename
    assert "attachment_looked" not in given.value.url
    counted("七、附一份材料，写明理由取出来看", officer, clicks=4, fields=2)


def test_a_mistake_is_put_right_by_keyboard(sits_down: Sits, at_work: Work) -> None:
    work, live = at_work
    officer = sits_down(live, "甲", keyboard=True)
    officer.opens(f"/case/{work.penalty}/")
    officer.link("更正第1条")
    officer.write("案由", "未按规定接受年度检查")
    officer.write("理由", "案由写错了")
    officer.button("更正“立案”")
    officer.sees("未按规定接受年度检查")
    assert len(desk.book(work.bureau, work.penalty)) == 2
    counted("九、记错的更正（只用键盘）", officer, clicks=2, fields=2)


def test_what_was_signed_on_paper_is_entered_with_its_scan_without_javascript(sits_down: Sits, at_work: Work) -> None:
    work, live = at_work
    officer = sits_down(live, "甲", scripts=False)
    officer.opens(f"/case/{work.penalty}/do/reassign/")
    for box in officer.page.locator('input[name="f_officers"]').all():
        box.check()
    officer.page.locator('[name="f_reason"]').fill("出差")
    officer.fields += 2
    officer.unfold("已在纸上签字：代录")
    officer.tick("这一步是在纸上签字的")
    officer.choose("谁签的", "丙")
    officer.hands_over("扫描件", "签字页.pdf", PDF)
    officer.button("记入")
    print(officer.told)
    officer.sees("已记入")
    entry = desk.book(work.bureau, work.penalty)[-1]
    assert (entry.by, entry.entered_by) == ("丙", "甲")
    counted("八、负责人在纸上签的，附扫描件代录（不用脚本）", officer, clicks=2, fields=5)
