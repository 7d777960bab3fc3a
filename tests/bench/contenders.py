"""What the comparison asks of an engine, ours or a rival: build an index from tokens, and answer questions over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tests.bench.corpus import Entry
from tests.bench.queries import Query


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine says to a question: all matches counted, and the numbers of the ten best articles."""

    total: int
    authors: Mapping[str, int]
    years: Mapping[int, int]
    best: tuple[int, ...]


class Asker(Protocol):
    """An open index. What only one engine has to do, such as wording the question, is kept out of the timed part."""

    def prepare(self, query: Query) -> Any:
        """The question in the engine's own terms; not timed."""
        ...

    def ask(self, prepared: Any) -> Any:
        """The timed part: the total, the ten best article numbers and the counts, in whatever form they come."""
        ...

    def answer(self, prepared: Any) -> Answer:
        """The same answer to be compared, with every count; not timed."""
        ...


class Contender(Protocol):
    """An engine. Contenders that name the same `index` ask over one index in different ways."""

    name: str
    index: str

    def document(self, entry: Entry) -> Any:
        """An article in the form in which the engine takes it; what that costs is not counted."""
        ...

    def build(self, folder: Path, documents: Iterable[Any]) -> None:
        """Make the index, durably and merged as far as the engine merges by itself."""
        ...

    def open(self, folder: Path) -> Asker: ...
