"""One reading of what a reader typed: its plan, and what else it may have been meant to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import pairwise
from math import log
from typing import Protocol

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold
from indexer.analysis.tokens import syllables_of
from indexer.budgeted import BudgetedWords
from indexer.querying.authors import find_authors, join_names
from indexer.querying.nodes import And, Word
from indexer.querying.parser import Parsed, parse
from indexer.querying.plan import Clause
from indexer.querying.planner import Planned, find_match, is_without_marks, make_plan
from indexer.querying.respelling import respell, runs
from indexer.querying.synonyms import Synonyms
from indexer.querying.unquoting import unquote
from indexer.querying.writing import write
from indexer.ranking import FEW_WORDS
from indexer.suggesting.corrections import corrections
from indexer.suggesting.spellings import stand_together

MUCH_LESS_LIKELY = log(1000)
"""How much less likely than the likeliest a spelling is too far-fetched to be offered, as a natural logarithm. Among
100,000 articles `hoả` for `khánh hoa` is 100,000 times less likely than `hoà`, `hoá` 1,000 times, `dượng` for `duong`
1,300 times less likely than `đường`."""

SPELLINGS_TRIED = 10
"""Likely spellings that are counted, to find those the archive has."""

CORRECTIONS_TRIED = 3
"""Likely corrections that are counted."""

LONGEST_CORRECTED = 16
"""Words in a run that is corrected: a longer one is a passage, not a query, and each word takes some milliseconds."""

SELDOM = 5
"""Two words that stand side by side no more often than so in the archive hardly ever do."""

Run = tuple[str, ...]


class LikelySpellings(Protocol):
    """`likely_spellings` over the words of one archive."""

    def __call__(self, syllables: Run, count: int, within: float = ..., /) -> Sequence[Run]: ...


class Question:
    """One reading of a text; worked out step by step, as far as it is needed."""

    def __init__(self, text: str, words: BudgetedWords, synonyms: Synonyms, likely: LikelySpellings) -> None:
        self.text = text
        self._words, self._synonyms, self._likely = words, synonyms, likely

    @cached_property
    def parsed(self) -> Parsed:
        parsed = parse(self.text)
        if parsed.tree is None:
            return parsed
        return replace(parsed, tree=join_names(parsed.tree, self._find_authors))

    @cached_property
    def planned(self) -> Planned:
        return make_plan(self.parsed, self._words, self._synonyms, self._restore)

    @cached_property
    def match(self) -> Clause:
        """What articles have to match, without what ranks them."""
        return find_match(self.parsed, self._words, self._synonyms)

    @property
    def is_open(self) -> bool:
        return self.parsed.tree is not None and is_without_marks(self.parsed.tree)

    @cached_property
    def syllables(self) -> int:
        return sum(map(len, runs(self.parsed.tree)))

    @property
    def is_long(self) -> bool:
        """Whether most of its words will do."""
        return self.syllables > FEW_WORDS

    def spellings(self) -> Iterator[str]:
        """Other spellings of the whole query that keep every mark typed, the likeliest first: those one may mean."""
        return self._respelled(self._meant)

    def attested_spellings(self) -> Iterator[str]:
        """The same, however unlikely: those whose words the archive has side by side."""
        return self._respelled(self._attested)

    def is_attested(self) -> bool:
        """Whether the archive has the words side by side in some spelling."""
        return all(self._attested(run) for run in runs(self.parsed.tree))

    def corrections(self) -> Iterator[str]:
        """What may have been meant instead; a name that the archive knows the meaning of is meant."""
        if self._is_name():
            return iter(())
        return self._respelled(self._correct)

    @property
    def is_odd_company(self) -> bool:
        """Whether it is but a few words with marks, two of which hardly ever stand side by side in the archive."""
        words = self.parsed.tree.parts if isinstance(self.parsed.tree, And) else ()
        if self.is_open or self.is_long or not all(isinstance(word, Word) for word in words):
            return False
        pairs = pairwise(term for run in runs(self.parsed.tree) for term in run)
        return any(self._words.pair_counts((left,), (right,))[0, 0] <= SELDOM for left, right in pairs)

    def without_marks(self) -> str:
        return fold(self.text)

    def without_quotes(self) -> str:
        """The words of its phrases by themselves; the question as it is written, where nothing is quoted."""
        return write(unquote(self.parsed.tree)) if self.parsed.tree else self.text

    def _restore(self, terms: Sequence[str]) -> Sequence[str]:
        found = self._likely(tuple(terms), SPELLINGS_TRIED)
        return found[0] if found else terms

    def _is_name(self) -> bool:
        text = canonical(self.text)
        tokens = syllables_of(text)
        typed = [text[token.start : token.end] for token in tokens]
        return len(tokens) == 1 and any(self._synonyms.find([tokens[0].text], typed, self.is_open))

    def _find_authors(self, name: str) -> tuple[str, ...]:
        return find_authors(name, self._words.author_keys())

    def _meant(self, terms: Sequence[str]) -> Sequence[Run]:
        return self._likely(tuple(terms), 1 if self.is_long else SPELLINGS_TRIED, MUCH_LESS_LIKELY)

    def _attested(self, terms: Sequence[str]) -> Sequence[Run]:
        found = self._likely(tuple(terms), SPELLINGS_TRIED)
        return [each for each in found if stand_together(self._words, terms, each)]

    def _correct(self, terms: Sequence[str]) -> Sequence[Run]:
        return corrections(self._words, terms, CORRECTIONS_TRIED) if len(terms) <= LONGEST_CORRECTED else ()

    def _respelled(self, spell_all: Callable[[Sequence[str]], Sequence[Sequence[str]]]) -> Iterator[str]:
        tree = self.parsed.tree
        if tree is None:
            return
        spelled = {run: [*spell_all(run)] or [run] for run in runs(tree)}

        def nth(number: int, run: Sequence[str]) -> Sequence[str]:
            choices = spelled[tuple(run)]
            return choices[min(number, len(choices) - 1)]

        most = max(map(len, spelled.values()), default=0)
        texts = dict.fromkeys(write(respell(tree, partial(nth, number))) for number in range(most))
        yield from (text for text in texts if text != write(tree))
