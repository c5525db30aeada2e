"""The record of a case put right on its page: corrected, withdrawn, added late, each with a reason."""

import re
from collections.abc import Callable, Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fazheng.casework.registers import change_row
from fazheng.casework.writing import Act, Writing, writing
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.test_case_page import key_in
from tests.web.test_second_factor import code_of, enrolled

Clients = Callable[[str], Client]


def send(client: Client, url: str, data: Mapping[str, object], *, seen: bool = True) -> tuple[int, str]:
    """Posts a form as the page shows it, with its key and what was seen: the status, and the page that follows."""
    form = client.get(url).content.decode()
    last = re.search(r'name="seen" value="(\d+)"', form)
    own = {"form_key": key_in(form)} | ({"seen": last[1]} if last and seen else {})
    answer = client.post(url, {"on": "2026-11-19", **own, **data})
    if answer.status_code == 302:
        return 302, client.get(answer["Location"]).content.decode()
    return answer.status_code, answer.content.decode()


def ticket(**changed: str) -> dict[str, str]:
    """The ticket of the book as its form holds it."""
    held = {"f_ticket_no": "示例工单一", "f_kind": "complaint", "f_urgent": "否", "f_topic": "养老机构收费",
            "f_assigned_by_ruling": "否", "on": "2026-09-01"}  # fmt: skip
    return held | changed


def test_a_correction_changes_what_was_typed_anew_and_nothing_else(client_of: Clients, desk_home: AtWork) -> None:
    client, url = client_of("乙"), f"/case/{desk_home.ticket}/entry/1/correct/"
    form = client.get(url).content.decode()
    assert 'value="养老机构收费"' in form
    assert "收费与公示的不一致" not in form  # held apart: not even in a form
    status, page = send(client, url, ticket(f_topic="养老机构床位", reason="听写错了"))
    assert status == 302
    assert "已更正" in page
    assert "养老机构床位" in page
    entry = desk.book(desk_home.bureau, desk_home.ticket)[-1]
    assert (entry.event, desk.data_of(entry)["data"]) == ("correct", {"topic": "养老机构床位"})
    assert "听写错了" not in entry.data


def test_a_correction_of_the_day_alone_says_the_day_alone(client_of: Clients, desk_home: AtWork) -> None:
    url = f"/case/{desk_home.ticket}/entry/1/correct/"
    assert send(client_of("乙"), url, ticket(on="2026-09-02", reason="日期抄错"))[0] == 302
    data = desk.data_of(desk.book(desk_home.bureau, desk_home.ticket)[-1])
    assert (data["on"], data["data"]) == ("2026-09-02", {})


def test_an_amendment_without_a_reason_is_not_recorded(client_of: Clients, desk_home: AtWork) -> None:
    url = f"/case/{desk_home.ticket}/entry/1/correct/"
    status, page = send(client_of("乙"), url, ticket(f_topic="别的"))
    assert (status, "写明理由" in page, 'value="别的"' in page) == (422, True, True)
    assert len(desk.book(desk_home.bureau, desk_home.ticket)) == 1


