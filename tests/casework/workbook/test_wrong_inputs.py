"""What clerks get wrong: each is a sentence with sheet, row and column that says what to do; nothing is recorded."""

import re
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest

from fazheng.casework.bureaux import Bureau
from fazheng.casework.workbook import Imported, import_workbook
from fazheng.lawbook.load import load
from tests.casework.workbook.desk import (
    FURTHER,
    HOTLINE,
    NOTHING,
    ORGANISATIONS,
    PENALTY,
    STAFF,
    STUDY,
    TODAY,
    Rows,
    cell,
    contacted,
    end_of,
    good,
    opened,
    person,
    step,
    taken,
    ticket,
    written,
)

T, P, S, F, N = (f"“{name}”表第2行" for name in (HOTLINE, PENALTY, STUDY, FURTHER, NOTHING))
REGISTERS = sorted(load().registers.values(), key=lambda register: register.id != "staff")
SHEETS = "、".join([*(one.name for one in REGISTERS), *(versions[-1].name for versions in load().procedures.values())])
HINT = "如确已发生，请在“如实补录”列填“是”，按事实补录"
LOST = "这一格成了数字，末几位已经丢失：请把单元格设成文本格式，重新填写"
CODE = "统一社会信用代码"
Rule = tuple[str, Callable[[Rows], object], list[str]]


def put(sheet: str, **cells: str) -> Callable[[Rows], object]:
    """Other cells in the first row of a sheet."""
    return lambda rows: rows[sheet][0].update(cells)


def add(sheet: str, *more: dict[str, str]) -> Callable[[Rows], object]:
    return lambda rows: rows[sheet].extend(more)


def zero(procedure: str, year: str, signer: str = "丙", on: str = "2026-01-05") -> dict[str, str]:
    return {"程序": procedure, "年度": year, "签报人": signer, "日期": on}


def lapsed_officer(**cells: str) -> Callable[[Rows], object]:
    """An officer 庚 whose certificate has run out, and what the penalty's row says of him."""

    def change(rows: Rows) -> None:
        rows[STAFF].append(person("庚", 执法证有效期止="2023-12-31"))
        rows[PENALTY][0].update(cells)

    return change


