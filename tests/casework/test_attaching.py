"""Attached files: streamed, sealed, kept once, checked to the last byte, and no half file that counts."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from fazheng.casework import clock
from fazheng.casework.attaching import attach, attachments, check, give_out, sweep
from fazheng.casework.bureaux import Bureau
from fazheng.casework.erasing import erase
from fazheng.casework.looking import LOOKED, look
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.sealing import rotate
from fazheng.casework.writing import Act, writing
from fazheng.ledger.attachments import PIECE, AttachmentFault, files, folder, place
from fazheng.ledger.media import media_type
from fazheng.ledger.models import Attachment, PrivateValue
from fazheng.ledger.verify import verify
from tests.architecture.tree import ROOT
from tests.casework.desk import TODAY, book, bureau_at_work, data_of
from tests.casework.private import NAME, bytes_of, closed_ticket

OVER = date(2028, 10, 1)
NOW = clock.today()  # what is attached by a command happens today
SIZES = pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7])


@pytest.fixture
def bureau(database: str) -> Bureau:
    return bureau_at_work()


def paper(tmp_path: Path, content: bytes = b"%PDF-1.4 \xe7\xa4\xba", name: str = f"{NAME}.pdf") -> Path:
    """A file whose name holds somebody's name."""
    path = tmp_path / name
    path.write_bytes(content)
    return path


def attached(bureau: Bureau, case: str, path: Path) -> tuple[str, bool]:
    """The digest, and whether the content stood already."""
    refused, taken, stood = attach(bureau, case, path, Act(date(2026, 9, 12), "甲", {}))
    assert not refused
    assert taken is not None
    return taken.digest, stood


def given(bureau: Bureau, digest: str, to: Path) -> bytes:
    assert give_out(bureau, digest, to, Act(NOW, "甲", {}), "核对材料")[0] == ()
    return to.read_bytes()


