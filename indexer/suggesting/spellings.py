"""The likeliest whole spellings of words typed without some or all of their marks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf

from indexer.analysis.syllables import fold, iy_variant, refines
from indexer.suggesting.language_model import LanguageModel, Words
from indexer.suggesting.paths import best_paths

CHOICES = 24
"""Spellings of a syllable that are weighed, the most frequent ones: a syllable has 36 at most, but 8 in the mean."""


def likely_spellings(words: Words, syllables: Sequence[str], count: int, within: float = inf) -> list[tuple[str, ...]]:
    """The likeliest spellings of a run of syllables, the best first, at most `count`: those whose natural logarithm of
    the probability is `within` so much of the best one's.

    Takes lower-case syllables as `terms_of` gives them. Every mark typed is kept; a syllable without any may also be
    written with the other of i and y. What the archive does not know in any spelling stays as it is.
    """
    if not syllables:
        return []
    model = LanguageModel(words)
    columns = [model.column(spellings_of(words, syllable)) for syllable in syllables]
    steps = [model.after(left, right) for left, right in pairwise(columns)]
    paths = best_paths(model.first(columns[0]), steps, count)
    likely = [path for path in paths if path.score >= paths[0].score - within]
    return [
        tuple(column.terms[choice] for column, choice in zip(columns, path.choices, strict=True)) for path in likely
    ]


def stand_together(words: Words, typed: Sequence[str], spelled: Sequence[str]) -> bool:
    """Whether each word that is spelled otherwise than typed stands beside one of its neighbours in the archive."""
    beside = [words.pair_counts((left,), (right,))[0, 0] > 0 for left, right in pairwise(spelled)]
    is_known = [any(beside[max(0, at - 1) : at + 1]) for at in range(len(spelled))]
    return len(spelled) == 1 or all(
        known or word == other for known, word, other in zip(is_known, typed, spelled, strict=True)
    )


def spellings_of(words: Words, syllable: str) -> tuple[str, ...]:
    """The archive's spellings of a syllable that have all its marks, the most frequent first; else the syllable."""
    folded = fold(syllable)
    found = [term for term in words.spellings(folded) if refines(term, syllable)]
    other = iy_variant(folded) if syllable == folded else None
    if other and (more := words.spellings(other)):
        found = sorted([*found, *more], key=words.frequency, reverse=True)
    return tuple(found[:CHOICES]) or (syllable,)
