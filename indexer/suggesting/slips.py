"""The ways in which a word comes to be typed as another, and what each costs.

A channel of noise, in the sense of Kernighan, Church and Gale, "A spelling correction program based on a noisy channel
model" (1990): a cost is the logarithm of how much seldomer the slip is made than none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Slip(StrEnum):
    """A way in which a word is mistyped."""

    UNMARKED = "no mark typed"
    MISSING = "some marks typed, not all"
    TONE = "another tone"
    HOI_NGA = "hỏi for ngã or ngã for hỏi"
    SHAPE = "a mark on a letter that has none, or has another"
    SWAPPED = "two letters in the wrong order"
    DROPPED = "a letter missing"
    EXTRA = "a letter too many"
    WRONG = "a letter for another"
    LOST = "marks lost with the letter"
    EAR = "another onset or ending that sounds alike in some part of the country"
    IY = "i for y or y for i"
    SPLIT = "a blank left out"
    JOIN = "a blank too many"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a slip costs, in nats, and why."""

    nats: float
    reason: str


COSTS: dict[Slip, Cost] = {
    Slip.UNMARKED: Cost(2.5, "the commonest of all; at 3.0 fewer are mended, at 2.0 more clean queries are doubted"),
    Slip.MISSING: Cost(7.0, "who types one mark types the other, too; at 6.0 more clean queries are doubted"),
    Slip.TONE: Cost(5.7, "at 6.0 a point less is mended, at 5.4 more clean queries are doubted"),
    Slip.HOI_NGA: Cost(1.5, "half the country speaks them alike; at 2.5 a point and a half less is mended"),
    Slip.SHAPE: Cost(5.7, "as another tone"),
    Slip.SWAPPED: Cost(7.5, "a word has few pairs of letters to swap, so each is likelier than another letter"),
    Slip.DROPPED: Cost(8.0, "a word has few letters to drop"),
    Slip.EXTRA: Cost(9.0, "any letter anywhere, but mostly one that stands beside it on the keyboard"),
    Slip.WRONG: Cost(9.5, "any letter anywhere; at 11 a point and a half less is mended"),
    Slip.LOST: Cost(1.5, "one letter in three has a mark; at 2.5 two points less is mended"),
    Slip.EAR: Cost(3.4, "written as it is spoken; at 4.0 a point less is mended"),
    Slip.IY: Cost(1.0, "both are right, so it counts which is usual"),
    Slip.SPLIT: Cost(5.0, "of words that are no syllables few can be cut into syllables"),
    Slip.JOIN: Cost(9.0, "as a letter too many"),
}
"""Set on pieces of 847 leads of a newspaper, spoilt in one syllable, of which the archive of 99,527 articles held none;
`tests/bench/suggestions.py` asks with the headlines."""

UNKNOWN = 9.0
"""What it costs to keep a word that no article holds: it finds nothing, so even a letter is sooner put right. In a
large archive the language model says so itself, in a small one it has not seen enough to."""
