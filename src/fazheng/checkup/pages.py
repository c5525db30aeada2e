"""The page of each rule, written from the rule itself so that the two cannot drift. `make rule-pages` writes them."""

from __future__ import annotations

import sys
from pathlib import Path

from fazheng.checkup.registry import Rule, rules

_SEVERITY = {"error": "必改（error）", "warning": "建议（warning）", "info": "提示（info）"}


def page(rule: Rule) -> str:
    """The rule's page as Markdown."""
    return f"""# {rule.title}

`{rule.id}` · 组 `{rule.group}` · {_SEVERITY[rule.severity]} · 类型 {"、".join(f"`{kind}`" for kind in rule.kinds)}

**查什么。** {rule.what}

**为什么。** {rule.why}

**依据。** {rule.source}

**例。** {rule.example}

**怎样关掉。** 确认某一处不用改，写进 `不再提示.toml`（与报告同一文件夹，或放在数据目录里，或用 `--mute` 指定）：

```toml
[[mute]]
rule   = "{rule.id}"
words  = "报告里的原话；不写就是整条规则不再提示"
reason = "为什么不用改（必填）"
who    = "谁定的"
when   = 2032-01-15
```

规则的程序：`src/fazheng/checkup/rules/{rule.group}/{rule.id.replace("-", "_")}.py`
"""


def write(folder: Path) -> list[str]:
    """Writes every page, takes away those of rules that are gone; the names of files that changed."""
    wanted = {f"{rule.id}.md": page(rule) for rule in rules().values()}
    changed = []
    for path in sorted(folder.glob("*.md")):
        if path.name not in wanted and path.name != "README.md":
            path.unlink()
            changed.append(path.name)
    for name, text in wanted.items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8", newline="\n")
            changed.append(name)
    return changed


if __name__ == "__main__":
    sys.stdout.write("\n".join(write(Path(sys.argv[1]))) + "\n")
