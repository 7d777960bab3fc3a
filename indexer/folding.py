"""Which results of a page are copies of one that stands higher there. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from indexer.model import Hit

Clusters = Callable[[], Mapping[str, int]]
"""Gives for each article that has copies the number of its cluster (see `clinic.copies`)."""


def no_clusters() -> Mapping[str, int]:
    """Where no article is known to have copies."""
    return {}


def mark_copies(hits: Iterable[Hit], clusters: Mapping[str, int]) -> Iterator[Hit]:
    """The same hits, those of a cluster that was there before marked as copies of its first."""
    first: dict[int, str] = {}
    for hit in hits:
        cluster = clusters.get(hit.id)
        of = hit.id if cluster is None else first.setdefault(cluster, hit.id)
        yield hit if of == hit.id else replace(hit, copy_of=of)
