"""The pages whose statements are most of their own say the same on SQLite and on PostgreSQL, of the same book."""

import base64
import re
import shutil
from pathlib import Path

import pytest
from django.test import Client

from fazheng.casework.consulted import OPINION, READING
from fazheng.casework.consulting import ask_people
from fazheng.casework.registers import change_row, strike_row
from fazheng.casework.writing import Act, writing
from fazheng.ledger.storage import BOOK, DESK, close_home, open_home
from fazheng.procedure.identifiers import org_code
from fazheng.web import serving
from fazheng.web.models import Account
from tests.casework import desk
from tests.publication.penalties import closed, decided, registered
from tests.web.conftest import HOSTS

Pages = dict[tuple[str, str], list[str]]
PENALTIES, TICKETS, ORGANISATIONS = (
    "/lists/penalty.ordinary/",
    "/lists/hotline.ticket/",
    "/registers/social_organisation/",
)
PAGES = [
    *("/today/", "/today/duties/", "/todo/", "/done/", "/supervised/", "/reading/", "/review/", "/calendar/"),
    *(f"{PENALTIES}{asked}" for asked in (
        "", "?sort=opened", "?sort=-ref", "?state=open&sum=1", "?state=closed&sum=1", "?light=red", "?light=yellow",
        "?light=green", "?since=2026-09-02&until=2026-11-19", "?by.case_filed.source=complaint",
        "?by.case_filed.complex=no&sum=1", "?by.penalty_decided.kinds=fine", "?show=due,penalty_decided.fine&sum=1",
    )),
    *(f"{TICKETS}{asked}" for asked in ("", "?state=open&light=red&sum=1", "?by.ticket_received.urgent=yes")),
    *(f"{ORGANISATIONS}{asked}" for asked in ("", "?on=2026-03-01", "?sum=1", "?by.kind=foundation", "?sort=name")),
    *("/lists/", "/registers/", "/registers/staff/", "/people/", f"{ORGANISATIONS}row/{desk.CODE}/"),
    *("/people/乙/", "/handover/乙/", "/paper-signed/"),
    *("/head/", "/figures/", "/audit/looks/", "/audit/exports/"),
]  # fmt: skip
SOUGHT = ("zsl", "7788", "曾示例", "axxh", "爱心", "2026年第2号", "penalty.ordinary-2026-0002")
OTHERS = [org_code(f"51999900MJX00300{n}") for n in range(1, 4)]


def entered() -> None:
    """The same acts each time: what is open, late, closed, asked, struck."""
    bureau = desk.bureau_at_work()
    with writing(bureau, today=desk.TODAY) as act:
        desk.receive(act, "2026-10-08", caller="曾示例", phone="13900007788", urgent=True)
        for on in ("2026-09-01", "2026-11-18", "2026-11-18"):
            desk.receive(act, on)
        cases = [
            desk.file(act, on, source=source)
            for on in ("2026-09-01", "2026-11-18")
            for source in ("complaint", "inspection")
        ]
        desk.decided_unheard(act)
        closed(act, decided(act, number=3, kinds=["fine"], fine=1005000))
        registered(act)
        for n, code in enumerate(OTHERS):
            kind = ("foundation", "association", "private_unit")[n]
            row = {"code": code, "name": f"示例县爱心协会{n}", "kind": kind, "registered_on": "2026-01-05"}
            assert desk.enter(act, "social_organisation", "2026-01-05", **row) == []
        by = Act(desk.day("2026-06-01"), "system", {"name": "示例县仁爱协会"}, paper="示例台账")
        assert not change_row(act, "social_organisation", OTHERS[1], by)
        assert not strike_row(act, "social_organisation", OTHERS[2], Act(by.on, "system", {}, paper="示例台账"))
        head = Act(desk.day("2026-11-18"), "丙", {}, paper="请看一看")
        assert ask_people(act, cases[0], OPINION, "decide", ["丁", "甲"], head) == ()
        assert ask_people(act, cases[1], READING, "1", ["乙"], head) == ()
    serving.serving().opened(bureau)


