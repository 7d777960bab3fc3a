"""A tree written down as a query again, which reads as the same tree but for signs that mean nothing."""

from __future__ import annotations

from indexer.querying.nodes import (
    And,
    DateRange,
    Field,
    FieldName,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Word,
)

_FIELDS = {FieldName.TITLE: "tiêu đề:", FieldName.AUTHOR: "tác giả:"}


def write(tree: Node) -> str:
    """The query, as a reader might have typed it."""
    match tree:
        case Pattern(text):
            written = text
        case Word(text):
            written = text.lstrip("-+")  # where it followed a quotation mark it excluded nothing
        case Phrase(text):
            written = f'"{text}"'
        case Near(text, distance):
            written = f'"{text}"~{distance}'
        case And(parts):
            written = " ".join(f"({write(part)})" if isinstance(part, Or) else write(part) for part in parts)
        case Or(parts):
            written = " OR ".join(map(write, parts))
        case Not(part):
            closed = _closed(part)
            written = f"NOT {closed}" if closed[:1].isdecimal() else f"-{closed}"  # -27 is a number
        case Field(name, part):
            written = f"{_FIELDS[name]}{_closed(part)}"
        case DateRange(since, until):
            written = f"ngày:{since or ''}..{until or ''}"
    return written


def _closed(part: Node) -> str:
    """A part that takes one thing after it, not several."""
    return f"({write(part)})" if isinstance(part, And | Or) else write(part)
