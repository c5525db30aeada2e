"""One run of ours in a process of its own: `python -m benchmarks.step_run step CASES FOLDER`. See `steps`."""

import os
import sys
from pathlib import Path

import django


def main(kind: str, number: str, *more: str) -> None:
    """Prints the seconds. `kind`: step; each or desk, with the milliseconds of a flush before the folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fazheng.site.settings")
    django.setup()

    from benchmarks.allowance import step, together

    if kind == "step":
        step(int(number), Path(more[-1]))
    else:
        together(int(number), int(more[0]), Path(more[-1]), desk=kind == "desk")


if __name__ == "__main__":
    main(*sys.argv[1:])
