"""Django settings. One home is one folder; DATABASE_URL moves its tables to PostgreSQL."""

import os
from pathlib import Path
from typing import Any

from fazheng.ledger.storage import database_settings

HOME = Path(os.environ.get("FAZHENG_HOME", "fazheng-home"))
INSTALLED_APPS = ["fazheng.ledger"]
DATABASES: dict[str, dict[str, Any]] = {"default": database_settings(HOME, os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
LANGUAGE_CODE = "zh-hans"
SECRET_KEY = os.environ.get("FAZHENG_SECRET_KEY", "unused: nothing is signed before the desk is served")
