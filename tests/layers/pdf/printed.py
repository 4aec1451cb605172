"""Reading a PDF back as Chrome does, for the tests."""

from __future__ import annotations

import pypdfium2

_SAME = str.maketrans("\ufffe“”‘’", "-\"\"''")


def pages_of(data: bytes) -> list[str]:
    """The text of each page, as a person would copy it."""
    document = pypdfium2.PdfDocument(data)
    return [document[number].get_textpage().get_text_range() for number in range(len(document))]


def text_of(data: bytes) -> str:
    """All text without blanks and line ends, so that a line's break hides nothing."""
    return bare("\n".join(pages_of(data)))


def bare(text: str) -> str:
    """Text without blanks, quotes straight; pdfium marks a hyphen at a line's end with U+FFFE."""
    return "".join(text.split()).translate(_SAME)


def outside(data: bytes) -> list[tuple[int, float, float, float, float]]:
    """What stands beyond the printable margins: page and box (points), of every stretch of text."""
    found = []
    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        text = page.get_textpage()
        for place in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(place)
            if left < 40 or right > width - 40 or bottom < 15 or top > height - 30:
                found.append((number, left, bottom, right, top))
    return found
