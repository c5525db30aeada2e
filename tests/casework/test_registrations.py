"""Registration decisions move the rows they decide on, so that the stock in the report is counted, not kept by hand."""

from pathlib import Path
from typing import Any

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.writing import Act, Done, Writing, writing
from fazheng.figures import count, recount, year
from fazheng.lawbook.load import load
from fazheng.procedure.identifiers import org_code
from fazheng.register import row_on
from tests.casework.desk import TODAY, bureau_at_work, day, do, enter, sound
from tests.publication.penalties import decided

DESK, SECTION, HEAD = "癸", "庚", "丙"
OLD = [org_code(f"51999900MJX00100{n}") for n in range(1, 4)]  # associations taken over
NEW = org_code("51999900MJX002001")
REGISTER, CHARITY, LICENCE = "social_organisation", "charity", "fundraising"
APPLIED: dict[str, Any] = {
    "kind": "association",
    "name": "示例县示例协会",
    "as_charity": False,
    "founders": "示例某等",
    "purpose": "行业交流",
    "direct": False,
    "sponsor": "示例县农业农村局",
    "person_members": 52,
    "unit_members": 0,
    "members": 52,
    "funds": 3000000,
    "national_name": False,
    "fee_charged": False,
    "receipt_given": True,
}
PAPERS = ["application", "sponsor", "capital", "premises", "people", "charter"]


@pytest.fixture
def county(home: Path) -> Bureau:
    """The bureau with three associations of 2020."""
    bureau = bureau_at_work()
    with writing(bureau, today=TODAY) as act:
        enter(act, "staff", "2020-01-01", code=SECTION, name="示例庚", roles=["npo_section"])
        enter(act, "staff", "2020-01-01", code=DESK, name="示例癸", roles=["window"])
        for n, code in enumerate(OLD):
            row = {"code": code, "name": f"示例旧协会{n}", "kind": "association", "registered_on": "2020-05-06"}
            assert enter(act, REGISTER, "2020-05-06", "丙", **row) == []
    return bureau


def standing(bureau: Bureau, number: int = 2026) -> int | None:
    """Associations that stand at the end of the year, counted twice over."""
    law, ids = load(place=bureau.place), ["organisations.associations"]
    once, again = (how(bureau.code, law, year(number), ids)[0].value for how in (count, recount))
    assert once == again
    assert once is None or isinstance(once, int)
    return once


def row(bureau: Bureau, register: str, code: str, on: str) -> dict[str, Any] | None:
    found = row_on(bureau.code, register, code, day(on))
    return dict(found.data) if found else None


def opened(act: Writing, procedure: str, on: str, by: str, **data: Any) -> str:
    return sound(act.open(procedure, Act(day(on), by, data))).case_id


def founded(act: Writing, **applied: Any) -> str:
    case = opened(act, "npo.register", "2026-03-02", DESK, **{**APPLIED, **applied})
    do(act, case, "accept", "2026-03-04", DESK, papers=PAPERS, sealed=True)
    do(act, case, "assess", "2026-03-12", SECTION, reviewers=[SECTION], conditions_met=True, charity_conditions=True)
    step = "register_charity" if applied.get("as_charity") else "register"
    do(act, case, step, "2026-03-26", HEAD, code=NEW, charter_version="2026年章程")
    return case


def renamed(act: Writing, code: str) -> None:
    case = opened(
        act, "npo.change", "2026-04-07", DESK, organisation=code, kind="association", items=["name"],
        direct=True, new_name="示例联合会", fee_charged=False,
    )  # fmt: skip
    do(act, case, "accept", "2026-04-07", DESK, sealed=True)
    do(act, case, "assess", "2026-04-08", SECTION, reviewers=[SECTION], conditions_met=True)
    do(act, case, "approve", "2026-04-10", HEAD)


def cancelled(act: Writing, code: str) -> None:
    case = opened(
        act, "npo.cancel", "2026-05-11", SECTION, organisation=code, kind="association", ground="dissolved",
        guided=True,
    )  # fmt: skip
    do(act, case, "end_liquidation", "2026-06-15", SECTION, other_activity=False)
    do(act, case, "apply", "2026-06-18", DESK, direct=True, application_signed=True, sponsor_opinion=False,
       report=True, surplus_settled=True)  # fmt: skip
    do(act, case, "approve", "2026-07-01", HEAD)


