"""The one place where text becomes HTML: everything is escaped, matches are put into <mark>."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from indexer.model import Range


def lit(text: str, ranges: Iterable[Range] = ()) -> Markup:
    """`text` as HTML with `ranges` lit. Ranges may come in any order, overlap or lie outside."""
    parts: list[Markup] = []
    done = 0
    for start, end in tidy(ranges, len(text)):
        parts += [escape(text[done:start]), Markup("<mark>%s</mark>") % text[start:end]]
        done = end
    return Markup("").join([*parts, escape(text[done:])])


def tidy(ranges: Iterable[Range], length: int) -> Iterator[Range]:
    """The ranges in order, inside the text, none empty, overlapping ones made one."""
    pending: Range | None = None
    for start, end in sorted((max(0, start), min(end, length)) for start, end in ranges):
        if end <= start:
            continue
        if pending and start < pending[1]:
            pending = (pending[0], max(pending[1], end))
            continue
        if pending:
            yield pending
        pending = (start, end)
    if pending:
        yield pending
