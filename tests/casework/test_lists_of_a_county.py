"""A county's credit lists: stock of 2022 taken over, put on the serious list in 2024 by a person, step by step."""

from pathlib import Path
from typing import Any

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.registers import enter_row, strike_row
from fazheng.casework.writing import Act, Done, Writing, writing
from fazheng.figures import FigureValue, count, recount, year
from fazheng.lawbook.load import load
from fazheng.procedure.identifiers import org_code
from fazheng.procedure.outlook import suggestions
from fazheng.register import row_on, rows_on
from fazheng.report import compose
from fazheng.report.flow import flow
from tests.casework.desk import TODAY, book, bureau_at_work, data_of, day, do, enter, sound

# private units (52…), listed by decisions of 2022 that are older than the book
STOCK = dict(
    zip(
        (org_code(f"52999900MJX00000{n}") for n in range(1, 5)),
        ("2022-03-10", "2022-04-01", "2022-05-12", "2022-06-20"),
        strict=True,
    )
)
TOO_YOUNG = org_code("52999900MJX000005")
ORDINANCE = "社会组织信用信息管理办法（本局已核）"
SECTION, CLERK, HEAD, REVIEWER = "庚", "癸", "丙", "己"
FOUND: dict[str, Any] = {
    "ground": "two_years_abnormal",
    "facts": "列入活动异常名录以来没有履行",
    "evidence": "名录、催告单",
}


@pytest.fixture
def county(home: Path) -> Bureau:
    """The bureau of 示例县 with the five private units it took over."""
    bureau = bureau_at_work()
    with writing(bureau, today=TODAY) as act:
        enter(act, "staff", "2018-01-24", code=SECTION, name="示例庚", roles=["npo_section"])
        enter(act, "staff", "2018-01-24", code=CLERK, name="示例癸", roles=["credit_clerk"])
        for code, listed_on in {**STOCK, TOO_YOUNG: "2023-06-01"}.items():
            take_over(act, code, listed_on)
    return bureau


def take_over(act: Writing, code: str, listed_on: str) -> None:
    row = {
        "code": code,
        "ground": "report_missed",
        "listed_on": listed_on,
        "paper": f"示民异决字〔{listed_on[:4]}〕3号",
    }
    taken = Act(day(listed_on), SECTION, row, paper="列入决定书存档件", source="旧台账：活动异常名录")
    assert enter_row(act, "abnormal_list", taken) == ()


def found(act: Writing, code: str, on: str, **data: Any) -> Done:
    """The verification that opens a case of the serious list."""
    return act.open("npo.serious_list", Act(day(on), SECTION, {"organisation": code, **FOUND, **data}))


def noticed(act: Writing, code: str) -> str:
    """A case of which notice was given on 2 July 2024; the ten working days are over on the 16th."""
    case = sound(found(act, code, "2024-07-01")).case_id
    do(act, case, "give_notice", "2024-07-02", SECTION, facts_told=True, rights_told=True, receipt="回证")
    return case


def reviewed(act: Writing, case: str) -> None:
    do(act, case, "pass_legal_review", "2024-07-17", REVIEWER, opinion="可以列入")


def listing(act: Writing, case: str, on: str = "2024-07-17") -> Done:
    return act.do(case, "list", Act(day(on), HEAD, {"reason": "满二年没有履行", "remedies_told": True}))


def listed(act: Writing, code: str, *, heard: bool = False, entered_on: str = "2024-07-19") -> str:
    """The whole procedure, to entry and publication."""
    case = noticed(act, code)
    if heard:
        do(act, case, "record_statement", "2024-07-05", SECTION, statement="正在补报")
        do(act, case, "review_statement", "2024-07-08", SECTION, answered_each=True, upheld=False, opinion="未补报")
    reviewed(act, case)
    sound(listing(act, case))
    do(act, case, "record_sanction", "2024-07-18", SECTION, sanction="no_funding", taken_by="示例县民政局",
       proportion="与失信程度相当")  # fmt: skip
    do(act, case, "publish", "2024-07-19", CLERK, channel="社会组织信息平台")
    do(act, case, "enter_credit", entered_on, CLERK)
    return case


def all_four(bureau: Bureau) -> list[str]:
    with writing(bureau, today=TODAY) as act:
        cases = []
        for n, code in enumerate(STOCK):
            cases.append(listed(act, code, heard=n == 1, entered_on="2024-07-25" if n == 3 else "2024-07-19"))
    return cases


