""".doc of Word 97 to 2003 and Kingsoft .wps of the same form: OLE2, the text by its piece table."""

from __future__ import annotations

import io
import re
import struct

from fazheng.checkup.reading.unreadable import Foreign, Unreadable
from fazheng.checkup.text import Document

_SAVE_AS = "请用 Word 或 WPS 打开，另存为 .docx 再试"
_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_SIGNS = str.maketrans({
    "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x07": "\t", "\x1e": "-", "\x1f": "", "\x00": "", "\x01": "",
    "\x02": "", "\x03": "", "\x04": "", "\x05": "", "\x08": "", "\x13": "", "\x14": "", "\x15": "",
})  # fmt: skip
_FIB = 0x9A  # FibRgFcLcb: pairs of offset and length
_CLX = 33  # the pair of the piece table
_LARGEST = 60_000_000


def read_doc(raw: bytes, name: str) -> Document:
    """A .doc or .wps file. Raises Unreadable for one with a password, of an older form, or of another program."""
    try:
        import olefile
    except ImportError:
        raise Unreadable(f"没有安装读旧版 .doc 的部件（olefile）；{_SAVE_AS}") from None
    try:
        with olefile.OleFileIO(io.BytesIO(raw)) as file:
            if file.exists("EncryptedPackage") or file.exists("EncryptionInfo"):
                raise Unreadable("文件加了密码；请取消密码以后再试")
            if file.exists("Workbook") or file.exists("Book"):
                raise Unreadable("这是 Excel 表格，不是报告")
            if not file.exists("WordDocument"):
                raise Foreign(f"这不是 Word 文档；{_SAVE_AS}", "wps")
            word = file.openstream("WordDocument").read(_LARGEST)
            flags = struct.unpack_from("<H", word, 0x0A)[0]
            table = "1Table" if flags & 0x0200 else "0Table"
            if flags & 0x0100:
                raise Unreadable("文件加了密码；请取消密码以后再试")
            pieces = file.openstream(table).read(_LARGEST) if file.exists(table) else b""
            metadata = _metadata(file)
    except Unreadable:
        raise
    except Exception:  # the library raises many kinds for broken files
        raise Unreadable(f"文件坏了，打不开；{_SAVE_AS}") from None
    try:
        text = _text(word, pieces)
    except (struct.error, IndexError, ValueError, OverflowError):
        raise Foreign(f"文件坏了，或者是太旧的格式；{_SAVE_AS}", "doc") from None
    return Document(text, name, "doc", metadata=metadata)


def _metadata(file: object) -> dict[str, str]:
    try:
        said = file.get_metadata()  # type: ignore[attr-defined]
    except Exception:  # a broken property set is no reason to refuse the text
        return {}
    found = {}
    for key, of in (
        ("author", "creator"),
        ("last_saved_by", "lastModifiedBy"),
        ("title", "title"),
        ("company", "Company"),
    ):
        value = getattr(said, key, None)
        if isinstance(value, bytes) and value:
            found[of] = value.decode("utf-8" if said.codepage == 65001 else "gb18030", "replace").strip("\0 ")
    return {key: value for key, value in found.items() if value}


def _text(word: bytes, table: bytes) -> str:
    magic, version = struct.unpack_from("<HH", word, 0)
    if magic not in (0xA5EC, 0xA5DC) or version < 0x00C0:
        raise ValueError("older than Word 97")
    main = struct.unpack_from("<i", word, 0x4C)[0]  # characters of the body: notes and heads come after it
    start, length = struct.unpack_from("<II", word, _FIB + _CLX * 8)
    clx = table[start : start + length]
    at = 0
    while at < len(clx) and clx[at] == 1:  # property runs before the piece table
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise ValueError("no piece table")
    size = struct.unpack_from("<I", clx, at + 1)[0]
    plc = clx[at + 5 : at + 5 + size]
    count = (len(plc) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", plc, 0)
    found: list[str] = []
    for index in range(count):
        where = struct.unpack_from("<I", plc, (count + 1) * 4 + index * 8 + 2)[0]
        characters = max(0, min(ends[index + 1], main) - ends[index])
        narrow = bool(where & 0x40000000)
        where &= 0x3FFFFFFF
        if narrow:
            found.append(word[where // 2 : where // 2 + characters].decode("cp1252", "replace"))
        else:
            found.append(word[where : where + characters * 2].decode("utf-16-le", "replace"))
    text = "".join(found)
    for _ in range(4):  # fields stand inside fields
        text = _FIELD.sub(lambda field: field[1] or "", text)
    return text.translate(_SIGNS).replace("\t\t", "\n")
