"""An officer's certificate, a fine on the spot and the yearly report, worked in the example county by the real law."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.writing import Act, Writing, writing
from fazheng.figures import count, recount, year
from fazheng.lawbook.load import load
from fazheng.register import row_on
from tests.casework.desk import TODAY, bureau_at_work, day, do, enter, sound

NEW, PERSONNEL, LEGAL, SECRECY = "庚", "壬", "癸", "子"
SHOWN: dict[str, Any] = {
    "matter": "在公墓以外焚烧祭祀用品",
    "party_kind": "adult",
    "party": "示例当事人",
    "place": "示例村",
    "facts": "…",
    "officers": [NEW, "甲"],
    "credential_shown": True,
}
DECIDED: dict[str, Any] = {
    "facts_certain": True,
    "kinds": ["fine"],
    "fine": 5000,
    "basis": "…",
    "heavier": False,
    "document_no": "示民当罚〔2026〕1号",
    "contents_stated": True,
    "remedies_stated": True,
    "review_first_told": True,
    "signed": True,
    "publishable": False,
}


@pytest.fixture
def bureau(home: Path) -> Bureau:
    """The bureau of 示例县, and an officer who has no certificate yet."""
    made = bureau_at_work()
    with writing(made, today=TODAY) as act:
        enter(act, "staff", "2020-01-01", code=NEW, name="示例庚", roles=["officer"])
        enter(act, "staff", "2020-01-01", code=PERSONNEL, name="示例壬", roles=["personnel"])
        enter(act, "staff", "2020-01-01", code=LEGAL, name="示例癸", roles=["legal_office"])
        enter(act, "staff", "2020-01-01", code=SECRECY, name="示例子", roles=["secrecy_reviewer"])
    return made


def certified(act: Writing) -> str:
    """The case by which 庚 gets a certificate on 2 March 2026."""
    opened = {"holder": [NEW], "on_staff": True, "post": "殡葬执法"}
    case = sound(act.open("officer.certificate", Act(day("2026-01-05"), PERSONNEL, opened))).case_id
    do(act, case, "train", "2026-01-20", PERSONNEL, subject="行政处罚法", hours=16)
    do(act, case, "pass_exam", "2026-02-10", PERSONNEL, common_law=True, own_law=True, exam_organiser="示例省司法厅")
    do(act, case, "issue", "2026-03-02", PERSONNEL, certificate_kind="enforcement", certificate_no="示例证001",
       certificate_from="2026-03-02", certificate_until="2031-03-01", issuer="示例省人民政府")  # fmt: skip
    return case


def refused(act: Writing, on: str) -> list[str]:
    """The gates that refuse 庚 a fine on the spot that day; none where the case was opened."""
    done = act.open("penalty.summary", Act(day(on), NEW, SHOWN))
    return sorted({refusal.gate for refusal in done.decision.refusals})


def figures(bureau: Bureau, of: int, *ids: str) -> list[int | Decimal | None]:
    """The figures of a year in the order asked, on which both readers agree."""
    law, period = load(place=bureau.place), year(of)
    found = {value.id: value.value for value in count(bureau.code, law, period, ids)}
    assert found == {value.id: value.value for value in recount(bureau.code, law, period, ids)}
    return [found[id] for id in ids]


def test_a_case_gives_suspends_returns_and_takes_the_certificate_that_steps_ask_for(bureau: Bureau) -> None:
    with writing(bureau, today=TODAY) as act:
        assert refused(act, "2026-02-02") == ["certificate"]
        case = certified(act)
        assert refused(act, "2026-02-27") == ["certificate"]
        assert refused(act, "2026-03-02") == []
        do(act, case, "suspend", "2026-05-06", "丙", ground="investigation", reason="…", valid_to="2026-05-05")
        assert refused(act, "2026-05-06") == ["certificate"]
        do(act, case, "return_certificate", "2026-06-01", "丙", certificate_until="2031-03-01")
        assert refused(act, "2026-06-01") == []
    with writing(bureau, today=TODAY) as act:
        do(act, case, "take_back", "2026-09-01", "丙", ground="transferred", valid_to="2026-08-31")
        assert refused(act, "2026-09-01") == ["certificate"]
    row = row_on(bureau.code, "staff", NEW, day("2026-07-01"))
    assert row is not None
    assert (row.data["certificate_no"], row.data["certificate_until"]) == ("示例证001", "2031-03-01")
    live = dump(bureau.code)
    rebuild(bureau, today=TODAY)
    assert dump(bureau.code) == live
    told = figures(bureau, 2026, "officer.issued", "officer.withdrawn", "officer.valid", "officer.suspended")
    assert told == [1, 1, 0, 1]


def test_no_date_typed_makes_a_certificate_that_was_taken_away_valid(bureau: Bureau) -> None:
    with writing(bureau, today=TODAY) as act:
        case = certified(act)
        do(act, case, "suspend", "2026-05-06", "丙", ground="discipline", reason="…", valid_to="2099-12-31")
        assert refused(act, "2026-05-06") == ["certificate"]
        do(act, case, "return_certificate", "2026-06-01", "丙", certificate_until="2099-12-31")
        assert refused(act, "2026-06-01") == []
        do(act, case, "take_back", "2026-09-01", "丙", ground="retired", valid_to="2099-12-31")
        assert refused(act, "2026-09-01") == ["certificate"]
    row = row_on(bureau.code, "staff", NEW, TODAY)
    assert row is not None
    assert row.data["certificate_until"] == "2031-03-01"  # a return is no renewal


def test_who_is_recorded_as_lapsed_acts_no_more(bureau: Bureau) -> None:
    with writing(bureau, today=TODAY) as act:
        case = certified(act)
        do(act, case, "record_lapse", "2026-06-01", PERSONNEL)
        assert refused(act, "2026-06-01") == ["certificate"]


def test_officers_are_counted_on_the_last_day_of_the_year(bureau: Bureau) -> None:
    with writing(bureau, today=TODAY) as act:
        certified(act)
    ids = ("officer.on_roster", "officer.with_certificate", "officer.issued", "officer.valid", "officer.training_hours")
    assert figures(bureau, 2026, *ids) == [3, 1, 1, 1, 16]
    assert figures(bureau, 2025, *ids[:2]) == [3, 0]


def test_a_fine_on_the_spot_is_counted_with_what_was_late(bureau: Bureau) -> None:
    with writing(bureau, today=TODAY) as act:
        certified(act)
        case = sound(act.open("penalty.summary", Act(day("2026-09-01"), NEW, SHOWN))).case_id
        do(act, case, "notify_on_spot", "2026-09-01", proposed_kinds=["fine"], proposed_fine=5000, content_told=True,
           rights_told=True)  # fmt: skip
        do(act, case, "waive_statement", "2026-09-01")
        do(act, case, "decide_on_spot", "2026-09-01", **DECIDED)
        do(act, case, "deliver", "2026-09-01", on_spot=True, signing_refused=False)
        do(act, case, "collect_on_spot", "2026-09-01", ground="small", amount=5000, receipt_given=True, on_water=False)
        do(act, case, "report_to_bureau", "2026-09-02")
        do(act, case, "hand_in", "2026-09-04", amount=5000)
    names = ("decided", "fined", "collected", "reported", "cash_late", "with_defect")
    assert figures(bureau, 2026, *(f"penalty_summary.{name}" for name in names)) == [1, 5000, 1, 1, 1, 0]


@pytest.mark.parametrize(("filed_on", "on_time"), [("2026-02-27", 1), ("2026-03-02", 0)])
def test_last_years_report_is_filed_in_time_or_late(bureau: Bureau, filed_on: str, on_time: int) -> None:
    asked = {"year": 2025, "cut_off": "2025-12-31", "early": True, "sections": "各科室"}
    with writing(bureau, today=TODAY) as act:
        case = sound(act.open("annual_report", Act(day("2025-12-08"), LEGAL, asked))).case_id
        do(act, case, "answer_section", "2026-01-06", section="救助股", nothing=True, signed_by=["甲"])
        do(act, case, "draft_report", "2026-01-12", LEGAL, has_measures=True, has_shortcomings=True,
           has_first_person=True, has_next_year=True)  # fmt: skip
        do(act, case, "check_legality", "2026-01-13", "己", figures_traced=True, laws_current=True,
           years_consistent=True)  # fmt: skip
        do(act, case, "check_secrecy", "2026-01-14", SECRECY, publishable=True)
        do(act, case, "approve_collectively", "2026-01-20", "丙", attendees=["丙", "辛"])
        do(act, case, "sign_report", "2026-01-21", "丙")
        do(act, case, "number_report", "2026-01-21", document_no="示民发〔2026〕3号")
        do(act, case, "file_report", filed_on, recipients=["party_committee", "government", "superior"],
           copies=["rule_of_law_office"])  # fmt: skip
        do(act, case, "publish_report", "2026-03-20", platform="示例县人民政府网站")
    ids = [f"annual_report.{name}" for name in ("filed", "filed_on_time", "filing_late", "published_on_time")]
    assert figures(bureau, 2026, *ids) == [1, on_time, 1 - on_time, 1]
