"""草稿: a form that is not sent yet, kept for the person alone, sealed, and wiped once it is recorded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fazheng.casework.half_typed import sealed, unsealed
from fazheng.casework.lists.columns import called
from fazheng.web.models import Draft
from fazheng.web.names import procedure_of
from fazheng.web.visit import Visit

KEPT_FOR = timedelta(days=30)  # a draft that nobody came back to is nobody's record
KEEP = "keep"  # the button of the form
SAVED = "草稿已存"
SAVED_MARK = "kept=1"  # the end of the address of the form, which then says so


def keep(visit: Visit, place: str, typed: Mapping[str, Sequence[str]], beside: Mapping[str, Any]) -> bool:
    """Keeps what was typed in place of what was kept there; False where the bureau has no key to seal it with."""
    text = sealed(visit.bureau.code, _bound(visit, place), json.dumps([dict(typed), dict(beside)], ensure_ascii=False))
    if not text:
        return False
    day = visit.today.isoformat()
    Draft.objects.update_or_create(code=visit.viewer.code, place=place, defaults={"kept": text, "on": day})
    let_go(visit.today)
    return True


def let_go(today: date) -> None:
    """Wipes the drafts that nobody came back to."""
    Draft.objects.filter(on__lt=_oldest(today)).delete()


def kept(visit: Visit, place: str) -> tuple[dict[str, list[str]], dict[str, Any], str] | None:
    """What stands in the draft: fields, what stands beside them, the day; None where there is none, or it does not
    open any more, or was kept too long ago. One statement on the desk's file.
    """
    draft = Draft.objects.filter(code=visit.viewer.code, place=place, on__gte=_oldest(visit.today)).first()
    text = unsealed(visit.bureau.code, _bound(visit, place), draft.kept) if draft else None
    if draft is None or text is None:
        return None
    typed, beside = json.loads(text)
    return typed, beside, draft.on


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A form that a person began and did not send: what it is, where it is, the day it was kept."""

    name: str
    url: str
    on: str


def unfinished(visit: Visit) -> list[Unfinished]:
    """The drafts of the person, the newest first; empty where there is none. One statement on the desk's file."""
    rows = Draft.objects.filter(code=visit.viewer.code, on__gte=_oldest(visit.today)).order_by("-on", "place")
    return [one for place, on in rows.values_list("place", "on") if (one := _begun(visit, place, on))]


def _begun(visit: Visit, place: str, on: str) -> Unfinished | None:
    """The form of that place; None where the law knows it no more."""
    first, _, rest = place.partition("/")
    if first in visit.book.procedures:
        version = visit.book.procedures[first][-1]
        asked = f"?{urlencode({'from': rest})}" if rest else ""
        name = f"{version.name}：{version.steps[version.opens].name}"
        return Unfinished(name, reverse("open", args=[first]) + asked, on)
    late, step = rest.startswith("late/"), rest.removeprefix("late/")
    versions = visit.book.procedures.get(procedure_of(first), ())
    known = next((version.steps[step] for version in reversed(versions) if step in version.steps), None)
    if known is None:
        return None
    url = reverse("add_late" if late else "step", args=[first, step])
    return Unfinished(f"{called(visit.book, first)}：{'补记' if late else ''}{known.name}", url, on)


def wipe(visit: Visit, place: str) -> None:
    """Removes the draft: the form was recorded, or the person wants it gone."""
    Draft.objects.filter(code=visit.viewer.code, place=place).delete()


def answered(visit: Visit, done: bool) -> HttpResponse:
    """After keeping: a line for htmx; else back to the form, which says so."""
    if visit.request.htmx:  # type: ignore[attr-defined]
        said = SAVED if done else "草稿没有存：账本还没有钥匙"
        return HttpResponse(f'<span class="kept">{said}</span>')
    asked = visit.request.GET.copy()  # the case whose suggestion the form takes up stays with it
    asked.pop("kept", None)
    before = f"{asked.urlencode()}&" if asked else ""
    return redirect(f"{visit.request.path}?{before}{SAVED_MARK if done else 'kept=0'}")


def _oldest(today: date) -> str:
    return (today - KEPT_FOR).isoformat()


def _bound(visit: Visit, place: str) -> str:
    return f"{visit.viewer.code}\0{place}"
