"""What hangs on a case: attachments, what is held apart, drafts, signatures on paper."""

import hashlib
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from fazheng.casework.attaching import attach, attachments
from fazheng.casework.looking import looks
from fazheng.casework.registers import change_row
from fazheng.casework.sealing import rotate
from fazheng.casework.sent import source_of
from fazheng.casework.writing import Act, writing
from fazheng.ledger.storage import DESK
from fazheng.web import serving
from fazheng.web.case_files import LARGEST
from fazheng.web.models import Draft
from tests.casework import desk
from tests.web.conftest import HOSTS, AtWork
from tests.web.test_case_page import key_in
from tests.web.test_case_record import evidence, send
from tests.web.test_signing_desk import fresh

Clients = Callable[[str], Client]
PDF = b"%PDF-1.4 \xe7\xa4\xba"
HOSTILE = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def upload(client: Client, case: str, *contents: bytes, name: str = "示例甲的扫描件.pdf", key: str = "") -> str:
    """Attaches files as the form does; the page that follows."""
    key = key or key_in(client.get(f"/case/{case}/files/").content.decode())
    sent = [SimpleUploadedFile(name, content) for content in contents]
    answer = client.post(f"/case/{case}/files/", {"form_key": key, "file": sent})
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer["Location"].partition("#")[0]).content.decode()


def digest_of(at: AtWork, case: str) -> str:
    return str(attachments(at.bureau.code, case)[0]["digest"])


def test_files_are_attached_and_their_names_stand_on_no_page(client_of: Clients, desk_home: AtWork) -> None:
    page = upload(client_of("甲"), desk_home.penalty, PDF, HOSTILE)
    assert "已附上2个文件" in page
    assert "PDF" in page
    assert "示例甲的扫描件" not in page
    assert len(attachments(desk_home.bureau.code, desk_home.penalty)) == 2
    assert not list(desk_home.home.rglob("*.upload"))


def test_an_empty_file_is_told_by_its_place_and_the_others_are_attached(client_of: Clients, desk_home: AtWork) -> None:
    client, url = client_of("甲"), f"/case/{desk_home.penalty}/files/"
    sent = [SimpleUploadedFile("示例甲.pdf", content) for content in (PDF, b"")]
    answer = client.post(url, {"form_key": key_in(client.get(url).content.decode()), "file": sent})
    page = answer.content.decode()
    assert (answer.status_code, "第2个文件：这个文件是空的" in page, "其余1个已经附上" in page) == (422, True, True)
    assert "示例甲" not in page
    assert len(attachments(desk_home.bureau.code, desk_home.penalty)) == 1