WRONG: list[Rule] = [
    ("a required cell is empty", put(HOTLINE, 诉求事项=""), [f"{T}“诉求事项”：缺少“诉求事项”，请填写"]),
    ("no such choice", put(HOTLINE, 诉求类别="投拆"),
     [f"{T}“诉求类别”：“投拆”不在可选项里，可选：咨询、求助、建议、投诉、举报"]),
    ("no such day", put(HOTLINE, 日期="2024-02-30"), [f"{T}“日期”：“2024-02-30”这一天不存在"]),
    ("a day in words", put(HOTLINE, 日期="三月四日"), [f"{T}“日期”：“三月四日”不是日期，要写成 2024-03-05 的样子"]),
    ("a day in words, of another month", put(HOTLINE, 日期="三月五日"),
     [f"{T}“日期”：“三月五日”不是日期，要写成 2024-03-05 的样子"]),
    ("a name for a code", put(HOTLINE, 经办人="示例张三"),
     [f"{T}“经办人”：人员名册里没有“示例张三”；请核对人员编号，或先在人员名册里登记"]),
    ("not the person's role",
     lambda rows: (add(STAFF, person("庚", "法制审核人员"))(rows), put(HOTLINE, 经办人="庚")(rows)),
     [f"{T}“经办人”：不能登记“接收工单”：“接收工单”由热线承办员（办公室）办理（示例县12345热线工单办理规定第四条（本地规定））；"
      f"庚在2024-03-04不是热线承办员（办公室），请由热线承办员（办公室）办理。{HINT}"]),
    ("the certificate of who acts has run out", lapsed_officer(经办人="庚"),
     [f"{P}“经办人”：不能登记“立案”：具有行政执法资格的执法人员（行政处罚法第四十二条第一款）；"
      f"庚在2024-03-04没有有效证件，请换持证人员，或先更新证件登记。{HINT}"]),
    ("the certificate of another officer has run out", lapsed_officer(承办人员="甲、庚"),
     [f"{P}“承办人员”：不能登记“立案”：具有行政执法资格的执法人员（行政处罚法第四十二条第一款）；"
      f"庚在2024-03-04没有有效证件，请换持证人员，或先更新证件登记。{HINT}"]),
    ("one officer where the law wants two", put(PENALTY, 承办人员="甲"),
     [f"{P}“承办人员”：不能登记“立案”：执法人员不得少于两人（行政处罚法第四十二条第一款）；须“立案·承办人员”不少于2。{HINT}"]),
    ("neither yes nor no", put(HOTLINE, 紧急="可能"), [f"{T}“紧急”：“可能”要写成 是 或 否"]),
    ("no number", put(STUDY, 应到人数="三十"), [f"{S}“应到人数”：“三十”不是整数"]),
    ("a code that is copied wrongly", put(PENALTY, **{CODE: "51999900MJX00000X9"}),
     [f"{P}“{CODE}”：统一社会信用代码要18位，且末位校验码要对得上，请核对有没有抄错"]),
    ("a number twice", add(HOTLINE, ticket("T1", "2024-05-06")),
     [f"“{HOTLINE}”表第4行“编号”：编号“T1”与第2行重复：一件事一行，以后的步骤填在“后续步骤”表"]),
    ("a number like a case id", add(HOTLINE, ticket("study.session-2024-0001")),
     [f"“{HOTLINE}”表第4行“编号”：“study.session-2024-0001”是账本里案件号的样子，请用本单位自己的编号"]),
    ("a step of no case", add(FURTHER, contacted("T9")),
     [f"“{FURTHER}”表第6行“编号”：没有编号是“T9”的案件：各程序的表里没有这一行，账本里也没有，请核对"]),
    ("no such step", add(FURTHER, step("S1", "总结", "2024-03-07")),
     [f"“{FURTHER}”表第6行“步骤”：“学法”没有叫“总结”的步骤；有：无"]),
    ("a step spelled wrongly", add(FURTHER, step("T1", "回复诉求人", "2024-03-07")),
     [f"“{FURTHER}”表第6行“步骤”：“12345热线工单”没有叫“回复诉求人”的步骤，最接近的是“答复诉求人”；有：签收、联系诉求人、"
      "申请退回、退回获准、退回未获准、延期、等待诉求人补充、恢复办理、答复诉求人、回访、重新办理、办结"]),
    ("the opening step among the further ones", add(FURTHER, step("T1", "接收工单", "2024-03-07")),
     [f"“{FURTHER}”表第6行“步骤”：“接收工单”是开案的一步，请填在“12345热线工单”表"]),
    ("an amendment", add(FURTHER, step("T1", "更正", "2024-03-07")),
     [f"“{FURTHER}”表第6行“步骤”：更正、撤回、补记要逐件办理并写明理由，不能用表格导入"]),
    ("a cell the step does not ask for", put(FURTHER, 地点="示例大厦"),
     [f"{F}“地点”：“联系诉求人”没有“地点”这一栏：请清空这一格，或者核对步骤"]),
    ("a step before its time", lambda rows: rows[FURTHER].pop(0),
     [f"{F}“步骤”：不能登记“答复诉求人”：答复以前先联系诉求人（示例县12345热线工单办理规定第五条第二款（本地规定））；"
      f"先办理“联系诉求人”。{HINT}"]),
    ("a step before its case", add(FURTHER, contacted("T1", "2024-03-01")),
     [f"“{FURTHER}”表第6行“日期”：本案最近一步“接收工单”在2024-03-04；日期不能早于本案最近一步；确系当时漏记的，用“补记”"]),
    ("a step after the end", add(FURTHER, step("T1", "办结", "2024-03-08"), contacted("T1", "2024-03-09")),
     [f"“{FURTHER}”表第7行“步骤”：不能登记“联系诉求人”：本案已于2024-03-08“办结”；已结的案件不再办理；"
      f"记错的用更正或撤回。{HINT}"]),
    ("no such procedure", put(FURTHER, 程序="热线工单"),
     [f"{F}“程序”：没有叫“热线工单”的程序，最接近的是“12345热线工单”"]),
    ("a day no law covers", add(HOTLINE, ticket("T0", "2019-03-04")),
     [f"“{HOTLINE}”表第4行“日期”：2019-03-04没有施行中的“12345热线工单”；本程序施行期间：2021-01-06起。请核对日期"]),
    ("a case nobody knows", put(PENALTY, 来源工单="T99"),
     [f"{P}“来源工单”：“来源工单”所指的案件T99不在本账本；请核对案件号"]),
    ("a case that names itself", put(PENALTY, 来源工单="P1"),
     [f"{P}“来源工单”：所指的案件没有开成：请先改正它那一行；两件事也不能互相指着"]),
    ("a person twice", put(PENALTY, 承办人员="甲、甲"), [f"{P}“承办人员”：“甲、甲”里有重复的"]),
    ("more than forty signs", put(HOTLINE, 诉求事项="收费" * 30), [f"{T}“诉求事项”：最多40个字，现有60个"]),
    ("a telephone where everybody reads it", put(HOTLINE, 诉求事项="找13800138000"),
     [f"{T}“诉求事项”：这一栏不另存、会公开，不能写身份证号、电话、账号"]),
    ("words for a telephone", put(HOTLINE, 联系电话="示例李四的电话"), [f"{T}“联系电话”：电话只能写数字、空格和短横"]),
    ("a third of a fen",
     add(FURTHER, step("P1", "当事人缴纳罚款", "2024-04-07", 缴款金额="12.345", 缴款渠道="当场收缴")),
     [f"“{FURTHER}”表第6行“缴款金额”：“12.345”的金额最多两位小数"]),
    ("a zero beside cases", add(NOTHING, zero(HOTLINE, "2024")),
     [f"“{NOTHING}”表第3行“年度”：2024年有2件“12345热线工单”在账；有案件的年度不能作零申报"]),
    ("a zero of a year not over", add(NOTHING, zero(PENALTY, "2026")),
     [f"“{NOTHING}”表第3行“年度”：2026年还没有过完；年度终了以后再作零申报"]),
    ("a zero of no year, of no procedure, of tomorrow", add(NOTHING, zero("处罚", "24", on="2026-03-03")),
     [f"“{NOTHING}”表第3行“程序”：没有叫“处罚”的程序，请从下拉框里选",
      f"“{NOTHING}”表第3行“年度”：“24”不是年份，要写成 2024 的样子",
      f"“{NOTHING}”表第3行“日期”：2026-03-03还没有到；今天是2026-03-02，请核对日期"]),
    ("a zero signed by nobody", add(NOTHING, zero(PENALTY, "2022", "癸")),
     [f"“{NOTHING}”表第3行“签报人”：人员名册里没有“癸”；请核对人员编号，或先在人员名册里登记"]),
    ("a role nobody knows, told once", put(STAFF, 角色="局长"),
     ["“人员名册”表第2行“角色”：“局长”不在可选项里，可选：执法人员、行政机关负责人、法制审核人员、听证主持人、热线承办员、"
      "承办科室人员、办公室、社会组织管理股室、信用信息录入员、信访承办股室、法治工作机构、保密审查人员、人事股室、"
      "受理窗口、首问人、接手人、系统管理员、安全保密管理员、安全审计员"]),
    ("since when is missing, told once", put(STAFF, 起始日期=""),
     ["“人员名册”表第2行“起始日期”：缺少“起始日期”，请填写"]),
    ("a person twice in the register", add(STAFF, person("甲", 执法证号="另一号")),
     ["“人员名册”表第5行“人员编号”：“甲”与第2行重复，请只留一行"]),
    ("an organisation twice",
     lambda rows: rows[ORGANISATIONS].append(rows[ORGANISATIONS][0] | {"名称": "示例另一协会"}),
     [f"“社会组织名录”表第3行“{CODE}”：“51999900MJX00000X8”与第2行重复，请只留一行"]),
    ("several faults in one row, and in others",
     lambda rows: (put(HOTLINE, 紧急="可能", 诉求事项="", 经办人="")(rows), put(STUDY, 到会人员="甲、癸")(rows)),
     [f"{T}“经办人”：缺少“经办人”，请填写", f"{T}“紧急”：“可能”要写成 是 或 否",
      f"{T}“诉求事项”：缺少“诉求事项”，请填写",
      f"{S}“到会人员”：“到会人员”里的“癸”不在人员名册；请核对人员编号，或先在人员名册里登记"]),
]  # fmt: skip


