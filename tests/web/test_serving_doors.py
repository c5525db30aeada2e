"""`fazheng serve` where it cannot start, where it runs already, behind a front that speaks TLS, and stopped by hand."""

import re
import signal
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from pathlib import Path
from socket import create_connection, socket

import pytest
from django.test import Client

from fazheng.casework.bureaux import the_bureau
from fazheng.ledger.faults import HomeUnreadable
from fazheng.ledger.storage import DESK, close_home, open_home
from fazheng.web import serving
from tests.casework import desk
from tests.web.conftest import HOSTS, PASSWORD, AtWork
from tests.web.looking import account
from tests.web.test_serving import Person, command, environment, free_port, sending_a_ticket, served, token_in


@pytest.fixture
def at_rest(sqlite_home: Path) -> Path:
    """A home with a bureau that nobody serves."""
    desk.bureau_at_work()
    close_home()
    return sqlite_home


def refused(home: Path, *words: str) -> str:
    """What `fazheng serve` says that does not start."""
    asked = command(home, "serve", *words)
    done = subprocess.run(asked, env=environment(), capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, b""), "it never says that it has begun"
    return done.stderr.decode()


def test_a_port_that_is_taken_is_told_before_anything_is_touched(at_rest: Path) -> None:
    with closing(socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refused(at_rest, "--port", str(port))
    assert f"端口{port}已经有程序在用" in said
    assert f"--port {port + 1}" in said
    assert not (at_rest / DESK).exists()


@pytest.mark.parametrize("host", ["192.0.2.1", "不是地址", "nosuch.invalid"])
def test_an_address_that_is_not_this_machines_is_told(at_rest: Path, host: str) -> None:
    assert f"“{host}”不是这台电脑的地址" in refused(at_rest, "--host", host, "--name", "office", "--port", "8765")


def test_a_front_needs_a_name_a_bureau_and_no_demo(at_rest: Path, tmp_path: Path) -> None:
    assert "请用 --name 写明" in refused(at_rest, "--https")
    assert "--demo 只能用于示例单位" in refused(at_rest, "--https", "--demo")
    assert "账本里还没有单位" in refused(tmp_path / "new", "--https", "--name", "office")


def test_a_second_server_of_one_home_is_refused_and_the_first_goes_on(at_rest: Path) -> None:
    serving.migrate()
    close_home()
    half = at_rest / serving.UPLOADS / "x.upload"
    port = free_port()
    with served(at_rest, port):
        half.write_bytes(b"what the first one is receiving")
        said = refused(at_rest, "--port", str(free_port()))
        assert "已经由另一个法正在网页上服务" in said
        assert half.exists()
        assert "登录" in Person(port).get("/login/")
    with served(at_rest, port):
        assert "登录" in Person(port).get("/login/"), "one that was killed leaves no lock behind"


def test_a_desk_that_a_later_release_wrote_is_not_served(desk_home: AtWork) -> None:
    serving.stop()
    close_home()
    with closing(sqlite3.connect(desk_home.home / DESK)) as file:
        file.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('web', '9999_later', '2030-01-01')")
        file.commit()
    with pytest.raises(HomeUnreadable, match="由更新版本的法正写成"):
        serving.start(desk_home.home, desk_home.bureau, hosts=HOSTS)


@pytest.mark.parametrize("content", ["zz", "g" * 96, "ab" * 20])
def test_a_key_that_was_damaged_is_told_and_an_empty_one_made_anew(tmp_path: Path, content: str) -> None:
    made = serving.secret(tmp_path)
    assert serving.secret(tmp_path) == made
    (tmp_path / serving.KEY).write_text(content)
    with pytest.raises(HomeUnreadable, match="已损坏"):
        serving.secret(tmp_path)
    (tmp_path / serving.KEY).write_text("")
    assert re.fullmatch("[0-9a-f]{96}", serving.secret(tmp_path))


def test_behind_a_front_the_server_itself_knows_that_it_is_asked_by_https(at_rest: Path) -> None:
    with served(at_rest, port := free_port(), "--https", "--name", "office.example"):
        asked = urllib.request.Request(f"http://127.0.0.1:{port}/login/", headers={"Host": "office.example"})
        with urllib.request.urlopen(asked, timeout=20) as answer:
            assert "; Secure" in answer.headers["Set-Cookie"]
            token = token_in(answer.read().decode())
        kept = answer.headers["Set-Cookie"].split(";")[0].strip()
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "code": "甲", "password": "x"}).encode()
        from_there = {"Host": "office.example", "Origin": "https://office.example", "Cookie": kept,
                      "Referer": "https://office.example/login/"}  # fmt: skip
        sent = urllib.request.Request(f"http://127.0.0.1:{port}/login/", body, from_there)
        with pytest.raises(urllib.error.HTTPError) as fault:
            urllib.request.urlopen(sent, timeout=20)
        assert fault.value.code == 422, "the password is wrong; the form is one of ours"
        fault.value.close()
        with closing(create_connection(("127.0.0.1", port), timeout=20)) as wire:
            wire.sendall(b"POST /login/ HTTP/1.1\r\nHost: office.example\r\nContent-Length: 900000000\r\n\r\n")
            assert b" 413 " in wire.recv(100), "refused before it is received"


@pytest.mark.parametrize("https", [False, True])
def test_behind_a_front_cookies_are_secure_and_forms_come_from_its_address(desk_home: AtWork, https: bool) -> None:
    serving.start(desk_home.home, desk_home.bureau, hosts=HOSTS, https=https)
    account("甲", PASSWORD)
    client = Client(enforce_csrf_checks=True)
    page = client.get("/login/", secure=https)
    sent = {"code": "甲", "password": PASSWORD, "csrfmiddlewaretoken": token_in(page.content.decode())}
    from_the_front = {"origin": "https://testserver", "referer": "https://testserver/login/"}
    answer = client.post("/login/", sent, secure=https, headers=from_the_front)
    assert answer.status_code == (302 if https else 403)
    if https:
        assert [bool(client.cookies[name]["secure"]) for name in ("sessionid", "csrftoken")] == [True, True]
    serving.start(desk_home.home, desk_home.bureau, hosts=HOSTS)
    assert not Client().get("/login/").cookies["csrftoken"]["secure"]


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is another thing there")
@pytest.mark.parametrize("after", [0, 0.02, 0.1])
def test_stopped_by_ctrl_c_while_a_form_is_sent_it_is_recorded_once_or_not_at_all(at_rest: Path, after: float) -> None:
    open_home(at_rest)
    serving.migrate()
    account("乙", PASSWORD)
    close_home()
    with served(at_rest, port := free_port()) as server:
        person, sending, sender = sending_a_ticket(port, after)
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0
        sender.join()
    with served(at_rest, port):
        told = person.post("/open/hotline.ticket/", token_in(person.get("/open/hotline.ticket/")), sending)
    assert ("没有重复记入" in told) or ("已记入" in told)
    open_home(at_rest)
    assert len([entry for entry in desk.book(the_bureau()) if entry.event == "ticket_received"]) == 1
