"""``python -m reports.pdf``: the process that PDFs are forked from, started by ``reports.pdf.asking`` only."""

import sys

from reports.pdf.forking import serve
from reports.pdf.writing import ready

if __name__ == "__main__":
    sys.exit(serve(ready))
