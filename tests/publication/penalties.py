"""Penalty cases of the example bureau, decided, published, served and closed."""

from typing import Any

from fazheng.casework.writing import Writing
from tests.casework.desk import CODE, DECISION, do, enter, file

PERSON = "示例某某人"
NUMBERED = {"party_kind": "adult", "organisation": None, "party": PERSON}


def registered(act: Writing, code: str = CODE, **more: Any) -> None:
    """A row of the register of organisations."""
    row = {"code": code, "name": "示例县读书会", "kind": "association", "registered_on": "2020-05-01"}
    assert enter(act, "social_organisation", "2020-05-01", **row, **more) == []


def decided(act: Writing, on: str = "2026-09-07", number: int = 1, *, filed: dict[str, Any] | None = None,
            **more: Any) -> str:  # fmt: skip
    """A penalty decided on that day, to be published; entered as acts that happened."""
    case = file(act, **(filed or {}))
    do(act, case, "gather_evidence", "2026-09-02", method="other", evidence_kind="document", officers=["甲", "乙"],
       content="账")  # fmt: skip
    do(act, case, "close_investigation", "2026-09-03", report="…", facts_established=True, evidence_verified=True,
       crime_suspected=False, serious=False, proposed="penalty")  # fmt: skip
    do(act, case, "give_notice", "2026-09-04", proposed_kinds=["warning"], content_told=True, rights_told=True,
       hearing_offered=False)  # fmt: skip
    do(act, case, "waive_statement", "2026-09-07")
    document = f"示民罚决字〔2026〕{number}号"
    said = {**DECISION, "publishable": True, "document_no": document, **more}
    do(act, case, "decide", on, "丙", happened=True, **said)
    return case


def closed(act: Writing, case: str, method: str = "direct", *, archived: bool = True) -> None:
    """Serves, closes and archives the case."""
    do(act, case, "serve_decision", "2026-09-08", service_method=method, happened=True)
    do(act, case, "close", "2026-10-20", outcome="performed", approved_by=["丙"], happened=True)
    if archived:
        do(act, case, "archive", "2026-10-21", dossier_no="示例卷001", happened=True)
