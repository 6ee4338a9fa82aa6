"""What can go wrong when a PDF is made."""


class PdfError(Exception):
    """The PDF could not be made; the message says why, in words for whoever runs Groundwork."""


class PdfBusyError(PdfError):
    """Too many PDFs are being made; it is worth trying again in a moment."""
