"""Placeholder until the branch `suggest` is merged."""

from collections.abc import Sequence

from indexer.ports import Lexicon


def corrections(words: Lexicon, syllables: Sequence[str], count: int) -> list[tuple[str, ...]]:
    return []
