"""``make pdfcheck``: what outloud, a second and independent checker, finds in the PDFs of the samples.

It rests on a library under the AGPL and weighs three hundred megabytes, so it is no dependency: it is fetched into an
environment of its own when somebody asks for its opinion. The tests ask pdfua.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / ".uv" / "outloud"
WANTED = "outloud==0.2.1"


def main() -> int:
    """0 if nothing is found."""
    checker = _checker()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GROUNDWORK_DATA"] = folder
        return subprocess.run(
            [checker, "--fail-on", "warning", *_printed(Path(folder))], check=False
        ).returncode


def _checker() -> Path:
    program = PLACE / "bin" / "outloud"
    if not program.exists():
        own = ROOT / ".uv" / "bin" / "uv"
        uv = str(own) if own.exists() else shutil.which("uv")
        if not uv:
            raise SystemExit("No uv was found: run `make setup` first.")
        for words in (
            ["venv", "--clear", "--python", sys.executable, PLACE],
            ["pip", "install", "--python", PLACE / "bin" / "python", WANTED],
        ):
            subprocess.run([uv, "--quiet", *words], check=True)
    return program


def _printed(folder: Path) -> list[Path]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advisor.settings")
    import django

    django.setup()
    from assessments.samples import samples
    from reports.printing import pdf_of
    from tests.reports.pages import sample_page

    files = []
    for sample in samples():
        for size in ("a4", "letter"):
            file = folder / f"{sample.slug}-{size}.pdf"
            file.write_bytes(pdf_of(sample_page(sample.slug), size))
            files.append(file)
    return files


if __name__ == "__main__":
    sys.exit(main())
