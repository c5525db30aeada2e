"""年报: composed, edited, examined, signed with a second factor, restated, read back, proved; all on the desk."""

import io
import re
import tomllib
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from fazheng.casework.act import Act
from fazheng.casework.telling import tell
from fazheng.casework.writing import writing
from fazheng.figures import count, parse, up_to
from fazheng.issuing.prose import PROSE
from fazheng.lawbook.load import load
from fazheng.ledger.read import head
from fazheng.ledger.signed import restatements, signature
from fazheng.ledger.spoken import promises
from fazheng.web import serving
from tests.casework import desk
from tests.web.conftest import AtWork
from tests.web.test_figures import form_key
from tests.web.test_second_factor import code_of, enrolled

Clients = Callable[[str], Client]
YEAR = "/report/2025/"
WHY = "示例县的账本刚刚建立，二〇二五年的其他工作没有记在账本里"


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def sent(client: Client, address: str, **typed: str) -> tuple[int, str]:
    key = form_key(client.get(address).content.decode())
    answer = client.post(address, {"form_key": key, "on": "2026-11-20", **typed})
    return answer.status_code, answer.content.decode()


def signed(client: Client, desk_home: AtWork) -> None:
    seed, _ = enrolled(client, "丙")
    status, page = sent(client, f"{YEAR}sign/", reason=WHY, second_factor=code_of(seed), prose="no")
    assert status == 302, re.findall(r'class="says">([^<]+)', page)
    assert signature(desk_home.bureau.code, 2025)


