"""`fazheng init, status, verify, rebuild`: the book itself."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import click

from fazheng.casework import clock
from fazheng.casework.attaching import check as check_attachments
from fazheng.casework.bureaux import BureauFault, known
from fazheng.casework.checking import VERIFIERS, checked
from fazheng.casework.declaring import open_bureau
from fazheng.casework.paper_months import unconfirmed_months
from fazheng.casework.rebuild import rebuild as make_again
from fazheng.casework.sealing import CIPHERS, NAMES
from fazheng.cli import chinese
from fazheng.cli.common import Unusable, answer, common, open_book, placed, settings
from fazheng.cli.people import told_waiting
from fazheng.cli.with_commands import with_commands
from fazheng.lawbook.load import load
from fazheng.lawbook.standing import standing
from fazheng.ledger.chain import FORMAT, FORMS
from fazheng.ledger.models import CaseRow, Entry, Task
from fazheng.ledger.quick import Progress
from fazheng.ledger.read import bureaux as codes
from fazheng.ledger.read import head
from fazheng.ledger.verify import Verification
from fazheng.ledger.witness import accept, complaint


@click.command(cls=chinese.Command)
@click.option("--bureau", "name", required=True, metavar="NAME", help="单位名称")
@click.option("--code", required=True, help="单位编号：行政区划代码或统一社会信用代码")
@click.option("--place", default="", help="采用哪个地方的规则（默认按编号的区划）")
@click.option("--cipher", type=click.Choice(list(CIPHERS)), default="aes", help="另存的内容用哪种算法加密（sm4：国密）")
@click.option(
    "--digest",
    type=click.Choice(list(FORMS.values())),
    default=FORMS[FORMAT],
    help="摘要算法：sha256，或国密 sm3；建账以后不能更换",
)
@placed
def init(name: str, code: str, place: str, cipher: str, digest: str) -> None:
    """建一个账本，或在已有账本里再建一个单位。"""
    standing()
    open_book(Path(settings().home), create=True)
    bureau = open_bureau(name, code, place, CIPHERS[cipher], digest)
    value = {"home": settings().home, "bureau": bureau.code, "name": bureau.name, "place": bureau.place}
    adopted = (
        f"采用地方规则：{bureau.place}"
        if bureau.place
        else (f"未采用地方规则，本地期限不起算（可用 --place，现有：{'、'.join(load().places) or '无'}）")
    )
    answer(
        value,
        lambda: (
            f"已建账本 {settings().home}：{bureau.name}（{bureau.code}）。{adopted}\n"
            f"另存的内容用 {NAMES[CIPHERS[cipher]]} 加密。钥匙在账本的 keys 文件夹，请另存一份：丢了就再也打不开\n"
            "下一步：fazheng template 表格.xlsx，填好后 fazheng import 表格.xlsx"
        ),
    )


@click.command(cls=chinese.Command)
@common
def status() -> None:
    """账本里有什么、链尾在哪里、有哪些待处理事项。"""
    bureau = settings().open()
    last = head(bureau.code)
    cases = CaseRow.objects.filter(bureau=bureau.code)
    tasks = list(Task.objects.filter(bureau=bureau.code, settled_on__isnull=True).order_by("opened_on", "task_id"))
    waiting = unconfirmed_months(bureau.code, clock.today())
    value = {
        "bureau": bureau.code,
        "name": bureau.name,
        "place": bureau.place,
        "bureaux": [b.code for b in known()],
        "entries": last.seq,
        "head": last.digest,
        "cases": cases.count(),
        "open": cases.filter(closed_on__isnull=True).count(),
        "tasks": [
            {"task": t.task_id, "kind": t.kind, "role": t.role, "reason": t.reason, "article": t.article} for t in tasks
        ],
        "paper_signed": waiting,
    }
    lines = [
        f"{bureau.name}（{bureau.code}）",
        f"条目 {last.seq}，链尾 {last.seq}:{last.digest}（抄下来另存，日后可验）",
        f"案件 {value['cases']} 件，未结 {value['open']} 件，待处理事项 {len(tasks)} 件",
    ]
    lines += [f"  · {t.reason}（{t.article}）［{t.task_id}］" for t in tasks]
    lines += [f"  · {line}" for line in told_waiting(waiting)]
    answer(value, lambda: "\n".join(lines))


@click.command(cls=chinese.Command)
@click.option("--expect", default="", metavar="SEQ:DIGEST", help="从前另存的链尾，可发现整条链被重算")
@click.option("--checkpoint", "against", default="", metavar="FILE", help="从前另存的存证点，可发现重算、截短、换旧")
@click.option("--all", "everything", is_flag=True, help="全部重读，不略过以前核验过的")
@click.option("--accept", "taken", is_flag=True, help="账本比本机见过的旧而确认要接着用：验算无误后不再警告")
@click.option("--attachments", "read_files", is_flag=True, help="把附件也逐字节核对")
@click.option("--write-verifier", "folder", default="", metavar="DIR", help="只把独立核验程序写到这个文件夹")
@common
def verify(expect: str, against: str, everything: bool, taken: bool, read_files: bool, folder: str) -> int:
    """验算账本：改一个字节、缺一行、接不上、换上了旧文件，都找得到。大账本默认只读上次核验以后的，全部重读用 --all。"""
    if folder:
        return _write_verifiers(Path(folder))
    code, home = _code(), Path(settings().home)
    found = checked(code, home, _expected(expect, code), Path(against) if against else None, everything, _bar())
    if taken and found.ok:
        accept(home, clock.today().isoformat())
    if found.ok and (behind := complaint(home, code)):
        found = replace(found, ok=False, why=behind)
    value = {
        "ok": found.ok,
        "entries": found.entries,
        "head": found.head,
        "first_broken": found.first_broken,
        "why": found.why,
        "erased": found.erased,
        "sealed": found.sealed,
        "read": found.read,
    }
    said, faults = _told(found), tuple[str, ...]()
    if read_files:
        files = check_attachments(code)
        faults = files.faults
        value["attachments"] = {"sound": files.sound, "faults": list(faults), "erased": files.erased}
        said += "\n" + "\n".join([f"附件完好 {files.sound} 个，已清除 {files.erased} 个", *faults])
    answer(value, lambda: said)
    return 0 if found.ok and not faults else 1


def _told(found: Verification) -> str:
    if found.ok:
        sealed = f"；另存的内容有 {found.sealed} 处已加密，没有钥匙，没有打开核对" if found.sealed else ""
        return f"账本完好：{found.entries} 条，链尾 {found.entries}:{found.head}{sealed}\n{with_commands(found.read)}"
    where = f"，从第 {found.first_broken} 条起" if found.first_broken else ""
    return f"账本有问题{where}：{with_commands(found.why)}"


def _bar() -> Progress:
    def shown(done: int, total: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r已核验 {done} / {total} 条", nl=done == total, err=True)

    return shown


def _write_verifiers(folder: Path) -> int:
    for name, source in VERIFIERS.items():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, folder / name)
        except OSError as fault:
            raise Unusable(f"写不了 {folder}。请检查文件夹和权限") from fault
    answer(
        {"files": [str(folder / name) for name in VERIFIERS]},
        lambda: f"已写入 {folder}：{'、'.join(VERIFIERS)}。只需 Python 3.8 以上，不依赖法正",
    )
    return 0


def _code() -> str:
    """The bureau to verify: one whose entries were taken away still has the end of its chain. Raises BureauFault."""
    try:
        return settings().open().code
    except BureauFault:
        left = codes()
        if settings().bureau in left or (len(left) == 1 and not settings().bureau):
            return settings().bureau or left[0]
        raise


def _expected(text: str, bureau: str) -> tuple[int, str] | None:
    if not text:
        return None
    if len(text) == 64 and ":" not in text:
        found = Entry.objects.filter(bureau=bureau, digest=text).values_list("seq", flat=True).first()
        return found or max(head(bureau).seq, 1), text
    return kept_aside(text)


def kept_aside(text: str) -> tuple[int, str]:
    """A head as `fazheng status` prints it. Raises Unusable."""
    seq, sign, digest = text.partition(":")
    if not sign or not seq.isdigit() or len(digest) != 64:
        raise Unusable("--expect 要写成 序号:摘要（64位），就是 fazheng status 打印的链尾")
    return int(seq), digest


@click.command(cls=chinese.Command)
@common
def rebuild() -> None:
    """只凭台账条目，重做全部统计和列表用的表。"""
    bureau = settings().open()

    def progress(done: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r已重做 {done} 件", nl=False, err=True)

    cases = make_again(bureau, progress=progress)
    answer({"cases": cases}, lambda: f"已重做 {cases} 件案件的统计用表")


COMMANDS = (init, status, verify, rebuild)
