"""What stands around every page: the name browsers ask for, the time out, faults that were foreseen."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import escape

from fazheng.casework import clock
from fazheng.casework.desk import DeskClosed
from fazheng.casework.folding import CaseUnknown
from fazheng.ledger.faults import BookBusy, HomeUnreadable
from fazheng.ledger.private_keys import PrivateUnreadable
from fazheng.web import errors
from fazheng.web.case_drafts import SAVED
from fazheng.web.importing_waiting import under_way
from fazheng.web.rescue import form_of, from_our_page, kept_instead
from fazheng.web.serving import serving

Next = Callable[[HttpRequest], HttpResponse]
KEPT = 2  # what the log-in page is told of somebody whose form was kept
_SEEN, _OFTEN = "seen", 60  # when the person last asked for a page; noted once a minute, not with every page


class OnlyHere:
    """Refuses a request under another host's name, and keeps pages out of every cache."""

    def __init__(self, following: Next) -> None:
        self._following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.get_host()  # raises DisallowedHost: a calm 400
        length = request.META.get("CONTENT_LENGTH") or ""
        large = length.isascii() and length.isdigit() and int(length[:15]) > settings.UPLOAD_MOST
        response = errors.too_large(request, settings.UPLOAD_SAID) if large else self._following(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class TimeOut:
    """Logs out who asked for nothing for a while."""

    def __init__(self, following: Next) -> None:
        self._following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(clock.now().timestamp())
            seen = int(request.session.get(_SEEN, now))
            if now - seen > settings.IDLE_SECONDS:
                return _timed_out(request)
            if now - seen >= _OFTEN or _SEEN not in request.session:
                request.session[_SEEN] = now
        return self._following(request)


def _timed_out(request: HttpRequest) -> HttpResponse:
    """To the log-in page and from there back; a form that was filled and sent too late is kept as a draft before."""
    kept = from_our_page(request) and kept_instead(request)
    back = request.get_full_path() if request.method == "GET" else form_of(request)
    logout(request)
    there = f"{reverse('login')}?idle={KEPT if kept else 1}&next={quote(back)}"
    if kept and request.htmx:  # type: ignore[attr-defined]  # the form kept itself while somebody typed on
        way = f'<a href="{escape(there)}">登录以后接着填</a>'
        return HttpResponse(f'<span class="kept">已自动退出，{SAVED}：{way}</span>')
    return redirect(there)


class Foreseen:
    """Says foreseen faults of the book as a page of their own."""

    def __init__(self, following: Next) -> None:
        self._following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._following(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        match fault:
            case CaseUnknown() | Http404():
                return errors.not_found(request)
            case BookBusy() | DeskClosed():
                said = (isinstance(fault, BookBusy) and under_way()) or f"{fault}。"
                return errors.unavailable(request, said, form_of(request) if kept_instead(request) else "")
            case HomeUnreadable() | PrivateUnreadable():
                said = str(fault).replace(str(serving().home), "账本的文件夹")  # where it lies is nobody's business
                return errors.page(request, 500, f"{said}。", "请告诉系统管理员。")
        return None
