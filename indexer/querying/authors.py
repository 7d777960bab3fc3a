"""Names after `tác giả:`: whom they mean, and how far an unquoted one goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import takewhile

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import fold, has_marks
from indexer.analysis.tokens import syllables_of
from indexer.querying import nodes
from indexer.sources.signatures import without_rank

LONGEST_NAME = 6
"""Words of a name without quotes."""

NAMES_KEPT = 4096
"""Names whose words are kept: all of an archive's are looked through for each name in a query."""

FindAuthors = Callable[[str], tuple[str, ...]]
"""A name or part of one -> the keys of the authors it may mean."""


def find_authors(text: str, keys: Mapping[str, str]) -> tuple[str, ...]:
    """What the author keys that hold these words side by side stand for; unmarked words mean every spelling.

    A rank before a full name is left out, as it is in keys.
    """
    spell: Callable[[str], str] = str if has_marks(text) else fold
    wanted = f" {_spelled(without_rank(text), spell)} "
    found = (listed for key, listed in keys.items() if wanted.strip() and wanted in f" {_spelled(key, spell)} ")
    return tuple(dict.fromkeys(found))


def join_names(node: nodes.Node, find: FindAuthors) -> nodes.Node:
    """`tác giả:Đình Lâm` without quotes: words after the field that go on to be an author's name belong to it."""
    match node:
        case nodes.And(parts):
            joined = tuple(_join(tuple(join_names(part, find) for part in parts), find))
            return joined[0] if len(joined) == 1 else nodes.And(joined)
        case nodes.Or(parts):
            return nodes.Or(tuple(join_names(part, find) for part in parts))
        case _:
            return node


def _join(parts: tuple[nodes.Node, ...], find: FindAuthors) -> Iterator[nodes.Node]:
    at = 0
    while at < len(parts):
        name = _first_word(parts[at])
        longer = _longest_name(name, parts[at + 1 : at + LONGEST_NAME], find) if name else None
        yield _renamed(parts[at], longer) if longer else parts[at]
        at += len(longer.split()) if longer else 1


def _longest_name(first: str, following: tuple[nodes.Node, ...], find: FindAuthors) -> str | None:
    """The first word with as many of those after it as still name somebody; None if it stands alone."""
    words = [first, *(word.text for word in takewhile(_is_word, following) if isinstance(word, nodes.Word))]
    names = (" ".join(words[:count]) for count in range(len(words), 1, -1))
    return next(filter(find, names), None)


def _is_word(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Word)


def _first_word(node: nodes.Node) -> str | None:
    """The single word in `tác giả:word` or `-tác giả:word`; None in any other node."""
    match node:
        case nodes.Field(nodes.FieldName.AUTHOR, nodes.Word(text)):
            return text
        case nodes.Not(part):
            return _first_word(part)
        case _:
            return None


def _renamed(node: nodes.Node, name: str) -> nodes.Node:
    if isinstance(node, nodes.Not):
        return nodes.Not(_renamed(node.part, name))
    return nodes.Field(nodes.FieldName.AUTHOR, nodes.Phrase(name))


@lru_cache(NAMES_KEPT)
def _spelled(text: str, spell: Callable[[str], str]) -> str:
    return " ".join(spell(token.text) for token in syllables_of(canonical(text)))