def recognised(act: Writing, code: str) -> None:
    case = opened(
        act, "charity.recognise", "2026-03-02", DESK, organisation=code, council_voted=True, charter_surplus=True,
        spending_fits=True, fee_charged=False,
    )  # fmt: skip
    do(act, case, "accept", "2026-03-03", DESK, sealed=True)
    do(act, case, "assess", "2026-03-06", SECTION, reviewers=[SECTION], charitable=True, sound=True)
    do(act, case, "recognise", "2026-03-12", HEAD)


def licensed(act: Writing, code: str) -> Done:
    case = opened(
        act, "fundraising.licence", "2026-04-01", DESK, organisation=code, direct=False, related_third=True,
        fee_charged=False,
    )  # fmt: skip
    accepted = do(act, case, "accept", "2026-04-01", DESK, sealed=True)
    do(act, case, "assess", "2026-04-02", SECTION, reviewers=[SECTION], governance=True, orderly=True)
    do(act, case, "grant", "2026-04-08", HEAD, certificate_no="示募第一号")
    return accepted


def test_a_founding_adds_one_to_the_stock_and_a_cancellation_takes_one_away(county: Bureau) -> None:
    assert standing(county) == 3
    with writing(county, today=TODAY) as act:
        founded(act)
    assert standing(county) == 4
    with writing(county, today=TODAY) as act:
        cancelled(act, OLD[0])
    assert standing(county) == 3
    assert standing(county, 2025) == 3
    assert row(county, REGISTER, NEW, "2026-03-25") is None
    assert row(county, REGISTER, NEW, "2026-03-26") == {
        "code": NEW,
        "name": "示例县示例协会",
        "kind": "association",
        "registered_on": "2026-03-26",
        "sponsor": "示例县农业农村局",
        "status": "registered",
        "charter_version": "2026年章程",
    }


def test_liquidation_shows_in_the_row_until_it_is_struck(county: Bureau) -> None:
    with writing(county, today=TODAY) as act:
        cancelled(act, OLD[0])
    liquidating = row(county, REGISTER, OLD[0], "2026-06-01")
    assert liquidating is not None
    assert liquidating["status"] == "liquidating"
    assert row(county, REGISTER, OLD[0], "2026-07-01") is None


def test_a_change_alters_only_what_was_applied_for(county: Bureau) -> None:
    before = row(county, REGISTER, OLD[1], "2026-04-09")
    with writing(county, today=TODAY) as act:
        renamed(act, OLD[1])
    assert before is not None
    assert row(county, REGISTER, OLD[1], "2026-04-10") == {**before, "name": "示例联合会"}
    assert standing(county) == 3


def test_a_charity_stands_in_both_registers_and_leaves_both(county: Bureau) -> None:
    with writing(county, today=TODAY) as act:
        recognised(act, OLD[0])
        accepted = licensed(act, OLD[0])
    assert [warning.gate for warning in accepted.decision.warnings] == ["charity_one_year"]  # half read: it warns
    since = row(county, CHARITY, OLD[0], "2026-05-01")
    assert since is not None
    assert (since["since"], since["by"]) == ("2026-03-12", "recognised")
    told = row(county, REGISTER, OLD[0], "2026-05-01")
    assert told is not None
    assert (told["charity"], told["public_fundraising"]) == (True, True)
    assert row(county, LICENCE, OLD[0], "2026-04-07") is None
    with writing(county, today=TODAY) as act:
        cancelled(act, OLD[0])
    assert [row(county, register, OLD[0], "2026-07-01") for register in (REGISTER, CHARITY, LICENCE)] == [None] * 3


def revoked(act: Writing, code: str) -> str:
    case = decided(act, filed={"organisation": code}, kinds=["revoke_registration"])
    do(act, case, "serve_decision", "2026-09-08", happened=True, service_method="direct")
    return case


