"""Placeholder until the branch `synonyms` is merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Match(NamedTuple):
    start: int
    end: int
    others: tuple[tuple[str, ...], ...]


class Synonyms:
    def find(self, terms: Sequence[str], typed: Sequence[str], is_open: bool) -> Iterator[Match]:
        return iter(())


NO_SYNONYMS = Synonyms()
