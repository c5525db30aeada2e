"""查找 by 拼音首字母 and last digits: keyed digests beside the private store, and looks that are entered."""

from fazheng.casework.finding.index import bring_up, drop_index
from fazheng.casework.finding.search import Found, Sought, opened_hit, search, sought

__all__ = ["Found", "Sought", "bring_up", "drop_index", "opened_hit", "search", "sought"]
