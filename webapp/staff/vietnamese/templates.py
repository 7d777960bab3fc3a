"""Sentences with holes, known in one language and said in another.

A template is written as for `str.format`: `is larger than {size} MB`. What stands in a hole is taken over as it is, but
for a hole called `reason`: that holds a sentence of its own, and if it is not known, neither is the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter

REASON = "reason"

DEEPEST = 4
"""Sentences within sentences that are looked into: the library makes no more than three of them."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template taken apart: the literals before, between and after the holes, one more than there are `holes`."""

    literals: tuple[str, ...]
    holes: tuple[str, ...]

    def match(self, text: str) -> dict[str, str] | None:
        """What stands in the holes, each as short as can be but for a reason's; None for another sentence.

        Takes time in proportion to the text, whatever stands in it.
        """
        first, *others = self.literals
        if not others:
            return {} if text == first else None
        if len(text) < len(first) + len(others[-1]) or not (text.startswith(first) and text.endswith(others[-1])):
            return None
        inner = text[len(first) : len(text) - len(others[-1])]
        from_left = self.holes.index(REASON) if REASON in self.holes else len(self.holes) - 1
        values = _split(inner, others[:-1], from_left)
        return dict(zip(self.holes, values, strict=True)) if values else None

    @property
    def weight(self) -> tuple[int, bool]:
        """Of two templates that a text matches, the one that leaves less of it to the holes is meant."""
        return sum(map(len, self.literals)), REASON in self.holes


def _split(text: str, literals: Sequence[str], from_left: int) -> list[str]:
    """The text between the literals, of which the first `from_left` are looked for from its beginning, the others from
    its end; [] where one is missing.
    """
    before, after = [], []
    for literal in literals[:from_left]:
        value, found, text = text.partition(literal)
        if not found:
            return []
        before.append(value)
    for literal in reversed(literals[from_left:]):
        text, found, value = text.rpartition(literal)
        if not found:
            return []
        after.append(value)
    return [*before, text, *reversed(after)]


def parse(template: str) -> Template:
    """Take a template apart. Two holes need something between them."""
    pieces = list(Formatter().parse(template))
    holes = tuple(name for _, name, _, _ in pieces if name is not None)
    literals = tuple(literal for literal, *_ in pieces)
    return Template(literals if len(literals) > len(holes) else (*literals, ""), holes)


class Phrasebook:
    """Templates and what they are in the other language."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self.phrases = phrases
        parsed = ((parse(english), english, other) for english, other in phrases.items())
        self._phrases = sorted(parsed, key=lambda phrase: phrase[0].weight, reverse=True)

    def translate(self, text: str) -> str | None:
        """The sentence in the other language; None for one that is not known."""
        return next((said for _, said in self.matches(text)), None)

    def matches(self, text: str, depth: int = 0) -> Iterable[tuple[str, str]]:
        """The templates that a sentence may have been made of, the likeliest first, each with the translation."""
        for template, english, other in self._phrases:
            values = template.match(text)
            if values is None:
                continue
            if REASON in values:
                inner = self.matches(values[REASON], depth + 1) if depth < DEEPEST else ()
                reason = next((said for _, said in inner), None)
                if reason is None:
                    continue
                values[REASON] = reason
            yield english, other.format_map(values)
