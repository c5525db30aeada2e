"""`fazheng duties`, `law status` and what `law check` says of reachability."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from fazheng.casework import clock
from fazheng.casework.bureaux import the_bureau
from fazheng.cli.main import run
from fazheng.figures.duties import duties
from fazheng.figures.python import PythonReader
from fazheng.lawbook.load import law_root, load
from fazheng.ledger.storage import open_home
from tests.cli.typing import Shell

EVENT = [
    "topic=宪法进社区",
    "place=示例社区广场",
    "occasion=constitution_day",
    "form=stall",
    "statutes=宪法",
    "audience=residents",
    "online=否",
    "site_kind=urban",
    "checked=是",
    "section=示例股",
]


def hold(shell: Shell, day: str) -> None:
    words = [word for one in EVENT for word in ("--data", one)]
    shell.ask("case", "open", "publicity.event", "--on", day, "--as", "Z008", *words)


def test_a_year_shows_each_duty_with_its_article_and_day(fresh: Shell) -> None:
    told = fresh.ask("duties", "2026")
    found = {(row["id"], row["due"]): row for row in told["duties"]}
    day = found["publicity.constitution_day", "2026-12-04"]
    assert (day["article"], day["at_least"], day["cases"]) == ("法治宣传教育法第十三条第二款", 1, [])
    report = found["disclosure.report", "2026-01-31"]
    assert (report["about"], report["article"]) == (2025, "政府信息公开条例第四十九条第一款（待核）")
    assert [due for id, due in found if id == "study.quarterly"] == [
        "2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"
    ]  # fmt: skip
    assert told["waiting"] == []


def test_what_was_done_in_time_is_done_and_what_was_not_stays_listed(fresh: Shell) -> None:
    hold(fresh, "2025-12-03")
    rows = {row["id"]: row for row in fresh.ask("duties", "2025")["duties"]}
    done = rows["publicity.constitution_day"]
    assert (done["state"], done["light"], done["done"], done["cases"]) == (
        "met",
        None,
        1,
        ["publicity.event-2025-0001"],
    )
    assert rows["disclosure.report"]["state"] == "overdue"
    text = fresh("duties", "2025").out
    assert "红 逾期未办" in text
    assert "publicity.event-2025-0001" in text
    assert "逾期的一直列着" in text


def test_a_report_published_late_counts_for_the_year_it_is_about(fresh: Shell) -> None:
    case = fresh.ask(
        "case", "open", "disclosure.report", "--on", "2026-01-05", "--as", "Z011", "--data", "报告年度=2025"
    )["case"]
    words = ["--as", "Z011", "--data", "签发人=Z001"]
    fresh.ask("case", "do", case, "submit", "--on", "2026-01-20", *words)
    fresh.ask("case", "do", case, "publish", "--on", "2026-02-03", "--as", "Z011", "--data", "公布网址=示例县政府网站")
    rows = {row["id"]: row for row in fresh.ask("duties", "2026")["duties"]}
    assert (rows["disclosure.report"]["state"], rows["disclosure.report"]["cases"]) == ("met_late", [case])
    before = {row["id"]: row for row in fresh.ask("duties", "2025")["duties"]}
    assert before["disclosure.report"]["state"] == "overdue"


def test_a_duty_not_met_refuses_nothing(fresh: Shell) -> None:
    assert any(row["state"] == "overdue" for row in fresh.ask("duties", "2025")["duties"])
    hold(fresh, "2026-05-04")


def test_the_example_county_s_duties_are_the_same_by_a_recount(demo: Shell) -> None:
    open_home(demo.home)
    bureau = the_bureau("")
    book = load(place=bureau.place)
    for year in (2024, 2025, 2026):
        found = duties(bureau.code, book, year, clock.today())
        assert found
        assert duties(bureau.code, book, year, clock.today(), PythonReader) == found


def test_a_year_that_is_none_is_said_in_chinese(fresh: Shell) -> None:
    answer = fresh("duties", "20")
    assert (answer.code, "不像一个年度" in answer.err) == (2, True)


def test_a_duty_that_no_place_adopted_is_named_below(fresh: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(shutil.copytree(law_root(), fresh.home / "law"))
    (root / "local" / "示例县" / "adopt-duties.toml").unlink()
    monkeypatch.setenv("FAZHENG_LAW", str(root))
    assert fresh.ask("duties", "2026")["waiting"] == ["study.quarterly"]
    assert "未采用：领导班子每季度学法［study.quarterly］" in fresh("duties", "2026").out


def test_law_status_is_for_readers_and_programs(fresh: Shell) -> None:
    rows = fresh.ask("law", "status")
    assert {row["state"] for row in rows} <= {"verified", "unread", "warn_only", "waiting"}
    assert fresh("law", "status").out.startswith("# Law status")


def planted(folder: Path) -> Path:
    """A copy of the law with a step of the smallest procedure that never comes."""
    root = Path(shutil.copytree(law_root(), folder / "law"))
    for path in (root / "procedures").iterdir():
        if path.name != "disclosure-report":
            shutil.rmtree(path)
    for name in ("figures", "reports", "registers", "local", "duties", "acts", "dossiers"):
        shutil.rmtree(root / name)
    with (root / "procedures/disclosure-report/procedure.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[step]]\nid = "never"\nname = "总结"\nrole = "office"\narticle = "第四十九条第一款"\n'
            'text = "unread"\nafter = ["disclosure_report_published"]\nrecords = "summed_up"\n'
        )
    return root


def test_a_dead_step_fails_the_check_and_is_in_its_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FAZHENG_LAW", str(planted(tmp_path)))
    assert run(["law", "lock"]) == 0
    capsys.readouterr()
    assert (
        run(["law", "check", "--no-drop", "--format", "json"]) == 1
    )  # publishing closes the case: no step comes after
    told = json.loads(capsys.readouterr().out)
    [reached] = told["reachable"]
    assert (reached["states"], reached["paths"], reached["dead"], reached["unseen"]) == (3, 0, ["never"], [])
    assert [line for line in told["findings"] if "never：死步骤" in line]
    assert run(["law", "check", "--no-drop", "--no-reach"]) == 0
