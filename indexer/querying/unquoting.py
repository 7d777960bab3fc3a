"""The same query without quotation marks: what has to stand side by side may stand anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.analysis.canonical import canonical
from indexer.analysis.tokens import syllables_of
from indexer.querying.nodes import And, Field, FieldName, Near, Node, Or, Phrase, Word
from indexer.querying.parser import OPERATORS


def unquote(tree: Node) -> Node:
    """The tree with the words of each phrase in its place; what is excluded and names of authors stay as they are."""
    match tree:
        case Phrase(text) | Near(text):
            return _all_of(_words(text)) or tree
        case And(parts):
            return _all_of(map(unquote, parts)) or tree
        case Or(parts):
            return Or(tuple(map(unquote, parts)))
        case Field(FieldName.TITLE, part):
            return Field(FieldName.TITLE, unquote(part))
        case _:
            return tree


def _words(text: str) -> Iterator[Word]:
    """In quotes an operator is a word, without them only in small letters."""
    text = canonical(text)
    for token in syllables_of(text):
        typed = text[token.start : token.end]
        yield Word(typed.lower() if typed in OPERATORS else typed)


def _all_of(parts: Iterator[Node]) -> Node | None:
    flat = tuple(each for part in parts for each in (part.parts if isinstance(part, And) else (part,)))
    return And(flat) if len(flat) > 1 else next(iter(flat), None)
