"""Values at rest: sealed under a key outside the database, bound to their row, told plainly when they do not open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from fazheng.casework.clock import chance
from fazheng.casework.sealing import make_key
from fazheng.ledger.append import keep_private
from fazheng.ledger.chain import ApartValue
from fazheng.ledger.models import DataKey, PrivateValue
from fazheng.ledger.private_cipher import (
    AES,
    KEY_BYTES,
    SM4,
    Unsealable,
    aead,
    key_name,
    key_number,
    opened,
    token,
    unwrapped,
    wrapped,
)
from fazheng.ledger.private_keys import PrivateUnreadable, key_file, keys_folder, read_key, write_key
from fazheng.ledger.read import private_counts, private_value
from tests.ledger.books import BUREAU, OTHER, apart, book_of_six, run, spoil
from tests.ledger.judges import Judge
from tests.windows import OWNER_ALONE

CIPHERS = pytest.mark.parametrize("cipher", [AES, SM4])


def sealed_book(cipher: str = AES) -> None:
    """A book of six entries, its two values sealed."""
    with transaction.atomic():
        make_key(BUREAU, cipher)
    book_of_six()


@CIPHERS
@pytest.mark.parametrize("value", ["", "示例当事人", "x" * 100_000, "\u202e反\n"])
def test_what_was_sealed_opens_as_it_was(cipher: str, value: str) -> None:
    box, one = aead(cipher, b"k" * KEY_BYTES[cipher]), apart(7, value)
    text = token(box, 3, BUREAU, one)
    assert key_number("", text) == 3
    assert opened(box, BUREAU, one.digest, text) == one
    assert not value or value not in text


@CIPHERS
def test_neither_another_row_nor_another_bureau_nor_another_key_opens_it(cipher: str) -> None:
    box, one = aead(cipher, b"k" * KEY_BYTES[cipher]), apart(7)
    text = token(box, 1, BUREAU, one)
    others = [
        (aead(cipher, b"l" * KEY_BYTES[cipher]), BUREAU, one.digest, text),
        (box, OTHER, one.digest, text),
        (box, BUREAU, apart(8).digest, text),
        (box, BUREAU, one.digest, text[:-8] + "AAAAAAA="),
        (box, BUREAU, one.digest, "fz1.1.AAAA"),
        (box, BUREAU, one.digest, "fz1.1.不是"),
    ]
    for attempt in others:
        with pytest.raises(Unsealable):
            opened(*attempt)


def test_the_salt_is_sealed_too_for_with_it_numbers_could_be_tried_out(database: str) -> None:
    sealed_book()
    assert {(row.salt, row.value[:6]) for row in PrivateValue.objects.all()} == {("", "fz1.1.")}
    assert private_value(BUREAU, apart(2).digest) == "示例当事人"


def test_a_known_key_opens_a_known_token() -> None:
    """The form is held: a later program must open what this one wrote."""
    one = apart(1, "示例")
    text = "fz1.1.+srlLwb82SRg6VGFbRcHHiNuqwBdO7s/7auTrQ0Nrl7E2DTmJOg="
    assert token(aead(AES, bytes(32)), 1, BUREAU, one) == text


@CIPHERS
def test_a_wrapped_key_opens_only_for_its_bureau_and_number(cipher: str) -> None:
    key = b"d" * KEY_BYTES[cipher]
    text = wrapped(b"s" * 32, cipher, key, b"n" * 12, "999001\x001")
    assert unwrapped(b"s" * 32, cipher, text, "999001\x001") == key
    for secret, beside in ((b"t" * 32, "999001\x001"), (b"s" * 32, "999001\x002")):
        with pytest.raises(Unsealable):
            unwrapped(secret, cipher, text, beside)


@CIPHERS
def test_both_verifiers_hold_a_sealed_book(database: str, judge: Judge, cipher: str) -> None:
    sealed_book(cipher)
    assert (judge().ok, judge().sealed) == (True, 0)


def test_a_sealed_value_that_was_changed_is_found_with_the_key(database: str) -> None:
    from fazheng.ledger.verify import verify

    sealed_book()
    spoil("UPDATE ledger_private_value SET value = 'fz1.1.AAAA' WHERE digest = %s", [apart(2).digest])
    found = verify(BUREAU)
    assert (found.ok, found.first_broken) == (False, 2)
    with pytest.raises(PrivateUnreadable, match="已被改动"):
        private_value(BUREAU, apart(2).digest)


def test_two_sealed_rows_that_change_places_are_found(database: str) -> None:
    from fazheng.ledger.verify import verify

    sealed_book()
    second, fifth = (PrivateValue.objects.get(bureau=BUREAU, digest=apart(n).digest).value for n in (2, 5))
    spoil("UPDATE ledger_private_value SET value = %s WHERE digest = %s", [fifth, apart(2).digest])
    run("UPDATE ledger_private_value SET value = %s WHERE digest = %s", [second, apart(5).digest])
    assert verify(BUREAU).first_broken == 2


def test_without_the_key_the_chain_holds_and_the_values_are_told_as_not_opened(database: str, judge: Judge) -> None:
    sealed_book()
    for path in keys_folder().glob("*.key"):
        path.unlink()
    found = judge()
    assert (found.ok, found.sealed, found.erased) == (True, 2, 0)
    assert "2 处已加密，没有钥匙" in found.why
    with pytest.raises(PrivateUnreadable, match="找不到钥匙"):
        private_value(BUREAU, apart(2).digest)
    with pytest.raises(PrivateUnreadable, match="找不到钥匙"), transaction.atomic():
        keep_private(BUREAU, [apart(9)])


def test_a_wrong_key_is_told_in_a_sentence_that_shows_none(
    database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sealed_book()
    (path,) = keys_folder().glob("*.key")
    path.write_text("0" * 64, "utf-8")
    with pytest.raises(PrivateUnreadable, match="钥匙不对") as fault:
        private_value(BUREAU, apart(2).digest)
    assert "0" * 64 not in str(fault.value)
    path.unlink()
    monkeypatch.setenv("FAZHENG_KEY", "ab" * 32)
    with pytest.raises(PrivateUnreadable, match="钥匙不对") as fault:
        private_value(BUREAU, apart(2).digest)
    assert "ab" * 32 not in str(fault.value)
    monkeypatch.setenv("FAZHENG_KEY", str(tmp_path / "不在"))
    with pytest.raises(PrivateUnreadable, match="读不了"):
        private_value(BUREAU, apart(2).digest)


@pytest.mark.parametrize("as_path", [False, True])
def test_the_key_may_come_from_the_environment_and_then_no_file_is_made(
    database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, as_path: bool
) -> None:
    write_key(tmp_path / "elsewhere" / "a.key", bytes(range(32)))
    monkeypatch.setenv("FAZHENG_KEY", str(tmp_path / "elsewhere" / "a.key") if as_path else bytes(range(32)).hex())
    sealed_book()
    assert not keys_folder().exists()
    assert private_value(BUREAU, apart(2).digest) == "示例当事人"
    monkeypatch.delenv("FAZHENG_KEY")
    with pytest.raises(PrivateUnreadable, match="找不到钥匙"):
        private_value(BUREAU, apart(2).digest)


@OWNER_ALONE
def test_a_key_file_is_its_owner_s_alone_and_is_never_written_over(home: Path) -> None:
    secret = chance(32)
    path = key_file(key_name(secret))
    write_key(path, secret)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert read_key(path) == secret
    write_key(path, secret)
    with pytest.raises(PrivateUnreadable, match="已有一把别的钥匙"):
        write_key(path, chance(32))
    assert read_key(path) == secret
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_book_of_an_earlier_release_stays_readable_and_takes_sealed_values_beside(
    database: str, judge: Judge
) -> None:
    book_of_six()
    assert private_counts(BUREAU) == (0, 2)
    with transaction.atomic():
        make_key(BUREAU)
        keep_private(BUREAU, [apart(9, "后来的")])
    assert private_counts(BUREAU) == (1, 2)
    assert [private_value(BUREAU, apart(n, v).digest) for n, v in ((2, "示例当事人"), (9, "后来的"))] == [
        "示例当事人",
        "后来的",
    ]
    assert judge().ok


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_data_key SET wrapped = 'x'",
        "UPDATE ledger_data_key SET kek = 'x'",
        "DELETE FROM ledger_data_key",
        "INSERT INTO ledger_data_key (bureau, number, cipher, kek, wrapped) VALUES ('999001', 1, 'a', 'b', 'c')",
        "INSERT INTO ledger_data_key (bureau, number, cipher, kek, wrapped) VALUES ('999001', 0, 'a', 'b', 'c')",
    ],
)
def test_the_database_keeps_a_data_key_until_a_later_one_stands(database: str, statement: str) -> None:
    sealed_book()
    with pytest.raises(IntegrityError, match="钥匙不得"):
        run(statement)
    assert DataKey.objects.count() == 1
    run("INSERT INTO ledger_data_key (bureau, number, cipher, kek, wrapped) VALUES ('999001', 2, 'a', 'b', 'c')")
    run("DELETE FROM ledger_data_key WHERE number = 1")


def test_sqlite_replace_is_no_way_round_it(home: Path) -> None:
    sealed_book()
    for rowid in (1, -1):
        with pytest.raises(IntegrityError, match="钥匙不得"):
            run(
                "REPLACE INTO ledger_data_key (rowid, bureau, number, cipher, kek, wrapped)"
                f" VALUES ({rowid}, '999009', 9, 'a', 'b', 'c')"
            )


def test_postgresql_truncate_is_no_way_round_it(postgresql_home: Path) -> None:
    sealed_book()
    with pytest.raises(IntegrityError, match="钥匙不得"):
        run("TRUNCATE ledger_data_key")


def test_a_value_that_is_not_its_digest_s_is_not_sealed(database: str) -> None:
    from fazheng.ledger.chain import NotCanonical

    wrong: ApartValue = replace(apart(3), value="别的")
    with transaction.atomic():
        make_key(BUREAU)
        with pytest.raises(NotCanonical, match="摘要不符"):
            keep_private(BUREAU, [wrong])
