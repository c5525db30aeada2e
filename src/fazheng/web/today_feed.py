"""ICS: the person's last days in the calendar of their phone, behind a token that they may revoke. No names in it."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from icalendar import Alarm, Calendar, Event

from fazheng.casework import clock
from fazheng.staff.rights import may_open
from fazheng.web.models import Feed
from fazheng.web.pages import page, public
from fazheng.web.serving import serving
from fazheng.web.today_rows import Due, dues
from fazheng.web.visit import Visit

_TOKEN_BYTES = 24


@page("calendar", post=True)
def calendar(visit: Visit) -> HttpResponse:
    """One's own feed: made, renewed, revoked. Its address is shown once; the desk keeps a digest of it alone."""
    account, post = visit.account, visit.request.POST
    address = ""
    if visit.request.method == "POST":
        Feed.objects.filter(account=account).delete()  # whoever has the old address reads nothing from now on
        if post.get("end"):
            return redirect("calendar")
        token = clock.chance(_TOKEN_BYTES).hex()
        Feed.objects.create(account=account, token_digest=_digest(token), made_on=visit.today.isoformat())
        address = visit.request.build_absolute_uri(reverse("feed", args=[token]))
    told = {"feed": Feed.objects.filter(account=account).first(), "address": address}
    return visit.render("today/calendar.html", told)


@public  # a calendar program cannot log in: the token stands for the person, and opens this alone
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The days that are due, for whom the token was made; like an address that is not there for any other."""
    now = serving()
    found = Feed.objects.select_related("account").filter(token_digest=_digest(token)).first()
    if found is None or not found.account.is_active or now.bureau is None or now.desk is None:
        raise Http404
    as_of = now.as_of()
    who = as_of.viewer(found.account.code)
    if not may_open(who, "calendar"):
        raise Http404
    visit = Visit(request, "calendar", found.account, who, as_of, now.bureau, now.desk, now)
    made = ics(dues(visit), found.token_digest, as_of.today)
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": "inline"})


def ics(due: list[Due], name: str, today: date) -> bytes:
    """The calendar: a day each, called by the limit and the case's number. No person, no organisation, no address."""
    found = Calendar()
    found.add("prodid", "-//fazheng//desk//")
    found.add("version", "2.0")
    found.add("x-wr-calname", "法正 期限")
    for one in due:
        event = Event()
        day = date.fromisoformat(one.lamp.due)
        marked = hashlib.sha256(f"{name}\0{one.case_id}\0{one.limit}".encode()).hexdigest()
        event.add("uid", f"{marked[:32]}@fazheng")
        event.add("dtstamp", clock.now())
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", f"{one.lamp.name}（{one.procedure} {one.case_id}）")
        event.add("description", f"{one.lamp.article}。{one.lamp.words}，{today}时的情况，以账本为准。")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one.lamp.name)
        alarm.add("trigger", timedelta(days=-1))
        event.add_component(alarm)
        found.add_component(event)
    made: bytes = found.to_ical()
    return made


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


urls = [
    path("calendar/", calendar, name="calendar"),
    path("calendar/<str:token>.ics", feed, name="feed"),
]
