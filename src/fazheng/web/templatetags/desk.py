"""What templates ask: the navigation, the person's roles in words, large type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fazheng.lawbook.citation import parse
from fazheng.web.names import role_names
from fazheng.web.pages import entrances, way
from fazheng.web.visit import Visit

register = template.Library()


@register.simple_tag
def navigation(visit: Visit) -> SafeString:
    """Where this person may go, as HTML: it stands while nothing is entered that changes who they are."""

    def made() -> SafeString:
        return render_to_string("parts/ways.html", {"ways": list(entrances(visit))})

    who = visit.viewer
    return visit.as_of.kept(("ways", who.roles, who.administers, who.vacant, bool(who.authorised), visit.page), made)


register.simple_tag(way, name="way")


@register.filter
def roles_of(visit: Visit) -> str:
    """What the person does, in words."""
    names = role_names(visit.bureau.place)
    every: Iterable[str] = sorted({*visit.viewer.roles, *visit.viewer.administers})
    return "、".join(names.get(role, role) for role in every) or "没有岗位"


@register.simple_tag
def url_or_none(name: str, *args: Any) -> str:
    """The address of that name; "" where nobody has written the page yet."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.filter
def large(request: HttpRequest | None) -> bool:
    """Whether this browser asked for large type."""
    return bool(request and request.COOKIES.get("large"))


@register.simple_tag(takes_context=True)
def cited(context: Context, article: str) -> SafeString:
    """An article as a link to its text, as it was on the day `as_of` of the page; what is no article stays as it is."""
    name, mark, rest = article.partition("（")
    try:
        known = parse(name)
    except ValueError:
        known = None
    if known is None or not known.statute or not known.article:
        return format_html("{}", article)
    day = context.get("as_of")
    url = reverse("law", args=[name]) + (f"?on={day:%Y-%m-%d}" if day else "")
    return format_html('<a href="{}">{}</a>{}', url, name, mark + rest)
