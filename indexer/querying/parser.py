"""What a reader typed, read into a tree. Nothing typed is an error; what is odd becomes a notice.

Three steps, each linear in the text: tokens, balanced parentheses, recursive descent.

    alternatives = all_of { OR all_of }
    all_of       = { clause }
    clause       = { NOT | field } ( word | phrase [ ~distance ] | "(" alternatives ")" )

No schema and no engine is known here. SYNTAX.md tells readers the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate, takewhile

from indexer.analysis.canonical import canonical
from indexer.analysis.syllables import is_legal
from indexer.model import Notice
from indexer.querying.dates.advice import understood, unread
from indexer.querying.dates.reading import read_range
from indexer.querying.nodes import (
    And,
    DateRange,
    Field,
    FieldName,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Word,
)
from indexer.querying.wildcards import has_wildcards

MAX_LEAVES = 64
MAX_DEPTH = 20
MIN_PREFIX = 2
"""Letters before a `*`."""
MAX_DISTANCE = 50
"""Most words that quoted ones may stand apart: about a paragraph."""

_SHOWN = 40  # characters of the reader's own text that a notice repeats
_MOST_DATE_WORDS = 12  # `ngày mùng 1 tháng 4 nhuận âm lịch năm Canh Tý`; a range of such dates needs quotes


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was understood, and what the reader should know about it; None: nothing to look for.

    In `tree`, And and Or are flat and have several parts, fields hold no other field or date, and
    a part of an Or never only excludes.
    """

    tree: Node | None
    notices: tuple[Notice, ...] = ()


def parse(text: str, today: date | None = None) -> Parsed:
    """The tree and the notices for any text whatever; never raises.

    Args:
        text: what was typed.
        today: what `ngày:"hôm qua"` counts from; today in Vietnam if left out.
    """
    typed = canonical(text)
    tokens, notices = _balance(_tokenise(typed))
    reader = _Reader(tokens, today)
    tree = reader.alternatives()
    notices += reader.notices.values()
    if tree is None and typed.strip():
        notices.append(Notice("nothing_to_search"))
    return Parsed(tree, tuple(notices))


def describe(tree: Node | None) -> str:
    """The tree on one line, as SYNTAX.md shows it: `and(báo, not("tin vắn"))`; `∅` for None."""
    match tree:
        case Word(text) | Pattern(text):
            shown = text
        case Phrase(text):
            shown = f'"{text}"'
        case Near(text, distance):
            shown = f'"{text}"~{distance}'
        case And(parts) | Or(parts):
            shown = f"{type(tree).__name__.lower()}({', '.join(map(describe, parts))})"
        case Not(part):
            shown = f"not({describe(part)})"
        case Field(name, part):
            shown = f"{name}({describe(part)})"
        case DateRange(since, until):
            shown = f"date({since or ''}..{until or ''})"
        case None:
            shown = "∅"
    return shown


# Tokens


class _Kind(StrEnum):
    """Kinds of tokens, named like the groups of `_TOKEN`."""

    PHRASE = "phrase"
    LONE_QUOTE = "lone_quote"
    OPEN = "open"
    CLOSE = "close"
    OR = "or"
    NOT = "not"
    TITLE = "title"
    AUTHOR = "author"
    DATE = "date"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Kind
    text: str
    distance: str = ""
    """Of a phrase: the digits after its `~`."""


_FIELD_NAMES = {_Kind.TITLE: FieldName.TITLE, _Kind.AUTHOR: FieldName.AUTHOR}
_FIELDS = (*_FIELD_NAMES, _Kind.DATE)

_OR_IN_VIETNAMESE = ("HOẶC", "HOAC")
_OPERATORS = dict.fromkeys(("OR", *_OR_IN_VIETNAMESE), _Kind.OR) | {"NOT": _Kind.NOT}
_ALWAYS_MEANT = frozenset(("AND", "&", "&&"))
OPERATORS = frozenset(_OPERATORS) | _ALWAYS_MEANT
"""Words that are never looked for, unless they are quoted."""

FIELD = r"""
    (?i: (?P<title> ti[êe]u \s* [đd][ềe] | title )
       | (?P<author> t[áa]c \s* gi[ảa] | author )
       | (?P<date> ng[àa]y | date ) ) :
"""
"""A pattern, in verbose writing, of a field's name with its colon."""

