"""The words before those that are being typed: how they are spelled, and what follows them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from math import log

from indexer.suggesting.language_model import Column, Floats, LanguageModel, Words
from indexer.suggesting.paths import Path, best_paths
from indexer.suggesting.spellings import spellings_of

SURE = log(10)
"""How much likelier than the next one a spelling has to be, as a natural logarithm, to be the only one."""

READINGS = 4
"""Ways to spell the words before that are weighed for each word that follows."""


class WordsBefore:
    """Words that stand before others; each keeps its marks and may have others. They are looked up once.

    Args:
        words: of the archive.
        terms: one or more lower-case syllables.
    """

    def __init__(self, words: Words, terms: Sequence[str]) -> None:
        self._words, self._terms = words, terms
        self._model = LanguageModel(words)

    def spelled(self, following: str) -> list[tuple[str, ...]]:
        """How they may be spelled before a word, the likeliest first: one way where it is ten times as likely as the
        next, else READINGS at most.

        What follows is taken as it is spelled, and says which is meant: `làng` before `đồng`, `lắng` before `nghe`.
        """
        paths = self._read((following,), READINGS)
        return [
            tuple(column.terms[choice] for column, choice in zip(self._columns, path.choices, strict=False))
            for path in paths
            if path.score >= paths[0].score - SURE
        ]

    def likely_next(self, following: Sequence[str], count: int) -> list[str]:
        """Those words that the archive has right after these, the likeliest first, at most `count`."""
        together = self._words.pair_counts(self._columns[-1].terms, following).sum(axis=0).tolist()
        attested = tuple(term for term, times in zip(following, together, strict=True) if times)
        if not attested:
            return []
        paths = self._read(attested, READINGS * count)
        return list(dict.fromkeys(attested[path.choices[-1]] for path in paths))[:count]

    @cached_property
    def _columns(self) -> list[Column]:
        return [self._model.column(spellings_of(self._words, term)) for term in self._terms]

    @cached_property
    def _steps(self) -> list[Floats]:
        return [self._model.after(left, right) for left, right in pairwise(self._columns)]

    def _read(self, following: Sequence[str], count: int) -> list[Path]:
        """The likeliest ways to spell them with one of the words after them."""
        last = self._model.after(self._columns[-1], self._model.column(following))
        return best_paths(self._model.first(self._columns[0]), [*self._steps, last], count)
