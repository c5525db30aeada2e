"""A dozen open cases of the demo county, dated back from today: so that its desk has something to do.

The counted examples of 2024 stay as they are: these come only where the demo is served.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from fazheng.casework.bureaux import Bureau
from fazheng.casework.consulting import ask_people
from fazheng.casework.writing import Act, Writing, writing
from fazheng.cli.common import Unusable
from fazheng.procedure.surroundings import Refusal

FILE = "alive.toml"


def enliven(folder: Path, bureau: Bureau, today: date) -> int:
    """Enters the county's open cases; how many. 0 where the county has none. Raises Unusable for one that is refused,
    and then none was entered.
    """
    path = folder / FILE
    if not path.exists():
        return 0
    said = tomllib.loads(path.read_text("utf-8"))
    ids: dict[str, str] = {}
    with writing(bureau, today=today) as act:
        for case in said["case"]:
            ids[case["ref"]] = _opened(act, case, ids, today)
        for asked in said.get("asked", ()):
            case = ids[asked["case"].removeprefix("$")]
            by = Act(today - timedelta(days=asked["days"]), asked["by"], {}, paper=asked["text"])
            _taken(asked["case"], ask_people(act, case, asked["kind"], asked["about"], asked["of"], by))
    return len(ids)


def _opened(act: Writing, case: dict[str, Any], ids: dict[str, str], today: date) -> str:
    done = act.open(case["procedure"], _act(case, ids, today))
    _taken(case["ref"], done.decision.refusals)
    for step in case.get("step", ()):
        taken = act.do(done.case_id, step["id"], _act(step, ids, today))
        _taken(f"{case['ref']} {step['id']}", taken.decision.refusals)
    return done.case_id


def _act(said: dict[str, Any], ids: dict[str, str], today: date) -> Act:
    """Who did it, counted back from today; `$a1` in a value stands for the case of that name."""
    data = {field: ids[v[1:]] if isinstance(v, str) and v.startswith("$") else v
            for field, v in said.get("data", {}).items()}  # fmt: skip
    return Act(today - timedelta(days=said["days"]), said["by"], data)


def _taken(what: str, refused: tuple[Refusal, ...]) -> None:
    if found := [refusal for refusal in refused if not refusal.warns]:
        raise Unusable(f"示例的{FILE}有误：{what}：{'；'.join(one.says for one in found)}")