# A curly and a straight quote may pair: keyboards change one of the two only.
_TOKEN = re.compile(
    rf"""
      (?P<phrase> (?: ["“”„] [^"“”„]* ["“”„] | [«»] [^«»]* [«»] ) (?: ~ (?P<distance> [0-9]+ ) (?! \w ) )? )
    | (?P<lone_quote> ["“”„«»] )
    | (?P<open> \( )
    | (?P<close> \) )
    | (?P<or> \|+ )
    | (?<! [^\s(|:] ) (?: (?P<not> - ) (?= [^\s)|\d-] ) | - (?= \d ) | \+ (?= [^\s)|+] ) )
    | {FIELD}
    | (?P<word> [^\s()|"“”„«»]+ )
    """,
    re.VERBOSE,
)

# `2019 .. 2020` is one range, `2019.. 5` is not.
_SPACED_RANGE = re.compile(r"(?<=\d)\s*\.\.\s*(?=\d{4}\b|\d{1,2}[-/]\d)")

_WORDS = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W_]")  # or digit
_PUNCTUATED = re.compile(r"(?P<before>[\W_]*)(?P<word>.*[^\W_])(?P<after>[\W_]*)", re.DOTALL)
_LEADING_WILDCARDS = re.compile(r"(?<![^\W_])(?<![*?])[*?]+")
_STARS = re.compile(r"[*]+")
_NO_WILDCARDS = re.compile(r"[^*?]")
_LETTERS_AND_WILDCARDS = re.compile(r"(?:[^\W_]|[*?])+")


def _tokenise(text: str) -> Iterator[_Token]:
    is_shouted = _is_shouted(text)
    for match in _TOKEN.finditer(_SPACED_RANGE.sub("..", text)):
        if match.lastgroup is None:  # a plus sign, as its word is required anyway; the hyphen of `Su -27`
            continue
        kind, found = _Kind(match.lastgroup), match[0]
        if kind is _Kind.PHRASE:
            distance = match["distance"] or ""
            quoted = found.removesuffix(f"~{distance}")
            yield _Token(kind, quoted[1:-1].strip(), distance)
        elif kind is not _Kind.WORD:
            yield _Token(kind, found)
        elif found not in _ALWAYS_MEANT:
            yield _Token(kind if is_shouted and found in _OR_IN_VIETNAMESE else _OPERATORS.get(found, kind), found)


def _is_shouted(text: str) -> bool:
    """Whether ordinary words are in capitals, so that HOẶC is one of them: `BÃO HOẶC LŨ`, not `UBND HOẶC HĐND`."""
    words = (word for word in _WORDS.findall(text) if word not in OPERATORS)
    return text.isupper() and any(len(word) > 1 and is_legal(word.lower()) for word in words)


def _balance(tokens: Iterable[_Token]) -> tuple[list[_Token], list[Notice]]:
    """Pairs all parentheses and bounds their depth: the descent need not care for either."""
    kept: list[_Token] = []
    notices: list[Notice] = []
    depth = 0
    for token in tokens:
        depth += token.kind is _Kind.OPEN
        problem = _problem(token.kind, depth)
        depth -= token.kind is _Kind.CLOSE and depth > 0
        if problem is None:
            kept.append(token)
        elif problem not in notices:
            notices.append(problem)
    if depth and _UNBALANCED_PARENTHESIS not in notices:
        notices.append(_UNBALANCED_PARENTHESIS)
    return kept + [_Token(_Kind.CLOSE, ")")] * min(depth, MAX_DEPTH), notices


_UNBALANCED_QUOTE = Notice("unbalanced_quote")
_UNBALANCED_PARENTHESIS = Notice("unbalanced_parenthesis")
_TOO_DEEP = Notice("too_deep", {"limit": str(MAX_DEPTH)})


def _problem(kind: _Kind, depth: int) -> Notice | None:
    """Why a token is left out; `depth` counts the parentheses around it and itself."""
    if kind is _Kind.LONE_QUOTE:
        return _UNBALANCED_QUOTE
    if kind is _Kind.CLOSE and depth == 0:
        return _UNBALANCED_PARENTHESIS
    if kind in (_Kind.OPEN, _Kind.CLOSE) and depth > MAX_DEPTH:
        return _TOO_DEEP
    return None


