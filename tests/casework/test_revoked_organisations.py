"""A revoked organisation stays on the register until it is cancelled: counted, told apart, granted little."""

from fazheng.casework.bureaux import Bureau
from fazheng.casework.writing import Act, Writing, writing
from fazheng.figures import count, recount, year
from fazheng.lawbook.load import load
from fazheng.report import compose, render
from tests.casework.desk import TODAY, day, do
from tests.casework.test_registrations import DESK, HEAD, OLD, SECTION, county, opened, revoked

__all__ = ["county"]  # a fixture
IDS = ["organisations.standing", "organisations.revoked", "organisations.liquidating"]


def stock(bureau: Bureau) -> list[object]:
    """在册, 已撤销吊销, 清算, at the end of the year, counted twice over."""
    law = load(place=bureau.place)
    once, again = ([figure.value for figure in how(bureau.code, law, year(2026), IDS)] for how in (count, recount))
    assert once == again
    return list(once)


def sentence(bureau: Bureau) -> str:
    page = render(compose(bureau.code, bureau.name, load(place=bureau.place), 2026, {}, today=day("2027-01-04")))
    return next(line for line in page.splitlines() if "在册社会组织" in line and "社会团体" in line)


def struck(act: Writing, code: str) -> None:
    case = revoked(act, code)
    do(act, case, "strike_registration", "2026-09-09", organisation=code)


def test_the_stock_counts_what_is_not_cancelled_and_says_how_much_of_it_is_revoked(county: Bureau) -> None:
    assert stock(county) == [3, 0, 0]
    assert "还没有开始清算的" not in sentence(county)
    with writing(county, today=TODAY) as act:
        struck(act, OLD[0])
    assert stock(county) == [3, 1, 0]
    assert "已被撤销登记、吊销登记证书，还没有开始清算的" in sentence(county)
    assert "正在清算、还没有注销的" not in sentence(county)
    with writing(county, today=TODAY) as act:
        opened(
            act, "npo.cancel", "2026-09-10", SECTION, organisation=OLD[0], kind="association", ground="revoked",
            guided=True,
        )  # fmt: skip
    assert stock(county) == [3, 0, 1]
    assert "正在清算、还没有注销的" in sentence(county)


def test_a_revoked_organisation_changes_only_what_its_liquidation_needs(county: Bureau) -> None:
    with writing(county, today=TODAY) as act:
        struck(act, OLD[0])
        tried = []
        for needed in (False, True):
            case = opened(
                act, "npo.change", "2026-09-10", DESK, organisation=OLD[0], kind="association", items=["name"],
                direct=True, new_name="示例联合会", for_liquidation=needed, fee_charged=False,
            )  # fmt: skip
            do(act, case, "accept", "2026-09-10", DESK, sealed=True)
            do(act, case, "assess", "2026-09-11", SECTION, reviewers=[SECTION], conditions_met=True)
            done = act.do(case, "approve", Act(day("2026-09-14"), HEAD, {}))
            tried.append([refusal.gate for refusal in done.decision.refusals])
    assert tried == [["only_for_liquidation"], []]
