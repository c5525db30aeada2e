import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazheng.ledger.chain import (
    COLUMNS,
    GENESIS,
    DraftEntry,
    NotCanonical,
    SealedEntry,
    apart_digest,
    canonical,
    canonical_json,
    digest,
    first_break,
    seal,
)
from tests.ledger.books import draft

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
drafts = st.builds(
    DraftEntry,
    **{name: words for name in DraftEntry.__dataclass_fields__ if name not in ("bureau", "case_id")},
    bureau=st.just("999001"),
    case_id=st.sampled_from(["a", "b", "c"]),
)


def chain_of(written: list[DraftEntry]) -> list[SealedEntry]:
    sealed: list[SealedEntry] = []
    versions: dict[str, int] = {}
    for entry in written:
        versions[entry.case_id] = versions.get(entry.case_id, 0) + 1
        prev = sealed[-1].digest if sealed else GENESIS
        sealed.append(seal(entry, len(sealed) + 1, versions[entry.case_id], prev))
    return sealed


def test_the_canonical_bytes_are_one_json_list_beginning_with_the_number_of_the_form() -> None:
    entry = seal(draft(), 1, 1, GENESIS)
    stored = [value for name, value in entry._asdict().items() if name != "digest"]
    expected = json.dumps([1, *stored], ensure_ascii=False, separators=(",", ":")).encode()
    assert canonical(entry) == expected
    assert entry.digest == digest(expected) == hashlib.sha256(expected).hexdigest()


def test_the_form_never_changes_unnoticed() -> None:
    entry = seal(DraftEntry("999001", "案", "事", '{"额":100}', "甲", "乙", "丙", "2025-01-02", "时"), 1, 1, GENESIS)
    assert canonical(entry).decode() == (
        '[1,"999001",1,"案",1,"事","{\\"额\\":100}","[]","[]","甲","乙","丙","2025-01-02","时","","' + "0" * 64 + '"]'
    )
    assert entry.digest == "b29c22c1eeae2795a0c6eac496842ff39fb7a18f427c3ab373043f9bc55f0d92"


def test_canonical_json_sorts_keys_and_keeps_chinese() -> None:
    assert canonical_json({"b": [1, None, True], "a": "罚款"}) == '{"a":"罚款","b":[1,null,true]}'


@pytest.mark.parametrize("value", [1.0, {"fine": 0.5}, [[1, [float("nan")]]], {"a": ({"b": float("inf")},)}])
def test_canonical_json_refuses_a_float_at_any_depth(value: object) -> None:
    with pytest.raises(NotCanonical, match="账本不存小数"):
        canonical_json(value)


@pytest.mark.parametrize("value", [{1: "a"}, {"a": b"bytes"}, {"a": {1, 2}}, "\ud800", {"\udfff": 1}])
def test_canonical_json_refuses_what_cannot_be_read_back_the_same(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_json(value)


def test_half_a_character_cannot_be_sealed() -> None:
    with pytest.raises(NotCanonical, match=r"U\+D83D"):
        seal(replace(draft(), by="\ud83d"), 1, 1, GENESIS)


def test_a_sealed_entry_cannot_be_changed_in_memory() -> None:
    with pytest.raises(AttributeError):
        seal(draft(), 1, 1, GENESIS).by = "B01"  # type: ignore[misc]


def test_the_salt_hides_equal_values() -> None:
    assert apart_digest(b"\x00" * 16, "示例") != apart_digest(b"\x01" * 16, "示例")
    assert apart_digest(b"salt", "示例") == hashlib.sha256(b"salt" + "示例".encode()).hexdigest()


@given(st.lists(drafts, max_size=8))
def test_every_chain_that_was_sealed_holds(written: list[DraftEntry]) -> None:
    assert first_break(chain_of(written)) is None


@given(st.lists(drafts, min_size=1, max_size=6), st.data())
def test_any_change_of_any_field_breaks_the_chain_at_that_entry(written: list[DraftEntry], data: st.DataObject) -> None:
    chain = chain_of(written)
    place = data.draw(st.integers(0, len(chain) - 1))
    name = data.draw(st.sampled_from(COLUMNS))
    before = getattr(chain[place], name)
    after = data.draw((st.integers() if isinstance(before, int) else words).filter(lambda value: value != before))
    chain[place] = chain[place]._replace(**{name: after})
    fault = first_break(chain)
    assert fault is not None
    assert fault.seq == place + 1
    assert f"第 {place + 1} 条" in fault.why


@given(st.lists(drafts, min_size=2, max_size=6), st.data())
def test_a_missing_a_doubled_and_a_moved_entry_break_the_chain(written: list[DraftEntry], data: st.DataObject) -> None:
    chain = chain_of(written)
    place = data.draw(st.integers(0, len(chain) - 2))
    cut = first_break(chain[:place] + chain[place + 1 :])
    doubled = first_break([*chain[: place + 1], *chain[place:]])
    moved = first_break([*chain[:place], chain[place + 1], chain[place], *chain[place + 2 :]])
    assert cut is not None
    assert cut.seq == place + 1
    assert doubled is not None
    assert doubled.seq == place + 2
    assert moved is not None
    assert moved.seq == place + 1


def test_a_version_that_is_left_out_is_found_though_every_digest_holds() -> None:
    first = seal(draft(), 1, 1, GENESIS)
    fault = first_break([first, seal(draft(), 2, 3, first.digest)])
    assert fault is not None
    assert fault.seq == 2
    assert "版本号应为 2" in fault.why