def gates(done: Done) -> list[str]:
    return [refusal.gate for refusal in done.decision.refusals]


def figures(bureau: Bureau, number: int, *ids: str) -> dict[str, FigureValue]:
    """The figures of a year, counted twice over."""
    law = load(place=bureau.place)
    counted = count(bureau.code, law, year(number), ids)
    again = recount(bureau.code, law, year(number), ids)
    assert [(value.id, value.value, value.rows) for value in counted] == [(v.id, v.value, v.rows) for v in again]
    return {value.id: value for value in counted}


def test_four_units_of_2022_are_put_on_the_serious_list_of_2024(county: Bureau) -> None:
    cases = all_four(county)
    told = figures(
        county, 2024, "serious.listed", "serious.after_two_years", "serious.standing", "serious.heard",
        "serious.sanctions", "serious.entered_late", "serious.removed", "abnormal.standing",
    )  # fmt: skip
    assert {id: value.value for id, value in told.items()} == {
        "serious.listed": 4,
        "serious.after_two_years": 4,
        "serious.heard": 1,
        "serious.removed": 0,
        "serious.standing": 4,
        "serious.sanctions": 4,
        "serious.entered_late": 1,
        "abnormal.standing": 1,  # the one of 2023
    }
    assert list(told["serious.listed"].rows) == cases
    assert list(told["serious.entered_late"].rows) == cases[3:]
    assert [row.key for row in rows_on(county.code, "serious_list", day("2024-07-17"))] == sorted(STOCK)
    assert [row.key for row in rows_on(county.code, "abnormal_list", day("2024-07-17"))] == [TOO_YOUNG]
    assert [row.key for row in rows_on(county.code, "abnormal_list", day("2024-07-16"))] == sorted([*STOCK, TOO_YOUNG])
    code = next(iter(STOCK))
    row = row_on(county.code, "serious_list", code, day("2024-12-31"))
    assert row is not None
    assert row.data == {"code": code, "ground": "two_years_abnormal", "listed_on": "2024-07-17", "in_book": True}


def test_what_stood_and_what_came_and_went_make_what_stands(county: Bureau) -> None:
    all_four(county)
    ids = ("abnormal.standing", "abnormal.came", "abnormal.went", "serious.came", "serious.went")
    of_year = {number: [figures(county, number, *ids)[id].value for id in ids] for number in (2022, 2023, 2024)}
    assert of_year[2022][:3] == [4, 4, 0]
    assert of_year[2023][:3] == [5, 1, 0]
    assert of_year[2024] == [1, 0, 4, 4, 0]


def test_the_lists_are_never_counted_as_penalties(county: Bureau) -> None:
    all_four(county)
    assert {value.value for value in figures(county, 2024, "penalty.filed", "penalty.decided").values()} == {None}


def test_the_report_says_four_and_names_the_late_entry_as_a_shortcoming(county: Bureau) -> None:
    all_four(county)
    composed = compose(county.code, county.name, load(place=county.place), 2024, {})
    said = {block.under.split("·")[0]: "" for block in flow(composed)}
    for block in flow(composed):
        said[block.under.split("·")[0]] += block.text
    assert (
        "经告知、听取意见和审核，将4家社会组织列入严重违法失信名单，其中因在活动异常名录满二年列入4家；"
        "提出陈述、申辩并经复核1家；登记惩戒措施4项。"
    ) in said["主要举措和成效"]
    assert "有1件严重违法失信名单信息没有按期录入" in said["存在的不足和原因"]
    assert "在严重违法失信名单的4家，年内进入4家。" in said["其他需要报告的情况"]


def test_a_stock_row_says_where_it_was_taken_from(county: Bureau) -> None:
    code, listed_on = next(iter(STOCK.items()))
    (entry,) = book(county, f"abnormal_list:{code}")
    assert (entry.happened_on, entry.source) == (listed_on, "旧台账：活动异常名录")
    assert data_of(entry)["row"]["listed_on"] == listed_on
    assert "paper" in data_of(entry)
    told = figures(county, 2022, "abnormal.standing", "abnormal.listed")
    assert told["abnormal.standing"].value == 4
    assert told["abnormal.listed"].value is None  # no procedure was run: stock is no listing of that year


