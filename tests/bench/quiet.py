"""The settings of the site whose pages are timed one by one: no PDF is made beside them that nobody asked for."""

from tests.bench.site import *  # noqa: F403  all but this one setting

PDF_MADE_AHEAD = False
