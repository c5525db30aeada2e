"""What may be wrong with a law file, said to whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a law file: where, and what is wrong, in Chinese."""

    file: str
    what: str
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.file}：{self.rule + '：' if self.rule else ''}{self.what}"


class LawFault(Exception):
    """The law files cannot be read as they stand; nothing starts until they are mended."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("法条文件有误：\n" + "\n".join(f"  {finding}" for finding in findings))
