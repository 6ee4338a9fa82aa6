"""Everything that is stored of a client, as one archive: each assessment with its data, its result and its PDF."""

import json
from collections.abc import Iterator
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.text import slugify
from django.utils.translation import gettext, ngettext

from assessments.access import Assessment
from assessments.clients import kept_to_themselves, readable_assessments
from assessments.export import data_of
from assessments.workspace.access import Client
from reports.exports.json import to_json
from reports.keeping import pdf_for
from reports.pdf import PdfError
from reports.telling import Report, whole_report_of

PDFS = 5
"""So many PDFs are in one archive, those of the newest assessments: each takes seconds to make."""
IN_MEMORY = 8_000_000
"""Bytes; a larger archive goes to the disk while it is made."""


def archive_of(client: Client) -> IO[bytes]:
    """The archive, to be read from its beginning. What the client keeps to itself is not in it."""
    made = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  whoever sends it closes it
    found = readable_assessments(client)
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for number, assessment in enumerate(found, 1):
            for name, content in _files(assessment, with_pdf=number <= PDFS):
                archive.writestr(f"{number:03}-{_folder(assessment)}/{name}", content)
        archive.writestr("README.txt", _about(client, len(found)))
    made.seek(0)
    return made


def archive_name(client: Client) -> str:
    """ "harrow-pumps-all-data.zip": plain letters, whatever the client is called."""
    return f"{slugify(client.name)[:60].strip('-_') or 'client'}-all-data.zip"


def _folder(assessment: Assessment) -> str:
    return slugify(assessment.unit)[:40].strip("-_") or "whole-organisation"


def _files(assessment: Assessment, *, with_pdf: bool) -> Iterator[tuple[str, bytes | str]]:
    yield "data.json", json.dumps(data_of(assessment), indent=2, ensure_ascii=False)
    try:
        report: Report = whole_report_of(assessment)
    except LookupError:  # its edition was taken away: what was entered is in the data
        return
    yield "result.json", to_json(report)
    if with_pdf:
        with suppress(PdfError):
            yield "report.pdf", pdf_for(assessment, report)


def _about(client: Client, count: int) -> str:
    own = kept_to_themselves(client)
    words = {"client": client.name, "count": count, "own": own, "pdfs": PDFS}
    told = [
        gettext("Everything that this workspace holds of %(client)s.") % words,
        ngettext(
            "%(count)s assessment, in a folder of its own.",
            "%(count)s assessments, a folder each, the newest first.",
            count,
        )
        % words,
        gettext(
            "data.json: what was entered, how it changed, plans, milestones and links, without what opens them."
        )
        % words,
        gettext(
            "result.json: what the rules say about it. Its fields are described at /schema/result.json of the server."
        )
        % words,
        gettext("report.pdf: the report, for the newest %(pdfs)s. The others are on each result page.")
        % words,
    ]
    if own:
        told.append(
            ngettext(
                "%(own)s assessment is not here: the client answers it alone and has not shared it.",
                "%(own)s assessments are not here: the client answers them alone and has not shared them.",
                own,
            )
            % words
        )
    return "\n\n".join(told) + "\n"
