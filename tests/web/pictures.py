"""`make pages`: ten main pages of the demo county as pictures in `docs/pages/`, and `docs/pages.md` which shows them.

At a desk (shown on the page), on a large screen and on a phone (linked). `python -m tests.web.pictures [HOME] [--every
FOLDER]`: with a folder, the pages are pictured there, too, the phone's whole length.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
FOLDER, INDEX = ROOT / "docs" / "pages", ROOT / "docs" / "pages.md"
SIZES = ((1366, 768), (1920, 1080), (360, 740))
LARGEST = 150_000  # bytes of a picture
PORT = 8765
HEAD, OFFICER, OFFICE, REVIEWER = "bureau_head", "officer", "office", "legal_reviewer"
IN_CHINESE = {**os.environ, "LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"}  # what the browser itself says in boxes
CASE = r'"(/case/penalty[^"/]+/)"|"(/case/[^"/]+/)"'  # the first that a page leads to
# file, who looks (a role), where: an address, or a pattern for the first link of the page before; what it is for
PAGES: tuple[tuple[str, str, tuple[str, ...], str, str], ...] = (
    ("today", OFFICER, ("/today/",), "今日", "What does the law want of me today? By law clock, in colour and words."),
    ("list", OFFICER, ("/lists/penalty.ordinary/",), "台账", "Which cases are there? One procedure as a wide table."),
    ("case", OFFICER, ("/today/", CASE), "案件", "Where does this case stand, what can be done, what not and why?"),
    ("step", OFFICER, ("/open/penalty.ordinary/",), "办一步", "What has to be written down? A form of the step."),
    ("review", REVIEWER, ("/review/",), "审核", "What waits for my opinion?"),
    ("people", OFFICE, ("/people/",), "人员", "Who may do what, and whose certificate runs out?"),
    ("figures", OFFICE, ("/figures/?p=2024", ), "数据", "How much, of how much, counted how?"),
    ("report", HEAD, ("/report/2024/",), "年报", "Is the year's report ready to be signed?"),
    ("head", HEAD, ("/head/",), "负责人页", "Twelve questions of the head, each with its short answer."),
    ("importing", OFFICE, ("/importing/",), "导入", "How does my own register get into the book?"),
)  # fmt: skip
_HEAD = """# The main pages

Pictures of the demo county (`make pages` makes them and this page; its people, organisations and places are invented).
Every page at 100,000 cases: `make pages-at-size` ([performance.md](performance.md)).
How a page is built: [desk.md](desk.md); who may open it: [rights.md](rights.md).

"""


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The demo, served by a process of its own."""
    command = [sys.executable, "-m", "fazheng", "--home", str(home), "serve", "--demo", "--port", str(PORT)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    started = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{PORT}/login/", timeout=5):
                break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{PORT}"
    finally:
        started.kill()
        started.wait()


def step_in(page: Page, live: str, role: str) -> None:
    """As the first person of the demo who holds that role."""
    from fazheng.lawbook.load import load

    name = load().registers["staff"].choices["role"][role]
    page.context.clear_cookies()
    page.goto(f"{live}/login/")
    buttons = page.locator(".people button").all()
    mine = [one for one in buttons if name in one.inner_text()]
    min(mine or buttons, key=lambda one: len(one.inner_text())).click()
    page.wait_for_load_state()


def arrive(page: Page, live: str, way: tuple[str, ...]) -> None:
    """Follows the way: addresses, then patterns of links."""
    for at in way:
        if at.startswith("/"):
            page.goto(live + at)
            continue
        found = re.search(at, page.content())
        if found:
            page.goto(live + next(one for one in found.groups() if one).replace("&amp;", "&"))


def shot(page: Page, size: tuple[int, int], path: Path, *, whole: bool = False) -> None:
    """The page as a picture of few colours."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    raw = Image.open(io.BytesIO(page.screenshot(full_page=whole))).convert("RGB")
    for colours in (64, 32, 16, 8):
        raw.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= LARGEST or whole:
            return


def chromium() -> str | None:
    """The browser of this machine; None where playwright's own is to be taken."""
    return os.environ.get("FAZHENG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def _called(file: str, size: tuple[int, int]) -> str:
    """The name of the picture; that of a desk's size bears none."""
    return f"{file}.png" if size == SIZES[0] else f"{file}-{size[0]}.png"


def main(home: Path, every: Path | None) -> None:
    """Makes the pictures, and the page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = [_HEAD]
    with served(home) as live, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"], env=IN_CHINESE
        )
        page = browser.new_context(locale="zh-CN").new_page()
        for file, role, way, name, question in PAGES:
            step_in(page, live, role)
            page.set_viewport_size({"width": 1366, "height": 768})
            arrive(page, live, way)
            for size in SIZES:
                shot(page, size, FOLDER / _called(file, size))
            others = "; ".join(f"[{w} × {h}](pages/{_called(file, (w, h))})" for w, h in SIZES[1:])
            lines.append(f"## {name}\n\n{question}\n\n![{name}](pages/{file}.png)\n\nAlso at {others}.\n\n")
            for width, height in SIZES if every else ():
                shot(page, (width, height), every / f"{file}-{width}.png", whole=width < 500)  # type: ignore[operator]
        browser.close()
    INDEX.write_text("".join(lines).rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    words = sys.argv[1:]
    wanted = Path(words.pop(words.index("--every") + 1)) if "--every" in words else None
    words = [word for word in words if word != "--every"]
    if words:
        main(Path(words[0]), wanted)
    else:
        with TemporaryDirectory() as folder:
            made = [sys.executable, "-m", "fazheng", "--home", f"{folder}/demo", "demo", "--alive"]
            subprocess.run(
                made, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, check=True, stdout=subprocess.DEVNULL
            )
            main(Path(f"{folder}/demo"), wanted)