def test_a_registration_revoked_by_a_penalty_stands_until_it_is_liquidated_and_cancelled(county: Bureau) -> None:
    with writing(county, today=TODAY) as act:
        recognised(act, OLD[0])
        licensed(act, OLD[0])
        case = revoked(act, OLD[0])
        other = act.do(case, "strike_registration", Act(day("2026-09-09"), "甲", {"organisation": OLD[1]}))
        do(act, case, "strike_registration", "2026-09-09", organisation=OLD[0])
    assert [refusal.gate for refusal in other.decision.refusals] == ["struck_is_the_party"]
    told = row(county, REGISTER, OLD[0], "2026-09-09")
    assert told is not None
    assert (told["status"], told["charity"], told["public_fundraising"]) == ("revoked", True, False)
    assert told["name"] == "示例旧协会0"
    assert row(county, CHARITY, OLD[0], "2026-09-09") is not None
    assert row(county, LICENCE, OLD[0], "2026-09-08") is not None
    assert row(county, LICENCE, OLD[0], "2026-09-09") is None
    with writing(county, today=TODAY) as act:
        cancelling = opened(
            act, "npo.cancel", "2026-09-10", SECTION, organisation=OLD[0], kind="association", ground="revoked",
            guided=True,
        )  # fmt: skip
        do(act, cancelling, "end_liquidation", "2026-09-11", SECTION, other_activity=False)
        papers = {"direct": True, "application_signed": True, "sponsor_opinion": False, "report": True}
        do(act, cancelling, "apply", "2026-09-14", DESK, **papers, surplus_settled=False)
        early = act.do(cancelling, "approve", Act(day("2026-09-15"), HEAD, {}))
    assert [refusal.gate for refusal in early.decision.refusals] == ["charity_surplus_settled"]
    assert standing(county) == 3
    with writing(county, today=TODAY) as act:
        applied = act.case(cancelling)[1].last("cancellation_applied")
        assert applied is not None
        put_right = {"entry": applied.version, "reason": "剩余财产已经转出", "surplus_settled": True}
        do(act, cancelling, "correct", "2026-09-15", DESK, **put_right)
        do(act, cancelling, "approve", "2026-09-16", HEAD)
    assert [row(county, register, OLD[0], "2026-09-16") for register in (REGISTER, CHARITY, LICENCE)] == [None] * 3
    assert standing(county) == 2


def test_what_comes_after_a_row_was_struck_does_not_bring_it_back(county: Bureau) -> None:
    with writing(county, today=TODAY) as act:
        recognised(act, OLD[0])
        case = licensed(act, OLD[0]).case_id
        cancelled(act, OLD[0])
        do(act, case, "end", "2026-07-06", SECTION, ground="cancelled")
    assert row(county, REGISTER, OLD[0], "2026-07-06") is None
    assert standing(county) == 2
    live = dump(county.code)
    rebuild(county)
    assert dump(county.code) == live


def test_who_may_raise_funds_by_another_law_is_no_social_organisation_by_that(county: Bureau) -> None:
    with writing(county, today=TODAY) as act:
        case = opened(
            act, "fundraising.licence", "2026-04-01", DESK, organisation=NEW, direct=True, basis="红十字会法",
            related_third=True, fee_charged=False,
        )  # fmt: skip
        do(act, case, "accept", "2026-04-02", DESK, sealed=True)
        do(act, case, "grant_directly", "2026-04-08", HEAD, certificate_no="示募第二号")
    assert row(county, LICENCE, NEW, "2026-04-08") == {
        "code": NEW,
        "since": "2026-04-08",
        "certificate_no": "示募第二号",
    }
    assert row(county, REGISTER, NEW, "2026-04-08") is None
    assert standing(county) == 3
    with writing(county, today=TODAY) as act:
        do(act, case, "end_directly", "2026-05-06", SECTION, ground="cancelled")
    assert [row(county, register, NEW, "2026-05-06") for register in (LICENCE, REGISTER)] == [None, None]


def test_the_rows_are_the_same_when_the_book_is_read_again(county: Bureau) -> None:
    with writing(county, today=TODAY) as act:
        founded(act, as_charity=True)
        recognised(act, OLD[0])
        renamed(act, OLD[1])
        cancelled(act, OLD[2])
    live = dump(county.code)
    rebuild(county)
    assert dump(county.code) == live


def test_a_foundation_is_not_accepted_here(county: Bureau) -> None:
    with writing(county, today=TODAY) as act:
        case = opened(act, "npo.register", "2026-03-02", DESK, **{**APPLIED, "kind": "foundation"})
        done = act.do(case, "accept", Act(day("2026-03-04"), DESK, {"papers": PAPERS, "sealed": True}))
    assert [refusal.gate for refusal in done.decision.refusals] == ["no_foundation_here"]
