"""One person at one page: who looks, at which bureau, on which day, and what is written on their behalf."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fazheng.casework.act import Done
from fazheng.casework.bureaux import Bureau
from fazheng.casework.desk import Desk
from fazheng.casework.sent import Sent, sent
from fazheng.casework.writing import Writing
from fazheng.lawbook.load import LawBook, load
from fazheng.staff import Roster
from fazheng.staff.rights import Viewer
from fazheng.web.as_of import AsOf
from fazheng.web.models import Account
from fazheng.web.serving import Serving

T = TypeVar("T")
LONGEST_KEPT = 2000  # signs of an address behind its question mark


@dataclass(slots=True)
class Visit:
    """What a page is made from. `page` is the name under which `fazheng.staff.rights` let the person in."""

    request: HttpRequest
    page: str
    account: Account
    viewer: Viewer
    as_of: AsOf
    bureau: Bureau
    desk: Desk
    serving: Serving

    @property
    def roster(self) -> Roster:
        return self.as_of.roster

    def sections_of(self, procedure: str) -> frozenset[str]:
        """The sections that a procedure belongs to today; empty: it is everybody's."""
        return self.roster.sections_of(procedure, self.today)

    @property
    def today(self) -> date:
        return self.as_of.today

    @property
    def book(self) -> LawBook:
        """The law as it has effect in the bureau's place: read once a process."""
        return load(place=self.bureau.place)

    @property
    def looking(self) -> Writing:
        """For reading alone: surroundings, a case, the roster as of today. Nothing is locked, nothing is written."""
        return Writing(self.bureau, self.today, roster=self.roster)

    @property
    def first_url(self) -> str:
        """The first page of the navigation that opens to this person; the change of password where none does."""
        from fazheng.web.pages import entrances  # which needs a Visit itself

        return next((entrance.url for entrance in entrances(self)), reverse("password"))

    def kept(self, name: str, make: Callable[[], T], *of: str) -> T:
        """What `make` gave this person on the same day while the book ended where it ends. It must follow from the
        book alone, and nobody may change it.
        """
        return self.as_of.kept((name, self.viewer.code, *of), make)

    def kept_for_all(self, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """The same for all who ask the same address of what the key names: it says whose cases are told. What an
        address asks at greater length than a page of ours would is made, and not kept.
        """
        if len(self.request.META.get("QUERY_STRING", "")) > LONGEST_KEPT:
            return make()
        asked = tuple((name, tuple(map(str, values))) for name, values in self.request.GET.lists())
        return self.as_of.kept((*key, asked), make)

    def record(self, key: str, work: Callable[[Writing], Done]) -> Done | Sent:
        """What `work` gave, once it is durable; or what the form of that key left in the book at an earlier sending.

        The act that `work` makes carries `source=source_of(key)`.
        """

        def once(act: Writing) -> Done | Sent:
            return (sent(self.bureau.code, key) if key else None) or work(act)

        return self.desk.submit(once)

    def render(self, template: str, context: Mapping[str, Any] = {}, status: int = 200) -> HttpResponse:
        """The page; its template extends `page.html` and may use `visit`."""
        return render(self.request, template, {"visit": self, **context}, status=status)
