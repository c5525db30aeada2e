"""Checkpoints made of a bureau's book, and the key they may be signed with."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fazheng.casework.act import Act
from fazheng.casework.besides import CHECKPOINT_MADE
from fazheng.casework.bureaux import BUREAU_CASE, Bureau
from fazheng.casework.declaring import SYSTEM
from fazheng.casework.writing import writing
from fazheng.ledger.chain import FORMS, SealedEntry, form_of
from fazheng.ledger.checkpoints import FOLDER, ORIGIN, Checkpoint, as_text, file_name, signed_text
from fazheng.ledger.faults import HomeUnreadable
from fazheng.ledger.read import entries, head
from fazheng.ledger.tree import grow, tree

CHECKPOINTS = "checkpoint"  # the case that holds them
KEYS = "keys"  # in a home
_ED25519 = b"\x01"  # the kind of key in a C2SP signed note


def make_checkpoint(bureau: Bureau) -> Checkpoint:
    """A checkpoint over every entry of the bureau so far, entered in its book; the last one where nothing came since.

    What it costs grows with the entries since the last one. Raises DigestMissing.
    """
    form = form_of(next(entries(bureau.code, case_id=BUREAU_CASE)).data)
    with writing(bureau) as act:
        end, last = head(bureau.code), _last(bureau.code)
        if last is None or last.seq != end.seq:
            grow(bureau.code, form, end.seq)
            root = tree(bureau.code, form, end.seq).root().hex()
            said = {"size": end.seq, "root": root, "head": end.digest, "digest": FORMS[form]}
            act.record(CHECKPOINTS, CHECKPOINT_MADE, Act(act.today, SYSTEM, {}), said)
            act.flush()
            last = _last(bureau.code)
    assert last is not None
    data = json.loads(last.data)
    return Checkpoint(
        bureau.code, data["size"], data["root"], data["head"], last.recorded_at, bureau.name, form_named(data["digest"])
    )


def form_named(digest: str) -> int:
    """The form whose digest has this name."""
    return next(form for form, name in FORMS.items() if name == digest)


def _last(bureau: str) -> SealedEntry | None:
    return max(entries(bureau, case_id=CHECKPOINTS), key=lambda entry: entry.version, default=None)


def write_checkpoint(checkpoint: Checkpoint, home: Path, name: str = "") -> Path:
    """Writes the page among the home's checkpoints, whole or not at all; where it stands."""
    path = home / FOLDER / (name or file_name(checkpoint))
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, as_text(checkpoint))
    return path


def replace_file(path: Path, text: str) -> None:
    """Writes `text` beside the file and puts it in its place. Raises HomeUnreadable."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        beside.write_text(text, "utf-8", newline="\n")
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise HomeUnreadable(f"写不了 {path}。请检查文件夹是否存在、磁盘是否已满、有没有权限") from None


def signed(checkpoint: Checkpoint, home: Path) -> Checkpoint:
    """The checkpoint with the bureau's Ed25519 signature; its key is made in the home where there is none.

    The line is that of a C2SP signed note. Raises HomeUnreadable for a key that cannot be read.
    """
    key = _key(home, checkpoint.bureau)
    name = f"{ORIGIN}{checkpoint.bureau}"
    mark = base64.b64encode(_key_id(name, key) + key.sign(signed_text(checkpoint).encode())).decode()
    return replace(checkpoint, signatures=(f"— {name} {mark}",))


def _key(home: Path, bureau: str) -> Ed25519PrivateKey:
    path = home / KEYS / f"checkpoint-{bureau}.pem"
    try:
        if not path.exists():
            _make_key(path, f"{ORIGIN}{bureau}")
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError):
        raise HomeUnreadable(f"签名用的密钥读不了：{path}。请检查权限，或用备份恢复它") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise HomeUnreadable(f"{path} 不是 Ed25519 密钥，不能用来签名")
    return key


def _make_key(path: Path, name: str) -> None:
    key = Ed25519PrivateKey.generate()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(plain)
    shown = base64.b64encode(_ED25519 + key.public_key().public_bytes_raw()).decode()
    path.with_suffix(".pub").write_text(f"{name}+{_key_id(name, key).hex()}+{shown}\n", "utf-8", newline="\n")


def _key_id(name: str, key: Ed25519PrivateKey) -> bytes:
    public = key.public_key().public_bytes_raw()
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]
