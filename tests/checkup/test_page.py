"""The local page: checks what is dropped in, keeps nothing, listens to nobody else."""

from __future__ import annotations

import http.client
import tempfile
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

from fazheng.cli.checkup_page import serve
from tests.checkup.texts import CLEAN

FAULTY = CLEAN.replace("警告8件、罚款4件", "警告8件、罚款9件")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    started: list[ThreadingHTTPServer] = []
    ready = threading.Event()

    def told(server: ThreadingHTTPServer, _: str) -> None:
        started.append(server)
        ready.set()

    thread = threading.Thread(target=serve, args=(0, told), daemon=True)
    thread.start()
    assert ready.wait(10)
    yield started[0].server_port
    started[0].shutdown()
    thread.join(10)


def ask(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str, str]:
    """Status, text and content security policy."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request(method, path, body, {key.replace("_", "-"): value for key, value in headers.items()})
    answer = line.getresponse()
    said = (answer.status, answer.read().decode(), answer.headers["Content-Security-Policy"])
    line.close()
    return said


def test_the_page_takes_nothing_from_elsewhere(port: int) -> None:
    status, text, policy = ask(port, "GET", "/")
    assert status == 200
    assert "default-src 'none'" in policy
    assert "http" not in text


def test_what_is_dropped_in_is_checked(port: int) -> None:
    status, text, _ = ask(port, "POST", "/check", FAULTY.encode(), X_Name=quote("示例.txt"))
    assert status == 200
    assert "<mark" in text
    assert "示例.txt" in text


def test_nothing_of_the_text_is_kept(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert ask(port, "POST", "/check", FAULTY.encode(), X_Name=quote("示例.txt"))[0] == 200
    assert ask(port, "POST", "/check", b"", X_Name=quote("示例.txt"))[0] == 422
    assert list(tmp_path.rglob("*")) == []
    assert capfd.readouterr() == ("", "")


def test_too_much_is_refused_before_it_is_read(port: int) -> None:
    assert ask(port, "POST", "/check", b"x", X_Name="a.txt", Content_Length=str(10**11))[0] == 413


def test_what_cannot_be_read_is_told(port: int) -> None:
    assert ask(port, "POST", "/check", b"MZ\x90\x00" * 9, X_Name="a.txt")[:2] == (
        422, "这是 Windows 程序，不是报告，改了名字也打不开",
    )  # fmt: skip


@pytest.mark.parametrize("headers", [{"Host": "example.org"}, {"Origin": "http://example.org"}])
def test_another_site_is_not_heard(port: int, headers: dict[str, str]) -> None:
    assert ask(port, "POST", "/check", b"x", X_Name="a.txt", **headers)[0] == 404
    assert ask(port, "GET", "/", **{k: v for k, v in headers.items() if k == "Host"} or {"Host": "evil"})[0] == 404
