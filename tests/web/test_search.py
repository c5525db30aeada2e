"""查找: initials, last digits and names lead to cases and organisations; the index tells nothing, looks are entered."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fazheng.casework.finding import bring_up, sought, tokens
from fazheng.casework.finding.search import SEARCHES
from fazheng.casework.looking import looks
from fazheng.casework.rebuild import rebuild
from fazheng.casework.writing import writing
from fazheng.ledger.models import SearchedTo, SearchToken
from fazheng.ledger.private_rows import erase
from fazheng.staff.rights import PAGES
from tests.casework import desk
from tests.web.conftest import AtWork

Clients = Callable[[str], Client]


@pytest.fixture
def known(desk_home: AtWork) -> str:
    """A ticket of 示例曾 with a phone, and an organisation; the ticket's case id."""
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        row = {"code": desk.CODE, "name": "示例县爱心协会", "kind": "association", "registered_on": "2026-01-05"}
        assert desk.enter(act, "social_organisation", "2026-01-05", **row) == []
        return desk.receive(act, "2026-10-08", caller="曾示例", phone="13900007788")


def sent(client: Client, text: str) -> str:
    return client.post("/search/", {"q": text}).content.decode()


@pytest.mark.parametrize("text", ["zsl", "ZS", "7788", "曾示例", "139 0000 7788"])
def test_a_person_in_a_case_is_found(client_of: Clients, known: str, text: str) -> None:
    page = sent(client_of("乙"), text)
    assert f'value="{known}"' in page
    assert "12345热线工单2026年第2号" in page or "2026年第2号" in page
    assert "13900007788" not in page.replace(f"“{tokens.plain(text)}”", "")


@pytest.mark.parametrize("text", ["axxh", "slxaxxh", "爱心", "00x8", desk.CODE])
def test_an_organisation_is_found(client_of: Clients, known: str, text: str) -> None:
    assert "示例县爱心协会" in sent(client_of("乙"), text)


@pytest.mark.parametrize("text", ["zs", "csw", "ZSW", "曾示文", "示文"])
def test_a_person_of_the_bureau_is_found_and_leads_to_their_page(
    client_of: Clients, desk_home: AtWork, text: str
) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        assert desk.enter(act, "staff", "2020-01-01", code="壬", name="曾示文", roles=["officer"]) == []
    client = client_of("乙")
    page = sent(client, text)
    assert re.findall(r'value="staff:(\w+)"', page) == ["壬"]
    assert "曾示文" not in page.replace(f"“{text}”", ""), "the hit tells the code and the roles"
    assert client.post("/search/open/", {"target": "staff:壬"})["Location"] == reverse("person", args=["壬"])
    assert [(look.case_id, look.fields) for look in looks(desk_home.bureau.code)][1:] == [("staff:壬", ("由查找打开",))]


def test_a_person_of_the_bureau_is_not_found_by_another_name_nor_by_a_number(
    client_of: Clients, desk_home: AtWork
) -> None:
    for text in ("zzz", "甲乙", "2030", "没有这个人"):
        assert 'value="staff:' not in sent(client_of("乙"), text)
    assert client_of("乙").post("/search/open/", {"target": "staff:没有"}).status_code == 404


