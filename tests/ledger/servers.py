"""A PostgreSQL server for the time of a test run, and databases on it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit


def started(binaries: Path) -> Iterator[str]:
    """The URL of a server of our own, reached through a socket in a temporary folder; stopped afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="fazheng-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]

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
