"""What a refusal or a fault says to do, with the command or the option that does it.

The rooms below say what to do in plain words: a page of the desk shows the same sentence, and who sits there has no
command line. Here stands, for such words, how they are typed.
"""

from __future__ import annotations

import re

# What a room below says → the same for who types commands. The longest that fits is taken.
TYPED = {
    "更正、撤回、补记都要写明理由": "更正、撤回、补记都要写明理由（--data reason=…）",
    "用“补记”": "用“补记”（add_late）",
    "请写明条目的序号": "用 --data entry=序号 写明是哪一条，例如 entry=3",
    "请写有效记录的序号": "entry 写有效记录的序号",
    "请写步骤的编号": "step 写步骤的编号",
    "写明改后的日期或者栏目": "写明改后的日期（on）或者栏目",
    "再写明是哪一份": "再写它的摘要（--signed-on-paper）",
    "请先附上扫描件": "请先附上扫描件（fazheng attach）",
    "请核对附件的摘要": "用 fazheng attachment list 查看",
    "请核对案件号": "请核对案件号（用 fazheng case list 查看）",
    "请重新查看本案": "请重新查看本案（fazheng case show 案件号）",
    "请查看本案现有的建议": "用 fazheng case show 查看本案现有的建议",
    "或者不依建议直接开案": "或者去掉 --from，直接开案",
    "请查看待处理事项": "用 fazheng status 查看待处理事项",
    "请先建立单位": "请先运行 fazheng init --bureau 名称 --code 编号",
    "请指明是哪一个": "请用 --bureau 指明",
    "请写单位名称": "请写单位名称（--bureau）",
    "期初数要注明“期初数”": "期初数要写 --opening",
    "请写明为什么撤回": "请写明为什么撤回（--reason）",
    "请写明这个数出自哪份文件": "请写明这个数出自哪份文件（--paper）",
    "要更正，写明理由": "要更正，写明理由（--reason）",
    "请用法正做出的核对表填写": "请用 fazheng ask 做出的表填写",
    "解除以后才可以清除": "解除以后才可以清除（fazheng retention lift）",
    "请写明为什么（另存）": "请写明为什么（--reason，另存）",
    "请写收件单位": "请写收件单位（--to）",
    "请写理由，或者改为遮盖的导出": "请写理由（--reason），或者去掉 --unmasked",
    "请写明为什么要看": "请写明为什么要看（--reason）",
    "请先给这个组织建档": "先建档：fazheng case open organisation.file --data organisation=信用代码 …",
    "请先交接，或者和交接一起办": "先交接，或者和交接一起办：fazheng handover 人员编号 接手的人 --leaves",
    "请核对哪些案件在谁手里": "用 fazheng handover 人员编号 查看",
    "或者只交别的案件": "或者用 --case 只交别的案件",
    "由系统管理员或者负责人写明理由后继续": "用 fazheng clock 写明理由后继续",
    "请先登记科室": "先登记科室：fazheng register enter section",
    "要改这一行，用变更": "要改这一行，用变更（fazheng register change）",
    "先导入或者登记权责清单": "先导入或者登记权责清单（fazheng register enter powers_item）",
    "见“以前的安排”": "用 fazheng promise list 查看",
    "先在“以前的安排”里答复": "先用 fazheng promise answer 答复",
    "写明案件或者统计项的编号": "写明案件或者统计项的编号（--evidence）",
    "写案件号，或者小节编号": "写案件号，或者 --section 小节编号",
    "请核对小节编号": "用 fazheng outline 查看小节编号",
    "请看对账的结果": "用 fazheng publication reconcile 看对账",
    "用“更正说明”更正": "用 fazheng restate 更正",
    "写明理由再签发": "写明理由再签发（--reason）",
    "“体检”里标出了是哪一句": "用 fazheng report 看是哪一句",
    "签发以后才有证明文件": "签发以后（fazheng sign）才有证明文件",
    "请选印上或者不印": "要印上请写 --prose 文件，不印请写 --no-prose",
    "请写是谁报的（人员编号）": "请写是谁报的（--by 人员编号）",
    "请写明是谁的述法（人员编号）": "写明是谁的述法：--person 人员编号",
    "请写明用哪一份": "请用 --sheets 写明是哪一份",
    "请核对导入的编号": "用 fazheng import --list 查看",
    "请写明由谁撤销": "请用 --as 写明由谁撤销",
    "请写明为什么撤销": "请用 --reason 写明为什么撤销",
    "也可以留下这些，只撤销其余的": "要留下这些、撤销其余的，加 --keep-worked-on",
    "没有钥匙可换。请先加密": "没有钥匙可换。请先运行 fazheng private encrypt",
    "请指明新钥匙的文件": "请用 --new-key 指明新钥匙的文件",
    "请核验账本": "请用 fazheng verify 核验",
    "请先核验账本": "请先用 fazheng verify 核验",
    "请先把账本全部重读核验，再重做统计用表": "请先运行 fazheng verify --all，再运行 fazheng rebuild",
    "全部重读才一定发现": "全部重读请加 --all",
    "请用另存的链尾核对，核对无误后确认接着用现在的账本": (
        "请用另存的链尾核对（fazheng verify --expect），核对无误后运行 fazheng verify --accept"
    ),
    "要接着用，请确认接着用现在的账本": "确认要接着用，运行 fazheng verify --accept",
    "另存的链尾只能核对一个单位的备份": "--expect 只能核对一个单位的备份",
    "建新账本也可用 sha256": "建新账本也可用 --digest sha256",
    "请用法正写出的原文件": "请用 fazheng checkpoint 写出的原文件",
    "请先建新账本，或者先看示例": "请先运行 fazheng init（建新账本）或 fazheng demo（看示例）",
}
_PLAIN = re.compile("|".join(re.escape(plain) for plain in sorted(TYPED, key=len, reverse=True)))


def with_commands(text: str) -> str:
    """The text, each of its hints with the command or option; as it is where it holds none."""
    return _PLAIN.sub(lambda found: TYPED[found[0]], text)
