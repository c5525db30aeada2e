"""The two example counties: 示例县 in 2024, 样例县 in 2025."""

from __future__ import annotations

from datetime import date

from fazheng.lawbook.load import LawBook
from tests.examples.governance import certificates, report_on, studies, yearly_publications
from tests.examples.lists import abnormal_listings, serious_listings, taken_over
from tests.examples.organisations import FOUNDATION, PRIVATE_UNIT, Organisation, organisations
from tests.examples.petitions import petitions
from tests.examples.powers import powers
from tests.examples.publicity import publicity
from tests.examples.sheets import Sheets
from tests.examples.yearly_checks import PROCEDURE, Plan, yearly_checks

PLACE = "示例县"
HEAD = "Z001"


def county_a(book: LawBook) -> Sheets:
    """577 organisations, checked; four on the serious list from listings of 2022; petitions, publicity."""
    sheets, year = Sheets(book), 2024
    known = organisations("示例县", "999001", 173, 404, until=date(year, 11, 29))
    _enter(sheets, known)
    due = [one for one in known if one.registered_on <= date(year - 1, 6, 30)]
    listed = [one for one in due if one.kind == PRIVATE_UNIT and one.registered_on < date(2020, 1, 1)][7:40:9]
    taken_over(sheets, listed)
    serious_listings(sheets, year, listed)
    checked = [one for one in due if one not in listed]
    unfiled = yearly_checks(sheets, year, [*checked, *listed], Plan(not_filed=18, late=9, basically=31, unqualified=11))
    abnormal_listings(sheets, year, [one for one in unfiled if one not in listed], mended=3)
    petitions(sheets, year, 14)
    publicity(sheets, year)
    report_on(sheets, year - 1, "示民发")
    yearly_publications(sheets, year - 1)
    studies(sheets, year)
    certificates(sheets, year, ["Z013", "Z014"])
    sheets.nothing(PROCEDURE[FOUNDATION], year, HEAD, date(year + 1, 1, 6))
    return sheets


def county_b(book: LawBook) -> Sheets:
    """108 organisations, all checked; 28 powers taken over as 37 items; nothing corrected by review or court."""
    sheets, year = Sheets(book), 2025
    known = organisations("样例县", "999002", 44, 63, 1, until=date(year - 1, 6, 27))
    _enter(sheets, known)
    yearly_checks(sheets, year, known, Plan(not_filed=0, late=2, basically=4, unqualified=1))
    powers(sheets)
    report_on(sheets, year - 1, "样民发")
    yearly_publications(sheets, year - 1)
    for procedure in ("penalty.ordinary", "penalty.summary", "petition", "npo.abnormal_list", "npo.serious_list",
                      "powers.change", "handover"):  # fmt: skip
        sheets.nothing(procedure, year, HEAD, date(year + 1, 1, 5))
    return sheets


def _enter(sheets: Sheets, known: list[Organisation]) -> None:
    for one in known:
        sponsor = {"sponsor": one.sponsor} if one.sponsor else {}
        sheets.enter(
            "social_organisation", one.registered_on, "（示例）登记档案",
            code=one.code, name=one.name, kind=_kind(one, sheets.book), registered_on=one.registered_on, **sponsor,
        )  # fmt: skip


def _kind(one: Organisation, book: LawBook) -> str:
    names = book.registers["social_organisation"].choices["npo_kind"]
    return next(id for id, name in names.items() if name == one.kind)
