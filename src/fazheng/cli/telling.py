"""A case told to a reader and to a program: what happened, what may be done, by when, and why not the rest."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from fazheng.casework.able import able
from fazheng.casework.folding import CaseFile
from fazheng.casework.linking import linked_ids
from fazheng.casework.writing import Writing
from fazheng.lawbook.procedure import Suggestion
from fazheng.ledger.chain import SealedEntry
from fazheng.ledger.models import Task
from fazheng.procedure.clocks import Clock
from fazheng.procedure.outlook import Duty, Prospect, duties, prospects, suggestions
from fazheng.procedure.question import question
from fazheng.procedure.review import entered_afterwards
from fazheng.procedure.surroundings import Surroundings
from fazheng.procedure.words import proposal
from fazheng.report.composed import Line
from fazheng.report.stories import story

LIGHTS = {"green": "绿", "yellow": "黄", "red": "红"}


def case_as_json(found: CaseFile, looking: Writing) -> dict[str, Any]:
    """The case as of the day `looking` stands on."""
    day, around = looking.today, looking.around(found.case_id, found.law)
    late = entered_afterwards(found.law, found.case)
    steps = prospects(found.law, found.case, day, around)
    return {
        "case": found.case_id,
        "procedure": found.procedure,
        "version": found.entries[-1].version,
        "in_force": found.law.first.in_force.isoformat(),
        "events": [_entry(entry, entry.version in late) for entry in found.entries],
        "may": [_may(p, found, looking) for p in steps if p.open],
        "not": [
            {"step": p.step.id, "name": p.step.name, "refused": [r.shown() for r in p.against if not r.warns]}
            for p in steps
            if not p.open
        ],
        "due": [_due(duty) for duty in duties(found.law, found.case, day, around)],
        "suggests": [
            {
                "id": s.id,
                "opens": s.opens,
                "article": s.cited,
                "opened": _opened(found, s.opens, looking),
                "proposes": _proposed(s, found, day, around),
            }
            for s in suggestions(found.law, found.case, day, around)
        ],
        "tasks": [
            {"task": t.task_id, "kind": t.kind, "reason": t.reason, "article": t.article, "settled_on": t.settled_on}
            for t in Task.objects.filter(bureau=looking.bureau.code, case_id=found.case_id).order_by("task_id")
        ],
    }


def _due(duty: Duty) -> dict[str, Any]:
    clock = duty.clock
    return {
        "limit": clock.limit.id,
        "name": clock.limit.name,
        "article": clock.limit.cited,
        "binds": list(clock.limit.binds),
        "begun": clock.begun.isoformat(),
        "due": _iso(clock),
        "days_left": duty.days_left,
        "light": duty.light,
        "estimate": clock.estimate,
    }


def _opened(found: CaseFile, procedure: str, looking: Writing) -> list[str]:
    """The cases of that procedure which are linked to this one: the suggestion has been taken up."""
    linked = linked_ids(looking.bureau.code, found.case_id)
    return sorted(id for id in linked if id.rsplit("-", 2)[0] == procedure)


def _proposed(suggestion: Suggestion, found: CaseFile, day: date, around: Surroundings) -> str:
    """The measure that the law proposes, in words; empty for a suggestion to open another case."""
    return proposal(suggestion, found.law.on(day) or found.law.first, question(found.law, found.case, day, around))


def _suggested(suggestion: dict[str, Any], found: CaseFile, looking: Writing) -> str:
    if suggestion["proposes"]:
        return f"建议：{suggestion['proposes']}（{suggestion['article']}）"
    opens = suggestion["opens"]
    told = f"建议：开“{looking.book.procedures[opens][-1].name}”（{suggestion['article']}）"
    if suggestion["opened"]:
        return f"{told}，已开{'、'.join(suggestion['opened'])}"
    take_up = f"fazheng case open {opens} --from {found.case_id} …"
    return f"{told}：{take_up}；不开的：fazheng task put-aside {found.case_id} {suggestion['id']}"


def _iso(clock: Clock) -> str | None:
    return clock.due.isoformat() if clock.due else None


def _entry(entry: SealedEntry, afterwards: bool) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "entry": entry.version,
        "event": entry.event,
        "on": entry.happened_on,
        "by": entry.by,
        "entered_by": entry.entered_by,
        "acting_as": entry.acting_as,
        "recorded_at": entry.recorded_at,
        "days_between": days_between(entry),
        "entered_afterwards": afterwards,
        "data": json.loads(entry.data),
        "defects": json.loads(entry.defects),
        "warnings": json.loads(entry.warnings),
    }


def days_between(entry: SealedEntry) -> int:
    """Calendar days between the day it happened and the day it was entered."""
    return (date.fromisoformat(entry.recorded_at[:10]) - date.fromisoformat(entry.happened_on)).days


def _may(prospect: Prospect, found: CaseFile, looking: Writing) -> dict[str, Any]:
    return {
        "step": prospect.step.id,
        "name": prospect.step.name,
        "role": prospect.step.role,
        "role_name": prospect.role,
        "article": prospect.step.cited,
        "people": able(prospect.step, found.law, found.case, looking),
    }


def _line(line: Line) -> str:
    """A line of the time line: what may be shown, and what a reader must not miss."""
    shown = "；".join(f"{told.label}：{told.text}" for told in line.told)
    apart = f"（{'、'.join(line.apart)}另存）" if line.apart else ""
    marks = "".join(f"〔{mark.text}〕" for mark in line.marks)
    return f"{line.day} {line.name}　{line.who}　{shown}{apart}　{line.article} {marks}".rstrip()


def case_as_text(found: CaseFile, looking: Writing) -> str:
    """The same for a reader."""
    told = case_as_json(found, looking)
    told_story = story(found.case_id, found.entries, looking.book, {})
    pinned = f"（{found.law.first.statute}，{found.law.first.in_force}起）"
    out = [f"{found.case_id}  {found.law.first.name}{pinned}，记到第{told['version']}条"]
    out += ["经过：", *(f"  {_line(line)}" for line in (told_story.lines if told_story else ()))]
    out += [told_story.note] if told_story and told_story.note else []
    out.append("现在可以办：")
    out += [
        f"  · {m['name']}［{m['step']}］由{m['role_name']}（{'、'.join(m['people']) or '没有这样的人员'}）"
        for m in told["may"]
    ] or ["  无"]
    out.append("期限：")
    out += [
        f"  {LIGHTS[d['light']]} {d['name']} {d['due'] or '中止'}{'（预计）' if d['estimate'] else ''}  {d['article']}"
        for d in told["due"]
    ] or ["  无"]
    out.append("现在不能办：")
    out += [
        f"  · {n['name']}［{n['step']}］：{'；'.join(r['says'] + '（' + r['article'] + '）' for r in n['refused'][:2])}"
        for n in told["not"]
    ] or ["  无"]
    out += [_suggested(suggestion, found, looking) for suggestion in told["suggests"]]
    out += [f"待处理：{t['reason']}（{t['article']}）［{t['task']}］" for t in told["tasks"] if not t["settled_on"]]
    return "\n".join(out)
