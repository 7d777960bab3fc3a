"""Placeholder until the branch `suggest` is merged."""

from collections.abc import Sequence

from indexer.analysis.syllables import fold, refines
from indexer.ports import Lexicon


def likely_spellings(words: Lexicon, syllables: Sequence[str], count: int) -> list[tuple[str, ...]]:
    columns = [[s for s in words.spellings(fold(x)) if refines(s, x)] or [x] for x in syllables]
    return [tuple(c[min(n, len(c) - 1)] for c in columns) for n in range(min(count, max(map(len, columns), default=0)))]
