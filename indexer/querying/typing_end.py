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
    A field such as `tác giả:` right before the words is not part of `before`, but `field`. `is_excluded`: what is typed
    is what articles must not have. `takes_one`: what stands before the words takes the first of them alone, so that
    several have to be quoted.
    """

    before: str
    words: str
    scope: Scope = Scope.TEXT
    field: str = ""
    closing: str = ""
    is_excluded: bool = False
    takes_one: bool = False

    def replaced(self, text: str) -> str:
        """The whole question with `text` in place of the words."""
        quote = '"' if self.takes_one and " " in text.strip() else ""
        return f"{self.before}{self.field}{quote}{text}{quote or self.closing}"


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

_EXCLUDING = ("-", "NOT")
_FIRST_WORD = re.compile(r"\s*\S+\s+")
"""Only this word is excluded where nothing is quoted; what follows it is looked for."""


def find_typing_end(text: str) -> TypingEnd:
    """The words at the end of any text whatever; there are none after an operator."""
    typed = canonical(text)
    breaks = list(_BREAK.finditer(typed))
    last = _right_before(breaks)
    is_open = sum(_is_quote(each) for each in breaks) % 2 == 1
    is_excluded = last is not None and last[0] in _EXCLUDING
    start = breaks[-1].end() if breaks else 0
    if is_excluded and not is_open and (first := _FIRST_WORD.match(typed, start)):
        is_excluded, start = False, first.end()
    words = " ".join(typed[start:].split())
    if words and typed[-1].isspace():
        words += " "
    start += len(typed[start:]) - len(typed[start:].lstrip())
    field = last if last and last[0].endswith(":") else None
    return TypingEnd(
        before=typed[: field.start() if field else start],
        words=words,
        scope=_scope(field),
        field=typed[field.start() : start] if field else "",
        closing='"' if is_open else "",
        is_excluded=is_excluded,
        takes_one=(is_excluded or (field is not None and _scope(field) is Scope.TEXT)) and not is_open,
    )


def _right_before(breaks: list[re.Match[str]]) -> re.Match[str] | None:
    """What says what the words are: the last break, or the one before a quotation mark that opens."""
    if breaks and _is_quote(breaks[-1]) and len(breaks) > 1 and breaks[-2].end() == breaks[-1].start():
        breaks = breaks[:-1]
    return breaks[-1] if breaks else None


def _is_quote(found: re.Match[str]) -> bool:
    return re.match(_QUOTE, found[0]) is not None


def _scope(field: re.Match[str] | None) -> Scope:
    if field is None:
        return Scope.TEXT
    return Scope.AUTHOR if field["author"] else Scope.DATE if field["date"] else Scope.TEXT