def test_what_is_withdrawn_stays_on_the_page_struck_through(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("甲")
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        evidence(act, desk_home.penalty)
    assert send(client, f"/case/{desk_home.penalty}/entry/2/withdraw/", {"reason": "记到别的案子上了"})[0] == 302
    page = client.get(f"/case/{desk_home.penalty}/").content.decode()
    assert 'class="withdrawn"' in page
    assert "已撤回" in page
    assert client.get(f"/case/{desk_home.penalty}/entry/2/withdraw/").status_code == 404


def evidence(act: Writing, case: str, on: str = "2026-09-20") -> None:
    desk.do(act, case, "gather_evidence", on, method="other", evidence_kind="document",
            officers=["甲", "乙"], content="账")  # fmt: skip


def test_what_was_left_out_is_added_late_on_its_own_day(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("甲")
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        evidence(act, desk_home.penalty)
    assert "补记" in client.get(f"/case/{desk_home.penalty}/late/").content.decode()
    late = {"on": "2026-09-05", "f_method": "other", "f_evidence_kind": "document", "f_officers": ["甲", "乙"],
            "f_content": "另一本账", "reason": "当时忘了记", "paper": "示例笔录"}  # fmt: skip
    status, page = send(client, f"/case/{desk_home.penalty}/late/gather_evidence/", late)
    told = page.split('class="story"')[1]
    assert (status, "补记" in told, told.index("2026-09-05") < told.index("2026-09-20")) == (302, True, True)
    entry = desk.book(desk_home.bureau, desk_home.penalty)[-1]
    assert (entry.event, entry.happened_on, entry.by) == ("add_late", "2026-09-05", "甲")


def test_the_second_of_two_is_told_what_the_first_recorded_and_may_go_on(client_of: Clients, desk_home: AtWork) -> None:
    client, url = client_of("甲"), f"/case/{desk_home.penalty}/do/gather_evidence/"
    sent = {"f_method": "other", "f_evidence_kind": "document", "f_officers": ["甲", "乙"], "f_content": "账"}
    form = client.get(url).content.decode()
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        evidence(act, desk_home.penalty)
    own = {"form_key": key_in(form), "seen": "1", "on": "2026-11-19"}
    page = client.post(url, {**sent, **own}).content.decode()
    assert "您查看到第1条以后，本案又记入了：第2条" in page
    assert "fazheng" not in page.split("<main")[1]
    assert 'name="seen" value="2"' in page
    assert client.post(url, {**sent, **own, "seen": "2"}).status_code == 302
    assert len(desk.book(desk_home.bureau, desk_home.penalty)) == 3


def test_a_look_of_a_colleague_does_not_stop_a_form(client_of: Clients, desk_home: AtWork) -> None:
    client, url = client_of("甲"), f"/case/{desk_home.penalty}/do/gather_evidence/"
    form = client.get(url).content.decode()
    looked = {"field": "涉嫌违法的事实", "reason": "复核"}
    assert client_of("丙").post(f"/case/{desk_home.penalty}/private/", looked).status_code == 200
    sent = {"f_method": "other", "f_evidence_kind": "document", "f_officers": ["甲", "乙"], "f_content": "账",
            "form_key": key_in(form), "seen": "1", "on": "2026-11-19"}  # fmt: skip
    assert client.post(url, sent).status_code == 302


def test_nobody_without_a_part_in_the_procedure_enters_anything(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.enter(act, "staff", "2020-01-01", code="壬", name="示例壬", roles=["office"])
        desk.enter(act, "staff", "2020-01-01", code="癸", name="示例癸", roles=["hotline_desk"])
    for who in ("壬", "癸"):
        for url in ("do/gather_evidence/", "entry/1/correct/", "late/gather_evidence/", "files/", "private/"):
            assert client_of(who).get(f"/case/{desk_home.penalty}/{url}").status_code == 404, (who, url)
        assert client_of(who).get("/open/penalty.ordinary/").status_code in (403, 404)


@pytest.mark.parametrize("url", ["entry/9/correct/", "entry/1/nothing/", "late/file/", "do/no_such_step/"])
def test_what_is_not_there_looks_calm(client_of: Clients, desk_home: AtWork, url: str) -> None:
    assert client_of("甲").get(f"/case/{desk_home.penalty}/{url}").status_code == 404


def test_what_happened_already_is_recorded_with_its_breach(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("甲")
    url = f"/case/{desk_home.penalty}/do/give_notice/"
    assert "已经办了的，在下面“如实补录”里照实记" in client.get(url).content.decode()
    sent = {"f_proposed_kinds": "warning", "f_content_told": "是", "f_rights_told": "是", "f_hearing_offered": "否",
            "happened": "1", "paper": "示例告知书"}  # fmt: skip
    status, page = send(client, url, sent)
    assert (status, "违反" in page) == (302, True)
    assert desk.book(desk_home.bureau, desk_home.penalty)[-1].defects != "[]"


def test_a_correction_keeps_who_was_named_and_may_not_be_named_now(client_of: Clients, desk_home: AtWork) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        ended = Act(desk.day("2026-11-01"), "甲", {"certificate_until": "2026-10-31"}, paper="证件")
        assert change_row(act, "staff", "乙", ended) == ()
    form = client_of("甲").get(f"/case/{desk_home.penalty}/entry/1/correct/").content.decode()
    assert sorted(re.findall(r'name="f_officers" value="(.)" checked', form)) == ["乙", "甲"]
    assert "可不填" in form.split("涉嫌违法的事实")[1][:60]  # what is held apart stands though its box is empty
    assert "可不填" not in form.split("案由")[1][:60]


@pytest.mark.parametrize("how", ["withdraw", "correct"])
def test_who_signed_puts_the_signature_right_with_their_code_and_nobody_else_does(
    client_of: Clients, desk_home: AtWork, how: str
) -> None:
    head, url = client_of("丙"), f"/case/{desk_home.penalty}/entry/2/{how}/"
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.do(act, desk_home.penalty, "reassign", "2026-09-02", "丙", officers=["甲", "乙"], reason="出差")
    sent = {"on": "2026-09-03", "f_officers": ["甲", "乙"], "reason": "写错了"}
    status, page = send(client_of("甲"), url, sent)
    assert (status, "请由行政机关负责人登录" in page) == (422, True)
    seed, _ = enrolled(head, "丙")
    assert "动态口令" in head.get(url).content.decode()
    status, page = send(head, url, sent)
    assert (status, "没有填动态口令" in page) == (422, True)
    assert len(desk.book(desk_home.bureau, desk_home.penalty)) == 2
    assert send(head, url, {**sent, "second_factor": code_of(seed)})[0] == 302
    assert desk.book(desk_home.bureau, desk_home.penalty)[-1].event == how


@pytest.mark.parametrize("how", ["withdraw", "correct"])
def test_a_signature_put_right_on_paper_is_entered_by_another_with_its_scan_and_no_code(
    client_of: Clients, desk_home: AtWork, how: str
) -> None:
    url = f"/case/{desk_home.penalty}/entry/2/{how}/"
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        desk.do(act, desk_home.penalty, "reassign", "2026-09-02", "丙", officers=["甲", "乙"], reason="出差")
    paper = {"on": "2026-09-03", "f_officers": ["甲", "乙"], "reason": "写错了", "signed": "1", "signer": "丙"}

    def scan() -> SimpleUploadedFile:
        return SimpleUploadedFile("示例.pdf", b"%PDF-1.4 example scan")

    status, page = send(client_of("丙"), url, {**paper, "signed_on": "2026-09-10", "scan_file": scan()})
    assert (status, "动态口令" in page) == (422, True)  # nobody's own paper spares the code
    assert 'name="signed_on"' in client_of("甲").get(url).content.decode()
    for day, says in (
        ("", "请写明纸上是哪天签的"), ("2026-09-31", "signed_on-error"), ("2026-09-01", "还没有办（2026-09-02）"),
        ("2026-11-21", "还没有到"),
    ):  # fmt: skip
        status, page = send(client_of("甲"), url, {**paper, "signed_on": day, "scan_file": scan()})
        assert (status, says in page) == (422, True), (day, page)
        assert f'value="{day}"' in page, "what was typed stays"
    assert send(client_of("甲"), url, {**paper, "signed_on": "2026-09-10", "scan_file": scan()})[0] == 302
    entry = desk.book(desk_home.bureau, desk_home.penalty)[-1]
    assert (entry.event, entry.by, entry.entered_by, entry.happened_on) == (how, "丙", "甲", "2026-09-10")


def test_a_deputy_without_a_role_in_the_procedure_signs_and_puts_right_what_their_paper_names(
    client_of: Clients, desk_home: AtWork
) -> None:
    client = client_of("丁")
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        case = desk.receive(act, "2026-11-18")
    assert client.get(f"/case/{case}/").status_code == 404
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        row = {"paper": "示民发〔2026〕4号", "granted_by": "丙", "who": "丁", "term_from": "2026-09-01",
               "term_until": "2026-12-31", "procedures": ["hotline.ticket"], "steps": ["extend"]}  # fmt: skip
        assert desk.enter(act, "signing_authority", "2026-09-01", "丙", **row) == []
    seed, _ = enrolled(client, "丁")
    assert f"/case/{case}/do/extend/" in client.get(f"/case/{case}/").content.decode()
    extended = {"f_reason": "材料待补", "f_caller_told": "是", "second_factor": code_of(seed)}
    status, page = send(client, f"/case/{case}/do/extend/", extended)
    assert status == 302, page
    assert send(client, f"/case/{case}/entry/1/withdraw/", {"reason": "办错了"})[0] == 422
    status, page = send(client, f"/case/{case}/entry/2/withdraw/", {"reason": "签错了"})
    assert status == 302, page
    assert [entry.event for entry in desk.book(desk_home.bureau, case)][-1] == "withdraw"
    assert client.get("/open/legal_review/").status_code == 403


def test_a_case_opened_by_mistake_is_withdrawn_and_says_that_nothing_is_done_in_it(
    client_of: Clients, desk_home: AtWork
) -> None:
    client, case = client_of("乙"), f"/case/{desk_home.ticket}/"
    before = client.get(f"{case}entry/1/withdraw/").content.decode()
    assert "这是开案的一条：撤回以后，这一件不再办" in before
    assert "条有效的记录" not in before
    assert 'id="may"' in client.get(case).content.decode()
    status, page = send(client, f"{case}entry/1/withdraw/", {"reason": "不是本局的事"})
    assert (status, "开案的记录已经撤回，这一件不再办" in page, "，已撤回，" in page) == (302, True, True)
    assert not {'id="may"', 'id="not"', 'id="flow"', 'id="clocks"', "补记当时漏记的步骤"} & set(
        re.findall(r'id="\w+"', page)
    )
    assert 'href="/open/hotline.ticket/"' in page
    assert f"{desk_home.ticket}/do/" not in page


def test_a_withdrawn_case_is_none_of_the_open_ones_of_its_list(client_of: Clients, desk_home: AtWork) -> None:
    client, url, row = client_of("乙"), "/lists/hotline.ticket/", f'href="/case/{desk_home.ticket}/"'
    assert row in client.get(f"{url}?state=open&sum=1").content.decode()
    assert send(client, f"/case/{desk_home.ticket}/entry/1/withdraw/", {"reason": "不是本局的事"})[0] == 302
    every = client.get(url).content.decode()
    assert "<td>已撤回</td>" in every[every.index(row) :].partition("</tr>")[0]
    assert row not in client.get(f"{url}?state=open&sum=1").content.decode()
    assert row not in client.get(f"{url}?state=closed").content.decode()


def test_the_withdrawal_of_an_opening_tells_what_stands_behind_it(client_of: Clients, desk_home: AtWork) -> None:
    client, case = client_of("乙"), f"/case/{desk_home.ticket}/"
    assert send(client, f"{case}do/sign_in/", {"f_assigned_to": "养老股"})[0] == 302
    assert "后面还有1条有效的记录" in client.get(f"{case}entry/1/withdraw/").content.decode()
    assert "记错了案件的，撤回以后到对的案件里重新记" in client.get(f"{case}entry/2/withdraw/").content.decode()
