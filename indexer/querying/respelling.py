"""The same query with other spellings of its words: what was quoted stays quoted, what was excluded stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import place_tone_old
from indexer.analysis.tokens import syllables_of, terms_of
from indexer.querying.nodes import And, Field, FieldName, Near, Node, Or, Phrase, Word

Spell = Callable[[Sequence[str]], Sequence[str]]
"""The terms of words that stand together in a query -> other terms, one for each or a different number."""


def respell(tree: Node, spell: Spell) -> Node:
    """The tree with every run of its words spelled anew."""
    match tree:
        case Word():
            words = _respell_words([tree], spell)
            return words[0] if len(words) == 1 else And(tuple(words))
        case Phrase(text):
            return Phrase(respell_text(text, spell))
        case Near(text, distance):
            return Near(respell_text(text, spell), distance)
        case And(parts):
            return And(tuple(_respell_parts(parts, spell)))
        case Or(parts):
            return Or(tuple(respell(part, spell) for part in parts))
        case Field(FieldName.TITLE, part):
            return Field(FieldName.TITLE, respell(part, spell))
        case _:
            return tree


def runs(tree: Node | None) -> Iterator[tuple[str, ...]]:
    """The terms of each run of words that `respell` would spell."""
    match tree:
        case Word(text) | Phrase(text) | Near(text):
            yield tuple(terms_of(canonical(text)))
        case And(parts):
            for are_words, group in groupby(parts, lambda part: isinstance(part, Word)):
                if are_words:
                    yield _terms(_words_in(group))
                else:
                    for part in group:
                        yield from runs(part)
        case Or(parts):
            for part in parts:
                yield from runs(part)
        case Field(FieldName.TITLE, part):
            yield from runs(part)


def _respell_parts(parts: Sequence[Node], spell: Spell) -> Iterator[Node]:
    for are_words, group in groupby(parts, lambda part: isinstance(part, Word)):
        if are_words:
            yield from _respell_words(_words_in(group), spell)
        else:
            yield from (respell(part, spell) for part in group)


def _words_in(group: Iterator[Node]) -> list[Word]:
    return [part for part in group if isinstance(part, Word)]


def _terms(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(term for word in words for term in terms_of(canonical(word.text)))


def _respell_words(words: Sequence[Word], spell: Spell) -> list[Word]:
    terms = _terms(words)
    spelled = spell(terms)
    if len(spelled) != len(terms):
        return [Word(place_tone_old(term)) for term in spelled]
    rest = iter(spelled)
    return [Word(_written_anew(word.text, rest)) for word in words]


def respell_text(text: str, spell: Spell) -> str:
    """A text whose words stand together, spelled anew; what is no word, and capitals stay."""
    terms = terms_of(canonical(text))
    spelled = spell(terms)
    return _written_anew(text, iter(spelled)) if len(spelled) == len(terms) else " ".join(map(place_tone_old, spelled))


def _written_anew(text: str, terms: Iterator[str]) -> str:
    """The text with each of its terms replaced by the next one; what is not a term stays."""
    text = canonical(text)
    parts, at = [], 0
    for token in syllables_of(text):
        term, typed = next(terms), text[token.start : token.end]
        parts += [text[at : token.start], typed if term == token.text else _like(typed, place_tone_old(term))]
        at = token.end
    return "".join([*parts, text[at:]])


def _like(typed: str, term: str) -> str:
    """The term in capitals where the reader used them. Newspapers write tones in the old style, so do we."""
    if typed.isupper() and len(typed) > 1:
        return term.upper()
    return term[:1].upper() + term[1:] if typed[:1].isupper() else term
