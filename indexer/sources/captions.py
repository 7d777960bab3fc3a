"""Photo captions: the credit at their end, and which of them say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache

from indexer.model import Caption
from indexer.sources.prose import one_line
from indexer.sources.signatures import author_key

LONGEST_CAPTION = 1000
"""Characters; what is longer is a paragraph that happens to end like a caption."""

_MOST_CREDIT_WORDS = 8

_BRACKETED = re.compile(r"\s*[(\[]\s*(?:nguồn )?(ảnh)\b(\s*:)?\s*([^()\[\]]+)[)\]]\.?$", re.IGNORECASE)
"""`(Ảnh: Name)`, `(Ảnh Name)`"""

_OPEN = re.compile(
    # It must begin anew: `trong ảnh: ...` goes on with the sentence.
    r"(?:^|(?<=[.,;!?…”\"])\s*|\s*[–-]\s*|\s+(?=Ả))(?:nguồn )?(?:[ảẢ]nh|ẢNH)\s*:\s*([^()\[\]:]+)$"
)
"""`Ảnh: Name`"""

_SENTENCE = re.compile(r"\w{3,}[.!?] ")

_NEARLY_SAME = 0.8
_LOOK_BACK = 4
"""Captions a new one is compared with word by word: twins stand together, and comparing all takes quadratic time."""


def read_caption(line: str) -> Caption | None:
    """The caption in a line that ends with a photo credit; None for any other line.

    The text is "" where the line is nothing but the credit.
    """
    line = one_line(line)
    if len(line) > LONGEST_CAPTION:
        return None
    if match := _BRACKETED.search(line):
        photo, colon, credit = match.groups()
        if colon or credit[0].isupper():
            return Caption(line[: match.start()], credit.strip(" ."))
        # (Ảnh minh họa) names nobody; (ảnh chụp năm ngoái) is part of a sentence.
        return Caption(line) if photo[0].isupper() else None
    match = _OPEN.search(line)
    if match is None or not _is_credit(match[1]):
        return None
    return Caption(line[: match.start()].rstrip(" ,;"), match[1].strip(" ."))


def merge_captions(captions: Iterable[Caption]) -> tuple[Caption, ...]:
    """Each caption once, in its first wording: pages print the same one at the photo and under it."""
    kept: list[Caption] = []
    place: dict[tuple[str, ...], int] = {}
    for caption in captions:
        at = _twin(caption, kept)
        at = place.get(_words(caption.text)) if at is None else at
        if at is not None and _credits_agree(kept[at], caption):
            kept[at] = replace(kept[at], credit=kept[at].credit or caption.credit)
        else:
            place.setdefault(_words(caption.text), len(kept))
            kept.append(caption)
    return tuple(kept)


def is_same_caption(one: str, other: str) -> bool:
    """Whether two texts are one caption: but for case, tone placement and punctuation, or in most of their words."""
    first, second = _words(one), _words(other)
    if first == second:
        return True
    if max(len(one), len(other)) > LONGEST_CAPTION:  # comparing takes time by the square of the words
        return False
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.real_quick_ratio() >= _NEARLY_SAME and matcher.ratio() >= _NEARLY_SAME


def _is_credit(text: str) -> bool:
    return len(text.split()) <= _MOST_CREDIT_WORDS and not _SENTENCE.search(text)


def _twin(caption: Caption, kept: list[Caption]) -> int | None:
    """The place of a caption by the same photographer in nearly the same words."""
    credit = author_key(caption.credit)
    for at in range(max(0, len(kept) - _LOOK_BACK), len(kept)):
        if author_key(kept[at].credit) == credit and is_same_caption(kept[at].text, caption.text):
            return at
    return None


def _credits_agree(one: Caption, other: Caption) -> bool:
    return not one.credit or not other.credit or author_key(one.credit) == author_key(other.credit)


@lru_cache(4 * _LOOK_BACK)
def _words(text: str) -> tuple[str, ...]:
    """What counts when two captions are compared."""
    return tuple(re.findall(r"\w+", author_key(text)))
