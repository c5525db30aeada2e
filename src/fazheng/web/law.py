"""条文: the words of an article one click away from whatever cites it; 待核 where no text is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import path

from fazheng.lawbook import texts
from fazheng.lawbook.catalogue import article, find, has_text, status_on, with_shelf
from fazheng.lawbook.citation import Citation, numeral, parse
from fazheng.lawbook.index import rules
from fazheng.lawbook.load import LawBook
from fazheng.lawbook.statute import Statute
from fazheng.lawbook.told_statute import headed, versioned
from fazheng.web.pages import page
from fazheng.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Piece:
    """A 款 or 项 of the article, and whether it is the one that was cited."""

    text: str
    item: bool
    meant: bool


@page("law")
def law(visit: Visit, cited: str) -> HttpResponse:
    """The article as it stood on the day asked for, what was cited of it marked."""
    try:
        where = parse(cited)
        on = date.fromisoformat(visit.request.GET.get("on", "") or visit.today.isoformat())
    except ValueError:
        raise Http404 from None
    found = find(visit.book, where.statute) if where.statute and where.article else None
    if found is None:
        return _unlisted(visit, cited, where, on)
    statute = with_shelf(found.statute)
    told: dict[str, Any] = {
        "statute": statute, "number": f"第{numeral(where.article)}条", "cited": cited, "on": on,
        "notes": headed(found, where.statute, statute, on), **_words(visit.book, statute, where, on),
    }  # fmt: skip
    return visit.render("cases/law.html", told)


def _unlisted(visit: Visit, cited: str, where: Citation, on: date) -> HttpResponse:
    """A rule of a place that the catalogue does not list. Raises Http404 for what no rule cites."""
    if (
        not where.statute
        or not where.article
        or not any(rule.cited.startswith(where.statute) for _, rule in rules(visit.book))
    ):
        raise Http404
    told = {"statute": {"name": where.statute, "short": where.statute}, "number": f"第{numeral(where.article)}条",
            "cited": cited, "on": on, "why": "条文目录里没有这一部，请看本地公布的文本"}  # fmt: skip
    return visit.render("cases/law.html", told)


def _words(book: LawBook, statute: Statute, where: Citation, on: date) -> dict[str, Any]:
    """The pieces of the article and the version they stand in; no pieces: why not."""
    version = status_on(statute, on).version
    if version is None:
        return {"why": f"{on}没有施行中的版本，或者施行日没有核对（待核）"}
    if not has_text(statute, version):
        return {"version": versioned(version), "why": "这里没有装这一版的条文，引用处标“待核”；请看公布的文本"}
    try:
        text = article(book, statute, version, where.article)
    except texts.TextFault as fault:
        return {"version": versioned(version), "why": str(fault)}
    if text is None:
        return {"version": versioned(version), "why": "这一版里没有这一条"}
    return {"version": versioned(version), "pieces": _pieces(text, where)}


def _pieces(text: texts.Article, where: Citation) -> list[Piece]:
    found: list[Piece] = []
    wanted = f"（{numeral(where.item)}）" if where.item else ""
    for n, (lead, items) in enumerate(text.paragraphs, 1):
        here = where.paragraph in (0, n) and (where.paragraph or where.item)
        found.append(Piece(lead, False, bool(here and not wanted)))
        found += [Piece(item, True, bool(here and (not wanted or item.startswith(wanted)))) for item in items]
    return found


urls = [path("law/<str:cited>/", law, name="law")]