def told(answer: str) -> list[str]:
    """What a page says, line by line, where it leads and which lights burn; no keys and no hours."""
    leads = re.findall(r'href="(/[^"?]*)|class="(light \w+)"', answer)
    shown = re.sub(r"<script.*?</script>|<svg.*?</svg>|<[^>]*>", "\n", answer, flags=re.S)
    lines = [re.sub(r"\d\d:\d\d(:\d\d)?|[0-9a-f]{16,}", "", line).strip() for line in shown.splitlines()]
    return [*filter(None, lines), *("".join(one) for one in leads if "/calendar/" not in one[0])]


def pages(home: Path, desk_file: Path, assets: Path) -> Pages:
    """Every page as four people see it, of a fresh book in which the same was entered."""
    shutil.copyfile(desk_file, home / DESK)
    serving.start(home, None, hosts=HOSTS, today=lambda: desk.TODAY, assets=assets)
    try:
        entered()
        found: Pages = {}
        for code in "甲乙丙己":
            account = Account(code=code, must_change_password=False)
            account.set_unusable_password()
            account.save()
            client = Client(raise_request_exception=False)
            client.force_login(account)
            for url in PAGES:
                answer = client.get(url)
                found[code, url] = [str(answer.status_code), *told(answer.content.decode())]
            for text in SOUGHT:
                answer = client.post("/search/", {"q": text})
                found[code, text] = [str(answer.get("Location")), *told(answer.content.decode())]
        return found
    finally:
        serving.stop()


@pytest.fixture
def templates(_migrated_book: Path, _migrated_desk: Path, _assets: Path) -> tuple[Path, Path, Path]:
    """An empty book, an empty desk, and where assets may lie."""
    return _migrated_book, _migrated_desk, _assets


def test_pages_are_the_same_on_both_databases(
    postgresql_home: Path, templates: tuple[Path, Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, desk_file, assets = templates
    theirs = pages(postgresql_home, desk_file, assets)
    close_home()
    monkeypatch.delenv("DATABASE_URL")
    folder = tmp_path / "sqlite"
    folder.mkdir()
    shutil.copyfile(book, folder / BOOK)
    open_home(folder)
    ours = pages(folder, desk_file, assets)
    assert {status for (_, asked), (status, *_) in ours.items() if asked in PAGES} <= {"200", "403"}
    for (code, url), lines in ours.items():
        in_any = url == "/registers/staff/"  # by keys that are Chinese words: PostgreSQL has them by their sound
        assert (sorted(lines) if in_any else lines) == (sorted(theirs[code, url]) if in_any else theirs[code, url])


@pytest.mark.parametrize("home", ["sqlite_home", "postgresql_home"])
def test_a_nul_in_an_address_or_a_form_is_a_sentence_on_both_databases(
    home: str, request: pytest.FixtureRequest, templates: tuple[Path, Path, Path]
) -> None:
    folder, (_, desk_file, assets) = request.getfixturevalue(home), templates
    shutil.copyfile(desk_file, folder / DESK)
    serving.start(folder, desk.bureau_at_work(), hosts=HOSTS, today=lambda: desk.TODAY, assets=assets)
    try:
        client = Client(raise_request_exception=False)
        client.force_login(Account.objects.open("丙", "山高水长 2026", must_change=False))
        for url in (f"{PENALTIES}?ref=%00", f"{PENALTIES}?%00=1", "/case/penalty.ordinary-%00/", "/lists/%00/"):
            answer = client.get(url)
            assert answer.status_code == 400
            assert "看不见的空字符" in answer.content.decode()
        assert client.post("/search/", {"q": "示例\0"}).status_code == 400
        hidden = base64.urlsafe_b64encode(b'["2026-01-01\\u0000","a"]').decode()
        assert client.get(f"{PENALTIES}?after={hidden}").status_code == 200
    finally:
        serving.stop()
