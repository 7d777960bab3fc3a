"""The end of what stands in a search box: the words that are being typed, and what stands before them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from indexer.analysis.canonical import canonical


class Scope(StrEnum):
    """What the words are looked for in."""

    TEXT = "text"
    AUTHOR = "author"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class TypingEnd:
    """`before` + the words is the whole question, but for white space.

    `words` end with a blank where the last one is finished. `closing` is the quotation mark that is still missing.
    A field such as `tác giả:` right before the words is not part of `before`, but `field`.
    """

    before: str
    words: str
    scope: Scope = Scope.TEXT
    field: str = ""
    closing: str = ""

    def replaced(self, head: str, text: str) -> str:
        """The whole question with `text` in place of the words after `head`, the first of them."""
        return f"{self.before}{self.field}{head}{text}{self.closing}"


_QUOTE = '["“”„«»]'
_BREAK = re.compile(
    rf"""
      {_QUOTE} (?: ~ [0-9]* )?
    | [()|]
    | (?<! \S ) (?: OR | HOẶC | HOAC | AND | NOT | && | & ) (?= \s )
    | (?<! \S ) [-+] (?= \S )
    | (?i: (?P<author> t[áa]c \s* gi[ảa] | author )
         | (?P<date> ng[àa]y | date )
         | ti[êe]u \s* [đd][ềe] | title ) :
    """,
    re.VERBOSE,
)
"""What the words of a question do not go across; see `parser` for the language."""


def find_typing_end(text: str) -> TypingEnd:
    """The words at the end of any text whatever; there are none after an operator."""
    typed = canonical(text)
    breaks = list(_BREAK.finditer(typed))
    start = breaks[-1].end() if breaks else 0
    words = " ".join(typed[start:].split())
    if words and typed[-1].isspace():
        words += " "
    start += len(typed[start:]) - len(typed[start:].lstrip())
    quotes = [found[0][0] for found in breaks if re.match(_QUOTE, found[0])]
    is_open = len(quotes) % 2 == 1
    field = _field(breaks)
    return TypingEnd(
        before=typed[: field.start() if field else start],
        words=words,
        scope=_scope(field),
        field=typed[field.start() : start] if field else "",
        closing='"' if is_open else "",
    )


def _field(breaks: list[re.Match[str]]) -> re.Match[str] | None:
    """The field that the words are in: the last break, or the one before a quotation mark that opens."""
    if breaks and re.match(_QUOTE, breaks[-1][0]) and len(breaks) > 1 and breaks[-2].end() == breaks[-1].start():
        breaks = breaks[:-1]
    return breaks[-1] if breaks and breaks[-1][0].endswith(":") else None


def _scope(field: re.Match[str] | None) -> Scope:
    if field is None:
        return Scope.TEXT
    return Scope.AUTHOR if field["author"] else Scope.DATE if field["date"] else Scope.TEXT
