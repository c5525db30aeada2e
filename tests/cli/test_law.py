"""`fazheng law`: the catalogue at the desk, and the texts a bureau adds to it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fazheng.cli.main import run
from fazheng.lawbook import texts
from tests.cli.typing import Shell

ROOT = Path(__file__).parents[2]
installed = pytest.mark.skipif(not texts.installed(), reason="the statute package is not installed")
WHOLE = "第一条　甲。\n第二条　乙。\n　　（一）丙；\n　　（二）丁。\n"
DOCUMENT = "信访工作条例"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / f"{DOCUMENT}.txt"
    path.write_text(WHOLE, "utf-8")
    return path


# ── list ──


def test_the_list_says_number_first_day_and_status_of_a_day(fresh: Shell) -> None:
    rows = {row["short"]: row for row in fresh.ask("law", "list", "--on", "2021-06-01")["statutes"]}
    assert len(rows) >= 200
    assert rows["收养法"]["status"] == "已废止（2020-12-31为最后一天）"
    assert rows["收养法"]["replaced_by"] == ["民法典"]
    assert (rows["行政处罚法"]["from"], rows["行政处罚法"]["state"]) == ("2018-01-01", "in_force")
    assert rows["政府信息公开条例"]["number"] == "国务院令第711号"
    assert rows["社会救助法"]["state"] == "not_passed"
    assert rows["社会救助暂行办法"]["number"] == "国务院令第709号"


def test_the_list_of_one_kind_is_a_table_whose_columns_stand_under_each_other(fresh: Shell) -> None:
    told = fresh("law", "list", "--kind", "行政法规", "--on", "2026-07-01").out.splitlines()
    assert told[0] == "行政法规，2026-07-01的状态："
    assert all("行政处罚法" not in line for line in told)
    starts = {
        len(line[: line.index("20", 30)].encode("gb18030")) for line in told if "条例  " in line and "  20" in line
    }
    assert len(starts) == 1


def test_a_kind_nobody_knows_names_those_there_are(fresh: Shell) -> None:
    answer = fresh("law", "list", "--kind", "民规")
    assert answer.code == 2
    assert "部门规章" in answer.err


# ── show ──


@installed
def test_an_article_is_shown_in_the_version_of_the_day(fresh: Shell) -> None:
    told = fresh.ask("law", "show", "行政处罚法", "58", "--on", "2022-01-01")
    assert told["version"] == "2021-07-15"
    assert "法制审核" in told["text"]
    assert told["rules"] != []


def test_an_article_of_a_version_without_text_names_the_version_and_what_came_after(fresh: Shell) -> None:
    answer = fresh("law", "show", "行政处罚法", "58", "--on", "2019-05-01")
    assert answer.code == 1
    assert "没有安装这个版本的条文：2018-01-01起施行（2017-09-01修正）" in answer.out
    assert "注意：2021-07-15起施行新的版本" in answer.out


def test_a_repealed_law_says_what_replaced_it(fresh: Shell) -> None:
    answer = fresh("law", "show", "收养法", "10", "--on", "2024-01-01")
    assert answer.code == 1
    assert "已废止（2020-12-31为最后一天），由《民法典》取代" in answer.out
    assert "2024-01-01没有施行中的版本" in answer.out


def test_a_law_to_come_says_from_when(fresh: Shell) -> None:
    assert "已通过，2026-07-01起施行" in fresh("law", "show", "社会救助法", "--on", "2026-05-05").out


def test_a_wrong_name_is_answered_with_the_right_one(fresh: Shell) -> None:
    answer = fresh("law", "show", "《老年人权益保护法》")
    assert answer.code == 0
    assert answer.out.startswith("“老年人权益保护法”是误称，应为《中华人民共和国老年人权益保障法》")


def test_a_statute_without_article_shows_versions_status_counting_and_rules(fresh: Shell) -> None:
    told = fresh("law", "show", "处罚法", "--on", "2022-01-01").out
    assert "1996-10-01起施行" in told
    assert " → 2021-07-15起施行" in told
    assert "2、3、5、7日是工作日，其余是自然日（第八十五条）" in told
    assert "行政处罚普通程序" in told
    assert "逐条看：fazheng law where 行政处罚法" in told
    assert "误称：行政处罚条例" in told
    assert "日都是工作日（第八十二条）" in fresh("law", "show", "行政许可法").out
    assert "10日以内是工作日" in fresh("law", "show", "行政强制法").out


def test_the_rules_on_an_article_are_named_in_chinese_by_procedure(fresh: Shell) -> None:
    told = fresh("law", "show", "行政处罚法", "58").out
    assert "  行政处罚普通程序：应当法制审核的" in told
    assert "legal_review" not in told
    assert "legal_review" in fresh.ask("law", "show", "行政处罚法", "58")["rules"]


def test_what_nobody_read_is_shown_as_such(fresh: Shell) -> None:
    assert "2013-01-01起施行（待核）" in fresh("law", "show", "殡葬管理条例").out
    assert "日期没有核对（待核）" in fresh("law", "show", "三项制度").out
    assert "注意：2026年3月国务院有修改本条例的决定" in fresh("law", "show", "社会团体登记管理条例").out


def test_where_takes_any_name(fresh: Shell) -> None:
    assert fresh.ask("law", "where", "中华人民共和国行政处罚法", "58") == fresh.ask("law", "where", "处罚法", "58")


# ── add ──


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_an_added_text_is_shown(fresh: Shell, written: Path, encoding: str) -> None:
    written.write_bytes(WHOLE.encode(encoding))
    told = fresh.ask("law", "add", str(written))
    assert (told["short"], told["from"], told["articles"]) == (DOCUMENT, "2022-05-01", 2)
    shown = fresh.ask("law", "show", DOCUMENT, "2")
    assert shown["text"] == "乙。\n（一）丙；\n（二）丁。"
    assert shown["version"] == "2022-05-01"
    assert (fresh.home / "texts" / DOCUMENT / "2022-05-01.txt").read_text("utf-8") == WHOLE
    lacking = fresh("law", "show", DOCUMENT, "34")
    assert lacking.code == 1
    assert "没有这一条" in lacking.out


def test_a_text_of_one_home_is_not_seen_from_another(fresh: Shell, written: Path, tmp_path: Path) -> None:
    assert fresh("law", "add", str(written)).code == 0
    assert fresh("law", "show", DOCUMENT, "1", home=tmp_path / "other").code == 1


def test_a_version_the_catalogue_does_not_know_may_be_added_by_its_day(fresh: Shell, written: Path) -> None:
    asked = ["--name", "社会团体登记管理条例", "--version-from", "2026-06-01"]
    assert fresh("law", "add", str(written), *asked).code == 0
    assert fresh.ask("law", "show", "社会团体登记管理条例", "1", "--on", "2026-07-01")["text"] == "甲。"
    assert fresh("law", "show", "社会团体登记管理条例", "1", "--on", "2026-05-31").code == 1


def test_a_text_that_is_there_is_replaced_only_on_request(fresh: Shell, written: Path) -> None:
    assert fresh("law", "add", str(written)).code == 0
    written.write_text(WHOLE.replace("甲", "戊"), "utf-8")
    again = fresh("law", "add", str(written))
    assert again.code == 2
    assert "--replace" in again.err
    assert fresh.ask("law", "show", DOCUMENT, "1")["text"] == "甲。"
    assert fresh("law", "add", str(written), "--replace").code == 0
    assert fresh.ask("law", "show", DOCUMENT, "1")["text"] == "戊。"


@pytest.mark.parametrize(
    ("name", "content", "words", "says"),
    [
        ("交通法.txt", WHOLE, [], "没有“交通法”这部法"),
        ("信访工作条例.txt", "没有条文", [], "没有找到条文"),
        ("信访工作条例.txt", "", [], "是空的"),
        ("三项制度指导意见.txt", WHOLE, [], "用 --version-from 写明"),
        ("信访工作条例.txt", WHOLE, ["--version-from", "去年"], "去年"),
        ("行政处罚法.txt", WHOLE, [], "已经安装了条文"),
        ("没有.md", None, [], "没有这个文件"),
    ],
)
def test_what_cannot_be_added_is_refused_with_a_sentence(
    fresh: Shell, tmp_path: Path, name: str, content: str | None, words: list[str], says: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, "utf-8")
    answer = fresh("law", "add", str(tmp_path / name), *words)
    assert answer.code == 2
    assert says in answer.err
    assert not (fresh.home / "texts").exists()


def test_a_file_that_is_no_text_is_refused(fresh: Shell, tmp_path: Path) -> None:
    (tmp_path / "信访工作条例.docx").write_bytes(b"PK\x03\x04\xff\xff\x00\x81\xff")
    answer = fresh("law", "add", str(tmp_path / "信访工作条例.docx"))
    assert answer.code == 2
    assert "另存为纯文本" in answer.err


def test_a_text_needs_a_book_to_lie_in(
    written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert run(["law", "add", str(written), "--home", str(tmp_path / "nowhere")]) == 2
    assert "先运行 fazheng init" in capsys.readouterr().err


# ── check ──


@pytest.mark.parametrize(
    ("article", "fits", "faults"),
    [("第五条　甲一日以内撤回乙。\n", 1, 0), ("第五条　甲。\n", 0, 1)],
)
def test_the_check_holds_unread_rules_against_an_added_text(
    fresh: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    article: str,
    fits: int,
    faults: int,
) -> None:
    law = shutil.copytree(ROOT / "tests" / "law" / "small", tmp_path / "law")
    rules = law / "procedures" / "small-case" / "rules.toml"
    rule = 'id      = "unread_gate"\n'
    rules.write_text(rules.read_text("utf-8").replace(rule, rule + 'says = "一日以内撤回"\n'), "utf-8")
    rules.write_text(rules.read_text("utf-8").replace("试验意见第三条", "试验意见第五条"), "utf-8")
    monkeypatch.setenv("FAZHENG_LAW", str(law))
    text = tmp_path / "试验意见.txt"
    text.write_text("".join(f"第{n}条　丁。\n" for n in "一二三四") + article, "utf-8")
    assert fresh("law", "add", str(text)).code == 0
    answer = fresh("law", "check", "--no-drop", "--format", "json")
    assert answer.json["local"] == ["small.case/unread_gate"] * fits
    local = [finding for finding in answer.json["findings"] if "本地文本核对" in finding]
    assert len(local) == faults
    assert f"本地文本核对：相符 {fits} 条，不符 {faults} 条" in fresh("law", "check", "--no-drop").out
    assert fresh("law", "check", "--no-drop", "--format", "json", home=tmp_path / "other").json["local"] == []
