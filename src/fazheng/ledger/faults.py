"""What can be wrong with a book as a file, said in Chinese with what to do."""

from pathlib import Path


class HomeMissing(Exception):
    """There is no book in that folder."""

    def __init__(self, home: Path) -> None:
        super().__init__(f"这里没有账本：{home}。请先建新账本，或者先看示例")


class HomeUnreadable(Exception):
    """The book is there and cannot be used; the message says why and what to do, in Chinese."""


class BookBusy(HomeUnreadable):
    """Another writer held the book for longer than anybody waits; nothing was written."""


# what the databases and the system say, in the order in which it is looked for → what a clerk reads
_SENTENCES = (
    ("file is not a database", "账本文件不是数据库：它可能被别的文件覆盖，或没有拷贝完整。请用备份恢复"),
    ("malformed", "账本文件已损坏，部分内容读不出来。请停止使用，另存一份原件，再用备份恢复"),
    ("database is locked", "账本正被另一个程序占用，等候超时，本次没有写入。请稍后再试"),
    ("lock timeout", "账本正被另一个程序占用，等候超时，本次没有写入。请稍后再试"),
    ("disk is full", "磁盘已满，本次没有写入。请腾出空间后再试"),
    ("No space left", "磁盘已满，本次没有写入。请腾出空间后再试"),
    ("File too large", "文件大到系统或配额不许再写，本次没有写入。请腾出空间或放宽限额后再试"),
    ("disk I/O error", "磁盘读写出错，本次没有写入。请检查磁盘，必要时用备份恢复"),
    ("readonly database", "账本是只读的，不能写入。请检查文件和所在文件夹的权限"),
    ("Read-only file system", "磁盘是只读的，不能写入。请检查磁盘，或另选位置"),
    ("unable to open database file", "账本文件打不开。请检查路径是否存在、文件夹是否可写"),
    ("psycopg", "没有安装 PostgreSQL 驱动。请运行 pip install 'fazheng[postgres]'"),
    ("password authentication failed", "PostgreSQL 不接受 DATABASE_URL 里的用户或口令。请核对"),
    ("does not exist", "PostgreSQL 上没有 DATABASE_URL 里的库或用户。请先建好"),
    ("connection", "连不上 DATABASE_URL 里的 PostgreSQL 服务器。请检查它是否已启动、地址是否正确"),
)
_BUSY = dict(_SENTENCES)["database is locked"]


def foreseen(fault: BaseException) -> str:
    """The sentence for what a disk or a database is known to say; "" for anything else. Nothing of the fault itself,
    a path say, is in it.
    """
    said = str(fault)
    return next((sentence for words, sentence in _SENTENCES if words in said), "")


def explained(fault: Exception) -> HomeUnreadable:
    """The same fault as a HomeUnreadable in Chinese; what is not known is shown as the system said it."""
    said = str(fault)
    if sentence := foreseen(fault):
        return BookBusy(sentence) if sentence == _BUSY else HomeUnreadable(sentence)
    if isinstance(fault, PermissionError):
        return HomeUnreadable(f"没有权限使用 {fault.filename}。请检查文件夹的权限")
    if isinstance(fault, FileNotFoundError):
        return HomeUnreadable(f"找不到 {fault.filename}。请检查路径；账本的文件夹可能被移走，或所在的磁盘没有接上")
    if isinstance(fault, FileExistsError | NotADirectoryError):
        return HomeUnreadable(f"{fault.filename} 是一个文件，账本需要一个文件夹。请另选位置")
    return HomeUnreadable(f"账本不能使用（系统的说明：{said.strip() or type(fault).__name__}）。请检查磁盘和设置")
