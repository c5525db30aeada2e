"""A program of its own that replies once to a case as it was seen, and opens cases: run beside others by the tests."""

import os
import sys
from pathlib import Path

from fazheng.ledger.storage import open_home


def main(code: str, case: str, seen: int, times: int) -> None:
    """Prints `recorded` or `refused` for the reply, and each case it opened."""
    folder = Path(os.environ["FAZHENG_HOME"])
    open_home(folder)

    from fazheng.casework.bureaux import the_bureau
    from fazheng.casework.writing import Act, writing
    from tests.casework.desk import TODAY, day, receive

    bureau = the_bureau(code)
    reply = Act(day("2026-09-03"), "甲", {"outcome": "resolved", "reply": "…"}, seen=seen)
    with writing(bureau, today=TODAY) as act:
        print("refused" if act.do(case, "answer", reply).refused else "recorded")
    for _ in range(times):
        with writing(bureau, today=TODAY) as act:
            print(receive(act))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
