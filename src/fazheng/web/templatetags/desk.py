"""What templates ask: the navigation, the person's roles in words, large type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from fazheng.web.names import role_names
from fazheng.web.pages import Entrance, entrances
from fazheng.web.visit import Visit

register = template.Library()


@register.simple_tag
def navigation(visit: Visit) -> list[Entrance]:
    """Where this person may go."""
    return list(entrances(visit))


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
