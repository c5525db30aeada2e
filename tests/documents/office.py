"""LibreOffice as an outside reader of our .docx: fonts of this run alone, a profile of its own, no network asked."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest

from fazheng.documents.fonts import STANDARD

_STAND_IN = {part: "Noto Sans SC" if part == "hei" else "Noto Serif SC" for part in STANDARD}


def office() -> str:
    """The program. Where it is missing the test is skipped with a reason; in CI it fails."""
    found = shutil.which("soffice")
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail("CI has every optional part, and finds no LibreOffice: .ci/run installs it")
    pytest.skip("no LibreOffice here: apt-get install libreoffice-writer-nogui")


def converted(source: Path, kind: str, folder: Path) -> Path:
    """The file as `kind` (pdf, docx), written by LibreOffice into the folder."""
    folder.mkdir(exist_ok=True)
    profile = folder.parent / "office-profile"
    command = [office(), "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", kind]
    environment = {**os.environ, "FONTCONFIG_FILE": str(_fonts(folder.parent)), "HOME": str(folder.parent)}
    done = subprocess.run(
        [*command, "--outdir", str(folder), str(source)], env=environment, capture_output=True, timeout=180, check=False
    )
    made = folder / f"{source.stem}.{kind}"
    assert done.returncode == 0, done.stderr
    assert made.exists(), done.stderr
    return made


def _fonts(folder: Path) -> Path:
    """Only the packaged fonts, each under the name that our .docx calls it by."""
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{_STAND_IN[part]}</string></edit></match>'
        for part, name in STANDARD.items()
    )
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{Path(pylopdf_fonts_zh_cn.__file__).parent}</dir><cachedir>{folder / 'font-cache'}</cachedir>"
        f"{aliases}</fontconfig>",
        "utf-8",
    )
    return path
