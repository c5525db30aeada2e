"""What loads and cannot hold: names that lead nowhere, words that fit nothing, phrases not in their article."""

import os
from pathlib import Path

import pytest

from fazheng.lawbook import texts
from tests.law.lawfiles import ADOPT, CASE, PLACE, RULES, copied

NOWHERE = [
    (RULES, 'role    = "officer"', 'role    = "oficer"', "没有角色“oficer”"),
    (RULES, 'fields  = { officers = "people:officer"', 'fields  = { officers = "people:chief"', "没有角色“chief”"),
    (RULES, 'fields  = { outcome = "choice:outcome"', 'fields  = { outcome = "choice:end"', "没有可选项“end”"),
    (RULES, 'after   = ["filed"]', 'after   = ["field"]', "没有步骤记“field”"),
    (RULES, 'unless  = ["decided"]', 'unless  = ["decide"]', "没有步骤记“decide”"),
    (RULES, 'recuses = "recused"', 'recuses = "who"', "没有字段“who”"),
    (RULES, 'before  = ["decide"]', 'before  = ["decided"]', "没有步骤“decided”"),
    (RULES, 'binds   = ["decide"]', 'binds   = ["decided"]', "没有步骤“decided”"),
    (RULES, 'starts  = "filed"', 'starts  = "file"', "没有步骤记“file”"),
    (RULES, 'starts  = { due = "decision_period" }', 'starts  = { due = "decision" }', "没有期限“decision”"),
    (RULES, 'stops   = ["decision_period"]', 'stops   = ["decision"]', "没有期限“decision”"),
    (RULES, 'from    = "stopped"', 'from    = "stop"', "没有步骤记“stop”"),
    (RULES, 'to      = "gone_on"', 'to      = "go"', "没有步骤记“go”"),
    (RULES, 'extends = "local_period"', 'extends = "decision"', "没有期限“decision”"),
    (RULES, 'by      = "extended"', 'by      = "extend"', "没有步骤记“extend”"),
    (RULES, 'days    = "extended.days"', 'days    = "filed.days"', "days 要写成“extended.字段”"),
    (RULES, 'days    = "extended.days"', 'days    = "days"', "days 要写成“extended.字段”"),
    (RULES, 'fields  = { days = "number" }', 'fields  = { days = "words" }', "字段是 number"),
    (RULES, 'at_most = "30 days"', 'at_most = "30 working days"', "延长的单位与期限“local_period”不同"),
    (RULES, 'opens   = "small.follow_up"', 'opens   = "small.followup"', "没有程序“small.followup”"),
    (RULES, "carries = { topic =", "carries = { matter =", "“回头看”的“回头看”没有字段“matter”"),
    (RULES, 'topic = "decided.outcome" }', 'topic = "decided.end" }', "“决定”没有字段“end”"),
    (RULES, 'topic = "decided.outcome" }', 'topic = "outcome" }', "事实要写成“事件.字段”"),
    (RULES, '{ event = "heard", since = "filed" }', '{ event = "heared", since = "filed" }', "没有步骤记“heared”"),
    (RULES, '{ event = "heard", since = "filed" }', '{ event = "heard", since = "field" }', "没有步骤记“field”"),
    (RULES, '{ expired = "hearing_period" }', '{ expired = "hearing" }', "没有期限“hearing”"),
    (RULES, '{ missed = "decision_period" }', '{ missed = "decision" }', "没有期限“decision”"),
    (RULES, '{ actor_not_in = "filed.officers" }', '{ actor_not_in = "filed.people" }', "“立案”没有字段“people”"),
    (RULES, 'field = "decided.fine"', 'field = "decide.fine"', "没有步骤记“decide”"),
    (RULES, 'parameter = "toy.large"', 'parameter = "toy.larg"', "没有参数“toy.larg”"),
    (RULES, '{ defect = "heard_first" }', '{ defect = "heard" }', "没有关口“heard”"),
    (CASE, 'opens    = "file"', 'opens    = "open"', "没有步骤“open”"),
    (CASE, 'closes   = ["close"]', 'closes   = ["end"]', "没有步骤“end”"),
    (CASE, 'statute  = "行政处罚法"', 'statute  = "行政处罚条例"', "目录里没有“行政处罚条例”"),
    (CASE, 'days     = "天数"\n', "", "字段“days”没有中文名"),
    (CASE, 'days     = "天数"', 'days     = "金额"', "两个字段都叫“金额”"),
    (RULES, 'records = "gone_on"', 'records = "stopped"', "两个步骤都记“stopped”"),
    (RULES, 'id      = "heard_first"', 'id      = "lapsed"', "与内置关口同名"),
    (
        "procedures/small-follow-up/procedure.toml",
        'linked = "small.case"',
        'linked = "small.cas"',
        "没有程序“small.cas”",
    ),
    ("registers/list.toml", 'key        = "code"', 'key        = "kode"', "没有字段“kode”"),
    ("registers/list.toml", 'key        = "code"', 'key        = "status"', "“status”是编号，不能另存、成列或者可选"),
    ("registers/list.toml", 'kind   = "choice:kind"', 'kind   = "choice:sort"', "没有可选项“sort”"),
    ("registers/list.toml", 'status = "状态"\n', "", "字段“status”没有中文名"),
    ("registers/list.toml", 'of    = "small.follow_up"', 'of    = "small.follow"', "没有程序“small.follow”"),
    ("registers/list.toml", 'on    = "looked"', 'on    = "look"', "没有步骤记“look”"),
    ("registers/list.toml", 'key   = "looked.topic"', 'key   = "looked.code"', "“回头看”没有字段“code”"),
    ("registers/list.toml", 'sets  = { status = "看过" }', 'sets  = { state = "看过" }', "没有字段“state”"),
]
OUT_OF_PLACE = [
    (
        'needs   = { event = "decided", at_least = 1 }',
        'needs   = { event = "decided", in_period = true }',
        "in_period 只用于统计",
    ),
    ('when    = { defect = "heard_first" }', 'when    = { actor_not_in = "filed.by" }', "actor_not_in 只用于关口"),
    ('when    = { event = "filed" }', 'when    = { expired = "year_end" }', "期限的 when 只能问 event、field、defect"),
    (
        'when    = { event = "filed" }',
        'gives_way = { expired = "year_end" }',
        "期限的 gives_way 只能问 event、field、defect",
    ),
    (
        'when    = { event = "filed" }',
        'forgiven = { expired = "year_end" }',
        "期限的 forgiven 只能问 event、field、defect",
    ),
    ('when    = { event = "filed" }', 'forgiven = { event = "filed" }', "forgiven 只用于 right_lapses"),
    ('when    = { event = "filed" }', 'when    = { actor_not_in = "filed.by" }', "actor_not_in 只用于关口"),
    ('rolls   = true\nmissed  = "overdue"', "rolls   = true", "有 binds 就要写 missed"),
    ('length  = "5 working days"', 'length  = "5 working days"\nmissed  = "overdue"', "没有 binds 就不写"),
    ('length  = "90 days"', 'length  = "90 days"\nyears   = 1', "years 只和 until、before 一起用"),
]
MISFITS = [
    ('{ field = "decided.outcome", is = "god" }', "“decided.outcome”没有“god”这个选项"),
    ('{ field = "decided.outcome", in = ["good", "god"] }', "“decided.outcome”没有“god”这个选项"),
    ('{ field = "decided.outcome", at_least = 1 }', "“decided.outcome”不分大小"),
    ('{ field = "decided.fine", is = "100" }', "“decided.fine”不能与 100 相比"),
    ('{ field = "decided.fine", at_least = true }', "“decided.fine”不能与 True 相比"),
    ('{ field = "decided.outcome", is = { parameter = "toy.large" } }', "不是数，不能与参数相比"),
    ('{ field = "filed.officers", at_least = "2" }', "“filed.officers”不能与 2 相比"),
    ('{ field = "filed.on", at_least = 3 }', "“filed.on”不能与 3 相比"),
    ('{ field = "filed.by", at_least = 3 }', "“filed.by”不分大小"),
    ('{ field = "heard.reason", is = "…" }', "“heard.reason”是另存的，条件只能问 present"),
    ('{ field = "heard.reason", is = { field = "filed.on" } }', "“heard.reason”是另存的"),
    ('{ field = "decided.fine", at_most = { field = "decided.fines" } }', "没有字段“fines”"),
    ('{ field = "decided.fine", at_most = { field = "filed.on" } }', "不是同一种，不能相比"),
    ('{ field = "decided.outcome", at_most = { field = "decided.outcome" } }', "“decided.outcome”不分大小"),
    ('{ field = "filed.officers", is = { field = "decided.by" } }', "“filed.officers”是一列"),
    ('{ field = "decided.fine", at_most = { field = "decided.fine", plus = "2 years" } }', "不是日期，不能用 plus"),
]
FITS = [
    '{ field = "decided.outcome", in = ["good", "bad"] }',
    '{ field = "decided.fine", at_most = { parameter = "toy.large" } }',
    '{ field = "filed.officers", at_least = 2 }',
    '{ field = "filed.officers", is = "Z001" }',
    '{ field = "filed.on", at_least = 2026-01-01 }',
    '{ field = "filed.by", is = "Z001" }',
    '{ field = "decided.by", is = { field = "filed.by" } }',
    '{ field = "decided.on", at_most = { field = "filed.on", plus = "2 years" } }',
    '{ field = "decided.fine", at_most = { field = "decided.fine" } }',
    '{ field = "heard.reason", present = true }',
]
GATE = 'needs   = { event = "decided", at_least = 1 }'