def test_a_unit_listed_in_june_2023_is_refused_with_the_article(county: Bureau) -> None:
    with writing(county, today=TODAY) as act:
        done = found(act, TOO_YOUNG, "2024-07-01")
        assert gates(done) == ["two_years_on_the_abnormal_list"]
        assert [refusal.article for refusal in done.decision.refusals] == [ORDINANCE]
        assert gates(found(act, TOO_YOUNG, "2025-06-01")) == ["two_years_on_the_abnormal_list"]
        assert not found(act, TOO_YOUNG, "2025-06-03").refused


def test_without_the_stock_row_the_listing_is_refused(county: Bureau) -> None:
    code = next(iter(STOCK))
    with writing(county, today=TODAY) as act:
        case = noticed(act, code)
        reviewed(act, case)
        struck = Act(day("2024-07-16"), SECTION, {}, paper="移出决定书存档件", source="旧台账：活动异常名录")
        assert strike_row(act, "abnormal_list", code, struck) == ()
        assert gates(listing(act, case)) == ["two_years_on_the_abnormal_list"]
        assert gates(found(act, code, "2024-07-17")) == ["two_years_on_the_abnormal_list"]


def test_nobody_is_listed_unnoticed_unheard_or_unreviewed(county: Bureau) -> None:
    code = next(iter(STOCK))
    with writing(county, today=TODAY) as act:
        case = sound(found(act, code, "2024-07-01")).case_id
        assert gates(listing(act, case)) == ["after", "organisation_heard", "legal_review"]
        do(act, case, "give_notice", "2024-07-02", SECTION, facts_told=True, rights_told=True, receipt="回证")
        assert gates(listing(act, case, "2024-07-16")) == ["organisation_heard", "legal_review"]
        assert gates(listing(act, case)) == ["legal_review"]
    assert row_on(county.code, "serious_list", code, day("2024-12-31")) is None


def test_a_listing_entered_by_mistake_gives_the_abnormal_row_back(county: Bureau) -> None:
    code = next(iter(STOCK))
    with writing(county, today=TODAY) as act:
        case = noticed(act, code)
        reviewed(act, case)
        sound(listing(act, case))
    assert row_on(county.code, "abnormal_list", code, day("2024-08-01")) is None
    (entry,) = [entry for entry in book(county, case) if entry.event == "listed_serious"]
    with writing(county, today=TODAY) as act:
        do(act, case, "withdraw", "2024-07-19", HEAD, entry=entry.version, reason="记错")
    assert row_on(county.code, "serious_list", code, day("2024-08-01")) is None
    back = row_on(county.code, "abnormal_list", code, day("2024-08-01"))
    assert back is not None
    assert back.data["listed_on"] == STOCK[code]


def test_a_listing_of_the_book_is_suggested_after_two_years_linked_and_closed(county: Bureau) -> None:
    code = org_code("52999900MJX000006")
    with writing(county, today=TODAY) as act:
        abnormal = sound(
            act.open(
                "npo.abnormal_list",
                Act(day("2022-03-01"), SECTION, {"organisation": code, "ground": "report_missed", "report_year": 2020,
                                                 "facts": "未报送", "evidence": "未报名单"}),
            )
        ).case_id  # fmt: skip
        do(act, abnormal, "give_notice", "2022-03-02", SECTION, facts_told=True, rights_told=True)
        do(act, abnormal, "list", "2022-03-10", HEAD, to_rectify=True, reason="未报送", remedies_told=True)
        law, case = act.case(abnormal)
        for on, opened in (("2024-03-11", []), ("2024-03-12", ["npo.serious_list"])):
            assert [s.opens for s in suggestions(law, case, day(on), act.surroundings())] == opened
        assert gates(found(act, code, "2024-07-01")) == ["two_years_on_the_abnormal_list"]  # the case is to be named
        serious = sound(found(act, code, "2024-07-01", source_case=abnormal)).case_id
        do(act, serious, "give_notice", "2024-07-02", SECTION, facts_told=True, rights_told=True, receipt="回证")
        reviewed(act, serious)
        assert gates(act.do(abnormal, "escalate", Act(day("2024-07-17"), HEAD, {}))) == ["serious_listed_first"]
        sound(listing(act, serious))
        do(act, abnormal, "escalate", "2024-07-18", HEAD)
    assert row_on(county.code, "abnormal_list", code, day("2024-07-17")) is None
    told = figures(county, 2024, "abnormal.frozen", "serious.listed")
    assert [value.value for value in told.values()] == [0, 1]


def test_tables_made_again_from_the_entries_are_the_same(county: Bureau) -> None:
    all_four(county)
    live = dump(county.code)
    rebuild(county, today=TODAY)
    assert dump(county.code) == live
