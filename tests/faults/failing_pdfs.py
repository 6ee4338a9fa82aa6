"""The server as it is shipped, whose PDFs fail as a file says: what is started instead of ``advisor.wsgi``.

That file, ``pdf-fault`` in the data folder, holds "hang", "memory", "crash", "finish", or nothing.
"""

import os
import sys
from pathlib import Path

from reports import pdf
from reports.pdf.asking import Template
from reports.pdf.limits import Limits

WALL_SECONDS = 12.0
MEMORY = 1024**3

PROGRAM = """
import os, pathlib, signal, sys, time
from reports.pdf import finishing, writing
from reports.pdf.forking import serve

made, end = writing.ready(), finishing.END_OF_CLAIMS

def write(*given):
    fault = pathlib.Path(sys.argv[1]).read_text()
    if fault == "hang":
        while True:
            pass
    if fault == "memory":
        held = [bytearray(64 * 1024**2) for _ in range(64)]
    if fault == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    finishing.END_OF_CLAIMS = b"</nothing>" if fault == "finish" else end
    return made(*given)

sys.exit(serve(lambda: write))
"""

file = Path(os.environ["GROUNDWORK_DATA"]) / "pdf-fault"
pdf.LIMITS = Limits(wall_seconds=WALL_SECONDS, memory_bytes=MEMORY)
pdf.TEMPLATE = Template((sys.executable, "-c", PROGRAM, str(file)))

from advisor.wsgi import application  # noqa: E402, F401  # which starts the process above
