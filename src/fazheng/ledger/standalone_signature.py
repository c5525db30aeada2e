"""Checks the signature under a checkpoint with nothing but Python 3.8+: python standalone_signature.py PAGE KEY

法正存证点验签：只用 Python 标准库。PAGE 是签过名的存证点，KEY 是单位公布的公钥文件（.pub）或其中那一行。
签名为 Ed25519（RFC 8032），样式同 C2SP signed note。退出码：0 有效，1 无效，2 读不了。
"""

# ruff: noqa: UP006, UP031, UP035  (what Python 3.8 knows)
from __future__ import annotations

import base64
import hashlib
import sys
from pathlib import Path
from typing import Tuple

Point = Tuple[int, int, int, int]
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar: int, p: Point) -> Point:
    found = (0, 1, 1, 0)
    while scalar:
        found, p, scalar = add(found, p) if scalar & 1 else found, add(p, p), scalar >> 1
    return found


def point(raw: bytes) -> Point:
    """The point of these 32 bytes. Raises ValueError where there is none."""
    y = int.from_bytes(raw, "little") & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if len(raw) != 32 or y >= P or (x * x - square) % P or (x == 0 and raw[31] >> 7):
        raise ValueError
    x = P - x if x & 1 != raw[31] >> 7 else x
    return x, y, 1, x * y % P


def valid(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this is an Ed25519 signature of the message by that key."""
    if len(signature) != 64:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    asked = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    try:
        right = add(point(signature[:32]), times(asked, point(public)))
    except ValueError:
        return False
    left = times(scalar, point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")))
    return scalar < ORDER and all((left[n] * right[2] - right[n] * left[2]) % P == 0 for n in (0, 1))


def signed(page: str, key: str) -> bool:
    """Whether one of the page's signatures is that of `key` over all lines before the empty one."""
    name, mark, shown = key.strip().split("+", 2)
    body, _, marks = page.replace("\r\n", "\n").partition("\n\n")
    public = base64.b64decode(shown)[1:]
    found = [base64.b64decode(line.split(" ")[2]) for line in marks.split("\n") if line.startswith("— %s " % name)]
    return any(raw[:4].hex() == mark and valid(public, (body + "\n").encode(), raw[4:]) for raw in found)


def main(arguments: list[str]) -> int:
    try:
        page, key = arguments
        key = Path(key).read_text("utf-8-sig") if key.endswith(".pub") else key
        good = signed(Path(page).read_text("utf-8-sig"), key)
    except (OSError, ValueError, IndexError):
        print("读不了。用法：python standalone_signature.py 存证点文件 公钥文件", file=sys.stderr)
        return 2
    print("签名有效" if good else "核验不通过：存证点没有这把公钥的有效签名")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
