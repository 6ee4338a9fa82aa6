"""The screen of a room across that room: every question at every moment fits, is large enough, and can be scanned."""

import io
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from pprint import pformat
from typing import Any

import pytest
import zxingcpp
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from assessments.models import Assessment
from assessments.playbooks import current
from assessments.workshop.joining import join_link
from tests.assessments.workshop.moments import Shown
from tests.factories import answered_like
from tests.journeys.inspection import ABOUT_COLOUR, broken_rules, flaws_in_markup
from tests.journeys.person import Visit
from tests.journeys.test_pseudo_locales import FAULTS
from tests.pseudo import LONG, MIRRORED, speaking

LARGE = {"width": 1920, "height": 1080}
SIZES = (LARGE, {"width": 1024, "height": 768})
ODD_SIZES = (
    *SIZES,
    {"width": 1280, "height": 720},
    {"width": 1366, "height": 1024},
    {"width": 2560, "height": 1080},
    {"width": 3840, "height": 2160},
)
MOMENTS = ("waiting", "open", "revealed", "agreed")
LONGEST_NAME = "Nordhaven Parcel and Freight Forwarding Cooperative of the Eastern Harbours Ltd."

OUT_OF_PLACE = """() => {
    const root = document.documentElement, room = document.querySelector("#room"), found = [];
    const name = each => `${each.tagName.toLowerCase()}.${each.getAttribute("class") || ""} "${each.textContent.trim().slice(0, 40)}"`;
    if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth) found.push("the page scrolls");
    if (room.scrollHeight > room.clientHeight || room.scrollWidth > room.clientWidth) found.push("more than the screen holds");
    for (const each of room.querySelectorAll("*:not(svg *)")) {
        if (each.closest("[hidden], noscript") || !each.checkVisibility()) continue;
        const box = each.getBoundingClientRect();
        if (box.left < 0 || box.top < 0 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5) found.push(`${name(each)} is cut off`);
    }
    const foot = room.querySelector(".foot")?.getBoundingClientRect().top ?? innerHeight;
    for (const each of room.querySelectorAll(".head *, .beside > *, .beside > * > *, .answers > *")) {
        if (each.getBoundingClientRect().bottom > foot + 0.5) found.push(`${name(each)} runs into the foot`);
    }
    for (const each of room.querySelectorAll(".count, .code, .level, .voted b, .number")) {
        const range = document.createRange();
        range.selectNodeContents(each);
        if (new Set([...range.getClientRects()].map(line => Math.round(line.top))).size > 1) found.push(`${name(each)} takes two lines`);
    }
    return found;
}"""
"""What is cut off, scrolls, lies over the foot, or is a figure in two lines."""

SMALL_OR_FAINT = """() => {
    const parts = colour => {
        const numbers = colour.match(/[\\d.]+(e-\\d+)?/g).map(Number);
        return colour.startsWith("color") ? numbers : numbers.map((each, n) => n < 3 ? each / 255 : each);
    };
    const luminance = colour => {
        const [r, g, b] = parts(colour).slice(0, 3).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = each => {
        for (; each; each = each.parentElement) {
            const colour = getComputedStyle(each).backgroundColor;
            if (parts(colour)[3] !== 0) return colour;
        }
    };
    const least = each => each.closest("h1") ? 56 : each.closest(".answer .title") ? 32 : 26, found = [];
    const walker = document.createTreeWalker(document.querySelector("#room"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const holder = node.parentElement;
        if (!node.data.trim() || holder.closest("svg, [hidden], noscript")) continue;
        const style = getComputedStyle(holder), size = parseFloat(style.fontSize);
        if (size < least(holder) - 0.01) found.push(`${size} px: ${node.data.trim()}`);
        const [light, dark] = [luminance(style.color), luminance(ground(holder))].sort((a, b) => b - a);
        const ratio = (light + 0.05) / (dark + 0.05);
        if (ratio < 7) found.push(`${ratio.toFixed(2)} to 1: ${node.data.trim()}`);
    }
    return found;
}"""
"""Words that a room cannot read: below 56 pixels for the question, 32 for answers, 26 for all else, or below 7 to 1."""


