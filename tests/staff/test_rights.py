"""权限: the table as a matrix of roles, pages and commands, and who reads which case."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fazheng.lawbook.load import load
from fazheng.lawbook.procedure import Procedure
from fazheng.staff import Person, Roster
from fazheng.staff.rights import (
    ADMINISTRATORS,
    COMMANDS,
    HEAD,
    OFFICE,
    PAGES,
    REVIEWER,
    Reach,
    Seen,
    Viewer,
    may_do,
    may_open,
    may_take,
    reach,
    viewer,
)
from fazheng.staff.roster import Term

MATRIX = Path(__file__).parent / "matrix.txt"
BOOK = load()
ROLES = BOOK.registers["staff"].choices["role"]
PENALTY = BOOK.procedures["penalty.ordinary"][-1]
DAY, NOBODY = date(2026, 3, 2), Seen()


def holding(*roles: str, code: str = "甲", sections: tuple[str, ...] = ()) -> Viewer:
    """Somebody with these roles, in a bureau where every administrator is appointed."""
    business = frozenset(roles) - ADMINISTRATORS
    return Viewer(code, business, frozenset(sections), frozenset(roles) & ADMINISTRATORS)


def reads(who: Viewer, version: Procedure, seen: Seen = NOBODY, sections: tuple[str, ...] = ()) -> bool:
    return reach(who, version, seen, sections) is Reach.WHOLE


def rows() -> Iterator[str]:
    yield "# 谁能打开哪些页面（p），办哪些不属于案件步骤的事（d）；没有列出的一律不能。"
    yield "# 写法：UPDATE=1 python -m pytest tests/staff"
    yield "# * 有角色的人都能；业务 = 三员以外的所有角色"
    width = max(map(len, (*PAGES, *COMMANDS)))
    work = [role for role in ROLES if role not in ADMINISTRATORS]
    for kind, table, may in (("p", PAGES, may_open), ("d", COMMANDS, may_do)):
        for name in table:
            able = [role for role in ROLES if may(holding(role), name)]
            if set(able) >= set(work):
                able = ["*"] if len(able) == len(ROLES) else ["业务", *able[len(work) :]]
            yield f"{kind} {name:<{width}}  {' '.join(able)}"


def test_the_matrix_of_roles_pages_and_commands_is_as_it_was_read_over() -> None:
    said = "\n".join(rows()) + "\n"
    if os.environ.get("UPDATE"):
        MATRIX.write_text(said, "utf-8")
    assert said == MATRIX.read_text("utf-8")


@pytest.mark.parametrize("id", list(BOOK.procedures))
def test_a_step_is_taken_by_its_role_alone_and_a_case_read_by_who_may_open_one(id: str) -> None:
    version = load(place="示例县").procedures[id][-1]
    for step in version.steps.values():
        able = {role for role in ROLES if may_take(holding(role), step.role, version)}
        assert able == version.serving(step.role) & set(ROLES)
    whole = {role for role in ROLES if reach(holding(role), version) is Reach.WHOLE}
    assert whole == {HEAD, *version.serving(version.steps[version.opens].role)}


def test_every_row_names_roles_that_the_staff_register_knows() -> None:
    named = {who for allowed in (*PAGES.values(), *COMMANDS.values()) for who in allowed}
    assert named - {"work", "anybody", "deputy"} <= set(ROLES)


@pytest.mark.parametrize("role", [*ROLES])
def test_what_stands_in_no_row_is_denied_to_everybody(role: str) -> None:
    assert not may_open(holding(role), "no_such_page")
    assert not may_do(holding(role), "no_such_command")


def test_nobody_and_who_has_left_open_and_read_nothing() -> None:
    for nobody in (Viewer("路人"), viewer(Roster([person("甲", "2020-01-01", "2026-03-01", [HEAD])]), "甲", DAY)):
        assert [page for page in PAGES if may_open(nobody, page)] == []
        assert [command for command in COMMANDS if may_do(nobody, command)] == []
        assert reach(nobody, PENALTY, Seen(people=frozenset({nobody.code}))) is Reach.NOTHING


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_an_administrator_takes_no_step_reads_no_case_and_opens_no_page_of_the_work(role: str) -> None:
    one = holding(role)
    for versions in BOOK.procedures.values():
        assert not any(may_take(one, step.role, versions[-1]) for step in versions[-1].steps.values())
        assert reach(one, versions[-1], Seen(frozenset({one.code}), frozenset(versions[-1].roles))) is Reach.NOTHING
    for page in ("today", "lists", "case", "search", "registers", "figures", "report", "export", "importing", "head"):
        assert not may_open(one, page)
    assert not may_do(one, "look_private")


def test_no_administrator_opens_what_belongs_to_another() -> None:
    own = [{page for page in PAGES if may_open(holding(role), page)} for role in sorted(ADMINISTRATORS)]
    shared = {"account", "help", "law", "people", "sections"}
    assert own[0] & own[1] <= shared
    assert own[0] & own[2] <= shared
    assert own[1] & own[2] <= shared


def test_the_head_stands_in_for_administrators_whom_nobody_was_appointed_to_and_for_no_others() -> None:
    rows = [person("甲", "2020-01-01", None, [HEAD]), person("乙", "2020-01-01", None, ["officer"])]
    assert may_open(viewer(Roster(rows), "甲", DAY), "setup")
    assert not may_open(viewer(Roster(rows), "乙", DAY), "setup")
    rows.append(person("管", "2020-01-01", None, ["system_admin"]))
    assert not may_open(viewer(Roster(rows), "甲", DAY), "setup")
    assert may_open(viewer(Roster(rows), "甲", DAY), "lockouts")


def test_a_case_is_read_by_the_head_by_who_has_a_part_and_by_those_of_its_section() -> None:
    section = ("执法股",)
    assert reads(holding(HEAD), PENALTY, sections=section)
    assert reads(holding("officer"), PENALTY)
    assert reads(holding("officer", sections=section), PENALTY, sections=section)
    assert not reads(holding("officer", sections=("办公室",)), PENALTY, sections=section)
    assert not reads(holding("officer"), PENALTY, sections=section)
    assert reads(holding("officer"), PENALTY, Seen(people=frozenset({"甲"})), sections=section)
    assert not reads(holding("petition_desk"), PENALTY)


def test_a_reviewer_reads_what_waits_or_waited_for_review_and_nothing_else() -> None:
    assert not reads(holding(REVIEWER), PENALTY)
    assert reads(holding(REVIEWER), PENALTY, Seen(roles=frozenset({REVIEWER})))
    assert not reads(holding("presider"), PENALTY, Seen(roles=frozenset({REVIEWER})))


def test_who_signs_by_a_paper_reads_the_open_cases_its_steps_may_be_wanted_in_and_opens_the_queue() -> None:
    recusal, open_case = frozenset({("penalty.ordinary", "deny_recusal")}), Seen(roles=frozenset({HEAD}), open=True)
    deputy = Viewer("丁", frozenset({"presider"}), authorised=recusal)
    assert reads(deputy, PENALTY, open_case)
    assert not reads(deputy, PENALTY, Seen(open=True)), "it comes after a recusal that nobody applied for"
    assert not reads(deputy, PENALTY, Seen(roles=frozenset({HEAD}))), "it is closed"
    assert not reads(deputy, BOOK.procedures["petition"][-1], open_case), "the paper does not name it"
    reserved = Viewer("丁", frozenset({"presider"}), authorised=frozenset({("penalty.ordinary", "decide")}))
    assert not reads(reserved, PENALTY, open_case), "no paper lets sign what the head signs in person"
    anything = Viewer("丁", frozenset({"presider"}), authorised=frozenset({("penalty.ordinary", "reassign")}))
    assert reads(anything, PENALTY, Seen(open=True)), "it comes after nothing"
    assert may_open(deputy, "review")
    assert not may_open(Viewer("丁", frozenset({"presider"})), "review")
    assert not may_open(Viewer("丁", authorised=recusal), "review"), "who holds no post signs nothing"
    assert [page for page in PAGES if may_open(deputy, page)] == [
        page for page in PAGES if page == "review" or may_open(holding("presider"), page)
    ]


def test_a_viewer_holds_their_papers_within_the_term_alone() -> None:
    row = {"granted_by": "甲", "who": "丁", "term_from": "2026-03-01", "term_until": "2026-03-31",
           "procedures": ["petition", "penalty.ordinary"], "steps": ["decide", "reassign"]}  # fmt: skip
    people = [person("甲", "2020-01-01", None, [HEAD]), person("丁", "2020-01-01", "2026-03-20", ["presider"])]
    roster = Roster(people, [Term("示民发〔2026〕3号", "2026-03-01", None, row, authorised=True)])
    held = {(of, step) for of in row["procedures"] for step in row["steps"]}
    for day, papers in (("02-28", set()), ("03-01", held), ("03-19", held), ("03-20", set())):
        assert viewer(roster, "丁", date.fromisoformat(f"2026-{day}")).authorised == papers, day
    assert viewer(roster, "甲", DAY).authorised == frozenset()


def test_the_office_reads_for_the_report_without_persons() -> None:
    assert reach(holding(OFFICE), PENALTY) is Reach.WITHOUT_PERSONS
    assert not reads(holding(OFFICE), PENALTY)


def test_a_place_that_lets_a_role_serve_in_another_gives_its_holders_the_step() -> None:
    ticket = load(place="示例县").procedures["hotline.ticket"][-1]
    assert may_take(holding(OFFICE), "hotline_desk", ticket)
    assert not may_take(holding(OFFICE), "hotline_desk")
    assert not may_take(holding(OFFICE), "no_such_role", ticket)


def person(code: str, first: str, last: str | None, roles: list[str], **more: Any) -> Person:
    return Person(code, first, last, {"roles": roles, **more})
