"""Private values for tests: an invented name and number, a closed ticket, a book as an earlier release left it."""

from pathlib import Path

from fazheng.casework.bureaux import Bureau
from fazheng.casework.writing import writing
from fazheng.ledger.models import PrivateValue
from fazheng.ledger.private_keys import Ring
from fazheng.ledger.storage import BOOK
from tests.casework.desk import TODAY, bureau_at_work, do, receive
from tests.ledger.books import run, unprotect

NAME = "示例王无名"
ID = "99900119900101001X"


def bytes_of(home: Path) -> bytes:
    """Everything that is in the book's file and beside it, as bytes."""
    return b"".join(path.read_bytes() for path in sorted(home.glob(f"{BOOK}*")))


def closed_ticket(bureau: Bureau) -> str:
    """A ticket that was closed on 2026-09-12, with a name held apart."""
    with writing(bureau, today=TODAY) as act:
        case = receive(act, caller=NAME, phone="0000-1000001")
        do(act, case, "sign_in", "2026-09-01", "乙", assigned_to="社会事务股")
        do(act, case, "contact", "2026-09-02", "甲", reached=True)
        do(act, case, "answer", "2026-09-10", "甲", outcome="explained", reply="已经解释")
        do(act, case, "close", "2026-09-12", "丙")
    return case


def plain_book(home: Path, *, changed: bool = False) -> tuple[Bureau, str]:
    """A bureau whose values stand as an earlier release wrote them: in the clear, and without a key."""
    desk = bureau_at_work()
    with writing(desk, today=TODAY) as act:
        case = receive(act, caller=NAME)
    ring = Ring(desk.code)
    opened = [ring.value(row.digest, row.salt, row.value) for row in PrivateValue.objects.all()]
    triggers = _triggers()
    unprotect()
    for one in opened:
        value = one.value + "改" if changed else one.value
        run(
            "UPDATE ledger_private_value SET salt = %s, value = %s WHERE digest = %s",
            [one.salt, value, one.digest],
        )
    run("DELETE FROM ledger_data_key")
    for statement in triggers:
        run(statement)
    return desk, case


def _triggers() -> list[str]:
    from fazheng.ledger.rows import rows

    return [row[0] for row in rows("SELECT sql FROM sqlite_master WHERE type = 'trigger'", [])]