@pytest.fixture
def room(transactional_db: None) -> Shown:
    return Shown(answered_like("tallis-software", "Tallis Software"))


@pytest.fixture
def open_screen(visit: Visit, room: Shown) -> Callable[..., Page]:
    """Opens the screen in a browser whose system wishes for the opposite ground."""

    def opened(*, dark: bool = False, **options: Any) -> Page:
        room.workshop.dark = dark
        room.show("before")
        scheme = "light" if dark else "dark"
        return visit(room.path, viewport=LARGE, color_scheme=scheme, reduced_motion="reduce", **options)

    return opened


def show(page: Page, room: Shown, moment: Any, question: str = "do_tst", **given: Any) -> None:
    """Move the room on, and have the screen ask at once."""
    room.show(moment, question, **given)
    page.evaluate("htmx.trigger('#room', 'look')")
    expect(page.locator(f"#room[data-moment={moment}]")).to_be_visible()
    page.wait_for_function(
        "version => document.querySelector('#room').getAttribute('hx-get')?.includes(`v=${version}.`) ?? true",
        arg=room.workshop.version,
    )


def faults(page: Page, sizes: tuple[dict[str, int], ...] = SIZES) -> list[str]:
    """What is out of place at any size, and at the largest too small or too faint."""
    found = []
    for size in sizes:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if size == LARGE:
            found += page.evaluate(SMALL_OR_FAINT)
        found += [f"{size['width']}: {each}" for each in page.evaluate(OUT_OF_PLACE) + page.evaluate(FAULTS)]
    return found


def questions() -> list[str]:
    """Those on which a room votes."""
    return [each.id for each in (*current().capabilities, *current().signals)]


# --- Everything fits ------------------------------------------------------------------------------------------------------


@pytest.mark.look
@pytest.mark.long
@pytest.mark.parametrize(("language", "dark"), [("en", False), (LONG, True)])
def test_every_question_fits_at_every_moment_and_can_be_read_across_the_room(
    open_screen: Callable[..., Page], room: Shown, language: str, *, dark: bool
) -> None:
    broken = {}
    clock = {"timer_ends": timezone.now() + timedelta(minutes=30), "timer_closes": True}
    with speaking(language) if language == LONG else nullcontext({}) as headers:
        page = open_screen(dark=dark, extra_http_headers=headers)
        for question in questions():
            for moment in MOMENTS:
                show(page, room, moment, question, agreed=room.highest(question), **clock)
                if found := faults(page):
                    broken[question, moment] = found
        show(page, room, "ended")
        expect(page.locator(".first")).to_be_visible()
        if found := faults(page):
            broken["ended", ""] = found
    assert not broken, pformat(broken, width=160)


@pytest.mark.look
@pytest.mark.long
@pytest.mark.parametrize("language", ["en", LONG])
def test_all_other_moments_fit_too(
    open_screen: Callable[..., Page], room: Shown, settings: Any, language: str
) -> None:
    settings.PUBLIC_URL = "https://assessments.harbour-consulting.example.com"
    Assessment.objects.update(organisation=LONGEST_NAME)
    room.fill(60)
    broken = {}
    with speaking(language) if language == LONG else nullcontext({}) as headers:
        page = open_screen(extra_http_headers=headers)
        assert page.locator("h1").inner_text() == LONGEST_NAME
        broken["before"] = faults(page, ODD_SIZES)
        show(page, room, "open", counts=(20, 20, 20), number=2, earlier=(1, 7, 3, 2, 0, 1))
        expect(page.locator(".voted")).to_contain_text("60")
        broken["all of sixty"] = faults(page, ODD_SIZES)
        show(page, room, "revealed", counts=(100, 60, 33, 7, 0, 12), number=2, earlier=(1, 7, 3, 2, 0, 1))
        broken["many hands"] = faults(page, ODD_SIZES)
        for moment, counts in {"closed": (1, 4), "revealed": (1, 1), "agreed": (0, 29, 13)}.items():
            show(page, room, moment, "dv_obs", counts=counts)
            broken[moment] = faults(page, ODD_SIZES)
        show(page, room, "revealed", "sig_trust", counts=(12, 30, 14, 4), number=3, earlier=(4, 0, 4))
        broken["symptom"] = faults(page, ODD_SIZES)
        show(page, room, "ended")
        expect(page.locator(".first")).to_be_visible()
        broken["ended"] = faults(page, ODD_SIZES)
    assert not any(broken.values()), pformat(broken, width=160)


