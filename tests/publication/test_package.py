"""Packages for the upper platform: what is in them, what never is, what the platform answers, what does not agree."""

import csv
import io
import json
from datetime import date
from pathlib import Path, PosixPath

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from fazheng.casework.bureaux import Bureau
from fazheng.casework.publishing import held_against, rows, send, take_receipt
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.writing import Act, writing
from fazheng.figures import count
from fazheng.lawbook.load import load
from fazheng.ledger.read import entries
from fazheng.publication.leaks import leak
from fazheng.publication.rows import Leak, Row, file_digest
from fazheng.publication.sheets import Answered, ReceiptFault, read_receipt, workbook
from tests.casework.desk import CODE, TODAY, book, data_of, day, do
from tests.casework.test_statements import statements
from tests.publication.penalties import NUMBERED, PERSON, decided, registered
from tests.publication.test_due import YEAR

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
PLATFORM = load(place="示例县").platforms["province"]
BY = Act(TODAY, "甲", {})


def packed(desk: Bureau, out: Path) -> str:
    refused, made = send(desk, PLATFORM, FIRST, LAST, BY, out, TODAY)
    assert refused == ()
    assert made is not None
    return made.case_id


def answered(desk: Bureau, package: str, digest: str = "d" * 64, **said: str) -> list[str]:
    """The gates that refuse the receipt; `said`: case number's last digit → reason, empty for taken in."""
    answers = [
        Answered(n, f"penalty.ordinary-2026-000{k[1]}", package, not v, v) for n, (k, v) in enumerate(said.items(), 2)
    ]
    with writing(desk, today=TODAY) as act:
        return [refusal.gate for refusal in take_receipt(act, PLATFORM, answers, digest, BY)[0]]


def states(desk: Bureau) -> dict[str, str]:
    with writing(desk, today=TODAY) as act:
        return {one.row[-1]: one.state for one in held_against(act, PLATFORM, FIRST, LAST)}


def test_only_what_is_due_and_allowed_is_sent_and_names_are_covered(desk: Bureau, tmp_path: Path) -> None:
    with writing(desk, today=TODAY) as act:
        registered(act)
        decided(act)
        decided(act, number=2, filed=NUMBERED)
        decided(act, number=3, publishable=False)
        decided(act, number=4, filed={**NUMBERED, "party_kind": "minor_14_18"}, mitigated=True)
        annulled = decided(act, number=5)
        do(act, annulled, "annul_decision", "2026-11-16", "丙", annulled_by="court", annulment="annulled")
    with writing(desk, today=TODAY) as act:
        made = {row.number[-1]: row.cells for row in rows(act, PLATFORM, FIRST, LAST)}
    assert set(made) == {"1", "2"}
    assert made["1"]["行政相对人名称"] == "示例县读书会"
    assert made["1"]["统一社会信用代码"] == CODE
    assert made["2"]["行政相对人姓名（隐去名字）"] == "示**"
    assert not [cell for cells in made.values() for cell in cells.values() if PERSON in cell]
    package = packed(desk, tmp_path / "a.xlsx")
    content = (tmp_path / "a.xlsx").read_bytes()
    assert PERSON.encode() not in content
    listing = next(data_of(entry) for entry in book(desk, package) if entry.event == "package_listed")
    assert [number for number, _ in listing["rows"]] == [f"penalty.ordinary-2026-000{n}" for n in (1, 2)]
    assert [entry.case_id[-1] for entry in book(desk) if entry.event == "private_looked"] == ["2"]


def test_a_name_in_another_column_stops_the_package(desk: Bureau, tmp_path: Path) -> None:
    with writing(desk, today=TODAY) as act:
        decided(act, filed={**NUMBERED, "matter": f"查处{PERSON}收费"})
    before = len(book(desk))
    with pytest.raises(Leak, match="案件另存的内容") as told:
        send(desk, PLATFORM, FIRST, LAST, BY, tmp_path / "a.xlsx", TODAY)
    assert PERSON not in str(told.value)
    assert len(book(desk)) == before
    assert list(tmp_path.glob("*.*")) == []


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("11010519491231002X", "身份证号码"),
        ("证件 110105 19491231 002X", "身份证号码"),
        ("139 1234 5678", "电话号码"),
        ("电话１３９－１２３４－５６７８", "电话号码"),
        ("１１０１０５１９４９１２３１００２Ｘ", "身份证号码"),
        ("6222021234567890128", "银行卡号"),
        ("示民罚决字〔2026〕12号", ""),
        ("36000.00", ""),
        ("2026-09-07", ""),
        (CODE, ""),
    ],
)
def test_numbers_of_persons_are_found_and_others_are_not(cell: str, kind: str) -> None:
    assert leak(cell) == kind


