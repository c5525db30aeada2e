"""The Merkle tree against RFC 9162 written down once more in its plain recursive form, at every size up to 64."""

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazheng.ledger.merkle import BLOCK, Frontier, Tree, grew, includes, leaf, levels

# the eight leaves of the reference tests of Certificate Transparency, and the roots that they publish
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
SIZES = range(1, 65)


def hashed(content: bytes) -> bytes:
    return sha256(content).digest()


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d: Sequence[bytes]) -> bytes:
    """MTH(D_n) of section 2.1.1."""
    if len(d) == 0:
        return hashed(b"")
    if len(d) == 1:
        return hashed(b"\x00" + d[0])
    k = split(len(d))
    return hashed(b"\x01" + mth(d[:k]) + mth(d[k:]))


def path(m: int, d: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D_n) of section 2.1.3.1."""
    if len(d) == 1:
        return []
    k = split(len(d))
    return [*path(m, d[:k]), mth(d[k:])] if m < k else [*path(m - k, d[k:]), mth(d[:k])]


def subproof(m: int, d: Sequence[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF(m, D_n, b) of section 2.1.4.1."""
    if m == len(d):
        return [] if whole else [mth(d)]
    k = split(len(d))
    if m <= k:
        return [*subproof(m, d[:k], whole), mth(d[k:])]
    return [*subproof(m - k, d[k:], False), mth(d[:k])]


def contents(size: int) -> list[bytes]:
    return [hashed(str(n).encode()) for n in range(size)]


def tree(d: Sequence[bytes], size: int | None = None) -> Tree:
    return Tree(hashed, len(d) if size is None else size, lambda begin, end: d[begin:end])


def test_the_published_roots_of_certificate_transparency_come_out() -> None:
    d = [bytes.fromhex(one) for one in LEAVES]
    assert [tree(d[:n]).root().hex() for n in range(9)] == [EMPTY, *ROOTS]
    assert [mth(d[:n]).hex() for n in range(9)] == [EMPTY, *ROOTS]


def test_the_published_proofs_of_certificate_transparency_come_out() -> None:
    d = [bytes.fromhex(one) for one in LEAVES]
    assert [step.hex()[:8] for step in tree(d).inclusion(0)] == ["96a296d2", "5f083f0a", "6b47aaf2"]
    assert [step.hex()[:8] for step in tree(d).inclusion(5)] == ["bc1a0643", "ca854ea1", "d37ee418"]
    assert [step.hex()[:8] for step in tree(d[:3]).inclusion(2)] == ["fac54203"]
    assert [step.hex()[:8] for step in tree(d).consistency(1)] == ["96a296d2", "5f083f0a", "6b47aaf2"]
    assert [step.hex()[:8] for step in tree(d).consistency(6)] == ["0ebc5d34", "ca854ea1", "d37ee418"]
    assert [step.hex()[:8] for step in tree(d[:5]).consistency(2)] == ["5f083f0a", "bc1a0643"]


@pytest.mark.parametrize("size", SIZES)
def test_every_root_and_proof_is_that_of_the_rfc_and_is_accepted(size: int) -> None:
    d = contents(size)
    ours, root = tree(d), mth(d)
    assert ours.root() == root
    for index in range(size):
        proof = ours.inclusion(index)
        assert proof == path(index, d)
        assert includes(hashed, d[index], index, size, proof, root)
    for old in range(1, size + 1):
        steps = ours.consistency(old)
        assert steps == subproof(old, d, True)
        assert grew(hashed, (old, mth(d[:old])), (size, root), steps)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13, 31])
def test_a_proof_serves_for_its_own_leaf_and_sizes_alone(size: int) -> None:
    d = contents(size)
    ours, root = tree(d), mth(d)
    for index in range(size):
        proof = ours.inclusion(index)
        assert [n for n in range(-1, size + 1) if includes(hashed, d[index], n, size, proof, root)] == [index]
        # another size that splits the same way on this path is no other statement: leaf and root are the same
        assert not includes(hashed, d[index], index, size, [*proof, root], root)
        assert not includes(hashed, d[index], index, size, proof[1:], root) or not proof
    for old in range(1, size):
        steps = ours.consistency(old)
        accepted = [n for n in range(size + 1) if grew(hashed, (n, mth(d[:old])), (size, root), steps)]
        assert accepted == [old]
        assert not grew(hashed, (old, mth(d[:old])), (size, root), [*steps, root])


@given(st.integers(1, 300), st.data())
def test_any_flipped_bit_in_a_proof_leaf_or_root_makes_it_fail(size: int, data: st.DataObject) -> None:
    d = contents(size)
    ours = tree(d)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    parts = [d[index], ours.root(), *ours.inclusion(index)]
    place, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    parts[place] = flipped(parts[place], bit)
    assert not includes(hashed, parts[0], index, size, parts[2:], parts[1])
    steps = [ours.root(old), ours.root(), *ours.consistency(old)]
    place = data.draw(st.integers(0, len(steps) - 1))
    steps[place] = flipped(steps[place], bit)
    assert not grew(hashed, (old, steps[0]), (size, steps[1]), steps[2:])


def flipped(content: bytes, bit: int) -> bytes:
    return (int.from_bytes(content, "big") ^ 1 << bit).to_bytes(len(content), "big")


@given(st.integers(0, 3 * BLOCK), st.integers(0, 3 * BLOCK), st.booleans())
def test_stored_subtrees_give_the_same_proofs_and_save_the_reading(size: int, old: int, keep: bool) -> None:
    d = contents(size)
    whole = levels(hashed, [leaf(hashed, one) for one in d])
    asked: list[tuple[int, int]] = []

    def reading(begin: int, end: int) -> Sequence[bytes]:
        asked.append((begin, end))
        return d[begin:end]

    def stored(level: int, number: int) -> bytes | None:
        kept = keep and level < len(whole) and number < len(whole[level])
        return whole[level][number] if kept else None

    ours = Tree(hashed, size, reading, stored)
    old = min(old, size)
    assert ours.consistency(old) == tree(d).consistency(old)
    if size:
        assert ours.inclusion(size - 1) == path(size - 1, d)
    assert ours.root() == mth(d)


@given(st.lists(st.integers(0, 9), max_size=12))
def test_a_frontier_grows_by_whole_subtrees_to_the_same_root(pieces: list[int]) -> None:
    ranks = sorted(pieces, reverse=True)
    size = sum(1 << rank for rank in ranks)
    d = contents(size)
    front, at = Frontier(hashed), 0
    for rank in ranks:
        front.add(rank, mth(d[at : at + (1 << rank)]))
        at += 1 << rank
    assert front.root() == mth(d)


def test_beyond_the_tree_there_is_no_proof() -> None:
    for ask in (tree(contents(3)).inclusion, tree(contents(3)).consistency):
        for number in (-1, 4):
            with pytest.raises(IndexError):
                ask(number)
    assert not grew(hashed, (3, b""), (2, b""), [])
    assert grew(hashed, (0, hashed(b"")), (2, b"x"), [])
