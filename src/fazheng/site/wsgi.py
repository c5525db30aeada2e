"""The desk served by waitress: one process, its threads, one book."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application
from waitress import serve as waitress_serve

THREADS = 8  # who reads at once; whoever writes waits for the one desk


def serve(host: str, port: int) -> None:
    """Serves what `fazheng.web.serving.start` made ready, until it is interrupted."""
    waitress_serve(
        get_wsgi_application(),
        host=host,
        port=port,
        threads=THREADS,
        ident="fazheng",
        clear_untrusted_proxy_headers=True,
    )