def test_files_that_are_sent_twice_are_attached_once(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("甲")
    key = key_in(client.get(f"/case/{desk_home.penalty}/files/").content.decode())
    upload(client, desk_home.penalty, PDF, key=key)
    upload(client, desk_home.penalty, PDF, key=key)
    assert len(attachments(desk_home.bureau.code, desk_home.penalty)) == 1


def test_a_double_click_attaches_once_whichever_sending_is_faster(client_of: Clients, desk_home: AtWork) -> None:
    by = Act(desk.TODAY, "甲", {}, source=source_of("0" * 32))
    for _ in range(2):  # both asked before either had recorded
        refused, taken, _there = attach(
            desk_home.bureau, desk_home.penalty, BytesIO(PDF), by, name="示例.pdf", today=desk.TODAY
        )
        assert (refused, taken is not None) == ((), True)
    assert [one.event for one in desk.book(desk_home.bureau, desk_home.penalty)].count("attached") == 1


def test_of_several_files_those_that_were_taken_are_not_taken_again_with_the_rest(
    client_of: Clients, desk_home: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, url = client_of("甲"), f"/case/{desk_home.penalty}/files/"
    key = key_in(client.get(url).content.decode())
    monkeypatch.setattr("fazheng.web.case_files.LARGEST", 100)

    def sent(*contents: bytes) -> list[SimpleUploadedFile]:
        return [SimpleUploadedFile("示例.pdf", one) for one in contents]

    answer = client.post(url, {"form_key": key, "file": sent(PDF, PDF * 20, HOSTILE[:60])})
    page = answer.content.decode()
    assert (answer.status_code, "其余2个已经附上，不用再选" in page, key_in(page)) == (422, True, key)
    upload(client, desk_home.penalty, HOSTILE[:60], PDF + b"smaller", key=key)
    events = [one.event for one in desk.book(desk_home.bureau, desk_home.penalty)]
    assert events.count("attached") == 3


def test_an_attachment_comes_out_with_a_reason_as_a_file_and_the_look_is_logged(
    client_of: Clients, desk_home: AtWork
) -> None:
    client = client_of("甲")
    upload(client, desk_home.penalty, PDF)
    url = f"/case/{desk_home.penalty}/files/{digest_of(desk_home, desk_home.penalty)}/"
    assert client.get(url).headers["Content-Type"].startswith("text/html")
    assert client.post(url, {"reason": " "}).status_code == 422
    assert looks(desk_home.bureau.code) == []
    given = client.post(url, {"reason": "核对送达回证"})
    assert b"".join(given.streaming_content) == PDF  # type: ignore[attr-defined]
    assert given["Content-Disposition"] == f'attachment; filename="{digest_of(desk_home, desk_home.penalty)[:12]}.pdf"'
    assert [(one.by, one.fields) for one in looks(desk_home.bureau.code)] == [("甲", ("附件",))]


def test_a_picture_with_a_script_comes_out_as_something_that_no_browser_runs(
    client_of: Clients, desk_home: AtWork
) -> None:
    client = client_of("甲")
    upload(client, desk_home.penalty, HOSTILE, name="../../x\r\nSet-Cookie: a.svg")
    url = f"/case/{desk_home.penalty}/files/{digest_of(desk_home, desk_home.penalty)}/"
    given = client.post(url, {"reason": "看看"})
    assert given["Content-Type"] == "application/octet-stream"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in given["Content-Security-Policy"]


def test_an_attachment_of_another_case_does_not_come_out_here(client_of: Clients, desk_home: AtWork) -> None:
    upload(client_of("甲"), desk_home.penalty, PDF)
    digest = digest_of(desk_home, desk_home.penalty)
    assert client_of("甲").get(f"/case/{desk_home.ticket}/files/{digest}/").status_code in (403, 404)
    assert client_of("甲").get(f"/case/{desk_home.penalty}/files/{'0' * 64}/").status_code == 403


def test_the_largest_file_fits_into_one_request_with_the_form_around_it(client_of: Clients, desk_home: AtWork) -> None:
    client, url = client_of("甲"), f"/case/{desk_home.penalty}/files/"
    assert f"一次合计最多{LARGEST >> 20} MB" in client.get(url).content.decode()
    too_much = {"CONTENT_LENGTH": str(settings.UPLOAD_MOST + 1)}
    assert f"一次合计最多{LARGEST >> 20} MB" in client.post(url, {}, **too_much).content.decode()  # type: ignore[arg-type]
    assert LARGEST + settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= settings.UPLOAD_MOST


def test_no_file_at_all_is_told_at_the_form(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("甲")
    key = key_in(client.get(f"/case/{desk_home.penalty}/files/").content.decode())
    answer = client.post(f"/case/{desk_home.penalty}/files/", {"form_key": key})
    assert (answer.status_code, "没有选文件" in answer.content.decode()) == (422, True)


def test_what_is_held_apart_is_shown_only_with_a_reason_and_logged(client_of: Clients, desk_home: AtWork) -> None:
    client, url = client_of("甲"), f"/case/{desk_home.penalty}/private/"
    case = client.get(f"/case/{desk_home.penalty}/").content.decode()
    assert "逾期未报送" not in case + client.get(url).content.decode()
    refused = client.post(url, {"field": "涉嫌违法的事实", "reason": ""})
    assert (refused.status_code, "逾期未报送" in refused.content.decode()) == (422, False)
    assert "没有选要看哪一栏" in client.post(url, {"reason": "办案"}).content.decode()
    shown = client.post(url, {"field": "涉嫌违法的事实", "reason": "办案要用"})
    assert "逾期未报送" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert [(one.by, one.fields) for one in looks(desk_home.bureau.code)] == [("甲", ("涉嫌违法的事实",))]
    assert "查看另存的涉嫌违法的事实" in client.get(f"/case/{desk_home.penalty}/").content.decode()


# drafts


def keep(client: Client, url: str, **typed: str) -> str:
    """Keeps a half typed form; the form as it comes back."""
    key = key_in(client.get(url).content.decode())
    answer = client.post(url, {"form_key": key, "keep": "1", "on": "2026-11-18", **typed})
    assert answer.status_code == 302
    return client.get(answer["Location"]).content.decode()


def test_a_draft_comes_back_to_its_person_alone_and_goes_once_it_is_recorded(
    client_of: Clients, desk_home: AtWork
) -> None:
    client, url = client_of("甲"), f"/case/{desk_home.penalty}/do/gather_evidence/"
    form = keep(client, url, f_method="other", f_content="只写了一半", paper="示例凭证")
    assert "2026-11-20存的草稿已经填回来" in form
    assert "只写了一半" in form
    assert 'value="2026-11-18"' in form
    assert "只写了一半" not in client_of("乙").get(url).content.decode()
    sent = {"f_method": "other", "f_evidence_kind": "document", "f_officers": ["甲", "乙"], "f_content": "写完了"}
    assert send(client, url, sent)[0] == 302
    assert Draft.objects.count() == 0


def test_a_draft_lies_sealed_and_not_in_the_book(client_of: Clients, desk_home: AtWork) -> None:
    url = f"/case/{desk_home.penalty}/do/gather_evidence/"
    keep(client_of("甲"), url, f_content="只写了一半")
    with connections["desk"].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert "只写了一半".encode() not in (desk_home.home / DESK).read_bytes()
    assert Draft.objects.get().kept.startswith("fzd1.")
    assert len(desk.book(desk_home.bureau, desk_home.penalty)) == 1


def test_a_draft_whose_key_was_changed_is_gone_and_the_form_is_there(client_of: Clients, desk_home: AtWork) -> None:
    url = f"/case/{desk_home.penalty}/do/gather_evidence/"
    keep(client_of("甲"), url, f_content="只写了一半")
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        assert rotate(act, Act(desk.TODAY, "甲", {}), None)[0] == ()
    form = client_of("甲").get(url)
    assert (form.status_code, "只写了一半" in form.content.decode()) == (200, False)


def test_a_draft_of_longer_ago_than_thirty_days_is_not_shown_and_goes_when_the_server_starts(
    client_of: Clients, desk_home: AtWork
) -> None:
    url = f"/case/{desk_home.penalty}/do/gather_evidence/"
    keep(client_of("甲"), url, f_content="只写了一半")
    Draft.objects.update(on="2026-10-21")
    assert "只写了一半" in client_of("甲").get(url).content.decode()
    Draft.objects.update(on="2026-10-20")
    assert "只写了一半" not in client_of("甲").get(url).content.decode()
    serving.start(desk_home.home, desk_home.bureau, hosts=HOSTS, today=lambda: desk.TODAY)
    assert Draft.objects.count() == 0


def test_a_draft_is_dropped_on_wish(client_of: Clients, desk_home: AtWork) -> None:
    client, url = client_of("甲"), f"/case/{desk_home.penalty}/do/gather_evidence/"
    key = key_in(keep(client, url, f_content="只写了一半"))
    assert "只写了一半" not in client.post(url, {"form_key": key, "drop": "1"}).content.decode()
    assert Draft.objects.count() == 0


# signed on paper


def to_decision(at: AtWork, **notice: object) -> str:
    """A penalty file that waits for the head's decision."""
    with writing(at.bureau, today=desk.TODAY) as act:
        evidence(act, at.penalty, "2026-09-02")
        desk.do(act, at.penalty, "close_investigation", "2026-09-03", report="…", facts_established=True,
                evidence_verified=True, crime_suspected=False, serious=False, ongoing=True,
                proposed="penalty")  # fmt: skip
        told: dict[str, object] = {
            "proposed_kinds": ["warning"],
            "content_told": True,
            "rights_told": True,
            "hearing_offered": False,
        }
        desk.do(act, at.penalty, "give_notice", "2026-09-04", **told, **notice)
        desk.do(act, at.penalty, "waive_statement", "2026-09-07")
    return f"/case/{at.penalty}/do/decide/"


def decision(**more: object) -> dict[str, object]:
    """The decision as its form sends it."""
    yes = ("performance_stated", "remedies_stated", "sealed", "party_present")
    no = ("fined_before_for_same_act", "heavier_than_notice", "publishable")
    told = {f"f_{field}": "是" for field in yes} | {f"f_{field}": "否" for field in no}
    return {**told, "f_kinds": "warning", "f_basis": "条例", "f_later_rule": "unchanged",
            "f_document_no": "示民罚决字〔2026〕1号", "on": "2026-09-08", **more}  # fmt: skip


def test_a_signature_on_paper_is_entered_with_its_scan_and_both_persons(client_of: Clients, desk_home: AtWork) -> None:
    client, url = client_of("甲"), to_decision(desk_home)
    scan = SimpleUploadedFile("决定书.pdf", PDF)
    status, page = send(client, url, decision(signed="1", signer="丙", scan_file=scan))
    assert (status, "纸上签字：丙签，甲代录" in page) == (302, True)
    entry = desk.book(desk_home.bureau, desk_home.penalty)[-1]
    assert (entry.event, entry.by, entry.entered_by) == ("penalty_decided", "丙", "甲")
    assert desk.data_of(entry)["on_paper"] == {"scan": digest_of(desk_home, desk_home.penalty)}


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"signed": "1", "signer": "丙"}, "没有写纸上签字的扫描件"),
        ({"signed": "1"}, "请选择是谁签的"),
        ({"happened": "1", "by": "丙", "paper": "会议记录"}, "要由丙签字，甲不能代签"),
        ({}, "甲在2026-09-08不是"),
    ],
)
def test_nobody_enters_the_heads_signature_without_the_paper(
    client_of: Clients, desk_home: AtWork, how: dict[str, str], told: str
) -> None:
    url = to_decision(desk_home)
    before = len(desk.book(desk_home.bureau, desk_home.penalty))
    status, page = send(client_of("甲"), url, decision(**how))
    assert (status, told in re.sub(r"<[^>]+>", "", page)) == (422, True)
    assert len(desk.book(desk_home.bureau, desk_home.penalty)) == before


