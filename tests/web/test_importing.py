"""导入 in the browser: faults by row, a trial, a confirmation, progress, undoing; hostile files refused kindly."""

from __future__ import annotations

import io
import json
import re
import stat
import time
import zipfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page

from fazheng.casework.workbook import imports, write_workbook
from fazheng.lawbook.load import load
from fazheng.ledger.models import CaseRow, StandingEvent
from fazheng.ledger.read import head
from fazheng.web import serving
from fazheng.web.importing_jobs import PROCESS, RECORDING
from fazheng.web.importing_reading import MAP, MAPS
from fazheng.web.models import ImportJob, SecondFactor
from fazheng.web.serving import UPLOADS
from tests.casework import desk
from tests.casework.workbook.desk import FURTHER, HOTLINE, NOTHING, STAFF, person, step, ticket
from tests.web.conftest import HOSTS, AtWork
from tests.web.looking import pictured, step_in, violations, watched
from tests.web.test_second_factor import code_of, enrolled
from tests.windows import OWNER_ALONE

Clients = Callable[[str], Client]
OTHER = "0" * 32  # a server that was killed


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def filled(folder: Path, sheets: Mapping[str, list[dict[str, str]]]) -> bytes:
    path = folder / "填好.xlsx"
    write_workbook(path, load(place="示例县"), sheets)
    return path.read_bytes()


def tickets(n: int) -> list[dict[str, str]]:
    return [ticket(f"R{i}", "2026-11-03", 经办人="乙") for i in range(n)]


def upload(client: Client, content: bytes, name: str = "台账.xlsx") -> Any:
    return client.post("/importing/", {"file": SimpleUploadedFile(name, content)})


def settled(client: Client, url: str) -> str:
    """The page of an import once the server is done with it."""
    for _ in range(600):
        page = text(client.get(url))
        if "<progress" not in page:
            return page
        time.sleep(0.05)
    raise AssertionError("still at work")


def checked(client: Client, content: bytes, name: str = "台账.xlsx") -> tuple[str, str]:
    """The address of the import of that file, and its page once it was checked."""
    answer = upload(client, content, name)
    assert answer.status_code == 302, text(answer)
    return answer["Location"], settled(client, answer["Location"])


def left(home: AtWork) -> list[Path]:
    """Files of uploads that are still there; what the page told as recorded is put away a moment later."""
    for _ in range(50):
        if not (found := [path for path in (home.home / UPLOADS).rglob("*") if path.is_file()]):
            return []
        time.sleep(0.02)
    return found


def test_an_empty_template_is_downloaded(desk_home: AtWork, client_of: Clients) -> None:
    answer = client_of("乙").get("/importing/template/?of=hotline.ticket")
    assert answer["Content-Disposition"] == 'attachment; filename="template-hotline.ticket.xlsx"'
    names = openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames
    assert (HOTLINE in names, "行政处罚普通程序" in names) == (True, False)
    assert client_of("乙").get("/importing/template/?of=nothing").status_code == 404


def test_a_workbook_is_tried_confirmed_and_undone(desk_home: AtWork, client_of: Clients, tmp_path: Path) -> None:
    client, before = client_of("乙"), head(desk_home.bureau.code).seq
    url, page = checked(client, filled(tmp_path, {HOTLINE: tickets(3)}))
    assert "检查过了，没有要改的" in page
    assert "12345热线工单 3 件" in page
    assert head(desk_home.bureau.code).seq == before
    assert "撤销" not in page
    client.post(url, {"what": "confirm"})
    assert "已导入，编号 1" in settled(client, url)
    assert CaseRow.objects.filter(procedure="hotline.ticket").count() == 4
    assert left(desk_home) == []
    _, page = checked(client, filled(tmp_path, {HOTLINE: tickets(3)}))
    assert "3 行，不重复记" in page
    assert client.get("/importing/undo/1/").status_code == 403
    head_ = client_of("丙")
    assert head_.post("/importing/undo/1/", {"reason": " "}).status_code == 422
    undone = head_.post("/importing/undo/1/", {"reason": "导错了"})
    assert "撤回3件案件的3步" in settled(head_, undone["Location"])
    assert StandingEvent.objects.filter(procedure="hotline.ticket").count() == 1
    assert "撤销" in text(head_.get("/importing/"))
    twice = settled(head_, head_.post("/importing/undo/1/", {"reason": "再撤"})["Location"])
    assert "不能再撤销一次" in twice


