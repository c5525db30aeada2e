"""An id is one element of a page: what stands around every page shares none with what stands in it."""

import re
from pathlib import Path

import fazheng.web

TEMPLATES = Path(fazheng.web.__file__).parent / "templates"
AROUND = ("page.html", "base.html", "bare.html", "parts/frame.html")
_ID = re.compile(r'\sid="([^"{]+)"')


def test_no_page_uses_an_id_of_what_stands_around_it() -> None:
    around = {one for name in AROUND for one in _ID.findall((TEMPLATES / name).read_text("utf-8"))}
    assert {"q", "main"} <= around
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES).as_posix()
        if name not in AROUND:
            assert set(_ID.findall(path.read_text("utf-8"))) & around == set(), name
