"""The rows of a document, whatever it was written in: text, Markdown, HTML or mail.

A row is what stood on one line (in HTML: in one block), its marks taken off and its links kept
beside the words that carry them.
"""

from __future__ import annotations

from typing import NamedTuple

# The level of a row that is no heading but all bold, which some use for one.
BOLD = 7


class Piece(NamedTuple):
    """A stretch of a row: its words, and where they lead to.

    ``link`` is the number of the link that it is part of, for a link may go on over several rows;
    0 is none.
    """

    text: str
    address: str = ""
    link: int = 0


class Row(NamedTuple):
    """A line that is not blank.

    ``number`` counts from 1; ``gap`` says whether a blank line (in HTML: the end of a block) stands
    above; ``level`` is that of a heading, 0 for none; ``ordinal`` is the row's number in a numbered
    list, and ``mark`` what was taken off its beginning, in case that it was no mark after all.
    """

    number: int
    pieces: tuple[Piece, ...]
    gap: bool = True
    level: int = 0
    ordinal: int = 0
    mark: str = ""

    @property
    def text(self) -> str:
        """The words of the row."""
        if len(self.pieces) == 1:  # as nearly all have
            return self.pieces[0].text
        return "".join(piece.text for piece in self.pieces)

    @property
    def line(self) -> str:
        """The row on one line, with its mark unless that is a heading's or a quote's."""
        return " ".join((self.mark.lstrip("#> ") + self.text).split())
