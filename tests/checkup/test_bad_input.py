"""What people hand in by mistake, or to do harm: a sentence or findings, soon, in little memory, no network."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fazheng.cli.main import run
from tests.checkup.files import doc, docx, p, pdf
from tests.checkup.texts import CLEAN

SOON = 20.0  # seconds
TRADITIONAL = str.maketrans(
    "县报设总结书过关于办务与为会应进开众处罚订规执实现无", "縣報設總結書過關於辦務與為會應進開眾處罰訂規執實現無"
)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every socket fails, and so does a test that opens one."""

    def refused(*_: object, **__: object) -> None:
        pytest.fail("the check-up went to the network")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refused)


def check(file: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, answer and complaint of `fazheng checkup`, which must come soon."""
    begun = time.perf_counter()
    code = run(["checkup", str(file), *words])
    assert time.perf_counter() - begun < SOON
    said = capsys.readouterr()
    return code, said.out, said.err


def bomb() -> bytes:
    """A .docx of seventy megabytes of blanks in a few kilobytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(70):
            part.write(b" " * 1_000_000)
    return held.getvalue()


def entities(declared: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", f"<!DOCTYPE a [{declared}]><a>&x;</a>")
    return held.getvalue()


_PAIRS = zip("wvuts", "vutsx", strict=True)
LAUGHS = '<!ENTITY w "哈哈哈哈">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in _PAIRS)


@pytest.mark.parametrize(
    ("raw", "name", "said"),
    [
        (b"", "报告.txt", "空的"),
        (b"", "报告.docx", "空的"),
        (" \r\n\u3000".encode(), "报告.txt", "没有文字"),
        (pdf(""), "扫描件.pdf", "只有图片"),
        (pdf("secret", password=True), "报告.pdf", "加了密码"),
        (doc("密", stream="EncryptedPackage"), "报告.docx", "加了密码"),
        (doc("密", flags=0x0100), "报告.doc", "加了密码"),
        (b"MZ\x90\x00\x03" * 200, "报告.docx", "Windows 程序"),
        (b"MZ\x90\x00\x03" * 200, "报告.pdf", "Windows 程序"),
        (b"\x7fELF\x02\x01" * 200, "报告.txt", "程序文件"),
        (bomb(), "报告.docx", "压缩炸弹"),
        (entities('<!ENTITY x SYSTEM "file:///etc/hostname">'), "报告.docx", "外部实体"),
        (entities('<!ENTITY x SYSTEM "http://example.invalid/x">'), "报告.docx", "外部实体"),
        (entities(LAUGHS), "报告.docx", "外部实体"),
    ],
    ids=range(14),
)  # fmt: skip
def test_what_holds_no_text_is_one_sentence_and_exit_2(
    raw: bytes, name: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(raw)
    code, out, err = check(tmp_path / name, capsys)
    assert (code, out) == (2, "")
    assert said in err
    assert err.startswith(name)
    assert len(err.strip().splitlines()) == 1


def test_a_folder_and_a_file_that_is_not_there_are_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "是文件夹" in check(tmp_path, capsys)[2]
    assert "没有" in check(tmp_path / "none.docx", capsys)[2]


@contextmanager
def nobody_in_particular() -> Iterator[None]:
    """As a user who may not read everything: root lays its right down for the while."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_file_that_one_may_not_read_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_text(CLEAN, "utf-8")
    file.chmod(0)
    with nobody_in_particular():
        code, _, err = check(file, capsys)
    assert code == 2
    assert "没有权限" in err


def test_the_words_for_a_file_that_one_may_not_read_are_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the tests run as root: the system's own refusal, put in the way."""
    file = tmp_path / "a.txt"
    file.write_text(CLEAN, "utf-8")

    def denied(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    code, _, err = check(file, capsys)
    assert (code, err.strip()) == (2, "a.txt：没有权限读这个文件；请另存一份，或者请管理员放开权限")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured as Linux tells it")
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.docx"])
def test_200_megabytes_of_text_are_refused_before_they_are_read(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    with file.open("wb") as stream:
        for _ in range(200):
            stream.write("示例".encode() * 166_667)
    body = (
        "import django, re, sys; django.setup(); from fazheng.cli.main import run; "
        "code = run(['checkup', sys.argv[1]]); "
        "print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]); sys.exit(code)"
    )
    begun = time.perf_counter()
    source = str(Path(__file__).parents[2] / "src")
    environment = {**os.environ, "PYTHONPATH": source, "DJANGO_SETTINGS_MODULE": "fazheng.site.settings"}
    done = subprocess.run([sys.executable, "-c", body, str(file)], capture_output=True, text=True, timeout=60,
                          check=False, env=environment)  # fmt: skip
    assert done.returncode == 2
    assert "200 MB，太大" in done.stderr
    assert time.perf_counter() - begun < SOON
    assert int(done.stdout.split()[-1]) < 200_000  # kilobytes


def test_traditional_characters_are_read_and_make_no_noise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(CLEAN.translate(TRADITIONAL), "utf-8")
    code, out, err = check(tmp_path / "a.txt", capsys, "--format", "json")
    assert err == ""
    assert code in (0, 1)
    (found,) = json.loads(out)
    assert [one for one in found["findings"] if one["kind"] in ("sum_unclear", "odd_date", "duplicated_word")] == []


def test_text_with_pinyin_above_the_words_is_read_and_makes_no_noise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marked = "".join(f"{one}(mín)" if one == "民" else one for one in CLEAN)
    (tmp_path / "a.txt").write_text(marked, "utf-8")
    assert check(tmp_path / "a.txt", capsys)[0] in (0, 1)
    ruby = CLEAN.replace("民政", "<ruby>民<rt>mín</rt>政<rt>zhèng</rt></ruby>").replace("\n", "</p><p>")
    (tmp_path / "a.html").write_text(f"<html><body><div class='content'><p>{ruby}</p></div></body></html>", "utf-8")
    code, out, err = check(tmp_path / "a.html", capsys, "--format", "json")
    assert (code in (0, 1), err) == (True, "")
    assert json.loads(out)[0]["year"] == 2031


def test_two_reports_in_one_file_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(f"{CLEAN}\n\n{CLEAN.replace('2031', '2030').replace('2032', '2031')}", "utf-8")
    code, out, err = check(tmp_path / "a.txt", capsys, "--format", "json")
    assert (code in (0, 1), err) == (True, "")
    assert json.loads(out)[0]["year"] in (2030, 2031)


def test_a_report_without_its_title_is_read_and_the_title_missed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(CLEAN[CLEAN.index("一、") :], "utf-8")
    code, out, _ = check(tmp_path / "a.txt", capsys, "--format", "json")
    assert code in (0, 1)
    assert "missing_title" in [one["kind"] for one in json.loads(out)[0]["findings"]]


def test_every_sound_form_is_read_without_a_socket(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = "".join(p(line) for line in CLEAN.splitlines() if line)
    linked = f'<html><head><link href="https://example.invalid/a.css"></head><body><img src="https://example.invalid/a">{CLEAN}</body></html>'
    for name, raw in {"a.txt": CLEAN.encode(), "a.docx": docx(body), "a.doc": doc(CLEAN.replace("\n", "\r")),
                      "a.pdf": pdf("annual report 2031"), "a.html": linked.encode()}.items():  # fmt: skip
        (tmp_path / name).write_bytes(raw)
        assert check(tmp_path / name, capsys)[0] in (0, 1), name