def test_people_of_the_bureau_are_found_by_those_alone_to_whom_their_pages_open(
    client_of: Clients, desk_home: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 'value="staff:甲"' in sent(client_of("乙"), "slj")
    monkeypatch.setattr("fazheng.staff.rights.PAGES", {**PAGES, "people": frozenset({"personnel"})})
    assert 'value="staff:' not in sent(client_of("乙"), "slj")
    assert client_of("乙").post("/search/open/", {"target": "staff:甲"}).status_code == 404


def test_a_case_is_found_by_its_number_and_leads_there(client_of: Clients, known: str) -> None:
    assert client_of("乙").post("/search/", {"q": known})["Location"] == f"/case/{known}/"
    assert f'value="{known}"' in sent(client_of("乙"), known[-4:])


def test_what_does_not_open_to_a_person_is_not_found(client_of: Clients, known: str) -> None:
    assert known not in sent(client_of("丁"), "zsl")
    assert f'value="{known}"' not in sent(client_of("丁"), known)
    assert "没有找到" in sent(client_of("丁"), known)
    assert client_of("丁").post("/search/open/", {"target": known}).status_code == 404


def test_who_reads_cases_without_persons_finds_them_by_number_and_by_no_name(
    client_of: Clients, desk_home: AtWork
) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        assert desk.enter(act, "staff", "2026-01-05", code="壬", name="示例壬", roles=["office"]) == []
        case = desk.file(act, party="曾示例")
    client = client_of("壬")
    for name in ("曾示例", "zsl"):
        assert f'value="{case}"' in sent(client_of("乙"), name)
        assert case not in sent(client, name)
    assert f'value="{case}"' in sent(client, case[-4:])


def test_the_search_and_each_hit_that_is_opened_are_entered_as_looks(
    client_of: Clients, desk_home: AtWork, known: str
) -> None:
    client = client_of("乙")
    sent(client, "zsl")
    assert [(look.case_id, look.by, look.fields) for look in looks(desk_home.bureau.code)] == [
        (SEARCHES, "乙", ("查找：拼音首字母",))
    ]
    assert client.post("/search/open/", {"target": known})["Location"] == f"/case/{known}/"
    assert [(look.case_id, look.fields) for look in looks(desk_home.bureau.code)][1:] == [(known, ("由查找打开",))]
    assert "zsl" not in " ".join(entry.data for entry in desk.book(desk_home.bureau))


def test_what_was_typed_stands_in_no_address(client_of: Clients, known: str) -> None:
    page = client_of("乙").get("/search/").content.decode()
    assert re.findall(r'<form[^>]*role="search"[^>]*>', page)
    assert all('method="post"' in form for form in re.findall(r'<form[^>]*role="search"[^>]*>', page))
    assert known not in client_of("乙").get("/search/?q=zsl").content.decode()


def test_the_index_holds_no_name_and_another_key_makes_another_index(desk_home: AtWork, known: str) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        assert bring_up(act) == 0
    held = set(SearchToken.objects.values_list("token", flat=True))
    assert held
    assert all(re.fullmatch(r"[0-9a-f]{32}", token) for token in held)
    assert not held & set(tokens.digests(b"another key", ["last:7788", "initials:zsl", "name:曾示例"]))


def test_a_large_book_is_indexed_a_piece_at_a_time(desk_home: AtWork, known: str) -> None:
    with writing(desk_home.bureau, today=desk.TODAY) as act:
        left = bring_up(act, 3)
        assert left > 0
        assert bring_up(act, 3) == max(left - 3, 0)


def test_what_is_erased_is_found_no_more(client_of: Clients, desk_home: AtWork, known: str) -> None:
    client = client_of("乙")
    assert known in sent(client, "zsl")
    held = SearchToken.objects.filter(target=known).exclude(digest="")
    erase(desk_home.bureau.code, list(held.values_list("digest", flat=True)))
    assert f'value="{known}"' not in sent(client, "zsl")


def test_a_rebuild_leaves_the_index_to_be_made_again(client_of: Clients, desk_home: AtWork, known: str) -> None:
    client = client_of("乙")
    assert known in sent(client, "7788")
    rebuild(desk_home.bureau, today=desk.TODAY)
    assert not SearchedTo.objects.exists()
    assert known in sent(client, "7788")


@pytest.mark.parametrize(
    ("text", "how"),
    [("zs", "initials"), ("ＺＳ", "initials"), ("001x", "last"), ("张", ""), ("12", ""), ("张三", "name")],
)
def test_how_a_text_is_looked_for(text: str, how: str) -> None:
    assert sought(text).how == how


@pytest.mark.parametrize(
    ("name", "read"), [("曾示例", "zsl"), ("单示例", "ssl"), ("尉迟示例", "ycsl"), ("张示例", "zsl"), ("仇示例", "qsl")]
)
def test_surnames_are_read_as_surnames(name: str, read: str) -> None:
    assert read in tokens.readings(name)
