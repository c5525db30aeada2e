"""Licences of everything that the development lock installs, read from the installed packages."""

import re
from importlib.metadata import PackageNotFoundError, metadata

import pytest
from packaging.requirements import Requirement

from tests.architecture.tree import ROOT

WEAK_COPYLEFT = {
    "hypothesis": "MPL-2.0; tests only, unmodified",
    "pathspec": "MPL-2.0; builds and checks only, unmodified",
    "psycopg": "LGPL-3.0; optional, unmodified, imported only where PostgreSQL is asked for",
    "psycopg-binary": "LGPL-3.0; the same driver with its C library",
}
STRONG = re.compile(r"\bA?GPL|Affero|GNU General|SSPL|BUSL", re.IGNORECASE)
WEAK = re.compile(r"LGPL|GNU|MPL|Mozilla|EUPL|CDDL|EPL|Eclipse", re.IGNORECASE)


def locked(part: str) -> list[Requirement]:
    """The packages of a lock that this machine installs."""
    text = (ROOT / "requirements" / f"{part}.txt").read_text(encoding="utf-8")
    pins = [Requirement(line.removesuffix(" \\")) for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
    return [pin for pin in pins if pin.marker is None or pin.marker.evaluate()]


def licence(name: str) -> str:
    """All that a package says of its licence in its metadata: expression, classifiers, or else the free field."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        pytest.fail(f"{name} is locked and not installed: run `make test`, which installs the development lock")
    trove = [value for value in said.get_all("Classifier", []) if value.startswith("License ::")]
    stated = [said.get("License-Expression") or "", *trove]
    return " ".join(filter(None, stated)) or (said.get("License") or "").strip()[:200]


@pytest.mark.parametrize("name", [pin.name for part in ("dev", "statutes") for pin in locked(part)])
def test_a_locked_package_is_permissive_or_on_the_short_list(name: str) -> None:
    said = licence(name)
    assert said, f"{name} states no licence in its metadata"
    assert not STRONG.search(said), f"{name}: {said}"
    assert name in WEAK_COPYLEFT or not WEAK.search(said), f"{name}: {said}"


def test_the_short_list_names_only_what_is_locked() -> None:
    assert set(WEAK_COPYLEFT) <= {pin.name for pin in locked("dev")}
