"""`docs/dossiers/`: the stories of `law/procedures/*/examples-dossiers.toml` as the files a handler would bind.

`python -m tests.docs` writes the pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from fazheng.lawbook.load import LawBook, load
from fazheng.lawbook.procedure import Procedure
from fazheng.procedure.case import Case
from fazheng.procedure.dossier import Dossier, dossier
from fazheng.procedure.examples import Example, around_of, examples_of, played
from fazheng.procedure.law import Law
from fazheng.procedure.surroundings import Surroundings
from fazheng.report.dossier import Cover, as_json
from fazheng.report.dossier_page import page
from tests.docs.pages import ROOT

FOLDER, MARK = ROOT / "docs" / "dossiers", "案卷："
_HEAD = """# Dossiers

Whole lives of invented cases in the invented county 示例县, from opening to closing, archive or publication. Each is an
example in `law/procedures/*/examples-dossiers.toml`: `fazheng law check` plays it, and a test enters it in a real book
and compares `fazheng case dossier` with the page. A gate counts once however often it was asked; gates built into the
program (roles, certificates, order of days) are not counted. The pages are generated: edit the examples, then
`make generated`.

| story | procedure | version | acts | gates |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Story:
    """An example that is a whole case, with the law it lives under and what came of it."""

    n: int
    version: Procedure
    example: Example
    book: LawBook
    law: Law
    case: Case
    around: Surroundings

    @property
    def file(self) -> str:
        return f"{self.n:02d}-{self.version.folder.split('/')[-1]}.md"

    @property
    def dossier(self) -> Dossier:
        """The file of the case on the day of its last act."""
        return dossier(self.law, self.case, self.case.standing[-1].on, self.around)

    @property
    def page(self) -> str:
        name = self.example.name.removeprefix(MARK)
        cover = Cover("示例县民政局（虚构）", "（示例，未编号）", f"案卷：{name}")
        return page(as_json(self.dossier, cover, self.case.standing[-1].on))


def stories() -> list[Story]:
    """Every dossier of the law files, in the order of procedures, versions and examples."""
    found: list[Story] = []
    for version in (version for versions in load().procedures.values() for version in versions):
        for example in examples_of(version, load()):
            if example.name.startswith(MARK):
                found.append(story_of(len(found) + 1, version, example))
    return found


def story_of(n: int, version: Procedure, example: Example) -> Story:
    """The example played in its place. Raises ExampleFell where a step of it is refused."""
    book = load(place=example.place)
    versions = book.procedures[version.id]
    here = next(one for one in versions if one.folder == version.folder)
    around = around_of(example, here, book)
    law, case, decision = played(example, here, versions, around)
    assert law is not None
    assert not decision.refused, decision.refusals
    return Story(n, here, example, book, law, case, around)


def pages() -> dict[str, str]:
    """File name → text, the list of them all among them."""
    told = stories()
    return {story.file: story.page for story in told} | {"README.md": _HEAD + "".join(_line(story) for story in told)}


def _line(story: Story) -> str:
    name, version, file = story.example.name.removeprefix(MARK), story.version, story.dossier
    since = f"{version.in_force}–{version.until}" if version.until else f"{version.in_force}–"
    cells = (f"[{name}]({story.file})", f"`{version.id}`", since, len(file.acts), len(file.gates))
    return f"| {' | '.join(str(cell) for cell in cells)} |\n"


def write() -> None:
    """Writes the folder anew; pages of stories that are gone go too."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.md"):
        old.unlink()
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
