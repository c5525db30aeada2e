"""负责人页: twelve questions a head asks, a page each."""

from fazheng.web.head.pages import urls

__all__ = ["urls"]
