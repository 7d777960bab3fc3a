"""The words of an archive, asked on a budget."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.budget import Budget
from indexer.ports import Lexicon


class BudgetedWords:
    """The part of a lexicon that questions are read, spelled and corrected with.

    Each look-up that takes more than a moment is a step: once the budget is overdrawn it raises BudgetSpent. So whoever
    reads a question or thinks of others need not know of budgets.
    """

    def __init__(self, lexicon: Lexicon, budget: Budget) -> None:
        self._lexicon, self._budget = lexicon, budget
        self.frequency, self.company = lexicon.frequency, lexicon.company
        self.distinct_pairs, self.author_keys = lexicon.distinct_pairs, lexicon.author_keys
        self.article_count = lexicon.article_count

    def spellings(self, folded: str) -> tuple[str, ...]:
        self._budget.go_on()
        return self._lexicon.spellings(folded)

    def beginning_with(self, folded_prefix: str) -> tuple[str, ...]:
        self._budget.go_on()
        return self._lexicon.beginning_with(folded_prefix)

    def pair_counts(self, lefts: Sequence[str], rights: Sequence[str]) -> NDArray[np.int64]:
        self._budget.go_on()
        return self._lexicon.pair_counts(lefts, rights)
