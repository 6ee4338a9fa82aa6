"""Somebody who uses the site, in one of the ways in which people do."""

import re
from collections.abc import Callable
from typing import Any, ClassVar, Self

from playwright.sync_api import Locator, Page, expect

from tests.journeys.inspection import AIM, LOOK_FOR_FOCUS, cut_off

type Visit = Callable[..., Page]
type Words = str | re.Pattern[str]

LONG_TEXT = 200
"""Longer than this, nobody watches every letter being typed."""


class Person:
    """Somebody with a mouse and an up-to-date browser."""

    way: ClassVar[str] = "with scripts"
    scripts: ClassVar[bool] = True
    browser: ClassVar[dict[str, Any]] = {}

    def __init__(self, visit: Visit, page: Page) -> None:
        self._visit = visit
        self.page = page
        self.look()

    @classmethod
    def at(cls, visit: Visit, path: str | None = "/", **more: Any) -> Self:
        """Such a person, having just opened this page, if any; ``more`` is what the visit is told beside that."""
        page = visit(path, reduced_motion="reduce", java_script_enabled=cls.scripts, **cls.browser, **more)
        return cls(visit, page)

    def elsewhere(self, path: str) -> Self:
        """The same person at another browser."""
        return self.at(self._visit, path)

    def in_second_window(self) -> Self:
        """The same person, with the same page in a second window."""
        page = self.page.context.new_page()
        page.goto(self.page.url)
        return type(self)(self._visit, page)

    # --- What somebody does -----------------------------------------------------------------------------------------

    def choose(self, wanted: Words | Locator) -> None:
        """Choose the line with this label."""
        self._wait()
        self._choose(self._control(wanted))
        self.look()

    def fill(self, wanted: Words | Locator, text: str) -> None:
        """Write this into the field with this label, in place of what is there."""
        self._wait()
        control = self._control(wanted)
        self._fill(control, text)
        expect(control).to_have_value(text)
        self.look()

    def press(self, wanted: Words | Locator, *, exact: bool = False) -> None:
        """Press the button or link with this name."""
        self._wait()
        self._press(self._pressable(wanted, exact))

    def press_twice(self, wanted: Words) -> None:
        """Press it twice in quick succession."""
        self._wait()
        self._press_twice(self._pressable(wanted, exact=False))

    def go_on(self) -> str:
        """Press Continue and wait for the next page; returns its address. Scripts put the focus on its heading."""
        before = self.page.url
        self.press(self.page.locator("main").get_by_role("button", name="Continue"))
        self.page.wait_for_url(lambda url: url != before)
        if self.scripts:
            expect(self.page.get_by_role("heading", level=1)).to_be_focused()
        self.look()
        return self.page.url

    def arrives(self, heading: Words) -> None:
        """Find out where they are from the heading of the page."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        """Notice what is wrong with the page. Most people notice little."""

    # --- How they do it ---------------------------------------------------------------------------------------------

    def _wait(self) -> None:
        """Begin when the page is all there: its scripts hear nothing of what is done before, and may move the focus."""
        self.page.wait_for_load_state()

    def _choose(self, control: Locator) -> None:
        control.check()

    def _fill(self, control: Locator, text: str) -> None:
        control.fill(text)

    def _press(self, target: Locator) -> None:
        target.click()

    def _press_twice(self, target: Locator) -> None:
        target.dblclick()

    # --- How they find things ---------------------------------------------------------------------------------------

    def _control(self, wanted: Words | Locator) -> Locator:
        return wanted if isinstance(wanted, Locator) else self.page.get_by_label(wanted)

    def _pressable(self, wanted: Words | Locator, exact: bool) -> Locator:
        if isinstance(wanted, Locator):
            return wanted
        button = self.page.get_by_role("button", name=wanted, exact=exact)
        return button.or_(self.page.get_by_role("link", name=wanted, exact=exact)).first


class WithoutScripts(Person):
    """Somebody whose browser runs no scripts."""

    way = "without scripts"
    scripts = False


class Narrow(Person):
    """Somebody with a small screen or much enlargement, who spreads letters and lines as far as WCAG 1.4.12 has it."""

    way = "320 pixels wide"
    browser: ClassVar[dict[str, Any]] = {"viewport": {"width": 320, "height": 256}, "spread": True}

    def look(self) -> None:
        found = cut_off(self.page)
        assert not found, (self.page.url, found)


class Keyboard(Person):
    """Somebody who never touches a mouse. Wherever the focus stops on its way, it has to be seen."""

    way = "keyboard alone"
    browser: ClassVar[dict[str, Any]] = {"no_pointer": True}

    def _choose(self, control: Locator) -> None:
        self.reach(control)
        if control.is_checked():
            return
        if control.get_attribute("type") == "radio":
            for _ in range(12):
                if control.evaluate("each => each === document.activeElement"):
                    break
                self.page.keyboard.press("ArrowDown")
        if not control.is_checked():
            self.page.keyboard.press("Space")
        expect(control).to_be_checked()

    def _fill(self, control: Locator, text: str) -> None:
        self.reach(control)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        if len(text) > LONG_TEXT:
            self.page.keyboard.insert_text(text)
        else:
            self.page.keyboard.type(text)

    def _press(self, target: Locator) -> None:
        self.reach(target)
        # At what has the focus: this, unlike a key of the keyboard, waits for the page it leads to, as a click does.
        self.page.locator(":focus").press("Enter")

    def _press_twice(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Enter")

    def reach(self, target: Locator) -> None:
        """Go there with Tab, or back with Shift and Tab."""
        expect(target).to_be_visible()
        target.evaluate(AIM)
        stop = self._stop(target)
        for _ in range(100):
            if stop["here"]:
                return
            self.page.keyboard.press("Shift+Tab" if stop["back"] else "Tab")
            stop = self._stop(target)
            if stop["hidden"]:
                # A message may just have come in between, and the page follows it with the next frame.
                self.page.evaluate("() => new Promise(requestAnimationFrame)")
                stop = self._stop(target)
            assert not stop["hidden"], stop["hidden"]
        raise AssertionError(f"{target} cannot be reached with the keyboard")

    def _stop(self, target: Locator) -> dict[str, Any]:
        """Where the focus is; the target is found anew only where the page has put another one in its place."""
        while (stop := self.page.evaluate(LOOK_FOR_FOCUS)) is None:
            target.evaluate(AIM)
        found: dict[str, Any] = stop
        return found


WAYS: tuple[type[Person], ...] = (Person, WithoutScripts, Keyboard, Narrow)
