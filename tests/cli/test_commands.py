"""Each command: what it answers, and its exit code."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest

from fazheng.cli import rooms
from fazheng.cli.main import run
from fazheng.cli.rooms import ROOMS
from tests.cli.typing import Shell

TICKET = [
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

FILED = [
    "source=投诉举报",
    "party_kind=法人或者其他组织",
    "organisation=51999900MJX00000X8",
    "facts=某事",
    "affects_public_interest=否",
    "complex=否",
    "officers=Z003、Z004",
    "approved_by=Z001",
]


def opened(shell: Shell, day: str = "2024-03-01") -> str:
    return str(shell.ask("case", "open", "hotline.ticket", "--on", day, "--as", "Z008", *TICKET)["case"])


def test_due_counts_the_make_up_saturday_and_skips_the_holiday(fresh: Shell) -> None:
    told = fresh.ask("due", "2026-09-29", "5 working days")
    assert told["due"] == "2026-10-12"
    assert told["estimate"] is False
    counted = {day["date"] for day in told["days"] if day["counted"]}
    assert counted == {"2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10", "2026-10-12"}
    assert all(day["why"] for day in told["days"])


def test_due_in_a_year_without_a_notice_is_an_estimate(fresh: Shell) -> None:
    assert fresh.ask("due", "2030-01-02", "5 working days")["estimate"] is True
    assert "预计" in fresh("due", "2030-01-02", "5 working days").out


def test_options_may_stand_before_or_after_the_command(fresh: Shell) -> None:
    assert run(["--format", "json", "--home", str(fresh.home), "status"]) == 0
    assert run(["status", "--home", str(fresh.home), "--format", "json"]) == 0


def test_a_case_id_names_procedure_year_and_number(fresh: Shell) -> None:
    assert opened(fresh) == "hotline.ticket-2024-0001"
    assert opened(fresh) == "hotline.ticket-2024-0002"
    assert opened(fresh, "2023-03-01") == "hotline.ticket-2023-0001"


def test_a_refusal_says_gate_article_words_and_what_to_do(fresh: Shell) -> None:
    case = opened(fresh)
    answer = fresh(
        "case",
        "do",
        case,
        "answer",
        "--on",
        "2024-03-04",
        "--as",
        "Z008",
        "--data",
        "outcome=已经解决",
        "--data",
        "reply=已答复",
        "--format",
        "json",
    )
    assert answer.code == 1
    refused = answer.json["refused"]
    assert [r["gate"] for r in refused] == ["contacted_before_answer"]
    assert set(refused[0]) == {"gate", "article", "says", "todo"}
    assert refused[0]["todo"] == "先办理“联系诉求人”"


def test_what_happened_is_recorded_with_its_defect(fresh: Shell) -> None:
    case = opened(fresh)
    told = fresh.ask(
        "case",
        "do",
        case,
        "answer",
        "--on",
        "2024-03-04",
        "--as",
        "Z008",
        "--entered-by",
        "Z011",
        "--happened",
        "--paper",
        "工单回执",
        "--data",
        "outcome=已经解决",
        "--data",
        "reply=已答复",
    )
    assert told["events"] == ["ticket_answered"]
    assert [d["gate"] for d in told["defects"]] == ["contacted_before_answer"]
    entry = fresh.ask("case", "show", case)["events"][-1]
    assert (entry["by"], entry["entered_by"], entry["on"]) == ("Z008", "Z011", "2024-03-04")
    assert "工单回执" not in str(entry)
    assert len(fresh.ask("status")["tasks"]) == 1


def test_a_task_is_settled_with_a_reason_and_the_defect_stays(fresh: Shell) -> None:
    case = opened(fresh)
    fresh.ask(
        "case",
        "do",
        case,
        "answer",
        "--on",
        "2024-03-04",
        "--as",
        "Z008",
        "--happened",
        "--data",
        "outcome=已经解决",
        "--data",
        "reply=已答复",
    )
    task = fresh.ask("status")["tasks"][0]["task"]
    fresh.ask("task", "settle", task, "--as", "Z001", "--reason", "已约谈")
    assert fresh.ask("status")["tasks"] == []
    assert fresh.ask("case", "show", case)["events"][1]["defects"]


def test_show_says_what_may_be_done_by_whom_and_by_when(fresh: Shell) -> None:
    told = fresh.ask("case", "show", opened(fresh), "--on", "2024-03-04")
    may = {step["step"]: step["people"] for step in told["may"]}
    assert may["contact"] == ["Z008"]
    assert "answer" not in may
    due = {clock["limit"]: (clock["due"], clock["light"]) for clock in told["due"]}
    assert due["contact_period"] == ("2024-03-04", "red")
    assert due["handling_period"] == ("2024-03-08", "green")
    blocked = {step["step"]: step["refused"] for step in told["not"]}
    assert blocked["answer"][0]["todo"]


def test_why_a_step_may_not_be_taken_and_why_this_day(fresh: Shell) -> None:
    case = opened(fresh)
    step = fresh("case", "why", case, "answer", "--on", "2024-03-04", "--format", "json")
    assert (step.code, step.json["refused"][0]["gate"]) == (1, "contacted_before_answer")
    day = fresh.ask("case", "why", case, "handling_period", "--on", "2024-03-04")
    assert day["due"] == "2024-03-08"
    assert [d["date"] for d in day["days"] if not d["counted"]][1:] == ["2024-03-02", "2024-03-03"]


def test_an_entry_is_corrected_withdrawn_and_added_late(fresh: Shell) -> None:
    case = opened(fresh)
    common = ["--as", "Z008", "--data", "reason=当时抄错"]
    fresh.ask("case", "do", case, "contact", "--on", "2024-03-04", "--as", "Z008", "--data", "reached=是")
    fresh.ask(
        "case", "do", case, "correct", "--on", "2024-03-05", *common, "--data", "entry=1", "--data", "topic=临时救助"
    )
    fresh.ask("case", "do", case, "withdraw", "--on", "2024-03-05", *common, "--data", "entry=2")
    fresh.ask(
        "case",
        "do",
        case,
        "add_late",
        "--on",
        "2024-03-01",
        *common,
        "--data",
        "step=sign_in",
        "--data",
        "承办科室=救助股",
    )
    events = [event["event"] for event in fresh.ask("case", "show", case)["events"]]
    assert events == ["ticket_received", "caller_contacted", "correct", "withdraw", "add_late"]
    assert fresh.ask("verify")["ok"] is True


def test_verify_finds_a_book_rewritten_as_a_whole_by_an_earlier_head(fresh: Shell) -> None:
    opened(fresh)
    kept = fresh.ask("status")
    assert fresh("verify", "--expect", f"{kept['entries']}:{kept['head']}").code == 0
    assert fresh("verify", "--expect", f"{kept['entries']}:{'0' * 64}").code == 1


def test_two_bureaux_in_one_home_are_told_apart(fresh: Shell) -> None:
    fresh.ask("init", "--bureau", "示例乡民政办", "--code", "999002")
    answer = fresh("status")
    assert answer.code == 2
    assert "999001、999002" in answer.err
    assert fresh.ask("status", "--bureau", "999002")["name"] == "示例乡民政办"


def test_a_signed_zero_is_zero_and_unsigned_is_no_data(fresh: Shell) -> None:
    asked = ["figures", "2023", "--id", "hotline.received"]
    assert fresh.ask(*asked)[0]["value"] is None
    fresh.ask("zero", "hotline.ticket", "2023", "--as", "Z001")
    assert fresh.ask(*asked)[0]["value"] == 0


def test_law_show_where_and_list(fresh: Shell) -> None:
    places = fresh.ask("law", "where", "行政处罚法", "58")
    assert {"file", "line", "rule"} <= set(places[0])
    for place in places:
        line = (Path(__file__).parents[2] / place["file"]).read_text("utf-8").splitlines()[place["line"] - 1]
        assert place["rule"] in line
    assert "penalty.ordinary" in [p["id"] for p in fresh.ask("law", "list")["procedures"]]
    assert "作出处罚决定" in fresh("law", "show", "penalty.ordinary").out


def test_without_a_place_local_limits_are_no_law_and_no_rate_is_printed(home: Path, fresh: Shell) -> None:
    fresh.ask("init", "--bureau", "示例市民政局", "--code", "888001")
    rate = fresh.ask("figures", "2024", "--bureau", "888001", "--id", "hotline.in_time")[0]
    assert rate["value"] is None


def answered(shell: Shell, outcome: str) -> str:
    case = opened(shell)
    for step, data in (("联系诉求人", "reached=是"), ("答复诉求人", f"outcome={outcome}")):
        more = ["--data", "reply=已答复"] if "outcome" in data else []
        shell.ask("case", "do", case, step, "--on", "2024-03-04", "--as", "Z008", "--data", data, *more)
    return case


def test_a_suggestion_is_taken_up_with_what_it_carries(fresh: Shell) -> None:
    case = answered(fresh, "发现违法线索")
    assert [s["opens"] for s in fresh.ask("case", "show", case)["suggests"]] == ["penalty.ordinary"]
    words = [word for one in FILED for word in ("--data", one)]
    told = fresh.ask("case", "open", "penalty.ordinary", "--from", case, "--on", "2024-03-05", "--as", "Z003", *words)
    filed = fresh.ask("case", "show", told["case"])["events"][0]["data"]
    assert (filed["matter"], filed["ticket"]) == ("低保条件", case)


def test_a_suggestion_says_what_to_type_and_which_case_took_it_up(fresh: Shell) -> None:
    case = answered(fresh, "发现违法线索")
    assert "建议：开“行政处罚普通程序”" in (told := fresh("case", "show", case).out)
    assert f"fazheng case open penalty.ordinary --from {case}" in told
    words = [word for one in FILED for word in ("--data", one)]
    opened = fresh.ask("case", "open", "行政处罚普通程序", "--from", case, "--on", "2024-03-05", "--as", "Z003", *words)
    assert f"已开{opened['case']}" in fresh("case", "show", case).out


def test_a_suggestion_is_not_taken_up_on_a_day_before_there_was_one(fresh: Shell) -> None:
    case = answered(fresh, "发现违法线索")
    words = [word for one in FILED for word in ("--data", one)]
    early = fresh("case", "open", "penalty.ordinary", "--from", case, "--on", "2024-03-01", "--as", "Z003", *words)
    assert early.code == 2
    assert "在2024-03-01没有建议开“行政处罚普通程序”" in early.out + early.err


def test_the_list_of_cases_says_the_procedure_and_the_bureau_s_own_number(fresh: Shell) -> None:
    case = answered(fresh, "已经解决")
    assert f"{case}  12345热线工单  开案" in fresh("case", "list", "--procedure", "12345热线工单").out
    assert fresh("case", "list", "--procedure", "热线").code == 2


def test_a_suggestion_is_put_aside_with_a_reason(fresh: Shell) -> None:
    case = answered(fresh, "发现违法线索")
    suggestion = fresh.ask("case", "show", case)["suggests"][0]["id"]
    fresh.ask("task", "put-aside", case, suggestion, "--as", "Z001", "--reason", "不属本局管辖")
    assert fresh.ask("case", "show", case)["suggests"] == []
    assert fresh("task", "put-aside", case, suggestion, "--as", "Z001", "--reason", "再来").code == 1


def test_who_may_do_it_leaves_out_the_uncertified(fresh: Shell) -> None:
    words = [word for one in ["matter=某事", *FILED] for word in ("--data", one)]
    case = fresh.ask("case", "open", "penalty.ordinary", "--on", "2024-05-06", "--as", "Z003", *words)["case"]
    may = {step["step"]: step["people"] for step in fresh.ask("case", "show", case, "--on", "2024-05-07")["may"]}
    assert may["gather_evidence"] == ["Z003", "Z004"]  # the certificate of Z012 ended on 2024-03-31


def test_who_has_no_part_in_the_procedure_does_not_amend_its_cases(fresh: Shell) -> None:
    case = opened(fresh)
    withdrawn = fresh(
        "case", "do", case, "withdraw", "--on", "2024-03-05", "--as", "Z003", "--data", "entry=1", "--data", "reason=甲"
    )
    assert (withdrawn.code, "Z003不是本程序的人员" in withdrawn.out) == (1, True)


def test_a_case_is_not_corrected_to_a_day_before_its_law(fresh: Shell) -> None:
    case = opened(fresh)
    data = ["--data", "entry=1", "--data", "reason=甲", "--data", "on=2010-01-01"]
    answer = fresh("case", "do", case, "correct", "--on", "2024-03-05", "--as", "Z008", *data, "--format", "json")
    assert [refused["gate"] for refused in answer.json["refused"]] == ["version"]


def test_a_book_whose_entries_were_taken_away_is_broken_from_the_first(fresh: Shell) -> None:
    opened(fresh)
    with closing(sqlite3.connect(fresh.home / "book.sqlite3")) as book:
        for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            book.execute(f'DROP TRIGGER "{name}"')
        book.execute("DELETE FROM ledger_entry")
        book.commit()
    answer = fresh("verify", "--format", "json")
    assert (answer.code, answer.json["ok"], answer.json["first_broken"]) == (1, False, 1)
    assert fresh("init", "--bureau", "示例县民政局", "--code", "999001").code == 2


def test_an_earlier_head_may_be_given_as_its_digest_alone(fresh: Shell) -> None:
    kept = fresh.ask("verify")["head"]
    opened(fresh)
    assert fresh("verify", "--expect", kept).code == 0
    assert fresh("verify", "--expect", "0" * 64).code == 1


def test_a_law_file_that_nobody_reads_stops_start_up(
    fresh: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = shutil.copytree(Path(__file__).parents[2] / "law", tmp_path / "law")
    (law / "procedures" / "gates.toml").write_text("", "utf-8")
    monkeypatch.setenv("FAZHENG_LAW", str(law))
    answer = fresh("status")
    assert answer.code == 2
    assert "procedures/gates.toml：这个位置的文件没有人读" in answer.err


def test_every_command_of_every_module_is_on_the_list_and_no_other() -> None:
    modules = {module for names in ROOMS.values() for module in names}
    standing = {
        path.stem
        for path in Path(rooms.__file__).parent.glob("*.py")
        if re.search(r"^COMMANDS\b", path.read_text("utf-8"), re.M)
    }
    own = {name: import_module(f"fazheng.cli.{name}").COMMANDS for name in modules}
    assert {command.name for commands in own.values() for command in commands} == set(ROOMS)
    assert standing - {"catalogue"} == modules  # its commands stand under `fazheng law`, which names them


def test_a_command_that_is_called_imports_no_other_commands_module() -> None:
    call = "import sys; from fazheng.__main__ import _run; _run(['law', '--help'])"
    asked = f"{call}; print('fazheng.cli.demo' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.rstrip().endswith("False"), said.stdout[-200:]
