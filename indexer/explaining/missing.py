"""Why an article does not answer words it was asked for: the nearest it comes to them. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from indexer.analysis.syllables import fold, iy_variant, parse
from indexer.explaining.reading import Key, Sighting, Text, nearest, occurrences, sightings
from indexer.explanation import Reason
from indexer.querying.plan import BODY, TITLE, Near, Sequence, Spellings, WrittenClause

MOST_SPELLINGS = 4
"""Other spellings that are named; an article may have many of a short syllable."""


def why_not(clause: WrittenClause, text: Text, label: Callable[[WrittenClause], str]) -> tuple[Reason, ...]:
    """The reasons, for a clause that the text does not answer; `label` gives a clause as it was typed."""
    asked = label(clause)
    return (
        _outside_the_title(clause, text, asked)
        or _in_another_spelling(clause, text, asked)
        or _word_by_word(clause, text, label)
        or (Reason("absent", {"asked": asked}),)
    )


def _outside_the_title(clause: WrittenClause, text: Text, asked: str) -> tuple[Reason, ...]:
    if clause.fields != (TITLE,):
        return ()
    return _seen("outside_title", asked, sightings(occurrences(_in_body(clause), text)))


def _in_body(clause: WrittenClause) -> WrittenClause:
    if isinstance(clause, Spellings):
        return replace(clause, fields=(BODY,))
    return replace(clause, parts=tuple(replace(part, fields=(BODY,)) for part in clause.parts))


def _without_iy(term: str) -> str:
    """The same for a syllable and its other spelling with i or y."""
    return min(term, iy_variant(term) or term)


def _without_tone(term: str) -> str:
    syllable = parse(term)
    return f"{syllable.onset}-{syllable.rime}" if syllable else term


OTHER_SPELLINGS: tuple[tuple[str, Key], ...] = (
    ("other_iy", _without_iy),
    ("other_tone", _without_tone),
    ("other_marks", fold),
)
"""Codes, and what of a word is the same in spite of the difference; the smallest difference first."""


def _in_another_spelling(clause: WrittenClause, text: Text, asked: str) -> tuple[Reason, ...]:
    for code, key in OTHER_SPELLINGS:
        if found := sightings(occurrences(clause, text, key)):
            return _seen(code, asked, found)
    return ()


def _seen(code: str, asked: str, found: list[Sighting]) -> tuple[Reason, ...]:
    return tuple(Reason(code, {"asked": asked, "word": each.printed}, each.places) for each in found[:MOST_SPELLINGS])


def _word_by_word(clause: WrittenClause, text: Text, label: Callable[[WrittenClause], str]) -> tuple[Reason, ...]:
    """Of several words: why some are not there, or that all are, but not as they were asked for."""
    if isinstance(clause, Spellings):
        return ()
    missing = [part for part in dict.fromkeys(clause.parts) if not occurrences(part, text)]
    if missing:
        return tuple(reason for part in missing for reason in why_not(part, text, label))
    asked = label(clause)
    if isinstance(clause, Sequence):
        return (Reason("not_side_by_side", {"asked": asked}),)
    return (_too_far(clause, text, asked),)


def _too_far(clause: Near, text: Text, asked: str) -> Reason:
    distance = nearest(clause, text)
    if distance is None:
        return Reason("in_different_parts", {"asked": asked})
    return Reason("too_far", {"asked": asked, "nearest": str(distance), "distance": str(clause.distance)})
