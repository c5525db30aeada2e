"""What adds up is never reported; what cannot is."""

from __future__ import annotations

import pytest

from fazheng.checkup.run import run
from tests.checkup.texts import found, quotes, report

RULES = "sum-mismatch part-above-whole rate-mismatch wrong-direction impossible-rate two-values".split()
HOLDING = [
    "登记社会组织90家，其中社会团体40家，民办非企业单位50家。",
    "权力事项37项，其中许可7项、处罚6项、强制6项、检查13项、确认4项、其他1项。",
    "全年开展培训9次，其中法治专题3次。",
    "城市3件、农村5件，共计8件。",
    "收到工单66件，已答复65件，1件正在办理。",
    "受理8件，办结7件，办结率87.5%。",
    "受理3件，办结2件，办结率66.6%。",
    "标准由650元/月提高到700元/月，增长7.7%。",
    "城乡标准比由1.16缩小至1.15，城市、农村分别增幅5%、6%。",
    "发放24.02万件，其中城市12.01万件，农村12.01万件。",
    "机构20家（公办12家、民办8家），床位300张，其中护理型床位200张（公办120张、民办80张），普通型100张。",
    "检查30家，其中合格20家，基本合格8家，不合格2家，检查率100%。",
    "走访老人30人、儿童20人、退役军人5人，发放5万元，共计55人受益。",
    "干部30人，其中党员20人，女性15人，本科以上25人。",
    "上年结转3件，受理20件，办结21件，2件正在办理。",
    "受理8件，办结7件，按期办结率100%。",
    "处罚6件（警告2件、罚款4件），复议1件，共7件。",
    "分别为3、4、5件，合计12件。",
    "救助8000人，支出1200万元；特困500人，支出300万元；共计8500人，1500万元。",
    "项目完成率达到120%。",
    "约30人参加，其中干部20余人、群众15余人。",
]  # fmt: skip


@pytest.mark.parametrize("text", HOLDING)
def test_what_adds_up_or_may_is_not_reported(text: str) -> None:
    assert run(report(text), RULES) == []


def test_sums_that_hold_are_told_with_their_parts() -> None:
    told = [(r.expr, r.holds) for text in HOLDING[:2] for r in report(text).relations]
    assert told == [("40+50=90", True), ("7+6+6+13+4+1=37", True)]


def test_growth_of_two_sides_bears_out_a_ratio() -> None:
    assert [r.expr for r in report(HOLDING[8]).relations] == ["1.16×1.05÷1.06=1.15"]


@pytest.mark.parametrize(
    ("rule", "text", "marked"),
    [
        ("sum-mismatch", "城市3件、农村5件，共计9件。", "3件、农村5件，共计9件"),
        ("sum-mismatch", "机构30家，分别为公办10家、民办5家、其他14家。", "30家，分别为公办10家、民办5家、其他14家"),
        ("sum-mismatch", "收到工单66件，已答复65件，2件正在办理。", "66件，已答复65件，2件"),
        ("rate-mismatch", "受理8件，办结7件，办结率95%。", "95%"),
        ("rate-mismatch", "标准由650元/月提高到700元/月，增长10%。", "10%"),
        ("wrong-direction", "标准由700元/月提高到650元/月。", "700元/月提高到650元/月"),
        ("part-above-whole", "举办培训4场，其中法治专题6场。", "4场，其中法治专题6场"),
        ("impossible-rate", "群众满意率达到102%。", "102%"),
        ("two-values", "全县现有养老机构12家。\n再看养老服务，全县现有养老机构14家。", "14家"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_reported_where_it_stands(rule: str, text: str, marked: str) -> None:
    assert quotes(rule, text) == [marked]


def test_what_may_rest_on_another_base_is_a_hint() -> None:
    (hint,) = found("sum-mismatch", "登记社会组织90家，其中社会团体40家、民办非企业单位60家。")
    assert hint.severity == "info"


def test_a_total_that_is_told_with_its_time_is_no_second_value() -> None:
    assert quotes("two-values", "全县现有养老机构12家。\n上年全县现有养老机构14家。") == []
