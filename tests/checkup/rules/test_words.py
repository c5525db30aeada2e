"""Doubled words and clauses, wrong words, fixed phrases: what is told and what is left in peace."""

from __future__ import annotations

import pytest

from tests.checkup.texts import found, quotes

TITLE = "示例县民政局2031年度法治政府建设情况报告\n"


def kinds(rule: str, text: str) -> list[tuple[str, str]]:
    return [(finding.kind, finding.quote) for finding in found(rule, TITLE + text)]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("示例县民政局民政局认真履职。", "民政局民政局"),
        ("规范执法程序程序，公开结果。", "程序程序"),
        ("取得的的成效明显。", "的的"),
        ("落实法律顾问制度法律顾问制度。", "法律顾问制度法律顾问制度"),
        ("以及及相关单位。", "以及及"),
    ],
)
def test_a_word_written_twice_is_told(text: str, quote: str) -> None:
    assert quotes("doubled-word", TITLE + text) == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "各项任务一一落实，层层压实责任，人人学法，方方面面都要管，逐步逐项推进。",
        "目的的确定要有依据，为了了解情况，存在在编人员不足的问题，以及及时答复群众。",
        "召集各股室研究研究，一件一件办理，一户一户走访，逐条逐条核对。",
        "社会组织组织开展志愿服务，每年年初和年年末盘点，事事有回音，件件有落实。",
        "人口少的村的村民委员会依法换届，绝对对标先进，一对对新人参与。",
        "2031年年度报告已公开，等等，区区小事也不放过。",
    ],
)
def test_words_that_are_rightly_doubled_are_left_alone(text: str) -> None:
    assert found("doubled-word", TITLE + text) == []


def test_a_clause_twice_in_a_sentence_is_told() -> None:
    text = "健全民政系统依法办事工作机制，规范执法，健全民政系统依法办事工作机制，提高水平。"
    assert quotes("duplicated-clause", TITLE + text) == ["健全民政系统依法办事工作机制"]
    assert quotes("duplicated-clause", TITLE + "规范执法程序，规范执法程序，公开结果。") == ["规范执法程序"]


@pytest.mark.parametrize(
    "text",
    [
        "对社会团体违规的，依法给予行政处罚并公开；对基金会违规的，依法给予行政处罚并公开。",
        "一是学习，二是宣传，三是学习。",
        "同比增长5%，环比增长5%。",
        "组织学习《示例县民政局工作人员守则》，宣传《示例县民政局工作人员守则》。",
    ],
)
def test_parallel_clauses_are_left_alone(text: str) -> None:
    assert found("duplicated-clause", TITLE + text) == []


def test_a_whole_sentence_said_twice_is_told_with_its_line() -> None:
    sentence = "局党组定期听取执法工作汇报并研究解决存在的困难。"
    text = f"{TITLE}一、主要举措\n{sentence}加强培训。\n二、下一步安排\n{sentence}完善制度。\n"
    (finding,) = found("duplicated-passage", text)
    assert finding.quote == sentence
    assert "第3行" in finding.message


def test_an_item_twice_in_a_list_is_told() -> None:
    text = TITLE + "检查社会救助、养老服务、殡葬管理、养老服务等工作，学习《示例办法》《示例规定》《示例办法》。"
    assert quotes("duplicated-item", text) == ["养老服务", "《示例办法》"]


@pytest.mark.parametrize(
    "text",
    [
        "禁止生产、使用、经营国家禁止生产、使用、经营的物品。",
        "听取县委、县政府和市委、市政府的要求。",
        "发放1份、2份、1份。",
        "乡、民族乡、镇人民政府向乡、民族乡、镇人民代表大会报告。",
    ],
)
def test_lists_that_begin_again_are_left_alone(text: str) -> None:
    assert found("duplicated-item", TITLE + text) == []


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("认真部暑年度任务。", "typo", "部暑"),
        ("建立问题台帐。", "typo", "台帐"),
        ("公布权利清单。", "wrong_term", "权利清单"),
        ("建设法制政府。", "wrong_term", "法制政府"),
        ("树立法制观念。", "style_term", "法制观念"),
        ("带头遵法学法。", "wrong_term", "遵法学法"),
    ],
)
def test_a_wrong_word_is_told_with_its_kind(text: str, kind: str, quote: str) -> None:
    assert kinds("wrong-word", text) == [(kind, quote)]


