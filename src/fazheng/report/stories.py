"""A case as a reader follows it: its steps by day, what was late, which rule was broken, what came in afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fazheng.lawbook.load import LawBook
from fazheng.lawbook.names import BUILT_IN
from fazheng.lawbook.procedure import Procedure
from fazheng.ledger.chain import SealedEntry
from fazheng.procedure.broken import BUILT_IN_NAMES, gate_name
from fazheng.procedure.case import ADD_LATE, ASKED, CORRECT, LIMIT_MISSED, WITHDRAW, Case, Event, event_of, fold
from fazheng.procedure.examples import calendar_of
from fazheng.procedure.law import Law, law_of
from fazheng.procedure.on_paper import told as marks_told
from fazheng.procedure.refusals import source
from fazheng.procedure.review import entered_afterwards
from fazheng.report.composed import CaseStory, Line, Mark
from fazheng.report.lateness import late_steps, overdue
from fazheng.report.wording import told
from fazheng.workdays import Calendar

SETTLED = "task_settled"
_YEAR = 365  # days
_NO_PERSON = {"import": "批量导入", "system": "建账时"}  # who entered what nobody put a name to
_ASKS = {"supervision": "督办", "opinion": "请会签", "reading": "送阅"}
_ALARMS = {"late": "超期", "defect": "程序问题", "after": "事后补录"}


@dataclass(frozen=True, slots=True)
class _Reading:
    """A case while its story is told."""

    law: Law
    case: Case
    standing: Mapping[int, Event]
    names: Mapping[int, str]  # entry's number → day and step, for amendments that speak of it
    late: Mapping[int, Sequence[Mark]]
    afterwards: frozenset[int]
    recorded_once: str  # the day on which every entry was made, or ""
    entered_once: str  # who entered every entry in place of a person, or ""
    last: str  # the last day that was counted
    anchors: Mapping[str, str]

    def version(self, event: Event) -> Procedure:
        return self.law.on(event.on) or self.law.first


def story(
    case_id: str,
    entries: Sequence[SealedEntry],
    book: LawBook,
    anchors: Mapping[str, str],
    *,
    last: date = date.max,
    calendar: Calendar | None = None,
) -> CaseStory | None:
    """The story of a case, as the book knows it; None where no version of its procedure covers it.

    What happened after `last`, the last day that was counted, is told and marked: it is in no figure of the report.
    `anchors` are those of all cases told; `calendar` that of the book, for whoever tells many.
    """
    case = fold(entries)
    law = law_of(book.procedures[case_id.rsplit("-", 2)[0]], case, case.entries[0].on)
    if law is None:
        return None
    calendar = calendar or calendar_of(book)
    reading = _reading(law, case, entries, calendar, last, anchors)
    lines = [line for _, line in sorted(_lines(entries, reading), key=lambda placed: placed[0])]
    missed = tuple(overdue(law, case, last, calendar)) if last < date.max else ()
    counted = [line for line in lines if line.day <= reading.last]
    kinds = {mark.kind for line in counted for mark in line.marks} | ({"late"} if missed else set())
    alarms = tuple(name for kind, name in _ALARMS.items() if kind in kinds)
    return CaseStory(
        case_id, anchors.get(case_id, ""), _gist(counted), _note(entries, reading), tuple(lines), alarms, missed
    )


def _reading(
    law: Law, case: Case, entries: Sequence[SealedEntry], calendar: Calendar, last: date, anchors: Mapping[str, str]
) -> _Reading:
    days = {entry.recorded_at[:10] for entry in entries}
    enterers = {entry.entered_by for entry in entries}
    late: dict[int, list[Mark]] = {}
    for number, mark in late_steps(law, case, entries, calendar):
        late.setdefault(number, []).append(mark)
    return _Reading(
        law,
        case,
        {event.version: event for event in case.standing},
        {e.version: f"{e.on}的“{_name(law, e.event)}”" for e in (*case.entries, *case.standing)},
        late,
        _afterwards(law, case),
        days.pop() if len(days) == 1 else "",
        _NO_PERSON.get(enterers.pop(), "") if len(enterers) == 1 else "",
        last.isoformat(),
        anchors,
    )


def _afterwards(law: Law, case: Case) -> frozenset[int]:
    """事后补录: what a gate asks for, entered for the first time after the step that needed it."""
    first = {event.event: event.version for event in sorted(case.standing, key=lambda e: -e.version)}
    return frozenset(entered_afterwards(law, case)) & frozenset(first.values())


def _lines(entries: Sequence[SealedEntry], reading: _Reading) -> Iterator[tuple[tuple[str, int], Line]]:
    """Each line with the day and the number that place it. `limit_missed` is told beside the step that was late."""
    for entry in entries:
        if entry.event == LIMIT_MISSED:
            continue
        line = _amendment(entry, reading) or _step(entry, reading)
        marks = (*line.marks, *reading.late.get(entry.version, ()), *_lag(entry, line, reading))
        if line.day > reading.last:
            marks = (Mark("later", "在统计期间以后"), *marks)
        yield (line.day, entry.version), replace(line, marks=marks, entry=entry.version)


def _amendment(entry: SealedEntry, reading: _Reading) -> Line | None:
    data = json.loads(entry.data)
    about = reading.names.get(data.get("entry", 0), "")
    match entry.event:
        case "correct":
            return Line(entry.happened_on, f"更正{about}的记录", _who(entry, reading), apart=("理由",))
        case "withdraw":
            return Line(entry.happened_on, f"撤回{about}的记录", _who(entry, reading), apart=("理由",))
        case "task_settled":
            return Line(entry.happened_on, "处理待办事项", _who(entry, reading), apart=("处理情况",))
        case "private_looked":
            return Line(
                entry.happened_on, f"查看另存的{'、'.join(data['fields'])}", _who(entry, reading), apart=("理由",)
            )
        case "private_erased":
            return Line(entry.happened_on, "保存期满，清除另存的内容", _who(entry, reading), data["term"]["article"])
        case "handed_over":
            name = f"交接：由{data['from']}交给{data['to']}"
            return Line(entry.happened_on, name, _who(entry, reading), apart=("理由",))
        case "asked":
            name = f"{_ASKS[data['kind']]}：{'、'.join(data['of'])}"
            return Line(entry.happened_on, name, _who(entry, reading), apart=("内容",))
        case "asked_answered" | "ask_withdrawn":
            name = f"{'答复' if entry.event == 'asked_answered' else '撤回'}{about}"
            return Line(entry.happened_on, name, _who(entry, reading), apart=("内容",) if len(data) > 1 else ())
        case "attached":
            return Line(entry.happened_on, f"附上文件（{data['media']}）", _who(entry, reading), apart=("文件名",))
    return None


def _step(entry: SealedEntry, reading: _Reading) -> Line:
    """A step as it stands now: corrected days and values; one that was withdrawn as it had been entered."""
    event = reading.standing.get(entry.version) or _as_entered(entry)
    version, step = reading.version(event), reading.law.step_of(event.event)
    shown, apart = told(event.data, step.kinds if step else {}, version.labels, version.choices, reading.anchors)
    if "paper" in json.loads(entry.data):
        apart = (*apart, "凭证")
    withdrawn = entry.version not in reading.standing
    article = source(step) if step else ""
    return Line(
        event.on.isoformat(), _name(reading.law, event.event), _who(entry, reading), article, shown, apart,
        tuple(_marks(entry, event, version, reading)), withdrawn,
    )  # fmt: skip


def _as_entered(entry: SealedEntry) -> Event:
    event = event_of(entry)
    if event.event != ADD_LATE:
        return event
    return replace(event, event=str(event.data.get("event")), data=event.data.get("data", {}))


def _marks(entry: SealedEntry, event: Event, version: Procedure, reading: _Reading) -> Iterator[Mark]:
    if entry.version not in reading.standing:
        yield Mark("amended", "已撤回")
    for broken in json.loads(entry.defects):
        yield Mark("defect", f"违反{_rule(broken, version)}")
    for broken in json.loads(entry.warnings):
        yield Mark("warning", f"提示：{_rule(broken, version)}")
    if entry.event == ADD_LATE:
        yield Mark("amended", "补记")
    if any(other.event == CORRECT and other.data.get("entry") == entry.version for other in reading.case.entries):
        yield Mark("amended", "已更正")
    if event.version in reading.afterwards:
        yield Mark("after", "事后补录")


def _rule(broken: Mapping[str, str], version: Procedure) -> str:
    """The article of a rule that was broken, and its words."""
    gate = broken["gate"]
    if gate in BUILT_IN:
        return f"{broken['article']}：{BUILT_IN_NAMES[gate]}"
    words = gate_name(gate, version)
    return f"{broken['article']}：{words.split('：', 1)[1]}" if "：" in words else broken["article"]


def _lag(entry: SealedEntry, line: Line, reading: _Reading) -> Iterator[Mark]:
    """Days between happening and entry: said of each line, or once in the case's note where one day made them all."""
    days = _days(entry)
    alarming = any(mark.kind in ("defect", "after") or mark.text == "补记" for mark in line.marks)
    if days > 0 and (alarming or not reading.recorded_once):
        yield Mark("lag", f"{entry.recorded_at[:10]}录入，在发生{days}日以后")


