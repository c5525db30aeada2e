"""law/acts, law/dossiers and a place's platforms: a name that leads nowhere is found, and nothing unread counts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fazheng.lawbook.act_figures import holds
from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.load import law_root, load
from fazheng.lawbook.standing import faults

PLACE = "示例县"
ACT, RECORD, PERSON = "acts/penalty.toml", "acts/penalty-record.toml", "local/示例县/platforms/province.toml"
FILE = "dossiers/social-organisation.toml"


def spoilt(folder: Path, file: str, old: str, new: str) -> list[str]:
    """What is found in a copy of the law with `new` for `old`, which must stand there."""
    root = folder / "law"
    shutil.copytree(law_root(), root)
    path = root / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    try:
        return [str(finding) for finding in faults(load(root, PLACE))]
    except LawFault as fault:
        return [str(finding) for finding in fault.findings]


WRONG = [
    (ACT, '"penalty.summary"]', '"penalty.sumary"]', "没有程序“penalty.sumary”"),
    (ACT, 'limit = "publication_period"', 'limit = "publication"', "没有期限“publication”"),
    (ACT, 'limit = "publication_period"', 'limit = "announcement_period"', "要从一件事起算、约束一个步骤"),
    (ACT, 'matter  = "basis"', 'matter  = "bases"', "matter 里没有“bases”"),
    (ACT, 'id      = "penalty"', 'id      = "penalties"', "act_kind 里没有“penalties”"),
    (ACT, 'gate   = "legal_review"', 'gate   = "legal_revue"', "没有关口“legal_revue”"),
    (ACT, 'before = "penalty_decided"', 'before = "penalty_made"', "没有步骤记“penalty_made”"),
    (ACT, 'needs   = { event = "notice_given" }', 'needs   = { event = "notice" }', "没有步骤记“notice”"),
    (ACT, 'stage   = "before"', 'stage   = "earlier"', "earlier"),
    (ACT, 'stage = "withdrawn"\nlimit = "publication_withdrawal_period"', 'stage = "withdrawn"', "要写 limit"),
    (RECORD, 'stage   = "service"', 'stage   = "serving"', "stage 里没有“serving”"),
    (RECORD, 'needs   = { event = "case_filed" }', 'needs   = { event = "filed" }', "没有步骤记“filed”"),
    (RECORD, 'needs   = { event = "case_filed" }', "", "缺少“needs”"),
    (RECORD, 'of      = ["penalty.ordinary"]', 'of      = ["petition"]', "不在本类行为的程序里"),
    (RECORD, '"penalty.record.investigate"', '"penalty.record.start"', "两处写了同一个"),
    (FILE, 'field   = "sponsor"', 'field   = "patron"', "没有字段“patron”"),
    (FILE, 'material = "charter"', 'material = "chart"', "里没有“chart”"),
    (FILE, 'done         = { event = "report_filed" }', 'done         = { event = "filed" }', "没有步骤记“filed”"),
    (PERSON, 'field = "case_filed.party", mask = "surname"', 'field = "case_filed.party"', "没有遮盖就不能上报"),
    (PERSON, 'field = "case_filed.party", mask = "surname"', 'field = "case_filed.facts"', "没有遮盖就不能上报"),

    (PERSON, 'field = "case_filed.matter"', 'field = "case_filed.officers"', "人员编号不上报"),
    (PERSON, 'field = "case_filed.matter"', 'field = "case_filed.topic"', "没有字段“topic”"),
    (PERSON, 'limit = "publication_period"', 'limit = "decision_period"', "law/acts 里没有写"),
    (PERSON, '{ head = "数据编号", own = "row" }', '{ head = "编号", own = "row" }', "回执靠它对得上"),
    (PERSON, 'row_field = "name"', 'row_field = "nick"', "没有字段“nick”"),
    ("figures/publication.toml", 'owed   = "public"', 'owed   = "publick"', "publick"),
    ("figures/record.toml", 'of     = "penalty.ordinary"', 'of     = "petition"', "没有可以这样数的（owed）"),
    ("local/示例县/adopt-three-systems.toml", "act:penalty.record.left_service", "act:penalty.record.left",
     "没有这一项"),
    ("local/示例县/adopt-three-systems.toml", "act:penalty.record.left_service", "act:penalty.record.start",
     "这是全国的规定"),
    ("local/示例县/adopt-three-systems.toml", "dossier:file.charter", "dossier:file.chart", "没有这一项"),
]  # fmt: skip


def test_the_law_as_published_has_no_fault() -> None:
    assert [str(finding) for finding in faults(load(place=PLACE))] == []


@pytest.mark.parametrize(("file", "old", "new", "said"), WRONG)
def test_a_name_that_leads_nowhere_is_found(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    told = spoilt(tmp_path, file, old, new)
    assert [line for line in told if said in line], told


def test_terms_stand_once_a_duty_takes_its_article_and_mark_from_the_limit() -> None:
    after = next(rule for rule in load().acts["penalty"].public if rule.stage == "after")
    assert (after.article, after.mark) == ("三项制度指导意见", "second_hand")
    taken_back = next(rule for rule in load().acts["penalty"].public if rule.stage == "withdrawn")
    assert (taken_back.cited, taken_back.mark) == ("行政处罚法第四十八条第二款", "read")


def test_what_nobody_read_or_adopted_makes_no_record_incomplete() -> None:
    nation, place = load(), load(place=PLACE)
    for book, counted in ((nation, False), (place, True)):
        left = next(rule for rule in book.acts["penalty_record"].recorded if rule.id == "penalty.record.left_service")
        where = str(book.figures["record.penalty.whole"].where)
        assert (left.mark == "read", str(holds(left)) in where) == (counted, counted)
    for book in (nation, place):
        unread = [rule for act in book.acts.values() for rule in act.recorded if rule.mark in ("unverified", "local")]
        assert not [rule for rule in unread if str(holds(rule)) in str(book.figures["record.penalty.whole"].where)]


def test_every_enforcement_procedure_that_owes_publication_is_named_in_an_act() -> None:
    book = load()
    named = {
        (procedure, rule.limit)
        for act in book.acts.values()
        for rule in act.public
        for procedure in rule.of or act.of
        if rule.limit
    }
    for procedure in ("penalty.ordinary", "penalty.summary"):
        limits = [limit for version in book.procedures[procedure] for limit in version.limits]
        for limit in limits:
            if limit.binds and limit.binds[0] in ("publish_decision", "withdraw_publication"):
                assert (procedure, limit.id) in named