def said(done: Imported) -> list[str]:
    """Every fault as the clerk reads it, after a look that it is Chinese and that nothing was recorded."""
    told = [str(fault) for fault in done.faults]
    ours = [re.sub(r"[a-z]+\.[a-z]+-\d{4}-\d{4}", "", sentence) for sentence in told]  # a case id is no English
    assert [sentence for sentence in ours if re.search(r"[A-Za-z_]{4,}(?!\d)|Traceback|Error", sentence)] == []
    assert done.recorded == 0
    return told


@pytest.mark.parametrize(("change", "sentences"), [rule[1:] for rule in WRONG], ids=[rule[0] for rule in WRONG])
def test_a_wrong_row(bureau: Bureau, tmp_path: Path, change: Callable[[Rows], object], sentences: list[str]) -> None:
    rows, before = good(), end_of(bureau)
    change(rows)
    assert said(taken(tmp_path, bureau, rows)) == sentences
    assert end_of(bureau) == before


Edit = Callable[[openpyxl.Workbook], object]


def written_in(sheet: str, column: str, value: object, row: int = 2) -> Edit:
    def change(book: openpyxl.Workbook) -> None:
        one = cell(book, sheet, row, column)
        one.value = value
        if isinstance(value, int):
            one.number_format = "General"

    return change