@pytest.mark.parametrize(
    "text",
    [
        "搭设帐篷，开展重大行政执法决定法制审核，股室为政策法规与法制股。",
        "遵纪守法，尊重群众，维护合法权利，明确权利义务。",
        "征集意见建议，提高办事效率，调整制度，分工做好工作。",
        "配备具体人员，部分事项下放，成立工作专班。",
    ],
)
def test_right_words_are_left_alone(text: str) -> None:
    assert kinds("wrong-word", text) == []


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("截止2031年底，办结12件。", "typo", "截止"),
        ("群众反应的问题已经解决。", "typo", "反应"),
        ("己完成全部整改。", "typo", "己"),
        ("末按规定公开。", "typo", "末"),
        ("落实县委决策部的要求。", "typo", "部"),
        ("学习活动等形势开展。", "typo", "形势"),
        ("这一时间时期工作较多。", "duplicated_meaning", "时间时期"),
        ("发放资料约300余份。", "duplicated_meaning", "约300余"),
        ("目的是为了方便群众。", "duplicated_meaning", "目的是为了"),
        ("有效的推进了工作。", "grammar_de", "的"),
        ("宣传的不够深入。", "grammar_de", "的"),
        ("做出应有的贡献。", "grammar_zuo", "做出"),
        ("避免类似问题不再发生。", "broken_sentence", "不再发生"),
        ("不断提高执法人员依法行政，公开结果。", "broken_sentence", "依法行政"),
        ("发挥法律顾问在推进依法决策的重要作用。", "broken_sentence", "在推进依法决策的重要作用"),
        ("加强学习和，推进工作。", "missing_word", "和"),
    ],
)
def test_a_fault_of_usage_is_told_with_its_kind(text: str, kind: str, quote: str) -> None:
    assert kinds("wrong-usage", text) == [(kind, quote)]


@pytest.mark.parametrize(
    "text",
    [
        "申请截止日期为12月31日，报名已经截止。",
        "应急反应情况良好，积极反应，舍己救人，克己奉公，年末按规定盘点。",
        "党的决策部署落实到位，重大部位检查到位。",
        "发放资料约300份，超过300份，300余份。",
        "有效的机制，切实的措施，做好准备，取得的成绩，存在的不足。",
        "发挥法律顾问在依法决策中的重要作用，发挥党员在社区治理方面的作用。",
        "提高依法行政能力，提升依法履职水平，加强依法行政。",
        "鼓励社会公众参与，财产赠与、继承，构建和谐，促进普及。",
        "根据县委的要求，制定方案。按照规定办理。",
        "审批实现全程网办，已实现，承诺的事项全部实现。",
        "维护群众权利，把权力关进制度的笼子里。",
    ],
)
def test_sound_usage_is_left_alone(text: str) -> None:
    assert kinds("wrong-usage", text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("坚持严格规范公平文明执法。", "严格规范公平文明执法"),
        ("发放困难残疾人的生活费补贴。", ""),
        ("落实重大执法决定法治审核制度。", "重大执法决定法治审核制度"),
        ("完善国家治理休系和治理能力现代化。", "国家治理休系和治理能力现代化"),
        ("落实行政机关负责人出厅应诉制度。", "行政机关负责人出厅应诉"),
    ],
)
def test_a_fixed_phrase_one_sign_wrong_is_told(text: str, quote: str) -> None:
    assert quotes("near-phrase", TITLE + text) == ([quote] if quote else [])


@pytest.mark.parametrize(
    "text",
    [
        "坚持严格规范公正文明执法，完善中国特色社会主义法律体系。",
        "落实行政执法的公示制度，公开行政裁量基准，推进高质量发展。",
        "谁执法谁普法，谁执法、谁普法，双随机一公开，双随机、一公开。",
    ],
)
def test_fixed_phrases_and_their_right_variants_are_left_alone(text: str) -> None:
    assert quotes("near-phrase", TITLE + text) == []


def test_a_county_that_calls_itself_a_district_is_told() -> None:
    text = TITLE + "我区民政工作稳步推进。局党组研究3次，局党委研究1次，局党组再研究。\n示例县民政局\n2032年1月5日\n"
    assert quotes("mixed-terms", text) == ["我区", "局党委"]
    assert quotes("mixed-terms", TITLE + "我县推进工作，自我区分责任，机关党委和局党组分工。") == []


def test_an_adverb_twice_in_a_clause_is_told() -> None:
    assert quotes("repeated-adverb", TITLE + "进一步规范执法进一步公开。") == ["进一步规范执法进一步"]
    assert quotes("repeated-adverb", TITLE + "进一步规范执法，进一步公开，切实规范并切实公开。") == []
