"""代录 of the yearly report's signature: signed on paper by the head, entered by the office with the scan."""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fazheng.casework.act import Act
from fazheng.casework.attaching import attachments
from fazheng.casework.paper_months import paper_signed
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.signers import signatures
from fazheng.casework.writing import writing
from fazheng.issuing.files import REPORTS
from fazheng.issuing.signing import Asked, sign_in
from fazheng.lawbook.load import load
from fazheng.ledger.models import Entry
from fazheng.ledger.read import head
from fazheng.ledger.signed import signature
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.test_figures import form_key
from tests.web.test_report_pages import WHY, YEAR

Clients = Callable[[str], Client]
FORM = f"{YEAR}on-paper/"
SCAN = b"\x89PNG\r\n\x1a\n" + b"a page with a signature " * 40


def text(answer: Any) -> str:
    return str(answer.content.decode())


def sent(client: Client, file: bytes = SCAN, /, key: str = "", **typed: str) -> Any:
    form = {"on": "2026-11-18", "signer": "丙", "same": "1", "reason": WHY, **typed}
    form["form_key"] = key or form_key(text(client.get(FORM)))
    return client.post(FORM, form | ({"scan_file": SimpleUploadedFile("丙签的.png", file)} if file else {}))


def test_a_report_signed_on_paper_is_signed_by_who_signed_it(desk_home: AtWork, client_of: Clients) -> None:
    client, bureau = client_of("甲"), desk_home.bureau
    assert f'href="{FORM}"' in text(client.get(YEAR))
    answer = sent(client)
    assert answer.status_code == 302, text(answer)
    done = signature(bureau.code, 2025)
    assert done is not None
    digest = hashlib.sha256(SCAN).hexdigest()
    assert (done.by, done.on, done.entered_by, done.scan) == ("丙", date(2026, 11, 18), "甲", digest)
    page = text(client.get(YEAR))
    assert "在纸上签字，甲代录" in page
    assert "年度已锁定" in page
    (signed,) = signatures(bureau.code, load(place=bureau.place), ["report:2025"])
    assert (signed.by, signed.entered_by, signed.scan, signed.confirmed) == ("丙", "甲", digest, False)
    assert client.get(FORM).status_code == 302, "what is signed is not signed again"