def test_faults_are_told_by_row_and_field_and_nothing_is_recorded(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    client, before = client_of("乙"), head(desk_home.bureau.code).seq
    rows = [
        *tickets(1),
        ticket("R1", "2026-13-40", 经办人="乙"),
        ticket("R2", "2026-11-03", 经办人="乙", 诉求类别="骂人"),
        ticket("R3", "2026-11-03", 经办人="没有"),
    ]
    url, page = checked(client, filled(tmp_path, {HOTLINE: rows}))
    assert re.search(r"有 \d+ 处要改，一条也没有记入", page)
    for place in ("第3行“日期”", "第4行“诉求类别”", "第5行“经办人”"):
        assert f"“{HOTLINE}”表{place}" in page, place
    client.post(url, {"what": "confirm"})  # what has faults is not to be confirmed
    assert "处要改" in settled(client, url)
    assert head(desk_home.bureau.code).seq == before
    assert left(desk_home) == []
    client.post(url, {"what": "drop"})
    assert (left(desk_home), ImportJob.objects.count()) == ([], 0)


def test_what_is_held_apart_is_not_in_what_the_desk_keeps(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    rows = [ticket("R1", "2026-11-03", 经办人="乙", 诉求人="示例赵六", 联系电话="1380013800x")]
    checked(client_of("乙"), filled(tmp_path, {HOTLINE: rows}))
    (job,) = ImportJob.objects.all()
    assert job.state == "faulty"
    assert not any(said in job.told for said in ("示例赵六", "1380013800"))


@OWNER_ALONE
def test_an_uploaded_workbook_lies_where_only_its_owner_reads_it(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    checked(client_of("乙"), filled(tmp_path, {HOTLINE: tickets(1)}), "../../示例赵六的台账.xlsx")
    assert str(desk_home.home / UPLOADS) == settings.FILE_UPLOAD_TEMP_DIR
    (path,) = left(desk_home)
    assert path.parent.parent == desk_home.home / UPLOADS
    assert path.name == "表格.xlsx"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


HOSTILE = {
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "图.xlsx", "不是 .xlsx 工作簿"),
    "docx": (zipped(word__document_xml=b"<w/>"), "文.xlsx", "不是 .xlsx 工作簿"),
    "bomb": (zipped(xl__workbook_xml=b"0" * (64 << 20)), "大.xlsx", "不像一本台账"),
    "old": (b"\xd0\xcf\x11\xe0" + b"0" * 600, "旧.xls", "旧格式"),
    "text": ("编号,日期\n".encode(), "表.csv", "文本文件"),
    "macro": (zipped(xl__workbook_xml=b"<w/>", xl__vbaProject_bin=b"x"), "宏.xlsx", "带有宏"),
    "broken": (b"PK\x03\x04" + b"0" * 100, "坏.xlsx", "已损坏"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_kindly(desk_home: AtWork, client_of: Clients, kind: str) -> None:
    content, name, said = HOSTILE[kind]
    _, page = checked(client_of("乙"), content, name)
    assert ("没有记入" in page, said in page) == (True, True), page


@pytest.mark.parametrize("name", ["木马.exe", "页.html", "图.svg", "没有后缀"])
def test_what_is_no_table_is_not_even_kept(desk_home: AtWork, client_of: Clients, name: str) -> None:
    answer = upload(client_of("乙"), b"MZ", name)
    assert (answer.status_code, "这不是表格文件" in text(answer), ImportJob.objects.count()) == (422, True, 0)
    assert left(desk_home) == []


def test_an_upload_without_a_file_and_one_too_large_are_refused(
    desk_home: AtWork, client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of("乙")
    assert "请先选一个表格文件" in text(client.post("/importing/", {}))
    monkeypatch.setattr(settings, "UPLOAD_MOST", 1000)
    answer = upload(client, b"0" * 2000)
    assert (answer.status_code, "这次发来的太大" in text(answer), ImportJob.objects.count()) == (413, True, 0)


def test_a_cell_that_holds_markup_is_shown_as_it_is(desk_home: AtWork, client_of: Clients, tmp_path: Path) -> None:
    rows = [ticket("R1", "2026-11-03", 经办人="<script>alert(1)</script>")]
    _, page = checked(client_of("乙"), filled(tmp_path, {HOTLINE: rows}))
    assert ("<script>alert" in page, "&lt;script&gt;" in page) == (False, True)


def test_confirmed_twice_it_is_recorded_once(desk_home: AtWork, client_of: Clients, tmp_path: Path) -> None:
    client = client_of("乙")
    url, _ = checked(client, filled(tmp_path, {HOTLINE: tickets(2)}))
    for _ in range(3):
        client.post(url, {"what": "confirm"})
    settled(client, url)
    assert len(imports(desk_home.bureau.code)) == 1


def test_an_import_of_somebody_else_is_not_there(desk_home: AtWork, client_of: Clients, tmp_path: Path) -> None:
    url, _ = checked(client_of("乙"), filled(tmp_path, {HOTLINE: tickets(1)}))
    assert [client_of("己").get(url).status_code, client_of("己").post(url, {"what": "confirm"}).status_code] == [
        404
    ] * 2
    assert client_of("丙").get(url).status_code == 200  # who may undo may look


def test_people_and_their_first_tickets_come_in_one_workbook(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    sheets = {STAFF: [person("新", "热线承办员")], HOTLINE: [ticket("R1", "2026-11-03", 经办人="新")]}
    client = client_of("丙")
    url, page = checked(client, filled(tmp_path, sheets))
    assert "检查过了" in page, page
    client.post(url, {"what": "confirm"})
    assert "已导入" in settled(client, url)


SINCE = {"起始日期": "2026-01-05", "依据材料": "示例文件"}
POWERFUL = {
    STAFF: person("癸", "行政机关负责人"),
    **dict.fromkeys(
        ("主持工作", "授权代签", "科室", "授权委托", "承接权力", "权责清单", "岗位责任", "不列清单的程序"), SINCE
    ),
    NOTHING: {"程序": "学法", "年度": "2023", "签报人": "丙", "日期": "2024-01-05"},
}


@pytest.mark.parametrize("sheet", POWERFUL)
def test_nobody_imports_what_they_may_not_enter_by_hand(
    desk_home: AtWork, client_of: Clients, tmp_path: Path, sheet: str
) -> None:
    content = filled(tmp_path, {sheet: [POWERFUL[sheet]]})
    _, page = checked(client_of("乙"), content)
    said = re.search(r"这张表您不能导入：要由([^。]*)登记。请去掉这张表再传，或者请他们导入", page)
    assert said is not None, page
    assert {"行政机关负责人", "办公室"} <= set(said[1].split("、"))
    assert "这张表您不能导入" not in checked(client_of("丙"), content)[1]


def test_an_ordinary_register_is_imported_by_whoever_works_here(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    organisation = {"统一社会信用代码": "51999900MJX00000X8", "名称": "示例县示例社会工作协会", "类别": "社会团体",
                    "成立登记日期": "2015-06-01"}  # fmt: skip
    rows = {"社会组织名录": [SINCE | organisation]}
    assert "检查过了" in checked(client_of("乙"), filled(tmp_path, rows))[1]


def test_signatures_of_others_are_imported_by_the_office_or_the_head_alone(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    extended = step("R1", "延期", "2026-11-04", 经办人="丙", 理由="材料待补", 已告知诉求人="是", 如实补录="是")
    content = filled(tmp_path, {HOTLINE: tickets(2)[1:], FURTHER: [extended]})
    pages = {who: checked(client_of(who), content)[1] for who in "乙甲丙"}
    assert "请由行政机关负责人、办公室导入，或者本人登录办理" in pages["乙"]
    assert ["检查过了" in pages[who] for who in "乙甲丙"] == [False, True, True]  # 甲 is of the office; 丙 signed


def test_ones_own_signatures_are_imported_with_the_second_factor_and_others_without(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    extended = step("R1", "延期", "2026-11-04", 经办人="丙", 理由="材料待补", 已告知诉求人="是", 如实补录="是")
    content = filled(tmp_path, {HOTLINE: tickets(2)[1:], FURTHER: [extended]})
    head, office = client_of("丙"), client_of("甲")
    url, page = checked(head, content)
    assert ("表里有您本人的签字" in page, "您还没有登记" in page) == (True, True)
    seed, _ = enrolled(head, "丙")
    for lacking in ({}, {"second_factor": "000000"}):
        refused = head.post(url, {"what": "confirm", **lacking})
        assert (refused.status_code, "还没有记入" in text(refused)) == (422, True)
    assert not imports(desk_home.bureau.code)
    SecondFactor.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    assert head.post(url, {"what": "confirm", "second_factor": code_of(seed)}).status_code == 302
    assert "已导入，编号 1" in settled(head, url)
    more = step("R2", "延期", "2026-11-04", 经办人="丙", 理由="材料待补", 已告知诉求人="是", 如实补录="是")
    url, page = checked(office, filled(tmp_path, {HOTLINE: tickets(3)[2:], FURTHER: [more]}))
    assert "表里有您本人的签字" not in page
    office.post(url, {"what": "confirm"})
    assert "已导入，编号 2" in settled(office, url)


def test_a_workbook_that_nobody_came_back_to_is_thrown_away(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    url, _ = checked(client_of("乙"), filled(tmp_path, {HOTLINE: tickets(1)}))
    ImportJob.objects.update(made_at="2026-01-01T09:00:00+08:00")
    checked(client_of("丙"), filled(tmp_path, {HOTLINE: tickets(2)}))
    assert (client_of("乙").get(url).status_code, len(left(desk_home))) == (404, 1)


def test_a_workbook_that_a_killed_server_left_at_work_is_thrown_away_when_the_next_one_starts(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    checked(client_of("乙"), filled(tmp_path, {HOTLINE: tickets(1)}))
    checked(client_of("丙"), filled(tmp_path, {HOTLINE: tickets(2)}))
    ImportJob.objects.filter(by="乙").update(made_at="2026-01-01T09:00:00+08:00", state=RECORDING, process=OTHER)
    ImportJob.objects.filter(by="丙").update(made_at="2026-01-01T09:00:00+08:00", state=RECORDING)
    assert len(left(desk_home)) == 2
    serving.start(desk_home.home, desk_home.bureau, hosts=HOSTS, today=lambda: desk.TODAY)
    assert ([job.by for job in ImportJob.objects.all()], len(left(desk_home))) == (["丙"], 1)


def working(state: str, process: str, by: str = "乙", **more: Any) -> ImportJob:
    return ImportJob.objects.create(
        key="ab" * 16, by=by, made_at="2026-11-20T09:00:00+08:00", state=state, process=process, **more
    )


def test_progress_is_shown_and_asked_for_again_with_and_without_javascript(
    desk_home: AtWork, client_of: Clients
) -> None:
    page = text(client_of("乙").get(f"/importing/{working('recording', PROCESS, done=40, total=160).key}/"))
    assert "正在记入：40 / 160 行" in page
    assert 'value="25"' in page
    assert ('hx-trigger="every 1s"' in page, '<noscript><meta http-equiv="refresh"' in page) == (True, True)


def test_killed_before_the_commit_nothing_is_recorded_and_it_is_told(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    client = client_of("乙")
    url, _ = checked(client, filled(tmp_path, {HOTLINE: tickets(2)}))
    ImportJob.objects.update(state="recording", process=OTHER)
    assert "程序停过：一条也没有记入，可以再确认一次" in text(client.get(url))
    client.post(url, {"what": "confirm"})
    assert "已导入，编号 1" in settled(client, url)


def test_killed_after_the_commit_it_is_told_that_all_is_recorded(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    client = client_of("乙")
    url, _ = checked(client, filled(tmp_path, {HOTLINE: tickets(2)}))
    client.post(url, {"what": "confirm"})
    settled(client, url)
    ImportJob.objects.update(state="recording", process=OTHER, number=0)
    page = text(client.get(url))
    assert ("已经全部记入，没有重复" in page, "已导入，编号 1" in page) == (True, True)


def test_what_was_killed_before_its_commit_claims_no_other_import_of_the_same_person(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    client = client_of("乙")
    first, _ = checked(client, filled(tmp_path, {HOTLINE: tickets(2)}))
    second, _ = checked(client, filled(tmp_path, {HOTLINE: tickets(3)[2:]}))
    client.post(first, {"what": "confirm"})
    assert "已导入，编号 1" in settled(client, first)
    waiting = ImportJob.objects.filter(key=second.split("/")[2])
    for number in (1, 0):  # the other one's row tells it, or where that is gone the workbook
        ImportJob.objects.filter(key=first.split("/")[2]).update(number=number)
        waiting.update(state="recording", process=OTHER, before=0)
        assert "程序停过：一条也没有记入，可以再确认一次" in text(client.get(second))
        assert len(left(desk_home)) == 1
    client.post(second, {"what": "confirm"})
    assert "已导入，编号 2" in settled(client, second)


def test_an_import_is_confirmed_by_who_uploaded_it_and_thrown_away_by_the_office_too(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    url, page = checked(client_of("乙"), filled(tmp_path, {HOTLINE: tickets(1)}))
    assert "确认，记入账本" in page
    head = client_of("丙")
    assert ("确认，记入账本" in (shown := text(head.get(url))), "由上传的人（乙）确认" in shown) == (False, True)
    for way, sent in ((url, "confirm"), (url, "again"), (f"{url}columns/", "match")):
        assert head.post(way, {"what": sent}).status_code == 403, sent
    assert imports(desk_home.bureau.code) == []
    assert head.post(url, {"what": "drop"}).status_code == 302
    assert left(desk_home) == []


def test_an_import_that_is_recorded_is_told_as_that_though_its_matching_could_not_be_kept(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    client = client_of("乙")
    url, _ = checked(client, own(tmp_path), "自己的.xlsx")
    matched(client, url)
    assert "检查过了" in settled(client, url)
    (desk_home.home / UPLOADS / MAPS).write_text("in the way")
    client.post(url, {"what": "confirm"})
    page = settled(client, url)
    assert ("已导入，编号 1" in page, "程序停过" in page) == (True, False)
    for _ in range(100):
        if left(desk_home) == [desk_home.home / UPLOADS / MAPS]:
            break
        time.sleep(0.05)
    assert left(desk_home) == [desk_home.home / UPLOADS / MAPS]


@pytest.mark.parametrize("state", ["checking", "undoing"])
def test_killed_while_checking_or_undoing_nothing_was_done_and_it_is_told(
    desk_home: AtWork, client_of: Clients, tmp_path: Path, state: str
) -> None:
    client = client_of("丙")
    url, _ = checked(client, filled(tmp_path, {HOTLINE: tickets(1)}))
    client.post(url, {"what": "confirm"})
    settled(client, url)
    job = working(state, OTHER, "丙", kind="undo" if state == "undoing" else "import", number=1)
    assert "程序停过：一条也没有记入，什么也没有改" in text(client.get(f"/importing/{job.key}/"))
    assert imports(desk_home.bureau.code)[0].undone_on == ""


def own(folder: Path, words: str = "投诉") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["工单号", "接收工单日期", "诉求类别", "诉求事项", "诉求内容", "是否紧急"])
    for n in range(1, 4):
        sheet.append([f"示例{n}", f"2026-11-0{n}", words, "养老机构收费", "收费与公示的不一致", "否"])
    book.save(folder / "自己的.xlsx")
    return (folder / "自己的.xlsx").read_bytes()


def matched(client: Client, url: str, **more: str) -> Any:
    form = {"what": "match", "of": "hotline.ticket", "number": "工单号", "on": "接收工单日期", "by": "=乙",
            "f_ticket_no": "工单号", "f_kind": "诉求类别", "f_urgent": "是否紧急", "f_topic": "诉求事项",
            "f_request": "诉求内容", "f_assigned_by_ruling": "=否"}  # fmt: skip
    more = more if "seen" in more else {**more, "seen": seen_in(text(client.get(f"{url}columns/")))}
    return client.post(f"{url}columns/", {**form, **more})


def seen_in(page: str) -> str:
    """The mark of the matching that a form was made beside."""
    return re.search(r'name="seen" value="([0-9a-f]*)"', page)[1]  # type: ignore[index]


def test_a_register_of_the_bureaus_own_is_matched_column_by_column(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    client = client_of("甲")
    url, page = checked(client, own(tmp_path))
    assert "没有人对过列" in page
    form = text(client.get(f"{url}columns/"))
    assert '<option value="工单号" selected>' in form
    lacking = matched(client, url, f_topic="")
    assert (lacking.status_code, "“诉求事项”还没有对上列" in text(lacking)) == (422, True)
    assert matched(client, url).status_code == 302
    assert "12345热线工单 3 件" in settled(client, url)
    client.post(url, {"what": "confirm"})
    assert "已导入，编号 1" in settled(client, url)
    done = StandingEvent.objects.filter(procedure="hotline.ticket", event="ticket_received")
    assert sorted(done.values_list("by", flat=True)) == ["乙"] * 4
    _, page = checked(client, own(tmp_path))  # next month nobody matches anything
    assert ("检查过了" in page, "3 行，不重复记" in page) == (True, True)


def test_of_two_who_match_one_upload_at_once_the_second_is_told_and_changes_nothing(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    first, second = client_of("甲"), client_of("甲")
    url, _ = checked(first, own(tmp_path))
    forms = [seen_in(text(client.get(f"{url}columns/"))) for client in (first, second)]
    assert forms == ["", ""]
    assert matched(first, url, seen=forms[0]).status_code == 302
    late = matched(second, url, seen=forms[1], f_topic="诉求内容")  # while it is tried, or once it was
    assert (late.status_code, "已经在另一处对过列了" in text(late)) == (409, True)
    folder = desk_home.home / UPLOADS / url.strip("/").split("/")[-1]
    assert json.loads((folder / MAP).read_text("utf-8"))["cases"][0]["fields"]["topic"] == "诉求事项"
    page = settled(first, url)
    late = matched(second, url, seen=forms[1], f_topic="诉求内容")
    assert (late.status_code, "已经在另一处对过列了" in text(late)) == (409, True)
    assert matched(second, url, f_topic="诉求内容").status_code == 302, "who has seen the result matches anew"
    settled(second, url)
    stale = first.post(url, {"what": "confirm", "seen": seen_in(page)})
    assert (stale.status_code, "在另一处重新对过列" in text(stale)) == (409, True)
    assert imports(desk_home.bureau.code) == []
    first.post(url, {"what": "confirm", "seen": seen_in(text(stale))})
    assert "已导入，编号 1" in settled(first, url)
    late = matched(second, url, seen="")
    assert (late.status_code, "已经在另一处对过列了" in text(late)) == (409, True)


def test_many_who_match_at_the_same_instant_leave_one_matching_whole(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    clients = [client_of("甲") for _ in range(4)]
    url, _ = checked(clients[0], own(tmp_path))
    topics = ["诉求事项", "诉求内容", "诉求类别", "工单号"]
    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(
            pool.map(lambda one: matched(one[0], url, seen="", f_topic=one[1]), zip(clients, topics, strict=True))
        )
    assert sorted(answer.status_code for answer in answers) == [302, 409, 409, 409]
    chosen = next(topic for topic, answer in zip(topics, answers, strict=True) if answer.status_code == 302)
    assert "检查过了" in settled(clients[0], url)
    folder = desk_home.home / UPLOADS / url.strip("/").split("/")[-1]
    assert json.loads((folder / MAP).read_text("utf-8"))["cases"][0]["fields"]["topic"] == chosen


def test_what_fails_after_the_commit_is_not_told_as_nothing_recorded(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    client = client_of("甲")
    url, _ = checked(client, own(tmp_path))
    matched(client, url)
    settled(client, url)
    (desk_home.home / UPLOADS / MAPS).write_text("")  # where the matching of columns is to be kept, a file lies
    client.post(url, {"what": "confirm"})
    page = settled(client, url)
    assert ("已导入，编号 1" in page, "一条也没有记入" in page) == (True, False)
    assert len(imports(desk_home.bureau.code)) == 1


def test_words_that_the_law_file_does_not_know_are_faults_by_row(
    desk_home: AtWork, client_of: Clients, tmp_path: Path
) -> None:
    client = client_of("甲")
    url, _ = checked(client, own(tmp_path, "骂人"))
    matched(client, url)
    page = settled(client, url)
    assert ("第2行“诉求类别”" in page, "重新对列" in page) == (True, True)


STATES = ("ready", "faulty", "unusable", "unmapped", "recording", "done")


@pytest.mark.parametrize("state", ["front", *STATES])
def test_each_state_of_an_import_is_without_violation(
    desk_home: AtWork, client_of: Clients, live: str, browser_page: Page, state: str
) -> None:
    fault = {"sheet": HOTLINE, "row": 4, "column": "诉求类别", "message": "“骂人”不是可以选的；可选：咨询、求助、投诉"}
    told = {"rows": 3, "skipped": 0, "steps": 2, "defects": 1, "cases": [["12345热线工单", 3]], "entered": 0,
            "faults": [fault] if state == "faulty" else [], "wrong": 1, "warnings": ["有两行相同"],
            "says": "“表格.xlsx”已损坏，读不出来。"}  # fmt: skip
    job = working(state, PROCESS, told=json.dumps(told), done=30, total=90, number=1)
    step_in(browser_page, live, "乙", client_of("乙"))
    with watched(browser_page) as complaints:
        browser_page.goto(f"{live}/importing/" + ("" if state == "front" else f"{job.key}/"))
        for width, height in ((1366, 768), (360, 740)):
            browser_page.set_viewport_size({"width": width, "height": height})
            assert violations(browser_page) == []
            assert browser_page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    pictured(browser_page, f"import-{state}")
    assert complaints == []