def _days(entry: SealedEntry) -> int:
    return (date.fromisoformat(entry.recorded_at[:10]) - date.fromisoformat(entry.happened_on)).days


def _note(entries: Sequence[SealedEntry], reading: _Reading) -> str:
    most = max(_days(entry) for entry in entries)
    if not reading.recorded_once:
        return ""
    how = f"{reading.entered_once}录入" if reading.entered_once else "录入"
    if most <= 0:
        return f"各条都在{reading.recorded_once}{how}" if reading.entered_once else ""
    least = min(_days(entry) for entry in entries)
    exact = f"{least}至{most}日" if least < most else f"{most}日"
    span = f"{least // _YEAR}年多" if least > _YEAR else exact  # years later nobody asks for the day
    return f"各条都在{reading.recorded_once}{how}，在发生{span}以后"


def _who(entry: SealedEntry, reading: _Reading) -> str:
    """Who did it, in which role; who entered it where that was somebody else, unless the note says it of all."""
    role = reading.law.first.roles.get(entry.acting_as)
    who = f"{role.name} {entry.by}" if role else entry.by
    if said := marks_told(json.loads(entry.data), entry.by, entry.entered_by):
        return f"{who}（{'；'.join(said)}）"
    if entry.entered_by in ("", entry.by) or (reading.entered_once and reading.recorded_once):
        return who
    return f"{who}（{_NO_PERSON.get(entry.entered_by, entry.entered_by)}录入）"


def _name(law: Law, event: str) -> str:
    step = law.step_of(event)
    return (
        step.name
        if step
        else {CORRECT: "更正", WITHDRAW: "撤回", SETTLED: "处理待办事项", ASKED: "督办、会签、送阅"}.get(event, event)
    )


def _gist(lines: Sequence[Line]) -> str:
    """The last step that stands, for a reader who has not opened the case: how it opened, its name says."""
    steps = [line for line in lines if not line.withdrawn and line.article]
    return "".join(f"{line.day} {line.name}" for line in steps[-1:])
