"""Checkpoints: how long a bureau's chain is and what it holds, on one page of text that leaves the house.

The text is a C2SP tlog-checkpoint (origin, size, root in base64, further lines; then signatures as a C2SP signed note),
its further lines in Chinese. Reading and writing it needs no database; `lost` asks the open book.
"""

import base64
import re
from dataclasses import dataclass
from pathlib import Path

from fazheng.ledger.chain import FORMS
from fazheng.ledger.faults import HomeUnreadable
from fazheng.ledger.rows import rows

FOLDER = "checkpoints"  # in a home
ORIGIN = "fazheng/"
_LINE = {"head": "链尾", "made_at": "时间", "digest": "算法", "name": "单位"}
_EXAMPLE = "示例"
_SAYS = "说明 以上是本单位台账前 {size} 条的存证。请打印或抄送另存；日后凭它可验明这 {size} 条一字未改、一条未少"


class CheckpointUnreadable(HomeUnreadable):
    """This text is no checkpoint."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The first `size` entries of a bureau: their Merkle root and the digest of the last one, both in hex.

    `made_at` is ISO time, `name` the bureau's, `form` that of its entries; `example` marks an invented bureau.
    """

    bureau: str
    size: int
    root: str
    head: str
    made_at: str
    name: str
    form: int = 1
    signatures: tuple[str, ...] = ()

    @property
    def example(self) -> bool:
        """Whether the bureau is an invented one: division codes that begin with 999 belong to no place."""
        return (self.bureau[2:5] if len(self.bureau) == 18 else self.bureau[:3]) == "999"


def signed_text(checkpoint: Checkpoint) -> str:
    """The lines that a signature covers, each ended."""
    lines = [
        f"{ORIGIN}{checkpoint.bureau}",
        str(checkpoint.size),
        base64.b64encode(bytes.fromhex(checkpoint.root)).decode(),
        f"{_LINE['head']} {checkpoint.size}:{checkpoint.head}",
        f"{_LINE['made_at']} {checkpoint.made_at}",
        f"{_LINE['digest']} {FORMS[checkpoint.form]}",
        f"{_LINE['name']} {checkpoint.name}",
        *([_EXAMPLE] if checkpoint.example else []),
        _SAYS.format(size=checkpoint.size),
    ]
    return "".join(f"{line}\n" for line in lines)


def as_text(checkpoint: Checkpoint) -> str:
    """The whole page: the lines, an empty one, the signatures."""
    return signed_text(checkpoint) + "\n" + "".join(f"{line}\n" for line in checkpoint.signatures)


def parse(text: str) -> Checkpoint:
    """The checkpoint of this text. Raises CheckpointUnreadable for any other text, and for lines that differ."""
    body, _, signed = text.replace("\r\n", "\n").partition("\n\n")
    lines = [*body.split("\n"), "", "", ""]
    told = {label: rest for label, _, rest in (line.partition(" ") for line in lines[3:])}
    try:
        size = int(lines[1])
        seq, _, head = told[_LINE["head"]].partition(":")
        found = Checkpoint(
            bureau=lines[0].removeprefix(ORIGIN),
            size=size,
            root=base64.b64decode(lines[2], validate=True).hex(),
            head=head,
            made_at=told[_LINE["made_at"]],
            name=told[_LINE["name"]],
            form={name: form for form, name in FORMS.items()}[told[_LINE["digest"]]],
            signatures=tuple(line for line in signed.split("\n") if line.strip()),
        )
    except (KeyError, ValueError):
        raise CheckpointUnreadable("这不是法正的存证点，或内容不全。请用法正写出的原文件") from None
    whole = seq == str(size) and re.fullmatch("[0-9a-f]{64}", head) and len(found.root) == 64 and size > 0
    if not whole or signed_text(found).rstrip("\n") != body.rstrip("\n"):
        raise CheckpointUnreadable("存证点的文字被改动过：各行互相不符。请用法正写出的原文件")
    return found


def read(path: Path) -> Checkpoint:
    """The checkpoint in that file. Raises CheckpointUnreadable, which names the file."""
    try:
        return parse(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise CheckpointUnreadable(f"存证点文件读不了：{path}。请检查它是否存在、是否完整") from None
    except CheckpointUnreadable as fault:
        raise CheckpointUnreadable(f"{path.name}：{fault}") from None


def kept(home: Path, bureau: str) -> list[Path]:
    """The files of the bureau's checkpoints in this home, oldest first; empty where there are none."""
    return sorted((home / FOLDER).glob(f"checkpoint-{bureau}-*.txt"))


def newest(home: Path, bureau: str) -> Checkpoint | None:
    """The bureau's newest checkpoint in this home; None where it has none. Raises CheckpointUnreadable."""
    found = kept(home, bureau)
    return read(found[-1]) if found else None


def file_name(checkpoint: Checkpoint) -> str:
    """The name of its file; sorts by size."""
    return f"checkpoint-{checkpoint.bureau}-{checkpoint.size:010d}.txt"


def lost(checkpoint: Checkpoint) -> str:
    """Why the open book is not the one that the checkpoint was taken of, in Chinese; "" where it still holds its end.

    Two look-ups. That the entries before its end still give their digests is what a verification says.
    """
    sql = "SELECT digest FROM ledger_entry WHERE bureau = %s AND seq = %s"
    found = rows(sql, [checkpoint.bureau, checkpoint.size])
    if found and found[0][0] == checkpoint.head:
        return ""
    last = rows("SELECT seq FROM ledger_chain_head WHERE bureau = %s", [checkpoint.bureau])
    there = last[0][0] if last else 0
    if not found:
        return (
            f"这个账本只有 {there} 条，{checkpoint.made_at[:10]}的存证点却有 {checkpoint.size} 条："
            "账本被截短，或被换成了旧的备份"
        )
    return (
        f"第 {checkpoint.size} 条与{checkpoint.made_at[:10]}的存证点不符：账本在那以后被改动并重算过，或被换成了另一个"
    )
