"""What a reader may have meant to type: words of the archive that are likelier than those typed."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.analysis.syllables import fold, iy_variant
from indexer.suggesting.blanks import with_blanks_put_right
from indexer.suggesting.language_model import Words
from indexer.suggesting.weighing import Scored, Weigher


def corrections(words: Words, syllables: Sequence[str], count: int) -> list[tuple[str, ...]]:
    """The likeliest of what may have been meant, the best first, at most `count`; only what is likelier than what was
    typed, so nothing when that is likeliest itself.

    Takes lower-case syllables as `terms_of` gives them. What a search takes for the same is no correction: i for y,
    y for i, and any marks where none at all were typed. Whether a correction finds more is for the caller to see.
    """
    typed = tuple(syllables)
    if not typed:
        return []
    is_open = typed == tuple(map(fold, typed))
    weigher = Weigher(words, is_open=is_open)
    runs = with_blanks_put_right(words, typed)
    found = [scored for cost, run in runs for scored in weigher.best(run, count + 1, cost)]
    best: dict[tuple[str, ...], Scored] = {}
    for scored in sorted(found, reverse=True):
        best.setdefault(_search_for(scored.words, is_open=is_open), scored)
    own = best.pop(_search_for(typed, is_open=is_open))
    return [scored.words for scored in best.values() if scored.score > own.score][:count]


def _search_for(run: tuple[str, ...], *, is_open: bool) -> tuple[str, ...]:
    """One and the same for all runs that a search takes for the same."""
    spelled = map(fold, run) if is_open else run
    return tuple(min(word, iy_variant(word) or word) for word in spelled)
