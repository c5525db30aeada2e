"""A draft of a mapping: heads that look like our fields proposed, what nobody can know left open and marked."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path
from typing import Any

from fazheng.casework.workbook.foreign import Foreign, first_rows, joined, read_foreign
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.procedure import Kind, Procedure, Step
from fazheng.lawbook.sheets import OPEN, SheetMap

_LIKE = 60  # how much of two names must agree, in a hundred
_ROWS, _WORDS = 500, 12  # rows in which the words of a choice are looked for, and how many there may be
_NUMBERS = ("编号", "单号", "受理号", "登记号", "代码", "序号")
_DENYING = "不未无非没否免拟待"  # beside an option's name they make it another one
_PLAIN = ("是", "否", "有", "无")
_DAYS = ("日期", "时间")


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a mapping file, and what is open in it: each must be answered by a person."""

    text: str
    procedure: str
    fitting: int
    open: tuple[str, ...]
    unused: tuple[str, ...]


def propose(path: Path, book: LawBook, procedure: str = "") -> Draft:
    """A draft for the workbook; without `procedure` for the one whose fields fit most heads, which the draft says.

    Raises UnusableWorkbook.
    """
    sheet, deep = _heads(path)
    wanted = [procedure] if procedure else list(book.procedures)
    drafts = [_draft(sheet, deep, path, book.procedures[id][-1]) for id in wanted]
    return max(drafts, key=lambda draft: draft.fitting)


def _heads(path: Path) -> tuple[Foreign, int]:
    name, top, merged = first_rows(path)
    filled = [len({str(cell).strip() for cell in row} - {""}) for row in top]
    at = next((n for n, count in enumerate(filled) if count >= min(3, max(filled))), 0)
    deep = 1 + any(first == last == at and right > left for (first, left), (last, right) in merged)
    heads = joined(top, merged, at, deep)
    named = tuple(head for head in heads if head)
    bare = SheetMap(id=OPEN, name=OPEN, system=OPEN, heads=named, paper=OPEN, sheet=name, head_rows=deep)
    return read_foreign(path, bare), deep


class _Proposing:
    """Heads not yet given to a field; `open` collects what is to be answered."""

    def __init__(self, sheet: Foreign) -> None:
        self.sheet = sheet
        self.used: dict[str, None] = {}
        self.open: list[str] = []

    def like(self, name: str, *, day: bool, others: Collection[str] = ()) -> str:
        """The head that looks most like `name`, among those of days or the others; empty where none does. One that is
        called as another field of the step, in `others`, is that field's.
        """
        heads = [head for head in self.sheet.heads if head and day == any(word in head for word in _DAYS)]
        heads = [head for head in heads if head == name or head.rpartition("/")[2] not in others]
        found = max(heads, key=lambda head: _alike(name, head), default="")  # of heads alike the one that stands first
        return found if _alike(name, found) >= _LIKE else ""

    def take(self, head: str) -> str:
        self.used[head] = None
        return json.dumps(head, ensure_ascii=False)

    def words(self, head: str) -> list[str]:
        """The words of a column that has few; empty for any other."""
        place = self.sheet.place(head) or 0
        found = {str(row[place]).strip() for _, row in islice(self.sheet.rows, _ROWS)} - {""}
        return sorted(found) if len(found) <= _WORDS else []


def _alike(name: str, head: str) -> int:
    """From 0 to 100; 200 for the same name. Of a joined head the lower one counts too."""
    return max(_alike_plain(name, part.strip("（）()")) for part in (head, head.rpartition("/")[2]))


def _alike_plain(name: str, part: str) -> int:
    if part == name:
        return 200
    if min(len(part), len(name)) > 1 and (part in name or name in part):
        return 90
    return round(100 * SequenceMatcher(None, name, part).ratio())


