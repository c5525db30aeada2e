"""样例县's list of powers: 28 powers taken over, 37 items, their delegation, posts, phones, and the yearly review."""

from __future__ import annotations

from datetime import date

from tests.examples.sheets import Sheets

PAPER = "（示例）样例县权责清单（2025年版）"
DOCUMENT = "SQ2025-1"
BUREAU = "样例县民政局"
GIVER = "样例市民政局"
BEGUN = date(2025, 1, 1)
_CHECK = [
    "列入应检", "通知参加年检", "报业务主管单位初审（必要时）", "业务主管单位初审（必要时）", "收到年度工作报告",
    "要求补正说明（必要时）", "收到补正说明（必要时）", "审查年度工作报告", "作出年检结论", "公告年检结论", "年检办结",
]  # fmt: skip
_PAPERS = ["有财务会计报告", "有登记证书副本"]
Item = tuple[str, str, list[str], str, str, list[str], list[str], list[str]]


def _item(name: str, office: str, *bases: str, law: str = "", promised: str = "", by: str = "") -> Item:
    flow = _CHECK if by.startswith("annual_check") else ["受理", "审查", "决定", "送达"] if law else []
    return name, office, list(bases), law, promised, [by] if by else [], flow, _PAPERS if flow is _CHECK else []


AID, CARE, NPO, AFFAIRS = "社会救助股", "养老服务股", "社会组织管理股", "社会事务股"
_LIST: dict[str, tuple[str, list[Item]]] = {
    "JF": (
        "payment",
        [
            _item("最低生活保障金给付", AID, "社会救助暂行办法第九条"),
            _item("特困人员救助供养", AID, "社会救助暂行办法第十四条"),
            _item("临时救助金给付", AID, "社会救助暂行办法第四十七条"),
            _item("孤儿基本生活保障金给付", AFFAIRS, "未成年人保护法第九十一条"),
            _item("残疾人两项补贴给付", CARE, "残疾人保障法第四十六条"),
            _item("高龄津贴给付", CARE, "老年人权益保障法第三十三条"),
            _item("流浪乞讨人员救助", AFFAIRS, "城市生活无着的流浪乞讨人员救助管理办法第二条"),
        ],
    ),
    "QR": (
        "confirmation",
        [
            _item("结婚登记", AFFAIRS, "民法典第一千零四十九条"),
            _item("离婚登记", AFFAIRS, "民法典第一千零七十六条", "民法典第一千零七十八条"),
            _item("收养登记", AFFAIRS, "民法典第一千一百零五条"),
            _item("解除收养关系登记", AFFAIRS, "民法典第一千一百一十六条"),
            _item("慈善组织认定", NPO, "慈善法第十条", law="20日", promised="15日"),
            _item("养老机构备案", CARE, "老年人权益保障法第四十三条"),
        ],
    ),
    "XK": (
        "permit",
        [
            _item("社会团体成立、变更、注销登记", NPO, "社会团体登记管理条例第九条", law="60日", promised="30日"),
            _item("民办非企业单位登记", NPO, "民办非企业单位登记管理暂行条例第八条", law="60日", promised="30日"),
            _item("慈善组织公开募捐资格审核", NPO, "慈善法第二十二条", law="20日", promised="15日"),
            _item("建设殡葬设施审批", AFFAIRS, "殡葬管理条例第八条", law="20个工作日", promised="12个工作日"),
            _item("地名命名、更名审批", AFFAIRS, "地名管理条例第十二条"),
            _item(
                "民办非企业单位修改章程核准",
                NPO,
                "民办非企业单位登记管理暂行条例第十五条",
                law="20个工作日",
                promised="10个工作日",
            ),
        ],
    ),
    "QT": (
        "other",
        [
            _item(
                "社会团体年度检查",
                NPO,
                "社会团体登记管理条例第二十八条",
                promised="210日",
                by="annual_check.association",
            ),
            _item(
                "民办非企业单位年度检查",
                NPO,
                "民办非企业单位登记管理暂行条例第二十三条",
                promised="210日",
                by="annual_check.private_unit",
            ),
            _item("基金会年度检查", NPO, "基金会管理条例第三十六条", promised="210日", by="annual_check.foundation"),
            _item("活动异常名录列入、移出", NPO, "社会组织信用信息管理办法", by="npo.abnormal_list"),
            _item("严重违法失信名单列入、移出", NPO, "社会组织信用信息管理办法", by="npo.serious_list"),
            _item("公开募捐方案备案", NPO, "慈善法第二十四条"),
            _item("慈善信托备案", NPO, "慈善法第四十五条"),
            _item("社会组织负责人备案", NPO, "社会团体登记管理条例第十四条"),
            _item("撤销婚姻登记", AFFAIRS, "民法典第一千零五十三条"),
            _item("家庭寄养管理", AFFAIRS, "家庭寄养管理办法"),
            _item("行政区域界线管理", AFFAIRS, "行政区域界线管理条例第三条"),
            _item("信访事项处理", "办公室", "信访工作条例第二十三条", by="petition"),
            _item("救助申请家庭经济状况核对", AID, "社会救助暂行办法第五十八条"),
        ],
    ),
    "CF": (
        "penalty",
        [
            _item("对社会团体违法行为的处罚", NPO, "社会团体登记管理条例第三十条", by="penalty.ordinary"),
            _item(
                "对民办非企业单位违法行为的处罚", NPO, "民办非企业单位登记管理暂行条例第二十五条", by="penalty.ordinary"
            ),
            _item("对慈善组织违法行为的处罚", NPO, "慈善法第一百零九条", by="penalty.ordinary"),
            _item("对养老机构违法行为的处罚", CARE, "老年人权益保障法第七十九条", by="penalty.ordinary"),
        ],
    ),
    "JC": ("inspection", [_item("对社会组织的监督检查", NPO, "社会团体登记管理条例第二十四条")]),
}
OFFICERS = {AID: "Z009", CARE: "Z010", NPO: "Z013", AFFAIRS: "Z012", "办公室": "Z011"}
WITHIN = {
    "study.session": "内部学习",
    "publicity.event": "普法宣传",
    "annual_report": "向上级报告",
    "disclosure.report": "信息公开年报",
    "enforcement.data": "数据公布",
    "hotline.ticket": "热线转办，按承办事项另计",
    "officer.certificate": "内部人事",
    "powers.change": "清单管理",
    "powers.review": "清单管理",
    "handover": "内部移交",
}
# how the 28 powers became 37 items: these became two, the others one each
TWO = 9


