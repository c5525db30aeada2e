"""What is wrong with a password that a person chose, in our own words: not all of Django's are in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from fazheng.web.models import Account

MOST = 200  # characters: hashing longer ones only costs time
_WORDS: Mapping[str, str] = {
    "password_too_short": "口令太短：至少10个字符",
    "password_too_common": "这是常见口令，别人一猜就中",
    "password_entirely_numeric": "口令不能全是数字",
    "password_too_similar": "口令和人员编号太像",
}


def faults(new: str, account: Account) -> list[str]:
    """What is wrong with it; empty where nothing is."""
    if len(new) > MOST:
        return [f"口令不能超过{MOST}个字"]
    try:
        validate_password(new, account)
    except ValidationError as fault:
        return [_WORDS.get(str(one.code), "口令不合要求") for one in fault.error_list]
    return []
