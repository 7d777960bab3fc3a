"""Sorted terms in a file are found as a sorted list finds them."""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.array_file import ArrayFile, ArrayWriter
from indexer.lexicon.vocabulary import ABSENT, Vocabulary, vocabulary_arrays

LETTERS = st.characters(codec="utf-8") | st.sampled_from("aàảđđz\U0001f600")
TERMS = st.sets(st.text(LETTERS, max_size=4).map(str.encode), max_size=20).map(sorted)


def write(folder: Path, terms: list[bytes]) -> Vocabulary:
    writer = ArrayWriter(folder / "terms", "terms")
    writer.add(vocabulary_arrays("words", terms))
    writer.close()
    return Vocabulary(ArrayFile(folder / "terms", "terms"), "words")


@settings(deadline=None)
@given(TERMS, st.lists(st.text(LETTERS, max_size=4).map(str.encode), max_size=5))
def test_terms_are_found_as_in_a_sorted_list(terms: list[bytes], others: list[bytes]) -> None:
    with TemporaryDirectory() as name:
        vocabulary = write(Path(name), terms)
        assert len(vocabulary) == len(terms)
        assert list(vocabulary) == [vocabulary[number] for number in range(len(terms))] == terms
        assert vocabulary.texts() == [term.decode() for term in terms]
        for number, term in enumerate(terms):
            assert vocabulary.find(term) == number
        for term in others:
            assert vocabulary.first_at_least(term) == bisect_left(terms, term)
            assert vocabulary.find(term) == (terms.index(term) if term in terms else ABSENT)


def test_there_is_no_term_before_the_first_or_behind_the_last(tmp_path: Path) -> None:
    vocabulary = write(tmp_path, [b"a", b"b"])
    for number in (-1, 2):
        with pytest.raises(IndexError):
            vocabulary[number]
