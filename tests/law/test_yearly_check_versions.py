"""The yearly check of an association follows the rules of the day it was opened: those of 1996 or those of 2026."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from fazheng.lawbook.index import lock_text
from fazheng.lawbook.load import law_root, load
from fazheng.procedure.attempt import UnknownStep
from tests.procedure.story import Story

CHECK = "annual_check.association"
OLD, NEW = "procedures/annual-check-association-1996", "procedures/annual-check-association"
COUNTY = "示例县"


def opened(on: str) -> Story:
    """A check of the year before, opened on that day in a county that adopted the rules.

    It is told as happened, since nothing here keeps a register to ask.
    """
    story = Story(CHECK, load(place=COUNTY))
    year = int(on[:4]) - 1
    story.take_or_fail("open_check", on, happened=True, organisation="51999900MJX00000X8", year=year, has_sponsor=False)
    return story


def concluded(on: str) -> Story:
    """The same, with its report filed and reviewed, and found 合格 on the day of opening."""
    story = opened(on)
    story.take_or_fail("file_report", on, accounts=True, audited=False, certificate_copy=True)
    story.take_or_fail("review", on, items=["charter"], charter_deviation=False, serious_breach=False)
    story.take_or_fail("conclude", on, grade="qualified", fee_charged=False, approved_by=["丙"])
    return story


@pytest.mark.parametrize(("on", "folder"), [("2025-12-31", OLD), ("2026-01-01", NEW)])
def test_the_rules_change_on_new_years_day_of_2026(on: str, folder: str) -> None:
    version = load().version(CHECK, date.fromisoformat(on))
    assert version is not None
    assert version.folder == folder


@pytest.mark.parametrize("on", ["2025-03-03", "2026-03-03"])
def test_both_want_the_report_by_the_last_of_may(on: str) -> None:
    assert opened(on).due("report_period") == f"{on[:4]}-05-31"


def test_only_a_check_of_2025_must_end_in_june() -> None:
    assert opened("2025-03-03").due("check_end_period") == "2025-06-30"
    assert "check_end_period" not in [limit.id for limit in opened("2026-03-03").law_at(date(2026, 3, 3)).first.limits]


def test_only_a_conclusion_of_2026_can_be_adjusted() -> None:
    new = {"grade": "unqualified", "reason": {"apart": "…"}, "approved_by": ["丙"]}
    adjusted = concluded("2026-03-03").take("adjust", "2026-04-01", **new)
    assert [event.event for event in adjusted.events] == ["conclusion_adjusted"]
    with pytest.raises(UnknownStep):
        concluded("2025-03-03").take("adjust", "2025-04-01", **new)


def test_only_a_check_of_2026_wants_a_reason_for_a_lower_grade() -> None:
    lower = {"grade": "basically", "fee_charged": False, "approved_by": ["丙"]}
    refused = {}
    for on in ("2025-03-03", "2026-03-03"):
        story = opened(on)
        story.take_or_fail("file_report", on, accounts=True, audited=False, certificate_copy=True)
        story.take_or_fail("review", on, items=["charter"], charter_deviation=False, serious_breach=False)
        refused[on] = [(r.gate, r.article) for r in story.take("conclude", on, **lower).refusals]
    assert refused["2025-03-03"] == []
    assert refused["2026-03-03"] == [("reason_for_lower_grade", "社会团体年度检查办法（本局已核）")]


def test_a_check_begun_in_2025_keeps_its_rules_in_2026() -> None:
    story = opened("2025-12-30")
    decision = story.take("conclude", "2026-01-05", grade="qualified", fee_charged=False, approved_by=["丙"])
    assert [r.article for r in decision.refusals] == ["社会团体年度检查暂行办法（本局已核）"]
    with pytest.raises(UnknownStep):
        story.take("exempt", "2026-01-05", ground="ended")


def test_a_change_of_the_new_rules_leaves_the_digest_of_the_old_ones(tmp_path: Path) -> None:
    changed = tmp_path / "law"
    shutil.copytree(law_root(), changed)
    with (changed / NEW / "procedure.toml").open("a", encoding="utf-8") as file:
        file.write("# 改了一个字\n")
    before, after = (dict(reversed(line.split()) for line in lock_text(load(root)).splitlines())
                     for root in (law_root(), changed))  # fmt: skip
    assert {folder for folder in before if before[folder] != after[folder]} == {NEW}