def test_a_value_held_apart_is_found_in_full_width_signs_too() -> None:
    assert leak("档案ＡＢ１２３", ["AB123"]) == "案件另存的内容"


@pytest.mark.parametrize("cell", ["=1+1", "\t=1+1", "＝1+1", "@SUM(A1)"])
def test_no_cell_of_a_csv_package_is_a_formula(cell: str) -> None:
    platform = msgspec.structs.replace(PLATFORM, form="csv")
    sheet = platform.sheets[0]
    row = Row("a", sheet.name, {column.head: cell for column in sheet.columns}, "d")
    line = list(csv.reader(io.StringIO(workbook(platform, [row]).decode("utf-8-sig"), newline="")))[1]
    assert set(line) == {f"'{cell}"}


def test_a_receipt_is_held_against_what_was_sent_and_the_reason_is_held_apart(desk: Bureau, tmp_path: Path) -> None:
    with writing(desk, today=TODAY) as act:
        registered(act)
        for number in (1, 2, 3):
            decided(act, number=number)
    assert states(desk) == {"1": "missing", "2": "missing", "3": "missing"}
    package = packed(desk, tmp_path / "a.xlsx")
    assert states(desk) == {"1": "sent", "2": "sent", "3": "sent"}
    assert answered(desk, package, n9="") == ["field"]
    assert answered(desk, "platform.package-2026-0099", n1="") == ["field"]
    reason = f"{PERSON}的姓名没有遮盖"
    assert answered(desk, package, n1="", n2=reason) == []
    assert answered(desk, package, n1="", n2=reason) == ["once"]
    assert states(desk) == {"1": "accepted", "2": "rejected", "3": "sent"}
    assert not [entry for entry in entries(desk.code) if PERSON in entry.data]
    ids = ["package.sent", "package.rows", "package.accepted", "package.rejected", "package.unanswered"]
    assert [one.value for one in count(desk.code, load(place=desk.place), YEAR, ids)] == [1, 3, 1, 1, 0]
    stood = dump(desk.code)
    rebuild(desk, today=TODAY)
    assert dump(desk.code) == stood


def test_what_changed_after_it_was_sent_and_what_must_no_longer_be_public_stand_in_the_list(
    desk: Bureau, tmp_path: Path
) -> None:
    with writing(desk, today=TODAY) as act:
        registered(act)
        cases = [decided(act, number=number) for number in (1, 2)]
    package = packed(desk, tmp_path / "a.xlsx")
    assert answered(desk, package, n1="", n2="") == []
    with writing(desk, today=TODAY) as act:
        said = {"entry": 1, "reason": "录错", "matter": "超出章程规定的范围活动"}
        do(act, cases[0], "correct", "2026-11-18", **said)
        do(act, cases[1], "annul_decision", "2026-11-16", "丙", annulled_by="court", annulment="annulled")
    assert states(desk) == {"1": "differing", "2": "taken_back"}
    assert packed(desk, tmp_path / "b.xlsx") != package
    assert states(desk)["1"] == "sent"


def test_what_must_never_be_public_once_the_party_is_found_to_be_a_minor_stands_in_the_list(
    desk: Bureau, tmp_path: Path
) -> None:
    with writing(desk, today=TODAY) as act:
        case = decided(act, filed=NUMBERED, mitigated=True)
    packed(desk, tmp_path / "a.xlsx")
    assert states(desk) == {"1": "sent"}
    with writing(desk, today=TODAY) as act:
        do(act, case, "correct", "2026-11-18", entry=1, reason="录错", party_kind="minor_14_18")
    assert states(desk) == {"1": "taken_back"}


@pytest.mark.sqlite  # which tells what it is asked
def test_what_cases_hold_apart_is_asked_for_once_however_many_are_sent(desk: Bureau, tmp_path: Path) -> None:
    with writing(desk, today=TODAY) as act:
        for number in (1, 2, 3):
            decided(act, number=number, filed=NUMBERED)
    with statements() as told:
        packed(desk, tmp_path / "a.xlsx")
    assert sum("FROM ledger_private_value" in one for one in told) == 1


