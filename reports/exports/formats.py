"""The formats of a report that one can take along: what each is for, and who makes it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext

from reports.presenter.numbers import whole
from reports.telling import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """``name`` stands in the address, ``ending`` at the end of the file's name."""

    name: str
    ending: str
    content_type: str
    make: Callable[[Report], bytes]
    slow: bool = False
    """Whether a worker makes it, where there are any: it takes longer than a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A format as a reader chooses it; ``name`` is that of a Format, or "pdf", which is made elsewhere."""

    name: str
    title: str
    says: str
    size: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What serves one purpose."""

    id: str
    title: str
    says: str
    choices: tuple[Choice, ...]


# The writers of workbooks and slides take a while to load, and most processes never need them.


def _xlsx(report: Report) -> bytes:
    from reports.exports.xlsx import to_xlsx

    return to_xlsx(report)


def _pptx(report: Report) -> bytes:
    from reports.exports.pptx import to_pptx

    return to_pptx(report)


def _markdown(report: Report) -> bytes:
    from reports.exports.markdown import to_markdown

    return to_markdown(report.page)


def _json(report: Report) -> bytes:
    from reports.exports.json import to_json

    return to_json(report)


def _jira(report: Report) -> bytes:
    from reports.exports.csv import to_csv

    return to_csv(report, "jira")


def _azure(report: Report) -> bytes:
    from reports.exports.csv import to_csv

    return to_csv(report, "azure")


OFFICE = "application/vnd.openxmlformats-officedocument"
CSV = "text/csv; charset=utf-8; header=present"

FORMATS = {
    each.name: each
    for each in (
        Format(
            name="pptx",
            ending=".pptx",
            content_type=f"{OFFICE}.presentationml.presentation",
            make=_pptx,
            slow=True,
        ),
        Format(name="xlsx", ending=".xlsx", content_type=f"{OFFICE}.spreadsheetml.sheet", make=_xlsx),
        Format(name="jira", ending="-jira.csv", content_type=CSV, make=_jira),
        Format(name="azure", ending="-azure.csv", content_type=CSV, make=_azure),
        Format(name="markdown", ending=".md", content_type="text/markdown; charset=utf-8", make=_markdown),
        Format(name="json", ending=".json", content_type="application/json", make=_json),
    )
}

SIZES = {"pdf": 160, "pptx": 60, "xlsx": 20, "jira": 8, "azure": 8, "markdown": 60, "json": 80}
"""About how many kilobytes a full assessment takes, so that people on the road know what they ask for."""


def shelves() -> tuple[Shelf, ...]:
    """Every format, by what one wants to do with it."""
    return (
        Shelf(
            id="show",
            title=gettext("To read and to show"),
            says=gettext("Finished, in the order of the page."),
            choices=(
                _choice("pdf", gettext("Report as a PDF"), gettext("The whole report on paper, for whoever decides.")),
                _choice(
                    "pptx",
                    gettext("Slides for PowerPoint"),
                    gettext("The main pages as slides that you can change, with the house, the plan and notes for whoever presents."),
                ),
            ),
        ),
        Shelf(
            id="work",
            title=gettext("To go on working"),
            says=gettext("The plan as rows that your team goes on with."),
            choices=(
                _choice(
                    "xlsx",
                    gettext("Workbook for Excel"),
                    gettext("Every answer, level and figure as real numbers, and the roadmap as a plan with a column for its status."),
                ),
                _choice(
                    "jira",
                    gettext("Backlog for Jira"),
                    gettext("An epic for each stage and a story for each move, as a CSV file that Jira imports."),
                ),
                _choice(
                    "azure",
                    gettext("Backlog for Azure DevOps"),
                    gettext("The same as epics and features, as a CSV file that Azure Boards imports."),
                ),
            ),
        ),
        Shelf(
            id="programs",
            title=gettext("For wikis and programs"),
            says=gettext("Plain text that other tools read."),
            choices=(
                _choice(
                    "markdown",
                    gettext("Report as Markdown"),
                    gettext("The whole report with its tables, for a wiki or beside your code."),
                ),
                _choice(
                    "json",
                    gettext("Result as JSON"),
                    gettext("What was answered and everything that follows from it, with every reason and source. The command line reads it back."),
                ),
            ),
        ),
    )  # fmt: skip


def _choice(name: str, title: str, says: str) -> Choice:
    size = gettext("about %(size)s kB") % {"size": whole(SIZES[name])}
    return Choice(name=name, title=title, says=says, size=size)