def merged(book: openpyxl.Workbook) -> None:
    place = cell(book, HOTLINE, 2, "经办人").column
    book[HOTLINE].merge_cells(start_row=2, end_row=3, start_column=place, end_column=place)


def without_column(book: openpyxl.Workbook) -> None:
    book[HOTLINE].delete_cols(cell(book, HOTLINE, 1, "诉求事项").column)


def nameless_column(book: openpyxl.Workbook) -> None:
    book[HOTLINE].cell(3, 40).value = "备忘"


def without_heads(book: openpyxl.Workbook) -> None:
    book[STUDY].delete_rows(1)


def another_sheet(book: openpyxl.Workbook) -> None:
    book.create_sheet("热线")["A1"] = "编号"


def the_same_sheet_again(book: openpyxl.Workbook) -> None:
    book.copy_worksheet(book[STUDY]).title = f"{STUDY} "


ODD: list[tuple[str, Edit, list[str]]] = [
    ("a number for a day", written_in(HOTLINE, "日期", 45355),
     [f"{T}“日期”：“45355”不是日期，要写成 2024-03-05 的样子，这像是表格软件里的日期序号，请把单元格设成日期格式"]),
    ("the number of the next day", written_in(HOTLINE, "日期", 45356),
     [f"{T}“日期”：“45356”不是日期，要写成 2024-03-05 的样子，这像是表格软件里的日期序号，请把单元格设成日期格式"]),
    ("a code in powers of ten", written_in(PENALTY, CODE, "4.40882E+17"), [f"{P}“{CODE}”：{LOST}"]),
    ("a formula that was never reckoned", written_in(HOTLINE, "诉求事项", "=A1&A2"),
     [f"{T}“诉求事项”：缺少“诉求事项”，请填写"]),
    ("a time for a day", written_in(HOTLINE, "日期", time(9)), [f"{T}“日期”：这一格是时间：请改成要填的内容"]),
    ("a day for a number", written_in(STUDY, "应到人数", date(2024, 1, 3)),
     [f"{S}“应到人数”：这一格是日期：请改成要填的内容"]),
    ("a number turned into a day", written_in(STUDY, "编号", date(2024, 1, 1)),
     [f"{S}“编号”：这一格被表格软件改成了日期：请把单元格设成文本格式，重新填写"]),
    ("a code turned into a number", written_in(PENALTY, CODE, 519999001234567890), [f"{P}“{CODE}”：{LOST}"]),
    ("a ticket's number that lost its end", written_in(HOTLINE, "工单号", 20240304000123456), [f"{T}“工单号”：{LOST}"]),
    ("the error of a formula", written_in(HOTLINE, "诉求事项", "#N/A"),
     [f"{T}“诉求事项”：这一格是公式的错误值：请改成实际内容"]),
    ("a number of the bureau's own that is too long", written_in(STUDY, "编号", "号" * 61),
     [f"{S}“编号”：最多40个字，现有61个"]),
    ("a sign nobody sees", written_in(HOTLINE, "诉求内容", "收费_x0000_"),
     [f"{T}“诉求内容”：这一格有看不见的空字符：请删掉，重新输入"]),
    ("merged cells", merged,
     [f"“{HOTLINE}”表第3行“经办人”：这一格被合并了，没有内容：不要合并单元格，请取消合并，每行都填"]),
    ("a head spelled otherwise", written_in(HOTLINE, "诉求事项", "诉求事由*", row=1),
     [f"“{HOTLINE}”表第1行“诉求事由”：没有叫“诉求事由”的列，最接近的是“诉求事项”。写错的请改正；"
      "自己用的列，请在列名前加 #",
      f"“{HOTLINE}”表第1行“诉求事项”：缺少“诉求事项”这一列，请照模板补上"]),
    ("a required column is missing", without_column,
     [f"“{HOTLINE}”表第1行“诉求事项”：缺少“诉求事项”这一列，请照模板补上"]),
    ("a head twice", written_in(HOTLINE, "诉求人", "联系电话", row=1),
     [f"“{HOTLINE}”表第1行“联系电话”：有2列都叫“联系电话”，请只留一列"]),
    ("content under no head", nameless_column,
     [f"“{HOTLINE}”表第3行：第40列没有列名却有内容：请补上列名，或者清空这一列"]),
    ("no heads at all", without_heads,
     ["“学法”表：找不到列名那一行：请保留模板里的列名（编号、日期、经办人、如实补录等）"]),
    ("a sheet twice", the_same_sheet_again, ["“学法”表：有两张表都叫“学法”，请并成一张"]),
    ("a sheet nobody knows", another_sheet,
     ["“热线”表：没有叫“热线”的表，最接近的是“12345热线工单”；可用的表："
      f"{SHEETS}、后续步骤、零申报。自己用的表，请在表名前加 #"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentences"), [odd[1:] for odd in ODD], ids=[odd[0] for odd in ODD])
def test_an_odd_cell_or_sheet(bureau: Bureau, tmp_path: Path, change: Edit, sentences: list[str]) -> None:
    path, before = written(tmp_path, bureau, good()), end_of(bureau)
    book = opened(path)
    change(book)
    book.save(path)
    assert said(import_workbook(path, bureau, today=TODAY)) == sentences
    assert end_of(bureau) == before


def test_rows_that_are_in_the_book_with_another_content(bureau: Bureau, tmp_path: Path) -> None:
    taken(tmp_path, bureau, good())
    rows, before = good(), end_of(bureau)
    rows[HOTLINE][0]["诉求事项"] = "另一事项"
    rows[STAFF][0]["执法证号"] = "另一号"
    assert said(taken(tmp_path, bureau, rows)) == [
        "“人员名册”表第2行“人员编号”：“人员名册”里已有“甲”；要改这一行，用变更",
        f"{T}“编号”：编号“T1”已在账本（案件hotline.ticket-2024-0001），内容不同：要改请用更正；另一件事请另编一个号",
    ]
    assert end_of(bureau) == before


def test_who_enters_must_stand_in_the_register(bureau: Bureau, tmp_path: Path) -> None:
    assert said(taken(tmp_path, bureau, good(), entered_by="庚")) == ["人员名册里没有录入人“庚”，请核对人员编号"]


def test_rows_after_a_wrong_one_of_the_same_case_are_counted_and_not_judged(bureau: Bureau, tmp_path: Path) -> None:
    rows = good()
    rows[FURTHER][0]["已联系上"] = "？"
    done = taken(tmp_path, bureau, rows)
    assert said(done) == [f"{F}“已联系上”：“?”要写成 是 或 否"]
    assert done.warnings == ("“后续步骤”表：另有1行，因为同一案有别的行要改，还没有核对：改正以后再试一次",)


def test_a_refused_row_does_not_hide_what_is_wrong_later_in_its_case(bureau: Bureau, tmp_path: Path) -> None:
    rows = good()
    rows[FURTHER] = [step("T1", "答复诉求人", "2024-03-06", 办理结果="已经解决", 答复内容="已退"),
                     step("T1", "申请退回", "2024-03-07", 理由="不是本局职责", 批准的负责人="丙",
                          退回依据="权责清单", 依据的条目="没有此项")]  # fmt: skip
    assert [(fault.row, fault.article) for fault in taken(tmp_path, bureau, rows).faults] == [
        (2, "示例县12345热线工单办理规定第五条第二款（本地规定）"),
        (3, "示例县12345热线工单办理规定第六条（本地规定）"),
    ]  # fmt: skip


def test_no_fault_repeats_what_is_held_apart(bureau: Bureau, tmp_path: Path) -> None:
    secrets = {"诉求人": "示例李四光", "联系电话": "1380013800八", "诉求内容": "家住示例路九号"}
    rows = good()
    rows[STAFF][0].update(姓名="示例张三丰", 执法证号="999001194912310020", 角色="局长")
    rows[HOTLINE][0].update(secrets, 紧急="13912345678", 诉求类别="999001194912310020", 经办人="13700137000")
    rows[PENALTY][0].update(
        当事人姓名="示例王五岳", 涉嫌违法的事实="示例内情", 承办人员="甲、999001194912310020", 案由=""
    )
    rows[FURTHER][0].update(依据材料="示例卷宗九", 记录="示例通话内容", 已联系上="6222020000000000123")
    done = taken(tmp_path, bureau, rows)
    told = "\n".join([*map(str, done.faults), *done.warnings])
    private = [*secrets.values(), "示例张三丰", "示例王五岳", "示例内情", "示例卷宗九", "示例通话内容", "13912345678",
               "999001194912310020", "13700137000", "6222020000000000123"]  # fmt: skip
    assert len(done.faults) >= 7
    assert [value for value in private if value in told] == []


def test_a_row_older_than_the_book_names_its_source(bureau: Bureau, tmp_path: Path) -> None:
    rows = good()
    del rows[ORGANISATIONS][0]["依据材料"]
    [sentence] = said(taken(tmp_path, bureau, rows))
    assert sentence.startswith("“社会组织名录”表第2行“依据材料”：2020-01-01早于本账本建立的日子（")
    assert sentence.endswith("），没有写来源；写明这一行来自哪里，例如：2022年第3号公告（档案）")
