"""What templates ask: the navigation, the person's roles in words, large type."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from fazheng.casework.lists.columns import called as case_name
from fazheng.lawbook.citation import parse
from fazheng.lawbook.load import LawBook
from fazheng.web.names import role_names
from fazheng.web.pages import entrances, way
from fazheng.web.visit import Visit

register = template.Library()


_TOKEN, _NEXT = "\ue000token\ue001", "\ue000next\ue001"  # signs that nobody types


@register.simple_tag(takes_context=True)
def frame(context: Context) -> SafeString:
    """What stands above and beside the page: made once for a person and a page while nothing is entered that changes
    who they are. Its forms get the token of this answer, and the address that is asked.
    """
    visit, request = context["visit"], context["request"]

    def made() -> SafeString:
        told = {"visit": visit, "large": large(request), "ways": list(entrances(visit))}
        return render_to_string("parts/frame.html", {**told, "csrf_token": _TOKEN, "next": _NEXT})

    kept: str = visit.as_of.kept(("frame", visit.account.code, visit.page, large(request)), made)
    return mark_safe(kept.replace(_TOKEN, str(context["csrf_token"])).replace(_NEXT, escape(request.get_full_path())))


@register.simple_tag(takes_context=True)
def kept_part(context: Context, name: str, *rests_on: Any) -> SafeString:
    """A template of the page, made once for a person and an address while the book stands and what it `rests_on` beside
    the book is the same. Its forms get the token of this answer.
    """
    visit, told = context["visit"], dict[str, Any](context.flatten()) | {"csrf_token": _TOKEN}  # type: ignore[arg-type]
    on = tuple(tuple(one) if isinstance(one, list) else one for one in rests_on)
    made: str = visit.kept_for_all(
        (name, visit.request.path, visit.account.code, on), lambda: render_to_string(name, told)
    )
    return mark_safe(made.replace(_TOKEN, str(context["csrf_token"])))


@register.simple_tag
@cache
def asset(name: str) -> str:
    """The address of a file of ours, which holds its digest: looked up once, it goes with the program."""
    return static(name)


register.simple_tag(way, name="way")


@register.filter
def called(case_id: str, book: LawBook) -> str:
    """What staff call the case."""
    return case_name(book, case_id)


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
