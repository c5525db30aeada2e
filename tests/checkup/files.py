"""Small files in the forms that bureaux use, made here byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, **parts: str) -> bytes:
    """A .docx with this body XML; other parts by name with `__` for the slash and `.xml` left out."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            archive.writestr(f"{name.replace('__', '/')}.xml", xml.replace("<w:root", f"<w:root {_W}"))
    return held.getvalue()


def p(text: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(text: str, password: bool = False) -> bytes:
    """A PDF of one page with Latin text; with `password`, one that asks for it."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode() if text else b"0 0 m"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/Standard/V 1/R 2/O(" + b"a" * 32 + b")/U(" + b"b" * 32 + b")/P -4>>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    begin = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    locked = b"/Encrypt 6 0 R/ID[<00><00>]" if password else b""
    return bytes(out + b"trailer<</Size 7/Root 1 0 R" + locked + b">>\nstartxref\n%d\n%%%%EOF" % begin)


def doc(text: str, *, flags: int = 0, stream: str = "WordDocument") -> bytes:
    """A Word 97 file of two pieces, one of them in single bytes; padded so that the streams lie in the big sectors."""
    wide = text.encode("utf-16-le")
    word = bytearray(8192)
    struct.pack_into("<HH", word, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", word, 0x0A, flags)
    struct.pack_into("<i", word, 0x4C, len(text) + 3)
    word[2048 : 2048 + len(wide)] = wide
    word[6000:6003] = b"abc"
    pieces = struct.pack("<3I", 0, len(text), len(text) + 3)
    pieces += struct.pack("<HIH", 0, 2048, 0) + struct.pack("<HIH", 0, 0x40000000 | 12000, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", word, 0x9A + 33 * 8, 0, len(clx))
    return _ole({stream: bytes(word), "0Table": clx.ljust(4096, b"\0")})


def _ole(streams: dict[str, bytes]) -> bytes:
    """A compound file: header, one sector of allocation, one of directory, then the streams."""
    size = 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE]
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    body = b""
    names = list(streams)
    for index, name in enumerate(names):
        raw = streams[name]
        first, count = len(fat), len(raw) // size
        fat += [*range(first + 1, first + count), 0xFFFFFFFE]
        right = index + 2 if index + 1 < len(names) else 0xFFFFFFFF
        entries.append(_entry(name, 2, first, len(raw), right=right))
        body += raw
    fat += [0xFFFFFFFF] * (size // 4 - len(fat))
    head = bytearray(size)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", head, 76, 0, *[0xFFFFFFFF] * 108)
    return bytes(head) + struct.pack(f"<{size // 4}I", *fat) + b"".join(entries).ljust(size, b"\0") + body


def _entry(name: str, kind: int, first: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le")
    held = bytearray(128)
    held[: len(raw)] = raw
    struct.pack_into("<HBBIII", held, 64, len(raw) + 2, kind, 1, 0xFFFFFFFF, right, child)
    struct.pack_into("<IQ", held, 116, first, size)
    return bytes(held)
