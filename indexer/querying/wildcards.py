"""Words with wildcards: `?` stands for one letter or digit, `*` for any number of them, none included."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fnmatch import translate

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold, place_tone_old
from indexer.analysis.tokens import syllables_of

_WILDCARD = re.compile(r"[*?]")
_LETTER_WITH_WILDCARDS = re.compile(r"[^\W_][*?]+")


def has_wildcards(text: str) -> bool:
    return _WILDCARD.search(text) is not None


def patterns_of(text: str) -> list[str]:
    """The tokens of a word as they are looked for, wildcards among their letters: `Covid-1?` -> covid, 1?.

    Every wildcard has to come after a letter or another wildcard, as in a `nodes.Pattern`.
    """
    typed = canonical(text)
    # With letters in the place of wildcards, the word is taken apart as the words it stands for are.
    filled = _LETTER_WITH_WILDCARDS.sub(lambda found: found[0][0] * len(found[0]), typed)
    spans = ((token.text, typed[token.start : token.end]) for token in syllables_of(filled))
    return [written.lower() if has_wildcards(written) else term for term, written in spans]


def beginning_of(pattern: str) -> str:
    """The letters before the first wildcard."""
    return _WILDCARD.split(pattern, maxsplit=1)[0]


def fitting(pattern: str, terms: Iterable[str], *, any_marks: bool) -> list[str]:
    """Of terms that begin like the pattern when their marks are dropped, those that fit it as a whole.

    With `any_marks` its letters stand for the same letters with any marks. Otherwise the marks count, and a term fits
    in either style of tone placement: `thủ*` is the beginning of thủy, which the index spells thuỷ.
    """
    fits_folded, fits = _matcher(fold(pattern)), _matcher(pattern)
    candidates = [term for term in terms if fits_folded(fold(term))]
    return candidates if any_marks else [term for term in candidates if fits(term) or fits(place_tone_old(term))]


def _matcher(pattern: str) -> Callable[[str], object]:
    """Made for file names, but of all that is special there a token has nothing but wildcards; never backtracks."""
    return re.compile(translate(pattern)).match
