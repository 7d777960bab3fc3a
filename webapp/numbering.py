"""The matches of a whole article, numbered through: each knows its place, and the way to the one before and after.

No script is needed: a match that an address points to (`#m3`) shows where it stands, `3 / 12`, and links to its
neighbours; the style sheet hides the rest, and writes place and arrows, so that the text of the article stays its own.
The last one leads back to the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from indexer.model import Range
from webapp.markup import tidy


@dataclass(frozen=True, slots=True)
class Wording:
    """What the links to the match before and after are called, and in which language."""

    language: str
    previous: str
    next: str


def lit_through(parts: Sequence[tuple[str, Iterable[Range]]], wording: Wording) -> tuple[tuple[Markup, ...], int]:
    """The texts as HTML with their ranges lit, and how many matches there are in all."""
    tidied = [(text, list(tidy(ranges, len(text)))) for text, ranges in parts]
    total = sum(len(ranges) for _, ranges in tidied)
    hops = _Hops(wording, total)
    lit, number = [], 1
    for text, ranges in tidied:
        lit.append(_part(text, ranges, number, hops))
        number += len(ranges)
    return tuple(lit), total


class _Hops:
    """Writes what stands behind each match; a page may have hundreds, so labels are escaped once."""

    def __init__(self, wording: Wording, total: int) -> None:
        self._total = total
        self._language, self._previous, self._next = map(escape, (wording.language, wording.previous, wording.next))

    def behind(self, number: int) -> str:
        before, after = number - 1 or self._total, number % self._total + 1
        return (
            f'<span class="hop" data-place="{number} / {self._total}" lang="{self._language}">'
            f'<a href="#m{before}" aria-label="{self._previous}"></a>'
            f'<a href="#m{after}" aria-label="{self._next}"></a></span>'
        )


def _part(text: str, ranges: Sequence[Range], number: int, hops: _Hops) -> Markup:
    pieces: list[str] = []
    done = 0
    for at, (start, end) in enumerate(ranges, number):
        before, match = escape(text[done:start]), escape(text[start:end])
        pieces.append(f'{before}<mark id="m{at}" tabindex="-1">{match}</mark>{hops.behind(at)}')
        done = end
    return Markup("".join([*pieces, escape(text[done:])]))  # noqa: S704 - every text in it was escaped
