"""What WeasyPrint leaves to do for PDF/UA-1 and PDF/A-3a in one file, done before the file is written.

Works on the objects that WeasyPrint is about to write, so nothing is read back. Anything unexpected raises, and then
there is no PDF: a report that claims to be accessible and is not helps nobody.
"""

import zlib
from collections.abc import Iterator
from typing import Any

import pydyf  # type: ignore[import-untyped]

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

COMPRESSION = 6
"""Of 9: the highest takes longer and saves two bytes of a hundred."""


class Settled(pydyf.Object):
    """An object as the bytes that stand for it: they are asked for twice, for the file and for its identifier."""

    def __init__(self, found: pydyf.Object) -> None:
        super().__init__()
        self.number = found.number
        self._data = found.data

    @property
    def data(self) -> bytes:
        return self._data


class FinishingError(Exception):
    """The PDF is not what this step knows how to finish."""


def finish(_: Any, pdf: pydyf.PDF) -> None:
    """Finish a tagged PDF in place; the two arguments are those that WeasyPrint gives. Raises FinishingError."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    reached = {each for top in root["K"] for each in _below(pdf, _number(top))}
    _scope_headers(pdf, reached)
    _mark_footers(pdf, _object(pdf, root["ParentTree"]), reached)
    for each in pdf.objects:
        if isinstance(each, pydyf.Dictionary) and each.get("Subtype") == "/Link":
            each["F"] = PRINTED
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))  # WeasyPrint names each file twice
    _claim(_object(pdf, pdf.catalog["Metadata"]))
    _settle(pdf)


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[_number(reference)]


def _number(reference: bytes) -> int:
    """ "12 0 R" -> 12."""
    number, _, r = reference.split()
    if r != b"R":
        raise FinishingError(f"this is no reference: {reference!r}")
    return int(number)


def _below(pdf: pydyf.PDF, top: int) -> Iterator[int]:
    """The numbers of an element of the structure and of all below it."""
    waiting = [top]
    while waiting:
        number = waiting.pop()
        yield number
        kids = pdf.objects[number].get("K", ())
        waiting += [_number(each) for each in kids if isinstance(each, bytes)]


def _scope_headers(pdf: pydyf.PDF, reached: set[int]) -> None:
    """Say of each header cell what it heads: those in the head of a table columns, all others rows.

    Where a page holds no more than a line or two of a table, headers would outnumber what they head: there the heads of
    columns are enough.
    """
    for number in reached:
        table = pdf.objects[number]
        if table.get("S") != "/Table":
            continue
        cells = [
            pdf.objects[each] for each in _below(pdf, number) if pdf.objects[each].get("S") in ("/TH", "/TD")
        ]
        columns = [each for each in cells if each["S"] == "/TH" and _group(pdf, each) == "/THead"]
        rows = [each for each in cells if each["S"] == "/TH" and _group(pdf, each) != "/THead"]
        for each in columns:
            each["A"]["Scope"] = "/Column"
        for each in rows:
            each["A"]["Scope"] = "/Row"
        if columns and 2 * len(columns + rows) > len(cells):
            _make_data_of(rows, cells)


def _make_data_of(heads: list[Any], cells: list[Any]) -> None:
    """Turn heads of rows into plain cells that no other cell refers to."""
    names = {each.pop("ID").data for each in heads}
    for each in heads:
        each["S"], each["A"] = "/TD", pydyf.Dictionary({"O": "/Table"})
    for each in cells:
        if "Headers" in each["A"]:
            each["A"]["Headers"] = pydyf.Array(
                name for name in each["A"]["Headers"] if name.data not in names
            )


def _group(pdf: pydyf.PDF, cell: Any) -> Any:
    """The part of the table in which a cell stands."""
    return _object(pdf, _object(pdf, cell["P"])["P"])["S"]


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


def _settle(pdf: pydyf.PDF) -> None:
    """Put every object into its final bytes, once: also the two streams that pydyf adds when it writes the file."""
    for place, each in enumerate(pdf.objects):
        if isinstance(each, pydyf.Stream):
            _compress(each)
        elif each.free == "n":
            pdf.objects[place] = Settled(each)
    add = pdf.add_object

    def add_compressed(each: pydyf.Object) -> None:
        if isinstance(each, pydyf.Stream):
            _compress(each)
        add(each)

    pdf.add_object = add_compressed


def _compress(stream: pydyf.Stream) -> None:
    if stream.compress:
        content = b"\n".join(_bytes(item) for item in stream.stream)
        stream.stream, stream.compress = [zlib.compress(content, COMPRESSION)], False
        stream.extra["Filter"] = "/FlateDecode"


def _bytes(item: Any) -> bytes:
    if isinstance(item, bytes):
        return item
    if isinstance(item, pydyf.Object):
        content: bytes = item.data
        return content
    return str(item).encode("ascii")