def test_sent_twice_it_is_signed_and_its_scan_attached_once(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("甲")
    key = form_key(text(client.get(FORM)))
    assert sent(client, key=key).status_code == 302
    before = head(desk_home.bureau.code)
    assert sent(client, key=key).status_code == 302
    assert head(desk_home.bureau.code) == before


def test_another_scan_in_the_same_form_is_another_scan(desk_home: AtWork, client_of: Clients) -> None:
    client = client_of("甲")
    key = form_key(text(client.get(FORM)))
    assert sent(client, key=key, reason="").status_code == 422
    assert sent(client, SCAN + b"better", key=key).status_code == 302
    done = signature(desk_home.bureau.code, 2025)
    assert done is not None
    assert done.scan == hashlib.sha256(SCAN + b"better").hexdigest()
    assert len(attachments(desk_home.bureau.code, "report:2025")) == 2


def test_the_head_finds_it_in_the_month_and_it_leads_to_the_report(desk_home: AtWork, client_of: Clients) -> None:
    assert sent(client_of("甲")).status_code == 302
    (row,) = paper_signed(desk_home.bureau.code)
    assert (row.case_id, row.by, row.entered_by) == ("report:2025", "丙", "甲")
    page = text(client_of("丙").get(f"/paper-signed/?month={row.recorded_at[:7]}"))
    assert f'href="{YEAR}"' in page
    assert "2025年度报告" in page


@pytest.mark.parametrize(
    ("typed", "scan", "says"),
    [
        ({"signer": ""}, SCAN, "选在纸上签字的人"),
        ({"same": ""}, SCAN, "核对纸上签的正文"),
        ({}, b"", "附上纸上签字的扫描件"),
        ({"scan": "0" * 64}, b"", "附上纸上签字的扫描件"),
        ({"on": "2025-12-30"}, SCAN, "还没有过完"),
        ({"on": "2027-01-01"}, SCAN, "还没有到"),
        ({"signer": "乙"}, SCAN, "年度报告由"),
        ({"reason": ""}, SCAN, "须由签发人写明理由"),
    ],
)
def test_what_is_no_signature_on_paper_is_refused_and_what_was_typed_stays(
    desk_home: AtWork, client_of: Clients, typed: dict[str, str], scan: bytes, says: str
) -> None:
    answer = sent(client_of("甲"), scan, **typed)
    page = text(answer)
    assert answer.status_code == 422
    assert says in page
    assert "fazheng" not in page.split('id="faults"')[1].split("</div>")[0]
    assert signature(desk_home.bureau.code, 2025) is None
    if "reason" not in typed:
        assert WHY in page


def test_a_scan_that_was_taken_is_offered_and_serves_for_the_next_try(desk_home: AtWork, client_of: Clients) -> None:
    client, digest = client_of("甲"), hashlib.sha256(SCAN).hexdigest()
    assert f'value="{digest}" selected' in text(sent(client, reason=""))
    assert sent(client, b"", scan=digest).status_code == 302
    assert len(attachments(desk_home.bureau.code, "report:2025")) == 1
    live = dump(desk_home.bureau.code)
    rebuild(desk_home.bureau, today=desk.TODAY)
    assert dump(desk_home.bureau.code) == live


def test_the_head_who_enters_their_own_hand_shows_their_phone(desk_home: AtWork, client_of: Clients) -> None:
    assert "您还没有登记" in text(sent(client_of("丙")))
    assert signature(desk_home.bureau.code, 2025) is None


def test_nobody_signs_for_the_head_without_paper(desk_home: AtWork, client_of: Clients) -> None:
    for act in (
        Act(desk.TODAY, "丙", {}, entered_by="甲"),
        Act(desk.TODAY, "丙", {}, entered_by="甲", signed_on_paper=True),
        Act(desk.TODAY, "丙", {}, entered_by="甲", signed_on_paper=True, scan="0" * 64),
        Act(desk.TODAY, "丙", {}, entered_by="谁也不是", signed_on_paper=True, scan="0" * 64),
    ):
        with writing(desk_home.bureau, today=desk.TODAY) as book:
            assert "on_paper" in {one.gate for one in sign_in(book, desk_home.home, Asked(2025), WHY, act)}
    assert signature(desk_home.bureau.code, 2025) is None


def test_who_does_not_compose_the_report_enters_no_signature(desk_home: AtWork, client_of: Clients) -> None:
    reviewer = client_of("己")
    assert FORM not in text(reviewer.get(YEAR))
    assert reviewer.get(FORM).status_code == 403
    assert client_of("乙").get(FORM).status_code == 403


def test_the_scan_comes_out_with_a_reason_that_is_entered(desk_home: AtWork, client_of: Clients) -> None:
    client, digest = client_of("甲"), hashlib.sha256(SCAN).hexdigest()
    sent(client)
    at = f"{YEAR}scan/{digest}/"
    assert f'href="{at}"' in text(client.get(YEAR))
    assert client.post(at, {"reason": ""}).status_code == 422
    answer = client.post(at, {"reason": "核对签字"})
    assert b"".join(answer.streaming_content) == SCAN  # type: ignore[arg-type]
    assert answer["Content-Disposition"] == f'attachment; filename="{digest[:12]}.png"'
    assert Entry.objects.filter(event="private_looked", case_id="report:2025").count() == 1
    assert client_of("己").get(at).status_code == 403
    assert client.get(f"{YEAR}scan/{'0' * 64}/").status_code == 404


@pytest.mark.parametrize("year", [0, 2027, 99999])
def test_there_is_no_form_for_a_year_that_has_not_begun(client_of: Clients, year: int) -> None:
    assert client_of("甲").get(f"/report/{year}/on-paper/").status_code == 404


def test_a_signature_stands_though_its_files_could_not_be_put_in_place(desk_home: AtWork, client_of: Clients) -> None:
    for kind in ("docx", "pdf", "html"):
        (desk_home.home / REPORTS / f"示例县民政局2025年法治政府建设年度报告.{kind}" / "在用").mkdir(parents=True)
    assert sent(client_of("甲")).status_code == 302
    done = signature(desk_home.bureau.code, 2025)
    assert done is not None
    assert any((desk_home.home / REPORTS / name).is_dir() for name in done.files), done.files