def _draft(sheet: Foreign, deep: int, path: Path, version: Procedure) -> Draft:
    made, opening = _Proposing(sheet), version.steps[version.opens]
    number = next((head for word in _NUMBERS for head in sheet.heads if word in head), "")
    on = made.like(opening.name, day=True) or next((h for h in sheet.heads if any(d in h for d in _DAYS)), "")
    lines = ["", "[[case]]", f"procedure = {_quoted(version.id)}  # {version.name}"]
    lines += [
        _own(made, "number", number, "对方系统的编号是哪一列"),
        _own(made, "on", on, f"“{opening.name}”的日期是哪一列"),
    ]
    lines += [
        '# by 不写就是录入人；写列名，或者 { always = "人员编号" }',
        "[case.fields]",
        *_fields(made, opening, version),
    ]
    fitting = sum(line[:1] not in "#[" for line in lines)
    for step in version.steps.values():
        if step is not opening and (day := made.like(step.name, day=True)) and day not in made.used:
            lines += [
                "",
                "[[case.step]]",
                f"step = {_quoted(step.id)}  # {step.name}",
                f"on   = {made.take(day)}  # 请核对",
            ]
            lines += ["[case.step.fields]", *_fields(made, step, version)]
            fitting += 1
    unused = tuple(head for head in sheet.heads if head and head not in made.used)
    made.open.append("system（对方系统的名称）和 paper（依据材料）")
    head = _head(sheet, deep, path, version, unused)
    return Draft("\n".join([*head, *lines, ""]), version.name, fitting, tuple(made.open), unused)


def _head(sheet: Foreign, deep: int, path: Path, version: Procedure, unused: tuple[str, ...]) -> Iterator[str]:
    some = [head for head in sheet.heads if head][:4]
    yield f"# 草稿：照“{path.name}”的列名写的，程序是“{version.name}”。写着“{OPEN}”“请核对”的，由人定了再用。"
    yield "# 定好以后放到 law/local/<地方>/sheets/，再检查法条文件。"
    yield "[sheets]"
    yield f"id          = {_quoted(path.stem)}"
    yield f"name        = {_quoted(path.stem)}"
    yield f"system      = {_quoted(OPEN)}"
    yield f"paper       = {_quoted(OPEN)}"
    yield f"sheet       = {_quoted(sheet.sheet)}"
    yield f"heads       = {json.dumps(some, ensure_ascii=False)}"
    yield f"head_rows   = {deep}"
    yield "passed_over = []"
    for one in unused:
        yield f"# {OPEN}：“{one}”没有对上：读就写到栏目里，不读就写进 passed_over"


def _own(made: _Proposing, name: str, head: str, asked: str) -> str:
    if not head:
        made.open.append(asked)
        return f"{name} = {_quoted(OPEN)}  # {OPEN}：{asked}"
    return f"{name} = {made.take(head)}  # 请核对：{asked}"


def _fields(made: _Proposing, step: Step, version: Procedure) -> Iterator[str]:
    for field, kind in step.kinds.items():
        label = version.label(field)
        others = {version.label(other) for other in step.kinds} - {label}
        head = made.like(label, day=kind.name == "date", others=others)
        if head:
            yield f"{field} = {_source(made, head, kind, version.choices)}  # {label}，请核对"
        elif not kind.optional:
            made.open.append(f"“{step.name}”必填的“{label}”（{field}）从哪一列来")
            options = "、".join(version.choices.get(kind.of, {}).values()) if kind.name == "choice" else ""
            yield f"# {OPEN}（必填）：{field} = {label}" + (f"；可选：{options}" if options else "")


def _source(made: _Proposing, head: str, kind: Kind, choices: Mapping[str, Mapping[str, str]]) -> str:
    options = choices.get(kind.of, {}) if kind.name == "choice" else {}
    if kind.name == "yes_no":
        made.open += [f"“{head}”里的“{word}”是 true 还是 false" for word in made.words(head) if word not in _PLAIN]
    words = made.words(head) if options else []
    said: dict[str, Any] = {}
    for word in words:
        if near := _meant(word, options):
            said[word] = near
        else:
            made.open.append(f"“{head}”里的“{word}”是哪一个选项")
    taken = made.take(head)
    if not said or all(options[key] == word for word, key in said.items()):
        return taken
    values = ", ".join(f"{_quoted(word)} = {_quoted(key)}" for word, key in said.items())
    return f"{{ column = {taken}, values = {{ {values} }} }}"


def _meant(word: str, options: Mapping[str, str]) -> str:
    """The one option that the word can only mean; "" where there are two, or where a word denies it."""
    same = [key for key, name in options.items() if name == word]
    near = same or [key for key, name in options.items() if name in word or word in name]
    if len(near) != 1:
        return ""
    rest = (
        word.replace(options[near[0]], "") if len(word) > len(options[near[0]]) else options[near[0]].replace(word, "")
    )
    return "" if any(sign in rest for sign in _DENYING) else near[0]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
