"""The locks: what `make` installs is exactly what is written, from wheels, on each kind of machine."""

import re
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

from tests.packaging.locks import LOCKS, REQUIREMENTS, ROOT, Pin, pins, text, wheels

PYTHONS = [(3, 11), (3, 12), (3, 13), (3, 14)]
LINUX_FROM_GLIBC_2_28 = [f"manylinux_2_{minor}" for minor in range(28, 4, -1)] + ["manylinux2014", "manylinux1"]
MACHINES = {
    "Windows x64": (["win_amd64"], {"sys_platform": "win32", "platform_machine": "AMD64"}),
    "Linux x64": (
        [f"{libc}_x86_64" for libc in LINUX_FROM_GLIBC_2_28],
        {"sys_platform": "linux", "platform_machine": "x86_64"},
    ),
    "Linux aarch64": (
        [f"{libc}_aarch64" for libc in LINUX_FROM_GLIBC_2_28],
        {"sys_platform": "linux", "platform_machine": "aarch64"},
    ),
}


def tags(python: tuple[int, int], platforms: list[str]) -> Iterator[Tag]:
    yield from cpython_tags(python, platforms=platforms)
    yield from compatible_tags(python, f"cp{python[0]}{python[1]}", platforms)


def fits(wheel: str, pin: Pin, accepted: frozenset[Tag]) -> bool:
    name, version, _, offered = parse_wheel_filename(wheel)
    return name == pin.name and pin.requirement.specifier.contains(version) and not accepted.isdisjoint(offered)


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("python", PYTHONS, ids=lambda python: f"Python {python[0]}.{python[1]}")
@pytest.mark.parametrize("part", ["base", "build", "statutes"])
def test_everything_locked_installs_as_a_wheel(part: str, python: tuple[int, int], machine: str) -> None:
    platforms, surroundings = MACHINES[machine]
    accepted = frozenset(tags(python, platforms))
    needed = [pin for pin in pins(part) if (mark := pin.requirement.marker) is None or mark.evaluate(surroundings)]
    without = [
        pin.name
        for pin in needed
        if not any(
            fits(wheel, pin, accepted) and digest in pin.digests for wheel, digest in wheels(part)[pin.name].items()
        )
    ]
    assert needed
    assert without == []


@pytest.mark.parametrize("part", ["base", "build", "statutes"])
def test_the_table_of_wheels_belongs_to_the_lock(part: str) -> None:
    digests = {pin.name: pin.digests for pin in pins(part)}
    assert set(wheels(part)) == set(digests)
    assert [wheel for name, files in wheels(part).items() for wheel in files if files[wheel] not in digests[name]] == []


@pytest.mark.parametrize("part", LOCKS)
def test_every_line_of_a_lock_is_one_version_with_hashes(part: str) -> None:
    assert pins(part)
    assert [pin.name for pin in pins(part) if not re.fullmatch(r"==[\w.]+", str(pin.requirement.specifier))] == []
    assert [pin.name for pin in pins(part) if not pin.digests] == []


@pytest.mark.parametrize("part", LOCKS)
def test_a_lock_names_its_command_and_no_address(part: str) -> None:
    command = text(part).splitlines()[1]
    assert command.startswith("#    uv pip compile")
    assert f"requirements/{part}.in -o requirements/{part}.txt" in command
    assert re.findall(r"://|--(?:extra-)?index|--find-links|--trusted-host| @ |file:", text(part)) == []


def test_the_development_lock_holds_the_same_versions_as_the_others() -> None:
    dev = {pin.name: pin for pin in pins("dev")}
    others = [pin for part in ("base", "build", "postgres") for pin in pins(part)]
    assert [pin.name for pin in others if dev[pin.name].requirement.specifier != pin.requirement.specifier] == []
    assert [pin.name for pin in others if dev[pin.name].digests != pin.digests] == []


def listed(part: str) -> set[str]:
    lines = (REQUIREMENTS / f"{part}.in").read_text(encoding="utf-8").splitlines()
    return {str(Requirement(line)) for line in lines if line and line[0] not in "#-"}


@pytest.mark.parametrize("part", LOCKS)
def test_a_lock_holds_what_its_list_asks_for(part: str) -> None:
    locked = {pin.name: pin.requirement.specifier for pin in pins(part)}
    asked = {canonicalize_name(wanted.name): wanted.specifier for wanted in map(Requirement, listed(part))}
    assert set(asked) <= set(locked)
    assert [name for name in asked if not asked[name].contains(str(locked[name]).removeprefix("=="))] == []


def test_pyproject_asks_for_what_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert {str(Requirement(line)) for line in project["dependencies"]} == listed("base")
    assert {str(Requirement(line)) for line in extras["statutes"]} == listed("statutes")
    assert {str(Requirement(line)) for line in extras["postgres"]} == listed("postgres")


def test_what_builds_the_wheel_is_locked() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]
    wanted = {canonicalize_name(Requirement(line).name) for line in build["requires"]}
    assert wanted <= {pin.name for pin in pins("build")}
