"""The Merkle tree of RFC 9162 over one bureau's entries: roots, inclusion proofs, consistency proofs. No database.

A leaf is the digest of an entry, as bytes: H(0x00 || digest); a node is H(0x01 || left || right); H is the digest of
the book. The digest already stands for every column of its entry, so a proof shows nothing of what was recorded.
Law: none; RFC 9162 sections 2.1.1 to 2.1.4.
"""

from collections.abc import Callable, Sequence

Hash = Callable[[bytes], bytes]
BLOCK = 256  # leaves below a stored node: what is hashed again for one proof
BLOCK_LEVEL = 8


def leaf(hashed: Hash, content: bytes) -> bytes:
    """The hash of a leaf."""
    return hashed(b"\0" + content)


def node(hashed: Hash, left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children."""
    return hashed(b"\1" + left + right)


def levels(hashed: Hash, leaves: Sequence[bytes]) -> list[list[bytes]]:
    """All whole subtrees over these leaf hashes, by level: [0] the leaves themselves, [1] their pairs, and so on."""
    found = [list(leaves)]
    while len(found[-1]) > 1:
        last = found[-1]
        pairs = zip(last[::2], last[1::2], strict=False)  # one without its neighbour waits for it
        found.append([hashed(b"\1" + left + right) for left, right in pairs])
    return found


class Frontier:
    """A tree that only grows, known by the roots of its whole subtrees, greatest first."""

    def __init__(self, hashed: Hash) -> None:
        self._hash = hashed
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, level: int, digest: bytes) -> None:
        """Sets the next whole subtree of 2**level leaves beside what stands; no smaller one may stand before it."""
        self._peaks.append((level, digest))
        while len(self._peaks) > 1 and self._peaks[-1][0] == self._peaks[-2][0]:
            (_, right), (below, left) = self._peaks.pop(), self._peaks.pop()
            self._peaks.append((below + 1, node(self._hash, left, right)))

    def root(self, more: Sequence[bytes] = ()) -> bytes:
        """The root of the tree, with the roots of smaller whole subtrees `more` (greatest first) set behind it."""
        peaks = [*(digest for _, digest in self._peaks), *more]
        if not peaks:
            return self._hash(b"")
        found = peaks.pop()
        while peaks:
            found = node(self._hash, peaks.pop(), found)
        return found


class Tree:
    """The tree over the first `size` leaves, read where a proof needs it.

    `contents(begin, end)` gives the digests of these leaves (numbered from 0); `stored(level, number)` the root of the
    whole subtree of that level and place where it is kept, else None.
    """

    def __init__(
        self,
        hashed: Hash,
        size: int,
        contents: Callable[[int, int], Sequence[bytes]],
        stored: Callable[[int, int], bytes | None] = lambda level, number: None,
    ) -> None:
        self.size = size
        self._hash, self._contents, self._stored = hashed, contents, stored
        self._known: dict[tuple[int, int], bytes] = {}
        self._block: tuple[int, list[list[bytes]]] = (-1, [])

    def root(self, size: int | None = None) -> bytes:
        """The root over the first `size` leaves, all of them where none is said."""
        size = self.size if size is None else size
        return self._over(0, size) if size else self._hash(b"")

    def inclusion(self, index: int) -> list[bytes]:
        """The proof that leaf `index` is in the tree; lowest first. Raises IndexError beyond the tree."""
        if not 0 <= index < self.size:
            raise IndexError(index)
        proof, begin, end = [], 0, self.size
        while end - begin > 1:
            middle = begin + _left(end - begin)
            if index < middle:
                proof.append(self._over(middle, end))
                end = middle
            else:
                proof.append(self._over(begin, middle))
                begin = middle
        return proof[::-1]

    def consistency(self, size: int) -> list[bytes]:
        """The proof that the tree over the first `size` leaves grew into this one; empty for no leaf and for all.

        Raises IndexError beyond the tree.
        """
        if not 0 <= size <= self.size:
            raise IndexError(size)
        proof, begin, end = [], 0, self.size
        if size in (0, end):
            return []
        while size != end:
            middle = begin + _left(end - begin)
            if size <= middle:
                proof.append(self._over(middle, end))
                end = middle
            else:
                proof.append(self._over(begin, middle))
                begin = middle
        return [*([self._over(begin, end)] if begin else []), *proof[::-1]]

    def _over(self, begin: int, end: int) -> bytes:
        """The root over the leaves from `begin` to before `end`, where `begin` is a place at which RFC 9162 splits."""
        if (begin, end) not in self._known:
            self._known[begin, end] = self._found(begin, end)
        return self._known[begin, end]

    def _found(self, begin: int, end: int) -> bytes:
        length = end - begin
        whole = length & (length - 1) == 0
        level = length.bit_length() - 1
        if whole and level >= BLOCK_LEVEL and (kept := self._stored(level, begin // length)) is not None:
            return kept
        if whole and length <= BLOCK:
            return self._in_block(begin, length)
        middle = begin + _left(length)
        return node(self._hash, self._over(begin, middle), self._over(middle, end))

    def _in_block(self, begin: int, length: int) -> bytes:
        block, place = divmod(begin, BLOCK)
        if self._block[0] != block:
            held = self._contents(block * BLOCK, min(self.size, (block + 1) * BLOCK))
            self._block = (block, levels(self._hash, [leaf(self._hash, one) for one in held]))
        return self._block[1][length.bit_length() - 1][place // length]


def _left(length: int) -> int:
    """The greatest power of two below `length`."""
    return 1 << (length - 1).bit_length() - 1


def includes(hashed: Hash, content: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows that leaf `index` with this content is in the tree of that size and root."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf(hashed, content)
    for step in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node(hashed, step, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node(hashed, found, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def grew(hashed: Hash, old: tuple[int, bytes], new: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the tree `new` (size, root) holds the tree `old` unchanged as its beginning."""
    (size, root), (after, after_root) = old, new
    if not 0 <= size <= after:
        return False
    if size in (0, after):
        return not proof and (root == hashed(b"") if size == 0 else root == after_root)
    steps = [root, *proof] if size & (size - 1) == 0 else list(proof)
    if not steps:
        return False
    at, last = size - 1, after - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    was = now = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            was, now = node(hashed, step, was), node(hashed, step, now)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            now = node(hashed, now, step)
        at, last = at >> 1, last >> 1
    return last == 0 and was == root and now == after_root