def codes() -> list[str]:
    """The 37 codes, in the order of the list."""
    return [f"{head}{n:02d}" for head, (_, items) in _LIST.items() for n in range(1, len(items) + 1)]


def powers(sheets: Sheets) -> None:
    """The registers of the list, entered as of the year's first day, and the review at its end."""
    sheets.enter(
        "delegation", BEGUN, PAPER, code=DOCUMENT, kind="authorised", giver=GIVER, receiver=BUREAU,
        document_no="样市民发〔2024〕28号", document="关于授权行使民政行政权力的决定",
        article="行政处罚法第十九条", valid_from=BEGUN, valid_until=date(2027, 12, 31),
    )  # fmt: skip
    names = dict[str, str]()
    for head, (kind, items) in _LIST.items():
        for n, (name, office, bases, law, promised, procedures, flow, papers) in enumerate(items, 1):
            code = f"{head}{n:02d}"
            names[code] = name
            sheets.enter(
                "powers_item", BEGUN, PAPER, code=code, kind=kind, item_name=name, bases=bases, actor=BUREAU,
                office=office, rests_on="authorised", delegation=DOCUMENT, steps=flow, materials=papers,
                limit_by_law=law, promised=promised, phone="0999-5550100", procedures=procedures,
                boundary=["本局受理并审查决定", "镇（街道）收件初核"], reason="taken_over",
            )  # fmt: skip
            sheets.enter(
                "powers_post", BEGUN, PAPER, code=f"{code}-1", item=code, post=f"{office}承办岗",
                officer=[OFFICERS[office]], valid_from=BEGUN,
            )  # fmt: skip
    became = _became(codes())
    for n, of_one in enumerate(became, 1):
        sheets.enter(
            "power_taken_over", BEGUN, PAPER, code=f"SQ{n:02d}", power_name=names[of_one[0]], giver=GIVER,
            delegation=DOCUMENT, became=of_one,
        )  # fmt: skip
    for code, use, number in (("D1", "enquiry", "0999-5550100"), ("D2", "reporting", "0999-5550112")):
        sheets.enter("public_phone", BEGUN, PAPER, code=code, use=use, number=number, hours="工作日9:00-17:30")
    for procedure, why in WITHIN.items():
        sheets.enter("no_power", BEGUN, PAPER, code=procedure, why=why)


def _became(all_codes: list[str]) -> list[list[str]]:
    two = [all_codes[n : n + 2] for n in range(0, 2 * TWO, 2)]
    return two + [[code] for code in all_codes[2 * TWO :]]
