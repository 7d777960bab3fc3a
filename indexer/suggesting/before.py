"""The words before those that are being typed: how they are spelled, and what follows them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import log

from indexer.analysis.syllables import fold, refines
from indexer.suggesting.language_model import LanguageModel, Words
from indexer.suggesting.paths import Path, best_paths
from indexer.suggesting.spellings import spellings_of

SURE = log(10)
"""How much likelier than the next one a spelling has to be to be written for what was typed without marks."""

READINGS = 4
"""Ways to spell the words before that are weighed for each word that follows."""


def sure_spelling(words: Words, before: Sequence[str], after: Sequence[str]) -> tuple[str, ...] | None:
    """How words without marks are spelled before others; None unless one spelling is ten times as likely as the next.

    Takes and gives lower-case syllables. `after` are taken as they are spelled, and say which is meant: `làng` before
    `đồng kỵ`, `lắng` before `nghe`.
    """
    columns = [*(spellings_of(words, word) for word in before), *((word,) for word in after)]
    best, *others = _read(words, columns, 2)
    if others and others[0].score > best.score - SURE:
        return None
    return tuple(column[choice] for column, choice in zip(columns, best.choices[: len(before)], strict=False))


def likely_next(words: Words, before: Sequence[str], after: Sequence[str], count: int) -> list[str]:
    """Those of `after` that the archive has right after the words before, the likeliest first, at most `count`.

    The words before keep their marks and may have others.
    """
    together = words.pair_counts(spellings_refining(words, before[-1]), after).sum(axis=0).tolist()
    attested = tuple(term for term, times in zip(after, together, strict=True) if times)
    if not attested:
        return []
    paths = _read(words, [*(spellings_of(words, word) for word in before), attested], READINGS * count)
    return list(dict.fromkeys(attested[path.choices[-1]] for path in paths))[:count]


def _read(words: Words, columns: Sequence[Sequence[str]], count: int) -> list[Path]:
    """The likeliest ways to take a word of each column."""
    model = LanguageModel(words)
    looked_up = [model.column(column) for column in columns]
    return best_paths(model.first(looked_up[0]), [model.after(*pair) for pair in pairwise(looked_up)], count)


def spellings_refining(words: Words, term: str) -> list[str]:
    """The archive's spellings of a word that keep its marks."""
    return [other for other in words.spellings(fold(term)) if refines(other, term)]
