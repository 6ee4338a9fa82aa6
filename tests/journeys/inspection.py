"""What can be found wrong with a page by looking at it: rules of axe, markup, text that is cut off, a hidden focus."""

from collections.abc import Iterable
from functools import cache
from weakref import WeakSet

from playwright.sync_api import BrowserContext, Page
from pytest_playwright_axe.axe import MIN_AXE_PATH

type Broken = list[tuple[str, list[str]]]

THEMES = ("light", "dark")


@cache
def _axe() -> str:
    return MIN_AXE_PATH.read_text(encoding="utf-8")


# --- Rules of axe -----------------------------------------------------------------------------------------------------

_EQUIPPED = WeakSet[BrowserContext]()
"""Browsers that bring axe along to every further page: to send it to each takes as long as to open it."""

# Run straight in the page: collecting what passed as well, as the Python package does, takes ten times as long.
# Where scripts are off, no timer ever rings, so those that axe sets are rung by hand.
RUN_AXE = """async only => {
    const silent = matchMedia("(scripting: none)").matches, timers = [];
    if (silent) window.setTimeout = ring => timers.push(ring);
    const options = {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}, preload: !silent};
    if (only) options.runOnly = only;
    let found;
    const running = axe.run(document, options).then(each => { found = each; });
    for (let turn = 0; silent && !found && turn < 10000; turn++) {
        timers.splice(0).forEach(ring => ring());
        await null;
    }
    if (silent && !found) throw new Error("axe did not come to an end");
    await running;
    return found.violations.map(rule => [rule.id, rule.nodes.map(node => node.target.join(" "))]);
}"""


ABOUT_COLOUR = ["color-contrast", "link-in-text-block"]
"""Themes differ in the colours of their tokens, and in nothing else; these rules are the ones that see a colour."""


def broken_rules(page: Page, only: list[str] | None = None) -> Broken:
    """The rules of axe, or only these, that this page breaks as it looks now, and where."""
    page.wait_for_load_state()
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_axe())
        if page.context not in _EQUIPPED:
            _EQUIPPED.add(page.context)
            page.context.add_init_script(_axe())
    return [(rule, places) for rule, places in page.evaluate(RUN_AXE, only)]


# Colours on their way from one theme to the other belong to neither.
SET_THEME = """theme => {
    const root = document.documentElement, before = root.dataset.theme ?? null;
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    document.getAnimations().forEach(each => each.finish());
    return before;
}"""


def broken_in_any_theme(page: Page) -> dict[str, Broken]:
    """The rules that are broken in light or in dark. The theme is switched where the page stands."""
    broken = {}
    before = page.evaluate(SET_THEME, THEMES[0])
    for theme, only in zip(THEMES, (None, ABOUT_COLOUR), strict=True):
        page.evaluate(SET_THEME, theme)
        if found := broken_rules(page, only):
            broken[theme] = found
    page.evaluate(SET_THEME, before)
    return broken


# --- Markup -----------------------------------------------------------------------------------------------------------

FIND_FLAWS = """() => {
    const all = selector => [...document.querySelectorAll(selector)];
    const flaws = [];
    const ids = all("[id]").map(each => each.id);
    for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) flaws.push(`id ${id} occurs twice`);
    for (const label of all("label")) {
        if (!label.htmlFor) flaws.push(`label without for: ${label.textContent.trim()}`);
        else if (!document.getElementById(label.htmlFor)) flaws.push(`label for nothing: ${label.htmlFor}`);
    }
    for (const name of ["aria-describedby", "aria-labelledby", "aria-controls"]) {
        for (const each of all(`[${name}]`)) for (const id of each.getAttribute(name).split(/\\s+/)) {
            if (id && !ids.includes(id)) flaws.push(`${name} points at nothing: ${id}`);
        }
    }
    for (const link of all("a[href^='#']")) {
        const goal = link.getAttribute("href").slice(1);  // a link in a drawing has no hash
        if (!ids.includes(goal)) flaws.push(`link to nothing on this page: #${goal}`);
    }
    const roles = all("[role=radio], [role=checkbox], [role=radiogroup]").length;
    if (roles) flaws.push(`${roles} controls are not native`);
    if (all("h1").length !== 1) flaws.push(`${all("h1").length} first-level headings`);
    if (all("main").length !== 1) flaws.push(`${all("main").length} main landmarks`);
    if (!document.documentElement.lang) flaws.push("no language");
    return flaws;
}"""


def flaws_in_markup(page: Page) -> list[str]:
    """Ids that occur twice, references that lead nowhere, and the like."""
    page.wait_for_load_state()
    return list(page.evaluate(FIND_FLAWS))


# --- Text that is cut off ---------------------------------------------------------------------------------------------

