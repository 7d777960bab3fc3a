"""Cuts text into lexemes: syllables, numbers, addresses, signs and line ends, just as pyvi does.

A lexeme never reaches across white space, and what it is depends on nothing beyond it. So this
needs no model, and a run of characters seen before need not be cut again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

# pyvi's alternatives, in its order of preference; the e-mail address stands between the two.
_FIRST = r"[A-ZĐ]+\.|Tp\.|Mr\.|Mrs\.|Ms\.|Dr\.|ThS\.|==>|->|\.\.\.|>>|\w++://\S+"
_EMAIL = r"[a-zA-Z0-9_.+-]+@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+"
_LAST = r"\d+(?:[.,_]\d+)+|[^\w\s]|\w+"

_LEXEME = re.compile(f"{_FIRST}|{_LAST}")
_LEXEME_OR_EMAIL = re.compile(f"{_FIRST}|{_EMAIL}|{_LAST}")
_EMAIL_NAME = re.compile(r"[a-zA-Z0-9_.+-]+")
_EMAIL_DOMAIN = re.compile(r"@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+")

LONGEST_KEPT = 40
"""Characters of the longest text kept in a cache: longer ones are rare and cost the most memory."""

_RUNS_KEPT = 2**16


def lex(text: str) -> list[str]:
    """Cut a canonical text into lexemes, in linear time. Together they are all but the blanks."""
    lexemes: list[str] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            lexemes.append("\n")
        for run in line.split():
            lexemes += _cut_and_keep(run) if len(run) <= LONGEST_KEPT else _cut(run)
    return lexemes


def find_starts(text: str, lexemes: Iterable[str]) -> list[int]:
    """Where each lexeme of a text starts in it."""
    starts: list[int] = []
    end = 0
    for lexeme in lexemes:
        start = text.find(lexeme, end)  # only blanks can lie between
        starts.append(start)
        end = start + len(lexeme)
    return starts


def _cut(run: str) -> tuple[str, ...]:
    return tuple(_cut_with_emails(run) if "@" in run else _LEXEME.findall(run))


_cut_and_keep = lru_cache(_RUNS_KEPT)(_cut)


def _cut_with_emails(run: str) -> Iterator[str]:
    """Cut a run with an @ in it, trying the e-mail pattern only where it is bound to match.

    Tried everywhere, it looks for an @ from each character on: quadratic in `------`.
    """
    position = 0
    for start, at_sign in _email_names(run):
        while position < start:
            yield (lexeme := _lexeme_at(_LEXEME, run, position))
            position += len(lexeme)
        while position < at_sign:
            yield (lexeme := _lexeme_at(_LEXEME_OR_EMAIL, run, position))
            position += len(lexeme)
    yield from _LEXEME.findall(run, position)


def _lexeme_at(pattern: re.Pattern[str], run: str, position: int) -> str:
    return next(pattern.finditer(run, position)).group()  # every character that is not blank begins one


def _email_names(run: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch that a domain follows: every character in it begins an address."""
    for name in _EMAIL_NAME.finditer(run):
        if _EMAIL_DOMAIN.match(run, name.end()):
            yield name.start(), name.end()
