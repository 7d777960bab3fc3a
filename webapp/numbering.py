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

_MATCH = Markup(
    '<mark id="m{number}" tabindex="-1">{text}</mark><span class="hop" data-place="{place}" lang="{language}">'
    '<a href="#m{before}" aria-label="{previous}"></a><a href="#m{after}" aria-label="{next}"></a></span>'
)


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
    lit, number = [], 1
    for text, ranges in tidied:
        lit.append(_part(text, ranges, number, total, wording))
        number += len(ranges)
    return tuple(lit), total


def _part(text: str, ranges: Sequence[Range], number: int, total: int, wording: Wording) -> Markup:
    pieces: list[Markup] = []
    done = 0
    for offset, (start, end) in enumerate(ranges):
        pieces += [escape(text[done:start]), _match(text[start:end], number + offset, total, wording)]
        done = end
    return Markup("").join([*pieces, escape(text[done:])])


def _match(text: str, number: int, total: int, wording: Wording) -> Markup:
    return _MATCH.format(
        number=number,
        text=text,
        language=wording.language,
        before=number - 1 or total,
        after=number % total + 1,
        place=f"{number} / {total}",
        previous=wording.previous,
        next=wording.next,
    )
