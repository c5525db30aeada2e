"""Files into documents. A file that cannot be read is one clear sentence: never a hang, no network."""

from fazheng.checkup.reading.read import read, read_bytes
from fazheng.checkup.reading.unreadable import Unreadable

__all__ = ["Unreadable", "read", "read_bytes"]