# Descent


class _Reader:
    """Recursive descent over balanced tokens.

    `scope` is the innermost field around a place: within a date field words are read as dates.
    """

    def __init__(self, tokens: Sequence[_Token], today: date | None) -> None:
        self.tokens = tokens
        self.today = today
        self.at = 0
        self.leaves = 0
        self.notices: dict[tuple[object, ...], Notice] = {}

    def alternatives(self, scope: _Kind | None = None) -> Node | None:
        parts: list[Node | None] = []
        before: _Token | None = None
        while True:
            start = self.at
            parts.append(self.all_of(scope))
            is_missing = self.at == start
            after = self.take(_Kind.OR)
            operator = before or after
            if is_missing and operator:
                self.note("dangling_operator", operator=operator.text)
            if after is None:
                return self.any_of(parts)
            before = after

    def all_of(self, scope: _Kind | None) -> Node | None:
        parts = []
        while not self.is_at_end():
            parts.append(self.clause(scope))
        return _join(And, parts)

    def clause(self, scope: _Kind | None) -> Node | None:
        """One thing to look for, with the exclusions and the field written before it."""
        marks = []
        while mark := self.take(_Kind.NOT, *_FIELDS):
            marks.append(mark)
        fields = [mark for mark in marks if mark.kind in _FIELDS]
        if self.is_at_end():
            self.note_unused(marks)
            return None
        self.note_unused(fields[:-1])
        field = fields[-1].kind if fields else None
        found = self.operand(field or scope)
        if field and field in _FIELD_NAMES:
            found = _within(_FIELD_NAMES[field], found)
        is_excluded = (len(marks) - len(fields)) % 2 == 1
        return _negated(found) if is_excluded else found

    def operand(self, scope: _Kind | None) -> Node | None:
        token = self.tokens[self.at]
        self.at += 1
        if token.kind is not _Kind.OPEN:
            return self.leaf(token, scope)
        found = self.alternatives(scope)
        self.take(_Kind.CLOSE)
        return found

    def leaf(self, token: _Token, scope: _Kind | None) -> Node | None:
        if scope is not _Kind.DATE and not _LETTER.search(token.text):
            if token.kind is _Kind.WORD and "*" in token.text:
                self.note("wildcard_dropped", word=_shown(token.text))
            return None
        if self.leaves == MAX_LEAVES:
            self.note("too_many_words", limit=str(MAX_LEAVES))
            return None
        self.leaves += 1
        if scope is _Kind.DATE:
            return self.dates(token)
        return self.phrase(token) if token.kind is _Kind.PHRASE else self.word(token.text)

    def phrase(self, token: _Token) -> Node:
        """Quoted words: side by side, unless a distance is given."""
        distance = _number(token.distance)
        if distance > MAX_DISTANCE:
            self.note("near_capped", distance=_shown(token.distance), limit=str(MAX_DISTANCE))
        return Near(token.text, min(distance, MAX_DISTANCE)) if distance else Phrase(token.text)

    def dates(self, token: _Token) -> Node | None:
        """A date or a range; unquoted, as many words as say one: `ngày:Tết Ất Mùi biển`."""
        texts = self.texts_from(token)
        for words in range(len(texts), 0, -1):
            if found := read_range(texts[words - 1], self.today):
                self.at += words - 1
                self.notice(understood(texts[words - 1], found))
                return DateRange(found.since, found.until)
        told = [unread(text) for text in texts]
        words = max((words for words, notice in enumerate(told, 1) if notice.code != "bad_date"), default=1)
        self.at += words - 1
        self.notice(told[words - 1])
        return None

    def texts_from(self, token: _Token) -> list[str]:
        """The token's text; that with the next word, if words follow; with two, and so on."""
        if token.kind is not _Kind.WORD:
            return [token.text]
        following = self.tokens[self.at : self.at + _MOST_DATE_WORDS - 1]
        words = (each.text for each in takewhile(lambda each: each.kind is _Kind.WORD, following))
        return [*accumulate(words, "{} {}".format, initial=token.text)]

    def word(self, text: str) -> Node:
        """A word as typed. A `?` after its last letter ends a question, a `*` is a wildcard there as well."""
        parts = _PUNCTUATED.fullmatch(text)
        if parts is None or not has_wildcards(text):
            return Word(text)
        wanted = _STARS.sub("*", parts["word"] + _NO_WILDCARDS.sub("", parts["after"]).rstrip("?"))
        if not has_wildcards(parts["before"] + wanted):
            return Word(text)
        usable = _LEADING_WILDCARDS.sub("", wanted)
        if usable != wanted or has_wildcards(parts["before"]):
            self.note("wildcard_leading", word=_shown(text), searched=_shown(usable))
        if not has_wildcards(usable):
            return Word(usable)
        if _is_too_open(usable):
            whole = usable.replace("*", "").replace("?", "")
            self.note("prefix_too_short", word=_shown(whole))
            return Word(whole)
        return Pattern(usable)

    def any_of(self, parts: Iterable[Node | None]) -> Node | None:
        """One of the parts. What only excludes is taken out of the choice: `a OR -b` is `a -b`."""
        present = [part for part in parts if part]
        excluding = [part for part in present if _only_excludes(part)]
        if len(present) == 1 or not excluding:
            return _join(Or, present)
        self.note("exclusion_in_or")
        wanted = _join(Or, (part for part in present if not _only_excludes(part)))
        return _join(And, (wanted, *excluding))

    def is_at_end(self) -> bool:
        """Whether nothing more can belong to the current part."""
        rest = self.tokens[self.at : self.at + 1]
        return not rest or rest[0].kind in (_Kind.OR, _Kind.CLOSE)

    def take(self, *kinds: _Kind) -> _Token | None:
        """The next token, read past it, if it is of one of these kinds."""
        if self.at == len(self.tokens) or self.tokens[self.at].kind not in kinds:
            return None
        self.at += 1
        return self.tokens[self.at - 1]

    def note(self, code: str, **values: str) -> None:
        self.notice(Notice(code, values))

    def notice(self, notice: Notice | None) -> None:
        if notice:
            self.notices.setdefault((notice.code, *notice.values.values()), notice)

    def note_unused(self, marks: Iterable[_Token]) -> None:
        for mark in marks:
            if mark.kind is _Kind.NOT:
                self.note("dangling_operator", operator=mark.text)
            else:
                self.note("empty_field", field=_shown(mark.text))


