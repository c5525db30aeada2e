"""docs/enforcement-check.md, written from what the two runs showed."""

from pathlib import Path

from tests.enforcement.made import CLEAN, FILES, kinds
from tests.enforcement.outcome import EXTRA, Outcome

PAGE = Path(__file__).parents[2] / "docs" / "enforcement-check.md"
PHASES = {"before": "决定以前", "after": "决定以后", "deadline": "期限"}
HEAD = f"""# 执法案卷的检验

`python -m tests.enforcement` 做出 {FILES} 件编造的处罚案卷（普通程序、简易程序；单位、人员、文号都是虚构的），
每件放进一本真的账本两次，并写出这一页；检验（tests/enforcement）守住它。
{CLEAN} 件没有毛病，其余每件只有一处毛病，共 {len(kinds())} 种。

怎样算：

- **当天办**：每一步在它自己的那一天办理。被拒绝的，案卷停在那里。毛病在决定以前的，要在作出决定以前被拒绝，
  拒绝的理由里要有所违反的那一条；条文由人照法律写在 tests/enforcement/kinds.toml，不是从规则里抄来的。
- **决定以后**的毛病（执行、交付），要在办那一步时被拒绝。
- **期限**：过了期限仍然应当办、应当记，拒绝反而违法。所以不拒绝，要在过期次日起显示为超期，
  并随后来办的那一步记入迟了几天。不计入“决定以前拦下”的比例。
- **如实补录**：同一件案卷全部作为已经发生的事录入，一步也不拒绝；毛病连同条文记在那一条记录上（期限记为超期）。
- **多出的记录**：没有毛病的案卷，账本里的记录数减去纸质案卷本来就有的文书数（tests/enforcement/papers.toml）。
"""


def page(found: Outcome) -> str:
    """The whole page."""
    return "\n".join([HEAD, *_overall(found), "", *_by_kind(found), "", *_clean(found), ""])


def _share(done: int, of: int) -> str:
    return f"{done} / {of}（{100 * done / of:.1f}%）"


def _overall(found: Outcome) -> list[str]:
    passed = found.clean - len(found.clean_faults)
    slipped = "、".join(kinds()[id].name for id in found.slipped) or "没有"
    return [
        "| 项目 | 结果 | 要求 |",
        "|---|---|---|",
        f"| 决定以前的毛病，作出决定以前拦下 | {_share(*found.share('before'))} | ≥ 95% |",
        f"| 决定以后的毛病，办理时拦下 | {_share(*found.share('after'))} | |",
        f"| 超过期限，次日起显示 | {_share(*found.share('deadline'))} | |",
        f"| 如实补录，连同毛病记入 | {_share(*found.recorded)} | 100% |",
        f"| 没有毛病的案卷，不拒绝、不提醒、不记毛病 | {_share(passed, found.clean)} | 100% |",
        f"| 没有毛病的案卷，多出的记录最多 | {max(found.extra.values())} | ≤ {EXTRA} |",
        "",
        f"没有全部拦下或者记下的：{slipped}。",
    ]


def _by_kind(found: Outcome) -> list[str]:
    rows = [
        f"| {kind.name} | {PHASES[kind.phase]} | {count.planted} | {count.stopped or ''} | {count.shown or ''} "
        f"| {count.recorded} | {kind.article} |"
        for kind, count in ((kinds()[id], count) for id, count in found.kinds.items())
    ]
    return [
        "## 各种毛病",
        "",
        "| 毛病 | 在哪里 | 件 | 拦下 | 显示超期 | 补录并记下 | 条文 |",
        "|---|---|---:|---:|---:|---:|---|",
        *rows,
    ]


def _clean(found: Outcome) -> list[str]:
    rows = [f"| `{shape}` | {extra} |" for shape, extra in found.extra.items()]
    return ["## 没有毛病的案卷", "", "| 形状 | 多出的记录最多 |", "|---|---:|", *rows]