@SIZES
def test_what_is_given_out_is_what_was_attached(home: Path, tmp_path: Path, size: int) -> None:
    desk = bureau_at_work()
    content = (bytes(range(251)) * (size // 251 + 1))[:size]
    digest, stood = attached(desk, closed_ticket(desk), paper(tmp_path, content))
    assert (digest, stood) == (hashlib.sha256(content).hexdigest(), False)
    assert given(desk, digest, tmp_path / "出") == content
    kept = place(desk.code, digest).read_bytes()
    assert len(content) < 16 or content[:200] not in kept  # a few bytes may stand in any sealed text by chance
    assert not [path for path in files(desk.code) if path.name != digest]


def test_an_empty_file_is_not_taken_and_leaves_nothing(bureau: Bureau, tmp_path: Path) -> None:
    case = closed_ticket(bureau)
    before = len(book(bureau, case))
    with pytest.raises(AttachmentFault, match="这个文件是空的"):
        attached(bureau, case, paper(tmp_path, b""))
    assert len(book(bureau, case)) == before
    assert list(files(bureau.code)) == []


def test_the_entry_holds_digest_size_and_type_and_neither_name_nor_key(bureau: Bureau, tmp_path: Path) -> None:
    case = closed_ticket(bureau)
    digest, _ = attached(bureau, case, paper(tmp_path))
    entry = book(bureau, case)[-1]
    data = data_of(entry)
    assert (entry.event, data["digest"], data["size"], data["media"]) == ("attached", digest, 12, "application/pdf")
    assert (set(data["name"]), set(data["key"])) == ({"apart"}, {"apart"})
    assert (NAME in entry.data, NAME in repr(attachments(bureau.code))) == (False, False)
    with writing(bureau, today=TODAY) as act:
        _, found = look(act, case, ["文件名"], Act(TODAY, "甲", {}), "核对")
    assert [one.value for one in found] == [f"{NAME}.pdf"]
    live = dump(bureau.code)
    assert live["ledger_attachment"]
    rebuild(bureau, today=TODAY)
    assert dump(bureau.code) == live
    assert verify(bureau.code).ok


def test_the_same_content_twice_is_one_file_that_outlives_one_case(bureau: Bureau, tmp_path: Path) -> None:
    first, second = closed_ticket(bureau), closed_ticket(bureau)
    digest, _ = attached(bureau, first, paper(tmp_path))
    assert attached(bureau, second, paper(tmp_path, name="别名.pdf")) == (digest, True)
    assert [path.name for path in files(bureau.code)] == [digest]
    with writing(bureau, today=OVER) as act:
        assert erase(act, [first], Act(OVER, "甲", {}))[0] == ()
    assert sweep(bureau, remove=True) == []
    assert given(bureau, digest, tmp_path / "出").startswith(b"%PDF")
    with writing(bureau, today=OVER) as act:
        assert erase(act, [second], Act(OVER, "甲", {}))[0] == ()
    assert (check(bureau.code).erased, check(bureau.code).faults) == (1, ())
    assert [path.name for path in sweep(bureau, remove=True)] == [digest]
    assert list(files(bureau.code)) == []
    with pytest.raises(AttachmentFault, match="已经清除"):
        given(bureau, digest, tmp_path / "再")


def test_every_changed_cut_or_missing_byte_is_told_and_nothing_is_given_out(home: Path, tmp_path: Path) -> None:
    desk = bureau_at_work()
    content = b"x" * (2 * PIECE + 5)
    digest, _ = attached(desk, closed_ticket(desk), paper(tmp_path, content))
    path = place(desk.code, digest)
    whole = path.read_bytes()
    piece = PIECE + 16
    spoilt = {
        "first": bytes([whole[0] ^ 1]) + whole[1:],
        "middle": whole[: piece + 50] + bytes([whole[piece + 50] ^ 1]) + whole[piece + 51 :],
        "last": whole[:-1] + bytes([whole[-1] ^ 1]),
        "one cut off": whole[:-1],
        "a piece cut off": whole[: 6 + 2 * piece],
        "a piece left out": whole[: 6 + piece] + whole[6 + 2 * piece :],
        "two pieces changed round": whole[:6] + whole[6 + piece : 6 + 2 * piece] + whole[6 : 6 + piece],
        "one more": whole + b"\0",
        "empty": b"",
    }
    for how, content_now in spoilt.items():
        path.write_bytes(content_now)
        assert len(check(desk.code).faults) == 1, how
        with pytest.raises(AttachmentFault, match="不能用"):
            given(desk, digest, tmp_path / "出")
        assert sorted(one.name for one in tmp_path.iterdir() if one.name != "home") == [f"{NAME}.pdf"], how
    path.unlink()
    assert "不在了" in check(desk.code).faults[0]
    assert attached(desk, closed_ticket(desk), paper(tmp_path, content)) == (digest, False)
    assert given(desk, digest, tmp_path / "出") == content
    assert check(desk.code).faults == ()


def test_to_take_an_attachment_out_is_a_look_with_a_reason(bureau: Bureau, tmp_path: Path) -> None:
    case = closed_ticket(bureau)
    digest, _ = attached(bureau, case, paper(tmp_path))
    out = tmp_path / "出"
    for by, reason in (("甲", " "), ("无", "核对")):
        assert give_out(bureau, digest, out, Act(NOW, by, {}), reason)[0]
        assert not out.exists()
    given(bureau, digest, out)
    assert [entry.event for entry in book(bureau, case)][-1] == LOOKED
    with pytest.raises(AttachmentFault, match="已经存在"):
        given(bureau, digest, out)
    os.symlink(tmp_path / "别处", tmp_path / "链")
    with pytest.raises(AttachmentFault, match="已经存在"):
        given(bureau, digest, tmp_path / "链")


@pytest.mark.parametrize("digest", ["../../keys", "/etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n", "..", ""])
def test_what_is_no_digest_leads_nowhere(home: Path, tmp_path: Path, digest: str) -> None:
    desk = bureau_at_work()
    with pytest.raises(AttachmentFault, match="64位摘要"):
        give_out(desk, digest, tmp_path / "出", Act(NOW, "甲", {}), "核对")


@pytest.mark.parametrize("name", ["CON", "a" * 251 + ".pdf", "\u202efdp.exe", "a\nb", "..\\..\\x", "-rf"])
def test_a_hostile_name_never_reaches_the_file_system(home: Path, tmp_path: Path, name: str) -> None:
    desk = bureau_at_work()
    case = closed_ticket(desk)
    digest, _ = attached(desk, case, paper(tmp_path, name=name))
    assert [path.relative_to(folder(desk.code)).as_posix() for path in files(desk.code)] == [f"{digest[:2]}/{digest}"]
    with writing(desk, today=TODAY) as act:
        _, found = look(act, case, ["文件名"], Act(TODAY, "甲", {}), "核对")
    assert found[0].value == name


def test_a_name_that_is_no_text_is_kept_as_far_as_it_is(home: Path, tmp_path: Path) -> None:
    desk = bureau_at_work()
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.pdf"))
    path.write_bytes(b"%PDF-")
    attached(desk, closed_ticket(desk), path)
    assert verify(desk.code).ok


def test_what_is_no_file_is_refused_and_leaves_nothing(home: Path, tmp_path: Path) -> None:
    desk = bureau_at_work()
    case = closed_ticket(desk)
    for source, why in ((tmp_path, "没有收下"), (tmp_path / "没有", "不存在"), (Path("/dev/null"), "普通文件")):
        with pytest.raises(AttachmentFault, match=why):
            attached(desk, case, source)
    assert (list(files(desk.code)), Attachment.objects.count()) == ([], 0)
    refused, taken, _ = attach(desk, case, paper(tmp_path), Act(date(2999, 1, 1), "甲", {}))
    assert ([one.gate for one in refused], taken) == (["future"], None)


def test_a_new_key_needs_no_file_to_be_written_anew(bureau: Bureau, tmp_path: Path) -> None:
    digest, _ = attached(bureau, closed_ticket(bureau), paper(tmp_path))
    before = place(bureau.code, digest).read_bytes()
    with writing(bureau, today=TODAY) as act:
        rotate(act, Act(TODAY, "甲", {}))
    assert place(bureau.code, digest).read_bytes() == before
    assert check(bureau.code).sound == 1


def test_two_bureaux_keep_the_same_content_each_for_itself(home: Path, tmp_path: Path) -> None:
    first, second = bureau_at_work(), bureau_at_work("999002", "示例县第二民政局")
    for desk in (first, second):
        assert attached(desk, closed_ticket(desk), paper(tmp_path))[1] is False
    assert (check(first.code).sound, check(second.code).sound) == (1, 1)


KILLED = """
import os, sys
from datetime import date
from pathlib import Path
import fazheng.ledger.storage as storage
storage.open_home(Path(sys.argv[1]))
from fazheng.casework import attaching
from fazheng.casework.act import Act
from fazheng.casework.bureaux import the_bureau
where = sys.argv[4]
def die(*_, **__): os._exit(9)
if where == "sealed": attaching.settle = die
if where == "settled":
    done = attaching.settle
    def settle(*words): done(*words); die()
    attaching.settle = settle
if where == "reading":
    import fazheng.ledger.attachments as files
    files.hashlib = type("h", (), {"sha256": die})
attaching.attach(the_bureau(), sys.argv[2], Path(sys.argv[3]), Act(date(2026, 9, 12), "甲", {}))
"""


@pytest.mark.parametrize("where", ["reading", "sealed", "settled"])
def test_a_kill_in_the_middle_leaves_no_file_that_counts(home: Path, tmp_path: Path, where: str) -> None:
    desk = bureau_at_work()
    case = closed_ticket(desk)
    source = paper(tmp_path)
    before = PrivateValue.objects.count()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", KILLED, str(home), case, str(source), where]
    assert subprocess.run(command, env=environment, check=False).returncode == 9
    assert (len(list(files(desk.code))), Attachment.objects.count()) == (1, 0)
    assert (PrivateValue.objects.count(), check(desk.code).sound) == (before, 0)
    (left,) = files(desk.code)
    if where != "settled":
        assert sweep(desk, remove=True) == []  # it may still be at work
        os.utime(left, (0, 0))
    assert sweep(desk, remove=False) == [left]
    assert left.exists()
    digest, stood = attached(desk, case, source)
    assert (stood, given(desk, digest, tmp_path / "出")) == (False, source.read_bytes())
    sweep(desk, remove=True)
    assert [path.name for path in files(desk.code)] == [digest]


def test_a_large_file_is_never_whole_in_memory(home: Path, tmp_path: Path) -> None:
    desk = bureau_at_work()
    case, source = closed_ticket(desk), tmp_path / "大"
    with source.open("wb") as file:
        file.truncate(96 << 20)
    attached(desk, case, paper(tmp_path))
    tracemalloc.start()
    try:
        digest, _ = attached(desk, case, source)
        assert give_out(desk, digest, tmp_path / "出", Act(NOW, "甲", {}), "核对")[1] == 96 << 20
        assert tracemalloc.get_traced_memory()[1] < 20 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("beginning", "media"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\0\0\0\0WAVE", "audio/wav"),
        (b"XXXX\0\0\0\0WAVE", "application/octet-stream"),
        (b"\0\0\0\x18ftypmp42", "video/mp4"),
        (b"PK\x03\x04....[Content_Types].xml...word/document.xml",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"PK\x03\x04....OFD.xml", "application/ofd"),
        (b"PK\x03\x04....", "application/zip"),
        ("示例文书".encode(), "text/plain"),
        (b"x" * 4094 + "文".encode()[:2], "text/plain"),
        (b"x" * 94 + "文".encode()[:2], "application/octet-stream"),
        ("示例".encode("gb18030"), "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)  # fmt: skip
def test_a_media_type_is_told_by_content_alone(beginning: bytes, media: str) -> None:
    assert media_type(beginning) == media


def test_a_name_is_in_no_byte_of_the_book_or_beside_it(home: Path, tmp_path: Path) -> None:
    desk = bureau_at_work()
    attached(desk, closed_ticket(desk), paper(tmp_path))
    everything = bytes_of(home) + "".join(str(path) for path in home.rglob("*")).encode()
    assert NAME.encode() not in everything
