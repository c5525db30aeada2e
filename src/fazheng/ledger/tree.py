"""The Merkle tree over the entries of the open book, with the roots of its whole subtrees kept from block to block.

What is kept (ledger_tree_node) is a projection: it grows when a checkpoint is made, up to the checkpoint, and `rebuild`
makes it again. No proof rests on it unseen: whoever hands one out checks it first against the root it is for.
"""

from collections.abc import Sequence

from fazheng.ledger.chain import hash_of
from fazheng.ledger.merkle import BLOCK, BLOCK_LEVEL, Tree, leaf, levels, node
from fazheng.ledger.models import TreeNode
from fazheng.ledger.rows import rows

_AT_ONCE = 128  # blocks hashed before they are stored


def grow(bureau: str, form: int, size: int) -> None:
    """Stores every whole subtree of BLOCK leaves and more among the first `size` entries that is not yet there."""
    hashed = hash_of(form)
    last = rows("SELECT max(number) FROM ledger_tree_node WHERE bureau = %s AND level = %s", [bureau, BLOCK_LEVEL])[0][
        0
    ]
    begun, end = 0 if last is None else last + 1, size // BLOCK
    known: dict[tuple[int, int], bytes] = {}
    for start in range(begun, end, _AT_ONCE):
        made: list[TreeNode] = []
        for number in range(start, min(start + _AT_ONCE, end)):
            held = contents(bureau, number * BLOCK, (number + 1) * BLOCK)
            found = levels(hashed, [leaf(hashed, one) for one in held])[BLOCK_LEVEL][0]
            level, place = BLOCK_LEVEL, number
            while True:
                known[level, place] = found
                made.append(TreeNode(bureau=bureau, level=level, number=place, digest=found.hex()))
                if place % 2 == 0:
                    break
                left = known.get((level, place - 1)) or _stored(bureau, level, place - 1)
                assert left is not None  # an odd one is never stored before its neighbour
                found, level, place = node(hashed, left, found), level + 1, place // 2
        TreeNode.objects.bulk_create(made, batch_size=500)


def tree(bureau: str, form: int, size: int) -> Tree:
    """The tree over the first `size` entries."""
    return Tree(
        hash_of(form),
        size,
        lambda begin, end: contents(bureau, begin, end),
        lambda level, number: _stored(bureau, level, number),
    )


def contents(bureau: str, begin: int, end: int) -> Sequence[bytes]:
    """The digests of the entries number `begin` + 1 to `end`, as bytes."""
    sql = "SELECT digest FROM ledger_entry WHERE bureau = %s AND seq > %s AND seq <= %s ORDER BY seq"
    return [bytes.fromhex(row[0]) for row in rows(sql, [bureau, begin, end])]


def _stored(bureau: str, level: int, number: int) -> bytes | None:
    sql = "SELECT digest FROM ledger_tree_node WHERE bureau = %s AND level = %s AND number = %s"
    found = rows(sql, [bureau, level, number])
    return bytes.fromhex(found[0][0]) if found else None
