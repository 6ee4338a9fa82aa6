"""Browsers that are used again: to start one takes twice as long as to open a page in it."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession

from tests.journeys.inspection import SPREAD_TEXT, equipped

REPORT_VIOLATIONS = """addEventListener("securitypolicyviolation", event =>
    console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"""

REPORT_POINTERS = """addEventListener("pointerdown", () => console.error("a pointer was used"), true);"""

STORES = "cookies,local_storage,indexeddb,cache_storage,service_workers,websql,file_systems"

type Heard = dict[str, Callable[[Any], None]]
"""By the name of an event of Playwright's."""


class Browsers:
    """Each belongs to one journey at a time, and is given back without a page, a cookie or anything that was stored.

    What it keeps are our style sheets, scripts and fonts, as that of anybody who comes back.
    """

    KEPT = 6
    """So many wait for the next journey, each made in another way; a process of Chromium stands behind each."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._free: OrderedDict[str, tuple[BrowserContext, CDPSession]] = OrderedDict()
        self._lent: dict[BrowserContext, tuple[str, CDPSession, Heard]] = {}

    def take(
        self, heard: Heard, *, spread: bool = False, no_pointer: bool = False, **options: Any
    ) -> BrowserContext:
        """One that is made as these options say. ``heard`` is called with what it says, until it is given back."""
        made = repr((spread, no_pointer, sorted(options.items())))
        if found := self._free.pop(made, None):
            context, session = found
            self._forget(context, session)
        else:
            context = self._browser.new_context(base_url=self._address, **options)
            context.add_init_script(REPORT_VIOLATIONS)
            if spread:
                context.add_init_script(SPREAD_TEXT)
            if no_pointer:
                context.add_init_script(REPORT_POINTERS)
            # A page that nobody looks at: with the last page its process would end.
            session = context.new_cdp_session(context.new_page())
        for event, call in heard.items():
            context.on(event, call)  # type: ignore[call-overload]  # Playwright lists every event by itself
        self._lent[context] = made, session, heard
        return context

    def give_back(self, context: BrowserContext, *, again: bool) -> None:
        """It is used ``again``, unless something was done to it that cannot be undone."""
        made, session, heard = self._lent.pop(context)
        if not again or made in self._free or equipped(context):
            context.close()
            return
        for event, call in heard.items():
            context.remove_listener(event, call)
        context.set_offline(
            True
        )  # what a page sends with its last breath would be answered in the next journey
        for page in context.pages[1:]:
            page.close()
        self._free[made] = context, session
        if len(self._free) > self.KEPT:
            self._free.popitem(last=False)[1][0].close()

    def _forget(self, context: BrowserContext, session: CDPSession) -> None:
        """Only now, when no answer of the journey before is on its way any more."""
        context.unroute_all()
        context.set_offline(False)
        context.clear_cookies()
        session.send("Storage.clearDataForOrigin", {"origin": self._address, "storageTypes": STORES})