@pytest.mark.parametrize(
    ("file", "old", "new", "what"), NOWHERE, ids=[row[3] + str(n) for n, row in enumerate(NOWHERE)]
)
def test_a_name_that_leads_nowhere_is_found(tmp_path: Path, file: str, old: str, new: str, what: str) -> None:
    told = copied(tmp_path).replace(file, old, new).findings()
    assert [line for line in told if what in line], told


@pytest.mark.parametrize(
    ("old", "new", "what"), OUT_OF_PLACE, ids=[row[2] + str(n) for n, row in enumerate(OUT_OF_PLACE)]
)
def test_a_word_out_of_its_place_is_found(tmp_path: Path, old: str, new: str, what: str) -> None:
    told = copied(tmp_path).replace(RULES, old, new).findings()
    assert [line for line in told if what in line], told


@pytest.mark.parametrize(("needs", "what"), MISFITS)
def test_a_value_that_could_never_fit_is_found(tmp_path: Path, needs: str, what: str) -> None:
    told = copied(tmp_path).replace(RULES, GATE, f"needs   = {needs}").findings()
    assert [line for line in told if what in line], told


@pytest.mark.parametrize("needs", FITS)
def test_a_value_that_fits_is_no_finding(tmp_path: Path, needs: str) -> None:
    assert copied(tmp_path).replace(RULES, GATE, f"needs   = {needs}").findings() == []


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ('{ event = "decide" }', "没有步骤记“decide”"),
        ('{ linked = "small.follow_up", where = { event = "looked" } }', "linked 的 where 里不能写"),
        ('{ event = "decided", in_period = true }', "linked 的 where 里不能写"),
        ('{ actor_not_in = "filed.by" }', "linked 的 where 里不能写"),
    ],
)
def test_a_linked_case_is_asked_only_what_it_can_answer(tmp_path: Path, where: str, what: str) -> None:
    file = "procedures/small-follow-up/procedure.toml"
    told = copied(tmp_path).replace(file, 'where = { event = "decided" }', f"where = {where}").findings()
    assert [line for line in told if what in line], told  # though the gate is local, and nobody adopted it