def test_the_head_signs_on_the_screen_without_paper(client_of: Clients, desk_home: AtWork) -> None:
    url = to_decision(desk_home)
    head = client_of("丙")
    fresh(head)
    assert send(head, url, decision())[0] == 302
    assert "on_paper" not in desk.data_of(desk.book(desk_home.bureau, desk_home.penalty)[-1])


def test_another_scan_after_a_refusal_is_the_one_that_is_signed(client_of: Clients, desk_home: AtWork) -> None:
    client, url = client_of("甲"), to_decision(desk_home)
    paper: dict[str, object] = {"signed": "1", "signer": "丙", "form_key": "0" * 32}
    wrong = SimpleUploadedFile("别的.pdf", PDF + b"another paper")
    status, page = send(client, url, decision(**paper, scan_file=wrong, f_kinds="fine"))
    assert status == 422, page
    status, page = send(client, url, decision(**paper, scan_file=SimpleUploadedFile("决定书.pdf", PDF)))
    assert status == 302, page
    entry = desk.book(desk_home.bureau, desk_home.penalty)[-1]
    assert desk.data_of(entry)["on_paper"] == {"scan": hashlib.sha256(PDF).hexdigest()}


def test_nobody_enters_their_own_signature_as_signed_on_paper_to_be_spared_the_code(
    client_of: Clients, desk_home: AtWork
) -> None:
    url, head = to_decision(desk_home), client_of("丙")
    before = len(desk.book(desk_home.bureau, desk_home.penalty))
    paper: dict[str, object] = {"signed": "1", "signer": "丙"}
    status, page = send(head, url, decision(**paper, scan_file=SimpleUploadedFile("决定书.pdf", PDF)))
    assert (status, "由别人代录，附扫描件" in page) == (422, True)
    late = {"f_officers": ["甲", "乙"], "f_reason": "出差", "reason": "漏记", "on": "2026-09-02", **paper}
    scan = SimpleUploadedFile("决定书.pdf", PDF)
    status, page = send(head, f"/case/{desk_home.penalty}/late/reassign/", {**late, "scan_file": scan})
    assert (status, "由别人代录，附扫描件" in page) == (422, True)
    events = [one.event for one in desk.book(desk_home.bureau, desk_home.penalty)[before:]]
    assert set(events) == {"attached"}, "the scans alone"


