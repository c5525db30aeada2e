"""今日: what the law wants from this person today, nearest first; and what waits for their hand."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from fazheng.staff.rights import may_open
from fazheng.web.pages import page
from fazheng.web.today_asked import told
from fazheng.web.today_duties import standing_duties
from fazheng.web.today_feed import urls as feed_urls
from fazheng.web.today_lists import urls as list_urls
from fazheng.web.today_rows import due_now, lamps_counted, suggested, tasks, waits
from fazheng.web.visit import Visit

_SHOWN = 100  # of each list: beyond, 待办 and the lists show them all


@page("today")
def today(visit: Visit) -> HttpResponse:
    """What is due, what waits to be signed, reviewed, answered or looked at, and which cases the law suggests."""
    told(visit, "waits", "suggests", "clocks", "tasks")  # all of it at once
    due, asked, signing = due_now(visit), tasks(visit), waits(visit)
    mine = [one for one in asked if one.person]
    shown = {
        "due": due[:_SHOWN],
        "counts": lamps_counted(due),
        "uncounted": due.more,
        "more": len(due) > _SHOWN,
        "waits": signing[:_SHOWN],
        "waits_more": signing.more,
        "asked": mine[:_SHOWN],
        "asked_told": f"{'至少' if asked.more else ''}{len(mine)}",
        "asked_more": len(mine) > _SHOWN,
        "tasks": [one for one in asked if not one.person][:_SHOWN],
        "suggests": suggested(visit),
        "paper": may_open(visit.viewer, "paper_signed"),
    }
    return visit.render("today/today.html", shown)


@page("today")
def duties(visit: Visit) -> HttpResponse:
    """长期义务: what the year asks of the bureau regularly, unmet or soon. A part of 今日, and a page of its own."""
    part = visit.request.headers.get("HX-Request") == "true"
    template = "today/duties_part.html" if part else "today/duties.html"
    return visit.render(template, {"owed": standing_duties(visit)})


@page("account")
def home(visit: Visit) -> HttpResponse:
    """The first page of whoever it is: today's duties, or for an administrator the first page that opens."""
    return redirect(visit.first_url)


urls = [
    path("", home, name="home"),
    path("today/", today, name="today"),
    path("today/duties/", duties, name="duties"),
    *list_urls,
    *feed_urls,
]
