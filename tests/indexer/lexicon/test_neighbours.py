"""A table of neighbours in a file."""

from __future__ import annotations

from pathlib import Path

from indexer.array_file import ArrayFile, ArrayWriter
from indexer.documents import Document
from indexer.lexicon.counts import WORDS
from indexer.lexicon.neighbours import Neighbours, neighbour_arrays
from indexer.lexicon.tally import Tally
from indexer.model import Article


def written(folder: Path, *bodies: str) -> tuple[Neighbours, dict[str, int]]:
    """The neighbours in the texts, and the numbers of the words."""
    tally = Tally()
    for body in bodies:
        tally.add(Document(Article("a", "", "", (), (), (), None), "", "", (), tuple(body.split()), ()))
    counted = tally.counts()
    words = counted.terms(WORDS).terms
    with ArrayWriter(folder / "file", "neighbours") as file:
        file.add(neighbour_arrays(counted.neighbours, len(words)))
    neighbours = Neighbours(ArrayFile(folder / "file", "neighbours"))
    return neighbours, {word.decode(): number for number, word in enumerate(words)}


def test_words_are_asked_for_in_any_order(tmp_path: Path) -> None:
    neighbours, number = written(tmp_path, "mưa to mưa rẻ mua to mưa to")
    lefts, rights = [number["mưa"], number["to"], number["mưa"]], [number["to"], number["mưa"], number["rẻ"]]
    assert neighbours.count(lefts, rights).tolist() == [[2, 0, 1], [0, 2, 0], [2, 0, 1]]
    assert neighbours.count([], rights).shape == (0, 3)
    assert neighbours.count(lefts, []).shape == (3, 0)


def test_counts_need_not_fit_8_bits(tmp_path: Path) -> None:
    counts = (254, 255, 256, 70_000)
    neighbours, number = written(tmp_path, *(f"mưa{count} to " * count for count in counts))
    for count in counts:
        word, to = [number[f"mưa{count}"]], [number["to"]]
        assert neighbours.count(word, to) == [[count]]
        assert neighbours.count(to, word) == [[count - 1]]


def test_rows_can_be_read_alone(tmp_path: Path) -> None:
    neighbours, number = written(tmp_path, "mưa to mưa rẻ mua to mưa to")
    words = sorted(number, key=number.__getitem__)
    lefts, rights = neighbours.rows(number["mưa"], number["mưa"] + 1).sides()
    assert {words[left] for left in lefts} == {"mưa"}
    assert {words[right] for right in rights} == {"to", "rẻ"}
    assert neighbours.per_word().tolist() == [neighbours.company(number[word]).followers for word in words]
