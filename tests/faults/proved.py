"""Faults that tests inject by themselves: which ones, run in one go, and what came of each."""

import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

from tests.bench.server import ROOT
from tests.faults.fault import Fault, Seen, Where

SAVING = "tests/journeys/test_saving.py"
VOTING = "tests/assessments/workshop/test_voting.py"
PDFS = "tests/reports/test_pdf_process.py"

PROVED: dict[tuple[str, str], list[str]] = {
    ("F-01", "no network while saving"): [f"{SAVING}::test_a_minute_offline"],
    ("F-02", "the answer is lost on its way"): [
        f"{SAVING}::test_a_save_that_fails_is_tried_again",
        f"{SAVING}::test_whoever_goes_on_without_a_server_loses_nothing",
        "tests/assessments/test_saving.py::test_the_same_body_twice_is_one_row_and_one_line",
    ],
    ("F-03", "saves overtake each other"): [
        f"{SAVING}::test_a_save_that_arrives_late_changes_nothing",
        "tests/assessments/test_saving.py::test_what_arrives_late_is_dropped",
        "tests/assessments/test_ordering.py",
    ],
    ("F-04", "sent twice, and loaded again"): [
        "tests/journeys/test_keeping.py::test_a_double_click_begins_one_assessment",
        "tests/journeys/test_answering.py::test_sent_twice_in_a_hurry_is_one_answer",
        "tests/assessments/test_once.py",
    ],
    ("F-05", "two facilitators at once"): [
        f"{VOTING}::test_of_two_facilitators_at_the_same_moment_one_wins_and_the_other_hears_who"
    ],
    ("F-06", "a vote at the moment of the reveal"): [
        f"{VOTING}::test_a_vote_at_the_moment_of_the_reveal_is_shown_or_refused_and_never_added_later"
    ],
    ("F-08", "balancers hear of the end first"): [
        "tests/operating/test_running.py::test_asked_to_end_it_finishes_what_it_has_begun"
    ],
    ("F-09", "a page while the server puts it off"): [
        f"{SAVING}::test_a_save_that_fails_is_tried_again",
        "tests/advisor/test_away.py",
    ],
    ("F-13", "a font or a logo is missing"): [
        f"{PDFS}::test_a_missing_font_is_a_warning_and_a_missing_style_sheet_no_pdf",
        "tests/reports/test_brand.py::test_a_logo_that_is_damaged_is_left_out_and_written_down",
    ],
    ("F-14", "a phone with a wrong clock"): [
        "tests/journeys/test_room.py::test_a_clock_that_is_wrong_shows_the_right_time"
    ],
    ("F-16", "a new edition while assessments are open"): [
        "tests/assessments/test_new_edition.py",
        "tests/advisor/engine/test_cases.py",
    ],
    ("F-18", "backups that are old, cut off, or foreign"): ["tests/operating/test_backups.py"],
    ("F-19", "the cache is away, room by room"): ["tests/test_cache_away.py"],
    ("F-20", "the mail server is away, or says 451"): [
        "tests/assessments/test_letters.py::test_a_mail_server_that_puts_it_off_gets_it_later_and_once",
        "tests/assessments/test_letters.py::test_a_mail_server_that_is_down_is_no_error_for_anybody",
        "tests/assessments/test_send_link.py::test_a_mail_server_that_is_down_is_said_and_the_link_is_still_there",
        "tests/assessments/test_send_link.py::test_a_mail_server_that_puts_it_off_is_no_error_either",
    ],
    ("F-22", "every session is cleared"): [
        "tests/assessments/workshop/test_sessions_lost.py",
        "tests/journeys/test_room.py::test_a_phone_that_lost_its_cookie_is_led_back_in",
    ],
    ("F-23", "a mistake in any view"): [
        "tests/assessments/test_broken.py",
        "tests/assessments/test_requests.py::test_page_and_log_of_a_mistake_have_the_same_reference",
    ],
    ("F-24", "extremes of Unicode"): ["tests/assessments/test_unicode.py"],
    ("F-25", "back after deleting"): [
        "tests/journeys/test_keeping.py::test_after_deleting_the_way_back_says_when_it_was",
        "tests/assessments/test_delete.py",
    ],
}
"""(fault, name) -> tests: a file, or one test of it with all its cases."""


class Proofs:
    """The outcome of all of them, worked out once for a run."""

    def __init__(self, wanted: list[tuple[str, str]]) -> None:
        self.wanted = wanted
        self._outcomes: dict[str, list[str]] | None = None
        self.seconds = 0.0

    def faults(self) -> list[Fault]:
        return [Fault(number, name, self._seen((number, name))) for number, name in self.wanted]

    def _seen(self, key: tuple[str, str]) -> Callable[[Where], Seen]:
        return lambda where: self._judge(PROVED[key], where)

    def _judge(self, nodes: list[str], where: Where) -> Seen:
        outcomes = self._run(where)
        passed = failed = skipped = 0
        seen = Seen(injected="")
        for node in nodes:
            found = [
                said
                for name, said in outcomes.items()
                if name == node or name.startswith((f"{node}::", f"{node}["))
            ]
            every = [each for some in found for each in some]
            seen.expect(bool(every), f"{node} was not run")
            passed += every.count("passed")
            failed += every.count("failed")
            skipped += every.count("skipped")
            seen.expect("failed" not in every, f"{node} failed")
        seen.expect(passed > 0, "nothing of it could be run here")
        seen.injected = f"{passed} tests passed" + (f", {failed} failed" if failed else "")
        if skipped:
            seen.remarks.append(f"{skipped} cases were skipped, which belong elsewhere or need a Chromium")
        return seen

    def _run(self, where: Where) -> dict[str, list[str]]:
        if self._outcomes is None:
            nodes = sorted({node for key in self.wanted for node in PROVED[key]})
            begun = time.monotonic()
            with tempfile.TemporaryDirectory() as folder:
                report = Path(folder, "report.xml")
                start = [sys.executable, "-m", "tests.postgres"] if where.db == "postgres" else []
                tests = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal"]
                subprocess.run(
                    [*start, *tests, f"--junitxml={report}", *nodes],
                    cwd=ROOT,
                    stdout=subprocess.DEVNULL,
                    check=False,
                )
                self._outcomes = _read(report) if report.exists() else {}
            self.seconds = time.monotonic() - begun
        return self._outcomes


def _read(report: Path) -> dict[str, list[str]]:
    """By test, without its cases: how each of them ended."""
    found: dict[str, list[str]] = {}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314  # pytest has just written it
        file = case.get("classname", "").replace(".", "/") + ".py"
        name = re.sub(r"\[.*", "", case.get("name", ""), flags=re.DOTALL)
        kinds = {each.tag for each in case}
        said = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
        found.setdefault(f"{file}::{name}", []).append(said)
    return found
