"""Our arrays behind Whoosh's codec interface: what Whoosh itself needs to open, list and search one of our segments.

Schema, segments, table of contents, lock, deletions, stored fields and columns are Whoosh's own. The table of contents
is a pickle that names `ArrayCodec`, `ArraySegment` and `GuardedSchema` by the path of this module: moving or renaming
them makes every existing index unreadable, so they stay (`tests/indexer/engines/whoosh_engine/test_old_index.py`).

The product's searches do not come through here but use the arrays of a `Segment` whole; this interface keeps an index
usable for Whoosh's own queries and tools, and lets the tests compare both.
"""

from __future__ import annotations

import secrets
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec, W3PerDocReader, W3Segment
from whoosh.fields import Schema
from whoosh.index import TOC
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.array_file import runs, starts_of
from indexer.engines.whoosh_engine.articles import SEPARATOR
from indexer.engines.whoosh_engine.segment import FIELDS, VOCABULARY_OF, Segment
from indexer.errors import IndexDamaged, WrongWriter
from indexer.querying.plan import TEXT_FIELDS

ID_FIELD, AUTHOR, AUTHOR_NAME = "id", "author", "author_name"


class GuardedSchema(Schema):  # type: ignore[misc]  # Whoosh carries no types
    """A schema that only our own writer can commit.

    Whoosh's writer, and so `optimize`, would turn segments into its own format without a word. Before a table of
    contents is written Whoosh asks its schema to clean itself; there this one refuses, and the old table stays.
    """

    def allow_writing(self) -> GuardedSchema:
        """This schema, for our writer."""
        self._is_ours = True
        return self

    def clean(self) -> None:
        if not getattr(self, "_is_ours", False):
            raise WrongWriter
        super().clean()

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_is_ours"}


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with our postings; columns and stored fields are written and read by Whoosh's."""

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:  # noqa: ARG002 - Whoosh's signature
        return ArraySegment(self, indexname)

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTermsReader:
        return ArrayTermsReader(segment.open(Path(storage.folder)))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayPerDocReader:
        return ArrayPerDocReader(storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> Any:  # noqa: ARG002 - Whoosh's signature
        raise WrongWriter


class ArraySegment(W3Segment):  # type: ignore[misc]
    """A segment in Whoosh's table of contents."""

    @classmethod
    def _random_id(cls, size: int = 16) -> str:
        """Whoosh draws names from the generator that anybody may seed. A name that came twice would be written through
        a hard link into the build before.
        """
        return secrets.token_hex(size // 2)

    def should_assemble(self) -> bool:
        """Never packed into one file: arrays are mapped where they stand."""
        return False

    def open(self, folder: Path) -> Segment:
        return Segment(folder, self.segment_id())


def read_contents(storage: Any, name: str) -> TOC:
    """The table of contents. Raises IndexDamaged when it names segments that another writer made."""
    contents = TOC.read(storage, name)
    for segment in contents.segments:
        if not isinstance(segment, ArraySegment):
            raise IndexDamaged(f"{storage.folder} holds segments of another writer ({segment.segment_id()})")
    return contents


class ArrayPerDocReader(W3PerDocReader):  # type: ignore[misc]
    """Whoosh's columns and stored fields; lengths from our arrays, rounded as Whoosh rounds its own."""

    def __init__(self, storage: Any, segment: ArraySegment) -> None:
        super().__init__(storage, segment)
        self._arrays = segment.open(Path(storage.folder))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        if fieldname not in TEXT_FIELDS:
            return default
        return rounded_length(int(self._arrays.articles.lengths(fieldname)[docnum]))

    def field_length(self, fieldname: str) -> int:
        return int(self._arrays.articles.lengths(fieldname).sum()) if fieldname in TEXT_FIELDS else 0

    def min_field_length(self, fieldname: str) -> int:
        return rounded_length(int(self._arrays.articles.lengths(fieldname).min())) if fieldname in TEXT_FIELDS else 0

    def max_field_length(self, fieldname: str) -> int:
        return rounded_length(int(self._arrays.articles.lengths(fieldname).max())) if fieldname in TEXT_FIELDS else 0


def rounded_length(length: int) -> int:
    """A length as Whoosh keeps it, in one byte."""
    return int(byte_to_length(length_to_byte(length)))


Listed = tuple[list[int], list[int], list[list[int]] | None]
"""The postings of a term: articles, frequencies, positions."""


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]
    """The terms of a segment as Whoosh reads them, one posting at a time."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def indexed_field_names(self) -> list[str]:
        return sorted([*FIELDS, ID_FIELD, AUTHOR, AUTHOR_NAME])

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return term[1] in self._terms(term[0])

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((field, term) for field in self.indexed_field_names() for term in self._terms(field))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        return ((fieldname, term) for term in self._terms(fieldname) if term >= prefix)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return int(self.term_info(fieldname, text).doc_frequency()) if (fieldname, text) in self else 0

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        articles, frequencies, _ = self._postings(fieldname, text)
        if fieldname not in TEXT_FIELDS:
            return TermInfo(sum(frequencies), len(articles), 1, 1, max(frequencies), articles[0], articles[-1])
        lengths = self._segment.articles.lengths(fieldname)[articles]
        shortest, longest = rounded_length(int(lengths.min())), rounded_length(int(lengths.max()))
        ends = articles[0], articles[-1]
        return TermInfo(float(sum(frequencies)), len(articles), shortest, longest, float(max(frequencies)), *ends)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        articles, frequencies, positions = self._postings(fieldname, text)
        values = [format_.encode(places) for places in positions] if positions else [b""] * len(articles)
        return ListMatcher(
            articles,
            [float(frequency) for frequency in frequencies],
            values,
            format_,
            scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        return ArrayCursor(self, fieldname, fieldobj, list(self._terms(fieldname)))

    def _terms(self, fieldname: str) -> dict[bytes, int]:
        """The terms of a field, sorted, with what `_postings` finds them by."""
        return self._all_terms.get(fieldname, {})

    @cached_property
    def _all_terms(self) -> dict[str, dict[bytes, int]]:
        found = {
            field: {
                term: number
                for number, term in enumerate(self._segment.vocabularies[VOCABULARY_OF[field]])
                if self._segment.postings[field].slice(number, number + 1).articles.size
            }
            for field in FIELDS
        }
        listed = {field: {term: n for n, term in enumerate(sorted(terms))} for field, terms in self._listed.items()}
        return found | listed

    @cached_property
    def _listed(self) -> dict[str, dict[bytes, list[int]]]:
        """Ids and authors, whose postings the columns give: term -> articles."""
        columns = self._segment.articles
        fields: dict[str, dict[bytes, list[int]]] = {ID_FIELD: {}, AUTHOR: {}, AUTHOR_NAME: {}}
        for article, (article_id, byline) in enumerate(zip(columns.all_ids(), columns.byline_of.tolist(), strict=True)):
            fields[ID_FIELD][article_id.encode()] = [article]
            for key, name in (columns.names[number] for number in columns.bylines[byline]):
                for field, term in ((AUTHOR_NAME, f"{key}{SEPARATOR}{name}"), (AUTHOR, key)):
                    holders = fields[field].setdefault(term.encode(), [])
                    if holders[-1:] != [article]:  # a byline may name somebody twice
                        holders.append(article)
        return fields

    def _postings(self, fieldname: str, term: bytes) -> Listed:
        if term not in self._terms(fieldname):
            raise TermNotFound(f"No term {fieldname}:{term!r}")
        if fieldname in self._listed:
            articles = self._listed[fieldname][term]
            return articles, [1] * len(articles), None
        number = self._terms(fieldname)[term]
        postings = self._segment.postings[fieldname].slice(number, number + 1)
        positions = None
        if postings.positions is not None:
            flat = postings.positions.tolist()
            positions = [flat[begin:end] for begin, end in runs(starts_of(postings.frequencies))]
        return postings.articles.tolist(), postings.frequencies.tolist(), positions


class ArrayCursor(base.FieldCursor):  # type: ignore[misc]
    """Walks over the terms of one field; Whoosh's spelling and fuzzy queries step through it."""

    def __init__(self, reader: ArrayTermsReader, fieldname: str, fieldobj: Any, terms: list[bytes]) -> None:
        self._reader, self._fieldname, self._fieldobj, self._terms = reader, fieldname, fieldobj, terms
        self._at = 0

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        wanted = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._at = bisect_left(self._terms, wanted)
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def is_valid(self) -> bool:
        return self._at < len(self._terms)

    def text(self) -> str | None:
        return str(self._fieldobj.from_bytes(self._terms[self._at])) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        return self._reader.term_info(self._fieldname, self._terms[self._at]) if self.is_valid() else None
