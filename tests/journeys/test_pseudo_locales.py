"""Every page in two invented languages: one with longer words, one that runs from right to left."""

import re
from collections.abc import Callable, Iterator
from pprint import pformat

import pytest
from playwright.sync_api import Page

from assessments.answering import record_answer
from assessments.milestones import keep
from assessments.models import Assessment
from assessments.playbooks import current
from assessments.samples import samples, store_sample
from assessments.scenarios import keep_scenario
from tests.assessments.conftest import answer_everything
from tests.factories import AssessmentFactory
from tests.journeys.conftest import enter, go, sign_in
from tests.journeys.desks import furnish, pages_of
from tests.journeys.inspection import broken_rules
from tests.journeys.person import Visit
from tests.pseudo import LONG, MIRRORED, long, mirrored, speaking

PAGES = [
    "/", "/method/", "/privacy/", "/accessibility/", "/deleted/", "/nowhere/", "/sample/", "sample", "link",
    "scope/", "keep/", "share/", "q/stated/", "q/c_roles/", "q/c_tools/", "q/c_capacity_fte/", "q/dv_ci/", "q/dv_cd/", "q/do_tst/",
    "q/ml_trn/", "q/sig_check/", "review/", "", "delete/", "sheet/organisation/", "sheet/mlops/", "sheet/symptoms/", "/left/",
    "plan/", "plan/reset/", "figures/", "take/", "milestones/", "milestones/1/rename/", "milestones/1/delete/", "compare/", "recheck/",
    "what-if/", "what-if/?do_tst=4&dv_cd=0&dv_ci=3&nonsense=1", "what-if/1/", "what-if/1/delete/",
]  # fmt: skip
"""Each kind of question with and without an answer, and whatever lies around them."""

WIDTHS = (320, 390, 1280)

type Walk = Callable[..., Iterator[tuple[str, Page]]]


@pytest.fixture
def assessment(transactional_db: None) -> Assessment:
    assessment = AssessmentFactory(organisation="Harrow Pumps", scope="The service portal")
    answer_everything(assessment, c_models="1")
    keep(assessment=assessment, name="Harrow Pumps")
    record_answer(assessment=assessment, question="dv_env", value=3)
    record_answer(assessment=assessment, question="dv_ci", value="unknown", note="Ask Ana")
    assessment.answers.filter(question__in=["sig_lead", "dv_cd", "c_tools", "c_capacity_fte"]).delete()
    keep_scenario(assessment=assessment, name="Harrow Pumps", levels={"dv_env": 3, "do_own": 2})
    return assessment


@pytest.fixture
def walk(visit: Visit, assessment: Assessment) -> Walk:
    """Opens every page in turn, in a browser that asks for this language."""

    def every_page(language: str, paths: list[str] = PAGES, **options: object) -> Iterator[tuple[str, Page]]:
        sample = samples()[1]
        store_sample(sample)
        with speaking(language) as headers:
            page = enter(visit, assessment, extra_http_headers=headers, reduced_motion="reduce", **options)
            for path in paths:
                go(page, assessment, f"/sample/{sample.slug}/" if path == "sample" else path)
                assert page.locator("html").get_attribute("lang") == language
                yield path, page
            if paths is PAGES:
                user = furnish(workspace="Nordhaven Parcel", client="Harrow Pumps", unit="The service portal")
                sign_in(page, user)
                for path in pages_of(user):
                    page.goto(path)
                    yield path, page

    return every_page


# --- The instrument itself ----------------------------------------------------------------------------------------------


def test_longer_words_keep_what_a_translator_keeps() -> None:
    assert long("%(done)s of 18 <b>blocks</b>") == "[%(done)s öööf 18] <b>[bļöööçķš]</b>"
    words = "A few short questions about facts."
    assert 1.35 <= len(long(words)) / len(words) <= 1.5
    assert long("42 %") == "42 %"


def test_mirrored_words_are_turned_one_by_one() -> None:
    assert mirrored("Level 2 {unit}") == "\u200f\u202eLevel\u202c\u200f 2 {unit}"


# --- Longer words -------------------------------------------------------------------------------------------------------

