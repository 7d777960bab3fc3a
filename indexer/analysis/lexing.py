"""Cuts text into lexemes: syllables, numbers, addresses, signs and line ends, just as pyvi does.

A lexeme never reaches across white space, and what it is depends on nothing beyond it. So this
needs no model, and a text may be cut apart between any two blanks first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# pyvi's alternatives, in its order of preference; the e-mail address stands between the two.
_FIRST = r"[A-ZĐ]+\.|Tp\.|Mr\.|Mrs\.|Ms\.|Dr\.|ThS\.|==>|->|\.\.\.|>>|\w++://\S+"
_EMAIL = r"[a-zA-Z0-9_.+-]+@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+"
_LAST = r"\d+(?:[.,_]\d+)+|[^\w\s]|\w+|\n"

_LEXEME = re.compile(f"{_FIRST}|{_LAST}")
_LEXEME_OR_EMAIL = re.compile(f"{_FIRST}|{_EMAIL}|{_LAST}")
_EMAIL_NAME = re.compile(r"[a-zA-Z0-9_.+-]+")
_EMAIL_DOMAIN = re.compile(r"@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+")

_RUN = re.compile(r"\S+|\n")


def lex(text: str) -> list[str]:
    """Cut a canonical text into lexemes, in linear time. Together they are all but the blanks."""
    if "@" not in text:
        return _LEXEME.findall(text)
    return [lexeme for run in _RUN.findall(text) for lexeme in _cut(run)]


def find_starts(text: str, lexemes: Iterable[str]) -> list[int]:
    """Where each lexeme of a text starts in it."""
    starts: list[int] = []
    end = 0
    for lexeme in lexemes:
        start = text.find(lexeme, end)  # only blanks can lie between
        starts.append(start)
        end = start + len(lexeme)
    return starts


def _cut(run: str) -> Iterable[str]:
    return _cut_with_emails(run) if "@" in run else _LEXEME.findall(run)


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
