"""What a page says when the disk or the book fails: what happened, in words, and never where it lies."""

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from django.db import DatabaseError, connection, connections
from django.test import Client, RequestFactory

from fazheng.ledger.faults import explained, foreseen
from fazheng.ledger.read import head
from fazheng.ledger.storage import BOOK, DESK_ALIAS
from fazheng.web import errors, importing_jobs
from tests.web.conftest import PASSWORD, AtWork
from tests.web.looking import account
from tests.web.test_case_page import TICKET, key_in
from tests.web.test_importing import PROCESS, RECORDING, text, working

Clients = Callable[[str], Client]


def test_a_full_disk_is_told_as_that_and_nothing_is_half_done(desk_home: AtWork) -> None:
    account("甲", PASSWORD)
    client, before = Client(raise_request_exception=False), head(desk_home.bureau.code).seq
    with connections[DESK_ALIAS].cursor() as cursor:
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count={pages}")
        for n in range(60):  # each failed log-in is noted, until there is no room
            answer = client.post("/login/", {"code": f"{n}" * 100, "password": "x"})
            if answer.status_code == 503:
                break
        cursor.execute("PRAGMA max_page_count=1073741823")
    assert answer.status_code == 503
    page = text(answer)
    assert "磁盘已满，本次没有写入" in page
    assert str(desk_home.home) not in page
    assert head(desk_home.bureau.code).seq == before
    assert client.post("/login/", {"code": "甲", "password": PASSWORD}).status_code == 302, "room again, and it goes on"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/srv/甲/book.sqlite3"), "磁盘已满"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS), "/srv/甲/book.sqlite3"), "磁盘是只读的"),
        (DatabaseError("database is locked"), "账本正被另一个程序占用"),
        (PermissionError(errno.EACCES, "Permission denied", "/srv/甲/book.sqlite3"), "程序出错"),
        (ValueError("database or disk is full: 示例赵六"), "程序出错"),
    ],
)
def test_what_a_disk_says_is_a_sentence_without_a_path_and_anything_else_only_that_it_failed(
    desk_home: AtWork, rf: RequestFactory, capsys: pytest.CaptureFixture[str], fault: Exception, said: str
) -> None:
    try:
        raise fault
    except type(fault):
        answer = errors.server_error(rf.get("/today/"))
    page, log = text(answer), capsys.readouterr().err
    assert said in page
    for held in ("/srv/", "示例赵六", "book.sqlite3"):
        assert held not in page
        assert held not in log
    assert foreseen(fault) == "" or str(explained(fault)) == foreseen(fault)


def test_who_waited_for_a_large_import_is_told_that_it_is_one_and_how_far_it_is(
    desk_home: AtWork, client_of: Clients
) -> None:
    client = client_of("乙")
    form = text(client.get("/open/hotline.ticket/"))
    working(RECORDING, PROCESS, by="甲", told="{}", done=30_000, total=60_000)
    with closing(sqlite3.connect(desk_home.home / BOOK, timeout=0)) as other:
        other.execute("BEGIN IMMEDIATE")  # as the import holds the book
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout=50")
        answer = client.post("/open/hotline.ticket/", {**TICKET, "form_key": key_in(form)})
    assert (answer.status_code, "有人正在导入一张大表（30000 / 60000 行）" in text(answer)) == (503, True)
    assert "没有写入" in text(answer)


def test_an_import_whose_end_could_not_be_noted_is_told_as_the_book_has_it(
    desk_home: AtWork, client_of: Clients
) -> None:
    job = working(RECORDING, PROCESS, told="{}")
    assert "<progress" in text(client_of("乙").get(f"/importing/{job.key}/"))
    importing_jobs._LEFT.add(job.key)
    page = text(client_of("乙").get(f"/importing/{job.key}/"))
    assert ("<progress" in page, "一条也没有记入" in page) == (False, True)
