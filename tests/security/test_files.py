"""A hostile picture costs little memory, counted for the whole process, as its decoder is no Python."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.assessments.workspace.logos import BAD, GOOD, claiming

ROOT = Path(__file__).resolve().parents[2]
MOST = 200
"""Megabytes."""

READS = """
import sys
from pathlib import Path
import django
django.setup()
from assessments.answering import RefusedError
from assessments.logos import logo_from
taken = refused = 0
while size := sys.stdin.buffer.read(8):
    data = sys.stdin.buffer.read(int(size))
    try:
        logo_from(data)
        taken += 1
    except RefusedError:
        refused += 1
# Not ru_maxrss, which begins with what the process had that started this one.
most = next(each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmHWM:"))
print(taken, refused, int(most.split()[1]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says how much memory it was")
@pytest.mark.parametrize(
    "files",
    [list(BAD.values()), [*GOOD.values()], [claiming(50_000, 50_000)] * 50],
    ids=("all bad ones", "all good ones", "fifty bombs"),
)
def test_no_picture_takes_much_memory(tmp_path: Path, files: list[bytes]) -> None:
    said = subprocess.run(
        [sys.executable, "-c", READS],
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "DJANGO_SETTINGS_MODULE": "advisor.settings",
            "GROUNDWORK_DATA": str(tmp_path),
        },
        input=b"".join(b"%8d" % len(each) + each for each in files),
        capture_output=True,
        check=True,
        timeout=120,
    )
    taken, refused, most = map(int, said.stdout.split())
    assert taken + refused == len(files)
    assert taken in (0, len(files))
    assert most < MOST
