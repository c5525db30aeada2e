"""The commands of the private store: what is refused, in which words, and with which exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.typing import Shell

TICKET = "hotline.ticket-2024-0001"
CLOSED = ("--on", "2026-02-01", "--by", "Z003")


def test_a_look_is_refused_without_a_reason_and_logged_with_one(demo: Shell) -> None:
    assert demo("private", "show", TICKET, "--by", "Z003").code == 1
    assert "请写明为什么要看（--reason）" in demo("private", "show", TICKET, "--by", "Z003").out
    assert demo.ask("private", "looks") == []
    shown = demo.ask("private", "show", TICKET, "--field", "诉求人", "--by", "Z003", "--reason", "核对")
    assert [one["value"] for one in shown] == ["示例来电人1"]
    assert [(one["by"], one["fields"]) for one in demo.ask("private", "looks")] == [("Z003", ["诉求人"])]
    assert "查看另存的诉求人" in demo("case", "show", TICKET).out


def test_no_other_command_shows_a_private_value(demo: Shell) -> None:
    for words in (
        ("case", "show", TICKET),
        ("case", "show", TICKET, "--format", "json"),
        ("register", "list", "staff"),
    ):
        answer = demo(*words)
        assert answer.code == 0
        assert "示例来电人1" not in answer.out


def test_a_sign_that_turns_a_line_about_is_written_out(demo: Shell, tmp_path: Path) -> None:
    path = tmp_path / "\u202efdp.exe"
    path.write_bytes(b"%PDF-")
    assert demo("attach", TICKET, str(path), "--by", "Z003").code == 0
    shown = demo("private", "show", TICKET, "--field", "文件名", "--by", "Z003", "--reason", "核对").out
    assert "\\u202efdp.exe" in shown
    assert "\u202e" not in shown


def test_erasing_asks_for_one_case_or_for_all_that_are_due(demo: Shell) -> None:
    for words in ((), ("--due", "--case", TICKET)):
        answer = demo("private", "erase", *words, "--by", "Z003")
        assert (answer.code, "二者写一个" in answer.err) == (2, True)
    before = demo.ask("private", "status")["sealed"]
    early = demo("private", "erase", "--case", TICKET, "--on", "2026-01-12", "--by", "Z003")
    assert (early.code, "归档范围和保管期限表" in early.out) == (1, True)
    due = demo.ask("private", "due", "--on", "2026-02-01")
    assert due["due"]
    assert "12345热线工单" not in due["without_term"]
    done = demo.ask("private", "erase", "--due", *CLOSED)
    assert (done["cases"], done["scrubbed"]) == ([one["case"] for one in due["due"]], True)
    assert done["values"] == sum(one["values"] for one in due["due"])
    assert demo.ask("private", "status")["sealed"] == before - done["values"]
    assert "没有保存期已满" in demo("private", "erase", "--due", *CLOSED).out
    assert demo.ask("verify")["erased"] == done["values"]


def test_a_spoilt_attachment_makes_the_verification_fail(demo: Shell, tmp_path: Path) -> None:
    source = tmp_path / "材料.txt"
    source.write_text("示例材料", "utf-8")
    digest = demo.ask("attach", TICKET, str(source), "--by", "Z003")["digest"]
    assert demo("verify", "--attachments").code == 0
    (kept,) = (path for path in (demo.home / "attachments").rglob(digest))
    kept.write_bytes(kept.read_bytes()[:-1])
    answer = demo("verify", "--attachments")
    assert (answer.code, "残缺" in answer.out) == (1, True)
    assert demo("verify").code == 0
    out = demo("attachment", "get", digest, "--to", str(tmp_path / "出"), "--by", "Z003", "--reason", "核对")
    assert (out.code, (tmp_path / "出").exists()) == (2, False)


@pytest.mark.parametrize("key", ["ab" * 32, "/没有/这个/文件"])
def test_without_the_right_key_one_sentence_and_everything_else_works(
    demo: Shell, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    (path,) = (demo.home / "keys").glob("*.key")
    secret = path.read_text("utf-8").splitlines()[-1]
    path.rename(demo.home.parent / "away.key")
    monkeypatch.setenv("FAZHENG_KEY", key)
    shown = demo("private", "show", TICKET, "--by", "Z003", "--reason", "核对")
    assert (shown.code, len(shown.err.splitlines())) == (2, 1)
    assert "ab" * 32 not in shown.err
    told = demo.ask("verify")
    assert (told["ok"], told["sealed"] > 0) == (True, True)
    for words in (("status",), ("case", "list"), ("case", "show", TICKET), ("figures", "2024"), ("rebuild",)):
        assert demo(*words).code == 0, words
    monkeypatch.setenv("FAZHENG_KEY", str(demo.home.parent / "away.key"))
    shown = demo("private", "show", TICKET, "--by", "Z003", "--reason", "核对")
    assert shown.code == 0
    assert secret not in shown.out


def test_a_book_may_be_sealed_with_sm4(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell(home, capsys)
    said = shell("init", "--bureau", "示例县民政局", "--code", "999001", "--cipher", "sm4")
    assert (said.code, "SM4-GCM" in said.out, "keys" in said.out) == (0, True, True)
    assert shell.ask("private", "status")["cipher"] == "SM4-GCM"
    assert shell("init", "--bureau", "示例县民政局", "--code", "999002", "--cipher", "des").code == 2
