"""Forms that we do not read ourselves, through LibreOffice where it is installed: .rtf, .odt, old .doc, other .wps.

The file is untrusted: a folder and a profile of its own, macros and links switched off, no network where the system
can take it away, else a proxy that leads nowhere; a time limit, after which everything that was started is ended.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS = 60.0
_NAMES = ("soffice", "libreoffice")
_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_NOWHERE = "http://127.0.0.1:9"
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
    ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    + "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    + "</oor:items>"
)


def installed() -> str:
    """The path of LibreOffice; empty where there is none."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), "")
    return found or next((path for path in _ELSEWHERE if Path(path).is_file()), "")


def as_docx(raw: bytes, form: str) -> bytes | None:
    """The file as .docx; `form` is its own ending. None where LibreOffice is absent, fails, or takes too long."""
    program = installed()
    if not program:
        return None
    with TemporaryDirectory(prefix="fazheng-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source, made = home / f"report.{form}", home / "out" / "report.docx"
        source.write_bytes(raw)
        (home / "profile" / "user").mkdir(parents=True)
        (home / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, "utf-8", newline="\n")
        options = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard", "--convert-to"]
        command = [program, f"-env:UserInstallation={(home / 'profile').as_uri()}", *options, "docx:MS Word 2007 XML",
                   "--outdir", str(made.parent), str(source)]  # fmt: skip
        done = _run([*_apart(), *command], home)
        return made.read_bytes() if done and made.is_file() else None


def _run(command: list[str], home: Path) -> bool:
    """Whether the command ended by itself, well, in time."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG", "LC_ALL") if name in os.environ}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE)
    try:
        process = subprocess.Popen(
            command, cwd=home, env=kept | proxies | {"HOME": str(home), "TMPDIR": str(home), "TEMP": str(home)},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    except OSError:
        return False
    try:
        return process.wait(SECONDS) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends what was started, and what that started: soffice is a script around the program."""
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:  # Windows has no groups: its own command ends a process with what it started
        with suppress(OSError):
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
        process.kill()
    process.wait()


@cache
def _apart() -> tuple[str, ...]:
    """What takes the network away from a command; nothing where the system does not let us."""
    tool = shutil.which("unshare")
    if not tool:
        return ()
    words = (tool, "--map-root-user", "--net", "--")
    try:
        tried = subprocess.run([*words, "true"], capture_output=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return words if tried.returncode == 0 else ()
