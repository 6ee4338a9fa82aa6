"""What all tests share: where the browser is, where data goes, and what is said when journeys are left out."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.test import override_settings

from tests.door import DOOR
from tests.frames import roomy
from tests.redis import REMEDY as REDIS_REMEDY
from tests.redis import find_redis, running_redis

# Playwright's synchronous interface runs an event loop in the test's thread, where Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# Behind tests that keep every core busy a PDF would wait for minutes; a test of its own lets it stand back.
os.environ.setdefault("GROUNDWORK_PDF_NICENESS", "0")

# How long something takes is measured by `make bench`, never here, where every core is busy.
hypothesis.settings.register_profile("groundwork", deadline=None)
hypothesis.settings.load_profile("groundwork")

# The first is the same engine without the windows around it, which nobody sees here: it opens a page in half the time.
BROWSERS = (
    "chromium-headless-shell",
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
)
REMEDY = "apt-get install chromium-headless-shell, or chromium, or name one in GROUNDWORK_CHROMIUM"
SKIPPED = pytest.StashKey[int]()

# Chromium heeds one such list, the last: so this begins with what Playwright switches off. The rest is an address bar
# that is a page itself; every new window loads it, which takes as long as a page of ours.
SWITCHED_OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,AvoidCorsURLLoaderRestartOnRedirect,DestroyProfileOnBrowserClose,"
    "HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,AimEnabled,PreconnectToSearch,"
    "ThirdPartyStoragePartitioning,OptimizationHints,NetworkTimeServiceQuerying,"
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"
)


def find_chromium() -> str | None:
    """The Chromium to test with, if there is one; it is never downloaded."""
    named = os.environ.get("GROUNDWORK_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)


CHROMIUM = find_chromium()


# --- Browser journeys -------------------------------------------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "scripts: a journey about what scripts add, so it is not made without them; ten at most"
    )
    config.addinivalue_line(
        "markers",
        "look: goes through page after page for what can be seen to be wrong with them; `make look` runs these, `make test` all others",
    )
    config.addinivalue_line(
        "markers",
        "long: takes ten seconds or so, and is begun before the other journeys: no core waits for it at the end",
    )
    if CHROMIUM is None and os.environ.get("GROUNDWORK_REQUIRE_BROWSER") == "1":
        raise pytest.UsageError(f"GROUNDWORK_REQUIRE_BROWSER is set, but no Chromium was found: {REMEDY}.")
    if find_redis() is None and os.environ.get("GROUNDWORK_REQUIRE_REDIS") == "1":
        raise pytest.UsageError(f"GROUNDWORK_REQUIRE_REDIS is set, but no Redis was found: {REDIS_REMEDY}.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.setup, item.runtest = roomy(item.setup), roomy(item.runtest)  # type: ignore[method-assign]
        if "browser" not in getattr(
            item, "fixturenames", ()
        ):  # what `page`, `context` and their like rest upon
            continue
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium"))
    items.sort(key=_turn)


def pytest_collection_finish() -> None:
    """Look for cycles as seldom as the server does, and never among all that was loaded once."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_runtest_setup() -> None:
    DOOR.open()


def _turn(item: pytest.Item) -> tuple[int, str]:
    """Journeys come last, as whatever empties the database does, and the long ones among them first.

    Tests of one acceptance case stand together, so that its page is made once for all of them.
    """
    if item.get_closest_marker("browser"):
        return (1 if item.get_closest_marker("long") else 2), ""
    case = item.callspec.params.get("case") if hasattr(item, "callspec") else None
    return 0, str(case["id"]) if isinstance(case, dict) and "id" in case else ""


def pytest_terminal_summary(terminalreporter: Any) -> None:
    journeys = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if "no Chromium" in str(report.longrepr)
    ]
    if journeys:
        terminalreporter.write_line(
            f"{len(journeys)} browser journeys were skipped: no Chromium was found ({REMEDY}).", yellow=True
        )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium of this machine, quietly and without a word to anyone outside."""
    return browser_type_launch_args | {
        "executable_path": CHROMIUM,
        "args": [
            "--headless",
            "--no-sandbox",  # containers run as root, and Chromium's sandbox does not
            "--disable-gpu",
            "--font-render-hinting=none",  # the shell alone would move letters to whole pixels, on paper too
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--disable-features={SWITCHED_OFF}",
            "--renderer-process-limit=1",  # one for every page takes longer to start than to share
        ],
    }


# --- A cache that machines share ----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def redis_socket() -> Iterator[str]:
    """The CACHE_URL of a Redis for these tests alone."""
    if find_redis() is None:
        pytest.skip(f"no Redis: {REDIS_REMEDY}")
    with running_redis() as server:
        yield server.url


# --- Surroundings -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def plain_static_files() -> Iterator[None]:
    """Serve static files as they lie in static/: tests need no `collectstatic`, and none that is out of date."""
    plain = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        STORAGES=plain, STATIC_ROOT=None, WHITENOISE_AUTOREFRESH=True, WHITENOISE_USE_FINDERS=True
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A data folder for each process of the tests: in a common one they would wait for each other's PDFs."""
    folder = tmp_path_factory.mktemp("data")
    with override_settings(DATA_DIR=folder, ERASURES_FILE=folder / "erased.txt"):
        yield


@pytest.fixture(scope="session", autouse=True)
def no_pdf_ahead() -> Iterator[None]:
    """Make PDFs when they are asked for only; tests that are about those made ahead switch it on."""
    with override_settings(PDF_MADE_AHEAD=False):
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_hashing() -> Iterator[None]:
    """Passwords are worked on a few times only: nobody attacks those of tests."""
    with override_settings(PASSWORD_HASHERS=["tests.factories.QuickHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def bare_flush() -> Iterator[None]:
    """Whoever empties the database leaves it empty: rights by kind of row, which Django would write anew, nobody uses."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.management.commands.flush.emit_post_migrate_signal", lambda *_, **__: None)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Test against a file, as in use: SQLite locks a database in memory by other rules, and never waits for it."""
    from django.conf import settings

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        folder: Path = tmp_path_factory.mktemp("database")
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")
    else:  # fifty people at once, each of whom keeps a connection, are more than a server has threads for
        del settings.DATABASES["default"]["OPTIONS"]["pool"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Between tests every table is emptied, which the trail would refuse; tests of its own protect it again."""
    from django.db import connection

    from assessments.trail import unprotect, unprotect_seals

    with django_db_blocker.unblock():
        unprotect(connection)
        unprotect_seals(connection)
