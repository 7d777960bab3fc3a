"""What a staff page says, with the language of each sentence where that is not the page's own."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.errors import KhobaoError
from webapp.staff.vietnamese import vietnamese


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, or several."""

    text: str
    """In words."""
    lang: str = ""
    """Its language, "" for that of the page."""


Speech = tuple[Told, ...]
"""What is said in one place; () for nothing."""


def ours(*sentences: str) -> Speech:
    """Sentences in the language of the page; empty ones are left out."""
    return tuple(map(Told, filter(None, sentences)))


def the_librarys(language: str, *sentences: str) -> Speech:
    """English sentences of the library, in the language of the page as far as they are known in it."""
    return tuple(_in(language, sentence) for sentence in sentences if sentence)


def of_error(error: Exception, language: str) -> Speech:
    """What happened, and what to do next where the error knows."""
    next_step = error.next_step if isinstance(error, KhobaoError) else ""
    return the_librarys(language, str(error) or type(error).__name__, next_step)


def _in(language: str, english: str) -> Told:
    if language == "en":
        return Told(english)
    known = vietnamese(english)
    return Told(english, "en") if known is None else Told(known)
