"""Whose book it is, and under which place's rules it is kept."""

from pathlib import Path

import pytest

from fazheng.casework.bureaux import BureauFault, known, place_for, the_bureau
from fazheng.casework.declaring import open_bureau
from fazheng.lawbook.fault import LawFault
from fazheng.lawbook.load import load
from fazheng.lawbook.standing import faults
from fazheng.ledger.read import entries
from tests.casework.desk import toy_law


def test_the_first_entry_names_the_bureau_and_its_place(home: Path) -> None:
    bureau = open_bureau(" 示例县民政局 ", "999001")
    assert (bureau.code, bureau.name, bureau.place) == ("999001", "示例县民政局", "示例县")
    entry = next(entries("999001"))
    assert (entry.seq, entry.case_id, entry.event, entry.by) == (1, "bureau", "bureau_opened", "system")
    assert known() == [bureau]


def test_a_bureau_lies_in_the_place_whose_division_its_code_begins_with(home: Path) -> None:
    assert open_bureau("示例省民政厅", "998000").place == ""
    assert open_bureau("示例县某中心", "51999900MJX00000X8").place == "示例县"
    assert open_bureau("别处民政局", "998001", place="示例县").place == "示例县"
    assert place_for("999001") is not None
    with pytest.raises(LawFault, match="没有“示例城”这个地方"):
        open_bureau("别处民政局", "998002", place="示例城")


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("示例县民政局", "999", "不能作编号"),
        ("示例县民政局", "民政局", "不能作编号"),
        ("示例县民政局", "51999900MJX00000X9", "末位校验码对不上"),
        ("  ", "999001", "请写单位名称"),
    ],
)
def test_a_bureau_needs_a_name_and_a_code(home: Path, name: str, code: str, told: str) -> None:
    with pytest.raises(BureauFault, match=told):
        open_bureau(name, code)
    assert known() == []


def test_a_bureau_is_opened_once(home: Path) -> None:
    open_bureau("示例县民政局", "999001")
    with pytest.raises(BureauFault, match="不能再建"):
        open_bureau("示例县民政局", "999001")
    assert len(list(entries("999001"))) == 1


def test_the_only_bureau_need_not_be_named(home: Path) -> None:
    with pytest.raises(BureauFault, match="账本里还没有单位"):
        the_bureau()
    first = open_bureau("示例县民政局", "999001")
    assert the_bureau() == the_bureau("999001") == first
    with pytest.raises(BureauFault, match="没有编号为“999009”的单位；有：999001"):
        the_bureau("999009")
    open_bureau("示例县第二民政局", "999002")
    with pytest.raises(BureauFault, match="请指明是哪一个：999001、999002"):
        the_bureau()


@pytest.mark.parametrize("place", ["", "示例乡"])
def test_the_toy_law_of_these_tests_may_be_worked_by(tmp_path: Path, place: str) -> None:
    book = load(root=toy_law(tmp_path / "law"), place=place)
    assert [str(finding) for finding in faults(book)] == []
