from __future__ import annotations

from collections.abc import Iterator

from fazheng.checkup.facts.named import left_out
from fazheng.checkup.finding import Hit
from fazheng.checkup.registry import rule
from fazheng.checkup.report import Report


@rule(
    title="法律名称写错",
    kinds="wrong_law_name incomplete_name",
    severity="error",
    why="普法、执法都要写出法律的准确名称；名称写错，等于引了一部不存在的法。",
    source="党政机关公文处理工作条例：引用公文、法律应当准确",
    example="写成《中华人民共和国老年人权益保护法》。应为《中华人民共和国老年人权益保障法》。没有写“中华人民共和国”的正确简称不提示。",
)
def wrong_statute_name(report: Report) -> Iterator[Hit]:
    """书名号里的名称不是任何一部法规的名称，而是目录里记着的误称，或者与某一部法规只差一两个字。

    不带国名的条例、办法写上了国名，末尾掉了“法”“条例”，也算。地方、本单位的文件，草案，以及各地常用的地方性法规名称不判断。
    """
    for citation in report.citations:
        named = citation.named
        if named.wrong:
            less = left_out(citation.as_written, named.right)
            said = "漏了字" if less else "写错了"
            yield Hit(
                f"名称{said}，应为《{named.right}》", citation.start, citation.end, f"《{named.right}》",
                "incomplete_name" if less else "wrong_law_name", "warning" if less else None,
            )  # fmt: skip
