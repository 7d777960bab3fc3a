"""How results are ranked: BM25F with its weights as one table. Plain arithmetic: works on floats and on numpy arrays.

BM25F after Robertson, Zaragoza, Taylor, "Simple BM25 extension to multiple weighted fields" (CIKM 2004): the
frequencies of a word in the fields are weighted and added up *before* they saturate.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.querying.plan import BODY, TITLE

Number = TypeVar("Number", float, NDArray[np.float64])
"""A float, or a numpy array of them."""

COMPOUNDS = "compounds"


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """How much a field counts, and how strongly its length is held against it (0 not at all, 1 fully)."""

    weight: float
    length_effect: float
    reason: str


FIELDS: dict[str, FieldWeight] = {
    TITLE: FieldWeight(
        3.0,
        0.3,
        "a word in the title says what the article is about; titles differ little in length. On topics of news MRR@10 is "
        "0.9795 at 1 to 2, 0.9799 at 3 and 4; without marks 0.9794, 0.9799, 0.9803 and 0.9812",
    ),
    BODY: FieldWeight(1.0, 0.75, "the usual BM25 value"),
    COMPOUNDS: FieldWeight(1.0, 0.75, "a bag of words over title and body"),
}

SATURATION = 1.2
"""k1 of BM25: how soon more of the same word stops to count. The usual value."""

NEIGHBOURS = 0.4
"""Weight of two query syllables standing side by side, by how rare the pair is in the archive. On 1,389 judged queries
(the Vietnamese questions of XQuAD, and topics with the news they gather) 0.4 was the best of 0.2 to 0.7; taken to be as
rare as its rarer word, as an engine takes it, a pair gives 0.002 to 0.004 less of MRR@10 at any weight."""

MUCH_RARER = 5.0
"""A pair counts for at most so many times as rare as its words: those of very common words are not known so closely."""

COMPOUND = 0.3
"""Weight of a segmented word: +0.2 points of MRR; more than 0.3 does harm, as segmentation errs."""

RESTORED = 0.5
"""Weight of the likeliest spelling of a word typed without marks."""

TYPED = 0.2
"""Weight of the typed one of two spellings that both count, `kỹ` and `kĩ`: it comes first among equals."""

SYNONYM = 0.8
"""Weight of a name that was not typed but means the same (`querying/synonyms.py`): what was typed comes first among
equals, and one more mention of the other name is still worth more than none. A judgement: no set of judged queries asks
for abbreviations.
"""

FEW_WORDS = 4
"""Of so few words all are asked for, if any article has them; of more, most will do."""

MOST_SHARE = 0.45
"""How many of a long query's words an article must have, as a share of what the best article has. On judged questions
MRR@10 is 0.867 at 0.9, 0.922 at 0.75, 0.945 at 0.6 and 0.950 at 0.45 and below."""

RESCORED = 500
"""Bonuses are looked up for so many of the best articles by their words alone, which are then put in order again: far
more than anybody reads, and the same work however common the words are."""

SCORE_DIGITS = 6
"""Scores are rounded before they are compared, so that sums made in another order still tie."""


def inverse_frequency(articles: int, containing: int) -> float:
    """Weight of a word by rarity: ln(1 + (N - n + 0.5) / (n + 0.5)), never negative.

    Words side by side, or near each other, are taken to be as rare as the rarest of them: they are at least that, and
    their own number would have to be looked up in the whole archive.
    """
    return log(1.0 + (articles - containing + 0.5) / (containing + 0.5))


def field_frequency(field: str, frequency: Number, length: Number, average_length: float) -> Number:
    """One field's part of the BM25F frequency of a word: weighted, and set against the field's length."""
    row = FIELDS[field]
    relative = length / max(average_length, 1.0)
    norm = 1.0 - row.length_effect + row.length_effect * relative
    return row.weight * frequency / norm


def score(frequency: Number, rarity: float) -> Number:
    """BM25's curve from frequency to score: 0 at 0, towards rarity * (k1 + 1) for many."""
    return frequency / (frequency + SATURATION) * (rarity * (SATURATION + 1.0))