@pytest.mark.look
def test_from_right_to_left_the_bars_begin_at_the_right(
    open_screen: Callable[..., Page], room: Shown
) -> None:
    with speaking(MIRRORED) as headers:
        page = open_screen(extra_http_headers=headers)
        for moment in (*MOMENTS, "ended"):
            show(page, room, moment)
            assert not faults(page), moment
            if moment == "revealed":
                title, count, brick = (
                    page.locator(f".answer {each}").first.bounding_box()
                    for each in (".title", ".count", ".bar path")
                )
                assert title
                assert count
                assert brick
                assert title["x"] > brick["x"] + brick["width"] > brick["x"] > 400 > count["x"]


# --- Rules ----------------------------------------------------------------------------------------------------------------


@pytest.mark.look
@pytest.mark.parametrize("dark", [False, True])
def test_no_moment_breaks_a_rule_of_axe(open_screen: Callable[..., Page], room: Shown, *, dark: bool) -> None:
    page = open_screen(dark=dark)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == (
        "dark" if dark else "light"
    )
    broken = {}
    for moment in ("before", "waiting", "open", "closed", "revealed", "agreed", "ended"):
        show(page, room, moment)
        if moment == "ended":
            expect(page.locator(".first")).to_be_visible()
        broken[moment] = [broken_rules(page, ABOUT_COLOUR if dark else None), flaws_in_markup(page)]
    assert not [each for each in broken.values() if any(each)], pformat(broken, width=160)


def test_the_ground_changes_while_it_is_shown(open_screen: Callable[..., Page], room: Shown) -> None:
    page = open_screen()
    room.show("open", dark=True)
    page.evaluate("htmx.trigger('#room', 'look')")
    expect(page.locator("html[data-theme=dark] #room[data-moment=open]")).to_be_visible()


def test_what_is_new_is_said_aloud(open_screen: Callable[..., Page], room: Shown) -> None:
    page = open_screen()
    show(page, room, "revealed")
    expect(page.get_by_role("status")).to_contain_text("run from 0 to 3.")


# --- The code ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["before", "waiting", "open", "closed"])
@pytest.mark.parametrize("dark", [False, True])
def test_the_code_can_be_scanned_from_far_away(
    open_screen: Callable[..., Page], room: Shown, moment: Any, *, dark: bool
) -> None:
    page = open_screen(dark=dark)
    show(page, room, moment)
    box = page.locator(".join img").bounding_box()
    assert box
    link = page.url.partition("/stage/")[0] + join_link(room.workshop)
    assert box["width"] >= 280 * (29 + 8) / 29, "29 modules at least, and the quiet zone beside them"
    seen = Image.open(io.BytesIO(page.screenshot())).convert("L")
    far = seen.resize((seen.width // 4, seen.height // 4), Image.Resampling.BOX)
    assert [each.text for each in zxingcpp.read_barcodes(far)] == [link]


# --- Without scripts --------------------------------------------------------------------------------------------------------


def test_without_scripts_it_moves_on_by_itself_and_ends_with_a_link_to_the_result(
    visit: Visit, room: Shown
) -> None:
    room.show("open")
    page = visit(room.path, viewport=LARGE, java_script_enabled=False)
    expect(page.locator(".voted")).to_contain_text("14 of 16 voted")
    room.show("ended")
    expect(page.locator("h1")).to_have_text("That was it")
    page.get_by_role("link", name="Show the result").click()
    expect(page.locator("h1")).to_contain_text("hold you back")
