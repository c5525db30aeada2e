"""`make windows`: the project under a Python for Windows, on Wine. `python -m tests.windows [FOLDER …]`: tests too.

The example year is filled and verified, `fazheng serve` answers pages to somebody who logged in, and a workbook is
imported; then the tests of the folders run. Where something is missing that it needs, one line says how to get it.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Sequence
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from tests.windows.python_on_wine import ROOT, Windows, made, missing, seen

FOLDER, PORT = ROOT / "build" / "windows", 8631
PAGES = ("/today/", "/todo/", "/lists/", "/registers/", "/figures/", "/head/", "/report/", "/checkup/", "/audit/")
HEAD = "Z001"


def main(folders: Sequence[str]) -> int:
    if lacking := missing():
        print(f"跳过：{lacking}")
        return 0
    windows = made(FOLDER)
    print(windows.run("-c", "import sys; print(sys.version, sys.platform, sys.stdout.encoding)").stdout.strip())
    home = FOLDER / "tmp" / f"demo-{time.monotonic_ns()}"
    told = windows.run("-m", "fazheng", "demo", "--alive", "--home", seen(home))
    checked = windows.run("-m", "fazheng", "--home", seen(home), "verify", "--all")
    print(told.stdout if told.returncode else "示例年度：已导入，报告已编出", checked.stdout, sep="\n")
    if told.returncode or checked.returncode:
        return 1
    return _served(windows, home) or _tested(windows, folders)


def _served(windows: Windows, home: Path) -> int:
    address = f"http://127.0.0.1:{PORT}"
    with windows.running("-m", "fazheng", "--home", seen(home), "serve", "--demo", "--port", PORT):
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        login = _answer(browser, f"{address}/login/", wait=90)
        hidden = dict(re.findall(r'name="(csrfmiddlewaretoken)" value="([^"]+)"', login))
        _answer(browser, f"{address}/step-in/", urlencode(hidden | {"code": HEAD}).encode())
        slowest = ("", 0.0)
        for page in PAGES:
            began = time.monotonic()
            if "退出" not in _answer(browser, address + page):
                print(f"{page}: nobody is logged in there")
                return 1
            slowest = max(slowest, (page, time.monotonic() - began), key=lambda one: one[1])
    print(f"serve：{len(PAGES)} 页，最慢 {slowest[0]} {slowest[1] * 1000:.0f} 毫秒")
    return 0


def _answer(browser: OpenerDirector, url: str, sent: bytes | None = None, wait: float = 0) -> str:
    ends = time.monotonic() + wait
    while True:
        try:
            with browser.open(url, sent, timeout=60) as answer:
                return str(answer.read().decode("utf-8"))
        except URLError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.5)


def _tested(windows: Windows, folders: Sequence[str]) -> int:
    worst = 0
    for folder in folders:
        base = ("--basetemp", seen(FOLDER / "tmp" / "tests"))
        ran = windows.run(
            "-X", "utf8", "-m", "pytest", "-p", "no:cacheprovider", "--tb=short", *base, folder, seconds=7200
        )
        print(f"== {folder}", ran.stdout, sep="\n")
        worst = max(worst, ran.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