FAULTS = """() => {
    const root = document.documentElement, faults = [];
    const name = each => `${each.tagName.toLowerCase()}.${each.getAttribute("class") || ""}`.replace(/ /g, ".");
    const about = (node) => `${name(node.parentElement)} "${node.data.trim().slice(0, 40)}"`;
    const remembered = (tell) => {
        const told = new Map();
        return (each) => (told.has(each) ? told : told.set(each, tell(each))).get(each);
    };
    const unseen = remembered((each) => !each.checkVisibility({ visibilityProperty: true }) || each.closest(".skip-link, textarea, input")
        || (getComputedStyle(each).clipPath !== "none") || (each.parentElement && each.parentElement !== root && unseen(each.parentElement)));
    const scrolls = remembered((each) => each && each !== root && (/auto|scroll/.test(getComputedStyle(each).overflowX) || scrolls(each.parentElement)));
    // what a box of its own scrolling does not show just now
    const scroller = remembered((each) => each && each !== root && (/auto|scroll/.test(getComputedStyle(each).overflowY) ? each : scroller(each.parentElement)));
    const scrolledAway = (box, frame) => frame && (box.bottom > frame.getBoundingClientRect().bottom || box.top < frame.getBoundingClientRect().top);
    const within = (inner, outer, by = 1.5) => inner.left >= outer.left - by && inner.right <= outer.right + by
        && inner.top >= outer.top - 6 && inner.bottom <= outer.bottom + 6;
    const meet = (one, other) => Math.min(Math.min(one.right, other.right) - Math.max(one.left, other.left),
        Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)) > 2;
    // the letters themselves; the boxes of tight lines reach into each other
    const core = (box) => ({ left: box.left, right: box.right, top: box.top + box.height * 0.28, bottom: box.bottom - box.height * 0.28 });

    if (root.scrollWidth > root.clientWidth) faults.push(`the page scrolls sideways by ${root.scrollWidth - root.clientWidth}`);
    for (const each of document.querySelectorAll("body *")) {
        if (/hidden|clip/.test(getComputedStyle(each).overflowX) && each.scrollWidth > each.clientWidth + 1 && !unseen(each) && !each.closest("svg, input"))
            faults.push(`${name(each)} cuts its content off`);
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), words = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.data.trim() || node.parentElement.closest("script, title") || unseen(node.parentElement)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const frame = scroller(node.parentElement);
        words.push({ node, boxes: [...range.getClientRects()].filter(box => box.width > 1 && !scrolledAway(box, frame)) });
    }
    const frames = ".card, .button, .banner, .error-summary, .tag, td, th, .brand, .header > .sheet, .footer > .sheet, .rows > *, .storey, .progress, .layer, .chip, svg, main > .sheet";
    for (const { node, boxes } of words) {
        const frame = node.parentElement.closest(frames);
        if (scrolls(node.parentElement)) continue;
        for (const box of boxes) {
            if (box.left < -1 || box.right > root.clientWidth + 1) faults.push(`${about(node)} leaves the window`);
            else if (frame && !within(box, frame.getBoundingClientRect())) faults.push(`${about(node)} leaves its ${name(frame)}`);
        }
    }
    const parts = words.flatMap(({ node, boxes }) => boxes.map(box => ({ node, box: core(box) })));
    parts.sort((one, other) => one.box.top - other.box.top);
    for (let n = 0; n < parts.length; n++) {
        for (let m = n + 1; m < parts.length && parts[m].box.top < parts[n].box.bottom; m++) {
            if (parts[n].node !== parts[m].node && meet(parts[n].box, parts[m].box)) faults.push(`${about(parts[n].node)} runs into ${about(parts[m].node)}`);
        }
    }
    const solid = [...document.querySelectorAll(".card, .button, .input")].filter(each => !unseen(each))
        .map(each => ({ each, box: each.getBoundingClientRect() }));
    // what is pinned to the edge of the window lies over what scrolls by beneath it
    const pinned = remembered((each) => each && (getComputedStyle(each).position === "sticky" || pinned(each.parentElement)));
    for (const { each, box } of solid) {
        for (const other of solid) {
            if (pinned(each) !== pinned(other.each)) continue;
            if (meet(box, other.box) && !each.contains(other.each) && !other.each.contains(each)) faults.push(`${name(each)} lies over ${name(other.each)}`);
        }
        for (const { node, box: letters } of parts) {
            if (pinned(each) !== pinned(node.parentElement)) continue;
            if (meet(box, letters) && !each.contains(node)) faults.push(`${name(each)} lies over ${about(node)}`);
        }
    }
    return [...new Set(faults)];
}"""
"""What a reader would call broken: text cut off, outside its box, or printed over other text."""


def faults_at(page: Page, widths: tuple[int, ...] = WIDTHS) -> dict[int, list[str]]:
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        if faults := page.evaluate(FAULTS):
            found[width] = faults
    return found


@pytest.mark.look
def test_the_detector_sees_what_it_is_for(visit: Visit) -> None:
    page = visit("/privacy/", viewport={"width": 390, "height": 800})
    assert page.evaluate(FAULTS) == []
    page.set_content(
        """<div class="button" id="narrow">Continue</div><p id="one">Printed over</p><p id="two">each other</p>
        <div id="cut">Verantwortlichkeit</div>"""
    )
    page.evaluate("""() => {
        Object.assign(document.querySelector("#narrow").style, { width: "2rem", display: "block" });
        Object.assign(document.querySelector("#two").style, { position: "absolute", top: document.querySelector("#one").offsetTop + "px", margin: 0 });
        Object.assign(document.querySelector("#cut").style, { width: "3rem", overflow: "hidden" });
    }""")
    found = " / ".join(page.evaluate(FAULTS))
    assert re.search(r'"Continue" leaves its div.button', found)
    assert re.search(
        r'"Printed over" runs into .*"each other"|"each other" runs into .*"Printed over"', found
    )
    assert "cuts its content off" in found


