"""Short codes for articles, which stand in their permanent addresses (`/b/7k2m9xq4wd`).

A code comes from the article's id alone: it stays the same through every rebuild, in whatever order articles come, and
a file that is renamed keeps its article's id. The letters are those of Douglas Crockford's Base 32
(https://www.crockford.com/base32.html), none of which is taken for another.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np

LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"

LENGTH = 10
"""50 bits: among 100,000 articles two have the same code in one archive of 200,000, among a million in one of 2,000."""

_BITS = 5
_VALUES = {letter: value for value, letter in enumerate(LETTERS)} | {"o": 0, "i": 1, "l": 1}


def code_of(article_id: str) -> str:
    """The code of an article."""
    number = _number(article_id)
    return "".join(LETTERS[number >> _BITS * place & 31] for place in reversed(range(LENGTH)))


def _number(article_id: str) -> int:
    return int.from_bytes(blake2b(article_id.encode(), digest_size=7).digest(), "big") >> 6  # 56 bits, 50 of them


def _read(code: str) -> int | None:
    """The number a code stands for, however it was copied out: capitals, `o` for `0`, `l` for `1`."""
    values = [_VALUES.get(letter) for letter in code.lower()]
    if len(values) != LENGTH:
        return None
    number = 0
    for value in values:
        if value is None:
            return None
        number = (number << _BITS) + value
    return number


class Codes:
    """Which articles have which code. It takes some 50 bytes an article, and two seconds for a million."""

    def __init__(self, ids: Iterable[str]) -> None:
        known = list(ids)
        numbers = np.array([_number(article_id) for article_id in known], np.int64)
        order = np.argsort(numbers)
        self._numbers = numbers[order]
        encoded = [known[place].encode() for place in order.tolist()]
        self._ends = np.cumsum([0, *map(len, encoded)])
        self._ids = b"".join(encoded)

    def find(self, code: str) -> tuple[str, ...]:
        """The ids of the articles with a code, in order: one as a rule, none where it is nobody's or no code."""
        number = _read(code)
        if number is None:
            return ()
        first, last = np.searchsorted(self._numbers, (number, number + 1)).tolist()
        return tuple(sorted(self._ids[self._ends[at] : self._ends[at + 1]].decode() for at in range(first, last)))
