"""The settings of the site that is measured: ours as it is in use, with its peers beside it."""

from pathlib import Path

from advisor.settings import *  # noqa: F403  # the settings themselves are what is measured
from advisor.settings import INSTALLED_APPS, TEMPLATES

ROOT_URLCONF = "tests.bench.peers"
INSTALLED_APPS = [*INSTALLED_APPS, "formtools"]
TEMPLATES = [{**TEMPLATES[0], "DIRS": [*TEMPLATES[0]["DIRS"], Path(__file__).parent / "templates"]}]