FIND_CUT_OFF = """() => {
    const root = document.documentElement, width = root.clientWidth, found = [];
    if (root.scrollWidth > width) {
        const culprits = [...document.querySelectorAll("body *")].filter(each =>
            each.checkVisibility() && each.getBoundingClientRect().right > width + 1 && !each.firstElementChild);
        found.push(`${root.scrollWidth} px wide instead of ${width}: `
            + culprits.slice(0, 3).map(each => each.outerHTML.slice(0, 80)).join(" | "));
    }
    const SLACK = 2;
    const range = document.createRange();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const clips = style => [style.overflowX, style.overflowY].some(each => each === "hidden" || each === "clip");
    const known = new Map([[document.body, {unseen: false, scrolls: false, frames: []}]]);
    const around = each => {  // what an element and all it stands in do to a text; asked once for each of them
        if (known.has(each)) return known.get(each);
        const {unseen, scrolls, frames} = around(each.parentElement), style = getComputedStyle(each), clipping = clips(style);
        const box = (clipping || each.matches("button, .button, .card")) && each.getBoundingClientRect();
        const found = {
            unseen: unseen || (clipping && (box.width <= 1 || box.height <= 1 || style.clipPath !== "none")),
            scrolls: scrolls || style.overflowX === "auto" || style.overflowX === "scroll",
            frames: box ? [...frames, box] : frames,
        };
        known.set(each, found);
        return found;
    };
    while (walker.nextNode()) {
        const text = walker.currentNode, holder = text.parentElement;
        if (!text.data.trim() || holder.closest("script, style, template, noscript, .skip-link:not(:focus)")) continue;
        if (!holder.checkVisibility({visibilityProperty: true})) continue;
        const {unseen, scrolls, frames} = around(holder);
        if (unseen || scrolls) continue;
        range.selectNodeContents(text);
        const lines = [...range.getClientRects()].filter(line => line.width && line.height);
        const inside = line => line.left >= -SLACK && line.right <= width + SLACK && frames.every(box =>
            line.left >= box.left - SLACK && line.right <= box.right + SLACK
            && line.top >= box.top - SLACK && line.bottom <= box.bottom + SLACK);
        if (!lines.every(inside)) found.push(text.data.trim().slice(0, 80));
    }
    return found;
}"""


def cut_off(page: Page) -> list[str]:
    """Text that reaches beyond the screen or the box it stands in, and what makes the page too wide."""
    page.wait_for_load_state()
    return list(page.evaluate(FIND_CUT_OFF))


# A sheet made by script is within the content security policy, and stays when a step is swapped. The lettering of a
# drawing has its place in the drawing; what it says stands beside it in words.
SPREAD_TEXT = """{
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`:not(svg, svg *) {
            line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
        }
        svg { letter-spacing: normal !important; word-spacing: normal !important; }
        p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""
"""Sets text as wide as people may wish (WCAG 1.4.12)."""


def cut_off_at(page: Page, sizes: Iterable[tuple[int, int]]) -> dict[tuple[int, bool], list[str]]:
    """What is cut off where the window has one of these widths and heights, by the width and whether text is spread.

    The window has its own size again afterwards, and text is set as it was.
    """
    found, before = {}, page.viewport_size
    for spread in (False, True):
        page.evaluate(f"() => {SPREAD_TEXT if spread else '{ document.adoptedStyleSheets = []; }'}")
        for width, height in sizes:
            page.set_viewport_size({"width": width, "height": height})
            if texts := cut_off(page):
                found[width, spread] = texts
    page.evaluate("() => { document.adoptedStyleSheets = []; }")
    if before:
        page.set_viewport_size(before)
    return found


NARROW = [(320, 256)]
"""A phone, and 1280 pixels enlarged four times."""


def flaws_of(page: Page, sizes: Iterable[tuple[int, int]] = NARROW) -> dict[str, object]:
    """Whatever can be seen to be wrong with the page: its markup, a rule of axe in any theme, text cut off at these sizes.

    A page is opened once for all of it, as opening it takes longer than most of what is then looked at.
    """
    found = {
        "markup": flaws_in_markup(page),
        "axe": broken_in_any_theme(page),
        "cut off": cut_off_at(page, sizes),
    }
    return {what: each for what, each in found.items() if each}


# --- Focus ------------------------------------------------------------------------------------------------------------

AIM = "target => { window.aim = target; }"
"""Says which control is looked for. To find it by its role takes longer than all that is then asked about it."""

LOOK_FOR_FOCUS = """() => {
    const target = window.aim;
    if (!target?.isConnected) return null;
    const active = document.activeElement;
    if (!active || active === document.body) return {here: false, back: false, hidden: ""};
    const sameGroup = target.type === "radio" && active.type === "radio" && target.name === active.name
        && target.form === active.form;
    const ringed = [active, active.parentElement, active.closest(".card, .field")].some(each => {
        const style = each && getComputedStyle(each);
        return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    }) || [...active.querySelectorAll(".ring")].some(each => {  // what lies in a drawing has a ring that is drawn
        const style = getComputedStyle(each);
        return style.stroke !== "none" && parseFloat(style.strokeWidth) >= 2;
    });
    const box = active.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
    const on = document.elementFromPoint(x, y);
    const uncovered = on && (active.contains(on) || on.contains(active) || on.closest("label")?.control === active);
    const within = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const fault = !ringed ? "no ring" : !within ? "out of view" : !uncovered ? `behind ${on?.outerHTML.slice(0, 80)}` : "";
    return {
        here: active === target || sameGroup,
        back: !!(target.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_FOLLOWING),
        hidden: fault && `${fault}: ${active.outerHTML.slice(0, 120)}`,
    };
}"""
"""Whether the focus is on this control or its group, whether it is past it, and why it could not be seen; nothing where
the control is gone."""
