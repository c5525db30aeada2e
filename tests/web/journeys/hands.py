"""Somebody's hands at a page: every click, every box that is filled, every key is counted.

With `keyboard`, nothing is ever clicked: what is wanted is reached by Tab from where the focus is, as a person does it.
"""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

FURTHEST = 200  # times that Tab is pressed before we say that something cannot be reached


@dataclass
class Hands:
    """`clicks` also counts what is done with Enter or the space bar; `fields` are boxes that a person had to fill."""

    page: Page
    live: str
    keyboard: bool = False
    clicks: int = 0
    fields: int = 0
    tabs: int = field(default=0)

    def opens(self, url: str) -> None:
        """Types an address, or comes by a bookmark."""
        self.page.goto(self.live + url)

    def link(self, name: str) -> None:
        self._press(self.page.get_by_role("link", name=name).first)

    def button(self, name: str) -> None:
        self._press(self.page.get_by_role("button", name=name, exact=True).first)

    def unfold(self, name: str) -> None:
        self._press(self.page.locator("summary", has_text=name).first)

    def tick(self, name: str, *, within: str = "") -> None:
        """A choice, by its words; `within` names the group where the words stand in several."""
        group = self.page.get_by_role("group", name=within) if within else self.page
        found = group.get_by_label(name, exact=True).first
        if not self.keyboard:
            found.check()
        elif found.get_attribute("type") == "radio":  # the group is one stop: the arrows go through it
            self._to(found, radio=True)
        else:
            self._to(found)
            self.page.keyboard.press("Space")
        assert found.is_checked()
        self.fields += 1

    def write(self, label: str, text: str) -> None:
        found = self.page.get_by_label(label).first
        if self.keyboard:
            self._to(found)
            if found.get_attribute("type") == "date":
                self.page.keyboard.type(text.replace("-", ""))
            else:
                self.page.keyboard.press("Control+A")
                self.page.keyboard.type(text)
        else:
            found.fill(text)
        self.fields += 1

    def choose(self, label: str, option: str) -> None:
        found = self.page.get_by_label(label).first
        if self.keyboard:
            self._to(found)
            self.page.keyboard.type(option)
        else:
            found.select_option(label=option)
        self.fields += 1

    def hands_over(self, label: str, name: str, content: bytes) -> None:
        """Chooses a file."""
        files = [{"name": name, "mimeType": "application/octet-stream", "buffer": content}]
        self.page.get_by_label(label).first.set_input_files(files)  # type: ignore[arg-type]
        self.fields += 1

    def sees(self, text: str) -> None:
        """Fails where the words do not come within the patience of a person."""
        self.page.get_by_text(text).first.wait_for(timeout=15_000)

    @property
    def told(self) -> str:
        """All that stands on the page."""
        return self.page.locator("body").inner_text()

    def _press(self, found: Locator) -> None:
        if self.keyboard:
            self._to(found)
            found.press("Enter")  # the focus is there already; a page that this leads to is waited for
        else:
            found.click()
        self.clicks += 1

    def _to(self, found: Locator, *, radio: bool = False) -> None:
        """Goes there by Tab, and sees where the focus is all the way."""
        found.wait_for(state="attached")
        inside = "(e) => e === document.activeElement"
        group = "(e) => document.activeElement.name === e.name && document.activeElement.type === 'radio'"
        for _ in range(FURTHEST):
            if found.evaluate(inside):
                if radio and not found.is_checked():
                    self.page.keyboard.press("Space")
                return
            if radio and found.evaluate(group):
                self.page.keyboard.press("ArrowDown")
                continue
            self.page.keyboard.press("Tab")
            self.tabs += 1
        raise AssertionError(f"not reached by keyboard: {found}")


def counted(name: str, *people: Hands, clicks: int, fields: int) -> None:
    """Says what the journey cost, and fails where it cost more than that."""
    done = sum(one.clicks for one in people), sum(one.fields for one in people)
    print(f"{name}：点{done[0]}下（至多{clicks}），填{done[1]}处（至多{fields}）")
    assert done[0] <= clicks
    assert done[1] <= fields
