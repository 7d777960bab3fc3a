"""A JSON file: one article, or a list of articles. What each may hold: see `records`."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.model import Rejected
from indexer.sources.charset import Undecodable, decode, recognise
from indexer.sources.inputs import Input, Item
from indexer.sources.json_lines import as_record, parse_json
from indexer.sources.mending import Verdicts
from indexer.sources.records import article_of
from indexer.sources.unreadable import Unreadable


def read(source: Input) -> Iterator[Item]:
    """The articles of a file; those of a list that bring no id get one made of the file's and their place in it.

    Raises:
        Unreadable: it is too large, no text, or no JSON.
        OSError: it cannot be read.
    """
    verdicts = Verdicts(source.place)
    value = parse_json(_text(source.whole(), verdicts))
    if not isinstance(value, list):
        article, verdict = article_of(as_record(value), source.article_id, source.columns)
        verdicts.add(verdict)
        yield article
    elif not value:
        raise Unreadable("holds no articles; add some or remove the file")
    else:
        yield from _listed(value, source, verdicts)
    yield from verdicts.remarks()


def _listed(values: list[object], source: Input, verdicts: Verdicts) -> Iterator[Item]:
    for number, value in enumerate(values, 1):
        try:
            article, verdict = article_of(as_record(value), f"{source.article_id}-{number}", source.columns)
        except Unreadable as error:
            yield Rejected(f"{source.place}/{number}", error.reason)
            continue
        verdicts.add(verdict)
        yield article


def _text(raw: bytes, verdicts: Verdicts) -> str:
    """Unicode as it is (its fields are mended when they are known), else whatever it is recognised to be."""
    try:
        return decode(raw)
    except Undecodable:
        found = recognise(raw)
        verdicts.add(found.verdict)
        return found.text