def _is_too_open(pattern: str) -> bool:
    """Whether hardly anything stands before a `*`: too many words would fit."""
    beginnings = (part.partition("*") for part in _LETTERS_AND_WILDCARDS.findall(pattern))
    return any(star and len(_LETTER.findall(before)) < MIN_PREFIX for before, star, _ in beginnings)


def _number(digits: str) -> int:
    """0 of none. Only so many are read as tell it from any limit: Python refuses to read thousands."""
    return int(digits.lstrip("0")[:9] or 0)


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


# Joining parts

_Text = Word | Phrase | Near | Pattern


def _join(kind: type[And] | type[Or], parts: Iterable[Node | None]) -> Node | None:
    """The parts that are there as one flat node; a single part is itself."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else [part] if part else [])
    return kind(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _negated(node: Node | None) -> Node | None:
    """Everything but the node; two exclusions undo each other."""
    match node:
        case None:
            return None
        case Not(part):
            return part
        case And(parts) if _only_excludes(node):
            return _join(Or, map(_negated, parts))
        case _:
            return Not(node)


def _only_excludes(node: Node) -> bool:
    return all(isinstance(part, Not) for part in (node.parts if isinstance(node, And) else [node]))


def _within(name: FieldName, node: Node | None) -> Node | None:
    """The node in a field of text. An inner field or date stays what it is, so it wins."""
    match node:
        case None | Field() | DateRange():
            return node
        case Not(part):
            return _negated(_within(name, part))
        case And(parts) | Or(parts) if not all(isinstance(part, _Text) for part in parts):
            return _join(type(node), (_within(name, part) for part in parts))
        case _:
            return Field(name, node)