def test_the_package_names_itself_in_each_row(desk: Bureau, tmp_path: Path) -> None:
    with writing(desk, today=TODAY) as act:
        decided(act)
    package = packed(desk, tmp_path / "a.xlsx")
    table = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
    head = next(column.head for column in PLATFORM.sheets[0].columns if column.own == "package")
    assert [row[table[0].index(head)] for row in table[1:]] == [package]


def test_what_is_taken_in_as_it_stands_is_not_sent_again(desk: Bureau, tmp_path: Path) -> None:
    with writing(desk, today=TODAY) as act:
        decided(act)
    package = packed(desk, tmp_path / "a.xlsx")
    assert answered(desk, package, n1="") == []
    refused, made = send(desk, PLATFORM, FIRST, LAST, BY, tmp_path / "b.xlsx", TODAY)
    assert [refusal.gate for refusal in refused] == ["field"]
    assert made is None
    assert not (tmp_path / "b.xlsx").exists()


def test_where_the_file_cannot_be_written_nothing_is_entered(desk: Bureau, tmp_path: Path) -> None:
    with writing(desk, today=TODAY) as act:
        decided(act)
    before = len(book(desk))
    with pytest.raises(OSError, match="No such file"):
        send(desk, PLATFORM, FIRST, LAST, BY, tmp_path / "nowhere" / "a.xlsx", TODAY)
    assert len(book(desk)) == before


def test_a_file_that_stands_is_never_written_over_and_nothing_is_entered(desk: Bureau, tmp_path: Path) -> None:
    with writing(desk, today=TODAY) as act:
        decided(act)
    before, out = len(book(desk)), tmp_path / "a.xlsx"
    out.write_bytes(b"somebody's")
    with pytest.raises(FileExistsError, match="已经存在"):
        send(desk, PLATFORM, FIRST, LAST, BY, out, TODAY)
    assert (out.read_bytes(), len(book(desk))) == (b"somebody's", before)


def test_a_package_that_could_not_be_moved_waits_beside_its_place_with_the_digest_of_its_entry(
    desk: Bureau, tmp_path: Path
) -> None:
    with writing(desk, today=TODAY) as act:
        decided(act)
    out = tmp_path / "a.xlsx"

    class InTheWay(PosixPath):  # a folder that takes the place just before the move
        def with_name(self, name: str) -> Path:
            out.mkdir()
            return super().with_name(name)

    _, made = send(desk, PLATFORM, FIRST, LAST, BY, InTheWay(out), TODAY)
    assert made is not None
    assert (made.path.parent, made.path == out) == (tmp_path, False)
    listing = next(data_of(entry) for entry in book(desk, made.case_id) if entry.event == "package_listed")
    assert file_digest(made.path.read_bytes()) == listing["file"] == made.digest


def test_a_package_that_is_refused_leaves_nothing_beside_its_place(desk: Bureau, tmp_path: Path) -> None:
    refused, made = send(desk, PLATFORM, FIRST, LAST, BY, tmp_path / "a.xlsx", TODAY)
    assert (len(refused), made) == (1, None)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith((".part", ".xlsx"))] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("数据编号,处理结果\na,已入库\n", "没有一行"),
        ("数据编号,数据包编号,处理结果,退回原因\na,p,也许,\n", "不是认识的词"),
        ("数据编号,数据包编号,处理结果,退回原因\na,p,退回,\n", "没有写“退回原因”"),
    ],
)
def test_a_receipt_that_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "r.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(ReceiptFault, match=said):
        read_receipt(path, PLATFORM.receipt)


def test_no_entry_of_a_package_holds_a_cell(desk: Bureau, tmp_path: Path) -> None:
    with writing(desk, today=TODAY) as act:
        registered(act)
        decided(act, filed={"matter": "收费与公示不一致"})
    package = packed(desk, tmp_path / "a.xlsx")
    told = json.dumps([data_of(entry) for entry in book(desk, package)], ensure_ascii=False)
    assert "收费" not in told
    assert "读书会" not in told


def test_a_day_before_the_decision_sends_nothing(desk: Bureau) -> None:
    with writing(desk, today=TODAY) as act:
        decided(act)
        assert rows(act, PLATFORM, FIRST, day("2026-09-06")) == []
