"""`fazheng staff, handover, paper-signed` as a reader types them."""

from __future__ import annotations

import json
from pathlib import Path

from fazheng.casework import clock
from tests.cli.typing import Shell


def states(shell: Shell, *more: str) -> dict[str, str]:
    told = shell("staff", "can", "--on", "2026-03-02", "--format", "json", *more)
    return {one["id"]: one["state"] for one in json.loads(told.out)["procedures"]}


def test_the_example_county_can_finish_most_procedures_and_says_who_is_missing_for_the_others(demo: Shell) -> None:
    told = json.loads(demo("staff", "can", "--on", "2026-03-02", "--format", "json").out)
    short = [one for one in told["procedures"] if one["state"] != "whole"]
    assert len(told["procedures"]) - len(short) >= 30
    assert [one["id"] for one in short if not one["missing"]] == []  # nobody here is 受理窗口 or 首问人: it says so
    penalty = next(one for one in told["procedures"] if one["id"] == "penalty.ordinary")
    assert (len(penalty["fewest"]), told["least"]) == (3, 3)
    assert "最少3人" in demo("staff", "can", "--procedure", "行政处罚普通程序").out


def test_without_its_only_reviewer_the_county_cannot_decide_penalties_and_is_told_whom_to_ask(demo: Shell) -> None:
    told = demo("staff", "can", "--on", "2026-03-02", "--without", "Z006")
    assert told.code == 1
    assert "缺：没有法制审核人员。可以请：" in told.out
    assert "法制审核通过" in told.out
    assert demo("staff", "can", "--on", "2026-03-02", "--without", "Z005").code == 0


def test_who_handled_the_case_cannot_review_it_even_with_the_role(fresh: Shell) -> None:
    roles = "角色=执法人员、法制审核人员、听证主持人"
    for code in ("Z003", "Z004"):
        done = fresh("register", "change", "staff", code, "--on", "2020-01-01", "--paper", "示例台账", "--data", roles)
        assert done.code == 0, done.out
    told = fresh("staff", "can", "--procedure", "penalty.ordinary").out
    assert "现有的人排不开" in told
    more = ("register", "change", "staff", "Z011", "--on", "2020-01-01", "--paper", "示例台账")
    assert fresh(*more, "--data", "角色=办公室、法制审核人员、听证主持人", "--data", "有法律职业资格=是").code == 0
    told = fresh("staff", "can", "--procedure", "penalty.ordinary").out
    assert "现有的人排不开" not in told


def test_one_valid_certificate_is_not_two(fresh: Shell) -> None:
    assert states(fresh)["penalty.summary"] == "whole"
    assert states(fresh, "--without", "Z004")["penalty.summary"] == "not"
    assert "执法人员要2人持有效证件，现有1人" in fresh("staff", "can", "--without", "Z004").out


def test_a_signature_on_paper_is_entered_listed_and_confirmed_once_the_month_is_over(
    fresh: Shell, tmp_path: Path
) -> None:
    receive = [
        "ticket_no=示例一",
        "kind=complaint",
        "urgent=否",
        "topic=养老机构收费",
        "request=收费不一致",
        "assigned_by_ruling=否",
    ]
    data = [word for one in receive for word in ("--data", one)]
    today, month = clock.today().isoformat(), clock.today().isoformat()[:7]
    opened = fresh("case", "open", "hotline.ticket", "--on", today, "--as", "Z008", *data)
    assert opened.code == 0, opened.out
    case = f"hotline.ticket-{today[:4]}-0001"
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 example")
    digest = fresh("attach", case, str(scan), "--by", "Z011").out.split("摘要 ")[1].strip()
    extend = ("case", "do", case, "extend", "--on", today, "--as", "Z001", "--entered-by", "Z011", "--data",
              "reason=材料待补", "--data", "caller_told=是")  # fmt: skip
    assert "由本人登录办理" in fresh(*extend).out
    done = fresh(*extend, "--signed-on-paper", digest)
    assert done.code == 0, done.out
    assert "Z001签，Z011代录" in fresh("case", "show", case).out
    assert "待确认" in fresh("paper-signed", month).out
    refused = fresh("paper-signed", month, "--confirm", "--as", "Z001")
    assert (refused.code, "还没有过完" in refused.out) == (1, True)
    assert "Z001" in fresh("handover", "Z008").out or case in fresh("handover", "Z008").out


def test_what_cannot_be_used_is_said(fresh: Shell) -> None:
    assert fresh("paper-signed", "2026-13").code == 2
    assert fresh("staff", "can", "--without", "Z999").code == 2
    assert "人员名册里没有“Z999”" in fresh("handover", "Z008", "Z999", "--as", "Z001", "--reason", "调离").out
