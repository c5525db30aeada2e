"""Checkpoints, receipts and consistency proofs: made by the program, checked by the files that anybody can run."""

from __future__ import annotations

import ast
import hashlib
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fazheng.casework.bureaux import the_bureau
from fazheng.casework.checkpointing import make_checkpoint
from fazheng.casework.declaring import open_bureau
from fazheng.casework.rebuild import dump, rebuild
from fazheng.ledger import standalone_proofs, standalone_signature
from fazheng.ledger.chain import FORMS, DigestMissing, SealedEntry, digest, hash_of
from fazheng.ledger.checkpoints import CheckpointUnreadable, as_text, lost, newest, parse
from fazheng.ledger.merkle import BLOCK
from fazheng.ledger.read import entries
from fazheng.ledger.rows import rows
from fazheng.ledger.storage import BOOK, close_home, open_home
from fazheng.ledger.witness import SEEN
from tests.cli.typing import Shell
from tests.ledger.books import draft, recompute_after, spoil, write
from tests.ledger.judges import stand_alone_as_a_program

CODE = "999001"
FILES = (standalone_proofs, standalone_signature)
ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905, A.1
ABCD = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"  # A.2: "abcd" sixteen times


@pytest.fixture
def empty(home: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A home without a bureau."""
    return Shell(home, capsys)


@pytest.fixture(params=list(FORMS.values()))
def shell(request: pytest.FixtureRequest, empty: Shell) -> Shell:
    """A bureau's book of some hundreds of entries, under each digest in turn."""
    open_bureau("示例县民政局", CODE, digest=request.param)
    write([draft(n, f"case-{n % 7}") for n in range(2 * BLOCK + 5)])
    return empty


def checked(*arguments: str | Path) -> tuple[int, str]:
    done = stand_alone_as_a_program(*arguments, script=Path(standalone_proofs.__file__))
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def page(shell: Shell, *more: str) -> Path:
    return Path(shell.ask("checkpoint", *more)["file"])


def test_a_receipt_is_checked_by_one_file_against_the_page_kept_aside(shell: Shell, tmp_path: Path) -> None:
    kept = Path(shutil.copy(page(shell), tmp_path / "kept.txt"))
    out = tmp_path / "receipt.json"
    assert shell("receipt", "case-3", "--out", str(out)).code == 0
    code, said = checked(out, "--checkpoint", kept)
    assert (code, "收据属实" in said) == (0, True)
    text = out.read_text("utf-8")
    assert "示例专题" not in text  # nothing of what was recorded
    assert "case-3" not in text
    assert shell("receipt", "case-3", "--with-entries", "--out", str(out)).code == 0
    assert checked(out, "--checkpoint", kept)[0] == 0
    assert "示例专题" in out.read_text("utf-8")
    assert shell("receipt", "no-such-case").code == 2


def test_any_sign_changed_in_a_receipt_makes_it_fail(shell: Shell, tmp_path: Path) -> None:
    kept = page(shell)
    told = json.loads(shell("receipt", "case-3", "--with-entries").out)
    told["entries"] = told["entries"][:1]
    out = tmp_path / "r.json"
    for place, changed in enumerate(mutations(told)):
        out.write_text(json.dumps(changed, ensure_ascii=False), "utf-8")
        assert checked(out, "--checkpoint", kept)[0] != 0, place


def mutations(told: dict[str, object]) -> Iterator[dict[str, object]]:
    """The same file with one hexadecimal sign, or one number, other."""
    text = json.dumps(told)
    one = told["entries"][0]  # type: ignore[index]
    for word in [one["digest"], *one["proof"]]:
        for place in (0, 31, 63):
            sign = "1" if word[place] == "0" else "0"
            yield json.loads(text.replace(word, word[:place] + sign + word[place + 1 :]))
    yield json.loads(text.replace(f'"seq": {one["seq"]}', f'"seq": {one["seq"] + 1}'))
    yield json.loads(text.replace("session_held", "session_hold"))
    yield {**told, "bureau": "999002"}
    yield {**told, "entries": []}
    yield {**told, "digest": "sha512"}


def test_a_book_that_only_grew_is_proved_to(shell: Shell, tmp_path: Path) -> None:
    old = page(shell)
    write([draft(n, "late") for n in range(300)])
    new = page(shell)
    out = tmp_path / "proof.json"
    assert shell("prove", "--from", str(old), "--out", str(out)).code == 0
    assert checked(out, "--from", old) == (0, "核验通过：一致性证明属实：前 518 条未变，后来增到 820 条\n")
    assert shell("prove", "--from", str(old), "--to", str(new), "--out", str(out)).code == 0
    assert checked(out, "--from", old, "--checkpoint", new)[0] == 0
    assert checked(out, "--from", new, "--checkpoint", new)[0] == 1
    assert shell("prove", "--from", str(new), "--to", str(old)).code == 1
    told = json.loads(out.read_text("utf-8"))
    for place, step in enumerate(told["proof"]):
        sign = "1" if step[5] == "0" else "0"
        out.write_text(json.dumps({**told, "proof": [*told["proof"][:place], step[:5] + sign + step[6:],
                                                     *told["proof"][place + 1 :]]}))  # fmt: skip
        assert checked(out, "--from", old)[0] == 1


def test_a_book_computed_anew_cannot_be_proved_and_fails_verification(empty: Shell, tmp_path: Path) -> None:
    open_bureau("示例县民政局", CODE)
    write([draft(n) for n in range(9)])
    kept = Path(shutil.copy(page(empty), tmp_path / "kept.txt"))
    shutil.rmtree(empty.home / "checkpoints")
    (empty.home / SEEN).unlink()
    forged = next(iter(entries(CODE, case_id=draft().case_id)))
    recompute_after(forged._replace(data="{}"))
    assert empty("verify").code == 0  # whole in itself
    told = empty("prove", "--from", str(kept))
    assert told.code == 1
    assert "改动并重算过" in told.out
    assert empty("verify", "--checkpoint", str(kept)).code == 1
    assert "改动并重算过" in lost(parse(kept.read_text("utf-8")))


def test_a_file_swapped_for_an_older_copy_is_told_by_its_own_checkpoints_and_by_one_kept_aside(
    empty: Shell, tmp_path: Path
) -> None:
    open_bureau("示例县民政局", CODE)
    write([draft(n) for n in range(9)])
    close_home()
    shutil.copyfile(empty.home / BOOK, tmp_path / "old.sqlite3")
    open_home(empty.home)
    write([draft(n) for n in range(9)])
    kept = Path(shutil.copy(page(empty), tmp_path / "kept.txt"))
    close_home()
    shutil.copyfile(tmp_path / "old.sqlite3", empty.home / BOOK)
    told = empty("verify")
    assert told.code == 1
    assert "缺失" in told.out
    assert "旧的备份" in empty("prove", "--from", str(kept)).out
    shutil.rmtree(empty.home / "checkpoints")
    (empty.home / SEEN).unlink()
    assert empty("verify").code == 0  # nothing else in the house knows
    assert empty("verify", "--checkpoint", str(kept)).code == 1


@pytest.mark.usefixtures("empty")
def test_a_checkpoint_costs_what_is_new_and_the_same_one_comes_again_where_nothing_is() -> None:
    bureau = open_bureau("示例县民政局", CODE)
    write([draft(n) for n in range(20 * BLOCK)])
    first = make_checkpoint(bureau)
    assert make_checkpoint(bureau) == first
    kept = len(rows("SELECT 1 FROM ledger_tree_node", []))
    assert kept == 20 + 10 + 5 + 2 + 1
    write([draft(1)])
    read: list[tuple[int, int]] = []
    with pytest.MonkeyPatch.context() as patch:
        from fazheng.ledger import tree

        plain = tree.contents
        patch.setattr(tree, "contents", lambda b, begin, end: read.append((begin, end)) or plain(b, begin, end))
        make_checkpoint(bureau)
    assert sum(end - begin for begin, end in read) < BLOCK


def test_the_kept_subtrees_are_made_again_by_rebuild(shell: Shell) -> None:
    page(shell)
    write([draft(n) for n in range(300)])
    page(shell)
    before = dump(CODE)["ledger_tree_node"]
    assert before
    rebuild(the_bureau(CODE))
    assert dump(CODE)["ledger_tree_node"] == before


def test_a_kept_subtree_that_was_changed_gives_no_false_receipt(empty: Shell) -> None:
    open_bureau("示例县民政局", CODE)
    write([draft(n, f"case-{n % 7}") for n in range(4 * BLOCK)])
    page(empty)
    spoil("UPDATE ledger_tree_node SET digest = %s WHERE level = 8 AND number = 1", ["0" * 64])
    told = empty("receipt", "case-1")
    assert told.code == 2
    assert "rebuild" in told.err


def test_a_page_is_read_back_and_any_line_changed_is_refused(shell: Shell) -> None:
    path = page(shell)
    text = path.read_text("utf-8")
    made = parse(text)
    assert as_text(made) == text
    assert newest(shell.home, CODE) == made
    assert lost(made) == ""
    assert "\n示例\n" in text
    size, root, head, _, digest, _, _, says = text.split("\n")[1:9]
    for line in (size, root, head, digest, says):  # day and names are vouched for by a signature, or by who kept it
        with pytest.raises(CheckpointUnreadable):
            parse(text.replace(f"\n{line}\n", f"\n{line[:-1]}\n", 1))
    for other in ("", "letter", "{}", "fazheng/999001\n\n"):
        with pytest.raises(CheckpointUnreadable):
            parse(other)


def test_a_signature_is_checked_by_one_file_and_fails_for_another_text_or_key(empty: Shell, tmp_path: Path) -> None:
    open_bureau("示例县民政局", CODE)
    path = page(empty, "--sign")
    private = empty.home / "keys" / f"checkpoint-{CODE}.pem"
    key = private.with_suffix(".pub")
    assert private.stat().st_mode & 0o077 == 0
    script = Path(standalone_signature.__file__)
    assert stand_alone_as_a_program(path, key, script=script).returncode == 0
    changed = tmp_path / "changed.txt"
    changed.write_text(path.read_text("utf-8").replace("示例县", "样例县"), "utf-8")
    assert stand_alone_as_a_program(changed, key, script=script).returncode == 1
    assert stand_alone_as_a_program(tmp_path / "none", key, script=script).returncode == 2
    assert page(empty, "--sign").read_text("utf-8") == changed.read_text("utf-8").replace("样例县", "示例县")


def test_the_signature_is_that_of_rfc_8032() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    public = key.public_key().public_bytes_raw()
    for message in (b"", b"\x72", "存证点".encode()):
        signature = key.sign(message)
        assert standalone_signature.valid(public, message, signature)
        assert not standalone_signature.valid(public, message + b".", signature)
        for place in (0, 31, 32, 63):
            other = bytearray(signature)
            other[place] ^= 1
            assert not standalone_signature.valid(public, message, bytes(other))
    empty = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert standalone_signature.valid(empty, b"", signature)


def test_sm3_is_that_of_the_standard_by_the_machine_and_by_the_one_file() -> None:
    for hashed in (hash_of(2), standalone_proofs.sm3):
        assert hashed(b"abc").hex() == ABC
        assert hashed(b"abcd" * 16).hex() == ABCD
    assert digest(b"abc", 2) == ABC
    for length in (0, 1, 55, 56, 63, 64, 65, 200):
        assert standalone_proofs.sm3(b"x" * length) == hash_of(2)(b"x" * length)


def test_a_book_under_sm3_says_so_and_every_verifier_reads_it(empty: Shell) -> None:
    assert empty("init", "--bureau", "示例县民政局", "--code", CODE, "--digest", "sm3").code == 0
    write([draft(n) for n in range(5)])
    first = next(entries(CODE))
    assert '"digest":"sm3"' in first.data
    assert first.digest == hashlib.new("sm3", content_of(first)).hexdigest()
    assert empty("verify").code == 0
    close_home()
    assert stand_alone_as_a_program(empty.home / BOOK).returncode == 0
    open_home(empty.home)
    spoil("UPDATE ledger_entry SET source = 'x' WHERE seq = 4")
    told = empty("verify", "--format", "json")
    assert (told.code, told.json["first_broken"]) == (1, 4)


def content_of(entry: SealedEntry) -> bytes:
    names = [name for name in entry._fields if name != "digest"]
    return json.dumps([2, *(getattr(entry, n) for n in names)], ensure_ascii=False, separators=(",", ":")).encode()


def test_a_python_without_sm3_says_so_in_a_sentence_and_what_to_do(
    empty: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_bureau("示例县民政局", CODE, digest="sm3")
    known = hashlib.new

    def without(name: str, *content: bytes) -> object:
        if name == "sm3":
            raise ValueError("unsupported hash type sm3")
        return known(name, *content)

    monkeypatch.setattr(hashlib, "new", without)
    hash_of.cache_clear()
    with pytest.raises(DigestMissing, match="SM3"):
        hash_of(2)
    told = empty("verify")
    assert (told.code, "SM3" in told.err, "OpenSSL" in told.err) == (2, True, True)
    hash_of.cache_clear()


@pytest.mark.parametrize("module", FILES)
def test_each_file_is_at_most_200_lines_for_python_3_8_and_imports_nothing_but_the_standard_library(
    module: object,
) -> None:
    source = Path(str(module.__file__)).read_text("utf-8")  # type: ignore[attr-defined]
    assert len(source.splitlines()) <= 200
    tree = ast.parse(source, feature_version=(3, 8))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names


def test_what_is_no_proof_is_called_unreadable(tmp_path: Path) -> None:
    for text in ("", "{}", "[]", '{"form": "fazheng.receipt/1"}', '{"form": "fazheng.consistency/1"}', "a letter"):
        (tmp_path / "x.json").write_text(text, "utf-8")
        assert checked(tmp_path / "x.json")[0] == 2
    assert checked(tmp_path / "none.json")[0] == 2
