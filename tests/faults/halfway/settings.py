"""The settings as they are, with one migration more."""

from advisor.settings import *  # noqa: F403

MIGRATION_MODULES = {"assessments": "tests.faults.halfway.migrations"}