@pytest.mark.look
@pytest.mark.parametrize("language", [LONG, MIRRORED])
def test_no_page_breaks_when_something_has_to_be_put_right(walk: Walk, language: str) -> None:
    broken = {}
    for path, page in walk(language, ["q/dv_cd/", "q/c_tools/", "q/c_capacity_fte/"]):
        page.locator(".question-form .button").click()
        page.locator(".error-summary").wait_for()
        if found := faults_at(page):
            broken[path] = found
    assert not broken, pformat(broken, width=160)


# --- No word beside the catalogue -----------------------------------------------------------------------------------------

LITERALS = """() => {
    const texts = [];
    const add = (where, text) => text && text.trim() && texts.push([where, text]);
    const read = (root) => {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const parent = node.parentElement;
            if (parent && !parent.closest("script, bdi, textarea, code, .code")) add(`${parent.tagName}.${parent.getAttribute("class") || ""}${parent.closest("svg") ? " svg" : ""}`, node.data);
        }
        for (const each of root.querySelectorAll("*")) {
            for (const attribute of ["aria-label", "alt", "title", "placeholder"]) add(`${each.tagName} ${attribute}`, each.getAttribute(attribute));
            for (const [key, value] of Object.entries(each.dataset)) if (!["when", "copy", "state"].includes(key)) add(`${each.tagName} data-${key}`, value);
        }
    };
    read(document.body);
    for (const template of document.querySelectorAll("template")) read(template.content);
    add("title", document.title);
    return texts;
}"""

NOT_TRANSLATED = re.compile(
    r"Groundwork|UTC|Harrow Pumps|The service portal|Nordhaven Parcel"  # the brand, the time zone, names that users gave
    r"|https?://\S+|WCAG|\b[RDP]-?[A-Z0-9-]*\d[\w-]*\b"  # addresses and ids
)
BRACKETED = re.compile(r"\[[^\[\]]*\]")
HALF = re.compile(r"^[^\[\]]*\]|\[[^\[\]]*$")
"""What is left of brackets around a figure that is printed larger than its sentence."""
ACCENTED = re.compile(r"[^\x00-\xff]|[åçéîöû]", re.IGNORECASE)


def literals(page: Page, published: re.Pattern[str]) -> list[str]:
    """Every text of the page that no catalogue knows; what others have published keeps its title everywhere."""
    found = []
    for where, text in page.evaluate(LITERALS):
        rest, before = published.sub("", text), ""
        while rest != before:
            rest, before = BRACKETED.sub("", rest), rest
        rest = HALF.sub("", rest)
        if "svg" in where and ACCENTED.search(text):
            continue  # drawings break long text into lines, so that both brackets may stand on other ones
        if re.search(r"[^\W\d_]{2,}", NOT_TRANSLATED.sub("", rest)):
            found.append(f"{where}: {rest.strip()[:80]}")
    return list(dict.fromkeys(found))


@pytest.mark.look
@pytest.mark.long
def test_longer_words_break_no_page_and_each_comes_from_a_catalogue_or_the_playbook(walk: Walk) -> None:
    titles = {words for each in current().sources for words in (each.title, each.publisher) if words}
    published = re.compile("|".join(map(re.escape, sorted(titles, key=len, reverse=True))))
    found = {path: [faults_at(page), literals(page, published)] for path, page in walk(LONG)}
    found = {path: faults for path, faults in found.items() if any(faults)}
    assert not found, pformat(found, width=160)


# --- Right to left --------------------------------------------------------------------------------------------------------


@pytest.mark.look
def test_the_layout_turns_around(walk: Walk) -> None:
    def middle(selector: str) -> float:
        box = page.locator(selector).first.bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2

    for path, page in walk(MIRRORED, ["q/dv_ci/", "/"], viewport={"width": 1280, "height": 900}):
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert middle(".brand") > 1000
        assert middle(".footer p") > 640
        if path == "/":
            drawing, card = (
                page.locator(each).bounding_box() for each in (".house-landing", ".floor-devops")
            )
            assert drawing is not None
            assert card is not None
            assert card["x"] + card["width"] == pytest.approx(drawing["x"], abs=1.5), "where its lines begin"
            continue
        assert middle("#saved, .header .status") < 300
        assert middle(".back a >> nth=0") > middle(".back a >> nth=1")
        assert middle(".back a") > 1000
        assert middle(".card input") > middle(".card label")
        assert middle(".progress") < 400
        assert middle(".actions .button") > middle(".actions .link")


ABOUT_DIRECTION = [
    *("target-size", "color-contrast", "link-in-text-block"),  # where things lie, and what they lie upon
    "scrollable-region-focusable",  # how wide things are
    *("html-has-lang", "html-lang-valid", "valid-lang"),
]
"""Mirrored pages have the elements and attributes of any other; these rules are the ones that see more."""


@pytest.mark.look
@pytest.mark.long
def test_no_page_breaks_from_right_to_left_and_no_rule_of_axe_is_broken(walk: Walk) -> None:
    found = {path: [broken_rules(page, ABOUT_DIRECTION), faults_at(page)] for path, page in walk(MIRRORED)}
    found = {path: faults for path, faults in found.items() if any(faults)}
    assert not found, pformat(found, width=160)
