"""`fazheng powers`: the second example county's list, from 28 powers to 37 items, as a person asks for it."""

from pathlib import Path
from zipfile import ZipFile

from tests.cli.typing import Shell

KINDS = {"payment": 7, "confirmation": 6, "permit": 6, "other": 13, "penalty": 4, "inspection": 1}
STRUCK = ("--on", "2025-06-03", "--as", "Z018", "--paper", "示例")


def test_28_powers_became_37_items_and_each_kind_is_counted(second: Shell) -> None:
    told = second.ask("powers", "sum", "--on", "2025-12-31")
    assert (told["taken_over"], told["items"], told["adds_up"]) == (28, 37, True)
    assert told["by_kind"] == KINDS
    assert second.ask("powers", "sum", "--on", "2024-12-31")["items"] == 0


def test_each_power_taken_over_names_its_items_while_the_delegation_runs(second: Shell) -> None:
    told = second.ask("powers", "map", "--on", "2025-12-31")
    assert (told["taken_over"], told["mapped"], told["faults"]) == (28, 37, [])
    assert second("powers", "map", "--on", "2028-01-01").code == 1


def test_the_list_shows_the_numbers_to_report_to(second: Shell) -> None:
    told = second("powers", "list", "--on", "2025-12-31").out
    assert "监督举报电话：0999-5550112" in told
    assert len(second.ask("powers", "list", "--on", "2025-12-31")["items"]) == 37


def test_the_difference_of_two_days_gives_each_item_with_its_reason(second: Shell) -> None:
    told = second("powers", "diff", "2024-12-31", "2025-12-31").out
    assert "列入37项，移出0项，变更0项" in told
    assert "理由：承接上级下放、授权" in told


def test_every_basis_of_the_list_is_held_against_the_catalogue(second: Shell) -> None:
    assert second("powers", "bases", "--on", "2025-12-31").code == 0
    words = ["--data", "bases=婚姻法第八条、民法典第九千条", "--paper", "示例"]
    assert second("register", "change", "powers_item", "QR01", "--on", "2025-06-03", "--as", "Z018", *words).code == 0
    told = second("powers", "bases", "--on", "2025-12-31")
    assert told.code == 1
    assert "婚姻法第八条  失效、被取代：“婚姻法”施行到2020-12-31为止，由“民法典”取代" in told.out
    assert "现行“民法典”没有第九千条" in told.out


def test_a_promise_longer_than_the_law_allows_is_a_fault(second: Shell) -> None:
    words = ["--data", "promised=90日", "--paper", "示例"]
    assert second("register", "change", "powers_item", "XK01", "--on", "2025-06-03", "--as", "Z018", *words).code == 0
    assert "承诺期限（90日）比法定期限（60日）长" in second("powers", "bases", "--on", "2025-12-31").out


def test_the_matrix_names_gaps_overload_and_expired_certificates(second: Shell) -> None:
    assert second("register", "strike", "powers_post", "JC01-1", *STRUCK).code == 0
    done = second("powers", "matrix", "--on", "2025-12-31", "--format", "json")
    faults = done.json["faults"]
    assert done.code == 1
    assert "没有责任人员：JC01" in faults
    assert "Z012证件有效期到2024-03-31" in faults
    assert any(fault.startswith("Z013承担过多") for fault in faults)


def test_acts_without_an_item_and_items_never_used_are_listed(second: Shell) -> None:
    told = second.ask("powers", "use", "2025")
    assert (len(told["unused"]), told["cases_without_item"]) == (34, {})
    assert second("register", "strike", "no_power", "study.session", *STRUCK).code == 0
    assert "study.session" in second.ask("powers", "use", "2025")["cases_without_item"]


def test_deviations_from_the_list_name_their_cases(second: Shell) -> None:
    told = second.ask("powers", "use", "2025")
    assert told["items"]["QT01"]["deviating"] == 1
    assert {one["what"] for one in told["deviations"] if one["item"] == "QT01"} == {
        "实地查看",
        "要求整改",
        "收到整改报告",
        "复查整改",
    }


def test_the_card_of_an_item_is_a_page_and_a_paper_marked_as_an_example(second: Shell, tmp_path: Path) -> None:
    told = second("powers", "card", "QT01", "--on", "2025-12-31").out
    assert "示例" in told
    assert "Z013" in told
    assert "0999-5550112" in told
    for ending in ("html", "md", "docx", "pdf"):
        path = tmp_path / f"card.{ending}"
        assert second("powers", "card", "QT01", "--on", "2025-12-31", "--out", str(path)).code == 0
        assert path.stat().st_size > 500
    assert "示例" in (tmp_path / "card.html").read_text("utf-8")
    with ZipFile(tmp_path / "card.docx") as paper:
        assert any("示例" in paper.read(name).decode() for name in paper.namelist() if name.endswith(".xml"))
    assert second("powers", "card", "QT99", "--on", "2025-12-31").code == 2


def test_a_text_that_tells_of_coercion_which_the_list_does_not_have_is_found(second: Shell, tmp_path: Path) -> None:
    text = tmp_path / "report.txt"
    text.write_text("公开行政强制等执法信息。依照《行政强制法》学习。本年度没有实施行政强制。行政给付8项。\n", "utf-8")
    done = second("powers", "text", str(text), "--on", "2025-12-31")
    assert done.code == 1
    assert "清单里没有行政强制事项（行政强制法第十七条第一款），文中写了：公开行政强制等执法信息。" in done.out
    assert done.out.count("清单里没有行政强制事项") == 1
    assert "清单里行政给付7项，文中写了：行政给付8项。" in done.out


def test_the_report_states_28_to_37_by_kind_and_no_corrected_act(second: Shell) -> None:
    page = next((second.home / "报告").glob("*2025*.html")).read_text("utf-8")
    found = {row["id"]: row["value"] for row in second.ask("figures", "2025")}
    assert (found["powers.taken_over"], found["powers.items"]) == (28, 37)
    kinds = ("payments", "confirmations", "permits", "others", "penalties", "inspections")
    assert [found[f"powers.{kind}"] for kind in kinds] == [7, 6, 6, 13, 4, 1]
    assert (found["penalty.annulled"], found["powers.change_proposed"], found["handover.made"]) == (0, 0, 0)
    assert (found["powers.unused"], found["powers.promised"], found["powers.kept"]) == (34, 108, 108)
    assert "行政给付" in page


def test_there_is_no_yearly_review_of_a_list_that_is_not_there(fresh: Shell) -> None:
    assert fresh("powers", "review", "2025", "--as", "Z001").code == 1