# ── words and days of the article ──

installed = pytest.mark.skipif(
    not texts.installed() and not os.environ.get("CI"), reason="the statute package is not installed: no article text"
)


@installed
@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("拒绝听取当事人的陈述、申辩", "可以不听取当事人的陈述", "“可以不听取当事人的陈述”不在行政处罚法第六十二条"),
        ('article = "第五十四条第二款"', 'article = "第五十四条第一款"', "不在行政处罚法第五十四条第一款"),
        ('article = "第五十四条第二款"', 'article = "第五十四条第九款"', "该条没有这一款或这一项"),
        ('article = "第五十七条第一款第一项"', 'article = "第五十七条第一款第九项"', "该条没有这一款或这一项"),
        ('article = "第六十二条"', 'article = "第九百条"', "条文库里没有行政处罚法第九百条"),
        ('article = "第六十二条"', 'article = "六十二"', "六十二"),
        ('says    = "拒绝听取当事人的陈述、申辩"\n', "", "缺少 says"),
    ],
)
def test_words_that_are_not_in_their_article_are_found(tmp_path: Path, old: str, new: str, what: str) -> None:
    told = copied(tmp_path).replace(RULES, old, new).findings()
    assert [line for line in told if what in line], told


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('length  = "90 days"', 'length  = "60 days"', "条文写“九十日”，文件写“60 days”"),
        ('length  = "90 days"', 'length  = "90 working days"', "90日是自然日"),
        ('length  = "90 days"', 'length  = "90 months"', "文件的单位是“months”"),
        ('length  = "5 working days"', 'length  = "5 days"', "按行政处罚法第八十五条，5日是工作日"),
    ],
)
def test_a_length_that_is_not_the_articles_is_found(tmp_path: Path, old: str, new: str, what: str) -> None:
    told = copied(tmp_path).replace(RULES, old, new).findings()
    assert [line for line in told if what in line], told


