"""The proof file of a signed report: checked without the book, and every byte of it told where it was changed."""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fazheng.ledger import standalone_report
from fazheng.ledger.standalone_report import MANIFEST, packed
from tests.cli.test_restating import late_ticket
from tests.cli.test_signing import head, sign, told
from tests.ledger.judges import stand_alone_as_a_program

__all__ = ["head"]


@pytest.fixture
def proof(home: Path, head: str, capsys: pytest.CaptureFixture[str]) -> Path:
    """The proof file, made after something of the year came later."""
    assert sign(home, capsys, head)[0] == 0
    late_ticket()
    code, said = told(home, capsys, "report", "2024", "--proof", str(home / "proof.zip"))
    assert code == 0, said
    return home / "proof.zip"


def checked(*arguments: str | Path) -> tuple[int, str]:
    done = stand_alone_as_a_program(*arguments, script=Path(standalone_report.__file__))
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def page(home: Path) -> Path:
    return next(path for path in (home / "checkpoints").glob("checkpoint-*.txt"))


def test_it_is_checked_without_the_book_against_a_page_kept_aside(home: Path, proof: Path) -> None:
    code, said = checked(proof, "--checkpoint", page(home))
    assert code == 0, said
    assert "都在另存的存证点之下" in said
    assert int(said.split("，")[-1].split("个数")[0]) > 10


def test_it_opens_offline_and_holds_nothing_held_apart(proof: Path) -> None:
    with zipfile.ZipFile(proof) as packet:
        assert packet.testzip() is None
        assert "由H001签发" in packet.read("report.html").decode()
        assert all("示例甲" not in packet.read(name).decode() for name in packet.namelist())


def test_any_byte_that_is_flipped_is_told(proof: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = proof.read_bytes()
    changed = proof.with_name("changed.zip")
    for at in range(0, len(whole), max(len(whole) // 400, 1)):
        changed.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert standalone_report.main([str(changed)]) != 0, at
    assert standalone_report.main([str(proof)]) == 0


def _rows(files: dict[str, bytes], change: Callable[[Any], None]) -> dict[str, bytes]:
    told = json.loads(files["rows.json"])
    change(told)
    return {**files, "rows.json": json.dumps(told).encode()}


def _dropped(told: Any) -> None:
    told["figures"]["hotline.received"]["rows"].pop()


def _moved(told: Any) -> None:
    told["entries"][0][1] = "00" * 32


@pytest.mark.parametrize(
    ("forge", "said"),
    [
        (lambda f: _rows(f, _dropped), "“hotline.received”的行不是签发时的行"),
        (lambda f: _rows(f, _moved), "不在存证点之下"),
        (lambda f: f | {"report.txt": f["report.txt"].replace(b"3", b"8", 1)}, "不是签发的正文"),
        (lambda f: f | {"report.html": f["report.html"] + b" "}, "不是签发的网页"),
        (lambda f: f | {"signed.json": f["signed.json"].replace(b"2024", b"2023", 1)}, "签发条目"),
        (lambda f: f | {"signed.json": f["signed.json"].replace(b"H001", b"H002")}, "签发条目"),
    ],
)
def test_who_packs_it_anew_with_other_words_or_rows_is_found_out(
    forge: Callable[[dict[str, bytes]], dict[str, bytes]], said: str, proof: Path
) -> None:
    with zipfile.ZipFile(proof) as packet:
        files = {name: packet.read(name) for name in packet.namelist() if name != MANIFEST}
    forged = proof.with_name("forged.zip")
    forged.write_bytes(packed(forge(files)))
    code, answer = checked(forged)
    assert (code, said in answer) == (1, True), answer


def test_an_unsigned_year_has_no_proof_file(home: Path, head: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = told(home, capsys, "report", "2024", "--proof", str(home / "proof.zip"))
    assert (code, "还没有签发" in said) == (2, True)


def test_it_is_at_most_200_lines_and_runs_where_only_its_neighbour_is(
    proof: Path, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(Path(standalone_report.__file__).read_text("utf-8").splitlines()) <= 200
    told(home, capsys, "verify", "--write-verifier", str(tmp_path / "out"))
    done = stand_alone_as_a_program(proof, script=tmp_path / "out" / "verify_report.py")
    assert done.returncode == 0, (done.stderr, sys.version)
