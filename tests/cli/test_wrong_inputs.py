"""Wrong input at the command line: a sentence a clerk understands, exit 2 (or 1 for a refusal), the book as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazheng.cli.main import run
from tests.cli.typing import Shell

OPEN = ["case", "open", "hotline.ticket", "--as", "Z008"]
FILLED = [
    "--data",
    "ticket_no=示例1",
    "--data",
    "kind=咨询",
    "--data",
    "urgent=否",
    "--data",
    "topic=低保条件",
    "--data",
    "request=请问怎样申请",
    "--data",
    "assigned_by_ruling=否",
]
WRONG: list[tuple[str, list[str], int, str]] = [
    ("a command that does not exist", ["cases"], 2, "没有“cases”这个命令"),
    ("no command at all", ["case", "frobnicate"], 2, "没有“frobnicate”这个命令"),
    ("an option that does not exist", ["status", "--verbose"], 2, "没有“--verbose”这个选项"),
    ("a missing argument", ["due", "2026-09-29"], 2, "缺少“期限”"),
    ("a missing option", ["case", "open", "hotline.ticket", "--on", "2024-03-01"], 2, "缺少选项 --as"),
    ("a form of answer that does not exist", ["status", "--format", "xml"], 2, "--format 不能是“xml”"),
    ("a year that is no number", ["report", "去年"], 2, "年度 要写整数"),
    ("a period nobody knows", ["figures", "2024年度"], 2, "看不懂期间“2024年度”"),
    ("a figure nobody defined", ["figures", "2024", "--id", "hotline.happy"], 2, "没有统计项“hotline.happy”"),
    ("a day that does not exist", [*OPEN, "--on", "2024-02-30", *FILLED], 2, "“2024-02-30”这一天不存在"),
    ("a day in words", [*OPEN, "--on", "三月五日", *FILLED], 2, "“三月五日”不是日期"),
    ("a day as a sheet stores it", [*OPEN, "--on", "45356", *FILLED], 2, "日期序号"),
    ("a day to come", [*OPEN, "--on", "2999-01-04", *FILLED], 1, "2999-01-04还没有到"),
    (
        "a day before the procedure was in force",
        [*OPEN, "--on", "2018-03-01", *FILLED],
        1,
        "没有施行中的“12345热线工单”",
    ),
    (
        "a procedure that does not exist",
        ["case", "open", "hotline", "--on", "2024-03-01", "--as", "Z008"],
        2,
        "没有“hotline”这个程序",
    ),
    (
        "a person nobody registered",
        ["case", "open", "hotline.ticket", "--as", "Z999", "--on", "2024-03-01", *FILLED],
        1,
        "人员名册里没有“Z999”",
    ),
    (
        "a person of another role",
        ["case", "open", "hotline.ticket", "--as", "Z003", "--on", "2024-03-01", *FILLED],
        1,
        "Z003在2024-03-01不是热线承办员",
    ),
    ("data without a field", [*OPEN, "--on", "2024-03-01", "--data", "咨询"], 2, "--data 要写成 栏目=内容"),
    ("a field the step does not have", [*OPEN, "--on", "2024-03-01", "--data", "颜色=红"], 2, "没有“颜色”这一栏"),
    (
        "a field written twice",
        [*OPEN, "--on", "2024-03-01", "--data", "kind=咨询", "--data", "kind=求助"],
        2,
        "写了两次",
    ),
    (
        "a choice that does not exist",
        [*OPEN, "--on", "2024-03-01", "--data", "kind=唠嗑"],
        2,
        "不在可选项里，可选：咨询、求助",
    ),
    ("neither yes nor no", [*OPEN, "--on", "2024-03-01", "--data", "urgent=也许"], 2, "要写成 是 或 否"),
    (
        "a phone in a public field",
        [*OPEN, "--on", "2024-03-01", "--data", "topic=请回电13800000000"],
        2,
        "不能写身份证号、电话、账号",
    ),
    (
        "a public field that is too long",
        [*OPEN, "--on", "2024-03-01", "--data", f"topic={'长' * 41}"],
        2,
        "最多40个字，现有41个",
    ),
    ("missing fields", [*OPEN, "--on", "2024-03-01", "--data", "kind=咨询"], 1, "缺少“工单号”"),
    (
        "a case that does not exist",
        ["case", "show", "hotline.ticket-2024-0099"],
        2,
        "账本里没有案件“hotline.ticket-2024-0099”",
    ),
    (
        "a step that does not exist",
        ["case", "do", "@case", "fly", "--on", "2024-03-04", "--as", "Z008"],
        2,
        "没有“fly”这一步",
    ),
    (
        "a step before the last one",
        ["case", "do", "@case", "sign_in", "--on", "2024-02-29", "--as", "Z008", "--data", "承办科室=甲股"],
        1,
        "日期不能早于本案最近一步",
    ),
    (
        "a correction without a reason",
        [
            "case",
            "do",
            "@case",
            "correct",
            "--on",
            "2024-03-04",
            "--as",
            "Z008",
            "--data",
            "entry=1",
            "--data",
            "topic=甲",
        ],
        1,
        "缺少“理由”",
    ),
    (
        "a correction of nothing",
        [
            "case",
            "do",
            "@case",
            "correct",
            "--on",
            "2024-03-04",
            "--as",
            "Z008",
            "--data",
            "entry=9",
            "--data",
            "reason=甲",
        ],
        1,
        "本案没有第9条有效记录",
    ),
    ("a length nobody knows", ["due", "2026-09-29", "5 fortnights"], 2, "期限"),
    ("a head that is none", ["verify", "--expect", "12"], 2, "--expect 要写成 序号:摘要"),
    ("a bureau that is not in the book", ["status", "--bureau", "999099"], 2, "没有编号为“999099”的单位"),
    (
        "a bureau that stands already",
        ["init", "--bureau", "示例县民政局", "--code", "999001"],
        2,
        "账本里已有编号为“999001”的单位",
    ),
    (
        "a code with a wrong check digit",
        ["init", "--bureau", "示例县民政局", "--code", "11999001MB00000001"],
        2,
        "校验码对不上",
    ),
    (
        "a place nobody wrote rules for",
        ["init", "--bureau", "示例县民政局", "--code", "999003", "--place", "蓬莱"],
        2,
        "没有“蓬莱”这个地方",
    ),
    ("a register that does not exist", ["register", "list", "宠物"], 2, "没有“宠物”这个名册"),
    (
        "a code of an organisation copied wrongly",
        ["register", "enter", "social_organisation", "--on", "2024-01-01", "--data", "code=51999900MJX00000X9"],
        2,
        "末位校验码要对得上",
    ),
    ("a zero for a year that is not over", ["zero", "hotline.ticket", "2999", "--as", "Z001"], 1, "2999年还没有过完"),
    ("a zero where there were cases", ["zero", "hotline.ticket", "2024", "--as", "Z001"], 1, "2024年有1件"),
    (
        "a task that does not exist",
        ["task", "settle", "甲", "--as", "Z001", "--reason", "乙"],
        1,
        "没有待处理的事项“甲”",
    ),
    ("an article that is none", ["law", "where", "行政处罚法", "几"], 2, "“几”不是条号"),
    ("a law nobody knows", ["law", "show", "交通法", "1"], 2, "没有“交通法”这部法或这个程序"),
    ("a workbook that is not there", ["import", "/没有/这个.xlsx"], 2, "这个.xlsx"),
    ("a template that is no workbook", ["template", "模板.docx"], 2, "模板要写成 .xlsx 文件"),
]


@pytest.mark.parametrize(("words", "code", "says"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_wrong_input_is_answered_with_a_sentence(words: list[str], code: int, says: str, fresh: Shell) -> None:
    case = fresh.ask(*OPEN, "--on", "2024-03-01", *FILLED)["case"]
    head = fresh.ask("status", "--bureau", "999001")["head"]
    answer = fresh(*[case if word == "@case" else word for word in words])
    said = answer.out + answer.err
    assert says in said, said
    assert answer.code == code
    assert "Traceback" not in said
    assert "Error" not in said
    assert fresh.ask("status", "--bureau", "999001")["head"] == head


def test_there_are_more_than_25() -> None:
    assert len(WRONG) >= 25


def test_a_home_without_a_book_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAZHENG_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert run(["status", "--home", str(tmp_path / "nowhere")]) == 2
    assert "先运行 fazheng init" in capsys.readouterr().err


def test_a_file_that_is_no_database_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAZHENG_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "book.sqlite3").write_text("这不是数据库" * 200, "utf-8")
    assert run(["status", "--home", str(tmp_path)]) == 2
    assert "不是数据库" in capsys.readouterr().err


def test_demo_touches_no_other_book(fresh: Shell) -> None:
    fresh.ask("init", "--bureau", "另一个单位", "--code", "888001")
    answer = fresh("demo")
    assert answer.code == 2
    assert "示例不会动它" in answer.err


def test_a_private_value_typed_wrongly_is_not_repeated(fresh: Shell) -> None:
    answer = fresh(*OPEN, "--on", "2024-03-01", *FILLED, "--data", "phone=电话一三八示例秘密")
    assert answer.code == 2
    assert "示例秘密" not in answer.err + answer.out
