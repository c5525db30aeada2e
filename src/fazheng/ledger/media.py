"""What a file is by how it begins: its name is nobody's business. A small table, for what a bureau keeps."""

from __future__ import annotations

import codecs

SNIFFED = 4096  # bytes of the beginning that are looked at
UNKNOWN = "application/octet-stream"
_BEGINNINGS = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"BM", "image/bmp"),
    (8, b"WEBP", "image/webp"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"ID3", "audio/mpeg"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!", "application/vnd.rar"),
)
_PACKED = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"OFD.xml", "application/ofd"),
)


def media_type(beginning: bytes) -> str:
    """The media type of content that begins so; application/octet-stream where nothing is known of it."""
    for offset, sign, media in _BEGINNINGS:
        if beginning[offset : offset + len(sign)] == sign and (offset != 8 or beginning[:4] == b"RIFF"):
            return media
    if beginning[:4] == b"PK\x03\x04":
        return next((media for sign, media in _PACKED if sign in beginning), "application/zip")
    return "text/plain" if beginning and _is_text(beginning) else UNKNOWN


def _is_text(beginning: bytes) -> bool:
    if any(sign < 32 and sign not in b"\t\n\r\f" for sign in beginning):
        return False
    cut_off = len(beginning) == SNIFFED  # then the last character may be half there
    try:
        codecs.getincrementaldecoder("utf-8")().decode(beginning, final=not cut_off)
    except UnicodeDecodeError:
        return False
    return True