def test_every_number_of_the_report_leads_to_its_figure(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("甲")
    page = text_of(client, "/report/2026/")
    links = re.findall(r'href="(/figures/of/[^"]+)"', page)
    assert links
    assert "无数据" in page
    figure = text_of(client, next(one for one in links if "hotline" in one))
    assert f'href="/case/{desk_home.ticket}/"' in figure or "案件" in figure
    assert "签发</a>" not in page, "who signs nothing is not asked to"


def test_the_outline_can_be_another(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("甲")
    page = text_of(client, "/report/2026/")
    others = re.findall(r'<option value="([^"]+)">', page)
    if others:
        assert f'<option value="{others[0]}" selected>' in text_of(client, f"/report/2026/?outline={others[0]}")
    assert client.get("/report/2026/?outline=nowhere").status_code == 404


def test_a_person_writes_beside_a_section_and_it_stands_in_the_prose_file(
    client_of: Clients, desk_home: AtWork
) -> None:
    client = client_of("甲")
    words = '全年收到{{ hotline.received }}件"工单"，另有17个电话。\n第二段。'
    answer = client.post("/report/2026/words/opening/", {"before": "", "text": words})
    assert answer.status_code == 302
    assert tomllib.loads((desk_home.home / PROSE).read_text("utf-8")) == {"opening": words}
    page = text_of(client, "/report/2026/")
    assert "另有17个电话" in page
    late = client.post("/report/2026/words/opening/", {"before": "从前的话", "text": "我的话"})
    assert late.status_code == 409
    assert "我的话" in late.content.decode()
    assert "刚才被别人改过" in late.content.decode()
    assert client.get("/report/2026/words/nothing/").status_code == 404


def test_who_may_not_write_the_report_does_not(client_of: Clients, desk_home: AtWork) -> None:
    reviewer = client_of("己")
    assert reviewer.get("/report/2026/words/opening/").status_code == 403
    assert reviewer.get(f"{YEAR}sign/").status_code == 403
    assert client_of("乙").get("/report/").status_code == 403


def test_the_paper_comes_as_word_and_pdf_and_says_that_it_is_a_draft(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    word = client.get(f"{YEAR}paper.docx")
    assert word["Content-Disposition"].startswith("attachment")
    Document(io.BytesIO(word.content))
    assert client.get(f"{YEAR}paper.pdf").content.startswith(b"%PDF-")
    with zipfile.ZipFile(io.BytesIO(word.content)) as packed:
        assert any("草稿" in packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))
    assert client.get(f"{YEAR}paper.html").content.startswith(b"<!doctype html>")
    assert client.get(f"{YEAR}paper.exe").status_code == 404


def test_a_signature_asks_for_a_second_factor_and_a_missing_part_for_its_reason(
    client_of: Clients, desk_home: AtWork
) -> None:
    client = client_of("丙")
    status, page = sent(client, f"{YEAR}sign/", reason=WHY)
    assert status == 422
    assert "您还没有登记" in page
    assert "由别人代录" not in page, "a report is signed on screen alone"
    seed, _ = enrolled(client, "丙")
    status, page = sent(client, f"{YEAR}sign/", second_factor=code_of(seed))
    assert status == 422
    assert "须由签发人写明理由" in page
    assert "fazheng" not in page.split('role="alert"')[1].split("</div>")[0]
    assert signature(desk_home.bureau.code, 2025) is None


def test_prose_is_signed_only_where_somebody_says_so(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    (desk_home.home / PROSE).write_text('opening = "开头。"\n', "utf-8")
    status, page = sent(client, f"{YEAR}sign/", reason=WHY)
    assert status == 422
    assert "没有选印不印" in page


def test_signed_once_it_is_locked_with_its_files_and_stays_so(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    signed(client, desk_home)
    page = text_of(client, YEAR)
    assert "已签发" in page
    assert "年度已锁定" in page
    assert client.get(f"{YEAR}paper.docx").content.startswith(b"PK")
    assert "草稿" not in client.get(f"{YEAR}paper.html").content.decode()
    status, again = sent(client, f"{YEAR}sign/", reason=WHY, prose="no")
    assert status == 422
    assert "已由丙" in again


def test_the_proof_file_is_downloaded_from_a_signed_report_alone(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    assert client.post(f"{YEAR}proof/").status_code == 409
    signed(client, desk_home)
    proof = client.post(f"{YEAR}proof/")
    with zipfile.ZipFile(io.BytesIO(proof.content)) as packed:
        assert {"report.txt", "signed.json", "rows.json"} <= set(packed.namelist())


def test_what_changed_after_the_signature_is_told_and_restated(client_of: Clients, desk_home: AtWork) -> None:
    client = client_of("丙")
    signed(client, desk_home)
    assert "不用更正" in text_of(client, f"{YEAR}restate/")
    late = {"form_key": form_key(text_of(client, "/figures/zero/hotline.ticket/")), "year": "2025", "on": "2026-11-20"}
    assert client.post("/figures/zero/hotline.ticket/", late).status_code == 302
    page = text_of(client, YEAR)
    assert "签发以后账本有变化" in page
    status, told = sent(client, f"{YEAR}restate/", reason="补签零申报")
    assert status == 302, re.findall(r'class="says">([^<]+)', told)
    assert len(restatements(desk_home.bureau.code, 2025)) == 1


def test_a_note_that_cannot_be_written_is_told_as_recorded_and_not_as_refused(
    client_of: Clients, desk_home: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of("丙")
    signed(client, desk_home)
    late = {"form_key": form_key(text_of(client, "/figures/zero/hotline.ticket/")), "year": "2025", "on": "2026-11-20"}
    assert client.post("/figures/zero/hotline.ticket/", late).status_code == 302

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fazheng.web.report_acts.write_note", full)
    status, told = sent(client, f"{YEAR}restate/", reason="补签零申报")
    assert (status, "更正说明已经记入账本，文件没有写出" in told) == (200, True)
    assert "还没有记入" not in told
    assert len(restatements(desk_home.bureau.code, 2025)) == 1


def test_a_file_that_came_back_tells_which_number_and_which_words_were_changed(
    client_of: Clients, desk_home: AtWork
) -> None:
    client = client_of("甲")
    raw = client.get("/report/2026/paper.docx").content
    same = client.post("/report/2026/back/", {"file": SimpleUploadedFile("稿.docx", raw)}).content.decode()
    assert "不是账本的数" not in same
    made = Document(io.BytesIO(raw))
    line = next(one for one in made.paragraphs if re.search(r"\d件", one.text))
    for run in line.runs:
        run.text = re.sub(r"\d+", "98765", run.text)
    kept = io.BytesIO()
    made.save(kept)
    back = client.post("/report/2026/back/", {"file": SimpleUploadedFile("稿.docx", kept.getvalue())})
    assert back.status_code == 200
    assert "不是账本的数" in back.content.decode()
    assert "98765" in back.content.decode()
    strange = client.post("/report/2026/back/", {"file": SimpleUploadedFile("a.txt", "别的文字".encode())})
    assert strange.status_code == 422


def test_promises_are_made_and_answered_and_an_unanswered_one_stops_the_signature(
    client_of: Clients, desk_home: AtWork
) -> None:
    client = client_of("丙")
    status, _ = sent(client, "/report/2024/promise/", text="修订办案流程，逐件排出时间表")
    assert status == 302
    seed, _ = enrolled(client, "丙")
    status, page = sent(client, f"{YEAR}sign/", reason=WHY, second_factor=code_of(seed))
    assert status == 422
    assert "还没有答复" in page
    number = promises(desk_home.bureau.code)[0].id.split(":")[1]
    assert "还没有答复" in text_of(client, YEAR)
    answer = f"{YEAR}promise/{number}/"
    status, page = sent(client, answer, result="done", text="已经修订")
    assert status == 422
    assert "要有证据" in page
    assert sent(client, answer, result="open", text="材料还没有备齐")[0] == 302
    assert promises(desk_home.bureau.code)[0].answer(2025)


def test_what_was_told_to_whom_stands_on_the_first_page(client_of: Clients, desk_home: AtWork) -> None:
    bureau, period = desk_home.bureau, up_to(parse("2026"), desk.TODAY)
    values = count(bureau.code, load(place=bureau.place), period, ["hotline.received"])
    with writing(bureau, today=desk.TODAY) as act:
        refused = tell(act, "示例市民政局", "figures", [(period, one) for one in values], head(bureau.code),
                       Act(desk.TODAY, "甲", {}))  # fmt: skip
    page = text_of(client_of("甲"), "/report/")
    assert not refused
    assert "示例市民政局" in page


@pytest.mark.parametrize("address", ["/report/", "/report/2025/", "/report/2026/", "/report/2026/back/"])
def test_pages_carry_no_style_and_no_script_of_their_own(address: str, client_of: Clients, desk_home: AtWork) -> None:
    page = text_of(client_of("丙"), address)
    assert "style=" not in page
    assert "<script>" not in page
    assert serving.serving().home == desk_home.home
