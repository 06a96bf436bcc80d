#!/usr/bin/env python3
"""Writes corpus/guides/citing-an-order.pdf: two pages with a text layer, page numbers and numbered paragraphs.

Standard library only; the same bytes on every run. From the project's root:

    python3 tests/data/make_citing_guide.py
"""

import pathlib
import textwrap

TITLE = "How to cite an order of the Islamabad High Court"
PARAGRAPHS = [
    "This note says how to cite an order of the Islamabad High Court so that a reader finds the same "
    "words on the same page. It is written for lawyers, journalists and researchers. It is advice in our "
    "own words and no rule of any court.",
    "Begin with the parties as the order sheet names them: Mian Najam-us-Saqib v. Federation of Pakistan. "
    "Leave out the names of the lawyers, and the judge: a judge is not the author of a book.",
    "Give the case number with its kind and year: Writ Petition No. 1805 of 2023, in short W.P. No. "
    "1805/2023. Other kinds are first appeals from orders (FAO), intra-court appeals (ICA) and civil "
    "miscellaneous applications (C.M.). When petitions were clubbed, the order has several numbers; cite "
    "the first and name the others once.",
    "The year in the number is the year of filing. The order may be younger: an order of 2024 in a "
    "petition of 2023 is usual. Never build the date from the number.",
    "Give the date that the order bears. Hearing, announcement, written order and release are four "
    "different days, and newspapers often print the last. In W.P. No. 1805 of 2023 the order bears the "
    "date 25 June 2024; the press had it about 1 July.",
    "Give the paragraph that the court numbered. Give the page only beside it, because copies of an order "
    "are paged differently. A page number that a viewer shows may count the cover.",
    "When the decision stands in a law report, cite the report too, and only when you have seen the "
    "volume. A citation copied from a search page is often wrong.",
    "Say what happened later. An order that was stayed, suspended or reversed must not travel alone: "
    "the order of 25 June 2024 was suspended by the Supreme Court on 19 August 2024, as reported by "
    "Business Recorder on 20 August 2024. FAO No. 42 of 2016 was reversed in Civil Appeals No. 977 and "
    "978 of 2018.",
    "If you have only a newspaper, cite the newspaper. Write: order of 25 June 2024, as reported by Aaj "
    "English, 2 July 2024. Do not cite the order as if you had read it.",
    "Where two papers disagree, cite both. Do not choose the better story.",
    "Check every quotation letter by letter against the certified copy before filing, and keep the file "
    "with its SHA-256 so that nobody can say later that it was another one.",
    "A whole example: Mian Najam-us-Saqib v. Federation of Pakistan (Writ Petition No. 1805 of 2023, "
    "Islamabad High Court), order dated 25.06.2024 [suspended by the Supreme Court, 19.08.2024].",
]
PARAGRAPHS_ON_FIRST_PAGE = 7
TARGET = pathlib.Path(__file__).parents[2] / "corpus" / "guides" / "citing-an-order.pdf"


def escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def shown(x: int, y: int, size: int, font: str, line: str) -> str:
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped(line)}) Tj ET\n"


def content(page_no: int, first_no: int, paragraphs: list[str]) -> bytes:
    """Draws one page; paragraphs are numbered from `first_no`."""
    out, y = "", 770
    if page_no == 1:
        out += shown(72, y, 16, "F2", TITLE)
        y -= 40
    for number, paragraph in enumerate(paragraphs, first_no):
        for index, line in enumerate(textwrap.wrap(paragraph, 82)):
            if index == 0:
                out += shown(72, y, 11, "F1", f"{number}.")
            out += shown(96, y, 11, "F1", line)
            y -= 15
        y -= 10
    out += shown(290, 40, 10, "F1", f"{page_no}")
    return out.encode("ascii")


def pdf() -> bytes:
    pages = [
        content(1, 1, PARAGRAPHS[:PARAGRAPHS_ON_FIRST_PAGE]),
        content(2, PARAGRAPHS_ON_FIRST_PAGE + 1, PARAGRAPHS[PARAGRAPHS_ON_FIRST_PAGE:]),
    ]
    resources = "<< /Font << /F1 4 0 R /F2 5 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
        b"<< /Type /Pages /Kids [6 0 R 8 0 R] /Count 2 >>",
        f"<< /Title ({TITLE}) /Author (misl contributors) >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for index, stream in enumerate(pages):
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources {resources} /Contents {7 + 2 * index} 0 R >>"
        )
        objects.append(page.encode())
        objects.append(b"<< /Length %d >>\nstream\n%sendstream" % (len(stream), stream))
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\n" % size
        + b"startxref\n%d\n%%%%EOF\n" % len(out)
    )


TARGET.write_bytes(pdf())
