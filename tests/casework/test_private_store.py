"""Looks are logged before anything is shown; erasure waits for its term, leaves no byte, and breaks no chain."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.erasing import ERASED, due, erase, terms_missing
from fazheng.casework.folding import CaseUnknown
from fazheng.casework.looking import LOOKED, look, looks
from fazheng.casework.rebuild import dump, rebuild
from fazheng.casework.sealing import encrypt, rotate, tidy
from fazheng.casework.writing import Act, writing
from fazheng.ledger.append import keep_private
from fazheng.ledger.chain import ApartValue, apart_digest
from fazheng.ledger.models import DataKey, PrivateValue
from fazheng.ledger.private_cipher import SM4
from fazheng.ledger.private_keys import KEY_VARIABLE, PrivateUnreadable, Ring, keys_folder
from fazheng.ledger.read import private_counts, private_value
from fazheng.ledger.storage import close_home
from fazheng.ledger.verify import verify
from fazheng.procedure.attempt import UnknownStep
from tests.casework.desk import TODAY, book, bureau_at_work, data_of, day, do, receive
from tests.casework.private import ID, NAME, bytes_of, closed_ticket, plain_book

TERM_OVER = date(2028, 10, 1)


@pytest.fixture
def bureau(database: str) -> Bureau:
    """A bureau at work, on each database in turn."""
    return bureau_at_work()


def seen(bureau: Bureau, case: str, *fields: str, by: str = "甲", reason: str = "核对当事人身份") -> list[str | None]:
    with writing(bureau, today=TODAY) as act:
        refused, found = look(act, case, fields, Act(TODAY, by, {}), reason)
    assert not refused
    return [one.value for one in found]


def gates(bureau: Bureau, *cases: str, on: date, today: date = TERM_OVER) -> list[str]:
    """What is against an erasure; none where it was done."""
    with writing(bureau, today=today) as act:
        return [refusal.gate for refusal in erase(act, cases, Act(on, "甲", {}))[0]]


def test_no_byte_of_a_private_value_is_in_the_file(home: Path) -> None:
    desk = bureau_at_work()
    with writing(desk, today=TODAY) as act:
        case = receive(act, caller=NAME, request=f"身份证号{ID}")
    seen(desk, case, reason=f"为{NAME}核对")
    assert {marker for marker in (NAME, ID) if marker.encode() in bytes_of(home)} == set()
    close_home()
    assert {marker for marker in (NAME, ID) if marker.encode() in bytes_of(home)} == set()


def test_a_look_shows_the_value_and_stands_in_the_book_with_its_reason_apart(bureau: Bureau) -> None:
    with writing(bureau, today=TODAY) as act:
        case = receive(act, caller=NAME, request="收费")
    assert seen(bureau, case, "诉求人", reason=f"为{NAME}核对") == [NAME]
    assert seen(bureau, case, "request") == ["收费"]
    entry = book(bureau, case)[1]
    data = data_of(entry)
    assert (entry.event, entry.by, data["fields"]) == (LOOKED, "甲", ["诉求人"])
    assert private_value(bureau.code, data["reason"]["apart"]) == f"为{NAME}核对"
    assert data["digests"] == [data_of(book(bureau, case)[0])["caller"]["apart"]]
    assert [(one.case_id, one.by, one.fields) for one in looks(bureau.code)] == [
        (case, "甲", ("诉求人",)),
        (case, "甲", ("诉求内容",)),
    ]
    assert looks(bureau.code, by="乙") == looks(bureau.code, "别的") == []


@pytest.mark.parametrize(
    ("by", "reason", "fields", "gate"),
    [
        ("甲", " ", (), "field"),
        ("无此人", "核对", (), "role"),
        ("甲", "核对", ("没有的",), "field"),
        ("甲", "核对", ("key",), "field"),
    ],
)
def test_who_gives_no_reason_or_is_nobody_sees_nothing_and_leaves_nothing(
    bureau: Bureau, by: str, reason: str, fields: tuple[str, ...], gate: str
) -> None:
    with writing(bureau, today=TODAY) as act:
        case = receive(act, caller=NAME)
    with writing(bureau, today=TODAY) as act:
        refused, found = look(act, case, fields, Act(TODAY, by, {}), reason)
    assert ([refusal.gate for refusal in refused], found) == ([gate], [])
    assert len(book(bureau, case)) == 1


def test_who_has_left_the_bureau_sees_nothing(bureau: Bureau) -> None:
    from fazheng.casework.registers import strike_row

    with writing(bureau, today=TODAY) as act:
        case = receive(act, caller=NAME)
        assert strike_row(act, "staff", "甲", Act(day("2026-10-01"), "丙", {}, paper="调令")) == ()
    with writing(bureau, today=TODAY) as act:
        assert look(act, case, (), Act(TODAY, "甲", {}), "核对")[0][0].gate == "role"


@pytest.mark.parametrize("case", ["bureau", "没有", "hotline.ticket-2026-9999"])
def test_what_is_no_case_and_the_keys_of_the_book_cannot_be_looked_at(bureau: Bureau, case: str) -> None:
    with writing(bureau, today=TODAY) as act, pytest.raises(CaseUnknown):
        look(act, case, (), Act(TODAY, "甲", {}), "核对")


def test_a_look_without_the_key_is_no_look(bureau: Bureau) -> None:
    with writing(bureau, today=TODAY) as act:
        case = receive(act, caller=NAME)
    shutil.rmtree(keys_folder())
    with pytest.raises(PrivateUnreadable):
        seen(bureau, case)
    assert looks(bureau.code) == []
    assert verify(bureau.code).ok
    rebuild(bureau, today=TODAY)


def test_nothing_is_erased_before_the_term_has_ended(bureau: Bureau) -> None:
    case = closed_ticket(bureau)  # closed on 2026-09-12; the example county keeps tickets two years
    assert gates(bureau, case, on=date(2028, 9, 12)) == ["term"]
    with writing(bureau, today=TERM_OVER) as act:
        refused, _ = erase(act, [case], Act(date(2028, 9, 12), "甲", {}))
        assert due(act, date(2028, 9, 12)) == []
        assert [one.case_id for one in due(act, date(2028, 9, 13))] == [case]
    assert ("归档范围和保管期限表" in refused[0].article, "2028-09-12" in refused[0].says) == (True, True)
    assert gates(bureau, case, on=date(2028, 9, 13)) == []


def test_an_open_case_one_without_a_term_and_a_day_to_come_are_refused(bureau: Bureau) -> None:
    with writing(bureau, today=TODAY) as act:
        running = receive(act, caller=NAME)
    assert gates(bureau, running, on=TERM_OVER) == ["open"]
    assert gates(bureau, closed_ticket(bureau), on=date(2028, 10, 2)) == ["future"]
    stranger = bureau_at_work("888001", "示例外县民政局")  # lies in no place: no term is known
    case = closed_ticket(stranger)
    assert gates(stranger, case, on=TERM_OVER) == ["term"]
    with writing(stranger, today=TERM_OVER) as act:
        assert terms_missing(act) == ["12345热线工单"]
        assert due(act, TERM_OVER) == []


def test_erasure_takes_every_value_once_and_the_chain_holds(bureau: Bureau) -> None:
    kept, case = closed_ticket(bureau), closed_ticket(bureau)
    seen(bureau, case)
    digests = set(PrivateValue.objects.values_list("digest", flat=True))
    assert gates(bureau, case, on=TERM_OVER) == []
    entry = book(bureau, case)[-1]
    told = data_of(entry)
    gone = digests - set(PrivateValue.objects.values_list("digest", flat=True))
    assert (entry.event, entry.by, set(told["digests"])) == (ERASED, "甲", gone)
    assert told["term"]["ends_on"] == "2028-09-12"
    assert gates(bureau, case, on=TERM_OVER) == ["once"]
    assert set(seen(bureau, case)[:3]) == {None}
    assert NAME in seen(bureau, kept)
    found = verify(bureau.code)
    assert (found.ok, found.erased) == (True, len(gone))
    live = dump(bureau.code)
    rebuild(bureau, today=TODAY)
    assert dump(bureau.code) == live


def test_one_case_that_is_not_due_keeps_them_all(bureau: Bureau) -> None:
    over, running = closed_ticket(bureau), None
    with writing(bureau, today=TODAY) as act:
        running = receive(act, caller=NAME)
    before = PrivateValue.objects.count()
    assert gates(bureau, over, running, on=TERM_OVER) == ["open"]
    assert PrivateValue.objects.count() == before


@pytest.mark.sqlite
def test_after_erasure_no_byte_of_the_sealed_values_is_in_the_file(home: Path) -> None:
    desk = bureau_at_work()
    cases = [closed_ticket(desk) for _ in range(60)]
    tokens = {row.digest: row.value for row in PrivateValue.objects.all()}
    assert tokens
    assert all(value.encode() in bytes_of(home) for value in tokens.values())
    for some in (cases[::2], cases[1:41:2]):
        assert gates(desk, *some, on=TERM_OVER) == []
        tidy()
    left = set(PrivateValue.objects.values_list("digest", flat=True))
    file = bytes_of(home)
    assert [digest for digest, value in tokens.items() if (value.encode() in file) != (digest in left)] == []
    assert verify(desk.code).ok


@pytest.mark.sqlite
def test_a_plain_book_of_an_earlier_release_is_sealed_and_its_plain_bytes_are_gone(home: Path) -> None:
    desk, case = plain_book(home)
    assert NAME.encode() in bytes_of(home)
    assert seen(desk, case)[0] == NAME
    with writing(desk, today=TODAY) as act:
        refused, done = encrypt(act, Act(TODAY, "甲", {}), SM4)
    tidy()
    assert (refused, done > 3) == ((), True)
    assert (private_counts(desk.code)[1], Ring(desk.code).cipher) == (0, SM4)
    assert NAME.encode() not in bytes_of(home)
    assert seen(desk, case)[0] == NAME
    assert verify(desk.code).ok
    with writing(desk, today=TODAY) as act:
        assert encrypt(act, Act(TODAY, "甲", {}))[1] == 0


@pytest.mark.sqlite
def test_nothing_is_sealed_over_a_value_that_was_changed(home: Path) -> None:
    desk, _ = plain_book(home, changed=True)
    with pytest.raises(PrivateUnreadable, match="与登记时的摘要不符"), writing(desk, today=TODAY) as act:
        encrypt(act, Act(TODAY, "甲", {}))
    assert (private_counts(desk.code)[0], DataKey.objects.count()) == (0, 0)


def test_a_new_key_opens_all_and_the_old_one_nothing(bureau: Bureau) -> None:
    case = closed_ticket(bureau)
    old, before = Ring(bureau.code).outside, set(PrivateValue.objects.values_list("value", flat=True))
    with writing(bureau, today=TODAY) as act:
        refused, done = rotate(act, Act(TODAY, "甲", {}))
    assert (refused, done) == ((), len(before))
    assert before & set(PrivateValue.objects.values_list("value", flat=True)) == set()
    (keys_folder() / f"{old}.key").unlink()
    assert (NAME in seen(bureau, case), verify(bureau.code).sealed) == (True, 0)
    assert DataKey.objects.filter(bureau=bureau.code).count() == 1


def test_a_key_that_the_environment_gives_is_changed_for_one_that_is_named(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = closed_ticket(bureau)
    (path,) = keys_folder().glob(f"{Ring(bureau.code).outside}.key")
    monkeypatch.setenv(KEY_VARIABLE, str(path))
    with pytest.raises(PrivateUnreadable, match="请指明新钥匙的文件"), writing(bureau, today=TODAY) as act:
        rotate(act, Act(TODAY, "甲", {}))
    with pytest.raises(PrivateUnreadable, match="就是现在用的"), writing(bureau, today=TODAY) as act:
        rotate(act, Act(TODAY, "甲", {}), path)
    new = tmp_path / "新.key"
    with writing(bureau, today=TODAY) as act:
        assert rotate(act, Act(TODAY, "甲", {}), new)[0] == ()
    monkeypatch.setenv(KEY_VARIABLE, str(new))
    assert NAME in seen(bureau, case)


def test_a_rotation_that_fails_leaves_the_old_key_and_every_value(bureau: Bureau) -> None:
    case = closed_ticket(bureau)
    with pytest.raises(UnknownStep), writing(bureau, today=TODAY) as act:  # noqa: PT012 - the transaction is what fails
        assert rotate(act, Act(TODAY, "甲", {}))[1] > 0
        act.do(case, "没有", Act(TODAY, "甲", {}))
    assert NAME in seen(bureau, case)
    assert Ring(bureau.code).last == 1


def test_the_book_of_one_bureau_has_its_own_key(database: str) -> None:
    first, second = bureau_at_work(), bureau_at_work("999002", "示例县第二民政局")
    assert Ring(first.code).outside != Ring(second.code).outside
    salt = bytes(16)
    value = ApartValue(apart_digest(salt, NAME), salt.hex(), NAME)
    from django.db import transaction

    with transaction.atomic():
        for bureau in (first, second):
            keep_private(bureau.code, [value])
    texts = PrivateValue.objects.filter(digest=value.digest).values_list("value", flat=True)
    assert len(set(texts)) == 2


def test_a_row_of_a_register_can_be_looked_at(bureau: Bureau) -> None:
    assert "示例台账" in seen(bureau, "staff:甲", "凭证")
    with writing(bureau, today=TODAY) as act:
        case = receive(act, caller=NAME)
        do(act, case, "correct", "2026-09-03", entry=1, caller=NAME + "更", reason="写错")
    assert seen(bureau, case, "诉求人") == [NAME, NAME + "更"]
