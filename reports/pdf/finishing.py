"""What WeasyPrint leaves to do for PDF/UA-1 and PDF/A-3a in one file, done before the file is written.

Works on the objects that WeasyPrint is about to write, so nothing is read back. Anything unexpected raises, and then
there is no PDF: a report that claims to be accessible and is not helps nobody.
"""

from collections.abc import Iterator
from typing import Any

import pydyf

PRINTED = 4
"""The flag of an annotation that says that it is printed."""

FOOTER = pydyf.Dictionary({"Type": "/Pagination", "Subtype": "/Footer"})

UA_CLAIM = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""PDF/A knows no PDF/UA, so the claim comes with its explanation."""
END_OF_CLAIMS = b"</rdf:RDF>"


class FinishingError(Exception):
    """The PDF is not what this step knows how to finish."""


def finish(_: Any, pdf: pydyf.PDF) -> None:
    """Finish a tagged PDF in place; the two arguments are those that WeasyPrint gives. Raises FinishingError."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    reached = set(_reachable(pdf, root))
    _scope_headers(pdf, reached)
    _mark_footers(pdf, _object(pdf, root["ParentTree"]), reached)
    for each in pdf.objects:
        if isinstance(each, pydyf.Dictionary) and each.get("Subtype") == "/Link":
            each["F"] = PRINTED
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))  # WeasyPrint names each file twice
    _claim(_object(pdf, pdf.catalog["Metadata"]))


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[_number(reference)]


def _number(reference: bytes) -> int:
    """ "12 0 R" -> 12."""
    number, _, r = reference.split()
    if r != b"R":
        raise FinishingError(f"this is no reference: {reference!r}")
    return int(number)


def _reachable(pdf: pydyf.PDF, root: Any) -> Iterator[int]:
    """The numbers of all elements of the structure below its root."""
    waiting = [_number(each) for each in root["K"]]
    while waiting:
        number = waiting.pop()
        yield number
        kids = pdf.objects[number].get("K", ())
        waiting += [_number(each) for each in kids if isinstance(each, bytes)]


def _scope_headers(pdf: pydyf.PDF, reached: set[int]) -> None:
    """Say of each header cell what it heads: those in the head of a table columns, all others rows."""
    for number in reached:
        cell = pdf.objects[number]
        if cell.get("S") == "/TH":
            group = _object(pdf, _object(pdf, cell["P"])["P"])
            cell["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _mark_footers(pdf: pydyf.PDF, tree: Any, reached: set[int]) -> None:
    """What stands in no structure is the running footer: take it out of the reading order."""
    pages = [_object(pdf, reference) for reference in pdf.page_references]
    for index, elements in zip(tree["Nums"][::2], tree["Nums"][1::2], strict=True):
        if index >= len(pages):  # what follows are annotations
            continue
        lost = {mcid for mcid, each in enumerate(elements) if _number(each) not in reached}
        marked = _mark_as_footer(_object(pdf, pages[index]["Contents"]).stream, lost)
        if marked != lost:
            raise FinishingError(f"on page {index + 1} the marks {lost - marked} were not found")
        for mcid in lost:
            _object(pdf, elements[mcid]).clear()
            elements[mcid] = b"null"


def _mark_as_footer(stream: list[Any], lost: set[int]) -> set[int]:
    """Make artifacts of the marked content with these numbers; the numbers that were found."""
    found = set()
    for place, item in enumerate(stream):
        if isinstance(item, pydyf.Dictionary) and (mcid := item.get("MCID")) in lost:
            if stream[place + 1] != b"BDC":
                raise FinishingError(f"the mark {mcid} begins nothing")
            stream[place - 1], stream[place] = "/Artifact", FOOTER
            found.add(mcid)
    return found


def _claim(metadata: Any) -> None:
    """Add to the claim of PDF/A that of PDF/UA."""
    text = b"".join(metadata.stream)
    if text.count(END_OF_CLAIMS) != 1:
        raise FinishingError("the metadata are not what they used to be")
    metadata.stream = [text.replace(END_OF_CLAIMS, UA_CLAIM + END_OF_CLAIMS)]
