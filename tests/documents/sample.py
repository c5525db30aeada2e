"""A paper that has every part a paper can have."""

from __future__ import annotations

from fazheng.documents import Facts, Heading, Paper, Paragraph, Run, Table

WORDS = (
    "县民政局全面贯彻依法行政各项要求，严格执行重大行政决策程序，"
    "落实行政执法公示、执法全过程记录和重大执法决定法制审核制度。"
)
FULL = Facts(
    letterhead=True,
    number="示民〔2025〕3号",
    upward=True,
    signer="某某某",
    addressees=("示例县人民政府", "示例市民政局"),
    attachments=("示例县社会组织年度检查情况表", "示例县行政处罚情况表"),
    date="2025年1月20日",
    publicity="此件公开发布",
    copies=("示例县人大常委会办公室", "示例县政协办公室"),
    printer="示例县民政局办公室",
    printed_on="2025年1月21日",
)


def paper(facts: Facts = FULL, *, draft: bool = False, example: bool = False) -> Paper:
    """Four levels of headings, paragraphs, notes, a table of 13 rows."""
    rows = tuple((f"第{n}乡镇", str(n * 7), f"{n * 3}.5%") for n in range(1, 13))
    body = [
        Heading(1, "一、主要举措和成效"),
        Heading(2, "（一）行政处罚"),
        Paragraph(
            (Run("2024年作出行政处罚决定1,234件，罚款"), Run("36000.00", note="此数由某科室申报。"), Run("元。"))
        ),
        Heading(3, "1.程序"),
        Heading(4, "（1）听证"),
        *(Paragraph((Run(f"第{n}次：{WORDS * 2}"),)) for n in range(1, 13)),
        Table(("乡镇", "受理", "按期率"), rows, "表1　各乡镇办理情况"),
        Heading(1, "二、存在的不足"),
        Paragraph((Run("超期3件", note="此数由某科室申报。"), Run(f"，其中<逾期>&“未办”1件。{WORDS}"))),
    ]
    return Paper("示例县民政局", "示例县民政局2024年法治政府建设年度报告", tuple(body), facts, draft, example)
