"""Forms that only LibreOffice reads: through it where it is found, else the sentence that says what to do."""

from __future__ import annotations

import io
import os
import shutil
import stat
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fazheng.checkup.reading import Unreadable, office, read_bytes
from tests.checkup.files import doc, docx, p

RTF = rb"{\rtf1\ansi\ansicpg936 {\fonttbl\f0 Arial;}\f0 Annual report 2031, 12 cases.\par}"
OLD = doc("一、主要举措", stream="WordDocument").replace(b"\xec\xa5\xc1\x00", b"\xec\xa5\x65\x00")  # Word 6


def odt() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<a/>")
    return held.getvalue()


FOREIGN = [(RTF, "RTF", "rtf"), (odt(), "ODF", "odt"), (OLD, "太旧的格式", "doc"),
           (doc("甲", stream="Contents"), "不是 Word 文档", "wps")]  # fmt: skip


@pytest.fixture
def bin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that is all of the search path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(office, "_ELSEWHERE", ())
    office._apart.cache_clear()
    yield folder
    office._apart.cache_clear()


def program(bin: Path, body: str) -> None:
    """Puts a program named soffice there, written in Python; `out` is its folder of results, `source` its file."""
    path = bin / "soffice"
    head = f"#!{sys.executable}\nimport os, pathlib, sys, time\n"
    named = "out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1]); source = pathlib.Path(sys.argv[-1])\n"
    path.write_text(head + named + body, "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize(("raw", "said", "form"), FOREIGN, ids=[form for *_, form in FOREIGN])
def test_without_libreoffice_the_sentence_says_what_to_do(bin: Path, raw: bytes, said: str, form: str) -> None:
    with pytest.raises(Unreadable, match=said) as told:
        read_bytes(raw, f"a.{form}")
    assert "另存为 .docx" in str(told.value)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script with a first line")
@pytest.mark.parametrize(("raw", "said", "form"), FOREIGN, ids=[form for *_, form in FOREIGN])
def test_what_the_program_makes_is_read(bin: Path, tmp_path: Path, raw: bytes, said: str, form: str) -> None:
    (tmp_path / "made.docx").write_bytes(docx(p("一、主要举措") + p("办结五件。")))
    program(
        bin,
        f"""
assert source.suffix == ".{form}" and "--headless" in sys.argv and "--convert-to" in sys.argv
assert os.environ["HOME"] == os.environ["TMPDIR"] == str(source.parent) == os.getcwd()
assert "127.0.0.1:9" in os.environ["https_proxy"]
assert source.parent.stat().st_mode & 0o077 == 0
settings = (source.parent / "profile/user/registrymodifications.xcu").read_text()
assert "DisableMacrosExecution" in settings and "UserInstallation=file://" in sys.argv[1]
out.mkdir()
(out / "report.docx").write_bytes(pathlib.Path({str(tmp_path / "made.docx")!r}).read_bytes())
""",
    )
    document = read_bytes(raw, f"a.{form}")
    assert document.text == "一、主要举措\n办结五件。"
    assert document.form == form


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script with a first line")
def test_a_program_that_hangs_is_ended_with_what_it_started(
    bin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "SECONDS", 1.0)
    alive = tmp_path / "alive"
    program(
        bin,
        f"""
if os.fork() == 0:
    time.sleep(3)
    pathlib.Path({str(alive)!r}).write_text("still here")
time.sleep(60)
""",
    )
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="另存为"):
        read_bytes(RTF, "a.rtf")
    assert time.monotonic() - begun < 10
    time.sleep(3)
    assert not alive.exists()


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script with a first line")
@pytest.mark.parametrize("body", ["sys.exit(1)", "", "out.mkdir(); (out / 'report.docx').write_bytes(b'PK')"])
def test_a_program_that_fails_leaves_a_sentence(bin: Path, body: str) -> None:
    program(bin, body)
    with pytest.raises(Unreadable):
        read_bytes(RTF, "a.rtf")


def test_a_password_is_never_tried_through_the_program(bin: Path, tmp_path: Path) -> None:
    program(bin, f"pathlib.Path({str(tmp_path / 'ran')!r}).write_text('')")
    with pytest.raises(Unreadable, match="密码"):
        read_bytes(doc("密", stream="EncryptedPackage"), "a.docx")
    assert not (tmp_path / "ran").exists()


@pytest.mark.skipif(not office.installed(), reason="LibreOffice (soffice) is not installed on this machine")
def test_libreoffice_itself_reads_an_rtf_file() -> None:
    assert shutil.which("soffice") or office.installed()
    assert "Annual report 2031, 12 cases." in read_bytes(RTF, "a.rtf").text
