"""窗口：the pages that staff work at all day. docs/desk.md, "Building a page", says how to add one."""
