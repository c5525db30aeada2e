"""`python -m tests.enforcement` writes docs/enforcement-check.md and says what did not go as it should."""

import os
import tempfile
from pathlib import Path

from fazheng.ledger.storage import open_home


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FAZHENG_HOME"] = folder
        os.environ.pop("DATABASE_URL", None)
        open_home(Path(folder) / "home", create=True)  # the rooms below are imported once Django is set up
        from tests.enforcement.entering import bureau_of
        from tests.enforcement.made import files
        from tests.enforcement.outcome import outcome
        from tests.enforcement.page import PAGE, page

        found = outcome(files(), bureau_of("999001"), bureau_of("999002"))
    PAGE.write_text(page(found), "utf-8")
    for fault in [*found.clean_faults, *(f"{id}: {one}" for id, count in found.kinds.items() for one in count.faults)]:
        print(fault)


if __name__ == "__main__":
    main()