def test_a_step_of_a_day_on_which_one_was_head_asks_for_the_code_though_one_is_no_more(
    client_of: Clients, desk_home: AtWork
) -> None:
    url = to_decision(desk_home)
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        moved = Act(desk.day("2026-10-01"), "system", {"roles": ["officer"]}, paper="示例任免")
        assert change_row(act, "staff", "丙", moved) == ()
    before = len(desk.book(desk_home.bureau, desk_home.penalty))
    status, page = send(client_of("丙"), url, decision())
    assert (status, "您还没有登记" in page) == (422, True)
    assert len(desk.book(desk_home.bureau, desk_home.penalty)) == before


# what is known is not asked again


def test_a_decision_is_filled_with_the_amount_of_the_notice_and_says_where_it_is_from(
    client_of: Clients, desk_home: AtWork
) -> None:
    page = client_of("丙").get(to_decision(desk_home, proposed_fine=50000)).content.decode()
    assert re.search(r'id="f_fine" name="f_fine" value="500(\.00)?"', page)
    assert "已按本案2026-09-04“处罚事先告知”填好，请核对" in page
    assert re.search(r'name="f_kinds" value="warning" checked', page)
    assert not re.search(r'name="f_sealed" value="是" checked', page)  # what a step finds out is asked


def test_the_officers_of_the_case_are_filled_in(client_of: Clients, desk_home: AtWork) -> None:
    page = client_of("甲").get(f"/case/{desk_home.penalty}/do/gather_evidence/").content.decode()
    assert sorted(re.findall(r'name="f_officers" value="(.)" checked', page)) == ["乙", "甲"]


def test_no_upload_is_left_lying_in_the_open(client_of: Clients, desk_home: AtWork) -> None:
    upload(client_of("甲"), desk_home.penalty, b"%PDF-1.4 " + b"\x00geheim" * 600_000)
    lying = [path for path in desk_home.home.rglob("*") if path.is_file() and b"geheim" in path.read_bytes()]
    assert lying == []
