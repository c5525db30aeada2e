"""What went wrong, calmly: what happened, whether something was recorded, what to do. Never a trace on a page."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from fazheng.ledger.faults import foreseen

_KEPT = "刚才填的已存成草稿，再打开这张表就在里面，核对以后再记入。"


def page(request: HttpRequest, status: int, what: str, todo: str, back: str = "") -> HttpResponse:
    """A calm page of that status. `back`: the address of the form that holds what was typed."""
    told = {"status": status, "what": what, "todo": todo, "back": back}
    return HttpResponse(render_to_string("errors/page.html", told, request), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 400, "这个请求不完整或地址不对，没有记入。", "请从首页重新进入，用本单位给的网址。")


def with_nul(request: HttpRequest) -> HttpResponse:
    what = "地址或者填的内容里有看不见的空字符（U+0000），没有记入。"
    return page(request, 400, what, "请返回上一页，删掉它，重新输入。")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 403, "这一页不对您的岗位开放。", "权限随岗位和科室走；岗位有变动的，请人事在“人员”里登记。")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404, "没有这一页，或者它不对您开放。", "请核对案件号或网址，或者回到首页，从目录进入。")


def conflict(request: HttpRequest, what: str) -> HttpResponse:
    return page(request, 409, what, "请返回上一页看最新情况，再决定怎么办。")


def unavailable(request: HttpRequest, what: str, kept: str = "") -> HttpResponse:
    """`kept`: the address of the form whose content was kept as a draft."""
    return page(request, 503, what, f"请稍后再试。{_KEPT if kept else ''}", kept)


def no_bureau(request: HttpRequest) -> HttpResponse:
    """On to where a bureau begins."""
    return redirect("begin")


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    what = f"这次发来的太大，没有收：一次合计最多{most >> 20} MB。"
    return page(request, 413, what, "请分几次发；一个文件就太大的，删除图片和用不着的内容，或者拆成几个。")


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Whose browser says that the form is ours opened it before they logged in anew: then what they typed is kept."""
    from fazheng.web.rescue import form_of, from_our_page, kept_instead  # which asks pages, and they ask for errors

    if from_our_page(request) and kept_instead(request):
        return page(request, 403, "这张表是您重新登录以前打开的，没有记入。", _KEPT, form_of(request))
    return page(
        request, 403, "这张表不是从本系统的页面发出的，或者打开得太久，没有记入。", "请返回、刷新，再提交一次。"
    )


def locked(request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    return page(request, 429, "口令连续输错五次，这个编号暂时不能登录。", "请十五分钟以后再试，或请安全管理员解锁。")


def server_error(request: HttpRequest) -> HttpResponse:
    """The reader gets a sentence; the log the places in the program, without any value."""
    said_where()
    fault = sys.exc_info()[1]
    if isinstance(fault, DatabaseError | OSError) and (said := foreseen(fault)):  # a full disk, say
        return page(request, 503, f"{said}。", "请告诉系统管理员；刚才填的内容还在上一页，处理好了再提交一次。")
    return page(request, 500, "程序出错。", "有没有记入，请回到案件看；再出错的，把时间告诉维护人员。")


def said_where() -> None:
    """Into the server's log: the kind of the fault that is being handled, and where; no value of it."""
    kind, _, at = sys.exc_info()
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(at)]
    sys.stderr.write(f"desk: {kind.__name__ if kind else 'fault'} {' < '.join(reversed(places[-12:]))}\n")
