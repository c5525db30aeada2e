"""`fazheng`, `python -m fazheng`."""

import os
import sys

SERVING = frozenset({"serve", "account"})  # the commands that need the tables of the desk, too


def main() -> None:
    """Runs the command line and leaves with its exit code."""
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    import django

    from fazheng.ledger.faults import HomeUnreadable

    room = "desk" if SERVING.intersection(arguments) else "settings"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"fazheng.site.{room}")
    try:
        django.setup()  # the tables must be known before any room that reads them is imported
    except HomeUnreadable as fault:
        from fazheng.cli.with_commands import with_commands

        sys.stderr.write(f"{with_commands(str(fault))}\n")
        return 2
    from fazheng.cli.main import run

    return run(arguments)


if __name__ == "__main__":
    main()
