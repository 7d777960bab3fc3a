"""The fields every format has in common, read the same way: date stamps, bylines, captions."""

from __future__ import annotations

from indexer.sources.bylines import authors_named, read_byline
from indexer.sources.captions import is_same_caption, merge_captions, read_caption
from indexer.sources.machine_stamps import read_machine_stamp
from indexer.sources.signatures import author_key
from indexer.sources.stamps import read_stamp

__all__ = [
    "author_key",
    "authors_named",
    "is_same_caption",
    "merge_captions",
    "read_byline",
    "read_caption",
    "read_machine_stamp",
    "read_stamp",
]
