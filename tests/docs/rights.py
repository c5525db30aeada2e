"""`docs/rights.md`: who may open what and do what, role by role, as the program decides it.

`python -m tests.docs` writes the page.
"""

from collections.abc import Callable, Mapping

from fazheng.lawbook.load import load
from fazheng.staff.rights import ADMINISTRATORS, COMMANDS, DEPUTY, PAGES, Viewer, may_do, may_open
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "rights.md"
_HEAD = """# Who may open and do what

Made by `make generated` from `fazheng.staff.rights` and the roles of the staff register; a test asks every address of
the desk as each role and compares. What stands in no row is denied. A step of a procedure is not here: its law file
names the role. In these tables all three administrators are appointed; where one is not, the head stands in for them.
授权代签 is what a paper adds to a person's own post, within its term: they find what waits for them and read the open
cases in which a step of theirs waits.

"""


def page() -> str:
    """The whole page."""
    return (
        f"{_HEAD}## Pages\n\n{_table(PAGES, may_open)}\n## What is no step of a procedure\n\n{_table(COMMANDS, may_do)}"
    )


def _table(rows: Mapping[str, object], allowed: Callable[[Viewer, str], bool]) -> str:
    names = load().registers["staff"].choices["role"]
    lines = [["", *names.values(), "授权代签"], ["---"] * (len(names) + 2)]
    everybody = [*map(_alone, names), Viewer(DEPUTY, frozenset({DEPUTY}), authorised=frozenset({("", "")}))]
    lines += [[row, *("●" if allowed(who, row) else "" for who in everybody)] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _alone(role: str) -> Viewer:
    """Somebody who holds this role and no other."""
    held = frozenset({role})
    return Viewer(role, held - ADMINISTRATORS, administers=held & ADMINISTRATORS)
