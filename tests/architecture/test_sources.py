"""What must not stand in the sources: a clock, a die, the law, a fraction of a fen."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache

from tests.architecture.tree import ROOT, SOURCE, dotted, place, python, syntax, texts

CLOCK = SOURCE / "casework" / "clock.py"
CLOCK_CALLS = re.compile(
    r"(?:^|\.)(?:datetime\.(?:now|utcnow|today)|date\.today|timezone\.(?:now|localdate|localtime)"
    r"|time\.(?:time|time_ns|localtime|gmtime|ctime)|os\.(?:urandom|getrandom))$"
)
CHANCE = {"random", "secrets", "uuid"}
CLOCK_NAMES = {
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime"},
    "os": {"urandom", "getrandom"},
    "django.utils.timezone": {"now", "localdate", "localtime"},
    "django.utils.crypto": {"get_random_string"},
}
CLOCK_FIELDS = {"auto_now", "auto_now_add"}

NUMBER = "[零〇一二三四五六七八九十百千0-9]+"
ARTICLE = re.compile(rf"第{NUMBER}(?:条|款|项)|(?:法|条例|办法|规定){NUMBER}条")
STATUTE = re.compile(r"《[^》]*(?:法|条例|办法|规定|细则|解释)》")


def clocks(node: ast.AST) -> bool:
    """Whether this piece of syntax reads a clock or draws by chance."""
    if isinstance(node, ast.Import):
        return any(alias.name.split(".")[0] in CHANCE for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        names = {alias.name for alias in node.names}
        return module.split(".")[0] in CHANCE or bool(names & CLOCK_NAMES.get(module, set()))
    if isinstance(node, ast.keyword):
        return node.arg in CLOCK_FIELDS
    return isinstance(node, ast.Attribute) and bool(CLOCK_CALLS.search(dotted(node)))


def test_no_clock_no_chance_and_no_new_id_outside_casework_clock() -> None:
    found = [
        f"{place(path, node)} {ast.unparse(node)}"
        for path in python(SOURCE)
        if path != CLOCK
        for node in ast.walk(syntax(path))
        if clocks(node)
    ]
    assert found == []


@cache
def statute_names() -> frozenset[str]:
    """Full, short and wrong names of every statute that the law files know."""
    names: set[str] = set()
    for path in (ROOT / "law" / "statutes").glob("*.toml"):
        statute = tomllib.loads(path.read_text(encoding="utf-8"))["statute"]
        names |= {statute["name"], statute["short"], *statute.get("wrong", [])}
    return frozenset(names)


def law_in(text: str) -> Iterator[str]:
    yield from ARTICLE.findall(text)
    yield from STATUTE.findall(text)
    yield from (name for name in statute_names() if name in text)


def test_no_article_and_no_statute_stands_in_python() -> None:
    found = [
        f"{place(path, node)} {word}"
        for path in python(SOURCE)
        for node in texts(syntax(path))
        for word in law_in(str(node.value))
    ]
    assert found == []


def test_ledger_and_casework_hold_no_floating_number() -> None:
    found = [
        f"{place(path, node)} {ast.unparse(node)}"
        for path in python(SOURCE / "ledger", SOURCE / "casework")
        for node in ast.walk(syntax(path))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and dotted(node.func) == "float")
    ]
    assert found == []


def test_text_is_written_with_the_same_line_ends_on_every_system() -> None:
    """A digest is of bytes, and Windows would write another line end."""
    found = [
        f"{place(path, node)} {ast.unparse(node)[:80]}"
        for path in python(SOURCE)
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "write_text"
        if not any(word.arg == "newline" for word in node.keywords)
    ]
    assert found == []
