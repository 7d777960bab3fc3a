"""Numbers up to 31 in words, as days and months are said. Words are in small letters without marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_UNITS = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")


def _spelled() -> Iterator[tuple[str, int]]:
    yield from ((unit, number) for number, unit in enumerate(_UNITS, 1))
    yield from (("tu", 4), ("muoi", 10), ("hai muoi", 20), ("ba muoi", 30), ("ba muoi mot", 31))
    for tens, ten in (("muoi", 10), ("hai muoi", 20), ("ham", 20), ("hai", 20)):
        yield from ((f"{tens} {unit}", ten + number) for number, unit in enumerate(_UNITS, 1))
        yield from ((f"{tens} lam", ten + 5), (f"{tens} tu", ten + 4))


NUMBERS = dict(_spelled())
"""`mot` -> 1, `muoi lam` -> 15, `hai muoi tu` or `hai tu` -> 24, ..."""

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "xix": 19, "xx": 20, "xxi": 21}
"""Of quarters and centuries."""


def any_of(words: Iterable[str]) -> str:
    """A pattern of these words; longer ones first, so that none is cut short."""
    return "|".join(sorted(words, key=len, reverse=True))


def number(text: str) -> int:
    """The number of digits, a word or a Roman numeral.

    Raises:
        KeyError: it is none of them
    """
    return int(text) if text.isdecimal() else NUMBERS.get(text) or ROMAN[text]
