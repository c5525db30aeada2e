"""A verification with all that a home knows: its checkpoints, and up to where it was verified before."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from fazheng.casework import clock
from fazheng.casework.checkpointing import write_checkpoint
from fazheng.ledger import standalone_proofs, standalone_report, standalone_signature, standalone_verifier
from fazheng.ledger.checkpoints import FOLDER, Checkpoint, CheckpointUnreadable, kept, read
from fazheng.ledger.faults import HomeUnreadable
from fazheng.ledger.quick import Plan, Progress
from fazheng.ledger.verify import Verification, verify

VERIFIERS = {
    "verify_ledger.py": standalone_verifier.__file__,
    "verify_proofs.py": standalone_proofs.__file__,
    "verify_report.py": standalone_report.__file__,
    "verify_signature.py": standalone_signature.__file__,
}


def checked(
    bureau: str, home: Path, expect: tuple[int, str] | None, against: Path | None, everything: bool, progress: Progress
) -> Verification:
    """Verifies the bureau's chain against `expect`, the checkpoint in the file `against` and all in the home.

    What this home verified before is only sampled again, unless `everything` is wanted; up to where, the home notes
    in a page of the form of a checkpoint. Raises CheckpointUnreadable for a file in the way, HomeUnreadable.
    """
    held = [read(path) for path in [*kept(home, bureau), *([against] if against else [])]]
    if other := next((one.bureau for one in held if one.bureau != bureau), ""):
        raise CheckpointUnreadable(f"这是 {other} 的存证点，不是 {bureau} 的")
    mark = None if everything else _mark(home, bureau)
    held += [mark] if mark else []
    plan = Plan(since=mark.size if mark else 0, seed=clock.salt(), progress=progress)
    found = verify(bureau, expect=expect, checkpoints=held, plan=plan)
    if found.ok and found.root and found.entries:
        now = clock.now().isoformat(timespec="seconds")
        with suppress(HomeUnreadable, OSError):  # a book on a disk that cannot be written is verified all the same
            made = Checkpoint(bureau, found.entries, found.root, found.head, now, _note(bureau), found.form)
            write_checkpoint(made, home, _mark_name(bureau))
    return found


def _mark_name(bureau: str) -> str:
    return f"verified-{bureau}.txt"


def _note(bureau: str) -> str:
    return f"{bureau}（本机核验到此，只供下次核验用，不是另存的凭据）"


def _mark(home: Path, bureau: str) -> Checkpoint | None:
    """Up to where this home was verified; None where nobody knows, and then all is read."""
    try:
        return read(home / FOLDER / _mark_name(bureau))
    except CheckpointUnreadable:
        return None
