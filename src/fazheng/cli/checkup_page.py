"""`fazheng checkup --page`: one page on this machine, to paste or drop a report into. Nothing is kept."""

from __future__ import annotations

import sys
from collections.abc import Callable
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import unquote

from fazheng.checkup.reading import Unreadable, read_bytes
from fazheng.checkup.reading.read import LARGEST_FILE
from fazheng.checkup.report import Report
from fazheng.checkup.run import run
from fazheng.checkup.told.as_html import as_html
from fazheng.checkup.told.summary import Checked

_LOCAL = "127.0.0.1"
_SAFE = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>报告体检</title>
<style>
body{margin:0 auto;max-width:76rem;padding:1rem;font:1rem/1.7 "Noto Sans SC","Microsoft YaHei",sans-serif}
textarea{width:100%;height:12rem;box-sizing:border-box;font:inherit}iframe{width:100%;height:80vh;border:1px solid #888}
button,input{font:inherit;min-height:2.75rem}
</style></head><body><h1>报告体检</h1>
<p><label for="text">把报告粘贴在这里，或者把文件拖到这一页上。文字只在这台电脑上检查，不保存，不联网。</label></p>
<textarea id="text"></textarea>
<p><button id="go" type="button">检查文字</button> <label>或选一个文件：<input id="file" type="file"></label></p>
<p id="state" role="status"></p><iframe id="told" title="检查结果" sandbox="allow-same-origin"></iframe>
<script nonce="page">
const byId = id => document.getElementById(id);
async function check(body, name) {
  byId("state").textContent = "正在检查……";
  const answer = await fetch("/check", {method: "POST", body, headers: {"X-Name": encodeURIComponent(name)}});
  URL.revokeObjectURL(byId("told").src);
  byId("told").src = URL.createObjectURL(await answer.blob());  // of a srcdoc the links to the words would lead away
  byId("state").textContent = answer.ok ? "检查完了" : "这份文件读不了";
}
byId("go").onclick = () => check(new Blob([byId("text").value]), "粘贴的文字.txt");
const first = files => { if (files[0]) check(files[0], files[0].name); };
byId("file").onchange = event => first(event.target.files);
document.ondragover = event => event.preventDefault();
document.ondrop = event => { event.preventDefault(); first(event.dataTransfer.files); };
</script></body></html>
"""


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing is written down."""

    def do_GET(self) -> None:
        if self._own() and self.path == "/":
            self._answer(200, _PAGE, _SAFE + "; script-src 'nonce-page'; connect-src 'self'; frame-src blob:")
        else:
            self._answer(404, "没有这一页")

    def do_POST(self) -> None:
        said = self.headers.get("Content-Length", "")
        size = int(said) if said.isdecimal() and len(said) < 12 else -1
        if not self._own() or self.path != "/check" or not self.headers.get("X-Name"):
            self._answer(404, "没有这一页")
        elif not 0 <= size <= LARGEST_FILE:
            self._answer(413, "文件太大")
        else:
            self._check(self.rfile.read(size), unquote(self.headers["X-Name"])[:200])

    def _check(self, raw: bytes, name: str) -> None:
        try:
            report = Report(read_bytes(raw, name))
            self._answer(200, as_html([Checked(report, run(report))]))
        except Unreadable as fault:
            self._answer(422, escape(str(fault)))

    def _own(self) -> bool:
        """Whether the request names this machine: another site's page may not speak through the reader's browser."""
        port = cast(ThreadingHTTPServer, self.server).server_port
        own = {f"{_LOCAL}:{port}", f"localhost:{port}"}
        origin = self.headers.get("Origin")
        return self.headers.get("Host") in own and (origin is None or origin.removeprefix("http://") in own)

    def _answer(self, status: int, text: str, safe: str = _SAFE) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in (
            ("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body))),
            ("Content-Security-Policy", safe), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"),
        ):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def serve(port: int, ready: Callable[[ThreadingHTTPServer, str], None]) -> None:
    """Serves the page on this machine until it is stopped; `ready` is told the address first. Raises OSError."""
    with ThreadingHTTPServer((_LOCAL, port), _Handler) as server:
        server.daemon_threads = True
        ready(server, f"http://{_LOCAL}:{server.server_port}/")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.stderr.write("\n已停止，没有保存任何内容。\n")
