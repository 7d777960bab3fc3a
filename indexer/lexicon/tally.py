"""Documents counted in memory: what they hold, not who holds what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from indexer.documents import PASSAGE_BREAK, Document
from indexer.facets import AUTHOR, LABELS, values_of
from indexer.lexicon.completions import NameCounts, completion_order, kept_texts
from indexer.lexicon.counts import COMPOUNDS, PRINTED, WORDS, Counts, Numbers, Terms
from indexer.lexicon.neighbours import count_neighbours
from indexer.lexicon.numbering import TermNumbers, TokenNumbers, rank, renumbered
from indexer.model import Article

SEPARATOR = "\x1f"
"""ASCII's unit separator: stands between a key and what is printed; canonical text never holds it."""

BYTES_PER_TOKEN = 20
"""What a token takes while its neighbours are counted: its number (4), and the pair and its count (16)."""

BYTES_PER_TERM = 200
"""What a distinct word, compound or name takes: the text, and its places in tables and sorted lists."""


class Tally:
    """Takes documents in; `counts` is what they hold together."""

    def __init__(self) -> None:
        self.articles = 0
        self._holding = Counter[int]()
        self._compounds = Counter[str]()
        self._printed = {facet: Counter[str]() for facet in PRINTED}
        self._names = NameCounts()
        self._numbers, self._tokens = TermNumbers(), TokenNumbers()

    def bytes(self) -> int:
        """About how much memory it takes until its counts are made."""
        terms = len(self._numbers) + len(self._compounds) + len(self._names)
        return len(self._tokens) * BYTES_PER_TOKEN + terms * BYTES_PER_TERM

    def add(self, document: Document) -> None:
        self.articles += 1
        text = (*document.title, PASSAGE_BREAK, *document.body, PASSAGE_BREAK)
        numbers = [*map(self._numbers.__getitem__, text)]
        self._tokens.add(numbers, len(numbers))
        self._holding.update(set(numbers))
        self._compounds.update(set(document.compounds))
        self._names.add(document.names)
        for facet, texts in _printed_in(document.article):
            self._printed[facet].update(f"{key}{SEPARATOR}{text}" for key, text in texts)

    def counts(self) -> Counts:
        """It takes no documents afterwards."""
        words, ranks = rank(self._numbers)
        holding = np.zeros(len(words) + 1, np.int64)  # one more, that NO_WORD points at
        holding[ranks] = [self._holding[number] for number in range(len(ranks))]
        holding = holding[:-1]
        text = renumbered(self._tokens.all(), ranks)
        compounds = _sorted(self._compounds)
        return Counts(
            self.articles,
            {
                WORDS: Terms(words, holding),
                COMPOUNDS: compounds,
                **{facet: _sorted(texts) for facet, texts in self._printed.items()},
            },
            sorted(kept_texts(*compounds, self._names, 0), key=lambda entry: completion_order(entry[0])),
            count_neighbours([(text, np.array([len(text)]))], holding),
        )


def _printed_in(article: Article) -> Iterator[tuple[str, Iterable[tuple[str, str]]]]:
    """A byline may name an author in two spellings."""
    yield AUTHOR, ((author.key, author.name) for author in article.authors)
    for facet in LABELS:
        yield facet, values_of(article, facet).items()


def _sorted(counter: Counter[str]) -> Terms:
    terms = sorted(term.encode() for term in counter)
    return Terms(terms, _counts_of(terms, counter))


def _counts_of(terms: Sequence[bytes], counter: Counter[str]) -> Numbers:
    return np.fromiter((counter[term.decode()] for term in terms), np.int64, len(terms))