def test_an_extension_is_held_against_the_words_too(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    copy.replace(ADOPT, 'adopts  = "small.case/more_days"', 'adopts  = "small.case/before_march2"')
    copy.replace(RULES, 'mark    = "local"\narticle = "本地试验规定"\nextends', 'says = "可以延长十日"\nextends')
    copy.replace(
        RULES, 'says = "可以延长十日"\n', 'says = "可以延长十日"\narticle = "试验意见第四条"\ntext = "unread"\n'
    )
    assert [line for line in copy.findings() if "条文写“十日”，文件写“30 days”" in line]


def test_a_rule_without_a_text_says_so(tmp_path: Path) -> None:
    told = (
        copied(tmp_path)
        .replace(RULES, 'article = "试验意见第三条"\ntext    = "unread"\n', 'article = "试验意见第三条"\n')
        .findings()
    )
    assert [line for line in told if '要写 text = "unread"' in line]


def test_only_the_versions_of_a_statute_that_meet_the_procedure_are_asked(tmp_path: Path) -> None:
    copy = copied(tmp_path)
    copy.replace(
        "statutes/行政处罚法.toml",
        "[[version]]\n",
        "[[version]]\npassed = 1996-03-17\nfrom   = 1996-10-01\nuntil  = 2021-07-14\n\n[[version]]\n",
    )
    assert copy.findings() == []  # the version of 1996 counted every day as a calendar day


# ── places ──


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("small.case/before_march", "small.case/decision_period", "这是全国的规定，地方不得采用或者替换"),
        ("small.case/before_march", "small.case/heard_first", "这是全国的规定，地方不得采用或者替换"),
        ("small.case/before_march", "small.case/file", "这是全国的规定，地方不得采用或者替换"),
        ("small.case/before_march", "small.case/beforemarch", "没有这条规则"),
        ("small.case/before_march", "small.cases/before_march", "没有这条规则"),
        ("small.case/before_march", "before_march", "没有这条规则"),
        ("small.case/before_march", "toy.large", "没有这条规则"),
        ("small.case/before_march", "small.case/more_days", "采用了两次"),
        ('read_by = "示例甲"\n', "", "要写谁核的（read_by）"),
        ("read_on = 2024-05-06\n", "", "哪天核的（read_on）"),
        ('paper   = "示例村档案室 2024-17"\n', "", "原文存在哪里（paper）"),
        ("from    = 2021-07-15\n\n[[adopt]]\nadopts  = \"small.case/local_period\"",
         "from    = 2024-01-01\n\n[[adopt]]\nadopts  = \"small.case/local_period\"", "晚于程序施行的2021-07-15"),
        ('at_most = "20 days"', 'length = "20 days"', "没有 length，不能替换"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["", PLACE])
def test_a_place_adopts_only_what_is_its_to_adopt(tmp_path: Path, old: str, new: str, what: str, place: str) -> None:
    told = copied(tmp_path).replace(ADOPT, old, new).findings(place)
    assert [line for line in told if what in line or (place and "length" in line)], told


def test_an_unverified_rule_is_nobodys_to_adopt(tmp_path: Path) -> None:
    copy = copied(tmp_path).replace(
        RULES,
        'mark    = "local"\narticle = "本地试验规定"\nstarts',
        'mark    = "unverified"\narticle = "本地试验规定"\nstarts',
    )
    assert [line for line in copy.findings() if "没有核实来源，不能采用" in line]


def test_a_place_may_set_what_the_nation_left_open_and_replace_no_number_it_fixed(tmp_path: Path) -> None:
    assert copied(tmp_path).load(PLACE).parameters["toy.open"].values[0].value == 50000
    assert copied(tmp_path).load().parameters["toy.open"].values == ()
    told = copied(tmp_path).replace(ADOPT, 'id    = "toy.open"', 'id    = "toy.large"').stops(PLACE)
    assert told == [f"local/{PLACE}：toy.large：全国已有核过的数值，地方不得替换"]


def test_a_place_has_no_table_for_gates_of_its_own(tmp_path: Path) -> None:
    told = copied(tmp_path).append(ADOPT, '\n[[gate]]\nid = "heard_first"\n').stops()
    assert told == [f"{ADOPT}：不认识的表“gate”"]


def test_a_place_is_called_like_its_folder(tmp_path: Path) -> None:
    told = copied(tmp_path).replace(ADOPT, 'id        = "示例村"', 'id        = "示例乡"').stops()
    assert told == [f"local/{PLACE}：id 要与文件夹同名，写成了“示例乡”"]


def test_a_place_that_does_not_exist_stops_loading(tmp_path: Path) -> None:
    assert copied(tmp_path).stops("示例城") == ["local：没有“示例城”这个地方；现有：示例村"]


# ── versions ──


def second_version(copy_root: Path, in_force: str) -> None:
    later = copy_root / "procedures/small-case-later"
    later.mkdir()
    for name in ("procedure.toml", "rules.toml"):
        text = (copy_root / "procedures/small-case" / name).read_text("utf-8")
        text = text.replace("in_force = 2021-07-15", f"in_force = {in_force}").replace("until    = 2098-12-31\n", "")
        (later / name).write_text(text, "utf-8")


@pytest.mark.parametrize("in_force", ["2098-12-31", "2030-01-01"])
def test_versions_that_overlap_are_a_finding(tmp_path: Path, in_force: str) -> None:
    copy = copied(tmp_path)
    second_version(copy.root, in_force)
    assert [line for line in copy.findings() if "施行期间重叠" in line and "small-case-later" in line]


def test_versions_that_meet_are_no_finding_and_a_gap_is_shown(tmp_path: Path) -> None:
    from fazheng.lawbook.check import check

    meeting, apart = copied(tmp_path), copied(tmp_path)
    second_version(meeting.root, "2099-01-01")
    second_version(apart.root, "2099-01-02")
    assert (meeting.findings(), check(meeting.load()).gaps) == ([], [])
    assert apart.findings() == []
    assert check(apart.load()).gaps == ["small.case：2098-12-31以后、2099-01-02以前没有施行中的版本"]
