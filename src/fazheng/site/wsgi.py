"""The desk served by waitress: one process, its threads, one book."""

from __future__ import annotations

import errno
import gc
import os
import socket
import sys
from contextlib import suppress

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from waitress import serve as waitress_serve

THREADS = 8  # who reads at once; whoever writes waits for the one desk
_WAITING = 1024  # connections that wait to be taken
_TAKEN = (errno.EADDRINUSE, 10013, 10048)  # and as Windows says it


class PortUnusable(Exception):
    """Nobody can be answered there; the message says in Chinese why and what to do."""


def listening(host: str, port: int) -> list[socket.socket]:
    """Sockets that listen there: taken before anything of the home is touched. Raises PortUnusable."""
    try:
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise PortUnusable(_not_ours(host)) from None
    found, why = list[socket.socket](), PortUnusable(_not_ours(host))
    for family, kind, protocol, _, address in dict.fromkeys(places):
        try:
            found.append(_bound(family, kind, protocol, address))
        except OSError as fault:
            why = PortUnusable(_why_not(fault.errno or 0, host, port))
            if fault.errno in _TAKEN:
                found = _let_go(found)
                break
    if not found:
        raise why
    return found


def _bound(family: int, kind: int, protocol: int, address: object) -> socket.socket:
    made = socket.socket(family, kind, protocol)
    try:
        if sys.platform == "win32":  # there another program may else listen at the same port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(address)  # type: ignore[arg-type]
        made.listen(_WAITING)
    except OSError:
        made.close()
        raise
    return made


def _let_go(some: list[socket.socket]) -> list[socket.socket]:
    for one in some:
        with suppress(OSError):
            one.close()
    return []


def _not_ours(host: str) -> str:
    return f"“{host}”不是这台电脑的地址：--host 要写本机的地址；让同事都能打开的，写 0.0.0.0"


def _why_not(number: int, host: str, port: int) -> str:
    if number in _TAKEN:
        said = f"端口{port}已经有程序在用，多半是法正已经启动：请直接在浏览器里打开"
        return f"{said}；是别的程序的，换一个端口，例如 --port {_next(port)}"
    if number in (errno.EACCES, errno.EPERM):
        return f"系统不许用端口{port}：1024以下的要管理员权限。请换一个端口，例如 --port 8000"
    if number == errno.EADDRNOTAVAIL:
        return _not_ours(host)
    return f"端口{port}用不了（系统的说明：{os.strerror(number)}）。请换一个端口，例如 --port {_next(port)}"


def _next(port: int) -> int:
    return port + 1 if port < 65535 else 8000


def serve(sockets: list[socket.socket], *, https: bool = False) -> None:
    """Serves what `fazheng.web.serving.start` made ready, until it is interrupted. `https`: a front before it speaks
    TLS with the browsers.
    """
    application = get_wsgi_application()
    gc.collect()
    gc.freeze()  # the law files and the program stay as long as the server: nobody looks among them for garbage
    waitress_serve(
        application,
        sockets=sockets,
        threads=THREADS,
        ident="fazheng",
        url_scheme="https" if https else "http",
        clear_untrusted_proxy_headers=True,
        max_request_body_size=2 * settings.UPLOAD_MOST,  # what is a little too large gets a page of ours
    )
