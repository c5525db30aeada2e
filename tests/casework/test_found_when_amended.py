"""What is found after corrections: the index that was brought up step by step is the one made from all entries."""

from fazheng.casework.bureaux import Bureau
from fazheng.casework.finding import bring_up, drop_index, tokens
from fazheng.casework.writing import writing
from fazheng.ledger.models import SearchToken
from fazheng.ledger.private_keys import Ring
from fazheng.procedure.identifiers import org_code
from tests.casework.desk import TODAY, book, decided_unheard, do
from tests.casework.test_registrations import DESK, HEAD, NEW, REGISTER, county, founded

__all__ = ["county"]
AMENDED = "2026-11-18"


def index(bureau: Bureau) -> set[tuple[str, str, str]]:
    """The index once all entries are in it."""
    with writing(bureau, today=TODAY) as act:
        assert bring_up(act) == 0
    return set(SearchToken.objects.filter(bureau=bureau.code).values_list("token", "target", "digest"))


def made_anew(bureau: Bureau) -> set[tuple[str, str, str]]:
    drop_index(bureau.code)
    return index(bureau)


def targets(bureau: Bureau, word: str) -> set[str]:
    (token,) = tokens.digests(Ring(bureau.code).searching, [word])
    return {target for found, target, _ in index(bureau) if found == token}


def test_a_number_that_was_corrected_is_found(county: Bureau) -> None:
    with writing(county, today=TODAY) as act:
        case = decided_unheard(act)
    assert targets(county, "last:7788") == set()
    with writing(county, today=TODAY) as act:
        version = len(book(county, case))
        do(act, case, "correct", AMENDED, HEAD, entry=version, reason="录错", document_no="示民罚决字〔2026〕7788号")
    assert targets(county, "last:7788") == {case}


def test_an_organisation_is_found_by_its_corrected_name_and_no_more_by_the_wrong_one(county: Bureau) -> None:
    with writing(county, today=TODAY) as act:
        case = founded(act)
    assert targets(county, "name:示例县示例协会") == {f"{REGISTER}:{NEW}"}
    with writing(county, today=TODAY) as act:
        do(act, case, "correct", AMENDED, DESK, entry=1, reason="录错", name="示例县阅读协会")
    assert targets(county, "name:示例县阅读协会") == {f"{REGISTER}:{NEW}"}
    assert targets(county, "name:示例县示例协会") == set()
    assert index(county) == made_anew(county)


def test_an_organisation_whose_code_was_corrected_is_found_under_the_right_one_alone(county: Bureau) -> None:
    right = org_code("51999900MJX002002")
    with writing(county, today=TODAY) as act:
        case = founded(act)
    index(county)
    with writing(county, today=TODAY) as act:
        version = len(book(county, case))
        do(act, case, "correct", AMENDED, HEAD, entry=version, reason="录错", code=right)
    assert targets(county, "name:示例县示例协会") == {f"{REGISTER}:{right}"}
    assert index(county) == made_anew(county)
