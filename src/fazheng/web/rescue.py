"""What somebody typed outlives a page that could not take it: timed out, logged in anew meanwhile, the book busy.

The form is kept as the draft of who typed it, sealed as every draft is, and stands in the form when it is opened again.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve

from fazheng.casework.folding import CaseUnknown
from fazheng.ledger.faults import BookBusy
from fazheng.web.case_drafts import KEEP, SAVED, SAVED_MARK

_FORMS = ("step", "open", "add_late")  # the names of the addresses that keep drafts
_NOT_KEPT = (Http404, PermissionDenied, SuspiciousOperation, CaseUnknown, BookBusy)


def form_of(request: HttpRequest) -> str:
    """The address of the form that was sent, with what is behind its question mark; "" where it keeps no draft."""
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return ""
    return request.get_full_path() if request.method == "POST" and found.url_name in _FORMS else ""


def kept_instead(request: HttpRequest) -> bool:
    """Keeps what a logged-in person sent as their draft, in place of what it was sent for. False where its page keeps
    none, or it could not be kept.
    """
    if not form_of(request) or not request.user.is_authenticated:
        return False
    post = request.POST.copy()
    post[KEEP] = "1"
    request.POST = post  # type: ignore[assignment]
    found = resolve(request.path_info)
    try:
        answer = found.func(request, *found.args, **found.kwargs)
    except _NOT_KEPT:
        return False
    return str(answer.get("Location", "")).endswith(SAVED_MARK) or SAVED.encode() in answer.content


def from_our_page(request: HttpRequest) -> bool:
    """Whether the browser itself says that a page of this very address sent the form; no other page can say so."""
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
